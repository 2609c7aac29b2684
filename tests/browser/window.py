"""A browser window, and what must hold of every page that comes into it."""

from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page

from app.config import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (320, 390, 683, 1280)
"""A page enlarged four times, a telephone, half a screen, a whole one."""
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
        size, wide = self.page.viewport_size, []
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 800})
            needs = self.page.evaluate("() => document.documentElement.scrollWidth")
            wide += [f"{self.page.url} needs {needs} px of {width}"] * (needs > width)
        if size:
            self.page.set_viewport_size(size)
        return wide
