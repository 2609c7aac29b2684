"""A desk without a mouse: Tab and Shift+Tab, Space, Enter and the arrow keys, and nothing else."""

from playwright.sync_api import Locator, expect

from tests.browser.desk import ChromiumDesk
from tests.browser.focus import WATCH, faults_of_focus
from tests.browser.shapes import Shapes
from tests.browser.window import Window

# How often Tab has to be pressed (Shift+Tab, where negative) until something has the focus; or
# "skip", where the link to the main content comes first and saves most of the way.
WAY_TO = """(to) => {
  const group = (e) => e.type === "radio"
    ? [...document.getElementsByName(e.name)].filter((each) => each.form === e.form) : [e];
  const stands = (e) => {
    if (e.type !== "radio") return true;
    const all = group(e), chosen = all.find((each) => each.checked);
    return e === (chosen || all[0]);
  };
  const all = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const stops = [...document.querySelectorAll(all)].filter((e) =>
    !e.disabled && e.type !== "hidden" && e.checkVisibility({visibilityProperty: true})
    && stands(e));
  const here = document.activeElement;
  const wanted = stops.findIndex((e) => group(e).includes(to));
  if (group(to).includes(here)) return 0;
  const before = here === document.body ? 0 : stops.filter((e) =>
    e.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING).length;
  const ahead = stops.includes(here) ? before + 1 : before;
  if (here === document.body && wanted > 3 && to.closest("main")) return "skip";
  return wanted >= ahead ? wanted - ahead + 1 : wanted - before;
}"""

AT_SKIP_LINK = "() => document.activeElement.matches('.govuk-skip-link')"


class KeyboardDesk(ChromiumDesk):
    """Somebody who reaches everything with the keyboard, and always sees where they are."""

    def __init__(self, window: Window, server: str, seen: Shapes) -> None:
        super().__init__(window, server, seen)
        self.screen.add_init_script(f"({WATCH})()")

    def press_key(self, key: str) -> None:
        self.screen.keyboard.press(key)

    def reach(self, what: Locator) -> None:
        """Go where something is: with Tab, or with Shift+Tab where it lies behind."""
        what.wait_for()
        for _ in range(5):
            way = what.evaluate(WAY_TO)
            if way == "skip":
                self.press_key("Tab")
                # An address that names a part of its page begins there, past the link.
                if self.screen.evaluate(AT_SKIP_LINK):
                    self.press_key("Enter")
                continue
            for _ in range(abs(way)):
                self.press_key("Tab" if way > 0 else "Shift+Tab")
            if way == 0:
                return
        raise AssertionError(f"{self.address}: the Tab key never came to {what}")

    def activate(self, what: Locator) -> None:  # noqa: ARG002 - it has the focus
        faults = faults_of_focus(self.screen)
        assert faults == [], f"{self.address}: {faults}"
        self.press_key("Enter")

    def choose(self, radio: Locator) -> None:
        """Come to the group, and go on with the arrows until this one is chosen."""
        self.reach(radio)
        if self.screen.evaluate("() => !document.activeElement.checked"):
            self.press_key("Space")
        for _ in range(40):
            if radio.is_checked():
                break
            self.press_key("ArrowDown")
        expect(radio).to_be_checked()

    def tick(self, box: Locator, *, on: bool) -> None:
        if box.is_checked() != on:
            self.reach(box)
            self.press_key("Space")
        expect(box).to_be_checked(checked=on)

    def select(self, listed: Locator, value: str) -> None:
        self.reach(listed)
        steps = listed.evaluate(
            "(e, value) => [...e.options].findIndex((o) => o.value === value) - e.selectedIndex",
            value,
        )
        for _ in range(abs(steps)):
            self.press_key("ArrowDown" if steps > 0 else "ArrowUp")
        expect(listed).to_have_value(value)

    def type(self, field: Locator, words: str) -> None:
        self.reach(field)
        self.press_key("Control+A")
        self.press_key("Delete")
        self.screen.keyboard.insert_text(words)

    def unfold(self, summary: Locator) -> None:
        self.reach(summary)
        self.press_key("Enter")

    def check(self) -> None:
        """Hold the page to the same on a whole screen and on a telephone too."""
        assert self.window.complaints == []
        assert self.window.faults_at_every_width() == []
