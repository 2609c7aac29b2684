"""Moving a round from stage to stage: what it says first, what stops it, what it leaves behind."""

import json
from datetime import date

import pytest
from sqlmodel import Session, col, select

from app.rounds.models import Round, RoundAgency, RoundMove, RoundPerson
from app.rounds.rules import Stage, next_stage
from tests.audit import Audit, open_audit
from tests.browsing import Browser, Visitor, heading, words
from tests.clock import SettableClock
from tests.conftest import nothing_written
from tests.rounds.plans import at, begin, boxes, happened, rounds_of, stored
from tests.world import World


def move(visitor: Visitor, audit: Audit, to: str, reason: str = "", version: int = 1) -> int:
    """Post a move as its page would, whether or not the page offers it."""
    sent = {"to": to, "version": str(version), "reason": reason}
    return visitor.post(f"{at(audit)}/stage", sent).status_code


def stage_of(browse: Browser) -> str:
    (found,) = rounds_of(browse.database)
    return found.stage


@pytest.fixture(autouse=True)
def _nothing_asked_of_later_steps(browse: Browser) -> None:
    browse.client.app.state.round_readiness = ()  # type: ignore[attr-defined]


def test_a_round_goes_from_the_library_to_sampling(world: World, browse: Browser) -> None:
    coordinator = browse.as_(world.coordinator)
    made = begin(coordinator)
    agencies = [world.police.ref, world.health.ref, world.social_care.ref]
    coordinator.submit(f"{made}/agencies", {"agencies": agencies})
    people = {"lead": world.lead.ref, "panel": [world.panel_police.ref]}
    coordinator.submit(f"{made}/people", people)
    coordinator.submit(f"{made}/judgement-rule", {"rule": "panel"})
    coordinator.submit(f"{made}/retention")

    for words_of_stage in ("Approved", "Sampling"):
        page = coordinator.follow(coordinator.submit(f"{made}/stage"))
        assert words_of_stage in words(page)

    assert stage_of(browse) == "sampling"
    assert len(happened(browse.database, "round.moved")) == 2


def test_a_round_can_be_walked_to_its_end(session: Session, world: World, browse: Browser) -> None:
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)

    walked = [stage_of(browse)]
    while next_stage(Stage(walked[-1])):
        assert coordinator.submit(f"{at(audit)}/stage").status_code == 303
        walked.append(stage_of(browse))

    assert walked == [stage.value for stage in Stage if stage is not Stage.PURGED]
    end = words(coordinator.page(f"{at(audit)}/stage"))
    assert "The round has come to its end" in end


def test_a_round_does_not_skip_a_stage_or_go_back_where_there_is_no_way(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.SAMPLING)
    coordinator = browse.as_(world.coordinator)

    with nothing_written(browse.database):
        for to in set(Stage) - {Stage.SAMPLING, Stage.OPEN}:
            assert coordinator.get(f"{at(audit)}/stage?to={to}").status_code == 409, to
            assert move(coordinator, audit, to, "a reason") == 409, to


def test_nobody_moves_a_round_to_purged(session: Session, world: World, browse: Browser) -> None:
    """It is there when the last of what it kept has gone."""
    audit = stored(session, world, Stage.CLOSED)

    assert move(browse.as_(world.coordinator), audit, "purged") == 409
    assert stage_of(browse) == "closed"


def test_a_stage_that_there_is_not_is_refused(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.SAMPLING)
    coordinator = browse.as_(world.coordinator)

    for to in ("", "archived", "OPEN", "lead"):
        assert move(coordinator, audit, to) == 422, to
    assert stage_of(browse) == "sampling"


def test_there_is_no_page_for_a_stage_that_there_is_not(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.SAMPLING)

    assert browse.as_(world.coordinator).get(f"{at(audit)}/stage?to=archived").status_code == 404


def test_the_page_says_what_begins_what_stops_and_whether_there_is_a_way_back(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.SAMPLING)

    text = words(browse.as_(world.coordinator).page(f"{at(audit)}/stage"))

    assert "Move the round on to “Open”" in text
    assert "shows itself to the agencies" in text
    assert "people can: Answer, declare, sign off and send" in text
    assert "nobody can: Change the plan" in text
    assert "It cannot be taken back to “Sampling” afterwards." in text


def test_closing_returns_can_be_taken_back(session: Session, world: World, browse: Browser) -> None:
    audit = stored(session, world)

    text = words(browse.as_(world.coordinator).page(f"{at(audit)}/stage"))

    assert "It can be taken back, with a reason." in text


