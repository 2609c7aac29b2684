"""Words that would run if a page took them for its own, in every column that people's words reach.

Columns and form fields are found in the models: one that is not named here fails the test.
"""

import json
from collections.abc import Iterator

from sqlalchemy import JSON, Connection, String, text
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from app.web.forms import Input

SAID = "javascript:x//\"'><img src onerror=alert(1)>{{7*7}}<b"
"""No longer than the shortest column that holds words."""

TYPED = (
    "action.how_we_will_know",
    "action.what",
    "action_revision.why",
    "action_update.words",
    "agency.name",
    "agreed_answer.reason",
    "agreed_answer.text",
    "concern_advice.words",
    "answer_text.text",
    "attachment.name",
    "dissent.words",
    "draw.statement",
    "finding.title",
    "finding.words",
    "frame.file_name",
    "frame_row.excluded",
    "frame_row.reference",
    "judgement.reason",
    "learning_point.words",
    "legal_hold.reason",
    "local_record.number",
    "meeting.name",
    "meeting.others",
    "meeting_entry.reason",
    "meeting_entry.words",
    "meeting_person.part",
    "nil_return.note",
    "nil_return.searched",
    "paper_section.words",
    "partnership.danger_advice",
    "partnership.name",
    "person.email",
    "person.name",
    "put_off.reason",
    "query.words",
    "requested_document.called",
    "response.handed_back_words",
    "round.dpia",
    "round.judgement_words",
    "round.lawful_basis",
    "round.lines_of_enquiry",
    "round.purpose",
    "round.title",
    "round_move.reason",
    "strand.title",
    "subgroup.name",
    "subject.reason",
    "uploaded_list.file_name",
)
"""Every column that holds words of somebody's."""

IN_JSON = ("frame.dropped", "meeting_entry.dissent", "uploaded_list.content")
"""Columns that hold such words among other things."""

NAMES_OF_OURS = frozenset(
    """
    about against answers attachment.ending attachment.suspected background came_from cells design
    details digest format judgement_rule
    key kind label level link.purpose maker method outcome owner page paper password_hash priorities
    question_set requested_document.name retention role scope section seed slug snapshot stage state
    stratum texts themes ticket went_to
    """.split()
)
"""Columns that hold what the product chose or made: choices of a list, references, digests; what
answers were before, and what was sent, which no page shows."""

ONLY = {
    # Numbers and days are stored as they were typed, once they could be read.
    "answer_text.text": " WHERE length(text) > 3 AND text NOT LIKE '2026-%'",
}

WORDS = {
    "AgencyNamed.name": "agency.name",
    "ChosenRule.words": "round.judgement_words",
    "CopiedRound.title": "round.title",
    "Details.name": "person.name",
    "HandingBack.words": "response.handed_back_words",
    "Learning.words": "learning_point.words",
    "Move.reason": "round_move.reason",
    "NewAction.how_we_will_know": "action.how_we_will_know",
    "NewAction.what": "action.what",
    "NewDates.why": "action_revision.why",
    "NewOwner.why": "action_update.words",
    "NewAdvice.line": "partnership.danger_advice",
    "NewAdvice.words": "concern_advice.words",
    "NewPerson.email": "person.email",
    "NewPerson.name": "person.name",
    "NewRound.lines_of_enquiry": "round.lines_of_enquiry",
    "NewRound.purpose": "round.purpose",
    "NewSubgroup.name": "subgroup.name",
    "NewWords.words": "paper_section.words",
    "NilDeclared.note": "nil_return.note",
    "NilDeclared.searched": "nil_return.searched",
    "OwnNumber.number": "local_record.number",
    "Panel.name": "meeting.name",
    "Panel.others": "meeting.others",
    "PlacedHold.reason": "legal_hold.reason",
    "ProtectionNotes.dpia": "round.dpia",
    "ProtectionNotes.lawful_basis": "round.lawful_basis",
    "Reason.reason": "frame_row.excluded",
    "Returning.words": "query.words",
    "Room.others": "meeting.others",
    "TypedIn.reason": "subject.reason",
    "Update.words": "action_update.words",
    "Wording.title": "finding.title",
    "Wording.words": "finding.words",
}
"""Of each form field in which people write, the column that keeps it."""

SAME_AS = {
    "ChangedFinding": "Wording",
    "ChangedRoom": "Room",
    "LeftOut": "Reason",
    "NewAgency": "AgencyNamed",
    "NewFinding": "Wording",
    "Plan": "NewRound",
    "Replacing": "Reason",
}
"""Forms that ask for the same as another, and which."""

ELSEWHERE = dict.fromkeys(
    ("ConfirmedPurge.title", "NewRound.title", "Plan.title"), "CopiedRound.title"
)
NOT_WORDS = frozenset(
    """
    again agencies agency assignment auditor cases chair contacts current digest email finding
    label labels lead minutes next
    outcome outcomes_of owner page panel password people person present previous priorities question
    question_sets questions re_referred received ref reference replaces reserve round seal section
    seed seen share show shown shown_reason strand subgroup subgroups subject theme themes tool
    """.split()
)
"""Fields that name what is there, or prove who somebody is; a list of people is read row by row."""


def text_columns() -> Iterator[str]:
    """Every column that could hold words, apart from references."""
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String | AutoString | JSON) and column.name != "ref":
                yield f"{table.name}.{column.name}"


def text_fields() -> Iterator[str]:
    """Every field of every form in which somebody could write."""
    for form in _forms(Input):
        for name, field in form.model_fields.items():
            told = str(field.annotation)
            if "str" in told and "Literal" not in told:
                yield f"{form.__name__}.{name}"


def _forms(of: type[Input]) -> Iterator[type[Input]]:
    for form in of.__subclasses__():
        yield form
        yield from _forms(form)


def fill(connection: Connection) -> dict[str, str]:
    """Write the words into every column, each with a mark of its own; the column of each mark."""
    marks = {}
    for number, place in enumerate((*TYPED, *IN_JSON)):
        table, _, column = place.partition(".")
        mark = f"q{number:02d}q"
        marks[mark] = place
        if place in IN_JSON:
            _fill_json(connection, table, column, SAID + mark)
            continue
        own = " || id" if place in {"frame_row.reference", "person.email"} else ""
        statement = f'UPDATE "{table}" SET {column} = :said{own}{ONLY.get(place, "")}'
        connection.execute(text(statement), {"said": SAID + mark})
    return marks


def _fill_json(connection: Connection, table: str, column: str, said: str) -> None:
    """Put the words in place of every heading, cell and dissent."""
    rows = connection.execute(text(f"SELECT id, {column} FROM {table}")).all()
    for key, held in rows:
        value = json.loads(held) if isinstance(held, str) else held
        given = {"value": json.dumps(_said_in(value, said)), "id": key}
        kept = "CAST(:value AS JSON)" if connection.dialect.name == "postgresql" else ":value"
        connection.execute(text(f"UPDATE {table} SET {column} = {kept} WHERE id = :id"), given)


def _said_in(value: object, said: str) -> object:
    match value:
        case {"columns": columns, **rest}:
            return {**rest, "columns": [_said_in(each, said) for each in columns]}
        case {"heading": _, **rest}:
            return {**rest, "heading": said}
        case list():
            return [_said_in(each, said) for each in value]
        case str():
            return said
        case _:
            return value
