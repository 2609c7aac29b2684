"""Reading concerns: only for who leads the round, coordinates or scrutinises, and for the raiser.

To anybody else a concern is nowhere: that an agency raised one would tell that it knows the child.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col
from sqlmodel import select as rows

from app.access import Action, Actor, Role, Scope, scope
from app.assignments.models import Assignment
from app.concerns.models import Concern, ConcernAdvice
from app.concerns.rules import DEFAULT_ADVICE, Outcome
from app.identity.models import Agency, Person
from app.rounds.models import Round, Strand
from app.rounds.queries import rounds_within
from app.samples.models import Subject
from app.web.filters import plural

_OPEN = col(Concern.acknowledged_at).is_(None)


@dataclass(frozen=True)
class Raised:
    """A concern as those who may know of it read it."""

    ref: str
    subject: str
    subject_ref: str
    by: str
    """The role in which it was raised, and the agency."""
    at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str
    outcome: str


@dataclass(frozen=True)
class Advice:
    """What people are told to do now."""

    words: str
    version: int
    """0 while it is the default."""
    changed_by: str = ""
    changed_at: datetime | None = None


def advice_of(session: Session, partnership_id: int) -> Advice:
    """Return what a partnership tells people to do; the default until it has its own text."""
    found = session.get(ConcernAdvice, partnership_id)
    if found is None:
        return Advice(DEFAULT_ADVICE, 0)
    who = session.get_one(Person, found.person_id)
    return Advice(found.words, found.version, who.name, found.changed_at)


def own_concerns(session: Session, actor: Actor, subject_id: int | None) -> list[Raised]:
    """List what somebody has raised about a subject themselves, the newest first."""
    mine = and_(col(Concern.subject_id) == subject_id, col(Concern.person_id) == actor.person_id)
    return _read(session, _concerns(mine))


def concerns_of(session: Session, of: Round, skip: int, most: int) -> list[Raised]:
    """List the concerns of a round: those that wait first, the newest first."""
    query = _concerns(col(Strand.round_id) == of.id)
    return _read(session, query.offset(skip).limit(most))


def count_concerns(session: Session, of: Round) -> tuple[int, int]:
    """Count the concerns of a round: those that wait to be acknowledged, and all."""
    query = (
        select(func.count(col(Concern.id)), func.count(col(Concern.acknowledged_at)))
        .join(Subject, col(Subject.id) == col(Concern.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .where(col(Strand.round_id) == of.id)
    )
    everything, acknowledged = session.execute(query).one()
    return everything - acknowledged, everything


def concerns_progress(session: Session, of: Round) -> Mapping[str, str]:
    """Say how many concerns were raised in a round, and how many wait to be acknowledged."""
    waiting, everything = count_concerns(session, of)
    if not everything:
        return {}
    left = f"{waiting} not acknowledged, " if waiting else ""
    return {"/concerns": f"{left}{everything} raised"}


def find_concern(session: Session, scope: Scope, refs: Mapping[str, str]) -> Concern | None:
    """Find the concern that an address names, in the round that it names."""
    query = (
        rows(Concern)
        .join(Subject, col(Subject.id) == col(Concern.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .join(Round, col(Round.id) == col(Strand.round_id))
        .where(Concern.ref == refs["concern"], Round.ref == refs["round"], rounds_within(scope))
    )
    return session.exec(query).one_or_none()


def alarms(
    session: Session, actor: Actor, refs: Mapping[str, str], home: str
) -> list[tuple[str, str]]:
    """Say which rounds have concerns that somebody has to acknowledge, each with its address.

    On a page of a round, or of an assignment, that round alone; at home every round.
    Neither the subject nor the agency is named: a page may be read by a whole room.
    """
    within = scope(actor, Action.CONCERN_ACKNOWLEDGE)
    query = (
        select(col(Round.ref), col(Round.title), func.count(col(Concern.id)))
        .join(Strand, col(Strand.round_id) == col(Round.id))
        .join(Subject, col(Subject.strand_id) == col(Strand.id))
        .join(Concern, col(Concern.subject_id) == col(Subject.id))
        .where(_OPEN, rounds_within(within), _on_page(refs))
        .group_by(col(Round.id), col(Round.ref), col(Round.title))
        .order_by(func.min(col(Concern.id)))
    )
    return [
        (
            f"{plural(many, 'immediate concern')} not acknowledged in {title}",
            f"{home}/rounds/{ref}/concerns",
        )
        for ref, title, many in session.execute(query)
    ]


def _on_page(refs: Mapping[str, str]) -> ColumnElement[bool]:
    if "round" in refs:
        return col(Round.ref) == refs["round"]
    if "assignment" in refs:
        of_it = (
            select(col(Strand.round_id))
            .join(Subject, col(Subject.strand_id) == col(Strand.id))
            .join(Assignment, col(Assignment.subject_id) == col(Subject.id))
            .where(col(Assignment.ref) == refs["assignment"])
        )
        return col(Round.id).in_(of_it)
    return true()


_Row = tuple[Concern, str, str, str | None, str | None]


def _concerns(which: ColumnElement[bool]) -> Select[*tuple[object, ...]]:
    who = aliased(Person)
    return (
        select(Concern, col(Subject.label), col(Subject.ref), col(Agency.name), col(who.name))
        .join(Subject, col(Subject.id) == col(Concern.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .outerjoin(Agency, col(Agency.id) == col(Concern.agency_id))
        .outerjoin(who, col(who.id) == col(Concern.acknowledged_by))
        .where(which)
        .order_by(~_OPEN, col(Concern.id).desc())
    )


def _read(session: Session, query: Select[*tuple[object, ...]]) -> list[Raised]:
    return [
        Raised(
            ref=concern.ref,
            subject=label,
            subject_ref=subject,
            by=", ".join(filter(None, (Role(concern.role).words, agency))),
            at=concern.raised_at,
            acknowledged_at=concern.acknowledged_at,
            acknowledged_by=who or "",
            outcome=Outcome(concern.outcome).words if concern.outcome else "",
        )
        for concern, label, subject, agency, who in session.execute(query)
    ]
