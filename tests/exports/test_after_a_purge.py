"""Papers and files of a round of which something was purged: what is gone is said to be gone."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.comparisons.models import Judgement
from app.db import Database, now
from app.meetings.models import Meeting
from app.rounds.models import Round
from app.rounds.retention import Kept
from app.rounds.rules import Stage
from tests.browsing import Browser, words
from tests.comparisons.scene import move_to
from tests.exports.test_packs import Reported, document_text
from tests.exports.test_packs import reported as reported  # noqa: PLC0414 - a fixture
from tests.factories import ident
from tests.retention.scene import purged_of
from tests.world import World

WHEN = datetime(2026, 9, 3, 12, tzinfo=UTC)
Purging = Callable[..., None]


@pytest.fixture
def purging(database: Database, reported: Reported, world: World) -> Purging:
    """A judged case of a closed round, and a function that lets classes of it go."""
    with database.writing() as session:
        session.add(
            Judgement(
                subject_id=ident(reported.scene.subject),
                level="good",
                reason="Help came.",
                person_id=ident(world.lead),
                at=now(session),
            )
        )
        session.add(
            Meeting(
                round_id=ident(reported.scene.audit.round),
                began_at=now(session),
                began_by=ident(world.lead),
                others="",
            )
        )
    move_to(database, reported.scene, Stage.CLOSED)

    def purge(*kinds: Kept, stage: Stage = Stage.CLOSED) -> None:
        with database.writing() as session:
            of = session.get_one(Round, ident(reported.scene.audit.round))
            purged_of(session, of, *kinds, at=WHEN)
        move_to(database, reported.scene, stage)

    return purge


@pytest.mark.parametrize(
    ("kinds", "stage"),
    [((Kept.ANSWERS, Kept.AGREED_ANSWERS), Stage.CLOSED), (tuple(Kept), Stage.PURGED)],
)
def test_the_report_says_what_was_purged_and_counts_nobody_as_silent(
    browse: Browser,
    world: World,
    reported: Reported,
    purging: Purging,
    kinds: tuple[Kept, ...],
    stage: Stage,
) -> None:
    purging(*kinds, stage=stage)
    report = words(browse.as_(world.lead).page(f"{reported.scene.at}/report"))

    graded = report[report.rindex("Grades and what the panel judged") :]
    graded = graded[: graded.index("Comparison with last time")]
    assert "Not answered" not in graded
    assert "Not judged" not in graded
    assert "Purged on 3 September 2026: what each agency graded" in graded
    assert "Purged on 3 September 2026: what the panel judged." in graded
    assert "Purged on 3 September 2026: the answers that were compared." in graded
    assert "Referral forms: 17 referrals." in report, "counts of cases stay"


def test_what_the_panel_judged_is_told_for_as_long_as_it_is_kept(
    browse: Browser, world: World, reported: Reported, purging: Purging
) -> None:
    purging(Kept.ANSWERS)
    report = words(browse.as_(world.lead).page(f"{reported.scene.at}/report"))
    assert "The panel, of each case" in report
    assert "Good 1" in report


def test_what_agencies_graded_is_told_for_as_long_as_it_is_kept(
    browse: Browser, world: World, reported: Reported, purging: Purging
) -> None:
    purging(Kept.AGREED_ANSWERS)
    report = words(browse.as_(world.lead).page(f"{reported.scene.at}/report"))
    assert "How often agencies said the same" in report
    assert "The panel, of each case" not in report
    exported = browse.as_(world.coordinator).submit(f"{reported.scene.at}/exports")
    assert ",Purged\r\n" in exported.text or ',"Purged"\r\n' in exported.text


def test_purged_answers_are_no_file_of_questions_that_nobody_answered(
    browse: Browser, world: World, reported: Reported, purging: Purging
) -> None:
    purging(Kept.ANSWERS)
    coordinator, at = browse.as_(world.coordinator), f"{reported.scene.at}/exports"
    page = coordinator.page(at)
    assert "The answers of this round were purged on 3 September 2026" in words(page)
    assert not page.select("main form")
    refused = coordinator.post(f"{at}/answers", {"format": "csv"})
    assert refused.status_code == 409
    assert "purged on 3 September 2026" in refused.text


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.PURGED])
def test_no_record_says_that_a_meeting_decided_nothing_once_its_decisions_are_purged(
    browse: Browser,
    world: World,
    reported: Reported,
    purging: Purging,
    database: Database,
    stage: Stage,
) -> None:
    lead = browse.as_(world.lead)
    with database.reading() as session:
        meeting = f"{reported.scene.at}/meetings/{session.exec(select(Meeting.ref)).one()}"
    before = lead.post(f"{meeting}/document", {"format": "docx"})
    assert "No decision or note was made in it." in document_text(before.content)
    purging(Kept.ANSWERS, Kept.AGREED_ANSWERS, stage=stage)

    refused = lead.post(f"{meeting}/document", {"format": "docx"})
    assert refused.status_code == 409
    assert "What this meeting decided was purged on 3 September 2026" in refused.text
    if stage is Stage.CLOSED:
        page = lead.page(meeting)
        assert "What was decided in this meeting was purged on 3 September 2026." in words(page)
        assert not page.select("form[action$=document]")