def test_going_back_needs_a_reason_and_keeps_it_with_the_round(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.RETURNS_CLOSED)
    coordinator = browse.as_(world.coordinator)
    back = f"{at(audit)}/stage?to=open"

    with nothing_written(browse.database):
        refused = coordinator.submit(back, {"reason": "  "})
    assert refused.status_code == 422
    assert "Say why the round goes back" in heading(refused)
    assert stage_of(browse) == "returns_closed"

    coordinator.submit(back, {"reason": "Canary-5512: one agency had no access for a week."})

    assert stage_of(browse) == "open"
    (event,) = happened(browse.database, "round.moved")
    assert json.loads(event.details) == {"came_from": "returns_closed", "went_to": "open"}
    assert "Canary-5512" in words(coordinator.page(f"{at(audit)}/stage"))
    assert "Canary-5512" not in browse.as_(world.officer).get(at(audit)).text


def test_a_reason_may_be_so_long(session: Session, world: World, browse: Browser) -> None:
    audit = stored(session, world, Stage.RETURNS_CLOSED)

    assert move(browse.as_(world.coordinator), audit, "open", "r" * 5001) == 422


def test_each_step_is_kept_with_who_took_it_and_when(
    session: Session, world: World, browse: Browser, clock: SettableClock
) -> None:
    audit = stored(session, world)
    browse.as_(world.lead).submit(f"{at(audit)}/stage")

    with browse.database.reading() as reading:
        step = reading.exec(
            select(RoundMove).where(col(RoundMove.round_id) == audit.round.id)
        ).one()
    assert (step.came_from, step.went_to, step.person_id) == (
        "open",
        "returns_closed",
        world.lead.id,
    )
    assert step.at == clock()


def test_a_lead_moves_the_round_on_and_back_once_it_is_open(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world)
    lead = browse.as_(world.lead)

    assert lead.submit(f"{at(audit)}/stage").status_code == 303
    back = lead.submit(f"{at(audit)}/stage?to=open", {"reason": "One return was late."})
    assert back.status_code == 303


def test_until_it_is_open_the_lead_leaves_it_to_the_coordinator(
    session: Session, world: World, browse: Browser
) -> None:
    early = (Stage.DRAFT, Stage.APPROVED, Stage.SAMPLING)
    audits = {stage: open_audit(session, world, stage) for stage in early}
    session.commit()
    lead = browse.as_(world.lead)

    with nothing_written(browse.database):
        for stage, audit in audits.items():
            assert lead.get(f"{at(audit)}/stage").status_code == 409
            assert move(lead, audit, next_stage(stage) or "") == 409
            assert "Move on" not in words(lead.page(at(audit)))


@pytest.mark.parametrize("who", ["panel_police", "scrutineer", "police_lead", "officer"])
def test_nobody_else_moves_it(session: Session, world: World, browse: Browser, who: str) -> None:
    audit = stored(session, world)
    visitor = browse.as_(world.people[who])

    assert move(visitor, audit, "returns_closed") == 403
    assert "Move on" not in words(visitor.page(at(audit)))


def test_the_lead_of_another_round_does_not_move_it(
    session: Session, world: World, browse: Browser
) -> None:
    stored(session, world)
    with browse.database.writing() as writing:
        other = open_audit(writing, world)
        writing.delete(writing.get_one(RoundPerson, (other.round.id, world.lead.id)))

    assert move(browse.as_(world.lead), other, "returns_closed") == 404


def without_agencies(session: Session, world: World, audit: Audit) -> None:
    for agency in (world.health, world.school, world.social_care):
        session.delete(session.get_one(RoundAgency, (audit.round.id, agency.id)))


def without_lead(session: Session, world: World, audit: Audit) -> None:
    session.delete(session.get_one(RoundPerson, (audit.round.id, world.lead.id)))


def without_panel(session: Session, world: World, audit: Audit) -> None:
    session.delete(session.get_one(RoundPerson, (audit.round.id, world.panel_police.id)))


def without_the_panels_agency(session: Session, world: World, audit: Audit) -> None:
    session.delete(session.get_one(RoundAgency, (audit.round.id, world.police.id)))


