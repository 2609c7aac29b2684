"""The partnership's agencies: added and renamed.

An agency may be shared by several partnerships, but only whoever runs the installation shares one:
to search other partnerships' agencies would be to look into them.
"""

from pydantic import Field
from sqlmodel import Session, col, select

from app.access import Actor, NotNow, Unfit
from app.events import Happened, record
from app.identity.models import Agency, PartnershipAgency
from app.people.memberships import held_partnership, key_of
from app.people.names import Name, folded_name
from app.people.queries import agencies_of
from app.tools import AgencyKind
from app.web.forms import Input

SHARED = (
    "Another partnership has this agency too, so its name is not yours alone to change. "
    "Ask whoever runs this installation."
)


class AgencyNamed(Input):
    """What an agency is called."""

    name: Name = Field(json_schema_extra={"missing": "Enter the name of the agency"})


class NewAgency(AgencyNamed):
    """An agency and its kind, which decides what it is asked."""

    kind: AgencyKind = Field(json_schema_extra={"missing": "Choose what kind of agency it is"})


def add_agency(session: Session, actor: Actor, given: NewAgency) -> Agency:
    """Bring an agency into the partnership."""
    place = held_partnership(session, actor)
    _check_name(session, actor, given.name)
    agency = Agency(name=given.name, kind=given.kind)
    session.add(agency)
    session.flush()
    session.add(PartnershipAgency(partnership_id=actor.partnership_id, agency_id=key_of(agency)))
    record(
        session,
        actor,
        Happened.AGENCY_JOINED,
        partnership_id=actor.partnership_id,
        scope=place.slug,
        about=agency.ref,
        agency_kind=given.kind,
    )
    return agency


def rename_agency(session: Session, actor: Actor, agency: Agency, given: AgencyNamed) -> None:
    """Call an agency something else, in every round it ever took part in."""
    place = held_partnership(session, actor)
    if shared(session, agency):
        raise NotNow(SHARED)
    _check_name(session, actor, given.name, but=agency)
    agency.name = given.name
    session.add(agency)
    record(
        session,
        actor,
        Happened.AGENCY_RENAMED,
        partnership_id=actor.partnership_id,
        scope=place.slug,
        about=agency.ref,
    )


def shared(session: Session, agency: Agency) -> bool:
    """Whether an agency belongs to more than one partnership."""
    query = (
        select(PartnershipAgency.partnership_id)
        .where(col(PartnershipAgency.agency_id) == agency.id)
        .limit(2)
    )
    return len(session.exec(query).all()) > 1


def _check_name(session: Session, actor: Actor, name: str, but: Agency | None = None) -> None:
    """Refuse two agencies that a person could not tell apart, or a list of people name."""
    folded = folded_name(name)
    others = (
        a for a in agencies_of(session, actor.partnership_id) if but is None or a.id != but.id
    )
    if any(folded_name(other.name) == folded for other in others):
        raise Unfit({"name": "There is an agency of this name already"})
