"""Who takes part in a round, and who could: agencies, people and subgroups of its partnership."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import and_
from sqlmodel import Session, col, select

from app.access import Role
from app.identity.models import Agency, Membership, PartnershipAgency, Person, Subgroup
from app.rounds.models import Round, RoundAgency, RoundPerson, RoundSubgroup
from app.rounds.rules import may_lead, may_sit


@dataclass(frozen=True)
class Member:
    """A person of the partnership, with what they are there."""

    id: int
    ref: str
    name: str
    roles: frozenset[Role]
    agencies: dict[int | None, str]
    """The agencies they work for here: key and name."""
    departed: bool = False
    """Whether they left altogether."""

    @property
    def where(self) -> str:
        """Their agencies and roles, to tell people of one name apart."""
        roles = sorted(role.words for role in self.roles)
        return ", ".join([*sorted(self.agencies.values()), *roles])

    @property
    def left(self) -> bool:
        """Whether they have left since they were chosen: then they hold no role here."""
        return self.departed or not self.roles

    def with_role(self, role: Role, agency: Agency | None) -> "Member":
        """Return the same person with one more membership."""
        agencies = {**self.agencies, agency.id: agency.name} if agency else self.agencies
        return replace(self, roles=self.roles | {role}, agencies=agencies)


@dataclass(frozen=True)
class Party:
    """Everybody who takes part in a round."""

    agencies: list[Agency]
    lead: Member | None
    panel: list[Member]
    subgroups: list[Subgroup]


def party_of(session: Session, seen: Round) -> Party:
    """Return who takes part in a round."""
    parts = session.exec(select(RoundPerson).where(RoundPerson.round_id == seen.id)).all()
    role_of = {part.person_id: part.role for part in parts}
    people = members(session, seen.partnership_id, role_of)
    leads = [who for who in people if role_of[who.id] == Role.LEAD]
    return Party(
        agencies=agencies_of(session, seen),
        lead=leads[0] if leads else None,
        panel=[who for who in people if role_of[who.id] == Role.PANEL_MEMBER],
        subgroups=subgroups_of(session, seen),
    )


def agencies_of(session: Session, seen: Round) -> list[Agency]:
    """List the agencies that take part in a round, by name."""
    query = (
        select(Agency)
        .join(RoundAgency, col(RoundAgency.agency_id) == col(Agency.id))
        .where(RoundAgency.round_id == seen.id)
        .order_by(col(Agency.name), col(Agency.id))
    )
    return list(session.exec(query))


def agencies_to_choose(session: Session, partnership_id: int) -> list[Agency]:
    """List the agencies of a partnership, by name."""
    query = (
        select(Agency)
        .join(PartnershipAgency, col(PartnershipAgency.agency_id) == col(Agency.id))
        .where(PartnershipAgency.partnership_id == partnership_id)
        .order_by(col(Agency.name), col(Agency.id))
    )
    return list(session.exec(query))


def subgroups_of(session: Session, seen: Round) -> list[Subgroup]:
    """List the subgroups that receive a round's findings, by name."""
    query = (
        select(Subgroup)
        .join(RoundSubgroup, col(RoundSubgroup.subgroup_id) == col(Subgroup.id))
        .where(RoundSubgroup.round_id == seen.id)
        .order_by(col(Subgroup.name))
    )
    return list(session.exec(query))


def subgroups_to_choose(session: Session, partnership_id: int) -> list[Subgroup]:
    """List the subgroups of a partnership, by name."""
    query = (
        select(Subgroup)
        .where(Subgroup.partnership_id == partnership_id)
        .order_by(col(Subgroup.name))
    )
    return list(session.exec(query))


class AgencyLead(NamedTuple):
    """An agency lead of an agency that takes part."""

    person: Person
    contact: bool
    """Whether they were chosen as the one to ask about this round."""


def agency_leads(session: Session, seen: Round) -> Mapping[int | None, Sequence[AgencyLead]]:
    """List the agency leads of each agency that takes part, by its key: the contact first."""
    query = (
        select(RoundAgency, Person)
        .join(Membership, col(Membership.agency_id) == col(RoundAgency.agency_id))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(
            RoundAgency.round_id == seen.id,
            Membership.partnership_id == seen.partnership_id,
            Membership.role == Role.AGENCY_LEAD,
            col(Person.left_at).is_(None),
        )
        .order_by(col(Person.name), col(Person.id))
    )
    found: dict[int | None, list[AgencyLead]] = {}
    for part, person in session.exec(query):
        lead = AgencyLead(person, part.contact_id == person.id)
        found.setdefault(part.agency_id, []).append(lead)
    return {key: sorted(leads, key=lambda each: not each.contact) for key, leads in found.items()}


def contacts_of(session: Session, seen: Round) -> dict[str, Person]:
    """Return the contact in each agency, by the agency's reference: those who still lead it."""
    leads = agency_leads(session, seen)
    return {
        agency.ref: each.person
        for agency in agencies_of(session, seen)
        for each in leads.get(agency.id, ())
        if each.contact
    }


def leads_to_choose(session: Session, seen: Round) -> list[Member]:
    """List the people who could lead a round."""
    return [who for who in members(session, seen.partnership_id) if may_lead(who.roles)]


def panel_to_choose(session: Session, seen: Round) -> list[Member]:
    """List the people who could sit on a round's panel: those of agencies that take part in it."""
    taking_part = {agency.id for agency in agencies_of(session, seen)}
    return [
        who
        for who in members(session, seen.partnership_id)
        if may_sit(who.roles) and not taking_part.isdisjoint(who.agencies)
    ]


def members(
    session: Session, partnership_id: int, only: Iterable[int] | None = None
) -> list[Member]:
    """List the people of a partnership who have not left, by name, each with all their roles.

    With `only`, list those people instead, also one who has left since.
    """
    here = and_(
        col(Membership.person_id) == col(Person.id),
        col(Membership.partnership_id) == partnership_id,
    )
    query = (
        select(Person, Membership, Agency)
        .join(Membership, here, isouter=True)
        .join(Agency, col(Agency.id) == col(Membership.agency_id), isouter=True)
        .where(
            and_(col(Membership.id).is_not(None), col(Person.left_at).is_(None))
            if only is None
            else col(Person.id).in_(list(only))
        )
        .order_by(col(Person.name), col(Person.id))
    )
    found: dict[str, Member] = {}
    for person, membership, agency in session.exec(query):
        known = found.get(person.ref) or _somebody(person)
        if membership is not None:
            known = known.with_role(Role(membership.role), agency)
        found[person.ref] = known
    return list(found.values())


def _somebody(person: Person) -> Member:
    if person.id is None:
        raise LookupError("a stored person has a key")
    left = person.left_at is not None
    return Member(person.id, person.ref, person.name, frozenset(), {}, departed=left)
