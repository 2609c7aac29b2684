"""What does not go the usual way in a round of the demo, so that a visitor sees each once.

A nil return, a response that came back with queries, a conflict of interest, two referrals that a
second auditor judges too, and files beside answers.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session, col, select

from app.access import Action
from app.assignments.commands import able_auditors, assign_auditor
from app.assignments.conflicts import declare_conflict
from app.assignments.models import Assignment
from app.assignments.queries import CHOSEN, auditors_of, subjects_of_round
from app.assignments.rules import Conflict
from app.assignments.second_auditors import draw_second_auditors
from app.attachments.checking import checked
from app.db import Database, key_of
from app.demo.actors import acting
from app.demo.clock import DemoClock
from app.demo.panel import round_of
from app.demo.people import Cast
from app.demo.work import Far, Returned, answer_and_send, work_of
from app.identity.models import Person
from app.responses.answerers import who_answered
from app.responses.commands import return_with_queries, send_response
from app.responses.forms import NilDeclared
from app.responses.nil_commands import declare_not_known
from app.samples.models import Subject
from app.tools import Tool

SEARCHED = (
    "The case system and the archive, by the reference's details as the business unit gave them, "
    "under every spelling of the family's name."
)
ASKED = "Your reason names the entry, and not what it says. What does it say about the child?"
EXTRACT = (
    "Extract of the chronology, dates and entries only\n\n"
    "Day 1   The form came in. The duty worker rang the referrer back.\n"
    "Day 2   Checks were asked for. The history was read and written up.\n"
    "Day 4   The child was seen at school, alone. What the child said is in the entry.\n"
    "Day 9   The decision was written to the referrer and to the family.\n"
)


def with_a_file(
    made: Sequence[Returned], agencies: Sequence[str], clock: DemoClock
) -> list[Returned]:
    """Let the first response of each of these agencies come with a file beside an answer."""
    file = asyncio.run(checked("Chronology, one page.txt", EXTRACT.encode(), clock.today))
    first = {next(each.assignment for each in made if each.agency == name) for name in agencies}
    return [replace(each, file=file) if each.assignment in first else each for each in made]


def go_other_ways(
    database: Database, clock: DemoClock, cast: Cast, tool: Tool, round_ref: str,
    made: Sequence[Returned],
) -> None:  # fmt: skip
    """Do in an open round what most responses never meet."""
    with database.reading() as session:
        found = round_of(session, round_ref)
        subjects = [s for s in subjects_of_round(session, found) if s.state == CHOSEN]
    _not_known(database, clock, cast, subjects[5])
    _conflict(database, clock, cast, subjects[6])
    _judged_twice(database, clock, cast, tool, round_ref, made)
    _queries(database, clock, cast, made)


def _not_known(database: Database, clock: DemoClock, cast: Cast, about: Subject) -> None:
    clock.days_ago(2.5)
    with database.writing() as session:
        given = _given(session, cast, about, "probation")
        auditor = acting(session, cast, session.get_one(Person, given.auditor_id))
        work = work_of(session, auditor, Action.RESPONSE_ANSWER, given.ref)
        declare_not_known(session, auditor, work, NilDeclared(version=0, searched=SEARCHED))
        lead = acting(session, cast, cast.agency_leads["probation"])
        work = work_of(session, lead, Action.RESPONSE_SIGN_OFF, given.ref)
        send_response(session, lead, work, work.version)


def _conflict(database: Database, clock: DemoClock, cast: Cast, about: Subject) -> None:
    clock.days_ago(2.2)
    with database.writing() as session:
        given = _given(session, cast, about, "visiting")
        auditor = acting(session, cast, session.get_one(Person, given.auditor_id))
        work = work_of(session, auditor, Action.RESPONSE_ANSWER, given.ref)
        declare_conflict(session, auditor, work.round, work.assignment, Conflict.WORKED)


def _judged_twice(
    database: Database, clock: DemoClock, cast: Cast, tool: Tool, round_ref: str,
    made: Sequence[Returned],
) -> None:  # fmt: skip
    """Have a second auditor of social care judge two referrals that the first has sent."""
    first = [each for each in made if each.agency == "care" and each.far is Far.SENT]
    clock.days_ago(2)
    with database.writing() as session:
        found = round_of(session, round_ref)
        about = _subjects(session, first)
        draw_second_auditors(
            session, acting(session, cast, cast.others["coordinator"]), found,
            [cast.agencies["care"]], share=0, labels={each.label for each in about},
        )  # fmt: skip
        second = session.exec(
            select(Assignment)
            .where(col(Assignment.subject_id).in_([s.id for s in about]), Assignment.place > 1)
            .order_by(col(Assignment.subject_id))
        ).all()
        lead = acting(session, cast, cast.agency_leads["care"])
        able = able_auditors(session, found, auditors_of(session, found, [cast.agencies["care"]]))
        busy = {key_of(each.auditor) for each in first}
        other = next(each for each in able if each.person_id not in busy)
        assign_auditor(session, lead, found, second, other, who_answered)
        refs = [each.ref for each in second]
        person = session.get_one(Person, other.person_id)
    pairs = zip(first, refs, strict=True)
    again = [
        replace(each, assignment=ref, auditor=person, seed=f"{each.seed}, again", days_ago=1.5)
        for each, ref in pairs
    ]
    answer_and_send(database, clock, cast, tool, again, lambda _: None)


def _queries(database: Database, clock: DemoClock, cast: Cast, made: Sequence[Returned]) -> None:
    """Let the lead of the round ask about two answers of one response of the police."""
    sent = next(each for each in made if each.agency == "police" and each.far is Far.SENT)
    clock.days_ago(1)
    with database.writing() as session:
        lead = acting(session, cast, cast.others["lead"])
        work = work_of(session, lead, Action.RESPONSE_QUERY, sent.assignment)
        reasoned = [each.question.id for each in work.filled.asked if each.answer.reason]
        asked = dict.fromkeys(reasoned[:2], ASKED)
        return_with_queries(session, lead, work, work.version, asked)


def _subjects(session: Session, made: Sequence[Returned]) -> list[Subject]:
    query = (
        select(Subject)
        .join(Assignment, col(Assignment.subject_id) == col(Subject.id))
        .where(col(Assignment.ref).in_([each.assignment for each in made]))
        .order_by(col(Subject.id))
    )
    return list(session.exec(query))


def _given(session: Session, cast: Cast, about: Subject, agency: str) -> Assignment:
    query = select(Assignment).where(
        Assignment.subject_id == about.id, Assignment.agency_id == cast.agencies[agency].id
    )
    return session.exec(query).one()
