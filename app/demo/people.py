"""The people of the demo: an invented partnership, with everybody in every role."""

from dataclasses import dataclass, field

from sqlmodel import Session

from app.access import Role
from app.db import key_of
from app.demo.clock import DemoClock
from app.identity.models import (
    Agency,
    Membership,
    Partnership,
    PartnershipAgency,
    Person,
    Subgroup,
    SubgroupPerson,
)
from app.identity.passwords import hash_password
from app.tools import AgencyKind

SLUG = "thornmere"
PASSWORD = "seven quiet herons"  # noqa: S105 - printed by the demo; refused outside development
DANGER_ADVICE = (
    "If a child may be in danger now, stop and act outside this service: call 999, then Thornmere "
    "Front Door (the number on your agency's card), then your agency's safeguarding lead."
)

AGENCIES: tuple[tuple[str, str, AgencyKind, int], ...] = (
    ("care", "Thornmere Children's Services", AgencyKind.CHILDRENS_SOCIAL_CARE, 3),
    ("police", "Thornmere Police", AgencyKind.POLICE, 2),
    ("health", "Thornmere Integrated Care Board", AgencyKind.INTEGRATED_CARE_BOARD, 1),
    ("visiting", "Thornmere Community Nursing", AgencyKind.HEALTH_VISITING, 2),
    ("school", "Fernhollow School", AgencyKind.SCHOOL, 1),
    ("probation", "Thornmere Probation", AgencyKind.PROBATION, 1),
    ("refuge", "Lantern Domestic Abuse Service", AgencyKind.DOMESTIC_ABUSE_SERVICE, 1),
)
"""Short name, name, kind and number of auditors of each agency."""

SUBGROUPS = ("Quality and performance subgroup", "Learning and workforce subgroup")

_NAMES = (
    "Ada Brook", "Bram Calloway", "Cleo Dunmore", "Dev Ellery", "Esme Farrow", "Finn Garrick",
    "Gwen Harlow", "Hugo Ings", "Iris Jessop", "Jude Kestrel", "Kira Lowell", "Leon Marsden",
    "Mina Norcott", "Noah Orrell", "Orla Penrose", "Piers Quillan", "Quinn Rowley", "Rhea Selby",
    "Seth Tarrant", "Thea Upcott", "Umar Vickery", "Vera Winslade", "Wilf Yarrow", "Xena Ashby",
    "Yusuf Birch", "Zara Coombe", "Anya Derwent", "Boyd Eastlake", "Cora Fenwick", "Dane Gosling",
)  # fmt: skip


@dataclass
class Cast:
    """Everybody, by what they do."""

    partnership: Partnership
    agencies: dict[str, Agency] = field(default_factory=dict)
    auditors: dict[str, list[Person]] = field(default_factory=dict)
    agency_leads: dict[str, Person] = field(default_factory=dict)
    others: dict[str, Person] = field(default_factory=dict)
    """coordinator, administrator, lead, panel members, scrutineer, subgroup members, owner."""
    subgroups: list[Subgroup] = field(default_factory=list)
    accounts: list[tuple[str, str]] = field(default_factory=list)
    """A role in words and an e-mail address, in the order they are worth trying."""


class _Casting:
    """Lets people in one after the other."""

    def __init__(self, session: Session, partnership: Partnership) -> None:
        self.session = session
        self.partnership = partnership
        self.names = iter(_NAMES)
        self.hash = hash_password(PASSWORD)

    def person(self, role: Role, address: str, agency: Agency | None = None) -> Person:
        made = Person(
            name=next(self.names), email=f"{address}@{SLUG}.example", password_hash=self.hash
        )
        self.session.add(made)
        self.session.flush()
        self.session.add(
            Membership(
                person_id=key_of(made),
                partnership_id=key_of(self.partnership),
                agency_id=key_of(agency) if agency else None,
                role=role,
            )
        )
        return made

    def agency(self, name: str, kind: AgencyKind) -> Agency:
        made = Agency(name=name, kind=kind)
        self.session.add(made)
        self.session.flush()
        self.session.add(
            PartnershipAgency(partnership_id=key_of(self.partnership), agency_id=key_of(made))
        )
        return made


def people_of_the_demo(session: Session, clock: DemoClock) -> Cast:
    """Let everybody in, a year ago."""
    clock.days_ago(365)
    partnership = Partnership(
        slug=SLUG,
        name="Thornmere Safeguarding Children Partnership",
        danger_advice=DANGER_ADVICE,
    )
    session.add(partnership)
    session.flush()
    casting, cast = _Casting(session, partnership), Cast(partnership)
    _staff(casting, cast)
    _agencies(casting, cast)
    _panel(casting, cast)
    _subgroups(session, casting, cast)
    _owner(casting, cast)
    _newcomer(casting)
    session.flush()
    return cast


def _staff(casting: _Casting, cast: Cast) -> None:
    for short, role, words in (
        ("coordinator", Role.COORDINATOR, "Coordinator (business unit)"),
        ("scrutineer", Role.SCRUTINEER, "Scrutineer"),
        ("administrator", Role.SYSTEM_ADMINISTRATOR, "System administrator"),
    ):
        cast.others[short] = casting.person(role, short)
        cast.accounts.append((words, f"{short}@{SLUG}.example"))


def _agencies(casting: _Casting, cast: Cast) -> None:
    for short, name, kind, auditors in AGENCIES:
        agency = cast.agencies[short] = casting.agency(name, kind)
        lead = casting.person(Role.AGENCY_LEAD, f"{short}.lead", agency)
        cast.agency_leads[short] = lead
        cast.auditors[short] = [
            casting.person(Role.AUDITOR, f"{short}.auditor{number}", agency)
            for number in range(1, auditors + 1)
        ]
        cast.accounts.append((f"Agency lead, {name}", lead.email))
        cast.accounts.append((f"Auditor, {name}", cast.auditors[short][0].email))


def _owner(casting: _Casting, cast: Cast) -> None:
    owner = casting.person(Role.ACTION_OWNER, "owner", cast.agencies["care"])
    cast.others["owner"] = owner
    cast.accounts.append((f"Action owner, {cast.agencies['care'].name}", owner.email))


def _newcomer(casting: _Casting) -> None:
    """Give a role to somebody whom nobody has invited yet: the business unit's second person."""
    casting.person(Role.COORDINATOR, "coordinator2").password_hash = None


def _panel(casting: _Casting, cast: Cast) -> None:
    cast.others["lead"] = casting.person(Role.AUDITOR, "lead", cast.agencies["health"])
    cast.accounts.insert(1, ("Audit lead of every round", cast.others["lead"].email))
    for short in ("police", "visiting"):
        member = casting.person(Role.AUDITOR, f"{short}.panel", cast.agencies[short])
        cast.others[f"{short}.panel"] = member
        cast.accounts.append((f"Panel member, {cast.agencies[short].name}", member.email))


def _subgroups(session: Session, casting: _Casting, cast: Cast) -> None:
    for number, name in enumerate(SUBGROUPS, 1):
        subgroup = Subgroup(partnership_id=key_of(cast.partnership), name=name)
        session.add(subgroup)
        session.flush()
        member = casting.person(Role.SUBGROUP_MEMBER, f"subgroup{number}")
        session.add(SubgroupPerson(subgroup_id=key_of(subgroup), person_id=key_of(member)))
        cast.others[f"subgroup{number}"] = member
        cast.subgroups.append(subgroup)
        cast.accounts.append((f"Member of the {name}", member.email))
