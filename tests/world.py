"""One named world: the partnership of Wexcombe, an invented county, and its neighbour."""

from dataclasses import dataclass

from sqlmodel import Session, select

from app.access import Role
from app.identity.models import Agency, Partnership, Person, Subgroup
from tests import factories as make
from tests.factories import ident


@dataclass(frozen=True)
class World:
    """Everybody in Wexcombe by what they do there, and one coordinator from elsewhere."""

    partnership: Partnership
    social_care: Agency
    police: Agency
    health: Agency
    school: Agency
    administrator: Person
    coordinator: Person
    lead: Person
    panel_police: Person
    scrutineer: Person
    social_care_lead: Person
    police_lead: Person
    health_lead: Person
    social_worker: Person
    officer: Person
    nurse: Person
    teacher: Person
    school_lead: Person
    owner: Person
    subgroup: Subgroup
    subgroup_member: Person
    elsewhere: Partnership
    coordinator_elsewhere: Person

    @property
    def people(self) -> dict[str, Person]:
        """Everybody, by the name of their field."""
        return {name: who for name, who in vars(self).items() if isinstance(who, Person)}

    def found_in(self, session: Session) -> "World":
        """The same world as this session knows it: what a test changes stays with the test."""
        tables = (Partnership, Agency, Person, Subgroup)
        rows = [row for table in tables for row in session.exec(select(table))]
        known = {(type(row), ident(row)): row for row in rows}
        return World(**{name: known[type(row), ident(row)] for name, row in vars(self).items()})


def build_world(session: Session) -> World:
    """Store the world. The lead works for social care, and audits nothing in a round they lead."""
    here = make.partnership(session)
    there = make.partnership(session, "harrowmere", "Harrowmere")
    social_care = make.agency(
        session, here, "Wexcombe Children's Services", "childrens_social_care"
    )
    police = make.agency(session, here, "Wexcombe Police", "police")
    health = make.agency(session, here, "Wexcombe Integrated Care Board", "integrated_care_board")
    school = make.agency(session, here, "Alder Vale School", "school")
    member = make.person(session, here, Role.SUBGROUP_MEMBER)
    return World(
        partnership=here,
        social_care=social_care,
        police=police,
        health=health,
        school=school,
        administrator=make.person(session, here, Role.SYSTEM_ADMINISTRATOR),
        coordinator=make.person(session, here, Role.COORDINATOR),
        lead=make.person(session, here, Role.AUDITOR, social_care, "Round lead"),
        panel_police=make.person(session, here, Role.AUDITOR, police, "Panel member police"),
        scrutineer=make.person(session, here, Role.SCRUTINEER),
        social_care_lead=make.person(session, here, Role.AGENCY_LEAD, social_care),
        police_lead=make.person(session, here, Role.AGENCY_LEAD, police),
        health_lead=make.person(session, here, Role.AGENCY_LEAD, health),
        social_worker=make.person(session, here, Role.AUDITOR, social_care, "Social worker"),
        officer=make.person(session, here, Role.AUDITOR, police, "Police officer"),
        nurse=make.person(session, here, Role.AUDITOR, health, "Named nurse"),
        teacher=make.person(session, here, Role.AUDITOR, school, "Safeguarding teacher"),
        school_lead=make.person(session, here, Role.AGENCY_LEAD, school),
        owner=make.person(session, here, Role.ACTION_OWNER, name="Training manager"),
        subgroup=make.subgroup(session, here, "Quality and performance subgroup", member),
        subgroup_member=member,
        elsewhere=there,
        coordinator_elsewhere=make.person(session, there, Role.COORDINATOR),
    )
