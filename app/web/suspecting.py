"""A word of warning, once, after something that other people will read was saved.

For what is typed in one form and then shown: findings, agreed reasons, learning points, actions.
Answers have theirs beside each question. The log holds how many of which kind, never what.
"""

import structlog
from sqlmodel import Session

from app.db import today
from app.identifiers import found_in, warned_of
from app.web.forms import Posted

log = structlog.get_logger()

_WORDS = frozenset(
    {"how_we_will_know", "note", "reason", "searched", "title", "what", "why", "words"}
)
_DISSENT = "dissent."
"""The fields in which people write sentences: the others name what is there, or choose."""


def looked_over(session: Session, done: str, form: Posted) -> str:
    """Add to what was done, in words, what looks like an identifier in what the form said."""
    typed = [
        value
        for name, values in form.items()
        if name in _WORDS or name.startswith(_DISSENT)
        for value in values
    ]
    found = found_in("\n".join(typed), today(session))
    for kind, many in found.items():
        log.info("identifier suspected", kind=kind.value, count=many)
    warned = warned_of(found)
    return f"{done.removesuffix('.')}. {warned.words}" if warned else done
