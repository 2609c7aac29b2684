"""What stands in each round of the grounds: lists, a draw, responses, findings and an action."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, select

from app.access import Actor, Held, Role
from app.actions.models import ActionRevision, ActionUpdate, LearningAction
from app.assignments.models import Assignment, LocalRecord, SharedSection
from app.attachments.models import Attachment, AttachmentContent
from app.comparisons.models import AgreedAnswer, Dissent, Judgement
from app.concerns.models import Concern, ConcernAdvice
from app.db import now
from app.exports.models import PaperSection, RequestedDocument
from app.findings.models import Finding, FindingEvidence, FindingSubgroup
from app.library.numbers import numbers_of
from app.meetings.models import (
    LearningPoint,
    Meeting,
    MeetingEntry,
    MeetingPerson,
    PutOff,
)
from app.responses.models import AnswerChange, NilReturn, Query, Response, SentVersion
from app.responses.rules import ResponseState
from app.rounds.models import RoundMove, Strand
from app.rounds.rules import Stage
from app.samples.canonical import digest
from app.samples.choosing import suggested
from app.samples.commands import exclude_row, import_list, keep_list
from app.samples.drawing import draw_sample
from app.samples.forms import Confirmed, ImportOfList, LeftOut
from app.samples.lists import ReadList
from app.samples.models import FrameRow, Subject
from app.samples.queries import Sampled, frame_of, referrals_of, reserves_of, subjects_of
from app.samples.reading import read
from app.tools import AgencyKind, Answer, QuestionSet, State, fill
from tests.audit import DUE, Audit, assign, respond
from tests.factories import ident
from tests.responses.answering import complete
from tests.samples.files import referral_rows, workbook
from tests.security.grounds import Grounds, begin

ROWS = 16
DESIGN = {
    "by": "number",
    "no_further_action": "1",
    "early_help": "1",
    "section_17": "1",
    "section_47": "1",
    "reserves": "1",
    "seed": "4 6 1 1 3 5",
}
DRAFT, WITH_LEAD, SENT = ResponseState.DRAFT, ResponseState.WITH_AGENCY_LEAD, ResponseState.SENT

STANDING: Mapping[str, Mapping[tuple[str, int], ResponseState | None]] = {
    "a": {
        ("social_care", 1): SENT,
        ("social_care", 2): SENT,
        ("police", 1): SENT,
        ("police", 2): WITH_LEAD,
        ("police", 3): DRAFT,
        ("police", 4): DRAFT,
        ("health", 1): DRAFT,
        ("health", 2): DRAFT,
        ("school", 1): None,
    },
    "b": {("police", 1): SENT, ("police", 2): WITH_LEAD, ("health", 1): DRAFT},
    "c": {("police", 1): SENT, ("police", 2): DRAFT},
}
"""How far each agency is with each subject it was given in a round; None: not begun."""

NOT_KNOWN = {("b", "police", 2)}
"""Responses that say no more than that the child is not known to the agency."""

AUDITORS = {
    "social_care": "social_worker",
    "police": "officer",
    "health": "nurse",
    "school": "teacher",
}
OTHERS: Mapping[tuple[str, str, int], str | None] = {
    ("a", "police", 4): "moved_on",
    ("a", "health", 2): "two_hats",
    ("a", "school", 1): None,
    ("b", "health", 1): "two_hats",
    ("c", "police", 1): "officer_elsewhere",
    ("c", "police", 2): "officer_elsewhere",
}
SHARED = ("a", "police", 3)
"""The assignment of which one section, said to be complete, is not its auditor's."""
SHARER = "sharer"
ASKED_BY = {"a": "coordinator", "b": "coordinator", "c": "coordinator_elsewhere"}
"""Who asked for the document that waits in each round."""
QUESTION = "form_worry"
"""A question that everybody is asked, and that findings rest on here."""


def auditor_of(round_: str, agency: str, subject: int) -> str | None:
    """Who audits a subject for an agency, by name."""
    return OTHERS.get((round_, agency, subject), AUDITORS[agency])


