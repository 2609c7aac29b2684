"""Home, for those who wait for others: the chase list, the agency lead's queue, what came back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from app.actions.models import LearningAction
from app.db import Database, now
from app.findings.models import Finding
from app.identity.models import Agency, Person
from app.meetings.models import Meeting
from app.responses.rules import ResponseState
from app.rounds.models import Round
from app.rounds.rules import Stage
from tests.audit import DUE, assign, open_audit, respond, subject
from tests.browsing import Browser, words
from tests.clock import SettableClock
from tests.factories import ident
from tests.world import World

HOME = "/wexcombe/my-work"


def late(session: Session, clock: SettableClock, days: int) -> None:
    """Let so many days pass since returns were due."""
    session.commit()
    clock.forward(days=(DUE - clock.at.date()).days + days)


def action(
    session: Session, world: World, of: Round, owner: Person, agency: Agency, due: date
) -> LearningAction:
    """Store an action in progress, from a finding of a round."""
    finding = Finding(
        round_id=ident(of),
        kind="area_for_development",
        state="agreed",
        title="Reasons are not given",
        words="Referrers are not told why.",
        themes=[],
        written_by=ident(world.lead),
        written_at=datetime(2026, 9, 15, tzinfo=UTC),
    )
    session.add(finding)
    session.flush()
    made = LearningAction(
        finding_id=ident(finding),
        what="Put the reason into the letter",
        how_we_will_know="Letters have the reason",
        agency_id=ident(agency),
        owner_id=ident(owner),
        due=due,
        state="in_progress",
        created_at=datetime(2026, 9, 15, tzinfo=UTC),
    )
    session.add(made)
    session.flush()
    return made


def test_the_chase_list_says_who_is_late_with_what_since_when_and_whom_to_ask(
    session: Session, world: World, browse: Browser, clock: SettableClock
) -> None:
    audit = open_audit(session, world)
    given = subject(session, audit)
    assign(session, given, world.police, world.officer)
    respond(session, audit, assign(session, given, world.health, world.nurse), {})
    late(session, clock, days=3)

    for who in (world.coordinator, world.lead):
        page = browse.as_(who).page(HOME)
        row = page.select_one("#late tbody tr")
        assert row is not None
        told = words(page)
        assert "Wexcombe Police 1 response MASH audit, autumn 2026 16 October 2026" in told
        assert "3 days overdue" in row.get_text(" ", strip=True)
        assert f"mailto:{world.police_lead.email}" in str(row)
        assert len(page.select("#late tbody tr")) == 1, "health has sent what it was given"


def test_an_overdue_action_is_chased_at_its_owner(
    session: Session, world: World, browse: Browser, clock: SettableClock
) -> None:
    audit = open_audit(session, world, Stage.ACTIONS_LIVE)
    due = clock.at.date() - timedelta(days=1)
    made = action(session, world, audit.round, world.owner, world.police, due)
    session.commit()

    page = browse.as_(world.coordinator).page(HOME)
    rows = page.select("#late tbody tr")

    assert [f"/wexcombe/actions/{made.ref}" in str(row) for row in rows] == [True]
    assert "1 day overdue" in words(page)
    assert f"mailto:{world.owner.email}" in str(rows[0])


def test_the_longest_late_comes_first(
    session: Session, world: World, browse: Browser, clock: SettableClock
) -> None:
    audit = open_audit(session, world)
    assign(session, subject(session, audit), world.police, world.officer)
    action(session, world, audit.round, world.owner, world.health, DUE - timedelta(days=1))
    late(session, clock, days=3)

    rows = browse.as_(world.coordinator).page(HOME).select("#late tbody tr")

    said = [row.get_text(" ", strip=True) for row in rows]
    assert [each.split("overdue")[0].split()[-2] for each in said] == ["4", "3"]


def test_nobody_is_chased_before_the_day_or_once_returns_are_closed(
    session: Session, database: Database, world: World, browse: Browser, clock: SettableClock
) -> None:
    audit = open_audit(session, world)
    assign(session, subject(session, audit), world.police, world.officer)
    late(session, clock, days=0)
    assert "Nobody: no response and no action is overdue" in words(
        browse.as_(world.coordinator).page(HOME)
    )
    clock.forward(days=1)
    assert "1 day overdue" in words(browse.as_(world.coordinator).page(HOME))
    with database.writing() as writing:
        writing.get_one(Round, audit.round.id).stage = Stage.RETURNS_CLOSED
    assert "1 day overdue" not in words(browse.as_(world.coordinator).page(HOME))


def test_the_chase_list_is_for_who_asks_and_nobody_else(
    session: Session, world: World, browse: Browser, clock: SettableClock
) -> None:
    audit = open_audit(session, world)
    assign(session, subject(session, audit), world.police, world.officer)
    late(session, clock, days=3)

    for who in ("scrutineer", "panel_police", "health_lead", "police_lead", "administrator"):
        assert "Who is late" not in words(browse.as_(world.people[who]).page(HOME)), who
    assert "Police" not in words(
        browse.as_(world.coordinator_elsewhere).page("/harrowmere/my-work")
    )


def test_an_agency_lead_sees_what_is_still_to_send_and_who_has_it(
    session: Session, world: World, browse: Browser, clock: SettableClock
) -> None:
    audit = open_audit(session, world)
    for number, label in enumerate(("R-AAAA", "R-BBBB", "R-CCCC"), 1):
        given = assign(session, subject(session, audit, label, number), world.police, world.officer)
        if label == "R-AAAA":
            respond(session, audit, given, {}, ResponseState.DRAFT)
        if label == "R-BBBB":
            respond(session, audit, given, {})
    late(session, clock, days=2)

    told = words(browse.as_(world.police_lead).page(HOME))

    assert "2 responses still to send. Due 16 October 2026: 2 days overdue" in told
    assert f"{world.officer.name} 1 1" in told
    assert "Nothing is waiting for you" not in told
    assert "still to send" not in words(browse.as_(world.health_lead).page(HOME))


def test_an_agency_lead_is_told_of_the_agencys_actions(
    session: Session, world: World, browse: Browser, clock: SettableClock
) -> None:
    audit = open_audit(session, world, Stage.ACTIONS_LIVE)
    due = clock.at.date() - timedelta(days=1)
    action(session, world, audit.round, world.owner, world.police, due)
    session.commit()

    told = words(browse.as_(world.police_lead).page(HOME))

    assert "Your agency's actions 1 action not finished , 1 overdue" in told
    assert "agency's actions" not in words(browse.as_(world.health_lead).page(HOME))


def test_an_owner_sees_how_late_an_action_is(
    session: Session, world: World, browse: Browser, clock: SettableClock
) -> None:
    audit = open_audit(session, world, Stage.ACTIONS_LIVE)
    due = clock.at.date() - timedelta(days=1)
    action(session, world, audit.round, world.owner, world.police, due)
    session.commit()

    told = words(browse.as_(world.owner).page(HOME))

    assert "Put the reason into the letter In progress. Due" in told
    assert "Overdue by 1 day" in told


def test_what_was_handed_back_comes_first_and_says_so(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world)
    assign(session, subject(session, audit, "R-AAAA"), world.police, world.officer)
    back = assign(session, subject(session, audit, "R-BBBB", 2), world.police, world.officer)
    response = respond(session, audit, back, {}, ResponseState.DRAFT)
    response.handed_back_at = now(session)
    session.add(response)
    session.commit()

    page = browse.as_(world.officer).page(HOME)
    rows = [row.get_text(" ", strip=True) for row in page.select(".govuk-task-list__item")]

    assert [row.split()[1] for row in rows] == ["R-BBBB", "R-AAAA"]
    assert rows[0].endswith("Handed back to you")


def test_a_lead_goes_on_with_the_meeting_that_is_open(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world, Stage.MODERATION)
    session.add(
        Meeting(
            round_id=ident(audit.round),
            began_at=now(session),
            began_by=ident(world.lead),
            others="",
        )
    )
    session.commit()

    assert "Next: Go on with the meeting" in words(browse.as_(world.lead).page(HOME))
    assert "Next: See how far the panel has come" in words(browse.as_(world.coordinator).page(HOME))


@pytest.mark.parametrize("part", ["lead", "chair"])
def test_nobody_is_sent_to_a_meeting_that_the_round_has_moved_on_from(
    session: Session, world: World, browse: Browser, part: str
) -> None:
    audit = open_audit(session, world, Stage.FINDINGS_AGREED)
    session.add(
        Meeting(
            round_id=ident(audit.round),
            began_at=now(session),
            began_by=ident(world.lead),
            chair_id=ident(world.panel_police) if part == "chair" else None,
            others="",
        )
    )
    session.commit()
    who = world.panel_police if part == "chair" else world.lead

    assert "Go on with the meeting" not in words(browse.as_(who).page(HOME))


def test_a_coordinator_is_told_whom_to_invite(
    session: Session, world: World, browse: Browser
) -> None:
    world.nurse.password_hash = None
    session.add(world.nurse)
    session.commit()

    assert "Invite 1 person who cannot sign in yet" in words(
        browse.as_(world.coordinator).page(HOME)
    )
