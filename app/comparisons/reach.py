"""The round and the subject that an address names, as far as somebody may compare them."""

from typing import Annotated

from fastapi import Depends, Request

from app.access import Action, NotFound
from app.comparisons.blindness import Sight, sight_of
from app.comparisons.queries import Found, find_subject
from app.rounds.models import Round
from app.rounds.queries import find_round
from app.web.chrome import about_a_subject
from app.web.guard import ActorDep, MayOn
from app.web.units import SessionDep

RoundCompared = Annotated[
    Round, Depends(MayOn(Action.COMPARISON_SEE, find_round), scope="function")
]
RoundAgreed = Annotated[
    Round, Depends(MayOn(Action.COMPARISON_AGREE, find_round), scope="function")
]


async def sight(actor: ActorDep, seen: RoundCompared) -> Sight:
    """Work out what this person may see of the round that the address names."""
    return sight_of(actor, seen)


SightDep = Annotated[Sight, Depends(sight, scope="function")]


async def whole_sight(
    actor: ActorDep,
    seen: Annotated[Round, Depends(MayOn(Action.AGREEMENT_SEE, find_round), scope="function")],
) -> Sight:
    """Work out what somebody may see who is told about all of a round's answers together."""
    return sight_of(actor, seen)


WholeDep = Annotated[Sight, Depends(whole_sight, scope="function")]


async def subject_compared(request: Request, session: SessionDep, within: SightDep) -> Found:
    """Find the subject that the address names, among those open to this person."""
    found = find_subject(session, within, request.path_params["subject"])
    if found is None:
        raise NotFound
    about_a_subject(request)
    return found


FoundDep = Annotated[Found, Depends(subject_compared, scope="function")]


def address_of(request: Request, seen: Round) -> str:
    """Return a round's address."""
    return f"/{request.state.place.slug}/rounds/{seen.ref}"
