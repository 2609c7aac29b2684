"""Giving subjects to agencies and auditors. What has been answered always stays."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from app.access import Actor, NotNow, Unfit
from app.assignments.conflicts import conflicts_on
from app.assignments.models import Assignment, LocalRecord, SharedSection
from app.assignments.queries import CHOSEN, Auditor, roles_of
from app.assignments.rules import share_out, why_not_auditor, why_not_of_a_pair
from app.assignments.second_auditors import WhoAnswered, leads_of_pairs, other_auditors
from app.db import now
from app.events import Happened, record
from app.identity.models import Agency
from app.rounds.commands import hold
from app.rounds.models import Round, RoundPerson
from app.rounds.rules import Doing
from app.samples.models import Subject
from app.web.filters import plural


def give_subjects(
    session: Session,
    actor: Actor,
    round_: Round,
    subjects: Sequence[Subject],
    agencies: Sequence[Agency],
) -> int:
    """Give subjects to agencies, without auditors yet; return how many assignments are new."""
    hold(session, round_, Doing.ASSIGN, alone=True)
    known = set(
        session.exec(
            select(Assignment.subject_id, Assignment.agency_id).where(
                col(Assignment.subject_id).in_([s.id for s in subjects]), Assignment.place == 1
            )
        )
    )
    moment = now(session)
    new = [
        Assignment(subject_id=subject.id or 0, agency_id=agency.id or 0, given_at=moment)
        for subject in subjects
        for agency in agencies
        if subject.state == CHOSEN and (subject.id, agency.id) not in known
    ]
    if new:
        session.add_all(new)
        _record(
            session, actor, round_, Happened.ASSIGNMENT_MADE,
            count=len(new), agencies=[agency.ref for agency in agencies],
        )  # fmt: skip
        session.flush()
    return len(new)


def assign_auditor(
    session: Session,
    actor: Actor,
    round_: Round,
    assignments: Sequence[Assignment],
    auditor: Auditor,
    who_answered: WhoAnswered,
) -> int:
    """Give assignments to an auditor, whoever had them; return how many changed hands."""
    hold(session, round_, Doing.ASSIGN, alone=True)
    assignments = _as_stored(session, assignments)
    refuse_unfit(session, round_, [auditor])
    declared = conflicts_on(session, [a.id or 0 for a in assignments]).values()
    if barred := [each[auditor.person_id] for each in declared if auditor.person_id in each]:
        of_those = plural(len(barred), "ticked subject")
        raise Unfit({"auditor": f"{barred[0]}. Choose somebody else for {of_those}"})
    others = other_auditors(session, assignments, who_answered).values()
    if any(auditor.person_id in each for each in others):
        raise Unfit(
            {
                "auditor": f"{auditor.name} audits a ticked subject already, or did so before: "
                "choose another"
            }
        )
    led = leads_of_pairs(session, round_, assignments).values()
    if pairs := sum(auditor.person_id in each for each in led):
        of_those = plural(pairs, "ticked subject")
        why = why_not_of_a_pair(auditor.name)
        raise Unfit({"auditor": f"{why}: choose somebody else for {of_those}"})
    changed = _move(session, auditor, [a for a in assignments if _may_move(a, auditor)])
    if changed:
        _record(
            session, actor, round_, Happened.ASSIGNMENT_MOVED,
            count=changed, to=auditor.person_ref,
            assignments=[a.ref for a in assignments],
        )  # fmt: skip
    return changed


def share_out_evenly(
    session: Session,
    actor: Actor,
    round_: Round,
    assignments: Sequence[Assignment],
    auditors: Sequence[Auditor],
    who_answered: WhoAnswered,
) -> int:
    """Share assignments among their agencies' auditors, each to whoever has least to do.

    What one of them was given since the page was read stays with them.
    """
    hold(session, round_, Doing.ASSIGN, alone=True)
    auditors = able_auditors(session, round_, auditors)
    held_by = {(a.person_id, a.agency_id) for a in auditors}
    stored = _as_stored(session, assignments)
    waiting = [a for a in stored if (a.auditor_id, a.agency_id) not in held_by]
    changed = 0
    shares: list[str] = []
    for agency_id, theirs in _by_agency(waiting).items():
        able = {a.person_ref: a for a in auditors if a.agency_id == agency_id}
        given = _shared_out(session, round_, theirs, able, who_answered)
        for person_ref, auditor in able.items():
            share = [a for a in theirs if given.get(a.ref) == person_ref]
            changed += _move(session, auditor, share)
            shares += [f"{person_ref}: {len(share)}"] if share else []
    if changed:
        _record(session, actor, round_, Happened.ASSIGNMENT_MOVED, count=changed, shares=shares)
    return changed


def _shared_out(
    session: Session,
    round_: Round,
    assignments: Sequence[Assignment],
    able: Mapping[str, Auditor],
    who_answered: WhoAnswered,
) -> dict[str, str]:
    """Share assignments out: none to who declared a conflict, or has the other one of the pair.

    Nor one of a pair to who leads the agency.
    """
    declared = conflicts_on(session, [a.id or 0 for a in assignments])
    person = {auditor.person_id: ref for ref, auditor in able.items()}
    others = other_auditors(session, assignments, who_answered)
    led = leads_of_pairs(session, round_, assignments)
    pair: dict[tuple[int, int], str] = {}
    given: dict[str, str] = {}
    # Those that not everybody may have come first, so that the others even the loads out.
    for assignment in sorted(assignments, key=lambda a: (a.id or 0) not in {*declared, *led}):
        barred = declared.get(assignment.id or 0, {}).keys() | led.get(assignment.id or 0, set())
        key = (assignment.subject_id, assignment.agency_id)
        other = {person.get(who) for who in others.get(assignment.id or 0, ())} | {pair.get(key)}
        loads = {
            ref: auditor.open_here + sum(has == ref for has in given.values())
            for ref, auditor in able.items()
            if auditor.person_id not in barred and ref not in other
        }
        given |= share_out([assignment.ref], loads)
        pair[key] = given.get(assignment.ref, "")
    return given


def able_auditors(session: Session, round_: Round, auditors: Iterable[Auditor]) -> list[Auditor]:
    """Return those who may audit in a round."""
    auditors = list(auditors)
    barred = _reasons(session, round_, auditors)
    return [auditor for auditor in auditors if auditor.person_id not in barred]


def refuse_unfit(session: Session, round_: Round, auditors: Sequence[Auditor]) -> None:
    """Refuse, in words, anybody who may not audit in a round."""
    for sentence in _reasons(session, round_, auditors).values():
        raise Unfit({"auditor": sentence})


def keep_local_record(
    session: Session, actor: Actor, round_: Round, assignment: Assignment, number: str
) -> None:
    """Keep the agency's own number for a subject, or forget it when it is empty.

    The trail says that it was done; the number itself goes nowhere but to its agency.
    """
    # Both auditors of a file have one number: whoever keeps it meanwhile waits.
    same = (
        select(Assignment.id)
        .where(
            Assignment.subject_id == assignment.subject_id,
            Assignment.agency_id == assignment.agency_id,
        )
        .order_by(col(Assignment.id))
        .with_for_update(key_share=True)
    )
    if assignment.id not in session.exec(same).all():
        raise NotNow("This was taken back from your agency a moment ago: the number is not kept.")
    key = (assignment.subject_id, assignment.agency_id)
    found = session.get(LocalRecord, key, populate_existing=True)
    if found and number:
        found.number = number
    elif found:
        session.delete(found)
    elif number:
        session.add(
            LocalRecord(
                subject_id=assignment.subject_id, agency_id=assignment.agency_id, number=number
            )
        )
    _record(session, actor, round_, Happened.LOCAL_RECORD_KEPT, about=assignment.ref)
    session.flush()


def note_sent(session: Session, assignment_id: int, moment: datetime) -> None:
    """Close an assignment whose response was sent: the next step calls this."""
    session.connection().execute(
        update(Assignment).where(col(Assignment.id) == assignment_id).values(sent_at=moment)
    )


def note_returned(session: Session, assignment_id: int) -> None:
    """Open an assignment again whose response goes back to its agency: the next step calls this."""
    session.connection().execute(
        update(Assignment).where(col(Assignment.id) == assignment_id).values(sent_at=None)
    )


def _reasons(session: Session, round_: Round, auditors: Sequence[Auditor]) -> dict[int, str]:
    people = [auditor.person_id for auditor in auditors]
    roles = roles_of(session, round_.partnership_id, people)
    leading = select(RoundPerson.person_id).where(
        RoundPerson.round_id == round_.id, RoundPerson.role == "lead"
    )
    leads = set(session.exec(leading))
    found = {
        a.person_id: why_not_auditor(
            a.name, sorted(roles.get(a.person_id, ())), leads=a.person_id in leads
        )
        for a in auditors
    }
    return {person: sentence for person, sentence in found.items() if sentence}


def _as_stored(session: Session, assignments: Sequence[Assignment]) -> list[Assignment]:
    """Read assignments again once the round is held: the page may have been read before a change.

    What was taken back meanwhile is left out.
    """
    query = select(Assignment).where(col(Assignment.id).in_([a.id for a in assignments]))
    found = {a.id for a in session.exec(query.execution_options(populate_existing=True))}
    return [a for a in assignments if a.id in found]


def _may_move(assignment: Assignment, auditor: Auditor) -> bool:
    return assignment.agency_id == auditor.agency_id and assignment.auditor_id != auditor.person_id


def _move(session: Session, auditor: Auditor, assignments: Sequence[Assignment]) -> int:
    statement = (
        update(Assignment)
        .where(
            col(Assignment.id).in_([a.id for a in assignments]),
            col(Assignment.sent_at).is_(None),
        )
        .values(auditor_id=auditor.person_id)
    )
    done = session.connection().execute(statement).rowcount
    # Who has the whole of it shares none of it.
    own = delete(SharedSection).where(
        col(SharedSection.assignment_id).in_([a.id for a in assignments]),
        col(SharedSection.person_id) == auditor.person_id,
    )
    session.connection().execute(own)
    for assignment in assignments:
        session.expire(assignment)
    return int(done)


def _by_agency(assignments: Sequence[Assignment]) -> Mapping[int, list[Assignment]]:
    found: dict[int, list[Assignment]] = {}
    for assignment in assignments:
        found.setdefault(assignment.agency_id, []).append(assignment)
    return found


def _record(
    session: Session,
    actor: Actor,
    round_: Round,
    kind: Happened,
    *,
    about: str = "",
    **details: str | int | list[str] | None,
) -> None:
    record(
        session, actor, kind,
        partnership_id=round_.partnership_id, scope=round_.ref, about=about or round_.ref,
        **details,
    )  # fmt: skip
