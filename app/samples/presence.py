"""What every route about a sample shares: which strand, for whom, and at which address."""

from typing import Annotated

from fastapi import Depends, Request

from app.access import Action, Actor, holds
from app.samples.overview import View
from app.samples.queries import Sampled, find_sampled
from app.web.guard import MayOn

Seen = Annotated[Sampled, Depends(MayOn(Action.SAMPLE_SEE, find_sampled), scope="function")]
"""A strand whose sample may be looked at."""

ToDraw = Annotated[Sampled, Depends(MayOn(Action.SAMPLE_DRAW, find_sampled), scope="function")]
"""A strand whose sample may be made, and whose list's own references may be seen."""


def at(request: Request, sampled: Sampled) -> str:
    """Return the address of a strand's sample."""
    return f"{round_at(request, sampled)}/strands/{sampled.strand.ref}/sample"


def round_at(request: Request, sampled: Sampled) -> str:
    """Return the address of a strand's round."""
    return f"/{request.state.place.slug}/rounds/{sampled.round.ref}"


def view_of(request: Request, actor: Actor, sampled: Sampled) -> View:
    """Say who looks at a sample, and from where."""
    return View(
        at=at(request, sampled),
        round_at=round_at(request, sampled),
        draws=holds(actor, Action.SAMPLE_DRAW),
    )
