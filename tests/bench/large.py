"""Large rounds, stored as saving and sending leave them: written straight into their tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.access import Actor, Held, Role
from app.assignments.models import Assignment
from app.db import now
from app.identity.models import Agency
from app.identity.sign_ins import start_sign_in
from app.library.numbers import Numbers, numbers_of
from app.responses.models import Response
from app.responses.rules import ResponseState
from app.responses.saving_statements import PUT_ANSWER, PUT_TEXT
from app.responses.stored import words_of
from app.rounds.rules import Stage
from app.samples.models import Subject
from app.tools import AgencyKind, Answer, Coded, QuestionSet, Tool
from tests import factories as make
from tests.audit import Audit, open_audit
from tests.factories import ident
from tests.responses.answering import sensible
from tests.world import World

VARIANTS = 12
"""How many different ways of answering there are: enough that agencies differ."""


@dataclass(frozen=True)
class Large:
    """A round whose agencies have all sent, and the coordinator who looks at it."""

    audit: Audit
    coordinator: Actor
    cookie: str
    cells: int

    @property
    def address(self) -> str:
        """Where the round is."""
        return f"/wexcombe/rounds/{self.audit.round.ref}"


def agencies_of(session: Session, world: World, kinds: Sequence[AgencyKind]) -> list[Agency]:
    """Store one agency of each kind that is named, in order."""
    return [
        make.agency(session, world.partnership, f"Agency {place:03}", kind)
        for place, kind in enumerate(kinds, 1)
    ]


def large_round(
    session: Session, world: World, tool: Tool, cases: int, agencies: Sequence[Agency]
) -> Large:
    """Store a round in which each agency has answered every question about every case."""
    audit = open_audit(session, world, Stage.FINDINGS_AGREED, tool)
    subjects = [_subject(audit, number) for number in range(1, cases + 1)]
    session.add_all(subjects)
    session.flush()
    pairs = [(subject, agency) for subject in subjects for agency in agencies]
    given = [_assignment(session, *pair) for pair in pairs]
    session.add_all(given)
    session.flush()
    asked = sum(1 for _ in audit.question_set.questions)
    sent = [_sent(session, each, asked) for each in given]
    session.add_all(sent)
    session.flush()
    stored = _Variants(audit.question_set, numbers_of(session, tool))
    connection = session.connection()
    for number, (response, (_, agency)) in enumerate(zip(sent, pairs, strict=True)):
        coded, texts = stored.of(AgencyKind(agency.kind), number % VARIANTS)
        of = {"response": ident(response)}
        PUT_ANSWER.run_each(connection, [{**of, **row} for row in coded])
        PUT_TEXT.run_each(connection, [{**of, **row} for row in texts])
    coordinator = Actor(
        person_id=ident(world.coordinator),
        partnership_id=ident(world.partnership),
        name=world.coordinator.name,
        held=(Held(Role.COORDINATOR),),
    )
    cookie = start_sign_in(session, world.coordinator)
    return Large(audit, coordinator, cookie, cells=len(pairs) * asked)


def _subject(audit: Audit, number: int) -> Subject:
    return Subject(
        strand_id=ident(audit.strand),
        label=f"R-{number}",
        position=number,
        state="chosen",
        stratum="section_17",
        re_referred=False,
    )


def _assignment(session: Session, subject: Subject, agency: Agency) -> Assignment:
    return Assignment(
        subject_id=ident(subject), agency_id=ident(agency), auditor_id=None, given_at=now(session)
    )


def _sent(session: Session, given: Assignment, asked: int) -> Response:
    moment = now(session)
    return Response(
        assignment_id=ident(given),
        state=ResponseState.SENT,
        version=1,
        answered=asked,
        asked=asked,
        started_at=moment,
        saved_at=moment,
        sent_at=moment,
    )


Rows = Sequence[Mapping[str, object]]


class _Variants:
    """The rows of one response, for each kind of agency and each way of answering."""

    def __init__(self, question_set: QuestionSet, numbers: Numbers) -> None:
        self.question_set = question_set
        self.numbers = numbers
        self._made: dict[tuple[AgencyKind, int], tuple[Rows, Rows]] = {}

    def of(self, kind: AgencyKind, variant: int) -> tuple[Rows, Rows]:
        """Return the rows of answers and of their words, without the response."""
        known = self._made.get((kind, variant))
        if known is None:
            answers = varied(self.question_set, kind, variant)
            known = list(self._coded(answers)), list(self._worded(answers))
            self._made[kind, variant] = known
        return known

    def _coded(self, answers: Mapping[str, Answer]) -> Iterator[Mapping[str, object]]:
        for key, answer in answers.items():
            state, code = self.numbers.encode(self.question_set.question[key], answer)
            number = self.numbers.number[key]
            yield {"question": number, "state": state, "code": code, "version": 1}

    def _worded(self, answers: Mapping[str, Answer]) -> Iterator[Mapping[str, object]]:
        for key, answer in answers.items():
            for part, text in words_of(answer).items():
                yield {"question": self.numbers.number[key], "part": part, "text": text}


def varied(question_set: QuestionSet, kind: AgencyKind, variant: int) -> dict[str, Answer]:
    """Answer every question, every third of those with options in a way of its own."""
    answers = {place.question.id: sensible(place.question) for place in question_set.asked_of[kind]}
    for number, (key, answer) in enumerate(answers.items()):
        question = question_set.question[key]
        if isinstance(question, Coded) and number % 3 == 0:
            chosen = question.listed[(number + variant) % len(question.listed)].id
            answers[key] = Answer(answer.state, (chosen,), "", answer.reason)
    return answers
