"""The grounds on which every door is tried: rounds that look alike, side by side.

Rounds `a` and `b` are of Wexcombe, round `c` of its neighbour Harrowmere; Wexcombe's police audit
for both. In everything that only some may read stands a word that is nowhere else: a canary.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import text
from sqlmodel import Session, col, select

from app.access import Role
from app.db import now
from app.identity.models import (
    CalendarLink,
    Membership,
    Partnership,
    PartnershipAgency,
    Person,
)
from app.identity.sign_ins import digest_of
from app.rounds.models import LegalHold, RoundMove, RoundPerson
from app.rounds.rules import Stage
from tests import factories as make
from tests.audit import Audit, open_audit
from tests.factories import ident
from tests.world import World, build_world

AGENCIES = ("social_care", "police", "health", "school")


@dataclass(frozen=True)
class Canary:
    """A word that is in one place only, and what that place is."""

    what: str
    round: str
    agency: str = ""
    subject: int = 0

    @property
    def word(self) -> str:
        number = self.subject or ""
        return f"zq{self.what}{self.round}{self.agency.replace('_', '')}{number}qz"


@dataclass
class Grounds:
    """Everything that is there, by name."""

    world: World
    people: dict[str, Person]
    audits: dict[str, Audit] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=dict)
    """References by name: `assignment.a.police.1`."""
    canaries: list[Canary] = field(default_factory=list)
    columns: dict[str, dict[str, str | list[str]]] = field(default_factory=dict)
    """Of each round, the form that says which column of its waiting list is which."""

    def plant(self, what: str, round_: str, agency: str = "", subject: int = 0) -> str:
        """Make a canary and return its word."""
        made = Canary(what, round_, agency, subject)
        self.canaries.append(made)
        return made.word


def begin(session: Session) -> Grounds:
    """Store the partnerships, their people, and three rounds with nothing in them yet."""
    world = build_world(session)
    people = world.people | _more_people(session, world)
    made = Grounds(world, people)
    for name in "abc":
        made.audits[name] = _round(session, made, name)
    made.refs |= {f"person.{name}": who.ref for name, who in people.items()}
    made.refs |= {f"agency.{name}": getattr(world, name).ref for name in AGENCIES}
    made.refs |= {
        "subgroup.wexcombe": world.subgroup.ref,
        "subgroup.harrowmere": make.subgroup(session, world.elsewhere, "Harrowmere group").ref,
        "agency.harrowmere": make.agency(session, world.elsewhere, "Harrow School", "school").ref,
    }
    _link_calendars(session, people)
    for name in ("nurse", "two_hats", "coordinator_elsewhere"):
        made.refs[f"membership.{name}"] = _first_membership(session, people[name])
    return made


def _more_people(session: Session, world: World) -> dict[str, Person]:
    here, there, police = world.partnership, world.elsewhere, world.police
    session.add(PartnershipAgency(partnership_id=ident(there), agency_id=ident(police)))
    both = make.person(session, here, Role.COORDINATOR, name="Coordinates both")
    make.membership(session, both, there, Role.COORDINATOR)
    two_hats = make.person(session, here, Role.AGENCY_LEAD, world.health, "Health and lead of b")
    make.membership(session, two_hats, here, Role.AUDITOR, world.health)
    left = make.person(session, here, Role.AUDITOR, police, "Left last week")
    left.left_at = now(session)
    moved_on = make.person(session, here, Role.ACTION_OWNER, name="Audited for police once")
    sharer = make.person(session, here, Role.AUDITOR, police, "Answers one section")
    officer = make.person(session, there, Role.AUDITOR, police, "Officer there")
    police_lead = make.person(session, there, Role.AGENCY_LEAD, police, "Police lead there")
    return {
        "both": both,
        "two_hats": two_hats,
        "left": left,
        "moved_on": moved_on,
        "sharer": sharer,
        "officer_elsewhere": officer,
        "police_lead_elsewhere": police_lead,
    }


def _link_calendars(session: Session, people: Mapping[str, Person]) -> None:
    """Give everybody a link to their calendar in every partnership: `nurse.wexcombe`."""
    query = select(Membership.person_id, Partnership.id, Partnership.slug).distinct()
    held = session.exec(query.join(Partnership, col(Partnership.id) == Membership.partnership_id))
    names = {ident(who): name for name, who in people.items()}
    for person_id, partnership_id, slug in held.all():
        made = {"digest": digest_of(f"{names[person_id]}.{slug}"), "made_at": now(session)}
        session.add(CalendarLink(person_id=person_id, partnership_id=partnership_id, **made))


def _first_membership(session: Session, who: Person) -> str:
    query = text("SELECT ref FROM membership WHERE person_id = :who ORDER BY id")
    return str(session.connection().execute(query, {"who": ident(who)}).scalars().first())


def _round(session: Session, grounds: Grounds, name: str) -> Audit:
    world, people = grounds.world, grounds.people
    made = open_audit(session, world, Stage.SAMPLING)
    made.round.title = f"Round {name}"
    if name != "a":
        _clear(session, made, "round_person")
    if name == "b":
        lead = ident(people["two_hats"])
        session.add(RoundPerson(round_id=ident(made.round), person_id=lead, role=Role.LEAD))
    _close(session, made, people["coordinator"], grounds.plant("hold", name) if name == "b" else "")
    if name == "c":
        _move_to(session, made, world)
    session.flush()
    return made


def _close(session: Session, audit: Audit, by: Person, why_held: str) -> None:
    """Let it be closed three years ago, whatever its stage; a legal hold is on one."""
    ago, who = now(session) - timedelta(days=1100), ident(by)
    moved = {"came_from": Stage.IMPACT_REVIEWED, "went_to": Stage.CLOSED}
    session.add(RoundMove(round_id=ident(audit.round), at=ago, person_id=who, **moved))
    if why_held:
        held_by = {"reason": why_held, "placed_by": who, "placed_at": ago}
        session.add(LegalHold(round_id=ident(audit.round), **held_by))


def _clear(session: Session, audit: Audit, table: str) -> None:
    statement = text(f"DELETE FROM {table} WHERE round_id = :round")
    session.connection().execute(statement, {"round": ident(audit.round)})


def _move_to(session: Session, audit: Audit, world: World) -> None:
    """Make a round Harrowmere's, with the police alone."""
    audit.round.partnership_id = ident(world.elsewhere)
    _clear(session, audit, "round_subgroup")
    statement = text("DELETE FROM round_agency WHERE round_id = :round AND agency_id != :police")
    given = {"round": ident(audit.round), "police": ident(world.police)}
    session.connection().execute(statement, given)
