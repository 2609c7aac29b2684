"""A round's page: the steps of the journey in order, and how far each has come."""

from datetime import UTC, datetime

from bs4 import BeautifulSoup
from sqlmodel import Session

from app.actions.models import LearningAction
from app.comparisons.models import Judgement
from app.db import Database, now
from app.findings.models import Finding
from app.library.numbers import numbers_of
from app.meetings.models import Meeting, PutOff
from app.rounds.rules import Stage
from tests.audit import assign, open_audit, respond, subject
from tests.browsing import Browser, words
from tests.comparisons.scene import Scene, move_to, stage_scene
from tests.factories import ident
from tests.rounds.plans import at
from tests.world import World


def steps(page: BeautifulSoup) -> list[str]:
    return [row.get_text(" ", strip=True) for row in page.select("nav[aria-label='This round'] dt")]


def told(page: BeautifulSoup) -> str:
    found = page.select_one("nav[aria-label='This round']")
    return " ".join(found.get_text(" ", strip=True).split()) if found else ""


def found_in(session: Session, scene: Scene, world: World, state: str) -> Finding:
    made = Finding(
        round_id=ident(scene.audit.round),
        kind="strength",
        state=state,
        title="Children are heard",
        words="Forms have the child's own words.",
        themes=[],
        written_by=ident(world.lead),
        written_at=datetime(2026, 9, 15, tzinfo=UTC),
    )
    session.add(made)
    session.flush()
    return made


def open_action(session: Session, finding: Finding, world: World, state: str) -> None:
    session.add(
        LearningAction(
            finding_id=ident(finding),
            what="Put the reason into the letter",
            how_we_will_know="Letters have the reason",
            agency_id=ident(world.police),
            owner_id=ident(world.police_lead),
            due=datetime(2026, 9, 1, tzinfo=UTC).date(),
            state=state,
            created_at=datetime(2026, 8, 1, tzinfo=UTC),
        )
    )


def test_the_steps_stand_in_the_order_of_the_journey(
    session: Session, world: World, browse: Browser
) -> None:
    scene = stage_scene(session, world)
    session.commit()

    page = browse.as_(world.coordinator).page(scene.at)

    assert steps(page) == [
        "Sample", "Answers", "Panel", "Findings", "Papers", "Files and history"
    ]  # fmt: skip


def test_each_step_says_how_far_it_has_come(
    session: Session, world: World, browse: Browser
) -> None:
    scene = stage_scene(session, world)
    agreed = found_in(session, scene, world, "agreed")
    found_in(session, scene, world, "draft")
    open_action(session, agreed, world, "in_progress")
    session.add(
        Meeting(
            round_id=ident(scene.audit.round), began_at=now(session), began_by=ident(world.lead)
        )
    )
    session.commit()

    for who in (world.coordinator, world.lead, world.scrutineer):
        said = told(browse.as_(who).page(scene.at))
        assert "Sample: Referral forms : 1 referral" in said
        assert "Returns : 2 of 3 responses sent" in said
        assert "Meetings : One is open, begun 15 September 2026" in said
        assert "Judgements : 0 of 1 judged" in said
        assert "Findings : 1 agreed, 1 draft" in said
        assert "Actions : 1 action, 1 open, 1 overdue" in said


def test_the_way_to_a_rounds_actions_shows_those_of_that_round(
    session: Session, world: World, browse: Browser
) -> None:
    scene = stage_scene(session, world)
    open_action(session, found_in(session, scene, world, "agreed"), world, "proposed")
    session.commit()
    coordinator = browse.as_(world.coordinator)

    link = coordinator.page(scene.at).find("a", string="Actions", href=lambda h: "round=" in h)

    assert "Put the reason into the letter" in words(coordinator.page(str(link["href"])))  # type: ignore[index]


def test_a_panel_member_and_an_agency_are_told_no_counts(
    session: Session, world: World, browse: Browser
) -> None:
    scene = stage_scene(session, world)
    found_in(session, scene, world, "agreed")
    session.commit()

    panel = told(browse.as_(world.panel_police).page(scene.at))

    assert "Comparisons Meetings Judgements" in panel
    for who in (world.panel_police, world.police_lead, world.officer):
        said = told(browse.as_(who).page(scene.at))
        assert "sent" not in said
        assert "judged" not in said
        assert "agreed" not in said


def test_before_findings_are_agreed_what_the_panel_left_is_told(
    session: Session, world: World, browse: Browser, database: Database
) -> None:
    scene = stage_scene(session, world)
    another = subject(session, scene.audit, "R-2222", 2)
    respond(session, scene.audit, assign(session, another, world.police, world.officer), {})
    question = numbers_of(session, scene.audit.tool).number["form_worry"]
    waits = {"subject_id": ident(scene.subject), "question_id": question}
    session.add(PutOff(**waits, reason="The diary", person_id=ident(world.lead), at=now(session)))
    session.add(
        Judgement(
            subject_id=ident(another),
            level="good",
            reason="It was done",
            person_id=ident(world.lead),
            at=now(session),
        )
    )
    session.add(
        Meeting(
            round_id=ident(scene.audit.round), began_at=now(session), began_by=ident(world.lead)
        )
    )
    session.commit()

    said = words(browse.as_(world.lead).page(f"{scene.at}/stage"))

    assert "A meeting of the panel is still open." in said
    assert "1 of 2 subjects still has differences that the panel has not decided." in said
    assert "1 question is put off." in said
    assert "1 of 2 subjects is not judged as a whole." in said
    move_to(database, scene, Stage.OPEN)
    assert "judged" not in words(browse.as_(world.lead).page(f"{scene.at}/stage"))


def test_a_round_is_not_closed_while_an_action_goes_on(
    session: Session, world: World, browse: Browser
) -> None:
    scene = stage_scene(session, world, Stage.IMPACT_REVIEWED)
    open_action(session, found_in(session, scene, world, "agreed"), world, "verified")
    session.commit()
    coordinator = browse.as_(world.coordinator)

    page = coordinator.page(f"{scene.at}/stage")
    answer = coordinator.post(
        f"{scene.at}/stage", {"version": str(scene.audit.round.version), "to": "closed"}
    )

    assert "1 action is neither closed nor superseded. Nobody can change an action" in words(page)
    assert page.select_one("main form") is None
    assert answer.status_code == 409


def test_a_round_whose_actions_are_over_is_closed(
    session: Session, world: World, browse: Browser
) -> None:
    scene = stage_scene(session, world, Stage.IMPACT_REVIEWED)
    open_action(session, found_in(session, scene, world, "agreed"), world, "superseded")
    session.commit()
    coordinator = browse.as_(world.coordinator)

    answer = coordinator.submit(f"{scene.at}/stage", form="/stage")

    assert "Closed" in words(coordinator.follow(answer))


def test_before_impact_is_reviewed_open_actions_are_only_told(
    session: Session, world: World, browse: Browser
) -> None:
    scene = stage_scene(session, world, Stage.ACTIONS_LIVE)
    open_action(session, found_in(session, scene, world, "agreed"), world, "in_progress")
    session.commit()

    page = browse.as_(world.coordinator).page(f"{scene.at}/stage")

    assert "Worth knowing 1 action is neither closed nor superseded." in words(page)
    assert page.select_one("main form") is not None


def test_a_plan_alone_has_only_its_history(session: Session, world: World, browse: Browser) -> None:
    audit = open_audit(session, world, Stage.DRAFT)
    session.commit()

    assert steps(browse.as_(world.coordinator).page(at(audit))) == ["Files and history"]
