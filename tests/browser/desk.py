"""A desk whose browser is Chromium: the chapters of `tests/journey` told on a screen.

The chapters name links, buttons and fields; here they are clicked, ticked and typed into as they
stand on the screen, and every page of a new shape is held to what every page must be.
"""

import re
from urllib.parse import urlsplit

from bs4 import Tag
from playwright.sync_api import Download, Locator, Page, Response, Route, expect

from tests.browser.conftest import Window
from tests.journey.desk import Attached, Chosen, Desk, folded, parsed


class ChromiumDesk(Desk):
    """Somebody at a browser window."""

    def __init__(self, window: Window, server: str, seen: set[str]) -> None:
        self.window = window
        self.server = server
        self.seen = seen
        """The shapes of pages that were checked already, at this desk or another."""

    @property
    def screen(self) -> Page:
        return self.window.page

    def open(self, address: str) -> None:
        self._arrive(self.screen.goto(self.server + address))

    def finds(self, address: str) -> int:
        return self.screen.request.get(self.server + address, max_redirects=0).status

    def _follow(self, link: Tag) -> None:
        found = self.screen.locator(f'a[href="{link["href"]}"]').filter(visible=True)
        self._leave_by(found.first)

    def _press(self, form: Tag, pressed: Tag, chosen: Chosen) -> None:  # noqa: ARG002
        for name, value in sorted(chosen.items(), key=lambda each: self._place(each[0])):
            if isinstance(value, Attached):
                file = {"name": value.name, "mimeType": "text/plain", "buffer": value.data}
                self._field(name).set_input_files(file)  # type: ignore[arg-type]
            else:
                self._fill(name, value)
        self._leave_by(self._button(pressed))

    def _take(self, form: Tag, pressed: Tag) -> bytes:  # noqa: ARG002
        taken: list[Download] = []
        self.screen.on("download", taken.append)
        self._button(pressed).click()
        for _ in range(600):
            if taken:
                return taken.pop().path().read_bytes()
            if "/documents/" in self.screen.url:  # it takes a while: its page says when it is there
                self.screen.get_by_role("button", name="Download the").click(timeout=60_000)
            self.screen.wait_for_timeout(100)
        raise AssertionError(f"{folded(pressed)!r} gave no file")

    def _place(self, name: str) -> int:
        """Where a field stands on the page: people answer from the top."""
        fields = self.page.select("input, select, textarea")
        return next(place for place, field in enumerate(fields) if field.get("name") == name)

    def _field(self, name: str, value: str = "") -> Locator:
        which = f'[value="{value}"]' if value else ""
        return self.screen.locator(f'main [name="{name}"]{which}').first

    def _fill(self, name: str, values: list[str]) -> None:
        [control, *_] = [c for c in self.page.select("main [name]") if c.get("name") == name]
        self._unfold(control)
        if control.name == "select":
            self._field(name).select_option(values[0])
        elif control.get("type") in {"radio", "checkbox"}:
            for value in values:
                self._tick(self._field(name, value))
        else:
            self._field(name).fill(values[0])

    def _tick(self, box: Locator) -> None:
        """Press where the box is drawn: what lies there is the box itself or its label."""
        box.wait_for()
        if not box.is_checked():
            box.click(force=True)
        expect(box).to_be_checked()

    def _unfold(self, control: Tag) -> None:
        details = control.find_parent("details")
        if isinstance(details, Tag) and not details.has_attr("open"):
            place = self.page.select("details").index(details)
            self.screen.locator("details").nth(place).locator("summary").click()

    def _button(self, pressed: Tag) -> Locator:
        same = [b for b in self.page.select("button") if folded(b) == folded(pressed)]
        place = [id(b) for b in same].index(id(pressed))
        told = re.compile(rf"^\s*{re.escape(folded(pressed))}\s*$")
        return self.screen.locator("button").filter(has_text=told).nth(place)

    def _leave_by(self, what: Locator) -> None:
        with self.screen.expect_navigation() as navigation:
            what.click()
        self._arrive(navigation.value)

    def _arrive(self, answer: Response | None) -> None:
        where = urlsplit(self.screen.url)
        self.address = where.path + (f"?{where.query}" if where.query else "")
        self.page = parsed(self.screen.content())
        assert answer is not None
        assert answer.status == 200, f"{self.address}: {answer.status} {self.reads[:500]}"
        shape = self._shape()
        if shape not in self.seen:
            self.seen.add(shape)
            self.check()
        assert self.window.complaints == []

    def _shape(self) -> str:
        """Tell a page by where it is, references apart, and by the parts it is made of."""
        parts = {
            part for tag in self.page.select("main [class]") for part in str(tag["class"]).split()
        }
        where = re.sub(r"\b[A-Z2-9]{10}\b", "*", self.address.partition("?")[0])
        return " ".join([where, *sorted(parts)])

    def check(self) -> None:
        """Hold the page to what every page must be."""
        self.window.check()


class PlainDesk(ChromiumDesk):
    """A desk on a machine that runs no scripts.

    Neither can axe run there. It reads the same HTML in a second window whose scripts are empty,
    so that nothing about the page is changed but that somebody can ask it questions.
    """

    def __init__(self, window: Window, server: str, seen: set[str], asked: Window) -> None:
        super().__init__(window, server, seen)
        self.asked = asked

    def check(self) -> None:
        html = self.screen.content()

        def answer(route: Route) -> None:
            if route.request.resource_type == "document":
                route.fulfill(body=html, content_type="text/html; charset=utf-8")
            elif route.request.resource_type == "script":
                route.fulfill(body="", content_type="text/javascript")
            else:
                route.continue_()

        self.asked.page.route("**/*", answer)
        self.asked.page.goto(self.screen.url)
        self.asked.check()
        self.asked.page.unroute("**/*")
        assert self.window.too_wide() == []


MOST_STOPS = 200

FOCUSED = """() => {
  const e = document.activeElement;
  return {tag: e.tagName, type: e.type || "", name: e.name || "", value: e.value || "",
          text: e.innerText || ""};
}"""


def by_keyboard(page: Page, wanted: dict[str, list[str]], until: str) -> None:
    """Go through a page with Tab, Space and the arrow keys alone, and press a button with Enter.

    `wanted` is what to answer, by the name of the field.
    """
    answered: set[str] = set()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        assert here["tag"] != "BODY", "the focus was lost"
        if (here["tag"], here["text"]) == ("BUTTON", until):
            assert answered == set(wanted)
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
        if here["name"] in wanted:
            answered.add(here["name"])
            _answer_by_keyboard(page, here, wanted[here["name"]])
            # What a follow-up depends on is known once it is saved: look, as a person would.
            page.wait_for_timeout(150)
            expect(page.locator("#save-status")).not_to_have_text("Saving…", timeout=30_000)
    raise AssertionError(f"{until!r} was never reached")


def _answer_by_keyboard(page: Page, here: dict[str, str], values: list[str]) -> None:
    if here["type"] == "radio":
        _move_to(page, values[0])
    elif here["type"] == "checkbox" and here["value"] in values:
        page.keyboard.press("Space")


def _move_to(page: Page, value: str) -> None:
    """Choose a radio of the group that has the focus, as the keyboard does."""
    page.keyboard.press("Space")
    for _ in range(20):
        if page.evaluate("() => document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrow keys never came to {value!r}")
