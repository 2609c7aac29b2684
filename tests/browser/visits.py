"""Going about in the demo, as one person and then as another."""

from playwright.sync_api import Page

from app.demo.people import SLUG
from app.web.guard import COOKIE
from tests.browser.demonstration import Demonstration
from tests.browser.window import Window


class Visits:
    """One window in which different people are signed in, one after the other."""

    def __init__(self, demo: Demonstration, window: Window) -> None:
        self.demo = demo
        self.window = window
        self._cookies: dict[str, str] = {}

    @property
    def page(self) -> Page:
        return self.window.page

    def open(self, who: str, address: str, status: int = 200) -> None:
        """Open a page as somebody."""
        context = self.page.context
        context.clear_cookies()
        if who:
            cookie = self._cookies.get(who) or self.demo.cookie_of(who)
            self._cookies[who] = cookie
            context.add_cookies([{"name": COOKIE, "value": cookie, "url": self.demo.server}])
        answer = self.page.goto(self.demo.server + self.where(address))
        assert answer is not None
        assert answer.status == status, f"{address} as {who}: {answer.status}"

    def where(self, address: str) -> str:
        rooted = ("/sign-in", "/links/", "/account/", "/privacy", "/accessibility")
        below = "" if address in {"/", "/help"} or address.startswith(rooted) else f"/{SLUG}"
        return below + address.format(**self.demo.refs)
