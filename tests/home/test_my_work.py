"""My work: what waits for each person, and the way straight to it."""

from bs4 import Tag
from sqlmodel import Session

from app.access import Role
from app.responses.rules import ResponseState
from app.rounds.rules import Stage
from app.tools import Answer, State
from tests.audit import DUE, assign, mash, open_audit, respond, subject
from tests.browsing import Browser, words
from tests.clock import SettableClock
from tests.factories import membership, subgroup
from tests.world import World

HOME = "/wexcombe/my-work"
PARTS = Answer(State.ANSWERED, ("checks",))


def first_question() -> str:
    return next(mash().question_set["referral-form"].questions).id


def test_an_auditor_starts_with_what_is_due_first(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world)
    given = assign(session, subject(session, audit), world.police, world.officer)
    session.commit()

    page = browse.as_(world.officer).page(HOME)

    button = page.select_one("a.govuk-button")
    assert button is not None
    assert button.get_text(strip=True) == "Start Referral R-7F3K"
    assert button["href"] == f"/wexcombe/assignments/{given.ref}"
    assert "1 subject left, 0 finished" in words(page)


def test_an_auditor_carries_on_at_the_first_question_left(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world)
    assign(session, subject(session, audit, "R-AAAA"), world.police, world.officer)
    begun = assign(session, subject(session, audit, "R-BBBB", 2), world.police, world.officer)
    respond(session, audit, begun, {}, ResponseState.DRAFT)
    session.commit()

    page = browse.as_(world.officer).page(HOME)

    button = page.select_one("a.govuk-button")
    assert button is not None
    assert button.get_text(strip=True) == "Carry on with Referral R-BBBB, question 1"
    assert str(button["href"]).endswith(f"#question-{first_question()}")


def test_overdue_is_said_in_words(
    session: Session, world: World, browse: Browser, clock: SettableClock
) -> None:
    audit = open_audit(session, world)
    assign(session, subject(session, audit), world.police, world.officer)
    session.commit()
    days = (DUE - clock.at.date()).days
    clock.forward(days=days)
    assert "overdue" not in words(browse.as_(world.officer).page(HOME))
    assert "(today)" in words(browse.as_(world.officer).page(HOME))

    clock.forward(days=1)

    assert "1 day overdue" in words(browse.as_(world.officer).page(HOME))


def test_what_is_sent_is_finished(session: Session, world: World, browse: Browser) -> None:
    audit = open_audit(session, world)
    given = assign(session, subject(session, audit), world.police, world.officer)
    respond(session, audit, given, {})
    session.commit()

    said = words(browse.as_(world.officer).page(HOME))

    assert "You have answered everything" in said
    assert "Finished or closed" in said
    assert "Carry on" not in said


def test_an_agency_lead_sees_whom_to_choose_and_what_to_send(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world)
    assign(session, subject(session, audit, "R-AAAA"), world.police, None)
    ready = assign(session, subject(session, audit, "R-BBBB", 2), world.police, world.officer)
    respond(session, audit, ready, {}, ResponseState.WITH_AGENCY_LEAD)
    assign(session, subject(session, audit, "R-CCCC", 3), world.health, None)
    session.commit()

    page = browse.as_(world.police_lead).page(HOME)

    assert "To read and send Referral R-BBBB" in words(page)
    assert "Choose an auditor for 1 subject" in words(page)
    assert "R-CCCC" not in words(page)


def test_a_lead_and_a_coordinator_see_their_rounds_and_the_next_thing(
    session: Session, world: World, browse: Browser
) -> None:
    open_audit(session, world, Stage.MODERATION)
    session.commit()

    assert "Next: Compare answers and agree them" in words(browse.as_(world.lead).page(HOME))
    assert "Next: See how far the panel has come" in words(browse.as_(world.coordinator).page(HOME))
    assert "MASH audit" not in words(browse.as_(world.nurse).page(HOME))


def test_a_subgroup_member_is_led_to_the_packs(world: World, browse: Browser) -> None:
    said = words(browse.as_(world.subgroup_member).page(HOME))

    assert "Quality and performance subgroup You sit on this subgroup" in said
    assert "It has received no pack yet" in said


def test_a_subgroup_member_reads_a_pack_in_one_click(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world, Stage.REPORTED)
    session.commit()
    member = browse.as_(world.subgroup_member)

    link = member.page(HOME).find("a", string=audit.round.title)

    assert isinstance(link, Tag)
    assert "Quality and performance subgroup" in words(member.page(str(link["href"])))


def test_a_pack_is_not_offered_before_its_round_is_reported(
    session: Session, world: World, browse: Browser
) -> None:
    open_audit(session, world, Stage.FINDINGS_AGREED)
    session.commit()

    assert "MASH audit" not in words(browse.as_(world.subgroup_member).page(HOME))


def test_a_page_with_nothing_on_it_says_so(world: World, browse: Browser) -> None:
    assert "Nothing is waiting for you" in words(browse.as_(world.nurse).page(HOME))


def test_seats_on_subgroups_elsewhere_are_not_named_here(
    session: Session, world: World, browse: Browser
) -> None:
    membership(session, world.subgroup_member, world.elsewhere, Role.SUBGROUP_MEMBER)
    subgroup(session, world.elsewhere, "Harrowmere subgroup", world.subgroup_member)
    session.commit()

    assert "Harrowmere" not in words(browse.as_(world.subgroup_member).page(HOME))


def test_work_in_a_round_that_is_closed_for_answers_is_not_offered(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world, Stage.RETURNS_CLOSED)
    assign(session, subject(session, audit), world.police, world.officer)
    session.commit()

    page = browse.as_(world.officer).page(HOME)

    assert page.select_one("a.govuk-button") is None
    assert "Not open for answers now" in words(page)
    assert "Nothing is open for you to answer now" in words(page)
    assert "You have answered everything" not in words(page)


def test_the_question_to_carry_on_with_has_the_number_that_its_page_shows(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world)
    begun = assign(session, subject(session, audit), world.police, world.officer)
    done = {
        "parts_played": Answer(State.ANSWERED, ("other",)),
        "known_before": Answer(State.ANSWERED, ("working",)),
    }
    respond(session, audit, begun, done, ResponseState.DRAFT)
    session.commit()
    officer = browse.as_(world.officer)
    button = officer.page(HOME).select_one("a.govuk-button")
    assert button is not None
    where, _, anchor = str(button["href"]).partition("#")
    question = officer.page(where).select_one(f"#{anchor} legend")
    assert question is not None
    number = question.get_text(strip=True).partition(".")[0]
    assert button.get_text(strip=True).endswith(f"question {number}")
