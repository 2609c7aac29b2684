"""A round half-way through: one auditor's 256 open pages, each over a response of its own."""

from dataclasses import dataclass
from urllib.parse import urlencode

from sqlmodel import Session

from app.assignments.models import Assignment
from app.db import Database, new_reference
from app.db.readiness import migrate
from app.identity.sign_ins import digest_of, start_sign_in
from app.responses.models import Response
from app.responses.rules import ResponseState
from app.tools import AgencyKind, Answer, Coded
from app.web.guard import COOKIE, token_for
from tests.audit import Audit, assign, open_audit, respond, subject
from tests.factories import ident
from tests.responses.answering import complete
from tests.world import build_world

PAGES = 256
SECTION, WORDS, GRADE = "judgement", "worked_well", "grade_response"
GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
SECRET = "known to the benchmarks alone, and long enough"

# Numbers that stand out among a save's parameters, so that the reference can vary them.
FIRST_ASSIGNMENT, FIRST_RESPONSE, FIRST_VERSION = 40_000, 50_000, 600_000


@dataclass(frozen=True)
class OpenPage:
    """One open browser tab, and the keys of what it saves into."""

    assignment: int
    response: int
    ref: str
    page: str

    @property
    def address(self) -> str:
        """Where it saves."""
        return f"/wexcombe/assignments/{self.ref}/answers"


@dataclass(frozen=True)
class Seeded:
    """The open pages, and what every one of them sends unchanged."""

    pages: tuple[OpenPage, ...]
    cookie: str
    token: str
    unchanged: tuple[tuple[str, str], ...]
    """The fields of the section whose answers stay as they are."""

    def form(self, page: OpenPage, *changed: tuple[str, str]) -> str:
        """Return what a page posts: the whole section, as the script sends it."""
        own = (("token", self.token), ("page", page.page), ("base", str(FIRST_VERSION)))
        return urlencode([*own, ("section", SECTION), *self.unchanged, *changed])

    @property
    def headers(self) -> dict[str, str]:
        """What the browser and the page's script send with each save."""
        return {
            "Cookie": f"{COOKIE}={self.cookie}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Sec-Fetch-Site": "same-origin",
            "X-Casefile-Save": "1",
        }


def seed(url: str) -> Seeded:
    """Store the round in an empty database."""
    migrate(url)
    database = Database(url)
    with database.writing() as session:
        world = build_world(session)
        audit = open_audit(session, world)
        answers = complete(audit.question_set, AgencyKind.POLICE)
        _number_from(session, assign(session, subject(session, audit), world.health, world.nurse))
        pages = []
        for number in range(PAGES):
            chosen = subject(session, audit, f"R-{number}", number)
            given = assign(session, chosen, world.police, world.officer)
            response = respond(session, audit, given, answers, ResponseState.DRAFT)
            response.version = FIRST_VERSION
            pages.append(OpenPage(ident(given), ident(response), given.ref, new_reference()))
        cookie = start_sign_in(session, world.officer)
    database.close()
    token = token_for(SECRET, digest_of(cookie))
    return Seeded(tuple(pages), cookie, token, _unchanged(audit, answers))


def _number_from(session: Session, given: Assignment) -> None:
    """Begin the keys of assignments and responses high up: the next ones follow."""
    given.id = FIRST_ASSIGNMENT
    session.flush()
    begun = Response(id=FIRST_RESPONSE, assignment_id=FIRST_ASSIGNMENT, state=ResponseState.DRAFT)
    session.add(begun)
    session.flush()


def _unchanged(audit: Audit, answers: dict[str, Answer]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    section = next(s for s in audit.question_set.sections if s.id == SECTION)
    for question in section.questions:
        answer = answers.get(question.id, Answer())
        found.append(("asked", question.id))
        if question.reason != "none":
            found.append((f"{question.id}.reason", answer.reason))
        if question.id not in {WORDS, GRADE}:
            values = answer.chosen if isinstance(question, Coded) else (answer.text,)
            found += [(question.id, value) for value in values]
    return tuple(found)
