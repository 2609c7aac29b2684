"""Where a round's pages are, and where a form of its plan leads."""

from fastapi import Request, Response

from app.rounds.models import Round
from app.rounds.pages import Head
from app.rounds.planning import BEFORE_OPEN
from app.web.forms import Posted
from app.web.pages import see

MOST_DIGITS = 9


def round_address(request: Request, seen: Round) -> str:
    """Return the address of a round's own page."""
    return f"/{request.state.place.slug}/rounds/{seen.ref}"


def head_of(request: Request, seen: Round, form: Posted | None = None) -> Head:
    """Say which round a form is about; one sent back keeps the version that it was made from."""
    sent = form.one("version") if form else ""
    usable = sent.isascii() and sent.isdigit() and len(sent) <= MOST_DIGITS
    planning = seen.stage in BEFORE_OPEN
    version = int(sent) if usable else seen.version
    return Head(round_address(request, seen), seen.title, version, planning=planning)


def see_plan(request: Request, seen: Round, banner: str) -> Response:
    """Go back to the parts of the plan; once the round is open, to the round's own page."""
    at = round_address(request, seen)
    return see(request, f"{at}/planning" if seen.stage in BEFORE_OPEN else at, banner)
