"""Recording an event in the transaction of the change it tells of."""

import hashlib
import json
import secrets
from enum import StrEnum

from sqlalchemy import text
from sqlmodel import Session

from app.access import Actor
from app.db import now
from app.events.models import Event


class Happened(StrEnum):
    """Every kind of event, in the past tense."""

    PARTNERSHIP_CREATED = "partnership.created"
    AGENCY_JOINED = "agency.joined"
    AGENCY_RENAMED = "agency.renamed"
    PEOPLE_IMPORTED = "people.imported"
    PERSON_ADDED = "person.added"
    PERSON_CORRECTED = "person.corrected"
    PERSON_INVITED = "person.invited"
    PERSON_JOINED = "person.joined"
    PERSON_RESET = "person.reset"
    PASSWORD_CHANGED = "password.changed"  # noqa: S105 - an event
    PERSON_LEFT = "person.left"
    ROLE_GIVEN = "role.given"
    ROLE_TAKEN = "role.taken"
    SUBGROUP_FORMED = "subgroup.formed"
    SUBGROUP_RENAMED = "subgroup.renamed"
    SUBGROUP_SEATED = "subgroup.seated"
    SUBGROUP_UNSEATED = "subgroup.unseated"
    CALENDAR_LINK_MADE = "calendar-link.made"
    CALENDAR_LINK_ENDED = "calendar-link.ended"
    ROUND_CREATED = "round.created"
    ROUND_CHANGED = "round.changed"
    ROUND_MOVED = "round.moved"
    LIST_READ = "list.read"
    LIST_DISCARDED = "list.discarded"
    FRAME_IMPORTED = "frame.imported"
    ROW_EXCLUDED = "row.excluded"
    ROW_TAKEN_BACK = "row.taken-back"
    SAMPLE_DRAWN = "sample.drawn"
    SUBJECT_ADDED = "subject.added"
    SUBJECT_REPLACED = "subject.replaced"
    ASSIGNMENT_MADE = "assignment.made"
    ASSIGNMENT_MOVED = "assignment.moved"
    ASSIGNMENT_TAKEN_BACK = "assignment.taken-back"
    SECOND_AUDITORS_DRAWN = "second-auditors.drawn"
    SECTIONS_SHARED = "sections.shared"
    SECTIONS_COMPLETED = "sections.completed"
    SECTIONS_REOPENED = "sections.reopened"
    CONFLICT_DECLARED = "conflict.declared"
    LOCAL_RECORD_KEPT = "local-record.kept"
    FILE_ATTACHED = "file.attached"
    FILE_REMOVED = "file.removed"
    FILE_TAKEN = "file.taken"
    RESPONSE_DECLARED = "response.declared"
    RESPONSE_SENT = "response.sent"
    RESPONSE_HANDED_BACK = "response.handed-back"
    CONCERN_RAISED = "concern.raised"
    CONCERN_ACKNOWLEDGED = "concern.acknowledged"
    ADVICE_CHANGED = "danger-advice.changed"
    RESPONSE_RETURNED = "response.returned"
    NIL_RETURN_DECLARED = "nil-return.declared"
    NIL_RETURN_TAKEN_BACK = "nil-return.taken-back"
    ANSWER_AGREED = "answer.agreed"
    QUESTION_PUT_OFF = "question.put-off"
    CASE_JUDGED = "case.judged"
    LEARNING_NOTED = "learning.noted"
    REASON_WORDED = "reason.worded"
    MEETING_BEGUN = "meeting.begun"
    MEETING_CHANGED = "meeting.changed"
    MEETING_ENDED = "meeting.ended"
    FINDING_WRITTEN = "finding.written"
    FINDING_CHANGED = "finding.changed"
    FINDING_AGREED = "finding.agreed"
    ACTION_PLANNED = "action.planned"
    ACTION_UPDATED = "action.updated"
    ACTION_REDATED = "action.redated"
    ACTION_HANDED_OVER = "action.handed-over"
    ACTIONS_EXPORTED = "actions.exported"
    ANSWERS_EXPORTED = "answers.exported"
    HOLD_PLACED = "hold.placed"
    HOLD_LIFTED = "hold.lifted"
    ROUND_PURGED = "round.purged"
    PACK_TAKEN = "pack.taken"
    PAPER_TAKEN = "paper.taken"
    PAPER_CHANGED = "paper.changed"
    PAPER_DRAFTED_AGAIN = "paper.drafted-again"

    @property
    def words(self) -> str:
        """The event as the trail tells it."""
        thing, _, what = self.value.partition(".")
        return f"{thing.replace('-', ' ')} {what.replace('-', ' ')}".capitalize()


_NEXT = text(
    "INSERT INTO event_head (scope, sequence) VALUES (:scope, 1) "
    "ON CONFLICT (scope) DO UPDATE SET sequence = event_head.sequence + 1 RETURNING sequence"
)


def record(
    session: Session,
    actor: Actor | None,
    kind: Happened,
    *,
    partnership_id: int,
    scope: str,
    about: str = "",
    **details: str | int | list[str] | None,
) -> None:
    """Write down that something happened; it is kept if and only if the change is kept.

    `scope` is the round's reference, or the partnership's slug. `details` carry references, counts
    and stages: never case text.
    """
    sequence = session.connection().execute(_NEXT, {"scope": scope}).scalar_one()
    words = json.dumps(details, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    salt = secrets.token_bytes(16)
    session.add(
        Event(
            partnership_id=partnership_id,
            scope=scope,
            sequence=sequence,
            kind=kind,
            at=now(session),
            person_id=actor.person_id if actor else None,
            about=about,
            details=words,
            salt=salt,
            commitment=hashlib.sha256(salt + words.encode()).digest(),
        )
    )
