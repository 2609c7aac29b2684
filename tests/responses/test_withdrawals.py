"""Taking back what was given by mistake, and conflicts of interest."""

from sqlmodel import select

from app.access import Role
from app.assignments.models import Assignment, ConflictOfInterest, LocalRecord
from app.assignments.queries import auditors_of
from app.db import Database
from app.events.models import Event
from app.responses.models import Response, SavedPage
from app.responses.rules import ResponseState
from app.rounds.models import Round
from app.rounds.rules import Stage
from tests import factories as make
from tests.audit import Audit, assign, open_audit, respond, subject
from tests.browsing import Browser, Visitor, soup, words
from tests.conftest import nothing_written
from tests.factories import ident
from tests.responses.answering import given, open_tab
from tests.world import World


def table(audit: Audit) -> str:
    return f"/wexcombe/rounds/{audit.round.ref}/assignments"


def take_back(coordinator: Visitor, audit: Audit, *ticked: str, agency: str) -> str:
    """Preview and confirm, as the pages do; returns the words of the preview."""
    at = f"{table(audit)}/withdrawal"
    shown = coordinator.post(f"{at}/preview", {"subject": list(ticked), "agency": [agency]})
    page = soup(shown)
    refs = [str(i["value"]) for i in page.select("main [name=assignment]")]
    if refs:
        assert coordinator.post(at, {"assignment": refs}).status_code == 303
    return words(page)


def test_what_was_given_by_mistake_is_taken_back_and_can_be_given_again(
    browse: Browser, database: Database, world: World
) -> None:
    with database.writing() as session:
        audit = open_audit(session, world)
        one, two = (subject(session, audit, f"R-{n:04}", n) for n in (1, 2))
        mistaken = assign(session, one, world.school, world.teacher)
        assign(session, two, world.school, world.teacher)
        assign(session, one, world.police, world.officer)
        begun = respond(session, audit, mistaken, {}, ResponseState.DRAFT)
        begun.version = 0
        session.add(SavedPage(response_id=ident(begun), page="p", sequence=2, version=0))
        key = {"subject_id": ident(one), "agency_id": ident(world.school)}
        session.add(LocalRecord(**key, number="UPN 7"))
    coordinator = browse.as_(world.coordinator)
    told = take_back(coordinator, audit, one.ref, agency=world.school.ref)
    assert "1 assignment would go" in told
    assert "R-0001, Alder Vale School" in told
    with database.reading() as session:
        left = session.exec(select(Assignment.subject_id, Assignment.agency_id)).all()
        assert session.exec(select(LocalRecord)).all() == []
        assert session.exec(select(Response)).all() == []
        event = session.exec(select(Event)).one()
    assert (ident(one), ident(world.school)) not in left
    assert len(left) == 2
    assert event.kind == "assignment.taken-back"
    teacher = browse.as_(world.teacher)
    assert teacher.get(f"/wexcombe/assignments/{mistaken.ref}").status_code == 404
    again = {"do": "agencies", "agency": world.school.ref, "subject": one.ref}
    assert browse.as_(world.coordinator).submit(table(audit), again).status_code == 303


