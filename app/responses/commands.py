"""A response's way from its auditor to the round, and back: declared, sent, returned."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.access import Actor, NotNow, Unfit
from app.assignments.commands import note_returned, note_sent
from app.assignments.models import Assignment
from app.assignments.shared_sections import ask_again, end_sharing
from app.db import key_of, now
from app.events import Happened, record
from app.library.numbers import numbers_of
from app.library.queries import pinned_tool
from app.responses.models import Query, Response, SentVersion
from app.responses.queries import (
    Work,
    answerers_now,
    as_asked_now,
    response_of,
    tool_version_of,
)
from app.responses.rules import (
    ResponseState,
    check_answerable,
    check_queryable,
    check_with_agency_lead,
)
from app.responses.sharing import waited_for
from app.responses.tallies import tally_sent, untally_returned
from app.responses.versions import frozen, last_number
from app.rounds.commands import hold
from app.rounds.rules import Doing
from app.samples.models import Subject
from app.samples.rules import SubjectState
from app.tools import id_when_asked

MOVED = (
    "This round was moved to another version of its audit tool a moment ago, and this response may "
    "be asked something else now. Nothing was changed. Read it again, then decide."
)
NOT_COMPLETE = (
    "Some answers are still wanted, so this response is not sent. Hand it back to its auditor, who "
    "sees on the page of the answers what is missing."
)
MEANWHILE = "Somebody changed this response while you looked at it. Read it again, then decide."


def declare_complete(session: Session, actor: Actor, work: Work, version: int) -> None:
    """Put a complete response into the agency lead's hands, as it was read."""
    check_answerable(work.round.stage, work.subject.state, work.state)
    # Whoever shares it says that theirs is complete behind this lock.
    hold_as_read(session, work, Doing.ANSWER)
    work = replace(work, answerers=answerers_now(session, work))
    waits = list(waited_for(work, actor.person_id))
    if waits:
        raise Unfit(f"{waits[0].name} {waits[0].why}: {waits[0].sections}.")
    if work.response is None or not work.filled.complete:
        raise Unfit("Some answers are still wanted. They are listed on the page of your answers.")
    move(
        session, work, ResponseState.DRAFT, version,
        state=ResponseState.WITH_AGENCY_LEAD,
        declared_at=now(session),
        declared_by=actor.person_id,
    )  # fmt: skip
    note(session, actor, work, Happened.RESPONSE_DECLARED)


def hand_back(session: Session, actor: Actor, work: Work, version: int, words: str) -> None:
    """Give a declared response back to its auditor, with the agency lead's reason."""
    check_with_agency_lead(work.round.stage, work.subject.state, work.state)
    if work.response is None:
        raise NotNow(MEANWHILE)
    move(
        session, work, ResponseState.WITH_AGENCY_LEAD, version,
        state=ResponseState.DRAFT,
        handed_back_at=now(session),
        handed_back_by=actor.person_id,
        handed_back_words=words,
    )  # fmt: skip
    forget_nil(session, work)
    count_anew(session, as_asked_now(session, work))
    ask_again(session, key_of(work.assignment), None)
    note(session, actor, work, Happened.RESPONSE_HANDED_BACK)


def send_response(session: Session, actor: Actor, work: Work, version: int) -> None:
    """Sign a response off and send it to the round, keeping a frozen copy of what was sent."""
    check_with_agency_lead(work.round.stage, work.subject.state, work.state)
    response = work.response
    if response is None or response.id is None or response.declared_by is None:
        raise NotNow(MEANWHILE)
    if work.nil is None and not work.filled.complete:
        raise NotNow(NOT_COMPLETE)
    moment = now(session)
    move(
        session, work, ResponseState.WITH_AGENCY_LEAD, version,
        state=ResponseState.SENT,
        sent_at=moment,
        first_sent_at=response.first_sent_at or moment,
        returned_at=None,
        signed_off_by=actor.person_id,
    )  # fmt: skip
    number = last_number(session, response.id) + 1
    session.add(
        SentVersion(
            response_id=response.id,
            number=number,
            sent_at=moment,
            declared_by=response.declared_by,
            signed_off_by=actor.person_id,
            version=version,
            answers=frozen(work),
        )
    )
    note_sent(session, response.assignment_id, moment)
    tally_sent(session, work)
    same = "yes" if response.declared_by == actor.person_id else "no"
    note(session, actor, work, Happened.RESPONSE_SENT, number=number, declared_by_same=same)
    session.flush()


