"""A round of the demo, planned, and its sample drawn from a list that came in as a real file."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, select

from app.access import Actor
from app.db import Database, key_of, new_reference
from app.demo.actors import acting
from app.demo.clock import DemoClock
from app.demo.people import Cast
from app.demo.referrals import as_workbook, invented_referrals
from app.identity.models import Agency
from app.rounds.choices import choose_agencies, choose_people, choose_subgroups
from app.rounds.commands import create_round, move_round
from app.rounds.judgement import JudgementRule
from app.rounds.models import Round, Strand
from app.rounds.plans import (
    ChosenAgencies,
    ChosenContacts,
    ChosenPeople,
    ChosenRetention,
    ChosenRule,
    ChosenSubgroups,
    Move,
    NewRound,
)
from app.rounds.retention import USUAL
from app.rounds.rules import Stage
from app.rounds.taking_part import agency_leads
from app.rounds.terms import choose_contacts, choose_retention, choose_rule
from app.samples.canonical import digest
from app.samples.commands import exclude_row, import_list, keep_list
from app.samples.drawing import draw_sample, label_to_type, type_subject_in
from app.samples.forms import Confirmed, ImportOfList, LeftOut, TypedIn
from app.samples.frame import STRATA, Stratum
from app.samples.lists import ReadList
from app.samples.mapping import outcome_words, suggest, suggest_outcome
from app.samples.models import FrameRow
from app.samples.queries import Sampled, referrals_of
from app.samples.workbook import read_list
from app.tools import Tool

UNSURE = Stratum.EARLY_HELP
"""Where the invented list says "family help", which an area may use for either."""


@dataclass(frozen=True)
class Outline:
    """One round of the demo, with its days counted back from today."""

    title: str
    purpose: str
    lines_of_enquiry: str
    planned: int
    """Days ago."""
    drawn: int
    opened: int
    due_in: tuple[int, int, int]
    """Days from today until returns, panel and report are due; negative when past."""
    question_set: str
    agencies: tuple[str, ...]
    """Who takes part, by short name."""
    shared: int | None = None
    """How many of its subjects have an auditor; every one unless it says otherwise."""


@dataclass(frozen=True, kw_only=True)
class DrawnFrom(Outline):
    """A round whose subjects are drawn from a list."""

    rows: int
    places: tuple[int, int, int, int]
    """How many of each outcome: no further action, early help, section 17, section 47."""
    minimum: int
    seed: str


def plan_round(
    database: Database, clock: DemoClock, cast: Cast, tool: Tool, outline: Outline
) -> str:
    """Create a round with its people and take it to sampling; return its reference."""
    clock.days_ago(outline.planned)
    with database.writing() as session:
        coordinator = acting(session, cast, cast.others["coordinator"])
        returns, panel, report = (clock.today + timedelta(days=d) for d in outline.due_in)
        made = create_round(
            session,
            coordinator,
            tool,
            NewRound(
                ref=new_reference(),
                tool=f"{tool.slug}.{tool.version}",
                title=outline.title,
                question_sets=[outline.question_set],
                purpose=outline.purpose,
                lines_of_enquiry=outline.lines_of_enquiry,
                returns_due=returns,
                panel_due=panel,
                report_due=report,
            ),
        )
        _take_part(session, coordinator, cast, made, outline.agencies)
        for stage in (Stage.APPROVED, Stage.SAMPLING):
            move_round(session, coordinator, made, Move(version=made.version, to=stage))
    return made.ref


def _take_part(
    session: Session, coordinator: Actor, cast: Cast, made: Round, names: Sequence[str]
) -> None:
    agencies = [cast.agencies[name] for name in names]
    refs = [agency.ref for agency in agencies]
    chosen = ChosenAgencies(version=made.version, agencies=refs)
    choose_agencies(session, coordinator, made, chosen)
    panel = [cast.others[name].ref for name in ("police.panel", "visiting.panel")]
    people = ChosenPeople(version=made.version, lead=cast.others["lead"].ref, panel=panel)
    choose_people(session, coordinator, made, people)
    subgroups = [subgroup.ref for subgroup in cast.subgroups]
    receiving = ChosenSubgroups(version=made.version, subgroups=subgroups)
    choose_subgroups(session, coordinator, made, receiving)
    rule = ChosenRule(version=made.version, rule=JudgementRule.PANEL)
    choose_rule(session, coordinator, made, rule)
    usual = {kind.value: months for kind, months in USUAL.items()}
    choose_retention(session, coordinator, made, ChosenRetention(version=made.version, **usual))
    _contacts(session, coordinator, agencies, made)


def _contacts(
    session: Session, coordinator: Actor, agencies: Sequence[Agency], made: Round
) -> None:
    """Ask the first agency lead of each agency."""
    leads = agency_leads(session, made)
    asked = {each.ref: leads.get(each.id, [])[:1] for each in agencies}
    contacts = [who[0].person.ref if who else "" for who in asked.values()]
    chosen = ChosenContacts(version=made.version, agencies=list(asked), contacts=contacts)
    choose_contacts(session, coordinator, made, chosen)


def draw_the_sample(
    database: Database,
    clock: DemoClock,
    cast: Cast,
    round_ref: str,
    outline: DrawnFrom,
    say: Callable[[str], object],
) -> None:
    """Read the list in its limited process, import it, leave two rows out, and draw."""
    clock.days_ago(outline.drawn)
    day = clock.today - timedelta(days=outline.drawn)
    book = as_workbook(invented_referrals(day, outline.rows, seed=len(outline.title)))
    found = asyncio.run(read_list(book, "referrals.xlsx"))
    say(
        f"  read {len(found.rows)} referrals; dropped before anything was stored: "
        + ", ".join(column.heading for column in found.dropped)
    )
    with database.writing() as session:
        coordinator = acting(session, cast, cast.others["coordinator"])
        sampled = sampled_of(session, round_ref)
        waiting = keep_list(session, coordinator, sampled, found, "referrals.xlsx")
        frame = import_list(session, coordinator, sampled, waiting, _columns(found))
        rows = select(FrameRow).where(FrameRow.frame_id == key_of(frame))
        for row in session.exec(rows.order_by(FrameRow.reference)).all()[3:5]:
            reason = "The same family as another referral on the list"
            exclude_row(session, coordinator, sampled, row, LeftOut(reason=reason))
        wanted = dict(zip(STRATA, outline.places, strict=True))
        draw_sample(
            session,
            coordinator,
            sampled,
            Confirmed(
                **{stratum.value: places for stratum, places in wanted.items()},
                minimum=outline.minimum,
                reserves=2,
                seed=outline.seed,
                digest=digest(referrals_of(session, frame)),
            ),
            seed_made=False,
        )


def type_cases_in(
    database: Database, clock: DemoClock, cast: Cast, round_ref: str, outline: Outline, many: int
) -> None:
    """Add cases that the coordinator and the lead chose because of what they may teach."""
    clock.days_ago(outline.drawn)
    with database.writing() as session:
        coordinator = acting(session, cast, cast.others["coordinator"])
        for number in range(many):
            sampled = sampled_of(session, round_ref)
            given = TypedIn(label=label_to_type(session, sampled), reason=_CHOSEN[number % 3])
            type_subject_in(session, coordinator, sampled, given)


_CHOSEN = (
    "Chosen to hear of a child who was under five when the worry arose",
    "Chosen because several agencies worked with the family over a year",
    "Chosen because the worry came from what was seen and not from what was said",
)


def sampled_of(session: Session, round_ref: str) -> Sampled:
    """Return a round's only strand, as its sample's commands want it."""
    found = session.exec(select(Round).where(Round.ref == round_ref)).one()
    strand = session.exec(select(Strand).where(Strand.round_id == found.id)).one()
    return Sampled(found, strand)


def _columns(found: ReadList) -> ImportOfList:
    """Confirm what the page would suggest."""
    suggested = suggest(found.kept)
    column = next(each for each in found.kept if each.letter == suggested.outcome)
    stands_for = [suggest_outcome(word) or UNSURE for word in outcome_words(column)]
    return ImportOfList(
        reference=suggested.reference or "",
        outcome=column.letter,
        received=suggested.received or "",
        previous=suggested.previous or "",
        outcomes_of=column.letter,
        stands_for=stands_for,
    )
