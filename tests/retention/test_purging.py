"""Purging what a closed round no longer needs, and the legal hold that stops it."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel, select

from app.access import Actor, Held, Role
from app.db import Database
from app.db.readiness import migrate
from app.retention.classes import ALWAYS, CLASSES, count_of
from app.retention.commands import purge
from app.retention.forms import ConfirmedPurge
from app.rounds.models import Purge, Round
from app.rounds.retention import Kept, goes_on, in_words
from app.rounds.rules import Stage
from tests.browsing import Browser, Visitor, words
from tests.clock import SettableClock
from tests.conftest import nothing_written
from tests.factories import ident
from tests.people.test_confirming import work_on
from tests.retention.scene import GOES, STAYS, Closed, closed_round, everything_in
from tests.rounds.plans import happened
from tests.world import World, build_world

TITLE = "MASH audit, autumn 2026"
ALL = [kind.value for kind in Kept]


@pytest.fixture
def closed(session: Session, world: World) -> Closed:
    made = closed_round(session, world)
    session.commit()
    return made


def confirm(coordinator: Visitor, closed: Closed, title: str = TITLE) -> int:
    return coordinator.submit(f"{closed.at}/purge", {"title": title}).status_code


def stage_of(database: Database, closed: Closed) -> str:
    with database.reading() as session:
        return session.get_one(Round, closed.audit.round.id).stage


def test_after_a_purge_no_purged_word_is_found_anywhere(
    world: World, browse: Browser, closed: Closed
) -> None:
    before = everything_in(browse.database)
    assert [word for word in (*GOES, *STAYS) if before.count(word) < 2] == []

    assert confirm(browse.as_(world.coordinator), closed) == 303

    after = everything_in(browse.database)
    assert [word for word in GOES if word in after.replace(f"{word}other", "")] == []
    assert [word for word in GOES if f"{word}other" not in after] == [], "of the other round"
    assert [word for word in STAYS if word not in after.replace(f"{word}other", "")] == []
    assert stage_of(browse.database, closed) == Stage.PURGED


def test_what_happened_stays_in_the_trail_without_its_details(
    world: World, browse: Browser, closed: Closed
) -> None:
    coordinator = browse.as_(world.coordinator)
    confirm(coordinator, closed)

    trail = words(coordinator.page(f"{closed.at}/trail"))

    assert "Round changed" in trail
    assert "Round purged" in trail
    (event,) = happened(browse.database, "round.purged")
    assert json.loads(event.details) == {
        "lists": "3",
        "local_records": "1",
        "answers": "12",
        "agreed_answers": "1",
        "trail": "2",
    }


def test_the_dry_run_counts_what_then_goes_and_changes_nothing(
    world: World, browse: Browser, closed: Closed, session: Session
) -> None:
    coordinator = browse.as_(world.coordinator)
    with nothing_written(browse.database):
        listed = words(coordinator.page("/wexcombe/retention"))
        confirming = words(coordinator.page(f"{closed.at}/purge"))

    with browse.database.reading() as reading:
        counted = {kind: count_of(reading, closed.audit.round, kind) for kind in Kept}
    confirm(coordinator, closed)

    assert f"Answers and reasons {goes_on(date(2018, 6, 29), 24):%-d %B %Y} 12 rows" in listed
    assert "3 rows. The rows that the sample was drawn from." in confirming
    with browse.database.reading() as reading:
        gone = reading.exec(select(Purge).where(Purge.round_id == closed.audit.round.id)).all()
    assert {row.kind: row.rows for row in gone} == {k.value: n for k, n in counted.items()}


@pytest.mark.parametrize("title", ["", "mash audit, autumn 2026", "MASH"])
def test_the_title_must_be_typed_as_it_stands(
    world: World, browse: Browser, closed: Closed, title: str
) -> None:
    with nothing_written(browse.database):
        assert confirm(browse.as_(world.coordinator), closed, title) == 422


def test_only_what_is_due_goes_and_the_round_stays_closed(
    session: Session, world: World, browse: Browser
) -> None:
    closed = closed_round(session, world, days_ago=60)
    session.commit()
    coordinator = browse.as_(world.coordinator)

    assert confirm(coordinator, closed) == 303

    after = everything_in(browse.database)
    assert "zqrowqz" not in after.replace("zqrowqzother", "")
    assert "zqreasonqz" in after.replace("zqreasonqzother", "")
    assert stage_of(browse.database, closed) == Stage.CLOSED
    assert "Nothing of this round is due" in words(coordinator.page(f"{closed.at}/purge"))
    assert "Imported lists, 15 September 2026" in words(coordinator.page(closed.at))


@pytest.mark.parametrize("kind", Kept)
def test_documents_that_were_asked_for_go_with_whatever_goes(
    world: World, browse: Browser, closed: Closed, kind: Kept
) -> None:
    asked = {"kinds": [kind.value], "title": TITLE}
    coordinator = browse.as_(world.coordinator)
    assert coordinator.post(f"{closed.at}/purge", asked).status_code == 303
    after = everything_in(browse.database)
    assert "zqdocumentqz" not in after.replace("zqdocumentqzother", "")
    assert "zqdocumentqzother" in after


def test_what_is_not_due_is_not_purged_by_asking_for_it(
    session: Session, world: World, browse: Browser
) -> None:
    closed = closed_round(session, world, days_ago=60)
    session.commit()
    coordinator = browse.as_(world.coordinator)

    with nothing_written(browse.database):
        asked = {"kinds": ["answers"], "title": TITLE}
        assert coordinator.post(f"{closed.at}/purge", asked).status_code == 409


def test_the_same_press_twice_purges_once(world: World, browse: Browser, closed: Closed) -> None:
    coordinator = browse.as_(world.coordinator)
    statuses = [
        coordinator.post(f"{closed.at}/purge", {"kinds": ALL, "title": TITLE}).status_code
        for _ in range(2)
    ]

    assert statuses == [303, 409]
    assert len(happened(browse.database, "round.purged")) == 1


def test_a_round_that_is_not_closed_keeps_everything(
    session: Session, world: World, browse: Browser
) -> None:
    closed = closed_round(session, world)
    closed.audit.round.stage = Stage.IMPACT_REVIEWED
    session.commit()
    coordinator = browse.as_(world.coordinator)

    with nothing_written(browse.database):
        asked = {"kinds": ALL, "title": TITLE}
        assert coordinator.post(f"{closed.at}/purge", asked).status_code == 409


def test_a_round_whose_retention_was_never_chosen_keeps_everything(
    session: Session, world: World, browse: Browser
) -> None:
    closed = closed_round(session, world)
    closed.audit.round.retention = {}
    session.commit()
    coordinator = browse.as_(world.coordinator)

    assert "never chosen" in words(coordinator.page("/wexcombe/retention"))
    with nothing_written(browse.database):
        asked = {"kinds": ALL, "title": TITLE}
        assert coordinator.post(f"{closed.at}/purge", asked).status_code == 409


def test_a_purge_asks_for_the_password_again(
    world: World, browse: Browser, closed: Closed, clock: SettableClock
) -> None:
    coordinator = browse.as_(world.coordinator)
    work_on(browse.database, coordinator, clock, 40)

    answer = coordinator.get(f"{closed.at}/purge")

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/account/confirm")


def test_a_hold_stops_the_purge_until_it_is_lifted(
    world: World, browse: Browser, closed: Closed
) -> None:
    coordinator = browse.as_(world.coordinator)
    coordinator.submit(f"{closed.at}/hold", {"reason": "An inquest has been opened"})
    waits = words(coordinator.page("/wexcombe/my-work"))
    assert waits.count(TITLE) == 1, "of the other round alone"

    assert "An inquest has been opened" in words(browse.as_(world.scrutineer).page(closed.at))
    told = words(browse.as_(world.police_lead).page(closed.at))
    assert "nothing of this round can be purged" in told
    assert "inquest" not in told
    asked = {"kinds": ALL, "title": TITLE}
    coordinator = browse.as_(world.coordinator)
    with nothing_written(browse.database):
        assert coordinator.post(f"{closed.at}/purge", asked).status_code == 409
    assert coordinator.submit(f"{closed.at}/hold", form="/hold/end").status_code == 303
    assert coordinator.post(f"{closed.at}/purge", asked).status_code == 303

    told = [happened(browse.database, kind) for kind in ("hold.placed", "hold.lifted")]
    assert [len(each) for each in told] == [1, 1]
    assert "inquest" not in str([event.details for each in told for event in each])


def test_a_hold_says_why(world: World, browse: Browser, closed: Closed) -> None:
    coordinator = browse.as_(world.coordinator)

    with nothing_written(browse.database):
        answer = coordinator.submit(f"{closed.at}/hold", {"reason": "x" * 501})

    assert answer.status_code == 422
    assert "x" * 501 in answer.text


def test_a_second_hold_and_a_second_lifting_are_refused(
    world: World, browse: Browser, closed: Closed
) -> None:
    coordinator = browse.as_(world.coordinator)
    hold, end = f"{closed.at}/hold", f"{closed.at}/hold/end"
    again = [coordinator.post(hold, {"reason": "Once"}).status_code for _ in range(2)]
    lifted = [coordinator.post(end).status_code for _ in range(2)]

    assert (again, lifted) == ([303, 409], [303, 409])


def test_every_page_of_a_purged_round_still_opens(
    world: World, browse: Browser, closed: Closed
) -> None:
    coordinator = browse.as_(world.coordinator)
    confirm(coordinator, closed)

    page = coordinator.page(closed.at)
    links = {str(a["href"]) for a in page.select("main a[href]")}
    answers = {link: coordinator.get(link).status_code for link in links}

    assert set(answers.values()) == {200}, answers
    assert f"{closed.at}/comparisons" not in links
    assert coordinator.get(f"{closed.at}/comparisons").status_code == 409
    assert "Purged" in words(page)


def test_only_a_coordinator_looks_after_retention(
    world: World, browse: Browser, closed: Closed
) -> None:
    for who in (world.lead, world.scrutineer, world.administrator, world.police_lead):
        visitor = browse.as_(who)
        pages = ("/wexcombe/retention", f"{closed.at}/purge", f"{closed.at}/hold")
        assert {visitor.get(page).status_code for page in pages} == {403}
    elsewhere = browse.as_(world.coordinator_elsewhere)
    assert elsewhere.get(f"{closed.at}/purge").status_code == 404


def test_nothing_of_it_is_left_in_the_file(tmp_path: Path) -> None:
    """SQLite unlinks what is deleted; it is told to overwrite it as well."""
    url = f"sqlite:///{tmp_path / 'own.db'}"
    migrate(url)
    database = Database(url)
    with database.writing() as session:
        world = build_world(session)
        closed = closed_round(session, world)
    with database.writing() as session:
        who, place = ident(world.coordinator), ident(world.partnership)
        actor = Actor(who, place, "C", held=(Held(Role.COORDINATOR),))
        for audit in (closed.audit, closed.other):
            seen = session.get_one(Round, audit.round.id)
            purge(session, actor, seen, ConfirmedPurge(kinds=list(Kept), title=TITLE))
    database.close()

    left = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert [word for word in GOES if word.encode() in left] == []
    assert b"zqpurposeqz" in left


GOES_OR_IS_EMPTIED = {
    part.table.__tablename__ for parts in (*CLASSES.values(), ALWAYS) for part in parts
}
STAYS_BECAUSE = {
    "people and places": {
        "agency",
        "attempt",
        "calendar_link",
        "concern_advice",
        "link",
        "membership",
        "partnership",
        "partnership_agency",
        "person",
        "sign_in",
        "subgroup",
        "subgroup_person",
    },
    "audit tools": {"question", "question_option", "tool_version"},
    "the plan": {
        "legal_hold",
        "purge",
        "round",
        "round_agency",
        "round_person",
        "round_subgroup",
        "strand",
    },
    "how the sample was drawn": {"draw", "frame"},
    "who answered for which agency, and when": {"assignment"},
    "who was at a meeting of the panel": {"meeting_person"},
    "counts": {"strand_tally", "tally"},
    "what was learnt": {
        "action",
        "action_revision",
        "action_update",
        "finding",
        "finding_evidence",
        "finding_result",
        "finding_subgroup",
        "paper_section",
    },
    "that something happened": {"event_head"},
}
"""Tables that a purge leaves as they are, and why they may stay."""


def test_every_table_either_goes_or_stays_for_a_reason() -> None:
    stays = {name for names in STAYS_BECAUSE.values() for name in names}

    assert GOES_OR_IS_EMPTIED | stays == set(SQLModel.metadata.tables)
    assert set(CLASSES) == set(Kept)
    assert GOES_OR_IS_EMPTIED & stays == set()


def test_times_are_told_in_words() -> None:
    assert [in_words(months) for months in (0, 1, 12, 84)] == [
        "as soon as it is closed",
        "1 month",
        "1 year",
        "7 years",
    ]
