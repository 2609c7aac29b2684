"""The panel's meeting on a projector, and with the keyboard alone."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sqlmodel import select

from app.comparisons.models import AgreedAnswer
from tests.browser.house import House
from tests.browser.window import Window
from tests.comparisons.scene import Scene, stage_scene

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-house")]

PROJECTORS = ((1280, 720), (1920, 1080))
AT_1280 = 24
"""How large an answer's letters are on a projection of 1280 pixels; on others in proportion."""


@dataclass
class Room:
    """The lead before a projector, and the server they reach."""

    house: House
    scene: Scene

    def address(self, where: str) -> str:
        return f"{self.house.server.address}{where}"

    def agreed(self) -> list[AgreedAnswer]:
        of_this = AgreedAnswer.subject_id == self.scene.subject.id
        with self.house.database.reading() as session:
            return list(session.exec(select(AgreedAnswer).where(of_this)))


@pytest.fixture
def room(house: House, context: BrowserContext) -> Room:
    with house.database.writing() as session:
        scene = stage_scene(session, house.world)
    house.sign_in(context, house.world.lead)
    return Room(house, scene)


def in_sight(page: Page, found: Locator) -> bool:
    """Whether all of it is on the screen, with nothing scrolled."""
    box, size = found.bounding_box(), page.viewport_size
    assert size is not None
    return bool(box and box["y"] >= 0 and box["y"] + box["height"] <= size["height"])


@pytest.mark.parametrize(("width", "height"), PROJECTORS)
def test_the_room_reads_every_answer_beside_what_is_agreed_without_scrolling(
    room: Room, window: Window, width: int, height: int
) -> None:
    page = window.page
    page.set_viewport_size({"width": width, "height": height})
    page.goto(room.address(f"{room.scene.comparison}/form_worry"))
    voices = page.locator(".app-meeting__voices dd")
    save = page.get_by_role("button", name="Save and go to the next difference")
    assert all(in_sight(page, voice) for voice in voices.all())
    assert in_sight(page, page.locator("[name=reason]"))
    assert in_sight(page, save)
    answers, agreed = page.locator(".app-meeting__answers"), page.locator(".app-meeting__agreed")
    left, right = answers.bounding_box(), agreed.bounding_box()
    assert left
    assert right
    assert left["x"] + left["width"] <= right["x"] + 5
    size = voices.first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= AT_1280 * width / 1280
    window.check()


@pytest.mark.parametrize(("width", "height"), PROJECTORS)
@pytest.mark.parametrize(("question", "radios"), [("age_band", 9), ("support_then", 9)])
def test_the_button_to_save_stays_in_sight_below_a_long_list_and_hides_no_focus(
    room: Room, window: Window, width: int, height: int, question: str, radios: int
) -> None:
    page = window.page
    page.set_viewport_size({"width": width, "height": height})
    page.goto(room.address(f"{room.scene.comparison}/{question}"))
    decisions = page.locator("[name=decision]")
    expect(decisions).to_have_count(radios)
    save = page.locator(".app-meeting__save button")
    assert in_sight(page, save)
    if width > 1280:
        assert in_sight(page, page.locator("[name=reason]"))
    page.set_viewport_size({"width": width, "height": height * 2 // 3})
    assert in_sight(page, save)
    for each in (decisions.last, page.locator("[name=reason]")):
        each.focus()
        found, button = each.bounding_box(), save.bounding_box()
        assert found
        assert button
        assert found["y"] + found["height"] <= button["y"] or found["y"] >= button["y"] + 1
    window.check()


def test_a_meeting_is_held_with_the_keyboard_alone(room: Room, window: Window) -> None:
    page = window.page
    page.goto(room.address(f"{room.scene.at}/meetings"))
    page.locator("[name=present]").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Begin the meeting").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{room.scene.comparison}/age_band")
    # What was done has the focus, and the answers are the next thing that the key comes to.
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("[name=decision]").first).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.locator("[name=reason]")).to_be_focused()
    page.keyboard.type("The form says so.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{room.scene.comparison}/form_worry")
    (kept,) = room.agreed()
    assert (kept.agreed, kept.reason) == (True, "The form says so.")
    window.check()


def test_who_takes_the_minutes_writes_while_the_lead_talks_and_neither_overwrites_the_other(
    room: Room, window: Window, chromium: Browser
) -> None:
    page, at = window.page, room.address(f"{room.scene.comparison}/form_worry")
    page.goto(room.address(f"{room.scene.at}/meetings"))
    page.locator("[name=present]").first.check()
    page.locator("[name=minutes]").select_option(room.house.world.coordinator.ref)
    page.get_by_role("button", name="Begin the meeting").click()
    page.goto(at)
    page.locator("[name=decision][value=good]").check()
    page.locator("[name=reason]").fill("The line says it.")
    page.get_by_role("button", name="Save").first.click()
    page.goto(at)  # the lead has the question open, and somebody else writes

    beside = chromium.new_context(locale="en-GB", timezone_id="Europe/London")
    room.house.sign_in(beside, room.house.world.coordinator)
    minutes = Window(beside.new_page())
    minutes.page.goto(at)
    minutes.page.get_by_label("Reason, in the panel").fill("The first line names it.")
    minutes.page.get_by_role("button", name="Save the reason").click()
    expect(minutes.page.get_by_role("alert")).to_contain_text("Reason saved")
    minutes.check()

    page.locator("[name=decision][value=inadequate]").check()
    page.locator("[name=reason]").fill("The agencies looked again.")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("alert").first).to_contain_text("Somebody else recorded a decision")
    expect(page.locator("main")).to_contain_text("The first line names it.")
    expect(page.locator("[name=reason]")).to_have_value("The agencies looked again.")
    window.check()
    page.get_by_role("button", name="Save").first.click()
    page.wait_for_url(lambda url: not url.endswith("/form_worry"))
    (kept,) = room.agreed()
    assert (kept.reason, kept.version) == ("The agencies looked again.", 3)
    beside.close()
