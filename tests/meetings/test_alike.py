"""What all agencies said alike is agreed at once: what the page showed, and nothing else."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, col, select

from app.comparisons.models import AgreedAnswer
from app.db import Database
from app.events.models import Event
from app.library.numbers import numbers_of
from app.meetings.models import PutOff
from app.responses.models import Answer as AnswerRow
from app.responses.models import Response
from tests.browsing import Browser, Visitor, find_form, form_values, soup, words
from tests.comparisons.scene import Scene, grade
from tests.conftest import nothing_written
from tests.factories import ident
from tests.world import World

VOICE = "form_child_voice"
TRIED, HISTORY = "form_tried", "form_history"
WAITS = {"decision": "~put_off", "reason": "The police look for the form."}
Form = dict[str, str | list[str]]


@pytest.fixture
def lead(browse: Browser, world: World) -> Visitor:
    return browse.as_(world.lead)


@pytest.fixture
def alike(scene: Scene, database: Database) -> str:
    """The page, on which three questions are that both agencies answered alike."""
    with database.writing() as session:
        for question in (TRIED, HISTORY):
            for response in (scene.police, scene.social_care):
                answer(session, scene, response, question, "partly")
    return f"{scene.at}/subjects/{scene.subject.ref}/alike"


def opened(lead: Visitor, alike: str) -> Form:
    """The form of the page as somebody opened it."""
    return dict(form_values(find_form(lead.page(alike), "/alike")))


def ticked(form: Form) -> list[str]:
    chosen = form.get("questions", [])
    return [chosen] if isinstance(chosen, str) else chosen


def stored(session: Session, table: type) -> list:  # type: ignore[type-arg]
    session.expire_all()
    return list(session.exec(select(table)))


def put_off(lead: Visitor, scene: Scene) -> None:
    assert lead.submit(f"{scene.comparison}/{VOICE}", WAITS).status_code == 303


def answer(session: Session, scene: Scene, given: Response, question: str, level: str) -> None:
    """Store an answer in the place of what was there."""
    numbers = numbers_of(session, scene.audit.tool)
    state, code = numbers.encode(scene.audit.question_set.question[question], grade(level))
    key = ident(given), numbers.number[question]
    row = session.get(AnswerRow, key) or AnswerRow(
        response_id=key[0], question_id=key[1], state=state, version=1
    )
    row.state, row.code = state, code
    session.add(row)


def sent_again(database: Database, scene: Scene, *responses: Response) -> None:
    """Returned with queries, answered otherwise, and sent again."""
    with database.writing() as session:
        for response in responses:
            answer(session, scene, response, VOICE, "yes")
            session.get_one(Response, ident(response)).version += 1


def test_what_was_put_off_is_listed_with_what_it_waits_for_and_is_not_ticked(
    lead: Visitor, scene: Scene, alike: str
) -> None:
    assert VOICE in ticked(opened(lead, alike))
    put_off(lead, scene)
    told = words(lead.page(alike))
    assert "Partly. Put off: The police look for the form." in told
    assert "What the panel put off is not ticked unless you tick it." in told
    assert VOICE not in ticked(opened(lead, alike))
    assert TRIED in ticked(opened(lead, alike))


def test_pressing_as_it_stands_leaves_what_was_put_off(
    lead: Visitor, scene: Scene, alike: str, session: Session
) -> None:
    put_off(lead, scene)
    assert lead.submit(alike).status_code == 303
    (kept,) = stored(session, PutOff)
    assert kept.reason == WAITS["reason"]


def test_what_was_put_off_is_agreed_once_somebody_ticks_it(
    lead: Visitor, scene: Scene, alike: str, session: Session
) -> None:
    put_off(lead, scene)
    assert lead.submit(alike, {"questions": [VOICE]}).status_code == 303
    assert stored(session, PutOff) == []
    (agreed,) = stored(session, AgreedAnswer)
    assert agreed.version == 2


def _waits(lead: Visitor, scene: Scene, _: Database) -> None:
    put_off(lead, scene)


def _decided(lead: Visitor, scene: Scene, _: Database) -> None:
    both = {"decision": "~not_agreed", "reason": "Both views stand."}
    assert lead.submit(f"{scene.comparison}/{VOICE}", both).status_code == 303


def _alike_anew(_: Visitor, scene: Scene, database: Database) -> None:
    sent_again(database, scene, scene.police, scene.social_care)


def _apart(_: Visitor, scene: Scene, database: Database) -> None:
    sent_again(database, scene, scene.police)


@pytest.mark.parametrize("meanwhile", [_waits, _decided, _alike_anew, _apart])
def test_nothing_is_agreed_where_one_is_not_as_the_page_showed_it(
    lead: Visitor,
    scene: Scene,
    alike: str,
    database: Database,
    meanwhile: Callable[[Visitor, Scene, Database], None],
) -> None:
    form = opened(lead, alike)
    assert ticked(form) == [VOICE, TRIED, HISTORY]
    form["questions"] = [VOICE, TRIED]
    meanwhile(lead, scene, database)
    with nothing_written(database):
        refused = lead.post(alike, form)
    assert refused.status_code == 409
    page = soup(refused)
    told = words(page)
    assert "Nothing is agreed yet:" in told
    assert scene.audit.question_set.question[VOICE].text in told.split("Agree what all said")[0]
    again = dict(form_values(find_form(page, "/alike")))
    assert ticked(again) == [TRIED]
    assert lead.post(alike, again).status_code == 303


def test_pressed_twice_it_is_agreed_once(lead: Visitor, alike: str, session: Session) -> None:
    form = opened(lead, alike)
    assert [lead.post(alike, form).status_code for _ in range(2)] == [303, 303]
    told = session.exec(select(Event).where(col(Event.kind) == "answer.agreed"))
    assert len(list(told)) == 1


def test_what_the_page_did_not_show_is_not_agreed(
    lead: Visitor, alike: str, database: Database
) -> None:
    with nothing_written(database):
        assert lead.post(alike, {"questions": [VOICE]}).status_code == 422
