"""The files that were sent with answers stand beside those answers, for whom they are."""

import pytest
from bs4 import Tag
from sqlmodel import Session

from app.access import Role
from app.attachments.models import Attachment, AttachmentContent
from app.db import Database, new_reference, now
from app.identity.models import Person
from app.library.numbers import numbers_of
from app.responses.models import NilReturn, Response
from app.responses.rules import ResponseState
from app.rounds.rules import Stage
from tests.browsing import Browser, one, words
from tests.comparisons.scene import Scene, move_to
from tests.factories import ident, membership
from tests.world import World

NAME = "Chronology for the panel.pdf"


def put_file(session: Session, scene: Scene, response: Response, by: Person) -> Attachment:
    made = Attachment(
        ref=new_reference(),
        assignment_id=response.assignment_id,
        question_id=numbers_of(session, scene.audit.tool).number["form_worry"],
        name=NAME,
        ending="pdf",
        size=120_000,
        digest="0" * 64,
        attached_by=ident(by),
        attached_at=now(session),
    )
    session.add(made)
    session.flush()
    session.add(AttachmentContent(attachment_id=ident(made), content=b"%PDF of the police"))
    session.flush()
    return made


@pytest.fixture
def file(database: Database, world: World, scene: Scene) -> Attachment:
    with database.writing() as session:
        put_file(session, scene, scene.health, world.nurse)  # health has not sent: never seen
        return put_file(session, scene, scene.police, world.officer)


def beside(browse: Browser, scene: Scene, who: Person) -> list[Tag]:
    """What stands of files on the comparison's page, which the meeting's page says as well."""
    visitor = browse.as_(who)
    table = visitor.page(scene.comparison).select(".app-file")
    meeting = visitor.page(f"{scene.comparison}/form_worry").select(".app-file")
    assert [words(each) for each in table] == [words(each) for each in meeting]
    return [*table, *meeting]


@pytest.mark.parametrize("name", ["lead", "coordinator", "scrutineer"])
def test_a_file_stands_beside_its_answer_and_is_taken_there(
    browse: Browser, world: World, scene: Scene, file: Attachment, name: str
) -> None:
    who = world.people[name]
    found = beside(browse, scene, who)
    assert [words(each) for each in found] == [f"Download {NAME} PDF, 117 KB"] * 2
    cell = one(
        browse.as_(who).page(scene.comparison), "#form_worry [data-agency='Wexcombe Police']"
    )
    assert NAME in words(cell)
    for each in found:
        taken = browse.as_(who).post(str(each["action"]))
        assert taken.content == b"%PDF of the police"
        assert file.ref in taken.headers["content-disposition"]


def test_a_panel_member_of_another_agency_learns_that_there_is_a_file_and_no_more(
    database: Database, browse: Browser, world: World, scene: Scene, file: Attachment
) -> None:
    with database.writing() as session:
        theirs = put_file(session, scene, scene.social_care, world.social_worker)
        theirs.name = "Of social care.pdf"
    found = beside(browse, scene, world.panel_police)
    assert [words(each) for each in found] == ["File attached: PDF, 117 KB"] * 4
    page = browse.as_(world.panel_police).get(scene.comparison).text
    assert (NAME in page, "Of social care" in page) == (False, False)
    with database.writing() as session:
        membership(session, world.panel_police, world.partnership, Role.AGENCY_LEAD, world.police)
    found = beside(browse, scene, world.panel_police)
    assert sorted({words(each) for each in found}) == [
        f"Download {NAME} PDF, 117 KB",
        "File attached: PDF, 117 KB",
    ]


@pytest.mark.usefixtures("file")
def test_until_the_comparison_is_open_to_a_panel_member_no_file_is_either(
    database: Database, browse: Browser, world: World, scene: Scene
) -> None:
    move_to(database, scene, Stage.RETURNS_CLOSED)
    answer = browse.as_(world.panel_police).get(scene.comparison)
    assert (answer.status_code, "File attached" in answer.text) == (404, False)


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize("because", ["returned", "not known"])
def test_what_is_not_before_the_panel_has_no_files_there(
    database: Database, browse: Browser, world: World, scene: Scene, because: str
) -> None:
    with database.writing() as session:
        if because == "returned":
            session.get_one(Response, scene.police.id).state = ResponseState.DRAFT
        else:
            nil = NilReturn(
                response_id=ident(scene.police), searched="x", declared_by=ident(world.officer),
                declared_at=now(session),
            )  # fmt: skip
            session.add(nil)
    assert beside(browse, scene, world.lead) == []
