"""Standing at the door: no route is reached, and no row is loaded, without asking the table."""

import hmac
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Annotated, Any

from fastapi import Depends, Request

from app.access import Action, Actor, NotAllowed, NotFound, Scope, holds, scope
from app.db import Session, now
from app.identity.sign_ins import (
    CONFIRMED_FOR,
    IDLE,
    Place,
    SignedIn,
    find_place,
    find_sign_in,
    note_use,
)
from app.web.forms import posted
from app.web.units import SessionDep, database_of

COOKIE = "casefile_session"
SECURE_COOKIE = f"__Host-{COOKIE}"
"""Browsers let no other host or plain page set a cookie whose name begins so."""

RoundRoles = Callable[[Session, int, int], tuple[frozenset[int], frozenset[int]]]
"""Given a session, partnership and person: the rounds they lead, and those whose panel they are
on. Rounds come later than the guard in the journey, so the application hands this in."""


Alarms = Callable[[Session, Actor, Mapping[str, str], str], list[tuple[str, str]]]
"""Given a session, somebody, what the address names and the partnership's address: the immediate
concerns that they have to acknowledge, in words, each with where. A later step knows."""


class SignedOut(Exception):
    """Nobody is signed in, or the session has ended."""


class Forged(Exception):
    """A form without the token of its own session."""


class PasswordWanted(Exception):
    """What was asked for wants the password typed again first."""


def cookie_name(request: Request) -> str:
    """Return the name of the session's cookie: the stricter one wherever https is certain."""
    return SECURE_COOKIE if request.app.state.secure else COOKIE


def token_for(secret: str, digest: str) -> str:
    """Return the token that forms of one session carry."""
    return hmac.new(secret.encode(), digest.encode(), "sha256").hexdigest()


# A dependency here calls the one before it, and remembers what it found: naming them to each other
# would have the framework walk the whole chain again for each of them, at every save.


async def signed_in(request: Request, session: SessionDep) -> SignedIn:
    """Return who is asking, and refuse a form that their own pages did not make."""
    known: SignedIn | None = getattr(request.state, "admitted", None)
    if known is None:
        known = request.state.admitted = await _admit(request, session)
    return known


SignedInDep = Annotated[SignedIn, Depends(signed_in, scope="function")]


async def _admit(request: Request, session: Session) -> SignedIn:
    cookie = request.cookies.get(cookie_name(request), "")
    found = find_sign_in(session, cookie) if cookie else None
    if found is None:
        raise SignedOut
    request.state.signed_in = found
    request.state.token = token_for(request.app.state.secret, found.digest)
    if request.method in {"GET", "HEAD"}:
        if found.stale:
            async with database_of(request).writing_in_turn() as writing:
                note_use(writing, found)
        return found
    form = await posted(request)
    if not hmac.compare_digest(form.token.encode(), request.state.token.encode()):
        raise Forged
    if found.stale and not getattr(request.scope["endpoint"], "slow", False):
        note_use(session, found)
    return found


async def lately(request: Request, session: SessionDep) -> None:
    """Refuse what is final, or reaches far, unless the password was typed a short while ago.

    A form may be sent as long after its page was opened as its session may rest: whoever could
    open the page does not lose what they typed there.
    """
    who = await signed_in(request, session)
    allowed = CONFIRMED_FOR if request.method in {"GET", "HEAD"} else CONFIRMED_FOR + IDLE
    if not timedelta(0) <= now(session) - who.confirmed_at < allowed:
        raise PasswordWanted


PasswordLately = Depends(lately, scope="function")


async def current_actor(request: Request, session: SessionDep) -> Actor:
    """Return the person as a member of the partnership in the address; else it does not exist."""
    known: Actor | None = getattr(request.state, "actor", None)
    if known is None:
        known = request.state.actor = await _find_actor(request, session)
    return known


async def _find_actor(request: Request, session: Session) -> Actor:
    who = await signed_in(request, session)
    place = find_place(session, who.person_id, request.path_params["partnership"])
    if place is None:
        raise NotFound
    request.state.place = place
    actor = member_of(request, session, place, who.person_id, who.name)
    request.state.alarms = _alarms(request, session, actor, place)
    return actor


def _alarms(
    request: Request, session: Session, actor: Actor, place: Place
) -> list[tuple[str, str]]:
    """Say what stands above home and above every page of a round until it is acknowledged."""
    refs, home = request.path_params, f"/{place.slug}"
    here = not refs.keys().isdisjoint({"round", "assignment"})
    if not (here or request.url.path == f"{home}/my-work"):
        return []
    if not holds(actor, Action.CONCERN_ACKNOWLEDGE):
        return []
    find: Alarms = request.app.state.alarms
    return find(session, actor, refs, home)


def member_of(request: Request, session: Session, place: Place, person_id: int, name: str) -> Actor:
    """Return a person as the permission table meets them in a partnership, as of now."""
    roles: RoundRoles = request.app.state.round_roles
    leads, panels = roles(session, place.partnership_id, person_id)
    return Actor(
        person_id=person_id,
        partnership_id=place.partnership_id,
        name=name,
        held=place.held,
        leads=leads,
        panels=panels,
        subgroups=place.subgroups,
    )


ActorDep = Annotated[Actor, Depends(current_actor, scope="function")]


class May:
    """A dependency naming the action its route performs; it gives the scope of that action."""

    def __init__(self, action: Action) -> None:
        self.action = action

    async def __call__(self, request: Request, session: SessionDep) -> Scope:
        """Turn away anyone whose roles do not carry the action at all."""
        actor = await current_actor(request, session)
        within = scope(actor, self.action)
        if not within:
            raise NotAllowed
        return within


Find = Callable[[Session, Scope, Mapping[str, str]], Any]
"""Load what an address names, within a scope, or return None. The mapping holds the address's
references; a child must belong to the parent that the address names."""


class MayOn(May):
    """The same, for one thing: found only within the actor's scope, and otherwise not found."""

    def __init__(self, action: Action, find: Find) -> None:
        super().__init__(action)
        self.find = find

    async def __call__(self, request: Request, session: SessionDep) -> Any:  # noqa: ANN401
        """Load what the address names."""
        within = await super().__call__(request, session)
        found = self.find(session, within, request.path_params)
        if found is None:
            raise NotFound
        return found
