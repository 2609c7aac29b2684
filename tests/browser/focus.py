"""Going through a page with the Tab key, and whether what has the focus can be seen."""

from playwright.sync_api import Page

STOPS = 30

# What has the focus is judged when the key comes up: by then the page has scrolled to it. Seen is
# what can be pressed at one of its points; a box may be pressed through its label. Shown is what
# is drawn in the colour of the focus: the thing itself or the box that its label draws. A part of
# a field that the browser makes, such as the calendar of a date, it shows in a way of its own.
_LOOK = """
  const seen = (e) => [...e.getClientRects()].some((r) => {
    const left = Math.max(r.left, 0), right = Math.min(r.right, innerWidth);
    const top = Math.max(r.top, 0), bottom = Math.min(r.bottom, innerHeight);
    if (right - left < 1 || bottom - top < 1) return false;
    return [0.1, 0.5, 0.9].some((x) => [0.1, 0.5, 0.9].some((y) => {
      const hit = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
      return hit && [e, ...(e.labels || [])].some((each) => each.contains(hit));
    }));
  });
  const yellow = (s) => [s.outlineColor, s.boxShadow, s.backgroundColor, s.borderTopColor]
    .some((each) => each.includes("rgb(255, 221, 0)"));
  const shown = (e) => !e.matches(":focus") || yellow(getComputedStyle(e))
    || [...(e.labels || [])].some((each) => yellow(getComputedStyle(each, "::before")));
  const look = (e) => ({name: e.outerHTML.slice(0, 160), seen: seen(e), shown: shown(e)});
"""

WATCH = (
    """() => {
  window.tabStops = [];
"""
    + _LOOK
    + """
  window.tabWatch ||= document.addEventListener("keyup", (event) => {
    const e = document.activeElement;
    const on = e && e !== document.body && e !== document.documentElement;
    if (event.key === "Tab" && on) window.tabStops.push(look(e));
  }) || true;
}"""
)

# What can have the focus, from the top of the page to its end and back to the top; of a long page
# so many, evenly spread. It comes there as with the key: the browser brings it into sight alike.
_EVERY_STOP = (
    """(most) => {
"""
    + _LOOK
    + """
  const all = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const each = [...document.querySelectorAll(all)].filter((e) =>
    !e.disabled && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}));
  const stops = each.filter((_, at) => at % Math.ceil(each.length / most) === 0);
  const before = document.activeElement, at = [scrollX, scrollY], found = [];
  document.activeElement?.blur();
  scrollTo(0, 0);
  for (const e of [...stops, ...stops.reverse()]) {
    e.focus();
    if (document.activeElement === e) found.push(look(e));
  }
  document.activeElement?.blur();
  before?.focus();
  scrollTo(...at);
  return found;
}"""
)


def walk_with_tab(page: Page, stops: int = STOPS) -> list[str]:
    """Press Tab again and again, then back again; say of what had the focus that nobody saw it."""
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
    page.evaluate(WATCH)
    for _ in range(stops):
        page.keyboard.press("Tab")
    for _ in range(stops // 2):
        page.keyboard.press("Shift+Tab")
    return faults_of_focus(page) if page.evaluate(_ANY) else ["the Tab key leads nowhere"]


_ANY = "() => window.tabStops.length > 0"


def faults_of_every_stop(page: Page) -> list[str]:
    """Say of what can have the focus whether it would be covered there, or look as ever."""
    page.keyboard.press("Shift")  # After a key the browser shows what has the focus.
    return list(dict.fromkeys(_told(page.evaluate(_EVERY_STOP, STOPS))))


def faults_of_focus(page: Page) -> list[str]:
    """Say of what had the focus since the page came that it was covered, or looked as ever."""
    return _told(page.evaluate("() => window.tabStops"))


def _told(stops: list[dict[str, str]]) -> list[str]:
    covered = [each["name"] for each in stops if not each["seen"]]
    as_ever = [each["name"] for each in stops if not each["shown"]]
    return [
        *(f"has the focus and is covered: {name}" for name in covered),
        *(f"has the focus and looks as ever: {name}" for name in as_ever),
    ]
