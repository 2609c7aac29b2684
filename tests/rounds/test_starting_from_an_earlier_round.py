"""A round started from an earlier one: its plan comes along, and the page says what does not."""

from datetime import date

from sqlmodel import Session, delete, select

from app.db import now
from app.identity.models import PartnershipAgency, Person
from app.library.models import ToolVersion
from app.rounds.models import Round, RoundAgency, RoundPerson, RoundSubgroup, Strand
from app.rounds.rules import Stage
from tests.audit import open_audit
from tests.browsing import Browser, words
from tests.conftest import nothing_written
from tests.rounds.plans import ROUNDS, Typed, at, begin, boxes, plan, rounds_of, stored
from tests.tools.shipped import NEWEST, newest
from tests.world import World

NEXT: Typed = {
    "title": "MASH audit, spring 2027",
    **boxes("returns_due", date(2027, 3, 12)),
    **boxes("panel_due", date(2027, 4, 9)),
    **boxes("report_due", date(2027, 5, 14)),
}


def test_the_plan_comes_along_and_the_dates_do_not(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world, Stage.CLOSED, newest("mash", "referral-form")[0])
    audit.round.lawful_basis = "A public task"
    audit.round.priorities = ["VC"]
    for row in session.exec(select(RoundAgency)):
        row.contact_id = world.police_lead.id if row.agency_id == world.police.id else None
    session.commit()
    coordinator = browse.as_(world.coordinator)

    page = coordinator.follow(coordinator.submit(f"{at(audit)}/copy", NEXT))

    assert "8 of 8 needed parts are done" in words(page)
    old, new = rounds_of(browse.database)
    same = ("purpose", "lines_of_enquiry", "judgement_rule", "retention", "lawful_basis")
    for name in (*same, "priorities", "tool_version_id", "partnership_id"):
        assert getattr(new, name) == getattr(old, name), name
    assert (new.stage, new.returns_due) == ("draft", date(2027, 3, 12))
    with browse.database.reading() as reading:
        for table in (RoundAgency, RoundPerson, RoundSubgroup, Strand):
            rows = [
                [r.model_dump(exclude={"round_id", "id", "ref", "title"}) for r in found]
                for key in (old.id, new.id)
                if (found := reading.exec(select(table).where(table.round_id == key)).all())
            ]
            assert sorted(map(str, rows[0])) == sorted(map(str, rows[1])), table


def test_people_and_agencies_that_left_are_named_and_stay_behind(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world, Stage.CLOSED)
    session.get_one(Person, world.panel_police.id).left_at = now(session)
    session.connection().execute(
        delete(PartnershipAgency).where(PartnershipAgency.agency_id == world.school.id)  # type: ignore[arg-type]
    )
    session.commit()
    coordinator = browse.as_(world.coordinator)

    told = words(coordinator.page(f"{at(audit)}/copy"))
    coordinator.submit(f"{at(audit)}/copy", NEXT)

    assert f"{world.school.name}: no longer an agency of this partnership." in told
    assert f"{world.panel_police.name}: has left" in told
    _, new = rounds_of(browse.database)
    with browse.database.reading() as reading:
        agencies = select(RoundAgency.agency_id).where(RoundAgency.round_id == new.id)
        assert world.school.id not in reading.exec(agencies).all()
        people = select(RoundPerson.person_id).where(RoundPerson.round_id == new.id)
        assert reading.exec(people).all() == [world.lead.id]


def test_it_is_put_on_the_newest_locked_version(world: World, browse: Browser) -> None:
    coordinator = browse.as_(world.coordinator)
    typed = plan(question_sets="case-file")
    answer = coordinator.submit(f"{ROUNDS}/new?tool=csa-thematic.1", typed)
    old = answer.headers["location"].removesuffix("/planning")

    coordinator.submit(f"{old}/copy", NEXT)

    _, new = rounds_of(browse.database)
    with browse.database.reading() as reading:
        assert reading.get_one(ToolVersion, new.tool_version_id).version == NEWEST["csa-thematic"]


def test_the_form_sent_twice_begins_one_round(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.CLOSED)
    coordinator = browse.as_(world.coordinator)
    typed = {**NEXT, "ref": "BCDFGHJKMN"}

    places = {coordinator.submit(f"{at(audit)}/copy", typed).headers["location"] for _ in range(2)}

    assert places == {f"{ROUNDS}/BCDFGHJKMN/planning"}
    assert len(rounds_of(browse.database)) == 2


def test_what_was_typed_stays_when_it_is_refused(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.CLOSED)

    with nothing_written(browse.database):
        answer = browse.as_(world.coordinator).submit(
            f"{at(audit)}/copy", {**NEXT, "report_due.year": "2026"}
        )

    assert answer.status_code == 422
    assert "MASH audit, spring 2027" in answer.text


def test_earlier_rounds_are_offered_where_a_round_begins(world: World, browse: Browser) -> None:
    coordinator = browse.as_(world.coordinator)
    made = begin(coordinator)

    page = coordinator.page(f"{ROUNDS}/new")

    assert page.select(f'main a[href="{made}/copy"]')
    assert rounds_of(browse.database)[0].stage == "draft"


def test_a_round_is_copied_by_a_coordinator_alone(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.OPEN)

    assert browse.as_(world.lead).get(f"{at(audit)}/copy").status_code == 403
    assert isinstance(audit.round, Round)