def lay_out(session: Session) -> Grounds:
    """Store everything. Every round is left at the stage "open"."""
    made = begin(session)
    for name in made.audits:
        room = Room(session, made, name)
        room.sample()
        made.audits[name].round.stage = Stage.OPEN
        for (agency, subject), state in STANDING[name].items():
            Desk(room, agency, subject).answer(state)
        room.learn()
        room.write_papers()
        session.flush()
    return made


@dataclass(frozen=True)
class Room:
    """One round being furnished."""

    session: Session
    grounds: Grounds
    name: str

    @property
    def audit(self) -> Audit:
        return self.grounds.audits[self.name]

    @property
    def actor(self) -> Actor:
        who = self.grounds.world.coordinator
        place = self.audit.round.partnership_id
        return Actor(ident(who), place, who.name, held=(Held(Role.COORDINATOR),))

    def plant(self, what: str, agency: str = "", subject: int = 0) -> str:
        return self.grounds.plant(what, self.name, agency, subject)

    def keep(self, what: str, ref: str) -> None:
        """Remember a reference: `row.out` of this round is `row.a.out`."""
        kind, _, rest = what.partition(".")
        self.grounds.refs[f"{kind}.{self.name}{'.' if rest else ''}{rest}"] = ref

    # --- its sample

    def sample(self) -> None:
        """Import a list into two strands; draw from one, and let another list wait in the other."""
        undrawn = Strand(
            round_id=ident(self.audit.round), question_set="referral-form", title="Not drawn"
        )
        self.session.add(undrawn)
        self.session.flush()
        self.keep("round", self.audit.round.ref)
        self.keep("strand.drawn", self.audit.strand.ref)
        self.keep("strand.listed", undrawn.ref)
        found = self._list()
        drawn, listed = (Sampled(self.audit.round, s) for s in (self.audit.strand, undrawn))
        for sampled in (drawn, listed):
            self._import(sampled, found)
        self._draw(drawn)
        self._rows(listed)
        other = self._list(ROWS - 2)
        waiting = keep_list(self.session, self.actor, listed, other, "Another list.xlsx")
        self.keep("list", waiting.ref)
        form = suggested(other).model_dump(mode="json")
        self.grounds.columns[self.name] = {
            name: value if isinstance(value, list) else str(value) for name, value in form.items()
        }

    def _list(self, many: int = ROWS) -> ReadList:
        own, dropped = self.plant("list"), self.plant("dropped")
        rows = [
            (f"{own}-{number:04d}", f"{dropped} Quillfeather", *row[2:])
            for number, row in enumerate(referral_rows(many), 1)
        ]
        return read(workbook(rows), ".xlsx")

    def _import(self, sampled: Sampled, found: ReadList) -> None:
        waiting = keep_list(self.session, self.actor, sampled, found, "A list.xlsx")
        given = ImportOfList(**suggested(found).model_dump())
        import_list(self.session, self.actor, sampled, waiting, given)

    def _draw(self, sampled: Sampled) -> None:
        frame = frame_of(self.session, sampled.strand_id)
        assert frame
        given = {**DESIGN, "digest": digest(referrals_of(self.session, frame))}
        confirmed = Confirmed.model_validate(given)
        draw_sample(self.session, self.actor, sampled, confirmed, seed_made=False)
        for number, subject in enumerate(self.chosen, 1):
            self.keep(f"subject.{number}", subject.ref)
            if waiting := reserves_of(self.session, subject):
                self.keep("subject.spare", subject.ref)
                self.keep("reserve", waiting[0].ref)

    @property
    def chosen(self) -> list[Subject]:
        found = subjects_of(self.session, ident(self.audit.strand))
        return [subject for subject in found if subject.state == "chosen"]

    def _rows(self, sampled: Sampled) -> None:
        frame = frame_of(self.session, sampled.strand_id)
        assert frame
        query = select(FrameRow).where(FrameRow.frame_id == ident(frame))
        rows = self.session.exec(query.order_by(col(FrameRow.reference))).all()
        self.keep("row", rows[0].ref)
        self.keep("row.out", rows[1].ref)
        reason = LeftOut(reason=f"Left out {self.plant('exclusion')}")
        exclude_row(self.session, self.actor, sampled, rows[1], reason)
        self.keep("frame", frame.ref)
        self.keep("digest", digest(referrals_of(self.session, frame)))

    # --- what was learnt

    def learn(self) -> None:
        """Agree an answer, write two findings, plan an action, take a step back once."""
        numbers = numbers_of(self.session, self.audit.tool)
        who, moment = ident(self.grounds.world.lead), now(self.session)
        key = {"subject_id": ident(self.chosen[0]), "question_id": numbers.number[QUESTION]}
        agreed = AgreedAnswer(
            **key, agreed=False, reason=self.plant("agreed"), person_id=who, at=moment
        )
        back = RoundMove(
            round_id=ident(self.audit.round),
            came_from=Stage.RETURNS_CLOSED,
            went_to=Stage.OPEN,
            reason=self.plant("back"),
            at=moment,
            person_id=who,
        )
        self.session.add_all([agreed, back])
        self._meet(key, {"person_id": who, "at": moment})
        for state in ("draft", "agreed"):
            finding = self._finding(state)
            self.session.add(FindingEvidence(finding_id=ident(finding), **key))
        self._action(finding)
        self._concern(moment)
        self._document(moment)

    def _document(self, moment: datetime) -> None:
        """Leave a document that a coordinator asked for and has not taken yet."""
        content = b"%PDF-1.7 as it was made"
        made = RequestedDocument(
            person_id=ident(self.grounds.people[ASKED_BY[self.name]]),
            round_id=ident(self.audit.round),
            kind="report",
            name="report",
            called=f"Full report {self.plant('document')}",
            format="pdf",
            state="ready",
            maker="",
            asked_at=moment,
            ended_at=moment,
            digest=sha256(content).digest(),
            content=content,
        )
        self.session.add(made)
        self.session.flush()
        self.keep("document", made.ref)

    def _concern(self, moment: datetime) -> None:
        """Let a nurse have raised a concern that waits, and one that was acknowledged."""
        told = {
            "subject_id": ident(self.chosen[0]),
            "person_id": ident(self.grounds.people["nurse"]),
            "role": "auditor",
            "agency_id": ident(self.grounds.world.health),
            "raised_at": moment,
        }
        known = {"acknowledged_by": ident(self.grounds.world.lead), "acknowledged_at": moment}
        waits = Concern(**told)
        self.session.add_all([waits, Concern(**told, **known, outcome="known")])
        self.keep("concern", waits.ref)
        place = self.audit.round.partnership_id
        if self.session.get(ConcernAdvice, place) is None:
            words = "Ring the front door"
            by = {"person_id": told["person_id"], "changed_at": moment}
            self.session.add(ConcernAdvice(partnership_id=place, words=words, version=1, **by))

    def _meet(self, key: dict[str, int], told: dict[str, Any]) -> None:
        """Leave of a meeting all that one can leave: a record, a judgement, dissent, a point."""
        lead, police = ident(self.grounds.world.lead), ident(self.grounds.world.police)
        meeting = Meeting(
            round_id=ident(self.audit.round),
            began_at=told["at"],
            began_by=lead,
            others=self.plant("room"),
        )
        self.session.add(meeting)
        self.session.flush()
        self.keep("meeting", meeting.ref)
        point = LearningPoint(**key, **told, words=self.plant("point"))
        self.keep("point", point.ref)
        later = {**key, "question_id": key["question_id"] + 1}
        self.session.add_all(
            [
                MeetingPerson(meeting_id=ident(meeting), person_id=lead, came_at=told["at"]),
                MeetingEntry(
                    meeting_id=ident(meeting),
                    **key,
                    **told,
                    kind="not_agreed",
                    reason=self.plant("record"),
                    dissent=[["Wexcombe Police", self.plant("recorddissent")]],
                ),
                Dissent(**key, agency_id=police, words=self.plant("dissent")),
                PutOff(**later, **told, reason=self.plant("putoff")),
                Judgement(
                    subject_id=key["subject_id"],
                    **told,
                    level="good",
                    reason=self.plant("judgement"),
                ),
                point,
            ]
        )

    def _finding(self, state: str) -> Finding:
        made = Finding(
            round_id=ident(self.audit.round),
            kind="strength",
            state=state,
            title=f"A finding, {state}",
            words=self.plant(f"finding{state}"),
            themes=[],
            written_by=ident(self.grounds.world.lead),
            written_at=now(self.session),
            agreed_at=now(self.session) if state == "agreed" else None,
        )
        self.session.add(made)
        self.session.flush()
        self.keep(f"finding.{state}", made.ref)
        if self.name != "c":
            group = ident(self.grounds.world.subgroup)
            self.session.add(FindingSubgroup(finding_id=ident(made), subgroup_id=group))
        return made

    def _action(self, finding: Finding) -> None:
        world = self.grounds.world
        made = LearningAction(
            finding_id=ident(finding),
            what=self.plant("action"),
            how_we_will_know="Dip sample",
            agency_id=ident(world.health),
            owner_id=ident(world.owner),
            due=DUE,
            state="agreed",
            created_at=now(self.session),
        )
        self.session.add(made)
        self.session.flush()
        self.keep("action", made.ref)
        told = {"person_id": ident(world.owner), "at": now(self.session), "state": "agreed"}
        words = self.plant("update")
        self.session.add(ActionUpdate(action_id=ident(made), words=words, **told))
        del told["state"]
        moved = {"due_before": DUE - timedelta(days=7), "due_after": DUE}
        revision = {**moved, "why": self.plant("moved")}
        self.session.add(ActionRevision(action_id=ident(made), **revision, **told))

    def write_papers(self) -> None:
        """Write a section of the briefing anew, and one of the pack where there is one."""
        told = {"person_id": ident(self.grounds.world.lead), "at": now(self.session)}
        papers = {"briefing": ("tomorrow", "briefing")}
        if self.name != "c":
            papers[self.grounds.world.subgroup.ref] = ("purpose", "pack")
        self.session.add_all(
            PaperSection(
                round_id=ident(self.audit.round),
                paper=paper,
                section=section,
                words=self.plant(what),
                **told,
            )
            for paper, (section, what) in papers.items()
        )


