"""One assignment answered by several auditors of its agency, each in sections of their own.

Sharing is within one agency and within one of a pair of auditors: whoever answers a section reads
the whole response, so they are never also on the other side of the pair. What was shared with
somebody who has left, or no longer audits there, is the assignment's auditor's again.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, update
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.access import Actor, NotNow, Role, Unfit
from app.assignments.commands import refuse_unfit
from app.assignments.conflicts import conflicts_on
from app.assignments.models import Assignment, SharedSection
from app.assignments.queries import Auditor
from app.assignments.rules import Shared, why_not_of_a_pair
from app.assignments.second_auditors import WhoAnswered, leads_of_pairs, other_auditors
from app.db import key_of, now
from app.events import Happened, record
from app.identity.models import Membership, Person
from app.rounds.commands import hold
from app.rounds.models import Round
from app.rounds.rules import Doing


def still_answers(partnership_id: int) -> ColumnElement[bool]:
    """Say that whoever shares a section may still answer it, and is not the auditor of it all.

    The query joins SharedSection to its Assignment and to Person.
    """
    audits = (
        select(Membership.id)
        .where(
            Membership.person_id == SharedSection.person_id,
            Membership.partnership_id == partnership_id,
            Membership.agency_id == Assignment.agency_id,
            Membership.role == Role.AUDITOR,
        )
        .correlate(SharedSection, Assignment)
        .exists()
    )
    another = col(Assignment.auditor_id).is_distinct_from(col(SharedSection.person_id))
    return col(Person.left_at).is_(None) & another & audits


def shared_sections(
    session: Session, partnership_id: int, assignments: Collection[int | None]
) -> dict[int, dict[str, Shared]]:
    """Return who answers the shared sections of some assignments: one statement for all."""
    query = (
        columns(
            col(SharedSection.assignment_id),
            col(SharedSection.section),
            col(SharedSection.person_id),
            col(Person.name),
            col(SharedSection.complete_at),
        )
        .join(Assignment, col(Assignment.id) == col(SharedSection.assignment_id))
        .join(Person, col(Person.id) == col(SharedSection.person_id))
        .where(col(SharedSection.assignment_id).in_(assignments), still_answers(partnership_id))
        .order_by(col(SharedSection.assignment_id), col(SharedSection.section))
    )
    found: dict[int, dict[str, Shared]] = {}
    for assignment, section, who, name, complete_at in session.connection().execute(query):
        found.setdefault(assignment, {})[section] = Shared(who, name, complete_at)
    return found


class Change(NamedTuple):
    """Whom a page showed as answering a section, if it was shared, and who is to answer it."""

    shown: int | None
    chosen: Auditor | None


class Meanwhile(NotNow):
    """Sections that somebody else answers by now than the page showed."""

    def __init__(self, now_with: Mapping[str, str]) -> None:
        self.now_with = now_with
        """By section: who answers it, by name; empty for the assignment's auditor."""
        super().__init__("Sections were given to somebody else since you opened the page.")


def share_sections(
    session: Session,
    actor: Actor,
    round_: Round,
    assignment: Assignment,
    wanted: Mapping[str, Change],
    who_answered: WhoAnswered,
) -> int:
    """Give sections to auditors, or back to the assignment's auditor; return how many changed.

    What was answered stays where it is. Who keeps a section keeps having said that it is complete.
    Nobody loses a section by a page that did not show that they have it.
    """
    hold(session, round_, Doing.ANSWER, alone=True)
    query = select(SharedSection).where(SharedSection.assignment_id == assignment.id)
    query = query.execution_options(populate_existing=True)
    before = {each.section: each for each in session.exec(query)}
    changed = _changes(session, round_, assignment, wanted)
    new = [each.chosen for key, each in wanted.items() if each.chosen and changed.get(key)]
    _refuse(session, round_, assignment, new, who_answered)
    moment = now(session)
    for key, one in changed.items():
        if key in before:
            session.delete(before[key])
        if one is not None:
            session.flush()
            session.add(
                SharedSection(
                    assignment_id=key_of(assignment), section=key, person_id=one, given_at=moment
                )
            )
    if changed:
        refs = {each.person_id: each.person_ref for each in new}
        told = [f"{key}: {refs[one] if one else 'auditor'}" for key, one in sorted(changed.items())]
        _record(session, actor, round_, assignment, Happened.SECTIONS_SHARED, told)
        session.flush()
    return len(changed)


