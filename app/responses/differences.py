"""What was sent each time, by whom, and how two of the versions differ in words."""

from collections.abc import Iterator

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app.identity.models import Person
from app.responses.given import shown
from app.responses.late import how_late
from app.responses.models import Query, SentVersion
from app.responses.pages import DifferenceShown, VersionShown
from app.responses.queries import Work
from app.responses.standing import skeleton
from app.responses.versions import NOT_KNOWN, thawed
from app.tools import NOTHING, Answer, fill


def versions_of(session: Session, work: Work) -> tuple[VersionShown, ...]:
    """List the versions of a response that were sent, the first one first."""
    declared, signed = aliased(Person), aliased(Person)
    asked = (
        columns(func.count())
        .where(
            col(Query.response_id) == col(SentVersion.response_id),
            col(Query.number) == col(SentVersion.number),
        )
        .scalar_subquery()
    )
    query = (
        columns(
            col(SentVersion.number),
            col(SentVersion.sent_at),
            col(declared.name),
            col(signed.name),
            col(SentVersion.answers).startswith(f'{{"{NOT_KNOWN}"'),
            asked,
        )
        .join(declared, col(declared.id) == col(SentVersion.declared_by))
        .join(signed, col(signed.id) == col(SentVersion.signed_off_by))
        .where(col(SentVersion.response_id) == (work.response.id if work.response else None))
        .order_by(col(SentVersion.number))
    )
    due = work.round.returns_due
    return tuple(
        VersionShown(
            number, at, declarer, signer, how_late(at, due) if number == 1 else "", bool(nil), many
        )
        for number, at, declarer, signer, nil, many in session.execute(query)
    )


def differences(session: Session, work: Work, older: int, newer: int) -> Iterator[DifferenceShown]:
    """Tell two versions apart, question by question in the order of the question set."""
    was, now = (_answers(session, work, number) for number in (older, newer))
    sections = skeleton(session, work).sections
    asked = [(met.number, met.question) for each in sections for met in each.questions]
    over = [(None, place.question) for place in work.question_set.retired_of[work.kind]]
    for number, question in (*asked, *over):
        before, after = was.get(question.id, NOTHING), now.get(question.id, NOTHING)
        if before != after:
            yield DifferenceShown(
                number=number,
                question=question.text,
                before=shown(question, before),
                reason_before=before.reason,
                after=shown(question, after),
                reason_after=after.reason,
            )


def _answers(session: Session, work: Work, number: int) -> dict[str, Answer]:
    response = work.response.id if work.response else None
    copy = session.get(SentVersion, (response, number))
    answers = thawed(copy.answers) if copy else {}
    # An answer to a question that was closed when it was sent is kept, and shown to nobody.
    filled = fill(work.question_set, work.kind, answers)
    asked = {*filled.by_id, *(each.question.id for each in filled.retired)}
    return {key: answer for key, answer in answers.items() if key in asked}
