"""Decisions about people: who may give which role, who may not be the last to go, where to send."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv6Address, IPv6Network, ip_address

from app.access import TABLE, Action, Reach, Role

ROLES_IN_ROUNDS = frozenset({Role.LEAD, Role.PANEL_MEMBER})
"""Held in one round, and given on the round's own pages."""

ROLES = tuple(role for role in Role if role not in ROLES_IN_ROUNDS)
"""The roles that a membership may have."""

NEVER_WITHOUT = (Role.SYSTEM_ADMINISTRATOR, Role.COORDINATOR)
"""Roles whose last holder stays: without one, nobody could let anybody in."""

FOR_THE_WHOLE_PARTNERSHIP = frozenset(
    {Role.SYSTEM_ADMINISTRATOR, Role.COORDINATOR, Role.SCRUTINEER}
)
"""Roles held for no agency."""


class Standing(StrEnum):
    """Whether somebody can sign in yet, or any more."""

    JOINED = "Joined"
    INVITED = "Invited"
    NOT_INVITED = "Not yet invited"
    LEFT = "Left"

    @property
    def colour(self) -> str:
        """The colour of its tag; the words say the same."""
        return {"Joined": "green", "Invited": "blue", "Not yet invited": "yellow"}.get(self, "grey")


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a role, and whether they have ever been able to sign in."""

    person_id: int
    joined: bool


def roles_given_by(roles: Collection[Role]) -> tuple[Role, ...]:
    """List the roles that somebody may give and take away, in the order pages offer them.

    Nobody gives more than they hold: only a system administrator makes another.

    >>> Role.SYSTEM_ADMINISTRATOR in roles_given_by({Role.COORDINATOR})
    False
    >>> roles_given_by({Role.AGENCY_LEAD})
    ()
    """
    row = TABLE[Action.PEOPLE_MANAGE]
    if not any(row[role] is Reach.PARTNERSHIP for role in roles):
        return ()
    if Role.SYSTEM_ADMINISTRATOR in roles:
        return ROLES
    return tuple(role for role in ROLES if role is not Role.SYSTEM_ADMINISTRATOR)


def may_give(roles: Collection[Role], role: Role) -> bool:
    """Whether somebody with these roles may give that one, or take it away."""
    return role in roles_given_by(roles)


def role_left_to_nobody(role: Role, holders: Iterable[Holder], person_id: int) -> str | None:
    """Say why a person must keep a role: nobody else could do what only that role does.

    >>> role_left_to_nobody(Role.COORDINATOR, [Holder(1, True), Holder(2, False)], 1)
    'Nobody else who has joined is a coordinator. Make somebody else coordinator first.'
    """
    if role not in NEVER_WITHOUT:
        return None
    known = list(holders)
    others = [holder for holder in known if holder.person_id != person_id]
    joined = any(holder.joined for holder in known if holder.person_id == person_id)
    if any(holder.joined for holder in others) or (others and not joined):
        return None
    word = role.words.lower()
    return f"Nobody else who has joined is a {word}. Make somebody else {word} first."


def agency_problem(role: Role, *, named: bool) -> str | None:
    """Say what is wrong with the agency of a membership: missing, or too many.

    >>> agency_problem(Role.AUDITOR, named=False)
    'An auditor works for an agency: choose which'
    """
    if role.of_an_agency and not named:
        return f"An {role.words.lower()} works for an agency: choose which"
    if role in FOR_THE_WHOLE_PARTNERSHIP and named:
        return f"A {role.words.lower()} acts for the whole partnership: choose no agency"
    return None


def one_line(typed: str) -> str:
    r"""Return a name on one line, without what nobody typed on purpose.

    >>> one_line("Ivo \t\n Marsh\u202e ")
    'Ivo Marsh'
    """
    spaced = " ".join(typed.split())
    return "".join(letter for letter in spaced if letter.isprintable()).strip()


_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/?^_`{|}~-]+)*"
    r"@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)
_LONGEST_ADDRESS = 254


def email_address(typed: str) -> str:
    """Return an e-mail address as it is stored, in lower case; ValueError when it is not one.

    >>> email_address(" Ana.Reyes@Alder.example ")
    'ana.reyes@alder.example'
    """
    address = typed.strip().lower()
    if len(address) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        raise ValueError("Write an e-mail address in full, like name@agency.example")
    return address


def local_path(wanted: str) -> str:
    r"""Return where to go after signing in: a path of this service, and otherwise the first page.

    >>> local_path("/wexcombe/rounds"), local_path("//elsewhere.example"), local_path("/\\a")
    ('/wexcombe/rounds', '/', '/')
    """
    if not re.fullmatch(r"/(?![/\\])[!-~]{0,500}", wanted) or "\\" in wanted:
        return "/"
    return wanted


def network_of(address: str) -> str:
    """Return what tries are counted against: an address, or the /64 that one IPv6 subscriber has.

    >>> network_of("192.0.2.7"), network_of("2001:db8:1:2:3::9")
    ('192.0.2.7', '2001:db8:1:2::/64')
    """
    try:
        read = ip_address(address)
    except ValueError:
        return address
    if isinstance(read, IPv6Address) and read.ipv4_mapped is None:
        return str(IPv6Network((read, 64), strict=False))
    return str(getattr(read, "ipv4_mapped", None) or read)