def test_what_somebody_has_begun_to_answer_stays(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    open_tab(browse.as_(world.officer), of.at).save({"age_band": "under_1"})
    with database.reading() as session:
        label = session.exec(select(Assignment)).one()
    coordinator = browse.as_(world.coordinator)
    page = coordinator.page(table(of.audit))
    ticked = str(page.select_one("main input[name=subject]")["value"])  # type: ignore[index]
    with nothing_written(database):
        told = take_back(coordinator, of.audit, ticked, agency=world.police.ref)
        body = {"assignment": [label.ref]}
        coordinator.post(f"{table(of.audit)}/withdrawal", body)
    assert "Nothing can be taken back" in told


def test_nothing_ticked_takes_nothing_back(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    coordinator = browse.as_(world.coordinator)
    at = f"{table(of.audit)}/withdrawal"
    assert coordinator.post(f"{at}/preview", {"agency": [world.police.ref]}).status_code == 422
    with database.writing() as session:
        session.get_one(Round, of.audit.round.id).stage = Stage.FINDINGS_AGREED
    assert coordinator.post(at, {"assignment": [of.assignment.ref]}).status_code == 409


def test_only_the_coordinator_takes_back(browse: Browser, database: Database, world: World) -> None:
    of = given(database, world)
    body = {"assignment": [of.assignment.ref]}
    with nothing_written(database):
        for who in (world.police_lead, world.lead, world.scrutineer, world.officer):
            sent = browse.as_(who).post(f"{table(of.audit)}/withdrawal", body)
            assert sent.status_code == 403, who.name
    page = words(browse.as_(world.police_lead).page(table(of.audit)))
    assert "Take back" not in page


def test_an_auditor_gives_back_what_they_should_not_audit(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    open_tab(officer, of.at).save({"age_band": "under_1"})
    at = f"{of.at}/conflict-of-interest"
    assert officer.post(at, {}).status_code == 422
    assert officer.submit(at, {"kind": "supervised"}).status_code == 303
    assert browse.as_(world.officer).get(of.at).status_code == 404
    told = "Police officer: conflict of interest (managed or supervised the work)"
    for who in (world.police_lead, world.coordinator):
        assert told in words(browse.as_(who).page(table(of.audit))), who.name
        assert "Police officer: conflict of interest" in words(
            browse.as_(who).page("/wexcombe/assignments")
        )
    assert told not in words(browse.as_(world.lead).page(table(of.audit)))
    with database.reading() as session:
        assert session.exec(select(Assignment.auditor_id)).one() is None
        assert session.exec(select(Response.version)).one() == 1, "what was answered stays"
        declared = session.exec(select(ConflictOfInterest)).one()
        event = session.exec(select(Event).where(Event.kind == "conflict.declared")).one()
    assert (declared.person_id, declared.kind) == (ident(world.officer), "supervised")
    assert '"conflict":"supervised"' in event.details


def test_it_is_not_given_to_them_again(browse: Browser, database: Database, world: World) -> None:
    of = given(database, world)
    with database.writing() as session:
        make.person(session, world.partnership, Role.AUDITOR, world.police, "Second officer")
    officer = browse.as_(world.officer)
    assert officer.submit(f"{of.at}/conflict-of-interest", {"kind": "knows"}).status_code == 303
    lead = browse.as_(world.police_lead)
    page = lead.page(table(of.audit))
    ticked = str(page.select_one("main input[name=subject]")["value"])  # type: ignore[index]
    with database.reading() as session:
        refs = {a.name: a.ref for a in auditors_of(session, of.audit.round, [world.police])}
    body = {"do": "auditor", "subject": ticked, "auditor": refs["Police officer"]}
    refused = lead.submit(table(of.audit), body)
    assert refused.status_code == 422
    assert "Police officer: conflict of interest" in words(soup(refused))
    assert lead.submit(table(of.audit), {"do": "shares"}).status_code == 303
    with database.reading() as session:
        holder = session.exec(select(Assignment.auditor_id)).one()
    assert holder is not None
    assert holder != ident(world.officer)


def test_a_conflict_is_declared_before_it_is_declared_complete(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    with database.writing() as session:
        respond(session, of.audit, of.assignment, {}, ResponseState.WITH_AGENCY_LEAD)
    officer = browse.as_(world.officer)
    with nothing_written(database):
        assert officer.get(f"{of.at}/conflict-of-interest").status_code == 409
        sent = officer.post(f"{of.at}/conflict-of-interest", {"kind": "knows"})
        assert sent.status_code == 409
        for who in (world.police_lead, world.coordinator):
            other = browse.as_(who).post(f"{of.at}/conflict-of-interest", {"kind": "knows"})
            assert other.status_code == 403
