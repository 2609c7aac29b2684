"""Starting a round from an earlier one: what comes along, and what is left behind and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.access import Actor
from app.events import Happened
from app.identity.models import Agency, Subgroup
from app.rounds.choices import choose_agencies, choose_people, choose_subgroups
from app.rounds.commands import create_round, note
from app.rounds.due import NAMES
from app.rounds.judgement import JudgementRule
from app.rounds.models import Round
from app.rounds.plans import (
    ChosenAgencies,
    ChosenContacts,
    ChosenPeople,
    ChosenPriorities,
    ChosenRetention,
    ChosenRule,
    ChosenSubgroups,
    CopiedRound,
    NewRound,
    ProtectionNotes,
)
from app.rounds.queries import strands_of
from app.rounds.rules import may_lead, may_sit
from app.rounds.taking_part import (
    Member,
    agencies_to_choose,
    contacts_of,
    party_of,
    subgroups_to_choose,
)
from app.rounds.terms import (
    choose_contacts,
    choose_priorities,
    choose_retention,
    choose_rule,
    write_notes,
)
from app.tools import Tool
from app.web.filters import listed, plural


@dataclass(frozen=True)
class Copying:
    """What of an earlier round a new one would begin with."""

    round: Round
    tool: Tool
    question_sets: Sequence[str]
    agencies: Sequence[Agency]
    contacts: dict[str, str]
    """By the agency's reference, the reference of whom to ask."""
    lead: Member | None
    panel: Sequence[Member]
    subgroups: Sequence[Subgroup]
    priorities: Sequence[str]
    left_behind: Sequence[str]
    """What does not come along, in sentences."""

    @property
    def comes_along(self) -> list[str]:
        """What comes along, in a few words each."""
        told = {
            "Purpose and key lines of enquiry": True,
            f"Strands: {listed(self._titles)}": self.question_sets,
            f"Agencies: {listed([each.name for each in self.agencies])}": self.agencies,
            plural(len(self.contacts), "lead contact"): self.contacts,
            f"Lead: {self.lead.name if self.lead else ''}": self.lead,
            f"Panel: {listed([who.name for who in self.panel])}": self.panel,
            f"Subgroups: {listed([each.name for each in self.subgroups])}": self.subgroups,
            plural(len(self.priorities), "priority", "priorities"): self.priorities,
            "Judgement rule": self.round.judgement_rule,
            "Retention": self.round.retention,
            "Data-protection notes": self.round.dpia or self.round.lawful_basis,
        }
        return [words for words, there in told.items() if there]

    @property
    def _titles(self) -> list[str]:
        return [self.tool.question_set[name].title for name in self.question_sets]


def copying_of(session: Session, other: Round, tool: Tool) -> Copying:
    """Look at what of an earlier round can come along onto a version of its tool."""
    party, strands = party_of(session, other), strands_of(session, other)
    here = {each.ref for each in agencies_to_choose(session, other.partnership_id)}
    agencies = [each for each in party.agencies if each.ref in here]
    keys = {each.id for each in agencies}
    sit = [p for p in party.panel if not p.left and may_sit(p.roles)]
    panel = [p for p in sit if not keys.isdisjoint(p.agencies)]
    lead = party.lead if party.lead and not party.lead.left and may_lead(party.lead.roles) else None
    groups = {each.ref for each in subgroups_to_choose(session, other.partnership_id)}
    kept = [each for each in strands if each.question_set in tool.question_set]
    gone = [each.name for each in party.agencies if each.ref not in here]
    people = [p for p in (party.lead, *party.panel) if p and p is not lead and p not in panel]
    return Copying(
        round=other,
        tool=tool,
        question_sets=[each.question_set for each in kept],
        agencies=agencies,
        contacts={a: who.ref for a, who in contacts_of(session, other).items() if a in here},
        lead=lead,
        panel=panel,
        subgroups=[each for each in party.subgroups if each.ref in groups],
        priorities=[theme for theme in other.priorities if theme in tool.theme],
        left_behind=[
            f"The dates ({listed(list(NAMES.values()))}): give new ones below.",
            "The list, the sample, and everything that was answered, agreed or found.",
            *(f"{each.title}: version {tool.version} has no such question set."
              for each in strands if each not in kept),
            *(f"{name}: no longer an agency of this partnership." for name in gone),
            *(f"{who.name}: has left, or can no longer take that part." for who in people),
        ],
    )  # fmt: skip


def copy_round(session: Session, actor: Actor, of: Copying, given: CopiedRound) -> Round:
    """Create a round in draft from an earlier one; the same form sent again finds it."""
    other, tool = of.round, of.tool
    new = NewRound(
        tool=f"{tool.slug}.{tool.version}",
        purpose=other.purpose,
        lines_of_enquiry=other.lines_of_enquiry,
        question_sets=list(of.question_sets),
        **given.model_dump(),
    )
    made = create_round(session, actor, tool, new)
    if made.version > 1:
        return made
    note(session, actor, made, Happened.ROUND_CHANGED, changed=["copied"], copied_from=other.ref)
    _who_takes_part(session, actor, of, made)
    _what_is_agreed_to(session, actor, of, made)
    return made


def _who_takes_part(session: Session, actor: Actor, of: Copying, made: Round) -> None:
    agencies = [each.ref for each in of.agencies]
    chosen = ChosenAgencies(version=made.version, agencies=agencies)
    choose_agencies(session, actor, made, chosen)
    panel = [who.ref for who in of.panel]
    lead = of.lead.ref if of.lead else ""
    people = ChosenPeople(version=made.version, lead=lead, panel=panel)
    choose_people(session, actor, made, people)
    contacts = [of.contacts.get(ref, "") for ref in agencies]
    asked = ChosenContacts(version=made.version, agencies=agencies, contacts=contacts)
    choose_contacts(session, actor, made, asked)
    subgroups = [each.ref for each in of.subgroups]
    receiving = ChosenSubgroups(version=made.version, subgroups=subgroups)
    choose_subgroups(session, actor, made, receiving)


def _what_is_agreed_to(session: Session, actor: Actor, of: Copying, made: Round) -> None:
    other = of.round
    if other.judgement_rule:
        rule, words = JudgementRule(other.judgement_rule), other.judgement_words
        choose_rule(session, actor, made, ChosenRule(version=made.version, rule=rule, words=words))
    priorities = ChosenPriorities(version=made.version, priorities=list(of.priorities))
    choose_priorities(session, actor, made, of.tool, priorities)
    if other.retention:
        kept = ChosenRetention(version=made.version, **other.retention)
        choose_retention(session, actor, made, kept)
    notes = ProtectionNotes(version=made.version, dpia=other.dpia, lawful_basis=other.lawful_basis)
    write_notes(session, actor, made, notes)
