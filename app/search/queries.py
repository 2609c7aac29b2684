"""Finding what somebody may open by its reference or its title.

Every part begins from the scope of the action that opens the page it leads to, so that searching
tells nobody more than opening pages does. Agencies' local record numbers are not searched: what is
typed here stands in an address, and those stay in browsers' histories.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from app.access import Action, Actor, Reach, scope
from app.actions.models import LearningAction
from app.actions.queries import actions_within
from app.assignments.models import Assignment
from app.comparisons.blindness import sight_of
from app.comparisons.may import reaches
from app.findings.models import Finding
from app.identity.models import Agency, Person
from app.library.queries import pinned_tool
from app.people.queries import members, reached
from app.responses.queries import responses_within
from app.rounds.models import Round, Strand
from app.rounds.queries import rounds_within
from app.rounds.rules import Doing, allows
from app.samples.models import Subject
from app.samples.rules import SubjectState
from app.search.rules import SHORTEST, folded, labels

MOST = 20
"""Rows shown of each kind."""


@dataclass(frozen=True)
class Hit:
    """Something that a person may open."""

    what: str
    name: str
    about: str
    where: str
    """The rest of its address, below the partnership."""
    exact: bool
    """Whether it has the reference that was typed, rather than some words of it."""


def search(session: Session, actor: Actor, typed: str) -> list[Hit]:
    """List what has this reference, or these words in its title, and may be opened by the actor."""
    if len(folded(typed)) < SHORTEST:
        return []
    return [
        *_compared(session, actor, typed),
        *_answered(session, actor, typed),
        *_rounds(session, actor, typed),
        *_findings(session, actor, typed),
        *_actions(session, actor, typed),
        *_people(session, actor, typed),
    ]


def _labelled(typed: str) -> ColumnElement[bool]:
    bare = func.replace(func.replace(func.upper(col(Subject.label)), "-", ""), " ", "")
    return or_(bare.in_(labels(typed)), col(Subject.ref) == folded(typed))


def _said(column: Mapped[str], typed: str) -> ColumnElement[bool]:
    # The database makes both small, since SQLite leaves É as it is: “Élise” is found as typed.
    return column.icontains(" ".join(typed.split()), autoescape=True)


def _kind(session: Session, of: Round, strand: Strand) -> str:
    tool = pinned_tool(session, of.tool_version_id)
    return tool.question_set[strand.question_set].subject.words


def _compared(session: Session, actor: Actor, typed: str) -> Iterator[Hit]:
    """Find subjects by the page that lays their responses side by side, or that of the sample."""
    within = scope(actor, Action.COMPARISON_SEE)
    if not within:
        return
    query = (
        select(Subject, Strand, Round)
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .join(Round, col(Round.id) == col(Strand.round_id))
        .where(
            rounds_within(within),
            _labelled(typed),
            col(Subject.state).in_([SubjectState.CHOSEN, SubjectState.REPLACED]),
        )
        .order_by(col(Round.id).desc(), col(Subject.id))
        .limit(MOST)
    )
    for subject, strand, of in session.exec(query):
        name = f"{_kind(session, of, strand)} {subject.label}"
        if _opens_comparison(session, actor, subject, of):
            where = f"rounds/{of.ref}/subjects/{subject.ref}/comparison"
            yield Hit("Comparison", name, of.title, where, exact=True)
        elif reaches(actor, Action.SAMPLE_SEE, of):
            where = f"rounds/{of.ref}/strands/{strand.ref}/sample"
            yield Hit("Sample", name, of.title, where, exact=True)


def _opens_comparison(session: Session, actor: Actor, subject: Subject, of: Round) -> bool:
    """Say whether the comparison is open to this person, as that page itself decides."""
    if subject.state != SubjectState.CHOSEN:
        return False
    sees_all = actor.exempt or of.id in actor.leads
    if sees_all and not allows(of.stage, Doing.COMPARE):
        return False
    sight = sight_of(actor, of)
    found = session.exec(select(Subject.id).where(Subject.id == subject.id, sight.subjects()))
    return found.first() is not None


def _answered(session: Session, actor: Actor, typed: str) -> Iterator[Hit]:
    """Find the person's own assignments, and their agency's: others' are met in the comparison."""
    within = scope(actor, Action.RESPONSE_SEE)
    own = replace(within, reaches=within.reaches & {Reach.AGENCY, Reach.OWN})
    if not own:
        return
    query = (
        select(Assignment, Subject, Strand, Round)
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .join(Round, col(Round.id) == col(Strand.round_id))
        .where(
            responses_within(own),
            or_(_labelled(typed), col(Assignment.ref) == folded(typed)),
        )
        .order_by(col(Round.id).desc(), col(Assignment.id))
        .limit(MOST)
    )
    for assignment, subject, strand, of in session.exec(query):
        second = ", second auditor" if assignment.place > 1 else ""
        name = f"{_kind(session, of, strand)} {subject.label}{second}"
        about = f"{of.title}, {session.get_one(Agency, assignment.agency_id).name}"
        yield Hit("Response", name, about, f"assignments/{assignment.ref}", exact=True)


def _rounds(session: Session, actor: Actor, typed: str) -> Iterator[Hit]:
    query = (
        select(Round)
        .where(
            rounds_within(scope(actor, Action.ROUND_SEE)),
            or_(col(Round.ref) == folded(typed), _said(col(Round.title), typed)),
        )
        .order_by(col(Round.id).desc())
        .limit(MOST)
    )
    for of in session.exec(query):
        yield Hit("Round", of.title, "", f"rounds/{of.ref}", exact=of.ref == folded(typed))


def _findings(session: Session, actor: Actor, typed: str) -> Iterator[Hit]:
    query = (
        select(Finding, Round)
        .join(Round, col(Round.id) == col(Finding.round_id))
        .where(
            rounds_within(scope(actor, Action.FINDING_SEE)),
            or_(col(Finding.ref) == folded(typed), _said(col(Finding.title), typed)),
        )
        .order_by(col(Finding.id).desc())
        .limit(MOST)
    )
    for finding, of in session.exec(query):
        where = f"rounds/{of.ref}/findings/{finding.ref}"
        yield Hit("Finding", finding.title, of.title, where, exact=finding.ref == folded(typed))


def _actions(session: Session, actor: Actor, typed: str) -> Iterator[Hit]:
    query = (
        select(LearningAction, Round.title)
        .join(Finding, col(Finding.id) == col(LearningAction.finding_id))
        .join(Round, col(Round.id) == col(Finding.round_id))
        .where(
            actions_within(scope(actor, Action.ACTION_SEE)),
            or_(col(LearningAction.ref) == folded(typed), _said(col(LearningAction.what), typed)),
        )
        .order_by(col(LearningAction.id).desc())
        .limit(MOST)
    )
    for action, of in session.exec(query):
        where = f"actions/{action.ref}"
        yield Hit("Action", action.what, of, where, exact=action.ref == folded(typed))


def _people(session: Session, actor: Actor, typed: str) -> Iterator[Hit]:
    within = scope(actor, Action.PEOPLE_MANAGE)
    said = or_(
        col(Person.ref) == folded(typed),
        _said(col(Person.name), typed),
        _said(col(Person.email), typed),
    )
    query = select(Person).where(reached(within, members(within)), said)
    for person in session.exec(query.order_by(col(Person.name), col(Person.id)).limit(MOST)):
        exact = person.ref == folded(typed)
        yield Hit("Person", person.name, person.email, f"people/{person.ref}", exact=exact)
