"""Changing a round's plan: its words, days, agencies and subgroups, while its stage allows it."""

import json
from datetime import date

import pytest
from sqlmodel import Session, col, select

from app.access import Role
from app.identity.models import Agency
from app.rounds.models import Round, RoundAgency
from app.rounds.rules import Doing, Stage, allows
from tests import factories as make
from tests.audit import Audit, open_audit
from tests.browsing import Browser, Visitor, find_form, form_values, heading, words
from tests.clock import SettableClock
from tests.conftest import nothing_written
from tests.rounds.plans import Typed, at, boxes, happened, plan, rounds_of, stored
from tests.world import World

WORDS = {"title": "Reworded", "purpose": "Another purpose.", "lines_of_enquiry": ""}


def one(browse: Browser) -> Round:
    (found,) = rounds_of(browse.database)
    return found


def details(browse: Browser) -> dict[str, object]:
    found: dict[str, object] = json.loads(happened(browse.database, "round.changed")[-1].details)
    return found


def test_a_plan_is_reworded(session: Session, world: World, browse: Browser) -> None:
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)

    coordinator.submit(f"{at(audit)}/plan", WORDS)
    page = coordinator.page(at(audit))

    assert "Reworded" in words(page)
    assert "Another purpose." in words(page)
    assert one(browse).version == 2
    assert details(browse) == {"changed": ["title", "purpose"]}


def test_the_trail_keeps_no_word_of_a_plan(session: Session, world: World, browse: Browser) -> None:
    audit = stored(session, world, Stage.DRAFT)

    browse.as_(world.coordinator).submit(f"{at(audit)}/plan", {**WORDS, "title": "Canary-7731"})

    assert "Canary-7731" not in happened(browse.database, "round.changed")[0].details


def test_saving_what_is_already_so_changes_nothing(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)
    pages = ("/plan", "/dates", "/agencies", "/people", "/subgroups", "/strands")
    pages += ("/contacts", "/judgement-rule", "/priorities", "/retention", "/data-protection")

    with nothing_written(browse.database):
        answers = [coordinator.submit(f"{at(audit)}{page}").status_code for page in pages]

    assert answers == [303] * len(pages)
    assert one(browse).version == 1


REFUSED: list[tuple[str, Typed]] = [
    ("/plan", {"title": ""}),
    ("/plan", {"title": "M" * 201}),
    ("/plan", {"purpose": "p" * 5001}),
    ("/plan", {"version": ""}),
    ("/plan", {"version": "-1"}),
    ("/plan", {"version": "99999999999999999999"}),
    ("/plan", {"stage": "open"}),
    ("/dates", {"returns_due.day": "31", "returns_due.month": "2"}),
    ("/dates", boxes("returns_due", date(2026, 9, 14))),
    ("/dates", boxes("panel_due", date(2026, 10, 1))),
    ("/dates", {"report_due.year": ""}),
    ("/dates", {"title": "M"}),
    ("/agencies", {"agencies": "ZZZZZZZZZZ"}),
    ("/agencies", {"agencies": "A" * 5000}),
    ("/subgroups", {"subgroups": "ZZZZZZZZZZ"}),
    ("/strands", {"question_sets": "no-such-set"}),
    ("/strands", {"question_sets": []}),
    ("/contacts", {"contacts": ["ZZZZZZZZZZ", "", "", ""]}),
    ("/contacts", {"contacts": []}),
    ("/judgement-rule", {"rule": "own", "words": ""}),
    ("/judgement-rule", {"rule": "average"}),
    ("/priorities", {"priorities": "NOPE"}),
    ("/retention", {"answers": ""}),
    ("/retention", {"answers": "-1"}),
    ("/retention", {"answers": "121"}),
    ("/retention", {"trail": "for ever"}),
    ("/data-protection", {"dpia": "D" * 201}),
]


def test_what_cannot_be_accepted_changes_nothing(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)

    with nothing_written(browse.database):
        for page, typed in REFUSED:
            answer = coordinator.submit(f"{at(audit)}{page}", typed)
            assert answer.status_code == 422, (page, typed)

    assert one(browse).version == 1


def test_what_was_typed_stays_when_it_is_refused(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.DRAFT)

    typed = {**WORDS, "title": ""}
    answer = browse.as_(world.coordinator).submit(f"{at(audit)}/plan", typed)

    assert "Another purpose." in answer.text


