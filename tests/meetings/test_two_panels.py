"""Two panels on one round: cases of its own for each, a record of its own, and who decides."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from app.access import Actor
from app.assignments.models import Assignment, SharedSection
from app.comparisons.models import AgreedAnswer, Judgement
from app.db import Database, now
from app.events import Happened, record
from app.identity.models import Person
from app.meetings.models import Meeting, MeetingEntry
from app.responses.models import Answer as AnswerRow
from app.responses.models import AnswerChange, Response, SentVersion
from app.samples.models import Subject
from tests.audit import assign, respond, subject
from tests.browsing import Browser, Visitor, find_form, form_values, soup, words
from tests.comparisons.scene import HAD_A_PART, Scene, grade
from tests.conftest import nothing_written
from tests.factories import ident
from tests.world import World

GOOD = {"decision": "good", "reason": "The line says it."}


@pytest.fixture
def lead(browse: Browser, world: World) -> Visitor:
    return browse.as_(world.lead)


@pytest.fixture
def coordinator(browse: Browser, world: World) -> Visitor:
    return browse.as_(world.coordinator)


@pytest.fixture
def second(database: Database, world: World, scene: Scene) -> Subject:
    """Another case of the round, on which two agencies differ."""
    with database.writing() as session:
        about = subject(session, scene.audit, "R-2")
        for agency, person, level in (
            (world.social_care, world.social_worker, "good"),
            (world.police, world.officer, "inadequate"),
        ):
            given = assign(session, about, agency, person)
            respond(session, scene.audit, given, {**HAD_A_PART, "form_worry": grade(level)})
        return about


def begin(lead: Visitor, scene: Scene) -> None:
    assert lead.submit(f"{scene.at}/meetings", {"others": "A scrutineer"}).status_code == 303


def divide(lead: Visitor, scene: Scene, case: Subject, **given: object) -> int:
    said = {"name": "Panel B", "cases": [case.ref], "others": "A nurse", **given}
    return lead.submit(f"{scene.at}/panels", said).status_code


def question(scene: Scene, case: Subject) -> str:
    return f"{scene.at}/subjects/{case.ref}/comparison/form_worry"


def records(lead: Visitor, scene: Scene) -> list[str]:
    """Where the records of the meetings stand, in the order in which the page lists them."""
    links = lead.page(f"{scene.at}/meetings").select("main a[href*='/meetings/']")
    return [str(link["href"]) for link in links]


def stored(session: Session, table: type) -> list:  # type: ignore[type-arg]
    session.expire_all()
    return list(session.exec(select(table)))


def record_of(session: Session, name: str) -> list[int]:
    """The subjects that a panel's record is about."""
    session.expire_all()
    of = select(MeetingEntry.subject_id).join(Meeting).where(Meeting.name == name)
    return list(session.exec(of))


def test_each_panel_has_its_own_cases_and_its_own_record(
    lead: Visitor, scene: Scene, second: Subject, session: Session
) -> None:
    begin(lead, scene)
    assert divide(lead, scene, second) == 303
    for case in (scene.subject, second):
        assert lead.submit(question(scene, case), GOOD).status_code == 303
    assert record_of(session, "") == [scene.subject.id]
    assert record_of(session, "Panel B") == [second.id]


def test_each_panel_goes_on_with_its_own_cases(
    lead: Visitor, scene: Scene, second: Subject
) -> None:
    begin(lead, scene)
    assert "R-2 1 difference left" in words(lead.page(f"{scene.at}/panels"))
    divide(lead, scene, second)
    page = lead.page(f"{scene.at}/meetings")
    links = [str(a["href"]) for a in page.select("a.govuk-button")]
    assert scene.subject.ref in links[0]
    assert second.ref in links[1]
    assert f"About {second.label}." in words(page)
    assert "Panel B" in words(lead.page(question(scene, second)))
    assert "Panel B" not in words(lead.page(question(scene, scene.subject)))


def test_who_chairs_a_panel_decides_about_its_cases_and_no_others(  # noqa: PLR0913, PLR0917 - a story
    lead: Visitor,
    coordinator: Visitor,
    scene: Scene,
    second: Subject,
    world: World,
    session: Session,
    database: Database,
) -> None:
    begin(lead, scene)
    with nothing_written(database):
        assert coordinator.post(question(scene, second), GOOD).status_code == 403
    assert divide(lead, scene, second, chair=world.coordinator.ref) == 303
    assert "Panel B" in words(coordinator.page(f"{scene.at}/meetings"))
    assert coordinator.submit(question(scene, second), GOOD).status_code == 303
    at = f"{scene.at}/subjects/{second.ref}"
    judged = {"level": "good", "reason": "The child was safer."}
    assert coordinator.submit(f"{at}/judgement", judged).status_code == 303
    (agreed,) = stored(session, AgreedAnswer)
    assert (agreed.subject_id, agreed.person_id) == (second.id, world.coordinator.id)
    assert stored(session, Judgement)
    assert not coordinator.page(question(scene, scene.subject)).select("[name=decision]")
    with nothing_written(database):
        assert coordinator.post(question(scene, scene.subject), GOOD).status_code == 403
        other = f"{scene.at}/subjects/{scene.subject.ref}"
        assert coordinator.post(f"{other}/judgement", judged).status_code == 403
        assert coordinator.post(f"{other}/alike", {"questions": []}).status_code == 403


