"""What one part of answering does to another: files, nil returns, queries and second auditors."""

import pytest
from sqlmodel import Session, col, select

from app.access import Role
from app.assignments.models import Assignment
from app.assignments.queries import auditors_of as auditors_for
from app.attachments.models import Attachment
from app.comparisons.queries import auditors_of, missing_of, sides_of
from app.db import Database
from app.responses.models import Response
from app.responses.rules import ResponseState
from app.rounds.models import Round
from app.rounds.rules import Stage
from app.samples.models import Subject
from tests import factories as make
from tests.attachments.test_files_of_a_response import attach, attached
from tests.audit import Audit, assign, open_audit, respond, subject
from tests.browsing import Browser, heading, words
from tests.clock import SettableClock
from tests.factories import ident
from tests.responses.answering import Given, answered, given
from tests.responses.test_nil_returns import declare, sign_off
from tests.responses.test_queries import ask, send
from tests.responses.test_withdrawals import table, take_back
from tests.world import World


def taken_back(browse: Browser, world: World, of: Given) -> int:
    sent = {"assignment": [of.assignment.ref]}
    return browse.as_(world.coordinator).post(f"{table(of.audit)}/withdrawal", sent).status_code


def still_there(session: Session, of: Given) -> bool:
    session.expire_all()
    return session.get(Assignment, of.assignment.id) is not None


def test_an_assignment_with_a_file_is_begun_and_stays(
    browse: Browser, database: Database, world: World, session: Session
) -> None:
    of = given(database, world)
    assert attach(browse.as_(world.officer), of).status_code == 303
    assert taken_back(browse, world, of) == 303
    assert still_there(session, of)


def test_a_nil_return_that_came_back_with_queries_is_begun_and_stays(
    browse: Browser, database: Database, world: World, session: Session
) -> None:
    of = given(database, world)
    declare(browse, of, world.officer)
    sign_off(browse, world, of)
    with database.writing() as writing:
        row = writing.exec(select(Response)).one()
        row.state, row.version = ResponseState.DRAFT, 0  # as the first nil returns were kept
        writing.get_one(Assignment, of.assignment.id).sent_at = None
    assert taken_back(browse, world, of) == 303
    assert still_there(session, of)


def test_files_of_a_nil_return_are_nobodys_to_read(
    browse: Browser, database: Database, world: World, session: Session
) -> None:
    of = given(database, world)
    attach(browse.as_(world.officer), of)
    here = f"{of.at}/files/{attached(session).ref}"
    declare(browse, of, world.officer)
    sign_off(browse, world, of)
    for who in (world.lead, world.coordinator, world.scrutineer, world.officer):
        assert "No file is attached" in words(browse.as_(who).page(f"{of.at}/files"))
        assert browse.as_(who).post(here).status_code == 404


