"""A closed round with something in every class of data, each word of it to be found again."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import inspect, text
from sqlmodel import Session, select

from app.access import Actor, Held, Role
from app.assignments.models import LocalRecord, SharedSection
from app.attachments.models import Attachment, AttachmentContent
from app.comparisons.models import AgreedAnswer
from app.db import Database, now
from app.events import Happened
from app.exports.models import RequestedDocument
from app.findings.models import Finding
from app.identity.models import Person
from app.library.models import QuestionNumber
from app.responses.models import (
    AnswerChange,
    AnswerText,
    NilReturn,
    Query,
    SavedPage,
    SentVersion,
    Tally,
)
from app.retention.classes import let_go
from app.rounds.commands import note
from app.rounds.models import Purge, Round, RoundMove
from app.rounds.retention import Kept
from app.rounds.rules import Stage
from app.samples.models import Frame, FrameRow, UploadedList
from app.tools import Answer, State
from tests.audit import Audit, assign, open_audit, respond, subject
from tests.factories import ident
from tests.world import World

GOES = (
    "zqrowqz",
    "zquploadqz",
    "zqexcludedqz",
    "zqlocalqz",
    "zqsectionqz",
    "zqfileqz",
    "zqbytesqz",
    "zqreasonqz",
    "zqbeforeqz",
    "zqsentqz",
    "zqqueryqz",
    "zqsearchedqz",
    "zqnilqz",
    "zqbackqz",
    "zqreplacedqz",
    "zqagreedqz",
    "zqwhyqz",
    "zqtrailqz",
    "zqmoveqz",
    "zqdocumentqz",
)
"""A word in each place that is purged."""
STAYS = ("zqfindingqz", "zqpurposeqz")
"""And in places that are not."""


@dataclass(frozen=True)
class Closed:
    audit: Audit
    other: Audit
    """A round beside it, of which nothing may go."""

    @property
    def at(self) -> str:
        return f"/wexcombe/rounds/{self.audit.round.ref}"


def closed_round(session: Session, world: World, *, days_ago: int = 3000) -> Closed:
    """Store two closed rounds, each with something of every class."""
    return Closed(_closed(session, world, "", days_ago), _closed(session, world, "other", days_ago))


def _closed(session: Session, world: World, mark: str, days_ago: int) -> Audit:
    audit = open_audit(session, world, Stage.CLOSED)
    audit.round.purpose = "zqpurposeqz" + mark
    by, at = ident(world.coordinator), now(session) - timedelta(days=days_ago)
    _listed(session, audit, by, mark)
    one = subject(session, audit)
    one.reason = "zqreplacedqz" + mark
    one.frame_row_id = session.exec(select(FrameRow.id).order_by(FrameRow.id.desc())).first()  # type: ignore[union-attr]
    _answered(session, world, audit, mark, one)
    session.add(
        Finding(
            round_id=ident(audit.round),
            kind="strength",
            state="agreed",
            title="zqfindingqz" + mark,
            words="",
            themes=[],
            written_by=by,
            written_at=at,
        )
    )
    session.add(
        RequestedDocument(
            person_id=by,
            round_id=ident(audit.round),
            kind="report",
            name="report",
            called="Full report",
            format="pdf",
            state="ready",
            maker="",
            asked_at=now(session),
            content=b"zqdocumentqz" + mark.encode(),
        )
    )
    moved = {"came_from": Stage.IMPACT_REVIEWED, "went_to": Stage.CLOSED}
    reason = "zqmoveqz" + mark
    session.add(RoundMove(round_id=ident(audit.round), at=at, person_id=by, reason=reason, **moved))
    actor = Actor(by, ident(world.partnership), "C", held=(Held(Role.COORDINATOR),))
    note(session, actor, audit.round, Happened.ROUND_CHANGED, told="zqtrailqz" + mark)
    session.flush()
    return audit


def _listed(session: Session, audit: Audit, by: int, mark: str) -> None:
    at, strand = now(session), ident(audit.strand)
    frame = Frame(
        strand_id=strand,
        file_name="list.csv",
        window_months=5,
        dropped=[],
        person_id=by,
        imported_at=at,
    )
    session.add(frame)
    session.flush()
    session.add(
        FrameRow(
            frame_id=ident(frame),
            reference="zqrowqz" + mark,
            outcome="section_17",
            received=at.date(),
            re_referred=False,
            excluded="zqexcludedqz" + mark,
        )
    )
    session.add(
        UploadedList(
            strand_id=strand,
            file_name="zquploadqz" + mark,
            content={},
            person_id=by,
            read_at=at,
        )
    )
    session.flush()


def _answered(session: Session, world: World, audit: Audit, mark: str, one: object) -> None:
    given = assign(session, one, world.police, world.officer)  # type: ignore[arg-type]
    response = respond(session, audit, given, {"form_worry": Answer(State.ANSWERED, ("good",))})
    response.handed_back_words = "zqbackqz" + mark
    question = session.exec(
        select(QuestionNumber.id).where(QuestionNumber.key == "form_worry")
    ).first()
    assert question is not None
    names = {"response_id": ident(response), "question_id": question}
    who, at = ident(world.officer), now(session)
    attached = Attachment(
        assignment_id=ident(given),
        question_id=question,
        name=f"zqfileqz{mark}.txt",
        ending="txt",
        size=9,
        digest="",
        attached_by=who,
        attached_at=at,
    )
    session.add(attached)
    session.flush()
    session.add_all(
        (
            LocalRecord(
                subject_id=ident(one), agency_id=ident(world.police), number="zqlocalqz" + mark
            ),
            SharedSection(
                assignment_id=ident(given),
                section="zqsectionqz" + mark,
                person_id=ident(world.panel_police),
                given_at=at,
            ),
            AnswerText(**names, part=3, text="zqreasonqz" + mark),
            AnswerChange(
                **names,
                version=1,
                page="p",
                person_id=who,
                at=at,
                state=1,
                texts=json.dumps({"3": "zqbeforeqz" + mark}),
            ),
            attached,
            AttachmentContent(attachment_id=ident(attached), content=b"zqbytesqz" + mark.encode()),
            SavedPage(response_id=ident(response), page="p", sequence=1, version=1),
            SentVersion(
                response_id=ident(response),
                number=1,
                sent_at=at,
                declared_by=who,
                signed_off_by=who,
                version=1,
                answers=json.dumps(["zqsentqz" + mark]),
            ),
            NilReturn(
                response_id=ident(response),
                searched="zqsearchedqz" + mark,
                note="zqnilqz" + mark,
            ),
            Query(
                **names,
                number=1,
                words="zqqueryqz" + mark,
                person_id=who,
                at=at,
            ),
            Tally(
                strand_id=ident(audit.strand),
                question_id=question,
                agency_id=ident(world.police),
                stratum="section_17",
                state=1,
                code=1,
                count=1,
            ),
            AgreedAnswer(
                subject_id=ident(one),
                question_id=question,
                agreed=True,
                state=1,
                code=1,
                text="zqagreedqz" + mark,
                reason="zqwhyqz" + mark,
                person_id=who,
                at=at,
            ),
        )
    )
    session.flush()


def everything_in(database: Database) -> str:
    """Every cell of every table."""
    with database.reading() as session:
        connection = session.connection()
        cells = [
            cell.decode("latin-1") if isinstance(cell, bytes) else str(cell)
            for table in inspect(connection).get_table_names()
            for row in connection.execute(text(f'SELECT * FROM "{table}"'))
            for cell in row
        ]
    return "\n".join(cells)


def purged_of(session: Session, of: Round, *kinds: Kept, at: datetime) -> None:
    """Let classes of a round go as a purge does, whatever its stage."""
    by = session.exec(select(Person.id)).first() or 0
    for kind in kinds:
        rows = let_go(session, of, kind)
        session.add(Purge(round_id=ident(of), kind=kind, rows=rows, person_id=by, at=at))