@dataclass(frozen=True)
class Desk:
    """One agency's work on one subject."""

    room: Room
    agency: str
    subject: int

    def plant(self, what: str) -> str:
        return self.room.plant(what, self.agency, self.subject)

    def answer(self, state: ResponseState | None) -> None:
        """Give the subject to the agency's auditor, and take the response as far as it is."""
        session, people = self.room.session, self.room.grounds.people
        about = self.room.chosen[self.subject - 1]
        agency = getattr(self.room.grounds.world, self.agency)
        name = auditor_of(self.room.name, self.agency, self.subject)
        given = assign(session, about, agency, people[name] if name else None)
        self.room.keep(f"assignment.{self.agency}.{self.subject}", given.ref)
        if (self.room.name, self.agency, self.subject) == SHARED:
            who = {"person_id": ident(people[SHARER]), "given_at": now(session)}
            session.add(
                SharedSection(
                    assignment_id=ident(given), section="decision", complete_at=now(session), **who
                )
            )
        number = self.plant("number")
        session.add(LocalRecord(subject_id=ident(about), agency_id=ident(agency), number=number))
        if state is not None:
            self._respond(given, state, AgencyKind(agency.kind))

    def _respond(self, given: Assignment, state: ResponseState, kind: AgencyKind) -> None:
        session, audit = self.room.session, self.room.audit
        nil = (self.room.name, self.agency, self.subject) in NOT_KNOWN
        answers = {} if nil else self._answers(audit.question_set, kind)
        made = respond(session, audit, given, answers, state)
        if nil:
            searched, note = self.plant("searched"), self.plant("nilnote")
            session.add(NilReturn(response_id=ident(made), searched=searched, note=note))
        made.handed_back_words = self.plant("handed")
        made.handed_back_by = ident(self.room.grounds.world.police_lead)
        made.handed_back_at = now(session)
        if state is not DRAFT:
            made.declared_by, made.declared_at = given.auditor_id, now(session)
        if state is SENT:
            made.signed_off_by, given.sent_at = given.auditor_id, now(session)
        self._history(made, given.auditor_id or 0)
        self._attach(given)
        session.flush()

    def _attach(self, given: Assignment) -> None:
        """A file beside an answer: its name and its bytes are canaries."""
        session, content = self.room.session, self.plant("bytes").encode()
        made = Attachment(
            assignment_id=ident(given),
            question_id=numbers_of(session, self.room.audit.tool).number[QUESTION],
            name=f"{self.plant('file')}.txt",
            ending="txt",
            size=len(content),
            digest=sha256(content).hexdigest(),
            suspected="name",
            attached_by=given.auditor_id or ident(self.room.grounds.world.officer),
            attached_at=now(session) + timedelta(minutes=1),  # after what was sent, so removable
        )
        session.add(made)
        session.flush()
        session.add(AttachmentContent(attachment_id=ident(made), content=content))
        self.room.keep(f"attachment.{self.agency}.{self.subject}", made.ref)

    def _answers(self, question_set: QuestionSet, kind: AgencyKind) -> dict[str, Answer]:
        """A complete response: one answer in words and one reason are canaries."""
        answers = dict(completed(question_set, kind))
        worded, reasoned = canary_questions(question_set, kind)
        answers[worded] = Answer(State.ANSWERED, (), self.plant("words"))
        was = answers[reasoned]
        answers[reasoned] = Answer(was.state, was.chosen, was.text, self.plant("reason"))
        return answers

    def _history(self, response: Response, who: int) -> None:
        """What an answer was before, which no page shows; what was sent, and asked about it.

        What is sent was returned once and sent again; a draft was sent once and came back.
        """
        session, moment = self.room.session, now(self.room.session)
        number = numbers_of(session, self.room.audit.tool).number[QUESTION]
        change = AnswerChange(
            response_id=ident(response),
            question_id=number,
            version=1,
            page="2345678923",
            person_id=who,
            at=moment,
            state=1,
            texts=f'{{"3": "{self.plant("before")}"}}',
        )
        session.add(change)
        if response.state == WITH_LEAD:
            return
        frozen = f'{{"{QUESTION}":{{"state":"answered","reason":"{self.plant("frozen")}"}}}}'
        people = {"declared_by": who, "signed_off_by": who}
        for one, answers in ((1, frozen), (2, "{}"))[: 2 if response.state == SENT else 1]:
            sent = {"number": one, "sent_at": moment, "version": 1, "answers": answers, **people}
            session.add(SentVersion(response_id=ident(response), **sent))
        asked = {"number": 1, "question_id": number, "words": self.plant("query"), "at": moment}
        lead = ident(self.room.grounds.world.lead)
        session.add(Query(response_id=ident(response), person_id=lead, **asked))
        response.returned_at = moment if response.state == DRAFT else None


_completed: dict[tuple[str, AgencyKind], dict[str, Answer]] = {}


def completed(question_set: QuestionSet, kind: AgencyKind) -> dict[str, Answer]:
    """Answers to everything wanted of a kind of agency, worked out once."""
    key = (question_set.id, kind)
    if key not in _completed:
        _completed[key] = complete(question_set, kind)
    return _completed[key]


def canary_questions(question_set: QuestionSet, kind: AgencyKind) -> tuple[str, str]:
    """The first question that a kind answers in words, and the first with a reason beside it."""
    asked = fill(question_set, kind, completed(question_set, kind)).asked
    worded = next(each.question.id for each in asked if each.question.kind == "long_text")
    return worded, next(each.question.id for each in asked if each.question.reason != "none")
