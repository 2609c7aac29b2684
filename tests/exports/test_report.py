"""The full report says what boards look for: cases, the child's voice, grades, last time."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, col, delete, select

from app.comparisons.models import Judgement
from app.db import Database, now
from app.findings.models import Finding, FindingResult
from app.library.numbers import numbers_of
from app.responses.tallies import rebuild
from app.rounds.models import Round, RoundPerson
from app.rounds.rules import Stage
from tests.audit import Audit, assign, open_audit, respond, subject
from tests.browsing import Browser, words
from tests.comparisons.scene import HAD_A_PART, grade
from tests.exports.test_packs import Reported
from tests.exports.test_packs import reported as reported  # noqa: PLC0414 - a fixture
from tests.factories import ident
from tests.world import World

Report = Callable[[], str]


@pytest.fixture
def report(browse: Browser, world: World, reported: Reported) -> Report:
    return lambda: words(browse.as_(world.lead).page(f"{reported.scene.at}/report"))


def part(page: str, heading: str, until: str) -> str:
    """Return what stands in a report between two headings, each taken where it stands last."""
    start = page.rindex(heading)
    return page[start : page.index(until, start)]


def found(
    session: Session, world: World, within: Audit, title: str, kind: str, theme: str
) -> Finding:
    made = Finding(
        round_id=ident(within.round),
        kind=kind,
        state="agreed",
        title=title,
        words="As the files show.",
        themes=[theme],
        written_by=ident(world.lead),
        written_at=now(session),
    )
    session.add(made)
    session.flush()
    return made


def test_it_tells_what_was_audited_and_how_many_agencies_answered(report: Report) -> None:
    profile = part(report(), "Case profile", "Areas for development")
    assert "Referral forms: 17 referrals." in profile
    assert "By outcome: Section 17 17." in profile
    assert "Agencies that sent a response about one: 1 about 16, 2 about 1." in profile


def test_findings_and_answers_about_the_child_s_voice_stand_together(
    report: Report, database: Database, world: World, reported: Reported
) -> None:
    before = part(report(), "Voice of the child and family", "Equality, diversity")
    assert "No agreed finding carries this theme." in before
    with database.writing() as session:
        rebuild(session, reported.scene.audit.strand)
        found(session, world, reported.scene.audit, "Children are heard early", "strength", "VC")
    voice = part(report(), "Voice of the child and family", "Equality, diversity")
    assert "Partly: 2" in voice
    assert "The worry is not always plain" not in voice
    whole = report()
    assert "Children are heard early" in whole[: whole.index("What was answered: voice")]


def test_the_panel_s_judgement_stands_beside_each_agency_s_own_grade_with_the_shift(
    report: Report, database: Database, world: World, reported: Reported
) -> None:
    with database.writing() as session:
        audit = reported.scene.audit
        about = subject(session, audit, "R-J3DG", 40)
        for agency, level in ((world.police, "good"), (world.social_care, "inadequate")):
            given = {**HAD_A_PART, "grade_response": grade(level, "As the file shows.")}
            respond(session, audit, assign(session, about, agency, None), given)
        session.add(
            Judgement(
                subject_id=ident(about),
                level="requires_improvement",
                reason="Help came, and late.",
                person_id=ident(world.lead),
                at=now(session),
            )
        )
    grades = part(report(), "Grades and what the panel judged", "Comparison between agencies")
    assert f"{world.police.name} Not answered 35, Good 1 lower 1" in grades
    assert f"{world.social_care.name} Not answered 3, Inadequate 1 higher 1" in grades
    assert "The panel, of each case Not judged 17, Requires improvement 1" in grades
    assert "R-J3DG" not in report()


def test_it_counts_by_section_how_often_agencies_said_the_same(report: Report) -> None:
    compared = part(report(), "How often agencies said the same", "Comparison with last time")
    assert "reliab" not in compared
    # In the scene's one shared case two agencies differ in the worry and the age band.
    numbers = [int(each) for each in compared.split() if each.isdigit()]
    rows = [numbers[place : place + 4] for place in range(0, len(numbers), 4)]
    assert all(compared == same + differ for compared, same, differ, _ in rows)
    assert sum(differ for _, _, differ, _ in rows) == 2


@pytest.fixture
def spring(database: Database, world: World, reported: Reported) -> Audit:
    """A round with the same tool before the reported one, in which the same question was graded."""
    with database.writing() as session:
        earlier = open_audit(session, world, Stage.CLOSED)
        about = subject(session, earlier, "R-0LD1")
        given = assign(session, about, world.police, world.officer)
        respond(session, earlier, given, {**HAD_A_PART, "form_worry": grade("inadequate", "No.")})
        rebuild(session, earlier.strand)
        rebuild(session, reported.scene.audit.strand)
        session.get_one(Round, earlier.round.id).title = "MASH audit, spring"
        found(session, world, earlier, "Worries come late", "area_for_development", "REC")
        found(session, world, earlier, "Nobody asks the child", "area_for_development", "VC")
        found(session, world, reported.scene.audit, "Forms are swift", "good_practice", "REC")
        session.get_one(Round, earlier.round.id).created_at = now(session) - timedelta(days=180)
    return earlier


def test_each_area_for_development_of_last_time_stands_beside_what_is_found_now(
    report: Report, spring: Audit
) -> None:
    last = part(report(), "Comparison with last time", "Results How often")
    assert "“MASH audit, spring”" in last
    assert "Worries come late Forms are swift The worry is not always plain" in last
    assert "Nobody asks the child Nothing Nothing" in last
    assert "Inadequate 1" in last
    assert "Inadequate 1 Good 1, Inadequate 1" in last


def test_a_lead_who_did_not_lead_it_is_told_nothing_of_the_round_before(
    browse: Browser, world: World, reported: Reported, report: Report, spring: Audit,
    database: Database,
) -> None:  # fmt: skip
    with database.writing() as session:
        session.exec(delete(RoundPerson).where(col(RoundPerson.round_id) == spring.round.id))
    assert "Worries come late" not in report()
    assert "may not read it" in report()
    whole = words(browse.as_(world.coordinator).page(f"{reported.scene.at}/report"))
    assert "Worries come late" in whole


def test_a_round_that_is_not_reported_yet_is_no_last_time(
    report: Report, spring: Audit, database: Database
) -> None:
    with database.writing() as session:
        session.get_one(Round, spring.round.id).stage = Stage.FINDINGS_AGREED
    assert "Worries come late" not in report()


def test_it_recommends_what_needs_to_change_with_what_is_planned(report: Report) -> None:
    recommended = part(report(), "Recommendations", "Actions What will be done")
    assert "The worry is not always plain: Teach the front door" in recommended
    assert "Still a draft" not in recommended


def test_it_says_on_how_many_answers_and_results_a_finding_rests(
    report: Report, reported: Reported, database: Database
) -> None:
    with database.writing() as session:
        finding = session.exec(
            select(Finding).where(Finding.title == "The worry is not always plain")
        ).one()
        question = numbers_of(session, reported.scene.audit.tool).number["form_worry"]
        session.add(
            FindingResult(
                finding_id=ident(finding),
                strand_id=ident(reported.scene.audit.strand),
                question_id=question,
            )
        )
    assert "It rests on 1 compared answer and 1 result." in report()
