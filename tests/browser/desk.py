"""A desk whose browser is Chromium: the chapters of `tests/journey` told on a screen.

The chapters name links, buttons and fields; here they are clicked, ticked and typed into as they
stand on the screen, and every page of a new shape is held to what every page must be.
"""

import re
from urllib.parse import urlsplit

from bs4 import Tag
from playwright.sync_api import Download, Locator, Page, Response, Route, expect

from tests.browser.shapes import Shapes
from tests.browser.window import Window
from tests.journey.desk import Attached, Chosen, Desk, folded, parsed


class ChromiumDesk(Desk):
    """Somebody at a browser window."""

    def __init__(self, window: Window, server: str, seen: Shapes) -> None:
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
        self._leave_by(self._link(link), 200)

    def _press(self, form: Tag, pressed: Tag, chosen: Chosen, status: int) -> None:
        self._fill_in(form, chosen)
        self._leave_by(self._button(pressed), status)

    def _take(self, form: Tag, pressed: Tag) -> bytes:  # noqa: ARG002
        return self._file_by(self._button(pressed))

    def _take_from(self, link: Tag) -> bytes:
        return self._file_by(self._link(link))

    def _file_by(self, what: Locator) -> bytes:
        """Take a file at once, or from the page that says when it is there; then come back."""
        here, taken = self.address, list[Download]()
        # Playwright writes a name on what it calls, which a list's own method does not bear.
        self.screen.once("download", lambda file: taken.append(file))  # noqa: PLW0108
        self.reach(what)
        self.activate(what)
        for _ in range(600):
            if taken:
                break
            if "/documents/" in self.screen.url:
                ready = self.screen.get_by_role("button", name="Download the")
                self.reach(ready)
                self.activate(ready)
            self.screen.wait_for_timeout(100)
        file = taken.pop().path().read_bytes()
        if "/documents/" in self.screen.url:
            self.open(here)
        return file

    def _fill_in(self, form: Tag, chosen: Chosen) -> None:
        """Fill in a form from its top to its end, as people do."""
        left = {name: [*value] for name, value in chosen.items() if not isinstance(value, Attached)}
        for control in form.select("input, select, textarea"):
            name = str(control.get("name"))
            if name not in chosen:
                continue
            self._unfold(control)
            given = chosen[name]
            if isinstance(given, Attached):
                file = {"name": given.name, "mimeType": "text/plain", "buffer": given.data}
                self._field(control).set_input_files(file)  # type: ignore[arg-type]
            elif control.get("type") == "radio":
                if control["value"] == given[0]:
                    self.choose(self._field(control))
            elif control.get("type") == "checkbox":
                self.tick(self._field(control), on=control["value"] in given)
            elif control.name == "select":
                self.select(self._field(control), left[name].pop(0))
            else:
                self.type(self._field(control), left[name].pop(0))

    def reach(self, what: Locator) -> None:
        """Come to what will be pressed or filled in; a mouse needs no way there."""

    def activate(self, what: Locator) -> None:
        """Press a button, or follow a link."""
        what.click()

    def choose(self, radio: Locator) -> None:
        self.tick(radio, on=True)

    def tick(self, box: Locator, *, on: bool) -> None:
        """Press where the box is drawn: what lies there is the box itself or its label."""
        box.wait_for()
        if box.is_checked() != on:
            box.click(force=True)
        expect(box).to_be_checked(checked=on)

    def select(self, listed: Locator, value: str) -> None:
        listed.select_option(value)

    def type(self, field: Locator, words: str) -> None:
        field.fill(words)

    def unfold(self, summary: Locator) -> None:
        summary.click()

    def _field(self, control: Tag) -> Locator:
        return self.screen.locator(f'[id="{control["id"]}"]')

    def _unfold(self, control: Tag) -> None:
        details = control.find_parent("details")
        if isinstance(details, Tag):
            place = self.page.select("details").index(details)
            folded_in = self.screen.locator("details").nth(place)
            if folded_in.get_attribute("open") is None:
                self.unfold(folded_in.locator("summary"))

    def _link(self, link: Tag) -> Locator:
        return self.screen.locator(f'a[href="{link["href"]}"]').filter(visible=True).first

    def _button(self, pressed: Tag) -> Locator:
        same = [b for b in self.page.select("button") if folded(b) == folded(pressed)]
        place = [id(b) for b in same].index(id(pressed))
        told = re.compile(rf"^\s*{re.escape(folded(pressed))}\s*$")
        return self.screen.locator("button").filter(has_text=told).nth(place)

    def _leave_by(self, what: Locator, status: int) -> None:
        self.reach(what)
        with self.screen.expect_navigation() as navigation:
            self.activate(what)
        self._arrive(navigation.value, status)

    def _arrive(self, answer: Response | None, status: int = 200) -> None:
        where = urlsplit(self.screen.url)
        self.address = where.path + (f"?{where.query}" if where.query else "")
        html = self.screen.content()
        self.page = parsed(html)
        assert answer is not None
        assert answer.status == status, f"{self.address}: {answer.status} {self.reads[:500]}"
        if self.seen.new(f"{status} {self.address}", html):
            self.check()
        assert self.window.complaints == []

    def check(self) -> None:
        """Hold the page to what every page must be."""
        self.window.check()


class PlainDesk(ChromiumDesk):
    """A desk on a machine that runs no scripts.

    Neither can axe run there. It reads the same HTML in a second window whose scripts are empty,
    so that nothing about the page is changed but that somebody can ask it questions.
    """

    def __init__(self, window: Window, server: str, seen: Shapes, asked: Window) -> None:
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
        assert self.asked.complaints == []
        assert self.asked.faults() == []
        self.asked.page.unroute("**/*")
        assert self.window.too_wide() == []
