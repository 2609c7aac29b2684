"""Sharing a response by section: by the agency lead, until it is declared; and saying "done"."""

from collections.abc import Mapping

from sqlmodel import Session

from app.access import Actor, Unfit
from app.assignments.shared_sections import Change, say_complete, share_sections
from app.responses.answerers import who_answered
from app.responses.beginning import hold_assignment
from app.responses.commands import hold_as_read
from app.responses.queries import Work, response_of
from app.responses.rules import ResponseState, check_answerable
from app.rounds.rules import Doing


def share_response(session: Session, actor: Actor, work: Work, wanted: Mapping[str, Change]) -> int:
    """Give sections of a draft to auditors, or back; return how many changed hands."""
    _hold_draft(session, work)
    return share_sections(session, actor, work.round, work.assignment, wanted, who_answered)


def complete_sections(session: Session, actor: Actor, work: Work, *, complete: bool) -> None:
    """Say for one's own sections of a draft that they are complete, or not after all."""
    _hold_draft(session, work)
    own = work.answerers.sections_of(actor.person_id)
    asked = [each for key in own for each in work.filled.in_section(key)]
    if complete and any(each.wants or each.problem for each in asked):
        raise Unfit(
            "Some answers are still wanted in your sections. They are listed on the page of "
            "your answers."
        )
    say_complete(session, actor, work.round, work.assignment, complete=complete)


def _hold_draft(session: Session, work: Work) -> None:
    # Whoever declares the whole of it reads who is done behind the same lock.
    hold_as_read(session, work, Doing.ANSWER, alone=True)
    hold_assignment(session, work.assignment.id)
    stored = response_of(session, work.assignment)
    state = stored.state if stored else ResponseState.DRAFT
    check_answerable(work.round.stage, work.subject.state, state)
