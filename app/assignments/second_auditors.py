"""Second auditors: a share of an agency's subjects is judged twice, each time without the other.

Which subjects is left to chance, by a seed that the trail keeps: the same seed, agency and subjects
give the same share again. Nothing that a second auditor answers counts in a round's results; the
pair says how far two people judge one file alike.
"""

import secrets
from collections.abc import Collection, Sequence

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.access import Actor, Unfit
from app.assignments.models import Assignment, SharedSection
from app.assignments.queries import CHOSEN
from app.assignments.rules import drawn_for_second
from app.db import key_of, now
from app.events import Happened, record
from app.identity.models import Agency
from app.rounds.commands import hold
from app.rounds.models import Round, Strand
from app.rounds.rules import Doing
from app.samples.models import Subject

FIRST, SECOND = 1, 2


def draw_second_auditors(
    session: Session,
    actor: Actor,
    round_: Round,
    agencies: Sequence[Agency],
    *,
    share: int,
    labels: Collection[str],
) -> int:
    """Give some subjects to agencies a second time; return how many.

    Either those named by their labels, or a share (percent) of what each agency was given in each
    strand; what has a second auditor already is counted into the share.
    """
    if not agencies:
        raise Unfit({"agency": "Tick one or more agencies"})
    hold(session, round_, Doing.SECOND, alone=True)
    seed = secrets.token_hex(8)
    plan: list[tuple[Strand, Agency, list[str]]] = []
    found: set[str] = set()
    query = select(Strand).where(Strand.round_id == round_.id).order_by(col(Strand.id))
    for strand in session.exec(query).all():
        for agency in agencies:
            first, twice = _given(session, strand, agency)
            named = {label: ref for ref, label in first.items() if label in labels}
            found |= named.keys()
            wanted = set(named.values()) if labels else drawn_for_second(first, share, seed, twice)
            plan.append((strand, agency, sorted(wanted - twice)))
    if missing := sorted(set(labels) - found):
        raise Unfit({"labels": f"None of these agencies was given {', '.join(missing)}"})
    for strand, agency, refs in plan:
        _give(session, actor, round_, agency, refs, {"strand": strand.ref, "seed": seed})
    session.flush()
    return sum(len(refs) for *_, refs in plan)


def _given(session: Session, strand: Strand, agency: Agency) -> tuple[dict[str, str], set[str]]:
    """Return the subjects that an agency was given, label by reference, and those given twice."""
    query = (
        select(Subject.ref, Subject.label, Assignment.place)
        .join(Assignment, col(Assignment.subject_id) == col(Subject.id))
        .where(
            Subject.strand_id == strand.id,
            Subject.state == CHOSEN,
            Assignment.agency_id == agency.id,
        )
    )
    rows = session.exec(query).all()
    first = {ref: label for ref, label, place in rows if place == FIRST}
    return first, {ref for ref, _, place in rows if place == SECOND}


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


def other_auditors(session: Session, assignments: Sequence[Assignment]) -> dict[int, set[int]]:
    """Return by assignment who answers the same subject for the same agency in the other place.

    Whoever answers no more than some sections there has seen the whole of it.
    """
    keys = {(a.subject_id, a.agency_id, FIRST + SECOND - a.place): a.id or 0 for a in assignments}
    # Columns, not rows: what the page had read before it held the round may have changed since.
    query = (
        columns(
            col(Assignment.subject_id),
            col(Assignment.agency_id),
            col(Assignment.place),
            col(Assignment.auditor_id),
            col(SharedSection.person_id),
        )
        .outerjoin(SharedSection, col(SharedSection.assignment_id) == col(Assignment.id))
        .where(col(Assignment.subject_id).in_({subject for subject, *_ in keys}))
    )
    found: dict[int, set[int]] = {}
    for *key, auditor, shares in session.connection().execute(query):
        if tuple(key) in keys:
            people = {each for each in (auditor, shares) if each is not None}
            found.setdefault(keys[tuple(key)], set()).update(people)
    return found