def test_what_was_read_and_changed_since_is_not_signed_off(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    declare(browse, of, world.officer)
    lead = browse.as_(world.police_lead)
    version = str(database_version(database))
    back = f"{of.at}/nil-return/withdrawal"
    assert browse.as_(world.officer).post(back, {"version": version}).status_code == 303
    declare(browse, of, world.officer)
    assert lead.post(f"{of.at}/sending", {"version": version}).status_code == 409


def database_version(database: Database) -> int:
    with database.reading() as session:
        return session.exec(select(Response.version)).one()


def test_a_file_that_was_sent_stays_when_its_response_comes_back(
    browse: Browser, database: Database, world: World, clock: SettableClock
) -> None:
    """Whichever time it was sent with; one that was attached since may go again."""
    of = given(database, world)
    answered(database, of)
    auditor = browse.as_(world.officer)
    for number in (1, 2):
        assert attach(auditor, of, data=f"Seen {number}".encode()).status_code == 303
        send(browse, world, of)
        assert ask(browse, world, of, form_seen="Which form was it?") == 303
        clock.forward(minutes=5)
    assert "Remove" not in words(auditor.page(f"{of.at}/files"))
    assert attach(auditor, of, data=b"Seen since").status_code == 303
    with database.reading() as reading:
        refs = reading.exec(select(Attachment.ref).order_by(col(Attachment.id))).all()
    *sent, since = (f"{of.at}/files/{ref}/removal" for ref in refs)
    for here in sent:
        assert auditor.get(here).status_code == 409
        assert auditor.post(here).status_code == 409
    assert auditor.post(since).status_code == 303


def test_the_name_of_a_removed_file_goes_with_it(
    browse: Browser, database: Database, world: World, session: Session
) -> None:
    of = given(database, world)
    auditor = browse.as_(world.officer)
    attach(auditor, of, "Notes on Karen Ashdown.txt")
    here = f"{of.at}/files/{attached(session).ref}/removal"
    assert auditor.post(here).status_code == 303
    session.expire_all()
    assert session.exec(select(Attachment.name)).one() == "File.txt"


# --- a second auditor


def twice(session: Session, world: World) -> tuple[Audit, Subject]:
    """One file for two officers: only the first has sent."""
    audit = open_audit(session, world)
    one = subject(session, audit)
    first = assign(session, one, world.police, world.officer)
    other = make.person(session, world.partnership, Role.AUDITOR, world.police, "Second officer")
    assign(session, one, world.police, other, place=2)
    respond(session, audit, first, {})
    return audit, one


def test_the_comparison_names_the_first_auditor_and_waits_for_the_first_alone(
    database: Database, world: World
) -> None:
    with database.writing() as session:
        _, one = twice(session, world)
        key = ident(one)
    with database.reading() as session:
        sides = sides_of(session, [key])[key]
        found = session.get_one(Subject, key)
        assert auditors_of(session, found, sides) == (world.officer.name,)
        assert not missing_of(session, [key]).get(key)


def test_who_declared_a_conflict_is_no_second_auditor_of_the_same_child(
    browse: Browser, database: Database, world: World, session: Session
) -> None:
    with database.writing() as writing:
        audit = open_audit(writing, world)
        one = subject(writing, audit)
        first = assign(writing, one, world.police, world.officer)
        assign(writing, one, world.police, None, place=2)
    officer = browse.as_(world.officer)
    at = f"/wexcombe/assignments/{first.ref}/conflict-of-interest"
    assert officer.post(at, {"kind": "knows"}).status_code == 303
    refs = {each.name: each.ref for each in auditors_for(session, audit.round, [world.police])}
    chosen = {"do": "second", "subject": one.ref, "auditor": refs[world.officer.name]}
    answer = browse.as_(world.police_lead).submit(table(audit), chosen)
    assert answer.status_code == 422
    assert "conflict of interest" in heading(answer)


def test_the_first_of_a_pair_is_not_taken_back_while_the_second_stays(
    browse: Browser, database: Database, world: World, session: Session
) -> None:
    with database.writing() as writing:
        audit = open_audit(writing, world)
        one = subject(writing, audit)
        assign(writing, one, world.police, world.officer)
        second = assign(writing, one, world.police, None, place=2)
        respond(writing, audit, second, {})
    take_back(browse.as_(world.coordinator), audit, one.ref, agency=world.police.ref)
    session.expire_all()
    assert sorted(session.exec(select(Assignment.place))) == [1, 2]


@pytest.mark.parametrize("stage", [Stage.RETURNS_CLOSED, Stage.MODERATION])
def test_no_second_auditor_is_drawn_once_the_panel_may_compare(
    browse: Browser, database: Database, world: World, session: Session, stage: Stage
) -> None:
    with database.writing() as writing:
        audit, _ = twice(writing, world)
        writing.get_one(Round, audit.round.id).stage = stage
    at = f"/wexcombe/rounds/{audit.round.ref}/second-auditors"
    coordinator = browse.as_(world.coordinator)
    assert coordinator.get(at).status_code == 409
    drawn = {"agency": world.police.ref, "share": "100%", "labels": ""}
    assert coordinator.post(at, drawn).status_code == 409
    assert at not in str(coordinator.page(table(audit)))
    assert session.exec(select(Assignment).where(col(Assignment.place) == 2)).one()


def test_the_report_counts_the_first_auditors_responses(
    browse: Browser, database: Database, world: World
) -> None:
    with database.writing() as session:
        audit, _ = twice(session, world)
        session.get_one(Round, audit.round.id).stage = Stage.MODERATION
    at = f"/wexcombe/rounds/{audit.round.ref}"
    coordinator = browse.as_(world.coordinator)
    assert f"{world.police.name} 1 1 " in words(coordinator.page(f"{at}/report"))
    assert f"{world.police.name} 2 " in words(coordinator.page(f"{at}/returns"))
