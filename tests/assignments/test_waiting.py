"""What waits for an auditor, and what the steps before are told about it."""

from datetime import UTC, datetime

from sqlmodel import select

from app.access import Role
from app.assignments.waiting import lead_conflicts, missing_before, work_left
from app.db import Database
from app.identity.models import Membership, Person
from app.rounds.rules import Stage
from tests.audit import assign, open_audit, subject
from tests.browsing import Browser, words
from tests.factories import ident
from tests.world import World


def test_a_round_is_not_opened_before_its_subjects_are_given_out(
    database: Database, world: World
) -> None:
    with database.writing() as session:
        audit = open_audit(session, world, Stage.SAMPLING)
        first, _ = subject(session, audit), subject(session, audit, "R-2QXM", 2)
        assert missing_before(session, audit.round, Stage.OPEN) == [
            "2 subjects have not been given to any agency."
        ]
        assign(session, first, world.police, None)
        assert missing_before(session, audit.round, Stage.OPEN) == [
            "1 subject has not been given to any agency."
        ]
        assert missing_before(session, audit.round, Stage.RETURNS_CLOSED) == []


def test_whoever_leaves_is_told_what_will_wait_for_somebody_else(
    database: Database, world: World
) -> None:
    with database.writing() as session:
        audit = open_audit(session, world)
        done, open_ = subject(session, audit), subject(session, audit, "R-2QXM", 2)
        assign(session, done, world.police, world.officer).sent_at = datetime.now(UTC)
        assign(session, open_, world.police, world.officer)
        session.flush()
        here, there = ident(world.partnership), ident(world.elsewhere)
        (said,) = work_left(session, ident(world.officer), here)
        assert said.startswith("1 assignment in “MASH audit, autumn 2026” will wait")
        assert work_left(session, ident(world.officer), there) == []
        assert work_left(session, ident(world.nurse), here) == []


def test_an_auditor_of_a_round_cannot_become_its_lead(database: Database, world: World) -> None:
    with database.writing() as session:
        audit = open_audit(session, world)
        assign(session, subject(session, audit), world.police, world.officer)
        said = lead_conflicts(session, ident(audit.round), ident(world.officer))
        assert "They are the auditor of 1 subject" in said[0]
        assert lead_conflicts(session, ident(audit.round), ident(world.nurse)) == []


def test_what_a_leaver_held_waits_for_the_agency_lead(
    browse: Browser, database: Database, world: World
) -> None:
    with database.writing() as session:
        audit = open_audit(session, world)
        labels = ("R-7F3K", "R-2QXM", "R-9BWD", "R-4HTC")
        made = [subject(session, audit, label, n) for n, label in enumerate(labels)]
        assign(session, made[0], world.police, world.officer)
        assign(session, made[1], world.police, world.panel_police)
        assign(session, made[2], world.police, None)
        assign(session, made[3], world.health, None)
    lead = browse.as_(world.police_lead)
    shown = words(lead.page("/wexcombe/assignments"))
    assert "1 assignment" in shown
    assert "R-9BWD" in shown
    with database.writing() as session:
        session.get_one(Person, ident(world.officer)).left_at = datetime.now(UTC)
        query = select(Membership).where(
            Membership.person_id == ident(world.panel_police), Membership.role == Role.AUDITOR
        )
        session.delete(session.exec(query).one())
    shown = words(lead.page("/wexcombe/assignments"))
    assert "3 assignments" in shown
    assert "Police officer" in shown
    assert "R-4HTC" not in shown
    page = lead.page(f"/wexcombe/rounds/{audit.round.ref}/assignments")
    assert "Police officer:" not in page.get_text(), "nobody is given work they cannot do"
    assert "3 assignments: 3 without an auditor, 0 sent." in words(page)
    assert "No auditor: Police officer no longer audits" in words(page)
    assert "Choose an auditor for 3 subjects" in words(lead.page("/wexcombe/my-work"))
    home = browse.as_(world.coordinator).page("/wexcombe/my-work")
    [link] = home.select('a[href="/wexcombe/assignments"]')
    assert link.get_text() == "See the 4 assignments that no auditor has"


def test_nothing_waiting_is_said_in_words(browse: Browser, world: World) -> None:
    page = browse.as_(world.police_lead).page("/wexcombe/assignments")
    assert "Every assignment has an auditor" in words(page)


def test_somebody_without_the_role_any_more_keeps_nothing_of_their_assignments(
    browse: Browser, database: Database, world: World
) -> None:
    with database.writing() as session:
        audit = open_audit(session, world)
        made = assign(session, subject(session, audit), world.police, world.officer)
        query = select(Membership).where(Membership.person_id == ident(world.officer))
        session.exec(query).one().agency_id = ident(world.health)
    officer = browse.as_(world.officer)
    at = f"/wexcombe/assignments/{made.ref}"
    for where in ("", "/check", "/sections/about", "/local-record"):
        assert officer.get(f"{at}{where}").status_code == 404
    assert officer.post(f"{at}/answers", {"page": "BCDF", "base": "0"}).status_code == 404
