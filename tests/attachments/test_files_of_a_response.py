"""Files attached to a response, through its pages: attached, taken, removed, and by whom read."""

import json

import pytest
from httpx import Response
from sqlmodel import Session, select

from app.attachments import checking
from app.attachments.models import Attachment, AttachmentContent
from app.attachments.rules import MOST_OF_ONE
from app.db import Database
from app.events.models import Event
from app.identifiers import Kind
from app.responses.models import Response as ResponseRow
from app.responses.rules import ResponseState
from app.rounds.models import Round
from app.rounds.rules import Stage
from app.samples.models import Subject
from tests.attachments import files
from tests.browsing import Browser, Visitor, heading, one, words
from tests.conftest import nothing_written
from tests.factories import ident
from tests.responses.answering import Given, given
from tests.world import World

NOTES = ("Notes.txt", b"The visit was on a Monday.")
QUESTION = "worked_well"


@pytest.fixture
def of(database: Database, world: World) -> Given:
    return given(database, world)


@pytest.fixture
def auditor(browse: Browser, world: World) -> Visitor:
    return browse.as_(world.officer)


def attach(auditor: Visitor, of: Given, name: str = NOTES[0], data: bytes = NOTES[1]) -> Response:
    sent = {"attachment": (name, data, "application/octet-stream")}
    return auditor.post(f"{of.at}/files", {"question": QUESTION}, sent)


def attached(session: Session) -> Attachment:
    session.expire_all()
    return session.exec(select(Attachment)).one()


def move(database: Database, of: Given, state: ResponseState) -> None:
    with database.writing() as session:
        row = session.exec(
            select(ResponseRow).where(ResponseRow.assignment_id == of.assignment.id)
        ).one_or_none()
        row = row or ResponseRow(assignment_id=ident(of.assignment), state=state)
        row.state = state
        session.add(row)


def test_a_file_is_attached_to_its_question_and_taken_as_a_file(
    auditor: Visitor, of: Given, session: Session
) -> None:
    page = auditor.page(of.at)
    assert page.find("a", href=f"{of.at}/files")
    answer = attach(auditor, of, "C:\\cases\\Chronology.PDF", files.pdf())
    told = words(auditor.follow(answer))
    assert "Chronology.pdf" in told
    assert "PDF, 1 KB, attached by" in told
    kept = attached(session)
    taken = auditor.post(f"{of.at}/files/{kept.ref}")
    assert taken.content == files.pdf()
    assert taken.headers["content-type"] == "application/pdf"
    said = taken.headers["content-disposition"]
    assert said == f'attachment; filename="file-{kept.ref}.pdf"'
    assert taken.headers["x-content-type-options"] == "nosniff"
    kinds = session.exec(select(Event.kind)).all()
    assert [kind for kind in kinds if kind.startswith("file.")] == ["file.attached", "file.taken"]


def test_each_question_leads_to_attaching_a_file_to_it_and_says_how_many_it_has(
    auditor: Visitor, of: Given
) -> None:
    attach(auditor, of)
    section = auditor.page(f"{of.at}/sections/judgement")
    question = one(section, f"#question-{QUESTION}")
    link = one(question, ".app-question__files a")
    assert "1 file attached" in words(question)
    assert words(section).count("file attached") == 1
    page = auditor.page(str(link["href"]))
    assert one(page, "option[selected]")["value"] == QUESTION
    back = str(one(page, ".govuk-back-link")["href"])
    assert back == f"{of.at}/sections/judgement#question-{QUESTION}"


SUSPECTED = {
    "date-of-birth address": ("Notes.txt", b"DOB 03/04/2015, lives at 12 Heron Close"),
    "name": ("Notes on Karen Ashdown.txt", b"Seen on Monday"),
    "phone-number": ("Chronology.docx", files.docx("Mum rang from 01632 960001.")),
    "insurance-number": ("Table.xlsx", files.xlsx("AB 12 34 56 C")),
}


@pytest.mark.parametrize("kinds", SUSPECTED)
def test_what_seems_to_say_who_the_child_is_is_warned_of_and_kept_all_the_same(
    auditor: Visitor, of: Given, session: Session, kinds: str
) -> None:
    page = words(auditor.follow(attach(auditor, of, *SUSPECTED[kinds])))
    for kind in kinds.split():
        assert Kind(kind).words in page
    assert "write “R-7F3K” there instead" in page
    assert attached(session).suspected == kinds
    event = session.exec(select(Event).where(Event.kind == "file.attached")).one()
    assert json.loads(event.details)["suspected"] == kinds.split()
    assert "Karen" not in event.details


def test_only_who_may_remove_a_file_is_asked_to_look_again(
    auditor: Visitor, of: Given, browse: Browser, world: World
) -> None:
    attach(auditor, of, *SUSPECTED["name"])
    lead = words(browse.as_(world.police_lead).page(f"{of.at}/files"))
    assert "look like they hold" not in lead


