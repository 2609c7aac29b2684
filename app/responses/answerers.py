"""Everybody who has answered any of a response, whoever has it now."""

from collections.abc import Collection

from sqlalchemy import select as columns
from sqlalchemy import union
from sqlmodel import Session, col

from app.responses.models import AnswerChange, Response, SentVersion


def who_answered(session: Session, assignments: Collection[int]) -> dict[int, set[int]]:
    """Return by assignment everybody who saved an answer of it or declared it.

    The step before this one asks: who has answered a file once is no second auditor of it.
    """
    of_these = col(Response.assignment_id).in_(assignments)
    given = col(Response.assignment_id)
    saved = columns(given, col(AnswerChange.person_id)).join(
        Response, col(Response.id) == col(AnswerChange.response_id)
    )
    sent = columns(given, col(SentVersion.declared_by)).join(
        Response, col(Response.id) == col(SentVersion.response_id)
    )
    declared = columns(given, col(Response.declared_by))
    found: dict[int, set[int]] = {}
    every = union(*(each.where(of_these) for each in (saved, sent, declared)))
    for assignment, person in session.connection().execute(every):
        if person is not None:
            found.setdefault(assignment, set()).add(person)
    return found
