"""The people of the story, and the days on which it happens."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from sqlmodel import Session

from app.access import Role
from app.demo.referrals import ListedReferral, invented_referrals
from app.identity.models import Person
from app.identity.passwords import hash_password
from app.tools import AgencyKind, QuestionSet
from tests import factories as make
from tests.clock import SettableClock
from tests.journey.desk import Desk

PASSWORD = "four brass kettles"

CARE, POLICE, HEALTH = "Orrin Children's Services", "Orrin Police", "Orrin Integrated Care Board"
HOSPITAL, SCHOOL = "Orrin General Hospital", "Skerry Lane School"
SUBGROUP = "Learning subgroup"

ADMINISTRATOR, COORDINATOR = "Wynn Aldous", "Ida Fennimore"
LEAD, SCRUTINEER, MEMBER = "Tam Okehurst", "Una Prewitt", "Ros Tindle"
SOCIAL_WORKER, CARE_LEAD = "Jory Madden", "Ness Quarrie"
OFFICER, POLICE_LEAD, PANEL_MEMBER = "Bex Larrow", "Col Stanmere", "Ede Marwick"
NURSE, HEALTH_LEAD = "Fia Lundy", "Gil Henshaw"
DOCTOR, HOSPITAL_LEAD = "Hale Wexley", "Ivo Tarrant"
TEACHER, SCHOOL_LEAD, SCHOOL_MEMBER = "Kit Dorrow", "Lio Fensham", "Mab Orrick"

LETTING_IN = (
    # name, role, agency
    (LEAD, "Auditor", HEALTH),
    (SCRUTINEER, "Scrutineer", ""),
    (MEMBER, "Subgroup member", ""),
    (SOCIAL_WORKER, "Auditor", CARE),
    (CARE_LEAD, "Agency lead", CARE),
    (OFFICER, "Auditor", POLICE),
    (POLICE_LEAD, "Agency lead", POLICE),
    (PANEL_MEMBER, "Auditor", POLICE),
    (NURSE, "Auditor", HEALTH),
    (HEALTH_LEAD, "Agency lead", HEALTH),
)
LATER_LET_IN = (
    (DOCTOR, "Auditor", HOSPITAL),
    (HOSPITAL_LEAD, "Agency lead", HOSPITAL),
    (TEACHER, "Auditor", SCHOOL),
    (SCHOOL_LEAD, "Agency lead", SCHOOL),
    (SCHOOL_MEMBER, "Auditor", SCHOOL),
)


class Answering(NamedTuple):
    """An agency in an audit: its kind, who answers for it and who sends what they answered."""

    kind: AgencyKind
    auditor: str
    agency_lead: str


ALL_ANSWERING = {
    CARE: Answering(AgencyKind.CHILDRENS_SOCIAL_CARE, SOCIAL_WORKER, CARE_LEAD),
    POLICE: Answering(AgencyKind.POLICE, OFFICER, POLICE_LEAD),
    HEALTH: Answering(AgencyKind.INTEGRATED_CARE_BOARD, NURSE, HEALTH_LEAD),
    HOSPITAL: Answering(AgencyKind.ACUTE_HEALTH, DOCTOR, HOSPITAL_LEAD),
    SCHOOL: Answering(AgencyKind.SCHOOL, TEACHER, SCHOOL_LEAD),
}


@dataclass(frozen=True)
class Audit:
    """The audit that a story tells."""

    title: str
    form: QuestionSet
    agencies: tuple[str, ...]

    @property
    def subject(self) -> str:
        """What pages call each thing that is audited."""
        return self.form.subject.words


@dataclass
class Story:
    """Who can be asked to do what, and when it is."""

    audit: Audit
    new_desk: Callable[[], Desk]
    """A desk at which nobody has signed in yet."""
    begins: date
    clock: SettableClock | None = None
    """What is moved on when days pass; a real server's day is always today."""
    desks: dict[tuple[str, Callable[[], Desk]], Desk] = field(default_factory=dict)
    """Where somebody is signed in already."""
    known: dict[str, str] = field(default_factory=dict)
    """What one chapter learns and another needs: the labels of subjects, by what befalls them."""

    def at_their_desk(self, name: str) -> Desk:
        """Let somebody begin at their own work; who is not signed in yet signs in."""
        desk = self.desks.get((name, self.new_desk))
        if desk is None:
            desk = self.desks[name, self.new_desk] = self.new_desk()
            desk.open("/")
            desk.press("Sign in", {"email": email_of(name), "password": PASSWORD})
        else:
            desk.open("/")
        desk.sees("My work")
        return desk

    def at_the_round(self, name: str) -> Desk:
        """Sign somebody in, and go to the page of the round."""
        desk = self.at_their_desk(name)
        desk.follow("Rounds")
        desk.follow(self.audit.title)
        return desk

    def days_pass(self, days: int) -> None:
        """Let some days go by: everybody's session ends."""
        if self.clock:
            self.clock.forward(days=days)
            self.desks.clear()

    def day(self, after: int) -> date:
        """Return the day so many days after the story begins."""
        return self.begins + timedelta(days=after)

    @property
    def listed(self) -> list[ListedReferral]:
        """The front door's list, with the columns that must not be kept."""
        return invented_referrals(self.day(-1), rows=40, seed=3)


def settle(session: Session) -> None:
    """Store the partnership and its people as they are once everybody has been let in."""
    here = make.partnership(session, "orrin", "Orrin")
    agencies = {
        name: make.agency(session, here, name, each.kind) for name, each in ALL_ANSWERING.items()
    }
    password_hash = hash_password(PASSWORD)
    for name, role, agency in ((COORDINATOR, "Coordinator", ""), *LETTING_IN, *LATER_LET_IN):
        person = Person(name=name, email=email_of(name), password_hash=password_hash)
        session.add(person)
        session.flush()
        held = Role(role.lower().replace(" ", "_"))
        make.membership(session, person, here, held, agencies.get(agency))
        if name == MEMBER:
            make.subgroup(session, here, SUBGROUP, person)


def email_of(name: str) -> str:
    """Return the address that somebody signs in with."""
    return f"{name.lower().replace(' ', '.')}@orrin.example"
