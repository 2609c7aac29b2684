"""A round of the world of Wexcombe, stored directly: for tests of one step that need the earlier
ones done. `tests/journey` does the same through the pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sqlmodel import Session

from app.access import Role
from app.assignments.models import Assignment
from app.config import ROOT
from app.db import now
from app.identity.models import Agency, Person
from app.library.commands import pin_version
from app.library.numbers import numbers_of
from app.responses.models import Answer as AnswerRow
from app.responses.models import AnswerText, Response
from app.responses.rules import ResponseState
from app.responses.stored import words_of
from app.rounds.judgement import JudgementRule
from app.rounds.models import Round, RoundAgency, RoundPerson, RoundSubgroup, Strand
from app.rounds.retention import USUAL
from app.rounds.rules import Stage
from app.samples.models import Subject
from app.tools import Answer, QuestionSet, Tool, read_tools
from tests.factories import ident
from tests.world import World

DUE = date(2026, 10, 16)


@cache
def mash() -> Tool:
    """The MASH audit tool that ships."""
    return read_tools(ROOT / "audit_tools")["mash", 1]


@dataclass(frozen=True)
class Audit:
    """A MASH round led by the world's lead, with the police member on its panel."""

    round: Round
    strand: Strand
    tool: Tool

    @property
    def question_set(self) -> QuestionSet:
        return self.tool.question_set[self.strand.question_set]


def open_audit(
    session: Session, world: World, stage: Stage = Stage.OPEN, tool: Tool | None = None
) -> Audit:
    """Store a round on a tool (MASH) with the world's four agencies, lead, panel and subgroup."""
    tool = tool or mash()
    made = Round(
        partnership_id=ident(world.partnership),
        tool_version_id=pin_version(session, tool),
        title="MASH audit, autumn 2026",
        purpose="To learn whether referrals reach the right children in time.",
        stage=stage,
        returns_due=DUE,
        panel_due=DUE + timedelta(days=14),
        report_due=DUE + timedelta(days=42),
        judgement_rule=JudgementRule.PANEL,
        retention={kind.value: months for kind, months in USUAL.items()},
        created_at=now(session),
    )
    session.add(made)
    session.flush()
    first = tool.question_sets[0].id
    strand = Strand(round_id=ident(made), question_set=first, title="Referral forms")
    session.add(strand)
    for agency in (world.social_care, world.police, world.health, world.school):
        session.add(RoundAgency(round_id=ident(made), agency_id=ident(agency)))
    for who, role in ((world.lead, Role.LEAD), (world.panel_police, Role.PANEL_MEMBER)):
        session.add(RoundPerson(round_id=ident(made), person_id=ident(who), role=role))
    session.add(RoundSubgroup(round_id=ident(made), subgroup_id=ident(world.subgroup)))
    session.flush()
    return Audit(made, strand, tool)


def subject(session: Session, audit: Audit, label: str = "R-7F3K", position: int = 1) -> Subject:
    """Store a chosen subject."""
    made = Subject(
        strand_id=ident(audit.strand),
        label=label,
        position=position,
        state="chosen",
        stratum="section_17",
        re_referred=False,
    )
    session.add(made)
    session.flush()
    return made


def assign(
    session: Session, to: Subject, agency: Agency, auditor: Person | None, place: int = 1
) -> Assignment:
    """Give a subject to an agency and an auditor, or a second one."""
    made = Assignment(
        subject_id=ident(to),
        agency_id=ident(agency),
        place=place,
        auditor_id=ident(auditor) if auditor else None,
        given_at=now(session),
    )
    session.add(made)
    session.flush()
    return made


def respond(
    session: Session,
    audit: Audit,
    assignment: Assignment,
    answers: Mapping[str, Answer],
    state: ResponseState = ResponseState.SENT,
) -> Response:
    """Store a response to an assignment as if it had been typed, declared and sent."""
    moment = now(session)
    sent = state is ResponseState.SENT
    made = Response(
        assignment_id=ident(assignment),
        state=state,
        version=1,
        answered=len(answers),
        asked=len(answers),
        started_at=moment,
        saved_at=moment,
        sent_at=moment if sent else None,
        first_sent_at=moment if sent else None,
    )
    session.add(made)
    session.flush()
    numbers = numbers_of(session, audit.tool)
    for key, answer in answers.items():
        coded, code = numbers.encode(audit.question_set.question[key], answer)
        names = {"response_id": ident(made), "question_id": numbers.number[key]}
        session.add(AnswerRow(**names, state=coded, code=code, version=1))
        for part, text in words_of(answer).items():
            session.add(AnswerText(**names, part=part, text=text))
    session.flush()
    return made
