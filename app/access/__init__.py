"""Who may do what: one table, and what it means for one person.

Nothing here reads a database or a request. The guard, the list queries, the navigation, the
buttons and `docs/permissions.md` all ask this package, so there is one place to read and to change.
*When* a thing may be done is another matter: see the stage tables in each step's `rules`.
"""

from app.access.actors import Actor, Held, Scope, holds, scope
from app.access.refusals import NotAllowed, NotFound, NotNow, Refusal, Unfit
from app.access.table import ANSWERING, EXEMPT, TABLE, Action, Reach, Role

__all__ = [
    "ANSWERING",
    "EXEMPT",
    "TABLE",
    "Action",
    "Actor",
    "Held",
    "NotAllowed",
    "NotFound",
    "NotNow",
    "Reach",
    "Refusal",
    "Role",
    "Scope",
    "Unfit",
    "holds",
    "scope",
]
