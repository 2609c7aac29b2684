"""A browser window, and what must hold of every page that comes into it."""

from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page

from app.config import ROOT
from tests.browser.focus import faults_of_every_stop

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (320, 390, 683, 1280)
"""A page enlarged four times, a telephone, half a screen, a whole one."""
READ_AT = WIDTHS[1:]
"""At these axe reads the page too, and what has the focus is looked at."""

# What scrolls sideways is made reachable by an observer, a frame after the width has changed.
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Window:
    """One browser window, and everything that went wrong in it."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        expected = "Failed to load resource: the server responded with a status of"
        if message.type == "error" and not message.text.startswith(expected):
            self.complaints.append(message.text)

    def check(self) -> None:
        """Hold the page to what every page must be: accessible, quiet, no wider than a phone."""
        __tracebackhide__ = True
        assert self.complaints == []
        assert self.faults() == []
        assert self.too_wide() == []

    def faults_at_every_width(self) -> list[str]:
        """What is wrong with the page as it is, made narrower and wider in turn."""
        size, found = self.page.viewport_size, list[str]()
        for width in WIDTHS:
            self._resize(width)
            wrong = self._sideways()
            if width in READ_AT:
                self.page.evaluate(SETTLED)
                wrong += [*self.faults(), *faults_of_every_stop(self.page)]
            found += [f"at {width} px: {each}" for each in wrong]
        if size:
            self.page.set_viewport_size(size)
        return found

    def faults(self) -> list[str]:
        """What axe finds, a line each."""
        if not self.page.evaluate("() => 'axe' in window"):
            # Through the debugger, since the page's policy rightly refuses an inline script.
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        result = self.page.evaluate(
            """tags => axe.run({
              runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], selectors: false,
            })""",
            STANDARDS,
        )
        return [
            f"{self.page.url}: {violation['id']}: {node['html'][:160]}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]

    def too_wide(self) -> list[str]:
        """At which widths the page scrolls sideways."""
        size, wide = self.page.viewport_size, list[str]()
        for width in WIDTHS:
            self._resize(width)
            wide += self._sideways()
        if size:
            self.page.set_viewport_size(size)
        return wide

    def _resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 800})

    def _sideways(self) -> list[str]:
        has, needs = self.page.evaluate("() => [innerWidth, document.documentElement.scrollWidth]")
        return [f"{self.page.url} needs {needs} px of {has}"] * (needs > has)
