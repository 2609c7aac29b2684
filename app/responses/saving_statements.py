"""The statements of a save, built once. Each says what it is for; both databases run them all.

Stages are written out, since a list that is filled in at each execution costs as much as the rest
of the statement; a test holds them to `rounds.rules`.
"""

from sqlalchemy import bindparam, text

from app.db import Instant
from app.db.prepared import Prepared

_AT = bindparam("at", type_=Instant)

_HOLD = (
    "SELECT response.id, response.state, response.version, response.answered, response.asked, "
    "saved_page.sequence FROM response LEFT JOIN saved_page "
    "ON saved_page.response_id = response.id AND saved_page.page = :page "
    "WHERE response.assignment_id = :assignment"
)
HOLD = {
    "sqlite": Prepared(text(_HOLD)),
    "postgresql": Prepared(text(_HOLD + " FOR UPDATE OF response")),
}
"""Read a response with the page's last sequence, and hold it until the commit: SQLite has one
writer, who holds everything already."""

_HOLD_ASSIGNMENT = "SELECT 1 FROM assignment WHERE id = :assignment"
HOLD_ASSIGNMENT = {
    "sqlite": Prepared(text(_HOLD_ASSIGNMENT)),
    "postgresql": Prepared(text(_HOLD_ASSIGNMENT + " FOR KEY SHARE")),
}
"""Keep an assignment from being taken back until the commit; no row where it was by now."""

BEGIN_RESPONSE = Prepared(
    text(
        "INSERT INTO response (ref, assignment_id, state, version, answered, asked, started_at, "
        "handed_back_words) VALUES (:ref, :assignment, :state, 0, 0, 0, :at, '') "
        "ON CONFLICT (assignment_id) DO NOTHING"
    ).bindparams(_AT)
)
"""The first save makes the response, unless another page has just made it."""

LAST_CHANGED_ELSEWHERE = Prepared(
    text(
        "SELECT 1 FROM answer JOIN answer_change "
        "ON answer_change.response_id = answer.response_id "
        "AND answer_change.question_id = answer.question_id "
        "AND answer_change.version = answer.version "
        "WHERE answer.response_id = :response AND answer.question_id = :question "
        "AND answer.version > :base AND answer_change.page <> :page"
    )
)
"""Whether another page changed an answer last: one row, however long this page has been typing."""

CHANGES_SINCE = Prepared(
    text(
        "SELECT page, state, code, texts FROM answer_change "
        "WHERE response_id = :response AND question_id = :question AND version > :base "
        "ORDER BY version"
    )
)
"""What happened to an answer since a page was made, the oldest first."""

TAKE_VERSION = Prepared(
    text(
        "UPDATE response SET version = version + 1, saved_at = :at, answered = :answered, "
        "asked = :asked WHERE id = :response AND version = :seen AND state = 'draft' "
        "AND EXISTS (SELECT 1 FROM round WHERE round.id = :round "
        "AND round.stage IN ('open', 'moderation') AND round.tool_version_id = :under)"
    ).bindparams(_AT)
)
"""Take the next version: the state and the stage are tested here, so nothing is saved too late; and
so is what the round asks, or what is answered would be counted of what it asked before."""

PUT_ANSWER = Prepared(
    text(
        "INSERT INTO answer (response_id, question_id, state, code, version) "
        "VALUES (:response, :question, :state, :code, :version) "
        "ON CONFLICT (response_id, question_id) DO UPDATE "
        "SET state = excluded.state, code = excluded.code, version = excluded.version"
    )
)

PUT_TEXT = Prepared(
    text(
        "INSERT INTO answer_text (response_id, question_id, part, text) "
        "VALUES (:response, :question, :part, :text) "
        "ON CONFLICT (response_id, question_id, part) DO UPDATE SET text = excluded.text"
    )
)

DROP_TEXT = Prepared(
    text(
        "DELETE FROM answer_text "
        "WHERE response_id = :response AND question_id = :question AND part = :part"
    )
)

KEEP_CHANGE = Prepared(
    text(
        "INSERT INTO answer_change "
        "(response_id, question_id, version, page, person_id, at, state, code, texts) "
        "VALUES (:response, :question, :version, :page, :person, :at, :state, :code, :texts)"
    ).bindparams(_AT)
)
"""What was there before, who changed it and on which page."""

NOTE_PAGE = Prepared(
    text(
        "INSERT INTO saved_page (response_id, page, sequence, version) "
        "VALUES (:response, :page, :sequence, :version) ON CONFLICT (response_id, page) "
        "DO UPDATE SET sequence = excluded.sequence, version = excluded.version"
    )
)
"""The page's last save, by which a repeated one is recognised."""

FIND_ANSWERING = Prepared(
    text(
        "SELECT assignment.id, assignment.ref, round.id, round.stage, round.tool_version_id, "
        "strand.question_set, agency.kind, subject.state, "
        "EXISTS (SELECT 1 FROM shared_section "
        "WHERE shared_section.assignment_id = assignment.id) AS shared FROM assignment "
        "JOIN subject ON subject.id = assignment.subject_id "
        "JOIN strand ON strand.id = subject.strand_id JOIN round ON round.id = strand.round_id "
        "JOIN agency ON agency.id = assignment.agency_id "
        "WHERE assignment.ref = :assignment AND round.partnership_id = :partnership "
        "AND (assignment.auditor_id = :person OR EXISTS (SELECT 1 FROM shared_section "
        "WHERE shared_section.assignment_id = assignment.id "
        "AND shared_section.person_id = :person)) "
        "AND round.stage NOT IN ('draft', 'approved', 'sampling') "
        "AND EXISTS (SELECT 1 FROM membership WHERE membership.person_id = :person "
        "AND membership.partnership_id = :partnership "
        "AND membership.agency_id = assignment.agency_id AND membership.role = 'auditor')"
    )
)
"""What an auditor was given in a round in view, whole or some sections of it: `assignments_within`
for the reach OWN; and whether any of it is shared, of which a save then asks more."""