def test_who_chairs_ends_their_own_meeting_and_then_decides_nothing(
    lead: Visitor,
    coordinator: Visitor,
    scene: Scene,
    second: Subject,
    world: World,
    database: Database,
) -> None:
    begin(lead, scene)
    divide(lead, scene, second, chair=world.coordinator.ref)
    hers, own = records(lead, scene)
    with nothing_written(database):
        assert coordinator.post(f"{hers}/end", {"version": "1"}).status_code == 403
    assert f"{world.coordinator.name}, Coordinator, in the chair" in words(lead.page(own))
    assert coordinator.submit(f"{own}/end", {}, form="/end").status_code == 303
    with nothing_written(database):
        assert coordinator.post(question(scene, second), GOOD).status_code == 403


def test_what_a_panel_left_goes_back_to_the_round(
    lead: Visitor, scene: Scene, second: Subject, session: Session
) -> None:
    begin(lead, scene)
    divide(lead, scene, second)
    own = [
        str(a["href"])
        for a in lead.page(f"{scene.at}/meetings").select("main a[href*='/meetings/']")
    ][1]
    lead.submit(f"{own}/end", {}, form="/end")
    lead.submit(question(scene, second), GOOD)
    assert record_of(session, "") == [second.id]
    assert f"This panel took {second.label}." in words(lead.page(own))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": " "}, "Say what this panel is called"),
        ({"cases": []}, "Choose at least one case for this panel"),
        ({"cases": ["nothing"]}, "Choose from the cases of this round"),
        ({"chair": "nobody"}, "Choose from those who may chair"),
        ({"others": ""}, "Choose who is in the room"),
    ],
)
def test_what_a_second_panel_lacks_is_said_and_nothing_is_kept(
    lead: Visitor,
    scene: Scene,
    second: Subject,
    database: Database,
    given: dict[str, object],
    said: str,
) -> None:
    begin(lead, scene)
    form = {"name": "Panel B", "cases": [second.ref], "others": "A nurse", **given}
    with nothing_written(database):
        answer = lead.submit(f"{scene.at}/panels", form)
    assert answer.status_code == 422
    assert said in words(soup(answer))


def test_a_case_is_before_one_panel_at_a_time(
    lead: Visitor, scene: Scene, second: Subject, session: Session, database: Database
) -> None:
    begin(lead, scene)
    form = {"name": "Panel B", "cases": [second.ref], "others": "A nurse"}
    assert lead.post(f"{scene.at}/panels", form).status_code == 303
    assert lead.post(f"{scene.at}/panels", form).status_code == 303, "pressed twice it is one"
    assert len(stored(session, Meeting)) == 2
    with nothing_written(database):
        again = lead.post(f"{scene.at}/panels", {**form, "name": "Panel C"})
        assert f"{second.label} is before another panel already" in words(soup(again))
        other = lead.post(f"{scene.at}/panels", {**form, "cases": [scene.subject.ref]})
        assert "Another panel that sits now is called that" in words(soup(other))


@pytest.mark.parametrize("who", ["officer", "police_lead"])
def test_nobody_chairs_who_answered_or_does_not_sit(
    lead: Visitor, scene: Scene, second: Subject, world: World, database: Database, who: str
) -> None:
    begin(lead, scene)
    with nothing_written(database):
        assert divide(lead, scene, second, chair=getattr(world, who).ref) == 422


def test_a_panel_member_chairs_what_their_agency_opened_alone(  # noqa: PLR0913, PLR0917 - a story
    lead: Visitor,
    browse: Browser,
    scene: Scene,
    second: Subject,
    world: World,
    session: Session,
    database: Database,
) -> None:
    begin(lead, scene)
    with database.writing() as writing:
        unsent = subject(writing, scene.audit, "R-3")
        assign(writing, unsent, world.police, world.officer)
    with nothing_written(database):
        refused = lead.submit(
            f"{scene.at}/panels",
            {
                "name": "Panel B",
                "cases": [second.ref, unsent.ref],
                "chair": world.panel_police.ref,
                "others": "",
            },
        )
    assert f"cannot read {unsent.label} yet" in words(soup(refused))
    assert divide(lead, scene, second, chair=world.panel_police.ref) == 303
    member = browse.as_(world.panel_police)
    assert member.submit(question(scene, second), GOOD).status_code == 303
    assert record_of(session, "Panel B") == [second.id]


