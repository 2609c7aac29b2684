"""A form says what it asks for and nothing else, whatever fields somebody adds to it by hand.

Each form is sent with a field named after every column there is. Either it is refused, and changes
nothing, or it changes exactly what it changes without the field.
"""

from collections.abc import Iterator

import pytest
from sqlmodel import SQLModel

from tests.security.addresses import DOORS
from tests.security.crawl import PROVING
from tests.security.premises import Premises
from tests.security.stored import Rows, differing, rows_of
from tests.security.test_forged_requests import NO_SESSION, SENDING, who_may

COLUMNS = sorted({c.name for t in SQLModel.metadata.tables.values() for c in t.columns})
TELLING = (
    "agency_id",
    "agreed",
    "assignment_id",
    "auditor_id",
    "declared_by",
    "id",
    "partnership_id",
    "password_hash",
    "person_id",
    "ref",
    "role",
    "round_id",
    "sent_at",
    "signed_off_by",
    "stage",
    "state",
    "version",
)
"""Columns that would give somebody more than the form does: each is added alone as well."""

ALIEN = {
    "agreed": "yes",
    "id": "1",
    "ref": "2222222222",
    "role": "coordinator",
    "stage": "reported",
    "state": "sent",
    "version": "999",
}
ASKED = {
    "/answers": {"page", "sequence"},
    "/findings": {"themes"},
    "/wording": {"themes"},
    "/people": {"agency"},
    "/assignments": {"reason"},
}
"""Fields that a form asks for although the one in the table leaves them out."""


def value_of(column: str) -> str:
    if column in ALIEN:
        return ALIEN[column]
    return "2020-01-01 00:00:00" if column.endswith("_at") else "2"


def additions(premises: Premises, route: str) -> Iterator[dict[str, str]]:
    """What is added to a form: every column at once, then single ones."""
    asked = next((names for end, names in ASKED.items() if route.endswith(end)), set())
    known = {*DOORS[route].form(premises.facts), *asked}
    left = [name for name in COLUMNS if name not in known]
    yield {name: value_of(name) for name in left}
    if PROVING:
        alone = left
    else:
        alone = [name for name in TELLING if name in left]
        alone = alone if premises.database.embedded else alone[-4:]
    yield from ({name: value_of(name)} for name in alone)


def after(premises: Premises, route: str, who: str, more: dict[str, str]) -> tuple[int, Rows]:
    """What a form is answered, and what is stored when it has been sent."""
    with premises.undone():
        reply = premises.send(who, route, **more)
        return reply.status, rows_of(premises)


@pytest.mark.parametrize("route", [route for route in SENDING if route not in NO_SESSION])
def test_a_field_that_a_form_does_not_ask_for_is_worth_nothing(
    premises: Premises, route: str
) -> None:
    premises.stage(DOORS[route].stage)
    who, before = who_may(premises, route), rows_of(premises)
    status, plain = after(premises, route, who, {})
    assert status in DOORS[route].opens
    by_chance: set[str] | None = None

    for more in additions(premises, route):
        status, rows = after(premises, route, who, more)
        if status == 422:
            assert differing(before, rows) == set(), more
            continue
        assert status in DOORS[route].opens, more
        if by_chance is None:  # references, salts and seals are new each time
            by_chance = differing(plain, after(premises, route, who, {})[1])
        assert differing(plain, rows) <= by_chance, more
