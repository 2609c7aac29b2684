"""What people have in hand when a round moves: sections they share, decisions, judgements."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlmodel import Session, select

from app.access import Action, Actor, Held, NotNow, Role, scope
from app.assignments.models import Assignment, SharedSection
from app.comparisons.models import Judgement
from app.db import Database, now
from app.identity.models import Person
from app.library.numbers import numbers_of
from app.library.queries import load_standings, load_tools
from app.newer_versions.commands import NewerVersion, move_to_version
from app.newer_versions.queries import preview
from app.responses.commands import MOVED, NOT_COMPLETE, declare_complete, send_response
from app.responses.models import Answer, NilReturn, Query, Response
from app.responses.queries import Work, find_answering, find_work
from app.responses.rules import ResponseState
from app.responses.saving import Save, save_answers
from app.responses.sharing_commands import complete_sections
from app.responses.tallies import recount, tallied
from app.rounds.models import Round, Strand
from app.rounds.rules import Stage
from app.tools import AgencyKind, Tool, fill, with_retired
from tests import factories as make
from tests.audit import Audit, assign, open_audit, respond, subject
from tests.browsing import Browser, soup, words
from tests.conftest import nothing_written
from tests.factories import ident
from tests.newer_versions.conftest import EVERYTHING, Moving, chose, said
from tests.newer_versions.test_moving_to_a_newer_version import address, move, press
from tests.newer_versions.tools import (
    Way,
    asked_in_the_interview,
    growing,
    judged_on_another_scale,
    kinds,
    option_added,
    questions_retired,
    set_retired,
    what_was_chosen_retired,
)
from tests.responses.answering import open_tab
from tests.world import World


def share(
    database: Database,
    world: World,
    response: Response,
    sections: Iterable[str],
    *,
    complete: bool = False,
) -> Person:
    """Share sections of a response with a colleague at its agency."""
    with database.writing() as session:
        assignment = session.get_one(Assignment, response.assignment_id)
        agency = next(
            each
            for each in (world.social_care, world.police, world.health)
            if each.id == assignment.agency_id
        )
        colleague = make.person(session, world.partnership, Role.AUDITOR, agency, "A colleague")
        session.add_all(
            SharedSection(
                assignment_id=ident(assignment),
                section=section,
                person_id=ident(colleague),
                given_at=now(session),
                complete_at=now(session) if complete else None,
            )
            for section in sections
        )
        return colleague


def shared(database: Database, response: Response) -> dict[str, bool]:
    """The shared sections of a response, and whether each is said to be complete."""
    with database.reading() as session:
        query = select(SharedSection).where(SharedSection.assignment_id == response.assignment_id)
        return {each.section: each.complete_at is not None for each in session.exec(query)}


def progress(session: Session, moving: Moving, kind: AgencyKind) -> tuple[int, int]:
    """How much is answered, of how much, where everything was answered on the first version."""
    asked = with_retired(moving.audit.tool, moving.second).question_set["case-file"]
    return fill(asked, kind, EVERYTHING).progress


def offered(browse: Browser, tool: Tool) -> None:
    """Put a version on file."""
    browse.client.app.state.tools = {  # type: ignore[attr-defined]
        **browse.client.app.state.tools,  # type: ignore[attr-defined]
        (tool.slug, tool.version): tool,
    }
    load_tools.cache_clear()
    load_standings.cache_clear()


def test_whoever_shares_a_section_saves_what_it_no_longer_asks(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    colleague = share(database, world, moving.draft, ["after"])
    at = address(database, moving.draft)
    tab = open_tab(browse.as_(colleague), at, "after")
    move(browse, world, moving)

    tab.who = browse.as_(colleague)
    answer = tab.save({"chaired": "typed-after-the-move", "days": "4"})

    assert answer.status_code == 200, answer.text
    auditor = browse.as_(world.social_worker)
    assert "typed-after-the-move" in words(auditor.page(f"{at}/check"))
    tab = open_tab(auditor, at, "seeing")
    assert tab.save({"chaired": "by-somebody-else"}).status_code == 409


def test_a_section_said_to_be_complete_is_waited_for_again_where_more_is_asked(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    share(database, world, moving.declared, ["seeing", "after"], complete=True)

    move(browse, world, moving)

    assert shared(database, moving.declared) == {"seeing": True, "after": False}


def test_what_is_returned_is_waited_for_in_every_section_if_it_was_asked_less(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    share(database, world, moving.sent, ["seeing", "after"], complete=True)
    move(browse, world, moving)
    assert shared(database, moving.sent) == {"seeing": True, "after": True}

    body = {"version": "1", "question": ["seen"], "words": ["By whom?"]}
    answer = browse.as_(world.lead).post(f"{address(database, moving.sent)}/queries", body)

    assert answer.status_code == 303
    assert shared(database, moving.sent) == {"seeing": False, "after": False}


def test_a_shared_section_that_is_asked_no_more_is_nobodys_and_the_preview_says_so(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    share(database, world, moving.interview_draft, ["talk"])
    page = words(browse.as_(world.coordinator).page(moving.page))
    assert "Interview M-1111, Wexcombe Police: “The talk”, shared with A colleague" in page

    move(browse, world, moving)

    assert shared(database, moving.interview_draft) == {}


def test_what_is_returned_is_shared_no_more_where_it_is_asked_no_more(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    share(database, world, moving.sent, ["seeing", "once-asked"])
    move(browse, world, moving)

    body = {"version": "1", "question": ["seen"], "words": ["By whom?"]}
    browse.as_(world.lead).post(f"{address(database, moving.sent)}/queries", body)

    assert shared(database, moving.sent) == {"seeing": False}


def work_of(session: Session, world: World, response: Response, role: Role) -> tuple[Actor, Work]:
    """Read a response as its auditor or their agency lead does on a page."""
    assignment = session.get_one(Assignment, response.assignment_id)
    who = {Role.AUDITOR: assignment.auditor_id, Role.AGENCY_LEAD: ident(world.police_lead)}[role]
    held = (Held(role, assignment.agency_id),)
    actor = Actor(who or 0, ident(world.partnership), "Somebody", held=held)
    action = {Role.AUDITOR: Action.RESPONSE_ANSWER, Role.AGENCY_LEAD: Action.RESPONSE_SIGN_OFF}
    work = find_work(session, scope(actor, action[role]), {"assignment": assignment.ref})
    assert work
    return actor, work


def moved_meanwhile(database: Database, world: World, moving: Moving) -> None:
    """Move the round, in a transaction of its own."""
    moved_on(database, world, moving.audit, moving.second)


def moved_on(database: Database, world: World, audit: Audit, second: Tool) -> None:
    with database.writing() as session:
        seen = session.get_one(Round, audit.round.id)
        found = preview(session, seen, second)
        given = NewerVersion(version=seen.version, tool="growing.2", digest=found.digest)
        held = (Held(Role.COORDINATOR),)
        who = Actor(ident(world.coordinator), ident(world.partnership), "C", held=held)
        move_to_version(session, who, seen, second, given)


@pytest.fixture
def whole(database: Database, moving: Moving) -> Response:
    """A draft to which nothing is missing before the move."""
    with database.writing() as session:
        row = session.get_one(Response, moving.returned.id)
        assert row.state == ResponseState.DRAFT
    return moving.returned


def test_what_was_complete_before_a_move_that_came_between_is_not_declared(
    world: World, database: Database, moving: Moving, whole: Response
) -> None:
    with database.writing() as session:
        actor, work = work_of(session, world, whole, Role.AUDITOR)
        assert work.filled.complete
        moved_meanwhile(database, world, moving)
        with pytest.raises(NotNow) as refused:
            declare_complete(session, actor, work, work.version)

    assert str(refused.value) == MOVED
    with database.reading() as session:
        assert session.get_one(Response, whole.id).state == ResponseState.DRAFT


def test_what_was_read_before_a_move_that_came_between_is_not_sent(
    world: World, database: Database, moving: Moving
) -> None:
    with database.writing() as session:
        row = session.get_one(Response, moving.declared.id)
        actor, work = work_of(session, world, row, Role.AGENCY_LEAD)
        moved_meanwhile(database, world, moving)
        with pytest.raises(NotNow) as refused:
            send_response(session, actor, work, work.version)

    assert str(refused.value) == MOVED
    with database.reading() as session:
        for strand in session.exec(select(Strand)):
            assert tallied(session, strand) == recount(session, strand)


def test_sections_read_before_a_move_that_came_between_are_not_said_to_be_complete(
    world: World, database: Database, moving: Moving, whole: Response
) -> None:
    colleague = share(database, world, whole, ["after"])
    with database.writing() as session:
        _, work = work_of(session, world, whole, Role.AUDITOR)
        held = (Held(Role.AUDITOR, ident(world.police)),)
        actor = Actor(ident(colleague), ident(world.partnership), "A colleague", held=held)
        moved_meanwhile(database, world, moving)
        with pytest.raises(NotNow) as refused:
            complete_sections(session, actor, work, complete=True)

    assert str(refused.value) == MOVED


def test_what_was_found_before_a_move_that_came_between_is_saved_as_it_is_asked_since(
    world: World, database: Database, moving: Moving
) -> None:
    with database.writing() as session:
        row = session.get_one(Response, moving.draft.id)
        actor, work = work_of(session, world, row, Role.AUDITOR)
        names = {"assignment": work.assignment.ref}
        place = find_answering(session, scope(actor, Action.RESPONSE_ANSWER), names)
        assert place
        moved_meanwhile(database, world, moving)
        typed = {"asked": ["chaired", "words"], "chaired": ["the-hub"], "words": ["Much"]}
        saved = save_answers(session, actor, place, Save("ABCDEFGHJK", 1, work.version, typed))

    with database.reading() as session:
        row = session.get_one(Response, moving.draft.id)
        _, work = work_of(session, world, row, Role.AUDITOR)
        assert saved.place.tool_version_id == work.round.tool_version_id
        assert (work.answers["chaired"].text, work.answers["words"].text) == ("the-hub", "Much")
        assert (saved.answered, saved.asked) == (row.answered, row.asked) == work.filled.progress


def test_what_is_not_complete_is_not_sent(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    with database.writing() as session:
        row = session.get_one(Response, moving.interview_draft.id)
        row.state = ResponseState.WITH_AGENCY_LEAD
        row.declared_by, row.declared_at = ident(world.officer), now(session)
        draft = session.get_one(Response, moving.returned.id)
        draft.state = ResponseState.WITH_AGENCY_LEAD
        draft.declared_by, draft.declared_at = ident(world.officer), now(session)
        number = session.connection().exec_driver_sql(
            f"DELETE FROM answer WHERE response_id = {ident(draft)} AND state > 0"
        )
        assert number.rowcount
    signs = browse.as_(world.police_lead)

    answer = signs.post(f"{address(database, moving.returned)}/sending", {"version": "1"})

    assert answer.status_code == 409
    assert NOT_COMPLETE in words(soup(answer))
    sent = signs.post(f"{address(database, moving.interview_draft)}/sending", {"version": "1"})
    assert sent.status_code == 303


def judge(database: Database, world: World, moving: Moving) -> None:
    with database.writing() as session:
        session.add(
            Judgement(
                subject_id=ident(moving.case), level="poor", reason="The plan.",
                person_id=ident(world.lead), at=now(session),
            )
        )  # fmt: skip


JUDGED_OTHERWISE: dict[Way, str] = {
    questions_retired: "the last section of this version grades nothing",
    judged_on_another_scale: "this version would judge them on fit",
}


@pytest.mark.parametrize("way", JUDGED_OTHERWISE, ids=lambda way: way.__name__)
def test_a_version_on_which_the_panels_judgements_could_not_be_read_is_refused(
    browse: Browser, world: World, database: Database, moving: Moving, folder: Path, way: Way
) -> None:
    told = JUDGED_OTHERWISE[way]
    judge(database, world, moving)
    offered(browse, growing(folder, 3, (way,)))
    coordinator = browse.as_(world.coordinator)

    page = coordinator.page(f"{moving.page}?to=growing.3")
    with nothing_written(database):
        body = {"version": "1", "tool": "growing.3", "digest": "x" * 64}
        answer = coordinator.post(moving.page, body)

    assert told in words(page)
    assert "or let the round stay on the version that it asks" in words(page)
    assert not page.select("form[method=post][action$=newer-version]")
    assert answer.status_code == 409
    assert told in words(soup(answer))
    compared = f"{moving.at}/subjects/{moving.case.ref}/comparison"
    assert browse.as_(world.lead).get(compared).status_code == 200


def test_a_version_that_judges_otherwise_is_moved_to_while_nothing_is_judged(
    browse: Browser, world: World, moving: Moving, folder: Path
) -> None:
    offered(browse, growing(folder, 3, (judged_on_another_scale,)))

    page = browse.as_(world.coordinator).page(f"{moving.page}?to=growing.3")

    assert page.select("form[method=post][action$=newer-version]")


def test_the_lead_asks_what_the_round_asks_now_of_what_was_sent_before(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    move(browse, world, moving)
    at, lead = address(database, moving.sent), browse.as_(world.lead)

    page = lead.page(f"{at}/queries")
    reasons = lead.page(f"{at}/queries?question=followed&question=chaired&ask=why")
    body = {"version": "1", "question": ["followed"], "words": ["Was it, and by whom?"]}
    answer = lead.post(f"{at}/queries", body)

    offered_ = [str(box["value"]) for box in page.select("main input[name=question]")]
    assert {"followed", "seen", "chaired"} <= set(offered_)
    assert "Was it followed up? Not asked when it was sent" in words(page)
    assert words(page).count("The agency cannot change this answer any more.") == 4
    assert "the agency reads what you ask and cannot change this answer" in words(reasons)
    assert answer.status_code == 303, words(soup(answer))
    with database.reading() as session:
        query = select(Query.words).where(Query.response_id == moving.sent.id)
        assert session.exec(query).all() == ["Was it, and by whom?"]
    told = words(browse.as_(world.officer).page(f"{at}/check"))
    assert "Was it, and by whom?" in told


def test_what_is_returned_says_how_much_of_what_is_asked_now_is_answered(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    move(browse, world, moving)
    body = {"version": "1", "question": ["seen"], "words": ["By whom?"]}
    browse.as_(world.lead).post(f"{address(database, moving.sent)}/queries", body)

    with database.reading() as session:
        row = session.get_one(Response, moving.sent.id)
        assert (row.answered, row.asked) == progress(session, moving, AgencyKind.POLICE)


def test_a_nil_return_taken_back_says_how_much_of_what_is_asked_now_is_answered(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    with database.writing() as session:
        session.add(NilReturn(response_id=ident(moving.declared), searched="The case system"))
    move(browse, world, moving)
    nurse, at = browse.as_(world.nurse), address(database, moving.declared)

    answer = nurse.post(f"{at}/nil-return/withdrawal", {"version": "1"})

    assert answer.status_code == 303
    with database.reading() as session:
        row = session.get_one(Response, moving.declared.id)
        assert row.state == ResponseState.DRAFT
        assert (row.answered, row.asked) == progress(session, moving, AgencyKind(world.health.kind))


def test_a_nil_return_handed_back_says_how_much_of_what_is_asked_now_is_answered(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    with database.writing() as session:
        row = session.get_one(Response, moving.returned.id)
        row.state = ResponseState.WITH_AGENCY_LEAD
        row.declared_by, row.declared_at = ident(world.officer), now(session)
        session.add(NilReturn(response_id=ident(row), searched="The case system"))
    move(browse, world, moving)
    signs, at = browse.as_(world.police_lead), address(database, moving.returned)

    answer = signs.post(f"{at}/hand-back", {"version": "1", "words": "We know this child."})

    assert answer.status_code == 303
    with database.reading() as session:
        row = session.get_one(Response, moving.returned.id)
        assert row.state == ResponseState.DRAFT
        assert (row.answered, row.asked) == progress(session, moving, AgencyKind.POLICE)


def test_what_all_said_alike_waits_for_nobody_where_it_is_asked_no_more(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    with database.writing() as session:
        row = session.get_one(Response, moving.declared.id)
        row.state, row.sent_at = ResponseState.SENT, now(session)
        session.get_one(Assignment, row.assignment_id).sent_at = now(session)
    alike = f"{moving.at}/subjects/{moving.case.ref}/alike"

    def waits() -> set[str]:
        page = browse.as_(world.lead).page(alike)
        return {str(box["value"]) for box in page.select("[name=questions]")}

    assert {"fitting", "arrested"} <= waits()
    move(browse, world, moving)
    assert "arrested" in waits()
    assert "fitting" not in waits()


def test_an_option_that_a_question_gained_as_it_moved_to_another_set_is_saved(
    browse: Browser, world: World, database: Database, folder: Path
) -> None:
    first = growing(folder, 1, (asked_in_the_interview,))
    second = growing(folder, 2, (option_added, set_retired))
    with database.writing() as session:
        audit = open_audit(session, world, Stage.OPEN, first)
        given = assign(session, subject(session, audit), world.police, world.officer)
    moved_on(database, world, audit, second)
    at, officer = f"/wexcombe/assignments/{given.ref}", browse.as_(world.officer)

    answer = open_tab(officer, at, "seeing").save({"arrested": "voluntary"})

    assert answer.status_code == 200, answer.text
    assert "Interviewed, not arrested" in words(browse.as_(world.officer).page(f"{at}/check"))


def test_what_an_agency_of_its_kind_is_asked_since_it_sent_is_not_said_to_be_others(
    browse: Browser, world: World, database: Database, folder: Path
) -> None:
    with database.writing() as session:
        audit = open_audit(session, world, Stage.MODERATION, growing(folder, 1, (kinds,)))
        case = subject(session, audit)
        given = assign(session, case, world.police, world.officer)
        respond(session, audit, given, {"seen": chose("yes")})
        taught = assign(session, case, world.school, world.teacher)
        respond(session, audit, taught, {"view": said("our-school-thinks")})
    moved_on(database, world, audit, growing(folder, 2))

    at = f"/wexcombe/rounds/{audit.round.ref}/subjects/{case.ref}/comparison"
    row = browse.as_(world.lead).page(f"{at}?order=questions").find(id="view")

    assert "our-school-thinks" in str(row)
    assert "Not asked when it was sent" in str(row)
    assert "Not asked of this kind of agency" not in str(row)


def test_a_difference_on_what_is_asked_no_more_is_not_left_to_decide(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    with database.writing() as session:
        row = session.get_one(Response, moving.declared.id)
        row.state, row.sent_at = ResponseState.SENT, now(session)
        session.get_one(Assignment, row.assignment_id).sent_at = now(session)
        numbers = numbers_of(session, moving.audit.tool)
        for question, said in (("fitting", "misfits"), ("arrested", "arrested")):
            answer = session.get_one(Answer, (ident(row), numbers.number[question]))
            answer.code = numbers.options[question][said]
    comparison = f"{moving.at}/subjects/{moving.case.ref}/comparison"

    def left() -> tuple[str, str]:
        lead = browse.as_(world.lead)
        cell = lead.page(f"{moving.at}/comparisons?show=left").select_one(
            "[data-label='Differences left']"
        )
        page = words(lead.page(comparison))
        said = re.search(r"Go through what is left: (\d+) difference", page)
        return (cell.get_text() if cell else "none"), (said[1] if said else "none")

    assert left() == ("2", "2")
    move(browse, world, moving)
    assert left() == ("1", "1")
    browse.as_(world.lead).submit(
        f"{comparison}/arrested", {"decision": "nobody", "reason": "So it was."}
    )
    assert left() == ("none", "none")


def test_two_auditors_of_a_file_still_agree_on_what_is_offered_no_more(
    browse: Browser, world: World, database: Database, moving: Moving, folder: Path
) -> None:
    with database.writing() as session:
        second = assign(session, moving.case, world.police, None, place=2)
        respond(session, moving.audit, second, {"seen": chose("yes"), "arrested": chose("nobody")})
    offered(browse, growing(folder, 3, (what_was_chosen_retired,)))
    coordinator = browse.as_(world.coordinator)
    page = coordinator.page(f"{moving.page}?to=growing.3")
    coordinator.follow(press(coordinator, moving.page, page))

    told = words(browse.as_(world.lead).page(f"{moving.at}/agreement"))

    assert "Was somebody arrested? 1 not shown: fewer than 10 pairs" in told
