"""Attaching a file to a question, taking it away again, and giving it to somebody."""

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.access import Actor, NotNow, Unfit
from app.attachments.checking import Checked
from app.attachments.models import Attachment, AttachmentContent
from app.attachments.queries import (
    Attached,
    answers_beside,
    content_of,
    count_attached,
    last_sent,
    same_file,
    was_sent,
)
from app.attachments.rules import MOST_OF_ONE, shown_name
from app.db import key_of, now
from app.events import Happened, record
from app.library.numbers import numbers_of
from app.responses.beginning import begin_response
from app.responses.models import Response
from app.responses.queries import Work
from app.responses.rules import ResponseState, check_answerable
from app.rounds.commands import hold
from app.rounds.rules import Doing

NOT_YOURS = "This file belongs to a section that somebody else answers: ask them to remove it."
SENT = (
    "This file was sent with the response, and stays with what was sent. If it no longer shows "
    "what you answer, say so in the reason beside the answer."
)


def attach(session: Session, actor: Actor, work: Work, question: str, file: Checked) -> Attachment:
    """Store a checked file beside one answer; the same file sent twice is one attachment."""
    _hold_open(session, work)
    if question not in work.filled.by_id:
        raise Unfit({"question": "Choose the question that the file shows something about"})
    section = work.filled.by_id[question].section
    if not work.answerers.answers(actor.person_id, section.id):
        who = work.answerers.who(section.id) or "nobody yet"
        raise Unfit(
            {"question": f"“{section.title}” is answered by {who}: choose another question"}
        )
    number = numbers_of(session, work.tool).number[question]
    if known := same_file(session, work, number, file.digest):
        return known
    if count_attached(session, work) >= MOST_OF_ONE:
        raise Unfit({"attachment": f"Remove a file first: a response holds {MOST_OF_ONE} at most"})
    made = Attachment(
        assignment_id=key_of(work.assignment),
        question_id=number,
        name=file.name,
        ending=file.ending,
        size=len(file.content),
        digest=file.digest,
        suspected=" ".join(file.suspected),
        attached_by=actor.person_id,
        attached_at=now(session),
    )
    session.add(made)
    session.flush()
    session.add(AttachmentContent(attachment_id=key_of(made), content=file.content))
    _change(session, work)
    session.flush()
    _record(session, actor, Attached(work, made), Happened.FILE_ATTACHED)
    return made


def remove(session: Session, actor: Actor, found: Attached) -> None:
    """Take a file away again: its bytes go for good, that it was there stays in the records.

    One that was sent with the response stays, as the copy of what was sent does.
    """
    work, attachment = found
    _hold_open(session, work)
    if not answers_beside(session, actor.person_id, work, attachment):
        raise NotNow(NOT_YOURS)
    if was_sent(attachment, last_sent(session, work)):
        raise NotNow(SENT)
    content = session.get(AttachmentContent, key_of(attachment), populate_existing=True)
    if content is None:
        raise NotNow("This file was removed a moment ago.")
    session.delete(content)
    attachment.removed_by, attachment.removed_at = actor.person_id, now(session)
    attachment.name = shown_name("", attachment.ending)  # it may have said who the child is
    _change(session, work)
    session.add(attachment)
    session.flush()
    _record(session, actor, found, Happened.FILE_REMOVED)


def _change(session: Session, work: Work) -> None:
    """Count a change of files as a save: whoever read the response reads it again."""
    statement = update(Response).where(col(Response.assignment_id) == key_of(work.assignment))
    session.connection().execute(
        statement.values(version=col(Response.version) + 1, saved_at=now(session))
    )


def _hold_open(session: Session, work: Work) -> None:
    """Keep a response with its auditor until this is stored; declared meanwhile, it is refused."""
    hold(session, work.round, Doing.ANSWER, alone=True)
    begin_response(session, work.assignment.id)
    query = select(Response.state).where(Response.assignment_id == work.assignment.id)
    state = session.exec(query).one_or_none() or ResponseState.DRAFT
    check_answerable(work.round.stage, work.subject.state, state)


def take(session: Session, actor: Actor, found: Attached) -> bytes:
    """Give the bytes of a file to somebody, and record who took it."""
    content = content_of(session, found.attachment)
    _record(session, actor, found, Happened.FILE_TAKEN)
    return content


def _record(session: Session, actor: Actor, found: Attached, kind: Happened) -> None:
    work, attachment = found
    record(
        session,
        actor,
        kind,
        partnership_id=work.round.partnership_id,
        scope=work.round.ref,
        about=work.assignment.ref,
        file=attachment.ref,
        ending=attachment.ending,
        digest=attachment.digest,
        suspected=attachment.suspected.split(),
    )