def with_returns_overdue(session: Session, world: World, audit: Audit) -> None:
    audit.round.returns_due = date(2026, 9, 14)
    session.add(audit.round)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (without_agencies, "At least two agencies must take part."),
        (without_lead, "Nobody is chosen to lead."),
        (without_panel, "Nobody is chosen for the panel."),
        (without_the_panels_agency, "no agency of theirs takes part"),
        (with_returns_overdue, "Returns were due on 14 September 2026, which has passed"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_missing_is_said_and_the_round_stays(
    session: Session, world: World, browse: Browser, spoil: object, said: str
) -> None:
    audit = open_audit(session, world, Stage.DRAFT)
    spoil(session, world, audit)  # type: ignore[operator]
    session.commit()
    coordinator = browse.as_(world.coordinator)

    page = coordinator.page(f"{at(audit)}/stage")
    assert said in words(page)
    assert page.select("main form") == []
    assert said in words(coordinator.page(at(audit)))
    with nothing_written(browse.database):
        answer = coordinator.post(f"{at(audit)}/stage", {"to": "approved", "version": "1"})

    assert answer.status_code == 409
    assert said in heading(answer) + words_in(answer.text)
    assert stage_of(browse) == "draft"
    assert rounds_of(browse.database)[0].version == 1


def words_in(text: str) -> str:
    return " ".join(text.split())


def test_going_back_is_never_held_up_by_what_is_missing(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world, Stage.APPROVED)
    without_lead(session, world, audit)
    session.commit()

    assert move(browse.as_(world.coordinator), audit, "draft", "The lead has left.") == 303


def test_moderation_is_not_left_for_want_of_a_panel(
    session: Session, world: World, browse: Browser
) -> None:
    """Once findings are agreed, people may come and go."""
    audit = open_audit(session, world, Stage.MODERATION)
    without_panel(session, world, audit)
    session.commit()

    assert move(browse.as_(world.coordinator), audit, "findings_agreed") == 303


def test_later_steps_say_what_they_miss(session: Session, world: World, browse: Browser) -> None:
    audit = stored(session, world, Stage.SAMPLING)
    asked: list[tuple[str, Stage]] = []

    def nothing_drawn(_: Session, seen: Round, to: Stage) -> list[str]:
        asked.append((seen.ref, to))
        return ["No subjects have been drawn."]

    browse.client.app.state.round_readiness = (nothing_drawn,)  # type: ignore[attr-defined]
    coordinator = browse.as_(world.coordinator)

    assert "No subjects have been drawn." in words(coordinator.page(f"{at(audit)}/stage"))
    assert move(coordinator, audit, "open") == 409
    assert set(asked) == {(audit.round.ref, Stage.OPEN)}


def test_the_same_press_sent_twice_moves_the_round_once(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world)
    coordinator = browse.as_(world.coordinator)

    assert [move(coordinator, audit, "returns_closed") for _ in range(2)] == [303, 303]

    assert stage_of(browse) == "returns_closed"
    assert len(happened(browse.database, "round.moved")) == 1


def test_two_people_moving_one_round_move_it_once(
    session: Session, world: World, browse: Browser
) -> None:
    """The second of them saw the round before it came back, so their press no longer fits."""
    audit = stored(session, world)
    coordinator, lead = browse.as_(world.coordinator), browse.as_(world.lead)
    coordinator.submit(f"{at(audit)}/stage")
    coordinator.submit(f"{at(audit)}/stage?to=open", {"reason": "One return was late."})

    assert move(lead, audit, "returns_closed", version=1) == 409
    assert stage_of(browse) == "open"


def test_a_page_opened_before_the_plan_changed_cannot_move_the_round(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)
    coordinator.submit(f"{at(audit)}/plan", {"title": "Reworded"})

    assert move(coordinator, audit, "approved", version=1) == 409
    assert move(coordinator, audit, "approved", version=2) == 303


def test_after_returns_were_overdue_new_days_let_the_round_open(
    session: Session, world: World, browse: Browser, clock: SettableClock
) -> None:
    audit = stored(session, world, Stage.SAMPLING)
    clock.forward(days=60)
    coordinator = browse.as_(world.coordinator)
    assert move(coordinator, audit, "open") == 409

    later = {
        **boxes("returns_due", date(2026, 12, 1)),
        **boxes("panel_due", date(2026, 12, 8)),
        **boxes("report_due", date(2027, 1, 12)),
    }
    assert coordinator.submit(f"{at(audit)}/dates", later).status_code == 303

    assert move(coordinator, audit, "open", version=2) == 303
