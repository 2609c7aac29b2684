"""Chromium, and what must hold on every page that it opens."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from app.config import ROOT
from app.web.assets import build

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (320, 390, 683, 1280)
"""A page enlarged four times, a telephone, half a screen, a whole one."""
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A headless Chromium, from CASEFILE_CHROMIUM or PATH.

    Closed after each module: while it is open an event loop runs in this process, and other tests
    that start one of their own could not.
    """
    build()
    names = (os.environ.get("CASEFILE_CHROMIUM", ""), "chromium", "chromium-browser")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    assert found, "scripts/find-chromium says what to install"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


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


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(locale="en-GB", timezone_id="Europe/London")
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def window(context: BrowserContext) -> Window:
    """A window with scripts."""
    return Window(context.new_page())


@pytest.fixture
def plain_window(chromium: Browser) -> Iterator[Window]:
    """A window without scripts, as on a locked-down machine."""
    made = chromium.new_context(java_script_enabled=False, locale="en-GB")
    made.set_default_timeout(10_000)
    yield Window(made.new_page())
    made.close()
