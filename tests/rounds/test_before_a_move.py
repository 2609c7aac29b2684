"""What the page before a move tells that stands in the way of nothing."""

import pytest
from sqlmodel import Session

from app.db import now
from app.findings.models import Finding
from app.rounds.models import RoundSubgroup
from app.rounds.moves import MEANS
from app.rounds.rules import Stage, next_stage
from tests.audit import assign, open_audit, subject
from tests.browsing import Browser, words
from tests.factories import ident
from tests.rounds.plans import at, stored
from tests.world import World


def told(browse: Browser, world: World, address: str) -> str:
    return words(browse.as_(world.coordinator).page(f"{address}/stage"))


@pytest.mark.parametrize("stage", [s for s in Stage if next_stage(s) in MEANS])
def test_every_move_says_what_it_means(
    session: Session, world: World, browse: Browser, stage: Stage
) -> None:
    to = next_stage(stage)
    assert to is not None

    assert MEANS[to] in told(browse, world, at(stored(session, world, stage)))


def test_before_it_opens_the_working_days_are_told(
    session: Session, world: World, browse: Browser
) -> None:
    page = told(browse, world, at(stored(session, world, Stage.SAMPLING)))

    assert "Agencies have 23 working days until returns are due." in page


def test_before_returns_close_what_is_not_sent_is_counted(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world)
    for position, label in enumerate(("R-2222", "R-3333"), 1):
        assign(session, subject(session, audit, label, position), world.police, world.officer)
    session.commit()

    assert "2 responses of 1 agency are not sent." in told(browse, world, at(audit))


def test_before_findings_are_agreed_drafts_are_counted(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world, Stage.MODERATION)
    session.add(
        Finding(
            round_id=ident(audit.round),
            kind="strength",
            state="draft",
            title="Children are heard",
            words="",
            themes=[],
            written_by=ident(world.lead),
            written_at=now(session),
        )
    )
    session.commit()

    assert "1 finding is a draft and stays out of every pack." in told(browse, world, at(audit))


def test_before_it_is_reported_a_missing_receiver_is_told(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world, Stage.FINDINGS_AGREED)
    session.delete(session.get_one(RoundSubgroup, (audit.round.id, world.subgroup.id)))
    session.commit()

    assert "No subgroup was chosen" in told(browse, world, at(audit))


def test_before_it_is_closed_the_days_of_retention_are_told(
    session: Session, world: World, browse: Browser
) -> None:
    page = told(browse, world, at(stored(session, world, Stage.IMPACT_REVIEWED)))

    assert "Imported lists may go from 15 October 2026." in page
    assert "Answers and reasons may go from 15 September 2028." in page


@pytest.mark.parametrize(
    ("stage", "to", "warned"),
    [(Stage.FINDINGS_AGREED, "moderation", True), (Stage.RETURNS_CLOSED, "open", False)],
)
def test_before_it_goes_back_it_is_said_who_has_read_the_results(
    session: Session, world: World, browse: Browser, stage: Stage, to: str, *, warned: bool
) -> None:
    address = at(stored(session, world, stage))
    page = words(browse.as_(world.coordinator).page(f"{address}/stage?to={to}"))

    assert ("Agencies have been able to read the results" in page) == warned
