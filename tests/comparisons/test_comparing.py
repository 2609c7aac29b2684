"""The comparison page as the lead reads it."""

import re
from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest
from bs4 import BeautifulSoup, Tag
from sqlalchemy import event
from sqlmodel import Session

from app.comparisons.queue import time_left
from app.db import Database
from app.responses.rules import ResponseState
from app.rounds.models import Round
from app.rounds.rules import Stage
from app.tools import Answer, State
from tests.audit import assign, respond, subject
from tests.browsing import Browser, Visitor, soup, words
from tests.comparisons.scene import HAD_A_PART, Scene, grade, move_to
from tests.world import World


def row(page: BeautifulSoup, question: str) -> Tag:
    found = page.find(id=question)
    assert isinstance(found, Tag), f"no row for {question}"
    return found


def cells(page: BeautifulSoup, question: str) -> dict[str, str]:
    return {
        str(cell["data-agency"]): cell.get_text(" ", strip=True)
        for cell in row(page, question).select("td[data-agency]")
    }


def test_each_agency_has_a_column_by_name_and_its_answer_in_words(
    browse: Browser, world: World, scene: Scene
) -> None:
    found = cells(browse.as_(world.lead).page(scene.comparison), "form_worry")
    assert list(found) == [
        "Wexcombe Children's Services",
        "Wexcombe Integrated Care Board",
        "Wexcombe Police",
        "Agreed answer",
    ]
    assert found["Wexcombe Children's Services"] == "Good"
    assert found["Wexcombe Police"] == "Inadequate"


def test_an_unsent_response_shows_that_it_is_not_sent_and_nothing_else(
    browse: Browser, world: World, scene: Scene
) -> None:
    answer = browse.as_(world.lead).get(scene.comparison)
    page = soup(answer)
    assert cells(page, "form_worry")["Wexcombe Integrated Care Board"] == "Not sent yet"
    assert "unsent-health-words" not in answer.text
    assert "2 of 3 agencies sent" in words(page)


def test_a_difference_is_said_in_words(browse: Browser, world: World, scene: Scene) -> None:
    page = browse.as_(world.lead).page(scene.comparison)
    assert "Differs" in row(page, "form_worry").get_text()
    assert "Differs" in row(page, "age_band").get_text()
    assert "Differs" not in row(page, "form_child_voice").get_text()


def test_what_each_agency_did_itself_is_shown_and_is_no_difference(
    browse: Browser, world: World, scene: Scene
) -> None:
    page = browse.as_(world.lead).page(scene.comparison)
    found = cells(page, "sent_on")
    assert found["Wexcombe Children's Services"] == "3 March 2026"
    assert found["Wexcombe Police"] == "4 March 2026"
    assert found["Agreed answer"] == "Each its own"
    assert "Differs" not in row(page, "sent_on").get_text()


def test_absences_are_shown_as_themselves_and_are_no_difference(
    browse: Browser, world: World, scene: Scene
) -> None:
    page = browse.as_(world.lead).page(scene.comparison)
    found = cells(page, "support_then")
    assert found["Wexcombe Children's Services"] == "Not recorded on our file"
    assert found["Wexcombe Police"] == "Not known to this agency"
    assert "Differs" not in row(page, "support_then").get_text()


def test_words_are_shown_as_views(browse: Browser, world: World, scene: Scene) -> None:
    page = browse.as_(world.lead).page(scene.comparison)
    found = cells(page, "worked_well")
    assert found["Wexcombe Police"] == "Officers stayed."
    assert found["Agreed answer"] == "In words"


def test_a_question_that_a_kind_of_agency_is_not_asked_has_a_dash(
    browse: Browser, world: World, scene: Scene
) -> None:
    page = browse.as_(world.lead).page(scene.comparison + "?order=questions")
    asked_of_one = [r for r in page.select("tbody tr[id]") if "Not asked of this" in r.get_text()]
    assert asked_of_one
    assert "\N{EN DASH}" in asked_of_one[0].get_text()


