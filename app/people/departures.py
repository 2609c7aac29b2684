"""What somebody who leaves still holds in later steps, which people know nothing of.

The application hands in `app.state.on_departure`: functions of later steps that each say, in
sentences, what work of theirs the person holds in one partnership, and what becomes of it.
"""

from collections.abc import Callable, Sequence

from fastapi import Request
from sqlmodel import Session

OnDeparture = Callable[[Session, int, int], Sequence[str]]
"""Given a session, person and partnership: what the person still holds there, in sentences."""


def work_held(request: Request, session: Session, person_id: int, partnership_id: int) -> list[str]:
    """List everything that later steps say a person still holds in a partnership."""
    ask: Sequence[OnDeparture] = request.app.state.on_departure
    return [sentence for each in ask for sentence in each(session, person_id, partnership_id)]
