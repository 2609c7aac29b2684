"""What a coordinator types to begin a round, and short ways there."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session, col, select

from app.db import Database
from app.events.models import Event
from app.rounds.models import Round
from app.rounds.rules import Stage
from tests.audit import Audit, open_audit
from tests.browsing import Visitor
from tests.world import World

ROUNDS = "/wexcombe/rounds"
NEW = f"{ROUNDS}/new?tool=mash.1"
REF = "BCDFGHJKMN"

Typed = dict[str, str | list[str]]


def boxes(name: str, day: date) -> Typed:
    return {
        f"{name}.day": str(day.day),
        f"{name}.month": str(day.month),
        f"{name}.year": str(day.year),
    }


def plan(**changed: str | list[str]) -> Typed:
    """A plan that can be accepted, with some of its fields changed."""
    return {
        "title": "MASH audit, autumn 2026",
        "purpose": "To learn whether referrals reach the right children in time.",
        "lines_of_enquiry": "Was the worry stated?\nDid the child have a say?",
        "question_sets": "referral-form",
        **boxes("returns_due", date(2026, 10, 16)),
        **boxes("panel_due", date(2026, 10, 30)),
        **boxes("report_due", date(2026, 11, 27)),
        **changed,
    }


def begin(coordinator: Visitor, typed: Mapping[str, str | list[str]] | None = None) -> str:
    """Create a round through its form, which leads to its planning; return its address."""
    answer = coordinator.submit(NEW, typed or plan())
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].removesuffix("/planning")


def stored(session: Session, world: World, stage: Stage = Stage.OPEN) -> Audit:
    """Store a round of the world at a stage."""
    audit = open_audit(session, world, stage)
    session.commit()
    return audit


def at(audit: Audit) -> str:
    return f"{ROUNDS}/{audit.round.ref}"


def rounds_of(database: Database) -> list[Round]:
    with database.reading() as session:
        return list(session.exec(select(Round).order_by(col(Round.id))))


def happened(database: Database, kind: str) -> list[Event]:
    with database.reading() as session:
        return list(session.exec(select(Event).where(Event.kind == kind).order_by(col(Event.id))))
