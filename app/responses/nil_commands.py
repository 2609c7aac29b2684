"""Nil returns: an agency says that it does not know the child, and stands by that like by answers.

It goes the way of a response: declared, signed off by the agency lead, sent. What was typed before
stays and counts nowhere.
"""

from sqlmodel import Session

from app.access import Actor, NotNow
from app.db import key_of, now
from app.events import Happened
from app.responses.beginning import begin_response
from app.responses.commands import MEANWHILE, count_anew, forget_nil, move, note
from app.responses.forms import NilDeclared
from app.responses.models import NilReturn
from app.responses.queries import Work, as_asked_now, response_of
from app.responses.rules import (
    ResponseState,
    check_about_a_child,
    check_answerable,
    check_with_agency_lead,
)


def declare_not_known(session: Session, actor: Actor, work: Work, given: NilDeclared) -> None:
    """Put into the agency lead's hands that the child is not known to the agency."""
    check_about_a_child(work.question_set.subject)
    check_answerable(work.round.stage, work.subject.state, work.state)
    if work.response is None:
        begin_response(session, work.assignment.id)
    move(
        session, work, ResponseState.DRAFT, given.version,
        state=ResponseState.WITH_AGENCY_LEAD,
        version=given.version + 1,  # whoever read answers, or another nil return, reads again
        declared_at=now(session),
        declared_by=actor.person_id,
    )  # fmt: skip
    response = response_of(session, work.assignment)
    if response is None:
        raise NotNow(MEANWHILE)
    nil = NilReturn(response_id=key_of(response), searched=given.searched, note=given.note)
    session.add(nil)
    note(session, actor, work, Happened.NIL_RETURN_DECLARED)
    session.flush()


def take_back_not_known(session: Session, actor: Actor, work: Work, version: int) -> None:
    """Make a nil return that is not sent yet a draft again, to be answered after all."""
    check_with_agency_lead(work.round.stage, work.subject.state, work.state)
    if work.nil is None:
        raise NotNow("Nobody has declared that this child is not known to the agency.")
    move(
        session, work, ResponseState.WITH_AGENCY_LEAD, version,
        state=ResponseState.DRAFT,
        version=version + 1,
        declared_at=None,
        declared_by=None,
    )  # fmt: skip
    forget_nil(session, work)
    count_anew(session, as_asked_now(session, work))
    note(session, actor, work, Happened.NIL_RETURN_TAKEN_BACK)
    session.flush()
