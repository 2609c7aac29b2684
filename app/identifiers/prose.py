"""What people type in sentences: every kind of identifier in it, counted."""

from datetime import date

from app.identifiers.addresses import addresses_in
from app.identifiers.births import births_in
from app.identifiers.kinds import Kind
from app.identifiers.names import names_in
from app.identifiers.structured import folded, structured_in


def found_in(text: str, today: date) -> dict[Kind, int]:
    """Count each kind of identifier that a text seems to hold; empty for most.

    >>> found_in("Mum (Karen) rang from 01632 960001.", date(2026, 11, 27))
    {<Kind.PHONE: 'phone-number'>: 1, <Kind.NAME: 'name'>: 1}
    """
    text = folded(text)
    found = structured_in(text)
    numbered = any(map(str.isdigit, text))
    for kind, many in (
        (Kind.BIRTH, births_in(text, today) if numbered else 0),
        (Kind.ADDRESS, addresses_in(text) if numbered else 0),
        (Kind.NAME, names_in(text)),
    ):
        if many:
            found[kind] = many
    return found