def test_the_same_file_sent_twice_is_attached_once(
    auditor: Visitor, of: Given, session: Session
) -> None:
    assert [attach(auditor, of).status_code for _ in range(2)] == [303, 303]
    assert attached(session).name == "Notes.txt"


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("Form.docm", b"x", "Save it without macros first"),
        ("Old.doc", b"x", "Save it as .docx first"),
        ("Page.html", b"<p>", "The file must be PDF, Word"),
        ("Empty.txt", b"", "This file is empty"),
        ("Not.pdf", b"<html>", "This is not a .pdf file, whatever its name says"),
        ("Large.txt", b"x" * (10 * 1024 * 1024 + 1), "The file must be smaller than 10 MB"),
        ("Script.pdf", files.pdf("script"), "something that could act"),
    ],
)
def test_what_is_not_accepted_is_said_beside_the_file_and_nothing_is_stored(
    auditor: Visitor, of: Given, database: Database, name: str, data: bytes, told: str
) -> None:
    with nothing_written(database):
        answer = attach(auditor, of, name, data)
    assert answer.status_code == 422
    assert told in heading(answer)
    assert f'value="{QUESTION}" selected' in answer.text  # what was chosen is still chosen


def test_without_a_file_or_a_question_it_says_what_to_choose(auditor: Visitor, of: Given) -> None:
    answer = auditor.post(f"{of.at}/files", {"question": QUESTION})
    assert (answer.status_code, "Choose the file" in heading(answer)) == (422, True)
    sent = {"attachment": (*NOTES, "text/plain")}
    for question in ("", "no_such_question"):
        answer = auditor.post(f"{of.at}/files", {"question": question}, sent)
        assert (answer.status_code, "Choose the question" in heading(answer)) == (422, True)


def test_a_file_that_stops_its_reader_is_refused_in_words(
    auditor: Visitor, of: Given, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stopped(*_: object) -> bytes:
        raise checking.TooMuch

    monkeypatch.setattr(checking, "read_apart", stopped)
    with nothing_written(database):
        answer = attach(auditor, of)
    assert "takes too long or too much memory" in heading(answer)


def test_a_response_holds_so_many_files_and_no_more(
    auditor: Visitor, of: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.attachments.commands.MOST_OF_ONE", 2)
    assert MOST_OF_ONE > 2
    for number in range(2):
        assert attach(auditor, of, data=f"Seen {number}".encode()).status_code == 303
    answer = attach(auditor, of, data=b"Seen once more")
    assert (answer.status_code, "holds 2 at most" in heading(answer)) == (422, True)


def test_a_removed_file_is_gone_and_that_it_was_there_is_known(
    auditor: Visitor, of: Given, session: Session
) -> None:
    attach(auditor, of)
    here = f"{of.at}/files/{attached(session).ref}"
    assert "deleted for good" in words(auditor.page(f"{here}/removal"))
    assert "No file is attached yet" in words(auditor.follow(auditor.submit(f"{here}/removal")))
    assert session.exec(select(AttachmentContent)).all() == []
    assert attached(session).removed_by is not None
    assert auditor.post(here).status_code == 404
    assert auditor.post(f"{here}/removal").status_code == 404
    assert "No file is attached yet" in words(auditor.page(f"{of.at}/files"))
    assert attach(auditor, of).status_code == 303  # it may come back


@pytest.mark.parametrize("closed", ["declared", "sent", "the round", "the subject"])
def test_once_answers_are_closed_files_are_too(
    auditor: Visitor, of: Given, database: Database, session: Session, closed: str
) -> None:
    attach(auditor, of)
    here = f"{of.at}/files/{attached(session).ref}"
    with database.writing() as writing:
        if closed == "the round":
            writing.get_one(Round, of.audit.round.id).stage = Stage.RETURNS_CLOSED
        if closed == "the subject":
            writing.get_one(Subject, of.assignment.subject_id).state = "replaced"
    if closed in {"declared", "sent"}:
        state = ResponseState.SENT if closed == "sent" else ResponseState.WITH_AGENCY_LEAD
        move(database, of, state)
    page = auditor.page(f"{of.at}/files")
    assert [form["action"] for form in page.select("main form")] == [here]
    with nothing_written(database):
        assert attach(auditor, of, data=b"Late").status_code == 409
        assert auditor.post(f"{here}/removal").status_code == 409
        assert auditor.get(f"{here}/removal").status_code == 409
    assert auditor.post(here).content == NOTES[1]


def test_others_read_a_file_once_its_response_is_sent_and_other_agencies_never(
    auditor: Visitor, of: Given, database: Database, session: Session,
    browse: Browser, world: World,
) -> None:  # fmt: skip
    attach(auditor, of)
    here = f"{of.at}/files/{attached(session).ref}"
    own, read = (world.police_lead,), (world.lead, world.coordinator, world.scrutineer)
    never = (world.nurse, world.social_worker, world.panel_police, world.administrator)

    def got(people: tuple[object, ...]) -> set[int]:
        return {browse.as_(who).post(here).status_code for who in people}  # type: ignore[arg-type]

    assert (got(own), got(read)) == ({200}, {404})
    assert got(never) <= {403, 404}
    move(database, of, ResponseState.SENT)
    assert (got(own), got(read)) == ({200}, {200})
    assert got(never) <= {403, 404}
    assert browse.as_(world.coordinator).post(f"{here}/removal").status_code == 403


def test_a_file_belongs_to_the_response_in_its_address(
    auditor: Visitor, of: Given, database: Database, session: Session, world: World
) -> None:
    attach(auditor, of)
    other = given(database, world)
    assert auditor.post(f"{other.at}/files/{attached(session).ref}").status_code == 404
