"""A round's plan as a list of what is settled and what is still to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from app.rounds.judgement import JudgementRule
from app.rounds.models import Round, Strand
from app.rounds.readiness import days_of
from app.rounds.retention import Kept, in_words
from app.rounds.rules import Doing, Stage, allows
from app.rounds.taking_part import Party
from app.rounds.working_days import spans, warnings
from app.tools import Tool
from app.web.filters import day, listed, plural


class State(Enum):
    """How far one part of the plan is; its words, and the colour of its tag."""

    DONE = ("Done", "")
    NOT_STARTED = ("Not started", "blue")
    OPTIONAL = ("Optional", "grey")
    LATER = ("Choose agencies first", "")
    MEND = ("Needs another look", "yellow")


class Part(NamedTuple):
    """One part of the plan, with its own short page below the round's address."""

    title: str
    where: str
    state: State
    told: str
    """What was chosen, in short, or what to look at."""
    open: bool
    """Whether the round's stage lets it be changed."""


@dataclass(frozen=True)
class Planned:
    """What is known of a round while it is planned."""

    round: Round
    tool: Tool
    strands: Sequence[Strand]
    party: Party
    contacts: Sequence[str]
    """The agencies in which somebody was chosen to ask, and is still there."""
    today: date


def plan_parts(of: Planned) -> list[tuple[str, list[Part]]]:
    """List the parts of a plan under their headings, in the order in which they are settled."""
    return [
        ("What it is about", [_purpose(of), _version(of), _strands(of), _priorities(of)]),
        ("Who takes part", [_agencies(of), _contacts(of), _people(of), _subgroups(of)]),
        ("When", [_dates(of)]),
        ("How judgements are made, and what is kept", [_rule(of), _retention(of), _notes(of)]),
    ]


def progress(parts: Sequence[tuple[str, Sequence[Part]]]) -> tuple[int, int]:
    """Count the parts that are done, and those that must be before the round is approved."""
    needed = [part for _, each in parts for part in each if part.state is not State.OPTIONAL]
    wanted = [part for part in needed if part.where not in _OPTIONAL]
    return sum(part.state is State.DONE for part in wanted), len(wanted)


_OPTIONAL = {"/priorities", "/contacts", "/subgroups", "/data-protection"}


def _part(of: Planned, title: str, where: str, doing: Doing, state: State, told: str = "") -> Part:
    return Part(title, where, state, told, allows(of.round.stage, doing))


def _chosen(chosen: object, *, optional: bool = False) -> State:
    if chosen:
        return State.DONE
    return State.OPTIONAL if optional else State.NOT_STARTED


def _purpose(of: Planned) -> Part:
    title = "Purpose and key lines of enquiry"
    lines = [line for line in of.round.lines_of_enquiry.splitlines() if line.strip()]
    told = plural(len(lines), "key line of enquiry", "key lines of enquiry") if lines else ""
    return _part(of, title, "/plan", Doing.PLAN, State.DONE, told)


def _version(of: Planned) -> Part:
    told = f"{of.tool.title}, version {of.tool.version}"
    return _part(of, "Tool version", "/tool-version", Doing.STRANDS, State.DONE, told)


def _strands(of: Planned) -> Part:
    told = listed([each.title for each in of.strands])
    return _part(of, "Strands", "/strands", Doing.STRANDS, _chosen(of.strands), told)


def _priorities(of: Planned) -> Part:
    chosen = [of.tool.theme[key].title for key in of.round.priorities if key in of.tool.theme]
    state = _chosen(chosen, optional=True)
    return _part(of, "Priorities", "/priorities", Doing.SET_RULE, state, listed(chosen))


def _agencies(of: Planned) -> Part:
    many = len(of.party.agencies)
    told = plural(many, "agency", "agencies") if many else ""
    state = State.MEND if many == 1 else _chosen(many)
    told = f"{told}: at least two must take part" if many == 1 else told
    return _part(of, "Agencies", "/agencies", Doing.ADD_AGENCY, state, told)


def _contacts(of: Planned) -> Part:
    many, chosen = len(of.party.agencies), len(of.contacts)
    state = State.LATER if not many else _chosen(chosen == many, optional=True)
    told = f"Chosen in {chosen} of {plural(many, 'agency', 'agencies')}" if chosen else ""
    part = _part(of, "Lead contacts", "/contacts", Doing.STAFF, state, told)
    return part._replace(open=part.open and bool(many))


def _people(of: Planned) -> Part:
    party = of.party
    left = [who.name for who in (party.lead, *party.panel) if who is not None and who.left]
    if left:
        state, told = State.MEND, f"{listed(left)} left"
    elif not party.agencies and party.lead is None:
        state, told = State.LATER, ""
    else:
        state = _chosen(party.lead is not None and party.panel)
        leads = [f"{party.lead.name} leads"] if party.lead else []
        sit = [plural(len(party.panel), "panel member")] if party.panel else []
        told = ", ".join(leads + sit)
    part = _part(of, "Lead and panel", "/people", Doing.STAFF, state, told)
    return part._replace(open=part.open and state is not State.LATER)


def _subgroups(of: Planned) -> Part:
    told = listed([each.name for each in of.party.subgroups])
    state = _chosen(told, optional=True)
    return _part(of, "Subgroups", "/subgroups", Doing.PLAN, state, told)


def _dates(of: Planned) -> Part:
    days = days_of(of.round)
    began = Stage(of.round.stage) not in BEFORE_OPEN
    odd = [] if began else warnings(days, of.today)
    state = State.MEND if not began and days.returns_due < of.today else State.DONE
    told = [f"Returns due {day(days.returns_due)}.", *([] if began else spans(days, of.today)[:1])]
    return _part(of, "Dates", "/dates", Doing.STAFF, state, " ".join([*told, *odd]))


BEFORE_OPEN = frozenset({Stage.DRAFT, Stage.APPROVED, Stage.SAMPLING})


def _rule(of: Planned) -> Part:
    rule = of.round.judgement_rule
    own = rule == JudgementRule.OWN
    told = "In your own words" if own else JudgementRule(rule).words if rule else ""
    return _part(of, "Judgement rule", "/judgement-rule", Doing.SET_RULE, _chosen(rule), told)


def _retention(of: Planned) -> Part:
    chosen = of.round.retention
    months = chosen.get(Kept.ANSWERS.value, 0)
    told = f"Answers and reasons: {in_words(months)}{' after closing' * bool(months)}"
    state = _chosen(chosen)
    return _part(of, "Retention", "/retention", Doing.KEEP, state, told if chosen else "")


def _notes(of: Planned) -> Part:
    state = _chosen(of.round.dpia or of.round.lawful_basis, optional=True)
    told = of.round.dpia
    return _part(of, "Data-protection notes", "/data-protection", Doing.KEEP, state, told)
