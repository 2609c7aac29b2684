"""Chromium, and windows in it."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from app.web.assets import build
from tests.browser.demonstration import Demonstration, demonstration
from tests.browser.house import House, a_served_house
from tests.browser.visits import Visits
from tests.browser.window import Window

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """The demo, seeded once for every module whose pages are its own."""
    with demonstration(tmp_path_factory.mktemp("demo")) as made:
        yield made


@pytest.fixture(scope="package")
def served_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_served_house(f"sqlite:///{tmp_path_factory.mktemp('house')}/casefile.db") as made:
        yield made


@pytest.fixture
def house(served_house: House) -> House:
    """A served partnership, whose server runs even if the test before killed it and failed."""
    if not served_house.server.running:
        served_house.server.start()
    return served_house


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


@pytest.fixture
def visits(demo: Demonstration, chromium: Browser) -> Iterator[Visits]:
    context = chromium.new_context(locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(60_000)
    yield Visits(demo, Window(context.new_page()))
    context.close()
