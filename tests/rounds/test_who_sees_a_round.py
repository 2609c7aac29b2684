"""Who sees a round, and when: agencies once it is open, other partnerships never."""

from datetime import date

import pytest
from sqlmodel import Session

from app.access import Role
from app.rounds.models import RoundAgency, RoundPerson
from app.rounds.rules import IN_VIEW_OF_AGENCIES, Stage
from tests import factories as make
from tests.audit import open_audit
from tests.browsing import Browser, words
from tests.clock import SettableClock
from tests.factories import ident
from tests.rounds.plans import ROUNDS, at, begin, boxes, plan, stored
from tests.world import World

ALWAYS = ("coordinator", "lead", "panel_police", "scrutineer")
ONCE_OPEN = ("officer", "police_lead", "nurse", "teacher", "school_lead", "social_worker")
NEVER = {"administrator": 403, "subgroup_member": 403, "owner": 403, "coordinator_elsewhere": 404}
PAGES = ("", "/plan", "/dates", "/agencies", "/people", "/subgroups", "/stage")


@pytest.mark.parametrize("who", ALWAYS)
def test_those_who_run_a_round_see_it_from_the_start(
    session: Session, world: World, browse: Browser, who: str
) -> None:
    audit = stored(session, world, Stage.DRAFT)
    visitor = browse.as_(world.people[who])

    assert audit.round.title in words(visitor.page(at(audit)))
    assert audit.round.title in words(visitor.page(ROUNDS))


def test_an_agency_sees_a_round_only_once_it_is_open(
    session: Session, world: World, browse: Browser
) -> None:
    audits = {stage: open_audit(session, world, stage) for stage in Stage}
    session.commit()

    for who in (world.officer, world.police_lead):
        visitor = browse.as_(who)
        listed = {str(a["href"]) for a in visitor.page(ROUNDS).select("#rounds a")}
        for stage, audit in audits.items():
            seen = visitor.get(at(audit)).status_code == 200
            assert seen == (stage in IN_VIEW_OF_AGENCIES), stage
            assert (at(audit) in listed) == seen, stage


def test_before_that_the_list_says_when_it_will_be_seen(
    session: Session, world: World, browse: Browser
) -> None:
    stored(session, world, Stage.SAMPLING)

    assert "once it is open" in words(browse.as_(world.officer).page(ROUNDS))


@pytest.mark.parametrize("who", ONCE_OPEN)
def test_an_agency_that_does_not_take_part_does_not_see_it(
    session: Session, world: World, browse: Browser, who: str
) -> None:
    audit = open_audit(session, world)
    for agency in (world.police, world.health, world.school, world.social_care):
        session.delete(session.get_one(RoundAgency, (audit.round.id, agency.id)))
    session.commit()

    assert browse.as_(world.people[who]).get(at(audit)).status_code == 404


@pytest.mark.parametrize("who", NEVER)
def test_nobody_else_sees_a_round(
    session: Session, world: World, browse: Browser, who: str
) -> None:
    audit = stored(session, world)
    visitor = browse.as_(world.people[who])

    assert visitor.get(at(audit)).status_code == NEVER[who]
    assert visitor.get(ROUNDS).status_code == NEVER[who]


def test_another_partnerships_round_and_one_that_does_not_exist_look_alike(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world)
    visitor = browse.as_(world.coordinator_elsewhere)

    def answer(ref: str, page: str) -> tuple[int, str]:
        got = visitor.get(f"/harrowmere/rounds/{ref}{page}")
        return got.status_code, words_without_reference(got.text)

    for page in PAGES:
        assert answer(audit.round.ref, page) == answer("ZZZZZZZZZZ", page)
        assert answer(audit.round.ref, page)[0] == 404


def words_without_reference(text: str) -> str:
    return "".join(line for line in text.splitlines() if "app-reference" not in line)


