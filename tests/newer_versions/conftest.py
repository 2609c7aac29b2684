"""A round half answered on the first version of a tool of which a second is on file."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlmodel import Session

from app.attachments.models import Attachment, AttachmentContent
from app.comparisons.models import AgreedAnswer
from app.config import Environment, Settings
from app.db import Database, now
from app.library.numbers import numbers_of
from app.responses.models import NilReturn, Query, Response, SentVersion
from app.responses.rules import ResponseState
from app.responses.tallies import rebuild
from app.rounds.models import Strand
from app.rounds.rules import Stage
from app.samples.models import Subject
from app.tools import Answer, State, Tool
from tests.audit import Audit, assign, open_audit, respond, subject
from tests.factories import ident
from tests.newer_versions.tools import ALLOWED, growing
from tests.world import World


def chose(*options: str, reason: str = "") -> Answer:
    return Answer(State.ANSWERED, options, "", reason)


def said(text: str, reason: str = "") -> Answer:
    return Answer(State.ANSWERED, (), text, reason)


EVERYTHING = {
    "seen": chose("yes"),
    "seen_alone": chose("good", reason="Twice, alone."),
    "arrested": chose("nobody"),
    "fitting": chose("fits"),
    "told": chose("school", "parent"),
    "chaired": said("chaired-by-the-hub"),
    "plan_graded": chose("poor"),
    "why_not": said("no-evidence-then"),
    "days": said("3"),
    "view": said("our-agency-thinks"),
    "words": said("I was listened to", "From the record."),
}


@dataclass(frozen=True)
class Moving:
    """The round, its subjects and the responses by what state they are in."""

    audit: Audit
    second: Tool
    interviews: Strand
    case: Subject
    sent: Response
    draft: Response
    declared: Response
    returned: Response
    not_known: Response
    interview_sent: Response
    interview_draft: Response

    @property
    def at(self) -> str:
        return f"/wexcombe/rounds/{self.audit.round.ref}"

    @property
    def page(self) -> str:
        return f"{self.at}/newer-version"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "tools"


@pytest.fixture
def settings(tmp_path: Path, folder: Path) -> Settings:
    growing(folder)
    growing(folder, 2, ALLOWED)
    return Settings(
        environment=Environment.DEVELOPMENT,
        secret="x" * 8 + str(tmp_path),
        audit_tools=folder,
        _env_file=None,
    )


@pytest.fixture
def moving(database: Database, world: World, folder: Path) -> Moving:
    with database.writing() as session:
        return stage(session, world, growing(folder), growing(folder, 2, ALLOWED))


def stage(session: Session, world: World, first: Tool, second: Tool) -> Moving:
    audit = open_audit(session, world, Stage.MODERATION, first)
    interviews = Strand(round_id=ident(audit.round), question_set="interview", title="Interviews")
    session.add(interviews)
    session.flush()
    one, two = subject(session, audit, "C-1111", 1), subject(session, audit, "C-2222", 2)
    talk = Audit(audit.round, interviews, first)
    manager = subject(session, talk, "M-1111")
    numbers = numbers_of(session, first).number

    def give(about: Subject, who: str, of: Audit = audit, **more: object) -> Response:
        agency = getattr(world, who)
        auditor = {
            "social_care": world.social_worker, "police": world.officer, "health": world.nurse,
            "school": world.teacher,
        }[who]  # fmt: skip
        return respond(session, of, assign(session, about, agency, auditor), **more)  # type: ignore[arg-type]

    half = {k: EVERYTHING[k] for k in ("seen", "told", "chaired", "fitting", "view", "why_not")}
    half["arrested"] = chose("nobody")
    sent = give(one, "police", answers=EVERYTHING)
    draft = give(one, "social_care", answers=half, state=ResponseState.DRAFT)
    declared = give(one, "health", answers=EVERYTHING, state=ResponseState.WITH_AGENCY_LEAD)
    declared.declared_by, declared.declared_at = ident(world.nurse), now(session)
    returned = give(two, "police", answers=EVERYTHING, state=ResponseState.DRAFT)
    returned.returned_at = now(session)
    not_known = give(two, "social_care", answers={"seen": chose("no")})
    session.add(NilReturn(response_id=ident(not_known), searched="The case system"))
    interview_sent = give(manager, "social_care", talk, answers={"works": said("the-daily-call")})
    interview_draft = give(
        manager, "police", talk, answers={"works": said("half-a-thou")}, state=ResponseState.DRAFT
    )
    for each in (sent, returned, interview_sent):
        session.add(
            SentVersion(
                response_id=ident(each), number=1, sent_at=now(session), version=1,
                declared_by=ident(world.officer), signed_off_by=ident(world.police_lead),
                answers='{"chaired":{"state":"answered","text":"chaired-by-the-hub"}}',
            )
        )  # fmt: skip
    file = Attachment(
        assignment_id=draft.assignment_id, question_id=numbers["chaired"], name="Minutes.txt",
        ending="txt", size=1, digest="0" * 64, attached_by=ident(world.social_worker),
        attached_at=now(session),
    )  # fmt: skip
    session.add(file)
    session.flush()
    session.add(AttachmentContent(attachment_id=ident(file), content=b"M"))
    for key in ("chaired", "seen"):
        session.add(
            Query(
                response_id=ident(returned), number=1, question_id=numbers[key],
                words=f"Why so, for {key}?", person_id=ident(world.lead), at=now(session),
            )
        )  # fmt: skip
    for key in ("plan_graded", "seen"):
        question = audit.question_set.question[key]
        state, code = numbers_of(session, first).encode(question, EVERYTHING[key])
        session.add(
            AgreedAnswer(
                subject_id=ident(one), question_id=numbers[key], agreed=True, state=state,
                code=code, reason="The panel read the plan.", version=1, at=now(session),
                person_id=ident(world.lead),
            )
        )  # fmt: skip
    session.flush()
    for strand in (audit.strand, interviews):
        rebuild(session, strand)
    return Moving(
        audit, second, interviews, one, sent, draft, declared, returned, not_known,
        interview_sent, interview_draft,
    )  # fmt: skip
