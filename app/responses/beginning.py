"""Beginning a response, with the first that is stored of it."""

from sqlmodel import Session

from app.access import NotNow
from app.db import new_reference, now
from app.responses import saving_statements as sql
from app.responses.rules import ResponseState

TAKEN_BACK = (
    "This was taken back from your agency a moment ago, so nothing of it is stored. Copy what you "
    "typed here, and ask your agency lead."
)


def begin_response(session: Session, assignment_id: int | None) -> None:
    """Make an assignment's response, unless there is one by now.

    Whoever takes the assignment back meanwhile waits until this is stored, and then leaves it; who
    has just taken it back is obeyed, and this is refused.
    """
    hold_assignment(session, assignment_id)
    given = {
        "ref": new_reference(),
        "assignment": assignment_id,
        "state": ResponseState.DRAFT.value,
        "at": now(session),
    }
    sql.BEGIN_RESPONSE.run(session.connection(), given)


def hold_assignment(session: Session, assignment_id: int | None) -> None:
    """Keep an assignment from being taken back until this is stored; refuse what was by now."""
    connection = session.connection()
    held = sql.HOLD_ASSIGNMENT[connection.dialect.name]
    if held.one(connection, {"assignment": assignment_id}) is None:
        raise NotNow(TAKEN_BACK)