def test_a_round_is_not_reached_through_another_partnership_that_one_belongs_to(
    session: Session, world: World, browse: Browser
) -> None:
    make.membership(session, world.coordinator, world.elsewhere, Role.COORDINATOR)
    audit = stored(session, world)

    answer = browse.as_(world.coordinator).get(f"/harrowmere/rounds/{audit.round.ref}")

    assert answer.status_code == 404


def test_a_lead_sees_the_rounds_they_lead_and_those_of_their_agency(
    session: Session, world: World, browse: Browser
) -> None:
    led = open_audit(session, world, Stage.DRAFT)
    other = open_audit(session, world, Stage.DRAFT)
    other.round.title = "Neglect audit, spring 2027"
    session.delete(session.get_one(RoundPerson, (other.round.id, world.lead.id)))
    session.commit()
    lead = browse.as_(world.lead)

    assert led.round.title in words(lead.page(ROUNDS))
    assert other.round.title not in words(lead.page(ROUNDS))
    assert lead.get(at(other)).status_code == 404


@pytest.mark.parametrize("who", ["lead", "panel_police", "scrutineer", "officer", "police_lead"])
def test_those_who_do_not_plan_a_round_cannot_open_its_forms(
    session: Session, world: World, browse: Browser, who: str
) -> None:
    audit = stored(session, world)
    visitor = browse.as_(world.people[who])

    for page in PAGES[1:]:
        moves = page == "/stage" and who == "lead"
        assert visitor.get(f"{at(audit)}{page}").status_code == (200 if moves else 403), page
        assert visitor.post(f"{at(audit)}{page}").status_code == (422 if moves else 403), page


def test_the_page_offers_only_what_its_reader_may_open(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world)

    def offered(who: str) -> set[str]:
        page = browse.as_(world.people[who]).page(at(audit))
        return {str(a["href"]).removeprefix(at(audit)) for a in page.select("main a[href]")}

    sample = f"/strands/{audit.strand.ref}/sample"
    tool = "/wexcombe/audit-tools/mash/1"
    changing = {"/dates", "/people", "/agencies", "/stage", "/contacts", "/judgement-rule"}
    changing |= {
        "/priorities",
        "/retention",
        "/data-protection",
        "/copy",
        "/hold",
        "/newer-version",
    }
    reading = {sample, "/assignments", "/returns", "/comparisons", "/results", "/trail", tool}
    reading |= {"/agreement", "/concerns"}
    assert offered("coordinator") == reading | {"/reference-sheet", "/exports"} | changing
    assert offered("lead") == reading | {"/exports", "/stage"}
    assert offered("scrutineer") == reading
    assert offered("panel_police") == {tool}
    assert offered("police_lead") == {"/assignments", tool}
    assert offered("officer") == {tool}


def test_the_panel_is_led_to_comparisons_in_moderation(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.MODERATION)

    page = browse.as_(world.panel_police).page(at(audit))

    assert page.select(f'main a[href="{at(audit)}/comparisons"]')


def test_packs_are_offered_for_each_subgroup_that_receives_them(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.MODERATION)

    page = browse.as_(world.coordinator).page(at(audit))

    assert page.select(f'main a[href="{at(audit)}/packs/{world.subgroup.ref}"]')
    assert page.select(f'main a[href="{at(audit)}/findings"]')


def test_leading_one_round_opens_nothing_in_another(
    session: Session, world: World, browse: Browser
) -> None:
    """The lead of the first round is an auditor of an agency that takes part in the second."""
    stored(session, world)
    with browse.database.writing() as writing:
        other = open_audit(writing, world)
        writing.delete(writing.get_one(RoundPerson, (other.round.id, world.lead.id)))

    page = browse.as_(world.lead).page(at(other))

    assert [str(a["href"]) for a in page.select("main a[href]")] == ["/wexcombe/audit-tools/mash/1"]


def test_the_table_of_stages_is_on_every_rounds_page_with_the_present_one_marked(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.MODERATION)

    page = browse.as_(world.officer).page(at(audit))

    marked = page.select("#stages th[aria-current=step]")
    assert [th.get_text(strip=True) for th in marked] == ["Moderation (now)"]
    agreeing = next(row for row in page.select("#stages tr") if "Agree answers" in row.get_text())
    cells = [cell.get_text(strip=True) for cell in agreeing.select("td")]
    assert cells == [*["No"] * 5, "Yes", *["No"] * 6]