def test_the_lead_alone_divides_the_cases(
    coordinator: Visitor, scene: Scene, second: Subject, database: Database
) -> None:
    with nothing_written(database):
        assert coordinator.post(f"{scene.at}/panels", {"name": "Panel B"}).status_code == 403
    assert not coordinator.page(f"{scene.at}/meetings").select("a[href$='/panels']")


def test_nobody_chairs_who_answered_a_section_that_was_shared_with_them(
    lead: Visitor, scene: Scene, second: Subject, world: World, database: Database
) -> None:
    begin(lead, scene)
    with database.writing() as session:
        shared_with(session, scene, world.panel_police)
    with nothing_written(database):
        assert divide(lead, scene, second, chair=world.panel_police.ref) == 422


def test_who_answers_after_all_is_in_the_chair_no_longer(
    lead: Visitor,
    browse: Browser,
    scene: Scene,
    second: Subject,
    world: World,
    database: Database,
) -> None:
    begin(lead, scene)
    assert divide(lead, scene, second, chair=world.panel_police.ref) == 303
    with database.writing() as session:
        shared_with(session, scene, world.panel_police)
    member = browse.as_(world.panel_police)
    assert not member.page(question(scene, second)).select("[name=decision]")
    with nothing_written(database):
        assert member.post(question(scene, second), GOOD).status_code == 403


def shared_with(session: Session, scene: Scene, who: Person) -> None:
    """Give somebody a section of the police's response to answer."""
    session.add(
        SharedSection(
            assignment_id=scene.police.assignment_id,
            section="about",
            person_id=ident(who),
            given_at=now(session),
        )
    )
    session.flush()


def _signed_off(session: Session, scene: Scene, who: int) -> None:
    """Signed off and sent; returned with queries, and sent again by a colleague."""
    given = session.get_one(Assignment, scene.police.assignment_id)
    session.add(
        SentVersion(
            response_id=ident(scene.police),
            number=1,
            sent_at=now(session),
            declared_by=given.auditor_id or 0,
            signed_off_by=who,
            version=1,
            answers="{}",
        )
    )


def _answered(session: Session, scene: Scene, who: int) -> None:
    """Answered a question, or one of a shared section, before another auditor went on."""
    session.add(
        AnswerChange(
            response_id=ident(scene.police),
            question_id=session.exec(select(AnswerRow.question_id)).first() or 0,
            version=1,
            page="a-page",
            person_id=who,
            at=now(session),
            state=0,
        )
    )


def _declared(session: Session, scene: Scene, who: int) -> None:
    session.get_one(Response, ident(scene.police)).declared_by = who


def _handed_back(session: Session, scene: Scene, who: int) -> None:
    session.get_one(Response, ident(scene.police)).handed_back_by = who


def _said_not_known(session: Session, scene: Scene, who: int) -> None:
    """Declared that the child is not known; it was handed back, and answered after all."""
    given = scene.audit.round
    actor = Actor(who, given.partnership_id, "Somebody", held=())
    told = {"partnership_id": given.partnership_id, "scope": given.ref}
    record(session, actor, Happened.NIL_RETURN_DECLARED, **told)


@pytest.mark.parametrize("had", [_signed_off, _answered, _declared, _handed_back, _said_not_known])
def test_nobody_chairs_who_had_a_part_that_is_another_persons_now(
    lead: Visitor,
    scene: Scene,
    second: Subject,
    world: World,
    database: Database,
    had: Callable[[Session, Scene, int], None],
) -> None:
    begin(lead, scene)
    chair = world.panel_police
    offered = lead.page(f"{scene.at}/panels").select("[name=chair] option")
    assert chair.ref in {option["value"] for option in offered}
    with database.writing() as session:
        had(session, scene, ident(chair))
    offered = lead.page(f"{scene.at}/panels").select("[name=chair] option")
    assert chair.ref not in {option["value"] for option in offered}
    with nothing_written(database):
        assert divide(lead, scene, second, chair=chair.ref) == 422


def test_no_second_panel_begins_once_the_meeting_beside_it_has_ended(
    lead: Visitor, scene: Scene, second: Subject, database: Database
) -> None:
    begin(lead, scene)
    (first,) = records(lead, scene)
    lead.submit(f"{first}/end", {}, form="/end")
    given = {"name": "Panel B", "cases": [second.ref], "others": "A nurse"}
    with nothing_written(database):
        late = lead.post(f"{scene.at}/panels", given)
    assert late.status_code == 409
    kept = form_values(find_form(soup(late), "/panels"))
    assert (kept["name"], kept["cases"], kept["others"]) == ("Panel B", second.ref, "A nurse")
