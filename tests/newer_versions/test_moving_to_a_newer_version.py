"""A round half answered moves to a version of its tool that differs in every way that it may."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from httpx import Response as HttpResponse
from sqlmodel import Session, select

from app.assignments.models import Assignment
from app.attachments.models import Attachment, AttachmentContent
from app.comparisons.blindness import Sight
from app.comparisons.models import AgreedAnswer
from app.db import Database
from app.events.models import Event
from app.exports.counting import count
from app.findings.models import FindingEvidence, FindingResult
from app.library.models import ToolVersion
from app.library.queries import load_standings, load_tools, pinned_tool
from app.newer_versions.queries import preview
from app.newer_versions.rules import Effect
from app.responses.models import (
    Answer,
    AnswerChange,
    AnswerText,
    NilReturn,
    Query,
    Response,
    SentVersion,
    Tally,
)
from app.responses.rules import ResponseState
from app.responses.tallies import recount, tallied, tallied_together
from app.rounds.models import Round, Strand
from app.rounds.rules import Stage
from tests.audit import assign, open_audit, respond, subject
from tests.browsing import Browser, Visitor, soup, words
from tests.conftest import nothing_written
from tests.newer_versions.conftest import Moving, chose
from tests.newer_versions.tools import ALLOWED, REFUSED, Way, growing
from tests.responses.answering import open_tab
from tests.world import World

KEPT = (
    Answer, AnswerText, AnswerChange, SentVersion, Query, AgreedAnswer, NilReturn, Attachment,
    AttachmentContent, FindingEvidence, FindingResult,
)  # fmt: skip


def everything(session: Session) -> dict[str, list[str]]:
    return {
        table.__name__: sorted(str(row.model_dump()) for row in session.exec(select(table)))
        for table in KEPT
    }


def press(
    coordinator: Visitor, at: str, page: BeautifulSoup, sets: Sequence[str] = ()
) -> HttpResponse:
    """Press the button on a preview, as it was read."""
    form = page.select_one("form[method=post][action$=newer-version]")
    assert form is not None, words(page)
    given = {str(f["name"]): str(f["value"]) for f in form.select("input[type=hidden]")}
    given.pop("token")
    return coordinator.post(at, {**given, "question_sets": list(sets)})


def move(browse: Browser, world: World, moving: Moving) -> BeautifulSoup:
    coordinator = browse.as_(world.coordinator)
    page = coordinator.page(moving.page)
    return coordinator.follow(press(coordinator, moving.page, page))


def address(database: Database, response: Response) -> str:
    with database.reading() as session:
        ref = session.get_one(Assignment, response.assignment_id).ref
    return f"/wexcombe/assignments/{ref}"


def effects(database: Database, moving: Moving) -> dict[str, dict[str, Effect]]:
    with database.reading() as session:
        found = preview(session, session.get_one(Round, moving.audit.round.id), moving.second)
    return {f"{each.subject}, {each.agency}": dict(each.effects) for each in found.affected}


def test_the_preview_accounts_for_every_stored_answer(database: Database, moving: Moving) -> None:
    found = effects(database, moving)

    with database.reading() as session:
        stored = session.exec(select(Answer).where(Answer.state > 0)).all()
    told = Counter(e for each in found.values() for e in each.values())
    lacking = told[Effect.NEEDS_AN_ANSWER] + told[Effect.NOT_ASKED_THEN]
    assert told.total() - lacking == len(stored)
    over = dict.fromkeys(("chaired", "fitting", "view"), Effect.NO_LONGER_ASKED)
    both = {
        **over,
        "seen": Effect.REWORDED,
        "told": Effect.OPTION_RETIRED,
        "arrested": Effect.KEPT,
        "why_not": Effect.CLOSED,
    }
    assert found["Case C-1111, Wexcombe Children's Services"] == {
        **both,
        "followed": Effect.NEEDS_AN_ANSWER,
        "bail_on": Effect.NEEDS_AN_ANSWER,
    }
    assert found["Case C-1111, Wexcombe Police"] == {
        **both,
        "plan_graded": Effect.NO_LONGER_ASKED,
        "seen_alone": Effect.REWORDED,
        "days": Effect.REWORDED,
        "words": Effect.KEPT,
        "followed": Effect.NOT_ASKED_THEN,
    }
    assert found["Interview M-1111, Wexcombe Police"] == {"works": Effect.NO_LONGER_ASKED}
    assert found["Case C-2222, Wexcombe Children's Services"] == {"seen": Effect.REWORDED}


def test_the_page_says_what_differs_and_what_becomes_of_each_answer(
    browse: Browser, world: World, moving: Moving
) -> None:
    page = browse.as_(world.coordinator).page(moving.page)

    told = words(page)
    assert "“Was the child seen?” is now “Did anybody see the child?”" in told
    assert "The question set interview was retired." in told
    assert "Interviews: what was answered stays to be read" in told
    assert "New question sets, which this round cannot use any more" in told
    assert "7 responses have been begun" in told
    assert "1 response that was declared complete goes back to its auditor" in told
    rows = [" ".join(r.get_text(" ").split()) for r in page.select("#responses tbody tr")]
    assert len(rows) == 7
    mine = next(r for r in rows if "C-1111" in r and "Children's Services" in r)
    assert "Needs an answer: 2" in mine
    assert "Was it followed up?" in mine
    assert "No longer asked: 3" in mine
    assert "Who chaired the meeting?" in mine
    assert "chaired-by-the-hub" not in page.get_text()


def test_the_list_is_narrowed_to_an_agency_and_to_what_becomes_of_it(
    browse: Browser, world: World, moving: Moving
) -> None:
    coordinator = browse.as_(world.coordinator)

    of_police = coordinator.page(f"{moving.page}?agency={world.police.ref}")
    wanting = coordinator.page(f"{moving.page}?effect=needs_an_answer")

    assert len(of_police.select("#responses tbody tr")) == 3
    assert len(wanting.select("#responses tbody tr")) == 3
    assert len(coordinator.page(f"{moving.page}?agency=NOBODY").select("#responses tbody tr")) == 7


def test_moving_keeps_every_answer_and_everything_said_about_it(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    with database.reading() as session:
        before = everything(session)

    page = move(browse, world, moving)

    assert "Growing audit, version 2" in words(page)
    with database.reading() as session:
        assert everything(session) == before
        moved = session.get_one(Round, moving.audit.round.id)
        assert pinned_tool(session, moved.tool_version_id).versions == (1, 2)
        for strand in session.exec(select(Strand)):
            assert tallied(session, strand) == recount(session, strand)
            assert tallied_together(session, strand).total() == tallied(session, strand).total()


def test_it_is_one_event_with_counts_and_no_words(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    move(browse, world, moving)

    with database.reading() as session:
        events = session.exec(select(Event)).all()
    assert [each.kind for each in events] == ["round.changed"]
    for part in ('"came_from":"growing v1"', '"tool":"growing v2"', '"went_back":"1"'):
        assert part in events[0].details
    assert '"no_longer_asked: ' in events[0].details
    assert "chaired" not in events[0].details


def test_what_was_sent_stays_as_it_was_asked(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    move(browse, world, moving)

    told = words(browse.as_(world.lead).page(f"{address(database, moving.sent)}/check"))
    assert "Was the child seen?" in told
    assert "Who chaired the meeting? chaired-by-the-hub" in told
    assert "our-agency-thinks" in told
    assert "no-evidence-then" in told
    assert "Was it followed up?" not in told
    interview = words(
        browse.as_(world.lead).page(f"{address(database, moving.interview_sent)}/check")
    )
    assert "the-daily-call" in interview


def test_a_draft_is_asked_what_is_new_and_shows_what_is_asked_no_more(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    move(browse, world, moving)

    at, auditor = address(database, moving.draft), browse.as_(world.social_worker)
    told = words(auditor.page(f"{at}/check"))
    assert "Did anybody see the child?" in told
    assert "Was it followed up?" in told
    assert "No longer asked: Afterwards What does your agency think?" in told
    assert "Who chaired the meeting? chaired-by-the-hub" in told
    assert "No longer asked: Seeing the child Did the response fit? Fits" in told
    assert "our-agency-thinks" in told
    assert "1 answer to questions that are no longer asked is kept" in told
    section = auditor.get(f"{at}/sections/after").text
    assert "Who chaired" not in section
    assert "The school" in section, "a retired option that was chosen is still shown"
    with database.reading() as session:
        row = session.get_one(Response, moving.draft.id)
        assert (row.answered, row.asked) == (3, 8)


def test_what_was_declared_and_wants_more_goes_back_with_the_reason(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    move(browse, world, moving)

    with database.reading() as session:
        row = session.get_one(Response, moving.declared.id)
        assert row.state == ResponseState.DRAFT
    told = words(browse.as_(world.nurse).page(address(database, moving.declared)))
    assert "The audit tool of this round was moved to version 2" in told


def test_a_question_that_the_lead_asked_about_an_ended_question_stays(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    move(browse, world, moving)

    told = words(browse.as_(world.officer).page(address(database, moving.returned)))
    assert "No longer asked: Who chaired the meeting?" in told
    assert "Why so, for chaired?" in told
    assert "Why so, for seen?" in told


def test_comparison_results_and_exports_hold_what_is_asked_no_more(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    move(browse, world, moving)
    lead = browse.as_(world.lead)

    compared = lead.page(f"{moving.at}/subjects/{moving.case.ref}/comparison?order=questions")
    row = compared.find(id="chaired")
    assert row is not None
    assert "chaired-by-the-hub" in row.get_text()
    assert "Not asked when it was sent" in str(compared.find(id="followed"))
    assert "No longer asked" in row.get_text(), "of the agencies that have not sent"
    assert "Poor" in str(compared.find(id="plan_graded"))

    results = lead.page(f"{moving.at}/results")
    assert "No longer asked: Afterwards" in words(results)
    graded = results.select_one("#result-plan_graded")
    assert graded is not None
    assert "Poor 1" in " ".join(graded.get_text(" ").split())
    assert results.select_one("#result-followed") is None
    behind = words(lead.page(f"{moving.at}/results/plan_graded?strand={moving.audit.strand.ref}"))
    assert "Wexcombe Police" in behind
    interviews = lead.page(f"{moving.at}/results?strand={moving.interviews.ref}")
    assert "No longer asked: The talk" in words(interviews)


def test_what_is_asked_no_more_is_in_no_theme(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    def themed() -> set[str]:
        page = browse.as_(world.lead).page(f"{moving.at}/results?theme=DAP")
        return {str(each["id"]) for each in page.select("[id^=result-]:not([id$=-caption])")}

    assert themed() == {"result-fitting"}
    move(browse, world, moving)
    assert themed() == {"result-seen_alone"}

    with database.reading() as session:
        of = session.get_one(Round, moving.audit.round.id)
        counted = count(session, Sight(of, everything=True, agencies=frozenset()))
    fit = "Did the response fit? (no longer asked)"
    assert fit in str(counted.results)
    assert list(counted.themed) == ["DAP"]
    assert "How well was the child seen alone?" in str(counted.themed)
    assert fit not in str(counted.themed)


def test_a_finding_still_rests_on_what_is_asked_no_more(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    told = {
        "kind": "area_for_development",
        "title": "First plans are thin",
        "words": "They say what happened, and not what follows.",
    }
    lead, rests_on = browse.as_(world.lead), f"{moving.at}/findings/new?question=plan_graded"
    of_result = f"{rests_on}&strand={moving.audit.strand.ref}"
    finding = lead.submit(of_result, told).headers["location"]
    lead.submit(f"{rests_on}&subject={moving.case.ref}", form="/evidence")
    with database.reading() as session:
        before = everything(session)
        assert before["FindingEvidence"]
        assert before["FindingResult"]

    move(browse, world, moving)

    lead = browse.as_(world.lead)
    page = lead.page(finding)
    assert len(page.select("a[href*=plan_graded]")) == 2
    for link in page.select("a[href*=plan_graded]"):
        assert lead.get(str(link["href"])).status_code == 200
    assert lead.submit(f"{finding}/agreement").status_code == 303
    with database.reading() as session:
        assert everything(session) == before


def test_a_file_attached_to_a_question_that_is_asked_no_more_stays(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    move(browse, world, moving)

    at = address(database, moving.draft)
    told = words(browse.as_(world.social_worker).page(f"{at}/files"))
    assert "Minutes.txt" in told
    assert "Who chaired the meeting?" in told


def test_the_files_that_are_taken_away_hold_what_is_asked_no_more(
    browse: Browser, world: World, moving: Moving
) -> None:
    move(browse, world, moving)
    coordinator = browse.as_(world.coordinator)

    taken = coordinator.submit(f"{moving.at}/exports").content.decode("utf-8-sig")
    book = coordinator.submit(f"{moving.at}/exports", {"format": "xlsx"})
    codebook = coordinator.get(f"{moving.at}/exports/codebook").content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(taken, newline="")))
    told = {row["Question id"]: row["Answer"] for row in rows}
    assert told["chaired"] == "chaired-by-the-hub"
    assert told["plan_graded"] == "Poor"
    assert told["view"] == "our-agency-thinks"
    assert told["works"] == "the-daily-call"
    assert "followed" not in told
    assert book.status_code == 200
    meant = {row["Question id"]: row for row in csv.DictReader(io.StringIO(codebook, newline=""))}
    assert meant["chaired"]["Section"] == "No longer asked: Afterwards"
    assert meant["works"]["Section"] == "No longer asked: The talk"
    asked_of = {key: row["Asked of"] for key, row in meant.items()}
    assert asked_of["seen"] == "every agency"
    assert asked_of["view"] == "School"
    assert asked_of["chaired"] == asked_of["works"] == "nobody any more"


def test_a_page_open_from_before_loses_nothing_that_is_typed_on_it(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    at, auditor = address(database, moving.draft), browse.as_(world.social_worker)
    tab = open_tab(auditor, at, "after")
    move(browse, world, moving)

    answer = tab.save(
        {"chaired": "typed-after-the-move", "told": ["school"], "seen": "no", "view": "still-ours"}
    )

    assert answer.status_code == 200, answer.text
    assert {"chaired", "view"} <= set(answer.json()["closed"])
    told = words(browse.as_(world.social_worker).page(f"{at}/check"))
    assert "typed-after-the-move" in told
    assert "still-ours" in told
    with database.reading() as session:
        changed = session.exec(select(AnswerChange)).all()
        assert len(changed) == 4


def test_a_draft_that_is_sent_after_the_move_counts_what_is_new_and_what_is_over(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    move(browse, world, moving)
    at = address(database, moving.draft)
    auditor = browse.as_(world.social_worker)
    more = {
        "seen_alone": ["good"], "seen_alone.reason": "Alone", "followed": "yes", "days": "2",
        "words": "None of it", "bail_on.day": "1", "bail_on.month": "3", "bail_on.year": "2026",
    }  # fmt: skip
    for section in ("seeing", "after"):
        assert auditor.submit(f"{at}/sections/{section}", more, form="/answers").status_code == 303
    page = auditor.page(f"{at}/check")
    assert "Nothing is missing" in words(page), words(page)
    auditor.follow(auditor.submit(f"{at}/declaration", form="/declaration"))
    signs = browse.as_(world.social_care_lead)
    with database.reading() as session:
        version = session.get_one(Response, moving.draft.id).version
    assert signs.post(f"{at}/sending", {"version": str(version)}).status_code == 303

    with database.reading() as session:
        row = session.get_one(Response, moving.draft.id)
        assert (row.state, row.tool_version_id) == (ResponseState.SENT, None)
        copy = session.exec(
            select(SentVersion).where(SentVersion.response_id == moving.draft.id)
        ).one()
        assert "chaired-by-the-hub" in copy.answers
        strand = session.get_one(Strand, moving.audit.strand.id)
        assert tallied(session, strand) == recount(session, strand)
    results = browse.as_(world.lead).page(f"{moving.at}/results")
    counted = {
        key: " ".join(found.get_text(" ").split())
        for key in ("chaired", "view", "followed")
        if (found := results.select_one(f"#result-{key} caption"))
    }
    assert "2 answered of 2 asked" in counted["chaired"]
    assert "2 answered of 2 asked" in counted["view"]
    assert "1 answered of 1 asked" in counted["followed"]
    compared = browse.as_(world.lead).page(f"{moving.at}/subjects/{moving.case.ref}/comparison")
    row = compared.find(id="chaired")
    assert row is not None
    assert row.get_text().count("chaired-by-the-hub") == 2


def test_what_the_lead_returns_after_the_move_is_asked_what_is_new(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    move(browse, world, moving)
    at, lead = address(database, moving.sent), browse.as_(world.lead)
    with database.reading() as session:
        version = session.get_one(Response, moving.sent.id).version
    answer = lead.post(
        f"{at}/queries",
        {"version": str(version), "question": ["plan_graded"], "words": ["Poor, in what?"]},
    )

    assert answer.status_code == 303, soup(answer).get_text(" ")
    with database.reading() as session:
        row = session.get_one(Response, moving.sent.id)
        assert (row.state, row.tool_version_id) == (ResponseState.DRAFT, None)
        for strand in session.exec(select(Strand)):
            assert tallied(session, strand) == recount(session, strand)
        assert not session.exec(
            select(Tally).where(Tally.strand_id == moving.audit.strand.id, Tally.count != 0)
        ).all()
    told = words(browse.as_(world.officer).page(f"{at}/check"))
    assert "Was it followed up?" in told
    assert "Poor, in what?" in told


def test_a_preview_is_refused_once_what_it_says_has_changed(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    coordinator = browse.as_(world.coordinator)
    page = coordinator.page(moving.page)
    with database.writing() as session:
        row = session.get_one(Response, moving.declared.id)
        row.state = ResponseState.DRAFT

    with nothing_written(database):
        answer = press(coordinator, moving.page, page)

    assert answer.status_code == 409
    assert "Something has changed since this preview was made" in words(soup(answer))
    with database.reading() as session:
        assert session.get_one(Round, moving.audit.round.id).tool_version_id == (
            moving.audit.round.tool_version_id
        )


def test_an_answer_that_stays_as_it_is_does_not_spoil_the_preview(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    coordinator = browse.as_(world.coordinator)
    page = coordinator.page(moving.page)
    at, auditor = address(database, moving.draft), browse.as_(world.social_worker)
    assert open_tab(auditor, at, "after").save({"words": "Typed meanwhile"}).status_code == 200

    coordinator = browse.as_(world.coordinator)
    assert press(coordinator, moving.page, page).status_code == 303
    assert "Typed meanwhile" in words(browse.as_(world.social_worker).page(f"{at}/check"))


def test_the_same_press_sent_twice_moves_once(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    coordinator = browse.as_(world.coordinator)
    page = coordinator.page(moving.page)

    answers = [press(coordinator, moving.page, page) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    with database.reading() as session:
        assert len(session.exec(select(Event)).all()) == 1


@pytest.mark.parametrize("way", REFUSED, ids=lambda way: way.__name__)
def test_a_version_that_would_change_a_meaning_is_refused_in_words(
    browse: Browser, world: World, database: Database, moving: Moving, folder: Path, way: Way
) -> None:
    bad = growing(folder, 3, (way,))
    browse.client.app.state.tools = {**browse.client.app.state.tools, ("growing", 3): bad}  # type: ignore[attr-defined]
    load_tools.cache_clear()
    load_standings.cache_clear()
    coordinator = browse.as_(world.coordinator)

    page = coordinator.page(f"{moving.page}?to=growing.3")
    with nothing_written(database):
        answer = coordinator.post(
            moving.page, {"version": "1", "tool": "growing.3", "digest": "x" * 64}
        )

    assert REFUSED[way] in words(page)
    assert not page.select("form[method=post][action$=newer-version]")
    assert answer.status_code == 409
    assert REFUSED[way] in words(soup(answer))


@pytest.mark.parametrize(
    ("who", "status"),
    [("lead", 403), ("scrutineer", 403), ("police_lead", 403), ("officer", 403),
     ("coordinator_elsewhere", 404)],
)  # fmt: skip
def test_nobody_but_a_coordinator_of_the_partnership_moves_it(
    browse: Browser, world: World, moving: Moving, who: str, status: int
) -> None:
    visitor = browse.as_(getattr(world, who))

    assert visitor.get(moving.page).status_code == status
    assert visitor.post(moving.page, {"version": "1"}).status_code == status


@pytest.mark.parametrize("stage", [Stage.FINDINGS_AGREED, Stage.REPORTED, Stage.CLOSED])
def test_once_findings_are_agreed_a_round_stays_on_its_version(
    browse: Browser, world: World, database: Database, moving: Moving, stage: Stage
) -> None:
    with database.writing() as session:
        session.get_one(Round, moving.audit.round.id).stage = stage

    answer = browse.as_(world.coordinator).get(moving.page)

    assert answer.status_code == 409
    assert "move to a newer version of the tool" in words(soup(answer))


def test_before_the_sample_is_drawn_a_new_question_set_is_a_strand_only_if_chosen(
    browse: Browser, world: World, database: Database, folder: Path
) -> None:
    with database.writing() as session:
        plain = open_audit(session, world, Stage.SAMPLING, growing(folder))
        chosen = open_audit(session, world, Stage.DRAFT, growing(folder))
    coordinator = browse.as_(world.coordinator)
    for audit, sets in ((plain, []), (chosen, ["hub"])):
        at = f"/wexcombe/rounds/{audit.round.ref}/newer-version"
        coordinator.follow(press(coordinator, at, coordinator.page(at), sets))

    with database.reading() as session:
        found = {
            audit.round.id: [
                s.question_set
                for s in session.exec(select(Strand).where(Strand.round_id == audit.round.id))
            ]
            for audit in (plain, chosen)
        }
        assert found == {plain.round.id: ["case-file"], chosen.round.id: ["case-file", "hub"]}
        versions = {
            audit.round.id: pinned_tool(
                session, session.get_one(Round, audit.round.id).tool_version_id
            ).versions
            for audit in (plain, chosen)
        }
    assert versions == {plain.round.id: (1, 2), chosen.round.id: (2,)}


@pytest.fixture
def interviews_only(database: Database, world: World, folder: Path) -> Round:
    """A round in draft that uses no question set but one that the second version has no more."""
    with database.writing() as session:
        audit = open_audit(session, world, Stage.DRAFT, growing(folder))
        audit.strand.question_set, audit.strand.title = "interview", "Interviews"
        session.add(audit.strand)
    return audit.round


def strands(session: Session, of: Round) -> list[str]:
    return list(session.exec(select(Strand.question_set).where(Strand.round_id == of.id)))


def test_a_move_that_would_leave_no_question_set_is_refused_whole(
    browse: Browser, world: World, database: Database, interviews_only: Round
) -> None:
    coordinator = browse.as_(world.coordinator)
    at = f"/wexcombe/rounds/{interviews_only.ref}"
    page = coordinator.page(f"{at}/newer-version")

    with nothing_written(database):
        answer = press(coordinator, f"{at}/newer-version", page)

    assert answer.status_code == 422
    assert "That version has none of the question sets in use" in words(soup(answer))
    assert "Growing audit, version 1" in words(coordinator.page(at))
    with database.reading() as session:
        kept = session.get_one(Round, interviews_only.id)
        assert pinned_tool(session, kept.tool_version_id).versions == (1,)
        assert kept.version == interviews_only.version
        assert strands(session, kept) == ["interview"]


def test_a_version_without_the_question_sets_in_use_is_not_even_pinned(
    browse: Browser, world: World, database: Database, interviews_only: Round
) -> None:
    at = f"/wexcombe/rounds/{interviews_only.ref}/tool-version"
    given = {"version": str(interviews_only.version), "tool": "growing.2"}

    answer = browse.as_(world.coordinator).post(at, given)

    assert answer.status_code == 422
    with database.reading() as session:
        pinned = select(ToolVersion.version).where(ToolVersion.slug == "growing")
        assert session.exec(pinned).all() == [1]


def test_a_question_set_that_is_ticked_takes_the_place_of_those_that_are_gone(
    browse: Browser, world: World, database: Database, interviews_only: Round
) -> None:
    coordinator = browse.as_(world.coordinator)
    at = f"/wexcombe/rounds/{interviews_only.ref}"
    page = coordinator.page(f"{at}/newer-version")

    coordinator.follow(press(coordinator, f"{at}/newer-version", page, ["hub"]))

    with database.reading() as session:
        moved = session.get_one(Round, interviews_only.id)
        assert pinned_tool(session, moved.tool_version_id).versions == (2,)
        assert strands(session, moved) == ["hub"]


def test_a_long_list_comes_in_pages(
    browse: Browser, world: World, database: Database, moving: Moving
) -> None:
    with database.writing() as session:
        for place in range(60):
            about = subject(session, moving.audit, f"L-{place:04}", place + 10)
            given = assign(session, about, world.police, world.officer)
            respond(session, moving.audit, given, {"seen": chose("yes")}, ResponseState.DRAFT)
    coordinator = browse.as_(world.coordinator)

    first = coordinator.page(moving.page)
    second = coordinator.page(f"{moving.page}?to=growing.2&page=2")

    assert len(first.select("#responses tbody tr")) == 50
    assert len(second.select("#responses tbody tr")) == 17
    assert "page=2" in str(first.select_one(".govuk-pagination"))


def test_a_round_that_is_up_to_date_says_so(
    browse: Browser, world: World, database: Database, folder: Path
) -> None:
    with database.writing() as session:
        audit = open_audit(session, world, Stage.OPEN, growing(folder, 2, ALLOWED))

    page = browse.as_(world.coordinator).page(f"/wexcombe/rounds/{audit.round.ref}/newer-version")

    assert "No newer version is on file." in words(page)