def test_an_empty_list_says_what_a_round_is(world: World, browse: Browser) -> None:
    page = browse.as_(world.coordinator).page(ROUNDS)

    assert "There are no rounds yet" in words(page)
    assert "New round" in words(page)
    assert "New round" not in words(browse.as_(world.officer).page(ROUNDS))


def test_what_is_overdue_is_said_in_words(
    session: Session, world: World, browse: Browser, clock: SettableClock
) -> None:
    audit = stored(session, world)
    clock.forward(days=35)

    coordinator = browse.as_(world.coordinator)

    assert "Returns due 16 October 2026 (4 days overdue)" in words(coordinator.page(ROUNDS))
    assert "16 October 2026 (4 days overdue)" in words(coordinator.page(at(audit)))


def test_a_due_day_lasts_until_its_end_in_london(
    session: Session, world: World, browse: Browser, clock: SettableClock
) -> None:
    stored(session, world)
    clock.forward(days=31, hours=13, minutes=59)  # 23:59 in London
    assert "(today)" in words(browse.as_(world.coordinator).page(ROUNDS))

    clock.forward(minutes=1)

    assert "1 day overdue" in words(browse.as_(world.coordinator).page(ROUNDS))


def test_the_newest_round_is_listed_first(world: World, browse: Browser) -> None:
    coordinator = browse.as_(world.coordinator)
    begin(coordinator, plan(title="First"))
    begin(coordinator, plan(title="Second"))

    rows = coordinator.page(ROUNDS).select("#rounds tbody th")

    assert [row.get_text(strip=True) for row in rows] == ["Second", "First"]


def test_a_long_list_comes_in_pages(session: Session, world: World, browse: Browser) -> None:
    for number in range(52):
        open_audit(session, world).round.title = f"Round {number}"
    session.commit()
    coordinator = browse.as_(world.coordinator)

    def titles(page: str) -> list[str]:
        rows = coordinator.page(f"{ROUNDS}{page}").select("#rounds tbody th")
        return [row.get_text(strip=True) for row in rows]

    assert titles("")[0] == "Round 51"
    assert len(titles("")) == 50
    assert titles("?page=2") == ["Round 1", "Round 0"]
    assert titles("?page=99") == titles("?page=2")
    assert titles("?page=x") == titles("")


def test_names_and_words_from_the_plan_are_shown_to_the_agencies(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world)

    page = browse.as_(world.nurse).page(at(audit))
    text = words(page)

    assert audit.round.purpose in text
    assert world.lead.name in text
    assert f"{world.panel_police.name}, {world.police.name}" in text
    assert world.subgroup.name in text
    assert page.select("main dl a") == page.select('main dl a[href$="/mash/1"]')


def test_somebody_who_has_left_is_still_named_as_having_led(
    session: Session, world: World, browse: Browser, clock: SettableClock
) -> None:
    audit = open_audit(session, world)
    world.lead.left_at = clock()
    session.add(world.lead)
    session.commit()

    text = words(browse.as_(world.coordinator).page(at(audit)))

    assert f"{world.lead.name} (has left)" in text
    assert f"{world.lead.name} leads this round and has left: choose another lead." in text


def test_dates_typed_as_month_names_are_understood(world: World, browse: Browser) -> None:
    typed = plan(**{**boxes("returns_due", date(2026, 10, 16)), "returns_due.month": "oct"})
    coordinator = browse.as_(world.coordinator)

    assert "16 October 2026" in words(coordinator.page(begin(coordinator, typed)))


def test_the_lead_is_reached_whatever_their_own_agency(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world, Stage.DRAFT)
    session.delete(session.get_one(RoundAgency, (audit.round.id, ident(world.social_care))))
    session.commit()

    assert browse.as_(world.lead).get(at(audit)).status_code == 200
