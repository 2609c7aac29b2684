// A wide table sits in a region that scrolls sideways, and a region that scrolls must be reachable
// with the keyboard. One that does not scroll, because the window is wide enough, should not cost
// a press of Tab. Without this script every such region can be reached.

const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) {
      target.tabIndex = 0;
    } else if (target !== document.activeElement) {
      target.removeAttribute("tabindex");
    }
  }
});

export function watchScrollers(scope) {
  for (const scroller of scope.querySelectorAll(".app-scroller")) {
    watcher.observe(scroller);
  }
}
