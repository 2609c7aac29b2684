"""What the agencies of the demo did: subjects given out, answered, signed off and sent."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from random import Random

from sqlmodel import Session, col, select

from app.access import Action, Actor, scope
from app.assignments.commands import (
    able_auditors,
    give_subjects,
    keep_local_record,
    share_out_evenly,
)
from app.assignments.models import Assignment
from app.assignments.queries import CHOSEN, auditors_of, subjects_of_round
from app.attachments.checking import Checked
from app.attachments.commands import attach
from app.db import Database, key_of, new_reference
from app.demo.actors import acting
from app.demo.answers import Auditor, Referral
from app.demo.clock import DemoClock
from app.demo.people import Cast
from app.demo.planning import Outline
from app.demo.posting import as_posted
from app.identity.models import Person
from app.responses.answerers import who_answered
from app.responses.commands import declare_complete, hand_back, send_response
from app.responses.queries import Work, find_answering, find_work
from app.responses.saving import Save, save_answers
from app.rounds.commands import move_round
from app.rounds.models import Round
from app.rounds.plans import Move
from app.rounds.rules import Stage
from app.samples.models import FrameRow, Subject
from app.tools import AgencyKind, Tool

REFERRERS = (AgencyKind.SCHOOL, AgencyKind.POLICE, AgencyKind.HEALTH_VISITING)
DRAFT = 0.4
"""The share of its questions that a draft of the demo has answered."""
HANDED_BACK = "Look again at the entry of the day before: it says who rang whom."

BEFORE = timedelta(days=200)
"""How long before its round was planned a case that nobody drew began."""


class Far(Enum):
    """How far a response of the demo has come."""

    BEGUN = "begun"
    HANDED_BACK = "handed back"
    DECLARED = "declared"
    SENT = "sent"


@dataclass(frozen=True)
class Returned:
    """One agency's response to be made: who, what about, and how far it goes."""

    assignment: str
    agency: str
    auditor: Person
    referral: Referral
    seed: str
    far: Far
    days_ago: float
    file: Checked | None = None
    """What comes with it, beside the first answer that has a reason."""


def give_out(
    database: Database, clock: DemoClock, cast: Cast, round_ref: str, outline: Outline
) -> None:
    """Give every subject to every agency, share them among auditors, and open the round.

    Agencies leave the outline's last subjects for later: nobody audits those yet.
    """
    clock.days_ago(outline.opened)
    with database.writing() as session:
        coordinator = acting(session, cast, cast.others["coordinator"])
        found = session.exec(select(Round).where(Round.ref == round_ref)).one()
        subjects = [s for s in subjects_of_round(session, found) if s.state == CHOSEN]
        taking_part = {name: cast.agencies[name] for name in outline.agencies}
        agencies = list(taking_part.values())
        give_subjects(session, coordinator, found, subjects, agencies)
        move_round(session, coordinator, found, Move(version=found.version, to=Stage.OPEN))
        for name, agency in taking_part.items():
            lead = acting(session, cast, cast.agency_leads[name])
            mine = select(Assignment).where(
                Assignment.agency_id == key_of(agency),
                col(Assignment.subject_id).in_([s.id for s in subjects[: outline.shared]]),
            )
            auditors = able_auditors(session, found, auditors_of(session, found, [agency]))
            auditors = [a for a in auditors if not _sits_on_panel(cast, a.person_id)]
            share_out_evenly(session, lead, found, session.exec(mine).all(), auditors, who_answered)


def _sits_on_panel(cast: Cast, person_id: int) -> bool:
    return any(
        key_of(person) == person_id for name, person in cast.others.items() if "panel" in name
    )


def answer_and_send(
    database: Database,
    clock: DemoClock,
    cast: Cast,
    tool: Tool,
    returned: Sequence[Returned],
    say: Callable[[str], object],
) -> None:
    """Save each response as its auditor typed it; declare, sign off and send the complete ones."""
    for number, each in enumerate(returned, 1):
        clock.days_ago(each.days_ago)
        with database.writing() as session:
            auditor = acting(session, cast, each.auditor)
            _answer(session, auditor, tool, each)
            if each.file is not None:
                work = work_of(session, auditor, Action.RESPONSE_ANSWER, each.assignment)
                shows = next(a.question.id for a in work.filled.asked if a.answer.reason)
                attach(session, auditor, work, shows, each.file)
            if each.far is not Far.BEGUN:
                _pass_on(
                    session, auditor, acting(session, cast, cast.agency_leads[each.agency]), each
                )
        if number % 50 == 0 or number == len(returned):
            say(f"  {number} of {len(returned)} responses")


