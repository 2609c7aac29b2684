"""Going through a page with the Tab key, and whether what has the focus can be seen."""

from playwright.sync_api import Page

STOPS = 30

# What has the focus is judged when the key comes up: by then the page has scrolled to it. Seen is
# what can be pressed at one of its points; a box may be pressed through its label.
_WATCH = """() => {
  window.tabStops = [];
  const seen = (e) => [...e.getClientRects()].some((r) => {
    const left = Math.max(r.left, 0), right = Math.min(r.right, innerWidth);
    const top = Math.max(r.top, 0), bottom = Math.min(r.bottom, innerHeight);
    if (right - left < 1 || bottom - top < 1) return false;
    return [0.1, 0.5, 0.9].some((x) => [0.1, 0.5, 0.9].some((y) => {
      const hit = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
      return hit && [e, ...(e.labels || [])].some((each) => each.contains(hit));
    }));
  });
  const name = (e) => e.outerHTML.slice(0, 160);
  window.tabWatch ||= document.addEventListener("keyup", () => {
    const e = document.activeElement;
    const on = e && e !== document.body && e !== document.documentElement;
    window.tabStops.push(on ? {name: name(e), seen: seen(e)} : null);
  }) || true;
}"""

Stop = dict[str, object]


def walk_with_tab(page: Page, stops: int = STOPS) -> list[Stop]:
    """Press Tab again and again, then back again; return what had the focus, as far as it went."""
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
    page.evaluate(_WATCH)
    for _ in range(stops):
        page.keyboard.press("Tab")
    for _ in range(stops // 2):
        page.keyboard.press("Shift+Tab")
    found = page.evaluate("() => window.tabStops")
    return [stop for stop in found if stop is not None]


def covered(stops: list[Stop]) -> list[str]:
    """Say of what had the focus that nobody could see it."""
    if not stops:
        return ["the Tab key leads nowhere"]
    return [f"has the focus and is covered: {stop['name']}" for stop in stops if not stop["seen"]]
