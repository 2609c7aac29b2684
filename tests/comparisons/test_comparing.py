"""The comparison page as the lead reads it."""

from bs4 import BeautifulSoup, Tag
from sqlalchemy import event
from sqlmodel import Session

from app.db import Database
from app.responses.rules import ResponseState
from app.rounds.rules import Stage
from app.tools import Answer, State
from tests.audit import assign, respond, subject
from tests.browsing import Browser, soup, words
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