def _answer(session: Session, auditor: Actor, tool: Tool, each: Returned) -> None:
    names = {"assignment": each.assignment}
    place = find_answering(session, scope(auditor, Action.RESPONSE_ANSWER), names)
    if place is None:
        raise LookupError("the auditor has this assignment")
    question_set = tool.question_set[place.question_set]
    imagined = Auditor(AgencyKind(place.kind), each.referral, each.seed)
    answers = imagined.answer(question_set, DRAFT if each.far is Far.BEGUN else 1.0)
    posted = as_posted(question_set, answers)
    save_answers(session, auditor, place, Save(new_reference(), 1, 0, posted))


def _pass_on(session: Session, auditor: Actor, lead: Actor, each: Returned) -> None:
    """Declare a response; then, if it goes further, hand it back or send it."""
    work = work_of(session, auditor, Action.RESPONSE_ANSWER, each.assignment)
    declare_complete(session, auditor, work, work.version)
    if each.far is Far.DECLARED:
        return
    work = work_of(session, lead, Action.RESPONSE_SIGN_OFF, each.assignment)
    if each.far is Far.HANDED_BACK:
        hand_back(session, lead, work, work.version, HANDED_BACK)
    else:
        send_response(session, lead, work, work.version)


def work_of(session: Session, who: Actor, action: Action, assignment: str) -> Work:
    """Find a response as somebody of the demo reaches it, as it is stored by now."""
    session.flush()
    session.expire_all()
    work = find_work(session, scope(who, action), {"assignment": assignment})
    if work is None:
        raise LookupError(f"{who.name} reaches this assignment")
    return work


def number_files(
    database: Database, clock: DemoClock, cast: Cast, round_ref: str, days_ago: float
) -> None:
    """Have two agencies keep their own record number beside each subject."""
    clock.days_ago(days_ago)
    with database.writing() as session:
        found = session.exec(select(Round).where(Round.ref == round_ref)).one()
        subjects = [s.id for s in subjects_of_round(session, found)]
        for name in ("care", "police"):
            lead = acting(session, cast, cast.agency_leads[name])
            query = select(Assignment).where(
                Assignment.agency_id == key_of(cast.agencies[name]),
                col(Assignment.subject_id).in_(subjects),
            )
            for number, given in enumerate(session.exec(query).all(), 1):
                own = f"{name[0].upper()}-{4000 + 37 * number}"
                keep_local_record(session, lead, found, given, own)


def responses_to_make(
    database: Database,
    cast: Cast,
    round_ref: str,
    wanted: Callable[[int, str], tuple[Far, float] | None],
) -> list[Returned]:
    """List the responses to make, the earliest first.

    `wanted` says of a subject's place in the sample and an agency how far the response has come and
    how many days ago it was made, or None when it was not begun.
    """
    made = []
    with database.reading() as session:
        found = session.exec(select(Round).where(Round.ref == round_ref)).one()
        subjects = [s for s in subjects_of_round(session, found) if s.state == CHOSEN]
        people = {key_of(p): p for many in cast.auditors.values() for p in many}
        rows = _received(session, subjects)
        before = found.created_at.date() - BEFORE
        for place, subject in enumerate(subjects):
            for name, agency in cast.agencies.items():
                plan = wanted(place, name)
                query = select(Assignment).where(
                    Assignment.subject_id == subject.id, Assignment.agency_id == agency.id
                )
                given = session.exec(query).one_or_none()
                if plan is None or given is None or given.auditor_id is None:
                    continue
                seed = f"{subject.position} {name}"
                made.append(
                    Returned(
                        assignment=given.ref,
                        agency=name,
                        auditor=people[given.auditor_id],
                        referral=_referral(subject, rows.get(subject.frame_row_id or 0, before)),
                        seed=seed,
                        far=plan[0],
                        days_ago=plan[1],
                    )
                )
    return sorted(made, key=lambda each: -each.days_ago)


def _received(session: Session, subjects: Sequence[Subject]) -> Mapping[int, date]:
    rows = [subject.frame_row_id for subject in subjects]
    query = select(FrameRow).where(col(FrameRow.id).in_(rows))
    return {key_of(row): row.received for row in session.exec(query)}


def _referral(subject: Subject, received: date) -> Referral:
    chance = Random(zlib.crc32(f"quality {subject.position}".encode()))  # noqa: S311 - invented
    return Referral(
        outcome=subject.stratum,
        received=received,
        re_referred=bool(subject.re_referred),
        referrer=chance.choice(REFERRERS),
        quality=min(1.0, max(0.0, chance.betavariate(4, 3))),
    )
