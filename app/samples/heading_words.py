"""What a column's heading says it holds, when that identifies people.

Public: `headed_as(heading) -> str`, a kind in words or nothing.
"""

import re
from typing import Final

from app.identifiers.words import AGENCIES

KINDS: Final = {
    "names": re.compile(
        r"\b(fore|sur|first|last|nick|middle|family|given)names?\b"
        r"|\b(initials|alias|aka|known as|fullname|mother|father|mum|dad)\b(?! consent)"
        r"|^(the )?(child|client|yp|young person|patient|pupil|carers?|parents?|siblings?)$"
        r"|\b(social worker|allocated worker|case ?holder|case ?worker)$"
    ),
    "dates of birth": re.compile(r"\b(d ?o ?b|birth|born|birth(day|date))\b"),
    "NHS numbers": re.compile(r"\bnhs ?(no|num|number|id)\b|^nhs$"),
    "unique pupil numbers": re.compile(r"\b(upn|unique pupil|uln|unique learner)\b"),
    "postcodes": re.compile(r"\b(post|zip) ?codes?\b"),
    "addresses": re.compile(
        r"\b(address|addr|street|house (no|number|name)|uprn|liv(es|ing) at)\b(?! (type|list))"
    ),
    "phone numbers": re.compile(r"\b((tele)?phone|mobile|tel|landline)\b"),
    "e-mail addresses": re.compile(r"\be ?mails?\b"),
    "National Insurance numbers": re.compile(r"\b(national insurance|ni (no|num|number)|nino)\b"),
    "free text": re.compile(r"\b(free ?text|narrative|notes?|comments?|chronology|case summary)\b"),
}

# Things other than people that have names; `AGENCIES` has the rest.
NAMED_THINGS: Final = AGENCIES | {"setting", "sheet", "locality", "area", "file", "form", "tool"}


def headed_as(heading: str) -> str:
    """Say what a heading claims for its column, if it is something that identifies people.

    >>> headed_as("Child's NHS no."), headed_as("Agency name"), headed_as("Name of child")
    ('NHS numbers', '', 'names')
    """
    words = _words(heading)
    for kind, pattern in KINDS.items():
        if pattern.search(" ".join(words)):
            return kind
    return "names" if _names_people(words) else ""


def _words(heading: str) -> list[str]:
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)  # DateOfBirth
    return re.sub(r"[^a-z0-9]+", " ", apart.casefold()).split()


def _names_people(words: list[str]) -> bool:
    """Say whether `name` stands there, and not as the name of an agency or a place."""
    for place, word in enumerate(words):
        if word in {"name", "names"}:
            near = {*words[max(0, place - 1) : place], *words[place + 1 : place + 4]}
            if not near & NAMED_THINGS:
                return True
    return False
