"""Second auditors: a share of an agency's subjects is judged twice, each time without the other.

Which subjects is left to chance, by a seed that the trail keeps: the same seed, agency and subjects
give the same share again. Nothing that a second auditor answers counts in a round's results; the
pair says how far two people judge one file alike. So neither of them leads the agency, since its
leads read all that it answers, and neither ever answered in the other's place.
"""

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.access import Actor, Role, Unfit
from app.assignments.models import Assignment, SharedSection
from app.assignments.queries import CHOSEN
from app.assignments.rules import drawn_for_second
from app.db import key_of, now
from app.events import Happened, record
from app.identity.models import Agency, Membership
from app.rounds.commands import hold
from app.rounds.models import Round, Strand
from app.rounds.rules import Doing
from app.samples.models import Subject
from app.web.filters import listed

FIRST, SECOND = 1, 2

NOT_APART = "they would read what a second auditor answers, so give it to somebody else first"


WhoAnswered = Callable[[Session, Collection[int]], Mapping[int, Collection[int]]]
"""Tells by assignment everybody who answered any of it, whoever has it now.

The step after this one knows, so the application hands it in (`app.state.who_answered`)."""


class Drawn(NamedTuple):
    """What was given a second time, and what could not be."""

    made: int
    left_out: int
    """How many there are that a lead of their agency audits."""


def draw_second_auditors(
    session: Session,
    actor: Actor,
    round_: Round,
    agencies: Sequence[Agency],
    *,
    share: int,
    labels: Collection[str],
) -> Drawn:
    """Give some subjects to agencies a second time.

    Either those named by their labels, or a share (percent) of what each agency was given in each
    strand; what has a second auditor already is counted into the share. What a lead of the agency
    audits is left out, or refused where it is named: a lead reads what the second auditor answers.
    """
    if not agencies:
        raise Unfit({"agency": "Tick one or more agencies"})
    hold(session, round_, Doing.SECOND, alone=True)
    seed = secrets.token_hex(8)
    plan: list[tuple[Strand, Agency, list[str]]] = []
    found: set[str] = set()
    left_out: list[str] = []
    query = select(Strand).where(Strand.round_id == round_.id).order_by(col(Strand.id))
    for strand in session.exec(query).all():
        for agency in agencies:
            first, twice, led = _given(session, round_, strand, agency)
            left_out += [
                f"{label} ({agency.name})"
                for label in sorted(led.values())
                if not labels or label in labels
            ]
            named = {label: ref for ref, label in first.items() if label in labels}
            found |= named.keys()
            apart = first.keys() - led.keys()
            wanted = set(named.values()) if labels else drawn_for_second(apart, share, seed, twice)
            plan.append((strand, agency, sorted(wanted - twice)))
    if missing := sorted(set(labels) - found):
        raise Unfit({"labels": f"None of these agencies was given {', '.join(missing)}"})
    if labels and left_out:
        raise Unfit({"labels": f"A lead of the agency audits {listed(left_out)}: {NOT_APART}"})
    for strand, agency, refs in plan:
        _give(session, actor, round_, agency, refs, {"strand": strand.ref, "seed": seed})
    session.flush()
    return Drawn(sum(len(refs) for *_, refs in plan), len(left_out))


def _given(
    session: Session, round_: Round, strand: Strand, agency: Agency
) -> tuple[dict[str, str], set[str], dict[str, str]]:
    """Return what an agency was given, what it was given twice, and what a lead of it audits.

    The first and the last are labels by reference; the last only where there is no second auditor.
    """
    query = (
        columns(
            col(Subject.ref),
            col(Subject.label),
            col(Assignment.place),
            a_lead_answers(Assignment, round_.partnership_id),
        )
        .join(Assignment, col(Assignment.subject_id) == col(Subject.id))
        .where(
            col(Subject.strand_id) == strand.id,
            col(Subject.state) == CHOSEN,
            col(Assignment.agency_id) == agency.id,
        )
    )
    rows = session.connection().execute(query).all()
    first = {ref: label for ref, label, place, _ in rows if place == FIRST}
    twice = {ref for ref, _, place, _ in rows if place == SECOND}
    led = {ref: label for ref, label, _, of_lead in rows if of_lead and ref not in twice}
    return first, twice, led