@pytest.mark.parametrize(
    ("page", "doing"),
    [
        ("/plan", Doing.PLAN),
        ("/subgroups", Doing.PLAN),
        ("/dates", Doing.STAFF),
        ("/people", Doing.STAFF),
        ("/agencies", Doing.ADD_AGENCY),
    ],
)
def test_a_stage_that_does_not_allow_a_change_refuses_it(
    session: Session, world: World, browse: Browser, page: str, doing: Doing
) -> None:
    audits = {stage: open_audit(session, world, stage) for stage in Stage}
    session.commit()
    coordinator = browse.as_(world.coordinator)
    sent: dict[str, Typed] = {
        "/plan": {**WORDS},
        "/dates": {name: typed for name, typed in plan().items() if "_due" in name},
        "/agencies": {"agencies": [agency.ref for agency in everybody(world)]},
        "/people": {"lead": world.lead.ref, "panel": world.panel_police.ref},
        "/subgroups": {"subgroups": world.subgroup.ref},
    }

    for stage, audit in audits.items():
        allowed = allows(stage, doing)
        changed = {**sent[page], "version": "1"}
        assert coordinator.get(f"{at(audit)}{page}").status_code == (200 if allowed else 409)
        answer = coordinator.post(f"{at(audit)}{page}", changed)
        assert answer.status_code == (303 if allowed else 409), stage
        linked = coordinator.page(at(audit)).select(f'main a[href="{at(audit)}{page}"]')
        assert bool(linked) == allowed, stage


def test_two_people_changing_one_plan_do_not_undo_each_other(
    session: Session, world: World, browse: Browser
) -> None:
    second = make.person(session, world.partnership, Role.COORDINATOR)
    audit = stored(session, world, Stage.DRAFT)
    mine, theirs = browse.as_(world.coordinator), browse.as_(second)
    opened = form_values(find_form(mine.page(f"{at(audit)}/plan")))

    theirs.submit(f"{at(audit)}/plan", {"purpose": "Theirs."})
    answer = mine.post(f"{at(audit)}/plan", {**opened, "title": "Mine"})

    assert answer.status_code == 409
    assert "Somebody has changed this round since you opened the page" in words_of(answer.text)
    assert one(browse).purpose == "Theirs."
    assert one(browse).title == audit.round.title


def words_of(text: str) -> str:
    return " ".join(text.split())


def test_a_form_refused_once_still_conflicts_with_what_changed_since(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)
    opened = form_values(find_form(coordinator.page(f"{at(audit)}/plan")))
    coordinator.submit(f"{at(audit)}/plan", {"purpose": "Theirs."})

    refused = coordinator.post(f"{at(audit)}/plan", {**opened, "title": ""})

    assert refused.status_code == 422
    assert 'name="version" value="1"' in refused.text


def test_a_plan_cannot_be_changed_once_the_round_moved_on_meanwhile(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)
    opened = form_values(find_form(coordinator.page(f"{at(audit)}/plan")))
    coordinator.submit(f"{at(audit)}/stage")

    answer = coordinator.post(f"{at(audit)}/plan", {**opened, **WORDS})

    assert answer.status_code == 409


