"""Two immediate concerns of the demo: one that was acknowledged, and one that waits."""

from sqlmodel import Session, col, select

from app.assignments.models import Assignment
from app.concerns.commands import acknowledge, raise_concern
from app.concerns.forms import Acknowledged
from app.concerns.models import Concern
from app.concerns.rules import Outcome
from app.db import Database
from app.demo.actors import acting
from app.demo.clock import DemoClock
from app.demo.panel import round_of
from app.demo.people import Cast
from app.identity.models import Person
from app.rounds.models import Strand
from app.samples.models import Subject


def raise_two(database: Database, clock: DemoClock, cast: Cast, round_ref: str) -> None:
    """Let auditors of two agencies raise a concern; the lead acknowledges the first."""
    clock.days_ago(3)
    with database.writing() as session:
        first = _raise(session, cast, round_ref, "care")
    with database.writing() as session:
        lead = acting(session, cast, cast.others["lead"])
        done = Acknowledged(outcome=Outcome.KNOWN)
        acknowledge(session, lead, round_of(session, round_ref), first, done)
    clock.days_ago(0.1)
    with database.writing() as session:
        _raise(session, cast, round_ref, "school")


def _raise(session: Session, cast: Cast, round_ref: str, agency: str) -> Concern:
    """Raise a concern about the last subject that an agency's auditors were given."""
    within = round_of(session, round_ref)
    query = (
        select(Assignment, Subject)
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .where(
            Strand.round_id == within.id,
            Assignment.agency_id == cast.agencies[agency].id,
            col(Assignment.auditor_id).is_not(None),
        )
        .order_by(col(Subject.position).desc())
    )
    given, about = session.exec(query).first() or (None, None)
    if given is None or about is None:
        raise LookupError(f"{agency} has nobody who could raise a concern")
    auditor = acting(session, cast, session.get_one(Person, given.auditor_id))
    return raise_concern(session, auditor, within, about, given.agency_id)
