"""What somebody who leaves still holds in later steps, which people know nothing of.

The application hands in `app.state.on_departure`: functions of later steps that each say, in
sentences, what work of theirs the person holds in one partnership, and what becomes of it; and
`app.state.at_departure`: functions that put an end to what must not wait for them to come back.
"""

from collections.abc import Callable, Sequence

from fastapi import Request
from sqlmodel import Session

from app.access import Actor

OnDeparture = Callable[[Session, int, int], Sequence[str]]
"""Given a session, person and partnership: what the person still holds there, in sentences."""

AtDeparture = Callable[[Session, Actor, int], None]
"""Given a session, who records it and the person: ends what they are in the actor's partnership."""


def work_held(request: Request, session: Session, person_id: int, partnership_id: int) -> list[str]:
    """List everything that later steps say a person still holds in a partnership."""
    ask: Sequence[OnDeparture] = request.app.state.on_departure
    return [sentence for each in ask for sentence in each(session, person_id, partnership_id)]


def end_what_is_held(request: Request, session: Session, actor: Actor, person_id: int) -> None:
    """Have later steps end what somebody who has left was in them."""
    end: Sequence[AtDeparture] = request.app.state.at_departure
    for each in end:
        each(session, actor, person_id)