def test_the_same_change_sent_twice_is_made_once(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)
    sent = {**WORDS, "version": "1"}

    answers = [coordinator.post(f"{at(audit)}/plan", sent).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert len(happened(browse.database, "round.changed")) == 1


def test_returns_can_be_given_more_time_while_the_round_is_open(
    session: Session, world: World, browse: Browser, clock: SettableClock
) -> None:
    audit = stored(session, world)
    clock.forward(days=40)
    later = {
        **boxes("returns_due", date(2026, 10, 28)),
        **boxes("panel_due", date(2026, 11, 6)),
    }

    answer = browse.as_(world.coordinator).submit(f"{at(audit)}/dates", later)

    assert answer.status_code == 303
    assert one(browse).returns_due == date(2026, 10, 28)
    assert details(browse)["returns_due"] == "2026-10-16 to 2026-10-28"


def test_a_day_that_has_passed_may_stay_while_another_is_changed(
    session: Session, world: World, browse: Browser, clock: SettableClock
) -> None:
    audit = stored(session, world, Stage.MODERATION)
    clock.forward(days=40)

    answer = browse.as_(world.coordinator).submit(
        f"{at(audit)}/dates", boxes("panel_due", date(2026, 11, 5))
    )

    assert answer.status_code == 303


def agencies_now(browse: Browser, audit: Audit) -> set[int]:
    with browse.database.reading() as session:
        query = select(RoundAgency.agency_id).where(col(RoundAgency.round_id) == audit.round.id)
        return set(session.exec(query))


def everybody(world: World) -> list[Agency]:
    return [world.social_care, world.police, world.health, world.school]


def choose(visitor: Visitor, audit: Audit, *agencies: Agency) -> int:
    chosen = {"agencies": [agency.ref for agency in agencies]}
    return visitor.submit(f"{at(audit)}/agencies", chosen).status_code


def test_agencies_are_chosen_and_left_out(session: Session, world: World, browse: Browser) -> None:
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)

    assert choose(coordinator, audit, world.police, world.school) == 303

    assert agencies_now(browse, audit) == {world.police.id, world.school.id}
    left = sorted([world.social_care.ref, world.health.ref])
    assert details(browse) == {"changed": ["agencies"], "joined": [], "left": left}


def test_the_agencies_offered_are_the_partnerships_own(
    session: Session, world: World, browse: Browser
) -> None:
    foreign = make.agency(session, world.elsewhere, "Harrowmere Police", "police")
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)

    assert "Harrowmere" not in words(coordinator.page(f"{at(audit)}/agencies"))
    assert choose(coordinator, audit, world.police, foreign) == 422
    assert len(agencies_now(browse, audit)) == 4


@pytest.mark.parametrize("stage", [Stage.SAMPLING, Stage.OPEN])
def test_once_subjects_may_have_been_given_an_agency_can_join_and_none_can_leave(
    session: Session, world: World, browse: Browser, stage: Stage
) -> None:
    probation = make.agency(session, world.partnership, "Wexcombe Probation", "probation")
    audit = stored(session, world, stage)
    coordinator = browse.as_(world.coordinator)

    sent = {"version": "1", "agencies": [world.police.ref, world.school.ref]}
    refused = coordinator.post(f"{at(audit)}/agencies", sent)
    assert refused.status_code == 409
    assert choose(coordinator, audit, *everybody(world), probation) == 303

    assert probation.id in agencies_now(browse, audit)
    assert len(agencies_now(browse, audit)) == 5


def test_subgroups_that_will_receive_the_findings_are_chosen(
    session: Session, world: World, browse: Browser
) -> None:
    training = make.subgroup(session, world.partnership, "Training subgroup")
    make.subgroup(session, world.elsewhere, "Harrowmere subgroup")
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)

    form = words(coordinator.page(f"{at(audit)}/subgroups"))
    page = coordinator.follow(
        coordinator.submit(f"{at(audit)}/subgroups", {"subgroups": training.ref})
    )

    assert "Harrowmere subgroup" not in form
    assert "Training subgroup" in words(page)
    assert world.subgroup.name not in words(page)


def test_another_partnerships_subgroup_cannot_be_chosen(
    session: Session, world: World, browse: Browser
) -> None:
    foreign = make.subgroup(session, world.elsewhere, "Harrowmere subgroup")
    audit = stored(session, world, Stage.DRAFT)

    answer = browse.as_(world.coordinator).submit(
        f"{at(audit)}/subgroups", {"subgroups": foreign.ref}
    )

    assert answer.status_code == 422
    assert "Choose from the subgroups of this partnership" in heading(answer)


def test_a_partnership_without_subgroups_or_agencies_says_what_to_do(
    session: Session, world: World, browse: Browser
) -> None:
    elsewhere = browse.as_(world.coordinator_elsewhere)
    answer = elsewhere.submit("/harrowmere/rounds/new?tool=mash.1", plan())
    made = answer.headers["location"].removesuffix("/planning")

    assert "no agencies yet" in words(elsewhere.page(f"{made}/agencies"))
    assert "no subgroups yet" in words(elsewhere.page(f"{made}/subgroups"))
    assert "Choose the agencies first" in words(elsewhere.page(f"{made}/people"))