def _changes(
    session: Session, round_: Round, assignment: Assignment, wanted: Mapping[str, Change]
) -> dict[str, int | None]:
    """Return who is to answer each section that changes hands, or refuse what was stale."""
    given = key_of(assignment)
    stands = shared_sections(session, round_.partnership_id, [given]).get(given, {})
    held = {key: each.person_id for key, each in stands.items()}
    who = {key: each.chosen.person_id if each.chosen else None for key, each in wanted.items()}
    who = {key: None if one == assignment.auditor_id else one for key, one in who.items()}
    changed = {key: one for key, one in who.items() if one != held.get(key)}
    if moved := [key for key in changed if held.get(key) != wanted[key].shown]:
        raise Meanwhile({key: stands[key].name if key in stands else "" for key in moved})
    return changed


def _refuse(
    session: Session,
    round_: Round,
    assignment: Assignment,
    auditors: Sequence[Auditor],
    who_answered: WhoAnswered,
) -> None:
    """Refuse, in words, anybody who may not answer any of an assignment."""
    refuse_unfit(session, round_, auditors)
    if assignment.sent_at is not None:
        raise NotNow("This response has been sent, so its sections are not shared any more.")
    declared = conflicts_on(session, [key_of(assignment)]).get(key_of(assignment), {})
    others = other_auditors(session, [assignment], who_answered)
    blind = others.get(key_of(assignment), set())
    led = leads_of_pairs(session, round_, [assignment]).get(key_of(assignment), set())
    for each in auditors:
        if each.person_id in led:
            why = why_not_of_a_pair(each.name)
            raise Unfit({"auditor": f"{why}: choose somebody else"})
        if each.person_id in declared:
            raise Unfit({"auditor": f"{declared[each.person_id]}. Choose somebody else"})
        if each.person_id in blind:
            raise Unfit(
                {
                    "auditor": f"{each.name} audits this subject apart from it, or did so before: "
                    "choose somebody else"
                }
            )


def say_complete(
    session: Session, actor: Actor, round_: Round, assignment: Assignment, *, complete: bool
) -> None:
    """Keep that somebody's sections are complete, or that they are not after all."""
    own = (
        SharedSection.assignment_id == assignment.id,
        SharedSection.person_id == actor.person_id,
    )
    sections = sorted(session.exec(select(SharedSection.section).where(*own)))
    if not sections:
        raise NotNow("These sections were given to somebody else a moment ago.")
    moment = now(session) if complete else None
    session.connection().execute(update(SharedSection).where(*own).values(complete_at=moment))  # type: ignore[arg-type]
    kind = Happened.SECTIONS_COMPLETED if complete else Happened.SECTIONS_REOPENED
    _record(session, actor, round_, assignment, kind, sections)
    session.flush()


def ask_again(session: Session, assignment_id: int, sections: Collection[str] | None) -> None:
    """Wait again for whoever answers some sections, or any: the response comes back to them."""
    of_it = col(SharedSection.assignment_id) == assignment_id
    statement = update(SharedSection).where(of_it)
    if sections is not None:
        statement = statement.where(col(SharedSection.section).in_(sections))
    session.connection().execute(statement.values(complete_at=None))


def end_sharing(session: Session, assignment_id: int, asked: Collection[str]) -> None:
    """Give back to the auditor of it all whatever was shared of an assignment and is not asked."""
    of_it = col(SharedSection.assignment_id) == assignment_id
    gone = delete(SharedSection).where(of_it, col(SharedSection.section).not_in(asked))
    session.connection().execute(gone)


def _record(
    session: Session,
    actor: Actor,
    round_: Round,
    assignment: Assignment,
    kind: Happened,
    sections: list[str],
) -> None:
    record(
        session, actor, kind,
        partnership_id=round_.partnership_id, scope=round_.ref, about=assignment.ref,
        sections=sections,
    )  # fmt: skip
