"""What surrounds every page: the partnership's name, the navigation, who is signed in."""

import base64
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request

from app.access import Action, Actor, holds

BANNER = "casefile_banner"

_NAVIGATION = (
    (Action.WORK_SEE, "My work", "my-work"),
    (Action.ROUND_SEE, "Rounds", "rounds"),
    (Action.ACTION_SEE, "Actions", "actions"),
    (Action.PACK_SEE, "Packs", "packs"),
    (Action.LETTER_SEE, "Letters", "packs"),  # for who reads letters and no packs
    (Action.TOOL_SEE, "Audit tools", "audit-tools"),
    (Action.PEOPLE_MANAGE, "People", "people"),
)
_BELONGS = {
    "agencies": "people",
    "subgroups": "people",
    "trail": "people",
    "danger-advice": "my-work",
    "assignments": "my-work",
    "retention": "rounds",
    "exports": "actions",
    "calendar": "actions",
}
"""Pages that stand under a navigation item of another name."""


@dataclass(frozen=True)
class Chrome:
    """What `base.html` is given."""

    partnership_name: str | None = None
    home: str = "/"
    navigation: tuple[tuple[str, str, bool], ...] = ()
    person_name: str | None = None
    sign_out: str | None = None
    token: str = ""
    footer: tuple[tuple[str, str], ...] = ()
    search: str | None = None
    banner: str | None = None
    concern: str | None = None
    raising: str | None = None
    alarms: Sequence[tuple[str, str]] = ()


def chrome_of(request: Request) -> Chrome:
    """Gather what surrounds this page from what the guard found out."""
    state = request.state
    who = getattr(state, "signed_in", None)
    place = getattr(state, "place", None)
    actor: Actor | None = getattr(state, "actor", None)
    home = f"/{place.slug}/my-work" if place else "/"
    return Chrome(
        partnership_name=place.name if place else None,
        home=home,
        navigation=_navigation(actor, place.slug, request.url.path) if actor and place else (),
        person_name=who.name if who else None,
        sign_out="/sign-out" if who else None,
        footer=_footer(place.slug if place else None, signed_in=who is not None),
        search=f"/{place.slug}/search" if place and actor else None,
        token=getattr(state, "token", ""),
        banner=_banner(request),
        concern=getattr(state, "concern", None),
        raising=_raising(request, place.slug) if place else None,
        alarms=getattr(state, "alarms", ()),
    )


def _footer(slug: str | None, *, signed_in: bool) -> tuple[tuple[str, str], ...]:
    return (
        ("Help", f"/{slug}/help" if slug else "/help"),
        ("Privacy notice", "/privacy"),
        ("Accessibility statement", "/accessibility"),
        *((("Change your password", "/account/password"),) if signed_in else ()),
    )


def about_a_subject(request: Request) -> None:
    """Put the partnership's advice on danger at the top of this page: it is about a subject."""
    request.state.concern = request.state.place.danger_advice


def _raising(request: Request, slug: str) -> str | None:
    """Return where a concern about the subject of this page is raised, if it is about one."""
    refs = request.path_params
    if "assignment" in refs:
        return f"/{slug}/assignments/{refs['assignment']}/concern"
    if "subject" in refs and "strand" not in refs:  # a sample's own pages come before any answer
        return f"/{slug}/rounds/{refs['round']}/subjects/{refs['subject']}/concern"
    return None


def _navigation(actor: Actor, slug: str, path: str) -> tuple[tuple[str, str, bool], ...]:
    section = path.removeprefix(f"/{slug}/").partition("/")[0]
    here = _BELONGS.get(section, section)
    items: dict[str, str] = {}
    for action, text, where in _NAVIGATION:
        if holds(actor, action):
            items.setdefault(where, text)
    return tuple((text, f"/{slug}/{where}", where == here) for where, text in items.items())


def banner_cookie(request: Request, words: str) -> str:
    """Sign a line to be shown once on the next page."""
    body = base64.urlsafe_b64encode(words.encode()).decode()
    return f"{body}.{_seal(request, body)}"


def _banner(request: Request) -> str | None:
    body, _, seal = request.cookies.get(BANNER, "").partition(".")
    if not body or not hmac.compare_digest(seal.encode(), _seal(request, body).encode()):
        return None
    return base64.urlsafe_b64decode(body).decode()


def _seal(request: Request, body: str) -> str:
    return hmac.new(request.app.state.secret.encode(), body.encode(), "sha256").hexdigest()[:32]