def a_lead_answers(given: type[Assignment], partnership_id: int) -> ColumnElement[bool]:
    """Say that a lead of its agency has an assignment, or answers some of its sections.

    Of a pair, a lead reads what the other one answers.
    """
    shares = (
        columns(col(SharedSection.person_id))
        .where(col(SharedSection.assignment_id) == col(given.id))
        .correlate(given)
    )
    return (
        columns(col(Membership.id))
        .where(
            _leads(given, partnership_id),
            or_(
                col(Membership.person_id) == col(given.auditor_id),
                col(Membership.person_id).in_(shares),
            ),
        )
        .correlate(given)
        .exists()
    )


def _leads(given: type[Assignment], partnership_id: int) -> ColumnElement[bool]:
    return and_(
        col(Membership.partnership_id) == partnership_id,
        col(Membership.agency_id) == col(given.agency_id),
        col(Membership.role) == Role.AGENCY_LEAD,
    )


def _give(
    session: Session,
    actor: Actor,
    round_: Round,
    agency: Agency,
    refs: Sequence[str],
    told: dict[str, str],
) -> None:
    if not refs:
        return
    moment = now(session)
    for subject in session.exec(select(Subject).where(col(Subject.ref).in_(refs))):
        session.add(
            Assignment(
                subject_id=key_of(subject),
                agency_id=key_of(agency),
                place=SECOND,
                given_at=moment,
            )
        )
    record(
        session, actor, Happened.SECOND_AUDITORS_DRAWN,
        partnership_id=round_.partnership_id, scope=round_.ref, about=round_.ref,
        agency=agency.ref, count=len(refs), subjects=list(refs), **told,
    )  # fmt: skip


def leads_of_pairs(
    session: Session, round_: Round, assignments: Sequence[Assignment]
) -> dict[int, set[int]]:
    """Return by assignment that is one of a pair who leads its agency, and reads both."""
    other = aliased(Assignment)
    pair = and_(
        col(other.subject_id) == col(Assignment.subject_id),
        col(other.agency_id) == col(Assignment.agency_id),
        col(other.place) != col(Assignment.place),
    )
    query = (
        columns(col(Assignment.id), col(Membership.person_id))
        .join(other, pair)
        .join(Membership, _leads(Assignment, round_.partnership_id))
        .where(col(Assignment.id).in_([a.id for a in assignments]))
    )
    found: dict[int, set[int]] = {}
    for assignment, lead in session.connection().execute(query):
        found.setdefault(assignment or 0, set()).add(lead)
    return found


def other_auditors(
    session: Session, assignments: Sequence[Assignment], who_answered: WhoAnswered
) -> dict[int, set[int]]:
    """Return by assignment who answers the same subject for the same agency in the other place.

    Or did once. Whoever answers no more than some sections there has seen the whole of it.
    """
    keys = {(a.subject_id, a.agency_id, FIRST + SECOND - a.place): a.id or 0 for a in assignments}
    # Columns, not rows: what the page had read before it held the round may have changed since.
    query = (
        columns(
            col(Assignment.id),
            col(Assignment.subject_id),
            col(Assignment.agency_id),
            col(Assignment.place),
            col(Assignment.auditor_id),
            col(SharedSection.person_id),
        )
        .outerjoin(SharedSection, col(SharedSection.assignment_id) == col(Assignment.id))
        .where(col(Assignment.subject_id).in_({subject for subject, *_ in keys}))
    )
    rows = session.connection().execute(query).all()
    once = who_answered(session, {row.id for row in rows})
    found: dict[int, set[int]] = {}
    for other, *key, auditor, shares in rows:
        if (given := keys.get((key[0], key[1], key[2]))) is not None:
            people = {each for each in (auditor, shares) if each is not None}
            found.setdefault(given, set()).update(people, once.get(other or 0, ()))
    return found
