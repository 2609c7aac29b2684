"""What the pages about people are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.people.listing import HeldRole, Looking, Somebody
from app.people.planning import Planned
from app.people.seats import Seated
from app.web.forms import Posted
from app.web.pages import Page
from app.web.paging import Paged

Errors = Mapping[str, str]
Choices = tuple[tuple[str, str], ...]
"""Values of a field that offers some, each with its words."""


@dataclass(frozen=True)
class SignInPage(Page):
    """Asking who is there."""

    template: ClassVar[str] = "people/sign_in.html"

    email: str
    next: str
    """Where to go afterwards: a path of this service."""
    errors: Errors


@dataclass(frozen=True)
class PartnershipsPage(Page):
    """The partnerships that somebody belongs to, to choose one."""

    template: ClassVar[str] = "people/partnerships.html"

    places: list[tuple[str, str]]
    """Slug and name of each."""


@dataclass(frozen=True)
class LinkPage(Page):
    """An invitation or reset, opened: whose it is, and the password to set."""

    template: ClassVar[str] = "people/link.html"

    code: str
    name: str
    email: str
    inviting: bool
    errors: Errors


@dataclass(frozen=True)
class ConfirmPage(Page):
    """Somebody signed in types their password again before what is final."""

    template: ClassVar[str] = "people/confirm_password.html"

    email: str
    next: str
    errors: Errors


@dataclass(frozen=True)
class ChangePasswordPage(Page):
    """Somebody signed in changes their own password."""

    template: ClassVar[str] = "people/change_password.html"

    email: str
    errors: Errors


@dataclass(frozen=True)
class DeadLinkPage(Page):
    """A link that was used, has ended, was withdrawn, or never was."""

    template: ClassVar[str] = "people/dead_link.html"


@dataclass(frozen=True)
class PeoplePage(Page):
    """The people of the partnership, and which of them can sign in."""

    template: ClassVar[str] = "people/people.html"

    place: str
    """The partnership's address."""
    at: str
    people: Paged[Somebody]
    looking: Looking


@dataclass(frozen=True)
class NewPersonPage(Page):
    """Letting somebody in."""

    template: ClassVar[str] = "people/new_person.html"

    at: str
    roles: Choices
    agencies: Choices
    values: Posted
    errors: Errors


@dataclass(frozen=True)
class PersonPage(Page):
    """One person: what they hold here and what may be done."""

    template: ClassVar[str] = "people/person.html"

    at: str
    """The person's address."""
    people_at: str
    person: Somebody
    left_on: datetime | None
    seats: list[str]
    takeable: frozenset[str]
    """The references of the roles that the reader may take away."""
    may_link: bool
    may_see_off: bool
    oneself: bool
    sees_all: bool
    """Whether some role lets them read every agency's answers, and so give none."""


@dataclass(frozen=True)
class NewLinkPage(Page):
    """A link just made: shown this once."""

    template: ClassVar[str] = "people/new_link.html"

    at: str
    name: str
    email: str
    link: str
    inviting: bool
    expires_at: datetime


@dataclass(frozen=True)
class NewRolePage(Page):
    """Giving somebody another role."""

    template: ClassVar[str] = "people/new_role.html"

    at: str
    name: str
    roles: Choices
    agencies: Choices
    values: Posted
    errors: Errors


@dataclass(frozen=True)
class DetailsPage(Page):
    """Putting right somebody's name or address."""

    template: ClassVar[str] = "people/details.html"

    at: str
    name: str
    values: Posted
    errors: Errors


@dataclass(frozen=True)
class TakeRolePage(Page):
    """Asking whether to take a role away."""

    template: ClassVar[str] = "people/take_role.html"

    at: str
    name: str
    role: HeldRole


@dataclass(frozen=True)
class DeparturePage(Page):
    """Asking whether somebody has left, with all that they hold."""

    template: ClassVar[str] = "people/departure.html"

    at: str
    given_out_at: str
    """Where what waits for an auditor is listed, for who may give it out; else empty."""
    name: str
    roles: tuple[HeldRole, ...]
    seats: list[str]
    work: list[str]
    """What later steps say that they still hold, in sentences."""


@dataclass(frozen=True)
class AgenciesPage(Page):
    """The agencies of the partnership."""

    template: ClassVar[str] = "people/agencies.html"

    place: str
    agencies: list[tuple[str, str, str]]
    """Reference, name and kind in words."""


@dataclass(frozen=True)
class NewAgencyPage(Page):
    """Adding an agency."""

    template: ClassVar[str] = "people/new_agency.html"

    at: str
    kinds: Choices
    values: Posted
    errors: Errors


@dataclass(frozen=True)
class AgencyPage(Page):
    """Renaming an agency."""

    template: ClassVar[str] = "people/agency.html"

    at: str
    """The list's address."""
    ref: str
    name: str
    kind: str
    shared: bool
    """Whether another partnership has it too, so that its name stays."""
    typed: str
    errors: Errors


@dataclass(frozen=True)
class SubgroupsPage(Page):
    """The subgroups of the partnership."""

    template: ClassVar[str] = "people/subgroups.html"

    place: str
    subgroups: list[tuple[str, str, int]]
    """Reference, name and how many people sit on it."""


@dataclass(frozen=True)
class NewSubgroupPage(Page):
    """Forming a subgroup."""

    template: ClassVar[str] = "people/new_subgroup.html"

    at: str
    values: Posted
    errors: Errors


@dataclass(frozen=True)
class SubgroupPage(Page):
    """Who sits on a subgroup."""

    template: ClassVar[str] = "people/subgroup.html"

    place: str
    at: str
    """The subgroup's address."""
    name: str
    typed: str
    """The name as the form holds it."""
    seated: list[Seated]
    others: Choices
    errors: Errors


@dataclass(frozen=True)
class ImportPage(Page):
    """Asking for a list of people."""

    template: ClassVar[str] = "people/import.html"

    at: str
    people_at: str
    roles: list[tuple[str, bool]]
    """The roles that the reader may give, and whether each is held for an agency."""
    most: int
    errors: Errors


@dataclass(frozen=True)
class PreviewPage(Page):
    """What importing a list would do, or what is wrong with it, row by row."""

    template: ClassVar[str] = "people/preview.html"

    at: str
    people_at: str
    planned: list[Planned]
    to_do: int
    problems: list[tuple[int, str]]
    notes: list[str]
    unused: list[str]
    people: str
    """The list itself, which the page carries to the confirmation."""
