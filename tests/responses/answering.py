"""Answering as an auditor does, for the tests of this step and the later ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from httpx import Response
from sqlmodel import select

from app.assignments.models import Assignment
from app.db import Database
from app.identity.models import Agency, Person
from app.library.numbers import numbers_of
from app.responses.models import Response as ResponseRow
from app.responses.rules import ResponseState
from app.responses.stored import answers_of
from app.rounds.rules import Stage
from app.tools import AgencyKind, Answer, Question, QuestionSet, State, Tool, fill
from tests.audit import Audit, assign, open_audit, respond, subject
from tests.browsing import Visitor
from tests.world import World

SAVE = {"X-Casefile-Save": "1"}


@dataclass(frozen=True)
class Given:
    """A referral given to an agency, and the auditor who answers for it."""

    audit: Audit
    assignment: Assignment
    auditor: Person

    @property
    def at(self) -> str:
        return f"/wexcombe/assignments/{self.assignment.ref}"


def given(
    database: Database,
    world: World,
    stage: Stage = Stage.OPEN,
    agency: Agency | None = None,
    auditor: Person | None = None,
    tool: Tool | None = None,
) -> Given:
    """Give one referral to the police, or to another agency."""
    auditor = auditor or world.officer
    with database.writing() as session:
        audit = open_audit(session, world, stage, tool)
        chosen = subject(session, audit)
        return Given(audit, assign(session, chosen, agency or world.police, auditor), auditor)


def answered(
    database: Database, of: Given, state: ResponseState = ResponseState.DRAFT, **more: Answer
) -> ResponseRow:
    """Store answers to every question asked of the police, as if they had been typed."""
    answers = complete(of.audit.question_set, AgencyKind.POLICE) | more
    with database.writing() as session:
        return respond(session, of.audit, of.assignment, answers, state)


def complete(question_set: QuestionSet, kind: AgencyKind) -> dict[str, Answer]:
    """Answer whatever is asked until nothing more is wanted."""
    answers: dict[str, Answer] = {}
    while wanted := fill(question_set, kind, answers).wanted:
        answers |= {each.question.id: sensible(each.question) for each in wanted}
    return answers


def sensible(question: Question) -> Answer:
    """A plain answer to any question: the first of a list, or some words."""
    reason = "Seen in the record" if question.reason != "none" else ""
    if question.steers:
        return Answer(State.ANSWERED, (question.listed[0].id,), reason=reason)  # type: ignore[union-attr]
    text = {"date": "2026-03-03", "short_text": "A line", "long_text": "Some words"}
    return Answer(State.ANSWERED, (), text.get(question.kind, "3"), reason)


def words_asked(of: Given) -> str:
    """The id of a question that everybody is asked and answers in words, in the last section."""
    places = of.audit.question_set.asked_of[AgencyKind.POLICE]
    kinds = [(p.section.id, p.question.kind, p.question.when) for p in places]
    return places[kinds.index(("judgement", "long_text", None))].question.id


@dataclass
class Tab:
    """One open page of a section, as its script keeps it."""

    who: Visitor
    at: str
    page: str
    base: str
    sequence: int = 0

    def save(
        self, answers: Mapping[str, str | list[str]] | None = None, *, sequence: int | None = None
    ) -> Response:
        """Save answers the way the script does; a question is on the page when it is named."""
        self.sequence = self.sequence + 1 if sequence is None else sequence
        fields = {"page": self.page, "base": self.base, "sequence": str(self.sequence)}
        names = [name for name in answers or {} if name != "part"]
        asked = list(dict.fromkeys(name.partition(".")[0] for name in names))
        given = {name: value for name, value in (answers or {}).items() if value != []}
        self.who.extra = SAVE
        try:
            return self.who.post(f"{self.at}/answers", {**fields, "asked": asked, **given})
        finally:
            self.who.extra = {}


def open_tab(who: Visitor, at: str, section: str = "about") -> Tab:
    """Open a section's page."""
    page = who.page(f"{at}/sections/{section}")
    hidden = {str(i["name"]): str(i.get("value", "")) for i in page.select("main [type=hidden]")}
    return Tab(who, at, hidden["page"], hidden["base"])


def stored(database: Database, of: Given) -> dict[str, Answer]:
    """Read the answers as they are stored."""
    with database.reading() as session:
        query = select(ResponseRow.id).where(ResponseRow.assignment_id == of.assignment.id)
        response = session.exec(query).one_or_none()
        if response is None:
            return {}
        numbers = numbers_of(session, of.audit.tool)
        found = answers_of(session, of.audit.question_set, numbers, [response])[response]
        return {key: answer for key, answer in found.items() if answer != Answer()}