def test_a_question_that_an_earlier_answer_closed_shows_no_stale_answer(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        other = subject(session, scene.audit, "R-8ZZZ", 2)
        for agency in (world.social_care, world.police):
            shut = Answer(State.ANSWERED, ("no",)) if agency is world.police else None
            answers = {**HAD_A_PART, "form_worry": grade("good", "stale-words")}
            if shut:
                answers["form_seen"] = shut
            respond(session, scene.audit, assign(session, other, agency, None), answers)
    at = f"{scene.at}/subjects/{other.ref}/comparison"
    page = browse.as_(world.lead).page(at)
    assert "earlier answer" in cells(page, "form_worry")["Wexcombe Police"]
    reasons = page.select(".app-comparison__reasons")
    assert sum("stale-words" in each.get_text() for each in reasons) == 1
    assert "Wexcombe Police" not in reasons[0].get_text()


def test_a_question_that_nobody_was_asked_has_no_row(
    browse: Browser, world: World, scene: Scene
) -> None:
    page = browse.as_(world.lead).page(scene.comparison)
    assert page.find(id="reply_education") is None


def test_reasons_are_one_click_away(browse: Browser, world: World, scene: Scene) -> None:
    page = browse.as_(world.lead).page(scene.comparison)
    told = row(page, "form_worry").find_next_sibling("tr")
    assert isinstance(told, Tag)
    assert told.find("details") is not None
    assert "The worry is in the first line." in told.get_text()


def test_differences_come_first_until_the_order_of_the_questions_is_asked_for(
    browse: Browser, world: World, scene: Scene
) -> None:
    lead = browse.as_(world.lead)
    first = lead.page(scene.comparison).select_one("tbody tr[id]")
    assert first is not None
    assert "Differs" in first.get_text()
    places = [
        int(link.get_text().split(".")[0])
        for link in lead.page(scene.comparison + "?order=questions").select("tbody tr[id] th a")
    ]
    assert places == sorted(places)


def test_only_the_differences_can_be_shown(browse: Browser, world: World, scene: Scene) -> None:
    page = browse.as_(world.lead).page(scene.comparison + "?only=differences")
    assert [r["id"] for r in page.select("tbody tr[id]")] == ["age_band", "form_worry"]


def test_the_summary_counts_what_is_the_same_and_what_differs(
    browse: Browser, world: World, scene: Scene
) -> None:
    told = words(browse.as_(world.lead).page(scene.comparison))
    assert "2 differ, 1 the same" in told
    assert "1 with an absence, 0 agreed" in told


def test_auditors_are_never_named(browse: Browser, world: World, scene: Scene) -> None:
    lead = browse.as_(world.lead)
    for address in (scene.comparison, f"{scene.comparison}/form_worry", f"{scene.at}/comparisons"):
        told = lead.get(address).text
        assert world.officer.name not in told
        assert world.social_worker.name not in told


def test_what_was_typed_is_never_markup(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    payload = "<script>alert('x')</script>\"'&"
    with database.writing() as session:
        other = subject(session, scene.audit, "R-9XSS", 2)
        answers = {
            **HAD_A_PART,
            "form_worry": grade("good", payload),
            "worked_well": Answer(State.ANSWERED, (), payload),
        }
        respond(session, scene.audit, assign(session, other, world.police, None), answers)
    lead = browse.as_(world.lead)
    at = f"{scene.at}/subjects/{other.ref}/comparison"
    for address in (at, f"{at}/form_worry", f"{at}/worked_well"):
        answer = lead.get(address)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "&lt;script&gt;alert" in answer.text


def test_the_number_of_statements_does_not_depend_on_questions_agencies_or_subjects(
    browse: Browser, world: World, database: Database, scene: Scene, session: Session
) -> None:
    lead = browse.as_(world.lead)
    counted = {at: _statements(lead, database, at) for at in _measured(scene)}
    with database.writing() as opened:
        respond(opened, scene.audit, assign(opened, scene.subject, world.school, None), HAD_A_PART)
        for place in range(2, 8):
            other = subject(opened, scene.audit, f"R-7F{place}", place)
            for agency in (world.police, world.health, world.social_care):
                respond(opened, scene.audit, assign(opened, other, agency, None), HAD_A_PART)
    assert {at: _statements(lead, database, at) for at in _measured(scene)} == counted


def _measured(scene: Scene) -> tuple[str, ...]:
    return scene.comparison, f"{scene.comparison}/form_worry", f"{scene.at}/comparisons"


def _statements(lead: object, database: Database, at: str) -> int:
    count = 0

    def counting(*_: object) -> None:
        nonlocal count
        count += 1

    lead.page(at)  # type: ignore[attr-defined]
    bind = database._connection  # type: ignore[attr-defined]  # noqa: SLF001
    event.listen(bind, "before_cursor_execute", counting)
    lead.page(at)  # type: ignore[attr-defined]
    event.remove(bind, "before_cursor_execute", counting)
    assert count > 3
    return count


def test_the_queue_says_how_far_each_subject_is(
    browse: Browser, world: World, scene: Scene
) -> None:
    told = words(browse.as_(world.lead).page(f"{scene.at}/comparisons"))
    assert "Referral R-7F3K 2 of 3 agencies 2 0 2" in told


def test_the_queue_can_leave_out_what_is_decided(
    browse: Browser, world: World, scene: Scene
) -> None:
    lead = browse.as_(world.lead)
    left = f"{scene.at}/comparisons?show=left"
    assert "R-7F3K" in words(lead.page(left))
    for question, decision in (("form_worry", "good"), ("age_band", "age_1_to_4")):
        given = {"decision": decision, "reason": "It is so."}
        answer = lead.submit(f"{scene.comparison}/{question}", given)
        assert answer.status_code == 303
    assert "No differences are left to decide" in words(lead.page(left))


def test_subjects_are_listed_and_passed_through_in_the_order_of_the_draw(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        subject(session, scene.audit, "R-2BBB", 3)
        middle = subject(session, scene.audit, "R-9AAA", 2)
        assign(session, middle, world.police, None)
    lead = browse.as_(world.lead)
    listed = [a.get_text() for a in lead.page(f"{scene.at}/comparisons").select("tbody th a")]
    assert listed == ["Referral R-7F3K", "Referral R-9AAA", "Referral R-2BBB"]
    links = lead.page(f"{scene.at}/subjects/{middle.ref}/comparison").select(".govuk-pagination a")
    assert ["R-7F3K" in links[0].get_text(), "R-2BBB" in links[1].get_text()] == [True, True]


def test_a_long_queue_has_pages(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        for place in range(2, 53):
            subject(session, scene.audit, f"R-{place:04}", place)
    lead = browse.as_(world.lead)
    assert len(lead.page(f"{scene.at}/comparisons").select("tbody tr")) == 50
    assert len(lead.page(f"{scene.at}/comparisons?page=2").select("tbody tr")) == 2
    assert len(lead.page(f"{scene.at}/comparisons?page=nonsense").select("tbody tr")) == 50


def test_a_subject_that_was_replaced_or_waits_in_reserve_is_not_compared(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        spare = subject(session, scene.audit, "R-5SPA", 2)
        spare.state = "reserve"
    lead = browse.as_(world.lead)
    assert "R-5SPA" not in words(lead.page(f"{scene.at}/comparisons"))
    assert lead.get(f"{scene.at}/subjects/{spare.ref}/comparison").status_code == 404


def test_before_the_round_is_open_there_is_nothing_to_compare_yet(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    move_to(database, scene, Stage.SAMPLING)
    assert browse.as_(world.lead).get(f"{scene.at}/comparisons").status_code == 409


def test_a_subject_nobody_was_given_says_so(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        alone = subject(session, scene.audit, "R-6ALN", 2)
    told = words(browse.as_(world.lead).page(f"{scene.at}/subjects/{alone.ref}/comparison"))
    assert "nothing to compare" in told


def test_a_response_handed_back_leaves_the_page(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        again = session.get_one(type(scene.police), scene.police.id)
        again.state = ResponseState.DRAFT
    page = browse.as_(world.lead).page(scene.comparison)
    assert cells(page, "form_worry")["Wexcombe Police"] == "Not sent yet"


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("only=differences&section=about", ["age_band"]),
        ("only=left", ["age_band", "form_worry"]),
        ("theme=VC&only=differences", []),
        ("theme=REC&only=differences", ["form_worry"]),
        ("section=nowhere&theme=none&only=something&order=grade%20desc", None),
    ],
)
def test_the_questions_are_narrowed_by_an_address_that_can_be_sent(
    browse: Browser, world: World, scene: Scene, asked: str, shown: list[str] | None
) -> None:
    page = browse.as_(world.lead).page(f"{scene.comparison}?{asked}")
    rows = [r["id"] for r in page.select("tbody tr[id]")]
    everything = browse.as_(world.lead).page(scene.comparison).select("tbody tr[id]")
    assert rows == ([r["id"] for r in everything] if shown is None else shown)


def test_sections_and_themes_are_offered_with_how_many_differ(
    browse: Browser, world: World, scene: Scene
) -> None:
    page = browse.as_(world.lead).page(scene.comparison + "?section=as-received")
    offered = [option.get_text() for option in page.select("#section option")]
    assert offered[0] == "Every section"
    assert sum("(1 differs)" in each for each in offered) == 2
    chosen = page.select_one("#section option[selected]")
    assert chosen is not None
    assert {r["id"] for r in page.select("tbody tr[id]")} >= {"form_worry", "form_child_voice"}
    assert "age_band" not in {r["id"] for r in page.select("tbody tr[id]")}


def test_a_grade_is_a_word_in_its_colour_and_an_absence_is_not(
    browse: Browser, world: World, scene: Scene
) -> None:
    page = browse.as_(world.lead).page(scene.comparison)
    tags = {t.get_text(): t["class"] for t in row(page, "form_worry").select("td .govuk-tag")}
    assert "govuk-tag--teal" in tags["Good"]
    assert "govuk-tag--red" in tags["Inadequate"]
    assert not row(page, "support_then").select("td .govuk-tag")


def test_all_reasons_can_stand_open_by_the_address(
    browse: Browser, world: World, scene: Scene
) -> None:
    lead = browse.as_(world.lead)
    assert not lead.page(scene.comparison).select(".app-comparison__reasons details[open]")
    page = lead.page(f"{scene.comparison}?reasons=open")
    assert len(page.select(".app-comparison__reasons details[open]")) == len(
        page.select(".app-comparison__reasons details")
    )


def test_what_was_not_agreed_and_what_is_left_are_counted_apart(
    browse: Browser, world: World, scene: Scene
) -> None:
    lead = browse.as_(world.lead)
    assert "0 agreed, 2 still to decide" in words(lead.page(scene.comparison))
    lead.submit(
        f"{scene.comparison}/form_worry", {"decision": "~not_agreed", "reason": "Both views stand"}
    )
    assert "0 agreed, 1 not agreed, 1 still to decide" in words(lead.page(scene.comparison))


@pytest.mark.parametrize("who", ["lead", "coordinator", "scrutineer"])
def test_auditors_are_named_to_those_who_may_see_assignments_when_they_ask(
    browse: Browser, world: World, scene: Scene, who: str
) -> None:
    visitor = browse.as_(getattr(world, who))
    assert "Show the auditors" in words(visitor.page(scene.comparison))
    page = visitor.page(f"{scene.comparison}?names=shown&only=differences")
    heads = [th.get_text(" ", strip=True) for th in page.select("thead th")]
    assert f"Wexcombe Police {world.officer.name}" in heads
    assert "Hide the auditors" in words(page)


def test_a_panel_member_is_never_told_who_audited(
    browse: Browser, world: World, scene: Scene
) -> None:
    panel = browse.as_(world.panel_police)
    told = panel.get(f"{scene.comparison}?names=shown")
    assert told.status_code == 200
    assert "the auditors" not in told.text
    assert world.social_worker.name not in told.text
    assert world.officer.name not in told.text


def test_going_on_by_differences_left_is_in_that_order_and_keeps_how_it_was_looked_at(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    """The scene's subject has 2 left, the second none, the third 1, the fourth 1."""
    refs = []
    with database.writing() as session:
        for place, differs in ((2, False), (3, True), (4, True)):
            other = subject(session, scene.audit, f"R-4L{place}", place)
            refs.append(other.ref)
            for agency in (world.police, world.social_care):
                band = "age_1_to_4" if differs and agency is world.police else "age_5_to_10"
                given = {**HAD_A_PART, "age_band": Answer(State.ANSWERED, (band,))}
                respond(session, scene.audit, assign(session, other, agency, None), given)
    lead, none, *some = browse.as_(world.lead), *refs
    order = [scene.subject.ref, *some]

    def onward(ref: str, way: str = "next", query: str = "") -> str:
        reply = lead.get(f"{scene.at}/subjects/{ref}/comparison?onward={way}{query}")
        assert reply.status_code == 303
        return reply.headers["location"]

    for here, following in zip(order, [*order[1:], order[0]], strict=True):
        assert onward(here) == f"{scene.at}/subjects/{following}/comparison"
        assert onward(following, "back") == f"{scene.at}/subjects/{here}/comparison"
    assert onward(none) == f"{scene.comparison}"
    assert onward(order[0], "back", "&only=left").endswith(f"{order[-1]}/comparison?only=left")


def test_where_nothing_else_is_left_going_on_leads_to_the_queue(
    browse: Browser, world: World, scene: Scene
) -> None:
    lead = browse.as_(world.lead)
    reply = lead.get(f"{scene.comparison}?onward=next")
    assert reply.headers["location"] == f"{scene.at}/comparisons"


def test_the_queue_says_what_is_missing_from_whom_to_those_who_may_know(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        assign(session, scene.subject, world.school, None)
    page = browse.as_(world.lead).page(f"{scene.at}/comparisons")
    cell = page.select_one('[data-label="Not sent yet"]')
    assert cell is not None
    assert cell.get_text("; ", strip=True) == (
        "Alder Vale School: no auditor; Wexcombe Integrated Care Board: 1 of 1 answered"
    )
    told = browse.as_(world.panel_police).page(f"{scene.at}/comparisons")
    cell = told.select_one('[data-label="Not sent yet"]')
    assert cell is not None
    assert cell.get_text("; ", strip=True) == "Alder Vale School; Wexcombe Integrated Care Board"


class Due(NamedTuple):
    """What the queue tells of the round's days at a stage."""

    stage: Stage
    told: list[str]


@pytest.mark.parametrize(
    "due",
    [
        Due(Stage.OPEN, ["Returns due 16 October 2026: ", "Panel due 30 October 2026: "]),
        Due(Stage.MODERATION, ["Panel due 30 October 2026: "]),
        Due(Stage.REPORTED, []),
    ],
)
def test_the_queue_says_how_long_there_is_until_the_panels_day(
    browse: Browser, world: World, database: Database, scene: Scene, due: Due
) -> None:
    move_to(database, scene, due.stage)
    page = words(browse.as_(world.lead).page(f"{scene.at}/comparisons"))
    assert re.findall(r"(?:Returns|Panel|Report) due [^:]*: ", page) == due.told


def test_the_time_left_is_in_days_and_working_days() -> None:
    of = Round(
        partnership_id=1,
        tool_version_id=1,
        title="",
        purpose="",
        stage=Stage.MODERATION,
        returns_due=date(2026, 10, 16),
        panel_due=date(2026, 10, 30),
        report_due=date(2026, 11, 30),
        created_at=datetime(2026, 9, 1, tzinfo=UTC),
    )
    assert time_left(of, date(2026, 10, 23)) == (
        "Panel due 30 October 2026: in 7 days, 5 working days.",
    )
    assert time_left(of, date(2026, 10, 29)) == ("Panel due 30 October 2026: tomorrow.",)
    assert time_left(of, date(2026, 11, 2)) == ("Panel due 30 October 2026: 3 days overdue.",)


def _queued(visitor: Visitor, address: str) -> list[str]:
    return [a.get_text().split()[-1] for a in visitor.page(address).select("tbody th a")]


def test_the_queue_is_narrowed_and_ordered_by_links_and_ties_follow_the_draw(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        for place, label in ((2, "R-2ALL"), (3, "R-3NOT"), (4, "R-4ALL")):
            other = subject(session, scene.audit, label, place)
            state = ResponseState.DRAFT if label == "R-3NOT" else ResponseState.SENT
            respond(session, scene.audit, assign(session, other, world.police, None), {}, state)
    lead, at = browse.as_(world.lead), f"{scene.at}/comparisons"
    assert _queued(lead, at) == ["R-7F3K", "R-2ALL", "R-3NOT", "R-4ALL"]
    assert _queued(lead, f"{at}?sort=ready") == ["R-2ALL", "R-4ALL", "R-7F3K", "R-3NOT"]
    assert _queued(lead, f"{at}?sort=left") == ["R-7F3K", "R-2ALL", "R-3NOT", "R-4ALL"]
    assert _queued(lead, f"{at}?show=ready") == ["R-2ALL", "R-4ALL"]
    assert _queued(lead, f"{at}?show=waiting&sort=left") == ["R-7F3K", "R-3NOT"]
    links = {
        a.get_text(strip=True): a["href"] for a in lead.page(f"{at}?show=waiting").select("main a")
    }
    assert links["Most differences left first"] == f"{at}?show=waiting&sort=left"
    links = {
        a.get_text(strip=True): a["href"] for a in lead.page(f"{at}?sort=left").select("main a")
    }
    assert links["All agencies have sent"] == f"{at}?show=ready&sort=left"


def test_the_pages_of_the_queue_keep_what_is_shown_and_its_order(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        for place in range(2, 54):
            subject(session, scene.audit, f"R-{place:04}", place)
    page = browse.as_(world.lead).page(f"{scene.at}/comparisons?show=waiting&sort=left&page=2")
    links = [str(a["href"]) for a in page.select(".govuk-pagination a")]
    assert links
    assert all("show=waiting&sort=left&page=" in each for each in links)