def return_with_queries(
    session: Session, actor: Actor, work: Work, version: int, asked: Mapping[str, str]
) -> None:
    """Return a sent response to its agency, with what the lead asks about each of some answers.

    Its answers stay as they are, and so does the copy of what was sent; it counts nowhere until it
    is sent again. `asked` gives the lead's reason by question.
    """
    check_queryable(work.round.stage, work.subject.state, work.state)
    response = work.response
    if response is None or response.id is None:
        raise NotNow(MEANWHILE)
    moment = now(session)
    move(
        session, work, ResponseState.SENT, version, Doing.QUERY,
        state=ResponseState.DRAFT,
        returned_at=moment,
        tool_version_id=None,  # what it is asked from now on is what the round asks
        sent_at=None,
        signed_off_by=None,
        declared_at=None,
        declared_by=None,
        handed_back_at=None,
        handed_back_by=None,
        handed_back_words="",
    )  # fmt: skip
    asked_now = as_asked_now(session, work)
    number, numbers = last_number(session, response.id), numbers_of(session, asked_now.tool).number
    session.add_all(
        Query(
            response_id=response.id,
            number=number,
            question_id=numbers[key],
            words=words,
            person_id=actor.person_id,
            at=moment,
        )
        for key, words in asked.items()
    )
    note_returned(session, response.assignment_id)
    places = work.question_set.sections
    queried = {
        id_when_asked(each.id) for each in places if any(q.id in asked for q in each.questions)
    }
    # What the round has asked since it was sent may be in anybody's sections.
    as_sent = work.tool.versions == asked_now.tool.versions
    ask_again(session, response.assignment_id, queried if as_sent else None)
    untally_returned(session, work)
    forget_nil(session, work)
    count_anew(session, asked_now)
    note(session, actor, work, Happened.RESPONSE_RETURNED, number=number, queries=len(asked))
    session.flush()


def count_anew(session: Session, work: Work) -> None:
    """Say anew how much of what is asked now is answered, of a response that is a draft again.

    Sections that are asked no more are shared with nobody any more.
    """
    answered, asked = work.filled.progress
    statement = update(Response).where(col(Response.assignment_id) == work.assignment.id)
    session.connection().execute(statement.values(answered=answered, asked=asked))
    may_be_asked = {place.section.id for place in work.question_set.asked_of[work.kind]}
    end_sharing(session, key_of(work.assignment), may_be_asked)


def forget_nil(session: Session, work: Work) -> None:
    """Let go of a nil return whose response is to be answered after all."""
    if work.nil is not None:
        session.delete(work.nil)


def hold_as_read(session: Session, work: Work, doing: Doing, *, alone: bool = False) -> None:
    """Hold a round, as `hold` does; refuse what was read under a version it has moved on from.

    Work is read before the lock is had, and whoever moves the round may have come in between: then
    what is complete, wanted or counted may be something else.
    """
    hold(session, work.round, doing, alone=alone)
    under = tool_version_of(work.round, response_of(session, work.assignment))
    if pinned_tool(session, under).versions != work.tool.versions:
        raise NotNow(MOVED)


def move(
    session: Session,
    work: Work,
    came_from: ResponseState,
    seen: int,
    doing: Doing = Doing.ANSWER,
    **values: object,
) -> None:
    """Take a response from one state to another, if it is still as it was read."""
    hold_as_read(session, work, doing)
    # State and version are tested inside the statement: of two people at once, one succeeds, and
    # nothing that was typed meanwhile is declared or sent unread.
    still_chosen = (
        select(Assignment.id)
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .where(Subject.state == SubjectState.CHOSEN)
    )
    statement = (
        update(Response)
        .where(
            col(Response.assignment_id) == work.assignment.id,
            col(Response.state) == came_from,
            col(Response.version) == seen,
            col(Response.assignment_id).in_(still_chosen),
        )
        .values(**values)
    )
    if session.connection().execute(statement).rowcount != 1:
        raise NotNow(MEANWHILE)


def note(session: Session, actor: Actor, work: Work, kind: Happened, **details: str | int) -> None:
    """Write down what happened to a response."""
    record(
        session, actor, kind,
        partnership_id=work.round.partnership_id, scope=work.round.ref,
        about=work.assignment.ref,
        subject=work.subject.ref, agency=work.agency.ref, version=work.version, **details,
    )  # fmt: skip
