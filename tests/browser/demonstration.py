"""The demo, seeded once and served, with what its pages need besides; somebody of every role."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text, update
from sqlmodel import Session, col, select

from app.access import Actor, Role
from app.actions.models import LearningAction
from app.assignments.models import Assignment
from app.attachments.models import Attachment, AttachmentContent
from app.config import ROOT
from app.db import Database, key_of
from app.db.clock import LONDON
from app.demo.actors import acting
from app.demo.clock import DemoClock
from app.demo.people import AGENCIES, SLUG, Cast
from app.demo.planning import plan_round, sampled_of
from app.demo.seeding import COMPARED, FIRST, SECOND
from app.exports.models import RequestedDocument
from app.exports.rules import DocumentState
from app.findings.models import Finding
from app.identity.links import make_link
from app.identity.models import Agency, Membership, Partnership, Person, Subgroup
from app.identity.sign_ins import start_sign_in
from app.library.models import QuestionNumber
from app.meetings.models import Meeting
from app.responses.models import Response
from app.responses.rules import ResponseState
from app.rounds.models import Round, RoundMove, Strand
from app.rounds.rules import Stage
from app.samples.choosing import suggested
from app.samples.commands import import_list, keep_list
from app.samples.forms import ImportOfList
from app.samples.models import FrameRow, Subject, UploadedList
from tests import factories as make
from tests.audit import mash
from tests.samples.sampling import good_list
from tests.serving import served

Refs = Mapping[str, str]
SECRET = "kept for these tests, and long enough"


@dataclass(frozen=True)
class Demonstration:
    """A served demo: where it is, how to be somebody in it, and the references of what it holds."""

    server: str
    database: Database
    refs: Refs

    def cookie_of(self, who: str) -> str:
        """Sign somebody in by the first part of their address, and return their cookie."""
        with self.database.writing() as session:
            return start_sign_in(session, person(session, who))


@contextmanager
def demonstration(folder: Path) -> Iterator[Demonstration]:
    """Seed and serve the demo until the block ends."""
    url = f"sqlite:///{folder}/demo.db"
    for command in ("migrate", "demo"):
        # In a process of its own, as an operator does it: Playwright keeps this one's event loop.
        subprocess.run(
            [sys.executable, "-c", "from app.cli import main; main()", command],
            cwd=ROOT,
            env={
                **os.environ,
                "CASEFILE_ENVIRONMENT": "development",
                "CASEFILE_DATABASE_URL": url,
            },
            stdout=subprocess.DEVNULL,
            check=True,
        )
    clock = DemoClock(datetime.now(UTC).astimezone(LONDON).date())
    database = Database(url, clock)
    third = a_round_being_sampled(database, clock)
    planned = a_round_being_planned(database, third)
    clock.at = datetime.now(UTC)
    with database.writing() as session:
        refs = {**a_person_of_two_places(session), **references(session, third)}
        refs["planned"] = planned
        refs["closed"] = a_closed_round(session, third)
        refs["attachment"] = a_file(session, refs["to_answer"])
    with served(url, CASEFILE_SECRET=SECRET) as server:
        with database.writing() as session:  # what is unfinished when it starts is given up
            refs |= documents(session, refs["first"])
        yield Demonstration(server.address, database, refs)
    database.close()


def person(session: Session, who: str) -> Person:
    return session.exec(select(Person).where(Person.email == f"{who}@{SLUG}.example")).one()


def a_round_being_sampled(database: Database, clock: DemoClock) -> str:
    """Add a round whose list is imported and not drawn from, while a second list waits."""
    with database.reading() as session:
        cast = Cast(session.exec(select(Partnership)).one())
        for each in session.exec(select(Person)):
            cast.others[each.email.partition("@")[0]] = each
        known = {agency.name: agency for agency in session.exec(select(Agency))}
        cast.agencies = {short: known[name] for short, name, *_ in AGENCIES}
        cast.subgroups = list(session.exec(select(Subgroup)))
    ref = plan_round(database, clock, cast, mash(), SECOND)
    found = good_list()
    with database.writing() as session:
        coordinator: Actor = acting(session, cast, cast.others["coordinator"])
        sampled = sampled_of(session, ref)
        waiting = keep_list(session, coordinator, sampled, found, "MASH referrals.xlsx")
        columns = ImportOfList(**suggested(found).model_dump())
        import_list(session, coordinator, sampled, waiting, columns)
        keep_list(session, coordinator, sampled, found, "MASH referrals, again.xlsx")
    return ref


def a_round_being_planned(database: Database, like: str) -> str:
    """Add a round in draft with nothing chosen but what it began with."""
    with database.writing() as session:
        other = session.exec(select(Round).where(Round.ref == like)).one()
        kept = ("partnership_id", "tool_version_id", "purpose", "created_at")
        days = ("returns_due", "panel_due", "report_due")
        values = {name: getattr(other, name) for name in (*kept, *days)}
        made = Round(title="MASH referrals, next spring", stage=Stage.DRAFT, **values)
        session.add(made)
        session.flush()
        session.add(Strand(round_id=key_of(made), question_set="referral-form", title="Forms"))
        return made.ref


def a_closed_round(session: Session, like: str) -> str:
    """Add a round that was closed long enough ago for some of it to be purged."""
    other = session.exec(select(Round).where(Round.ref == like)).one()
    values = other.model_dump(exclude={"id", "ref", "title", "stage"})
    made = Round(title="MASH referrals, two years ago", stage=Stage.CLOSED, **values)
    session.add(made)
    session.flush()
    coordinator = key_of(person(session, "coordinator"))
    closing = RoundMove(
        round_id=key_of(made),
        came_from=Stage.IMPACT_REVIEWED,
        went_to=Stage.CLOSED,
        at=datetime.now(UTC) - timedelta(days=400),
        person_id=coordinator,
    )
    session.add(closing)
    return made.ref


def a_person_of_two_places(session: Session) -> Refs:
    """Let the scrutineer into a second partnership, so that they choose one when they sign in."""
    elsewhere = make.partnership(session, "harrowmere", "Harrowmere")
    who = person(session, "scrutineer")
    make.membership(session, who, elsewhere, Role.SCRUTINEER)
    here = session.exec(select(Partnership).where(Partnership.slug == SLUG)).one()
    return {"code": make_link(session, person(session, "owner"), key_of(here)).code}


def references(session: Session, third: str) -> Refs:
    """Find something of each kind that an address names, in a state in which its page exists."""
    rounds = session.exec(select(Round).order_by(col(Round.id))).all()
    first = next(each for each in rounds if each.title == FIRST.title)
    second = next(each for each in rounds if each.title == SECOND.title and each.ref != third)
    third_round = next(each for each in rounds if each.ref == third)
    strands = {each.round_id: each for each in session.exec(select(Strand))}
    compared = subjects_of(session, strands[first.id or 0])
    chosen = subjects_of(session, strands[second.id or 0])
    auditor = person(session, "care.auditor1")
    one = {
        "row": FrameRow,
        "list": UploadedList,
        "subgroup": Subgroup,
        "agency": Agency,
    }
    held = session.exec(select(Membership).where(Membership.person_id == auditor.id)).one()
    newest = {
        name: str(session.exec(select(kind).order_by(col(kind.id).desc())).first().ref)  # type: ignore[attr-defined,union-attr]
        for name, kind in one.items()
    }
    meeting = select(Meeting.ref).where(Meeting.round_id == first.id).order_by(col(Meeting.id))
    sitting = select(Round.ref, Meeting.ref).join(Meeting, col(Meeting.round_id) == col(Round.id))
    in_session, open_meeting = session.exec(sitting.where(col(Meeting.ended_at).is_(None))).one()
    action = (
        select(LearningAction.ref)
        .join(Finding, col(Finding.id) == col(LearningAction.finding_id))
        .where(Finding.round_id == first.id)
        .order_by(col(LearningAction.id))
    )
    return {
        **newest,
        "meeting": str(session.exec(meeting).first()),
        "in_session": in_session,
        "open_meeting": open_meeting,
        "action": str(session.exec(action).first()),
        "first": first.ref,
        "first_strand": strands[first.id or 0].ref,
        "second": second.ref,
        "second_strand": strands[second.id or 0].ref,
        "third": third,
        "third_strand": strands[third_round.id or 0].ref,
        "compared": compared[0].ref,
        "next_compared": compared[COMPARED].ref,
        "subject": chosen[0].ref,
        "person": auditor.ref,
        "membership": held.ref,
        **findings(session, first),
        "to_answer": assignment(session, chosen, auditor, begun=False),
        "answered": assignment(session, compared, auditor, begun=True),
        "to_sign_off": waiting_for_sign_off(session, chosen),
    }


def a_file(session: Session, of: str) -> str:
    """Attach a file to an answer that is still to be given."""
    to = session.exec(select(Assignment).where(Assignment.ref == of)).one()
    content = b"The visit was on a Monday."
    asked = select(QuestionNumber.id).where(
        QuestionNumber.owner == "mash", QuestionNumber.key == "worked_well"
    )
    made = Attachment(
        assignment_id=key_of(to),
        question_id=session.exec(asked).one() or 0,
        name="Notes of the visit.txt",
        ending="txt",
        size=len(content),
        digest="",
        attached_by=key_of(person(session, "care.auditor1")),
        attached_at=datetime.now(UTC),
    )
    session.add(made)
    session.flush()
    session.add(AttachmentContent(attachment_id=key_of(made), content=content))
    return made.ref


def documents(session: Session, first: str) -> Refs:
    """Leave a document in each state, as the lead asked for it."""
    of = session.exec(select(Round).where(Round.ref == first)).one()
    made = {
        state: RequestedDocument(
            person_id=key_of(person(session, "lead")),
            round_id=key_of(of),
            kind="report",
            name="report",
            called="Full report",
            format="pdf",
            state=state,
            maker="",
            asked_at=datetime.now(UTC),
        )
        for state in DocumentState
    }
    session.add_all(made.values())
    return {state.value: row.ref for state, row in made.items()}


def findings(session: Session, of: Round) -> Refs:
    """Find a finding of a round in each state."""
    query = select(Finding.state, Finding.ref).where(Finding.round_id == of.id)
    return dict(session.exec(query.order_by(col(Finding.id).desc())).all())


def subjects_of(session: Session, strand: Strand) -> list[Subject]:
    query = select(Subject).where(Subject.strand_id == strand.id, Subject.state == "chosen")
    return list(session.exec(query.order_by(col(Subject.position))))


def assignment(session: Session, subjects: list[Subject], auditor: Person, *, begun: bool) -> str:
    """Find an assignment of an auditor's, begun or not."""
    query = (
        select(Assignment.ref)
        .outerjoin(Response, col(Response.assignment_id) == col(Assignment.id))
        .where(
            Assignment.auditor_id == auditor.id,
            col(Assignment.subject_id).in_([subject.id for subject in subjects]),
            col(Response.id).is_not(None) if begun else col(Response.id).is_(None),
        )
    )
    return session.exec(query).first() or ""


def waiting_for_sign_off(session: Session, subjects: list[Subject]) -> str:
    """Take a response of the police's back to the moment before it was sent."""
    police = select(Agency.id).where(Agency.kind == "police").scalar_subquery()
    query = (
        select(Assignment, Response)
        .join(Response, col(Response.assignment_id) == col(Assignment.id))
        .where(
            Assignment.agency_id == police,
            Response.state == ResponseState.SENT,
            col(Assignment.subject_id).in_([subject.id for subject in subjects]),
        )
    )
    found = session.exec(query).first()
    assert found is not None
    given, response = found
    before = {"state": ResponseState.WITH_AGENCY_LEAD, "sent_at": None}
    session.connection().execute(
        update(Response).where(col(Response.id) == response.id).values(**before)
    )
    session.connection().execute(
        text("UPDATE assignment SET sent_at = NULL WHERE id = :id"), {"id": given.id}
    )
    return given.ref
