"""What a save stores, recognises and refuses."""

import pytest
from sqlmodel import select

from app.access import TABLE, Action, Reach
from app.db import Database
from app.responses.models import Answer as AnswerRow
from app.responses.models import AnswerChange, Response
from app.responses.rules import ResponseState
from app.responses.saving_statements import FIND_ANSWERING, TAKE_VERSION
from app.rounds.models import Round
from app.rounds.rules import ALLOWED, IN_VIEW_OF_AGENCIES, Doing, Stage
from app.samples.models import Subject
from app.tools import Answer, State
from tests.browsing import Browser, words
from tests.responses.answering import Given, answered, given, open_tab, stored, words_asked
from tests.world import World


def test_a_save_is_proved_by_its_number_and_what_it_stored(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at)
    answer = tab.save({"age_band": "under_1"})
    assert answer.status_code == 200
    assert answer.headers["X-Saved-Version"] == "1"
    assert answer.headers["X-Saved-Sequence"] == "1"
    assert answer.json()["answered"] == 1
    assert stored(database, of) == {"age_band": Answer(State.ANSWERED, ("under_1",))}


def test_a_cleared_answer_is_not_the_same_as_no(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at)
    tab.save({"parts_played": ["referrer"], "form_seen": "no"})
    assert stored(database, of)["form_seen"].chosen == ("no",)
    tab.save({"form_seen": []})
    assert "form_seen" not in stored(database, of)


def test_what_was_not_on_the_page_stays(browse: Browser, database: Database, world: World) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at)
    tab.save({"age_band": "under_1"})
    tab.save({"support_then": "none"})
    assert set(stored(database, of)) == {"age_band", "support_then"}


def test_a_repeated_save_is_acknowledged_and_changes_nothing(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at)
    tab.save({"age_band": "under_1"}, sequence=1)
    tab.save({"age_band": "unborn"}, sequence=2)
    again = tab.save({"age_band": "under_1"}, sequence=1)
    assert again.status_code == 200
    assert again.headers["X-Saved-Sequence"] == "2"
    assert stored(database, of)["age_band"].chosen == ("unborn",)


def test_a_save_overtaken_by_one_that_said_nothing_new_changes_nothing(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at)
    assert tab.save({"age_band": []}, sequence=2).status_code == 200
    assert tab.save({"age_band": "under_1"}, sequence=1).status_code == 200
    assert stored(database, of) == {}


def test_a_form_that_a_later_save_of_its_page_overtook_changes_nothing_and_leads_back_to_it(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    tab = open_tab(officer, of.at)
    tab.save({"age_band": "unborn"})
    form = {"page": tab.page, "base": tab.base, "section": "about", "asked": "age_band"}
    tab.save({"age_band": "under_1"}, sequence=3)
    late = officer.post(f"{of.at}/answers", {**form, "sequence": "2", "age_band": "unborn"})
    assert late.headers["location"] == f"{of.at}/sections/about"
    assert stored(database, of)["age_band"].chosen == ("under_1",)


def test_opening_and_leaving_a_page_begins_nothing(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at)
    assert tab.save({"age_band": []}).headers["X-Saved-Version"] == "0"
    with database.reading() as session:
        assert session.exec(select(Response)).all() == []


def test_a_page_never_conflicts_with_itself(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at)
    for band in ("under_1", "unborn", "under_1", "age_5_to_10"):
        assert tab.save({"age_band": band}).status_code == 200
    assert stored(database, of)["age_band"].chosen == ("age_5_to_10",)


def test_what_another_page_answered_is_not_overwritten_by_one_that_left_it_alone(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    one, other = open_tab(officer, of.at), open_tab(officer, of.at)
    one.save({"age_band": "under_1", "support_then": []})
    answer = other.save({"age_band": [], "support_then": "none"})
    assert answer.status_code == 200
    kept = stored(database, of)
    assert (kept["age_band"].chosen, kept["support_then"].chosen) == (("under_1",), ("none",))


def test_two_pages_that_say_the_same_do_not_conflict(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    one, other = open_tab(officer, of.at), open_tab(officer, of.at)
    assert one.save({"age_band": "under_1"}).status_code == 200
    assert other.save({"age_band": "under_1"}).status_code == 200


def test_two_pages_that_disagree_keep_both_answers_and_store_none_of_the_second(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    one, other = open_tab(officer, of.at), open_tab(officer, of.at)
    one.save({"age_band": "under_1"})
    refused = other.save({"age_band": "unborn", "support_then": "none"})
    assert refused.status_code == 409
    assert "X-Refused-Shown" in refused.headers
    assert "another window" in refused.text
    assert set(stored(database, of)) == {"age_band"}
    assert stored(database, of)["age_band"].chosen == ("under_1",)


def test_every_change_keeps_what_was_there_before_and_who_changed_it(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at, "judgement")
    text = words_asked(of)
    tab.save({text: "First words"})
    tab.save({text: "Second words"})
    with database.reading() as session:
        changes = session.exec(select(AnswerChange).order_by("id")).all()
    assert [change.texts for change in changes] == ["", '{"1": "First words"}']
    assert {change.person_id for change in changes} == {world.officer.id}
    assert {change.page for change in changes} == {tab.page}


def test_what_cannot_be_read_is_kept_as_typed_and_not_refused(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    tab = open_tab(officer, of.at, "receipt")
    date = {"concern_on.day": "31", "concern_on.month": "2", "concern_on.year": "2026"}
    open_tab(officer, of.at).save({"parts_played": ["referrer"], "form_seen": "yes"})
    answer = tab.save(date)
    assert answer.status_code == 200
    assert "31 February 2026 is not a date" in answer.json()["problems"]["concern_on"]
    page = officer.page(f"{of.at}/sections/receipt")
    assert [i["value"] for i in page.select("[name^='concern_on.'][type=text]")] == [
        "31",
        "2",
        "2026",
    ]
    assert "31 February 2026 is not a date" in words(officer.page(f"{of.at}/check"))


def test_answers_to_closed_questions_are_kept_and_not_counted(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    tab = open_tab(officer, of.at)
    tab.save({"parts_played": ["referrer"], "form_seen": "yes"})
    answer = tab.save({"parts_played": ["other"], "form_seen": "yes"})
    assert answer.json()["closed"] == ["form_seen"]
    assert stored(database, of)["form_seen"].chosen == ("yes",)
    assert "1 answer to questions that are no longer asked is kept" in words(
        officer.page(f"{of.at}/check")
    )
    tab.save({"parts_played": ["referrer"]})
    assert tab.save({"form_seen": "yes"}).json()["closed"] == []


@pytest.mark.parametrize("state", [ResponseState.WITH_AGENCY_LEAD, ResponseState.SENT])
def test_nothing_is_saved_once_a_response_has_left_the_auditor(
    browse: Browser, database: Database, world: World, state: ResponseState
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at)
    answered(database, of, state)
    before = stored(database, of)
    refused = tab.save({"age_band": "unborn"})
    assert refused.status_code == 409
    assert "X-Refused-Shown" not in refused.headers, "the page of this has not what was typed"
    assert "declared complete" in refused.text
    assert stored(database, of) == before


def test_nothing_is_saved_when_the_round_takes_no_answers(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at)
    _stage(database, of, Stage.RETURNS_CLOSED)
    refused = tab.save({"age_band": "unborn"})
    assert refused.status_code == 409
    assert "Returns closed" in refused.text
    assert stored(database, of) == {}
    _stage(database, of, Stage.MODERATION)
    assert tab.save({"age_band": "unborn"}).status_code == 200


def test_nothing_is_saved_about_a_subject_that_was_replaced(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at)
    with database.writing() as session:
        session.get_one(Subject, of.assignment.subject_id).state = "replaced"
    assert tab.save({"age_band": "unborn"}).status_code == 409


def test_nobody_else_can_save_to_an_assignment(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at)
    for who, status in (
        (world.nurse, 404),
        (world.panel_police, 404),
        (world.lead, 404),
        (world.police_lead, 403),
        (world.coordinator, 403),
        (world.scrutineer, 403),
        (world.coordinator_elsewhere, 404),
    ):
        tab.who = browse.as_(who)
        assert tab.save({"age_band": "unborn"}).status_code == status, who.name
    assert stored(database, of) == {}


def test_a_signed_out_page_is_told_plainly_and_never_redirected(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at)
    tab.who.cookie = "ended"
    answer = tab.save({"age_band": "unborn"})
    assert answer.status_code == 401
    assert "Nothing was saved" in answer.text


def test_a_page_gets_the_token_of_a_new_session_of_the_same_person_only(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    again = browse.as_(world.officer)
    assert again.get(f"{of.at}/token?person={world.officer.ref}").text == again.token
    assert again.get(f"{of.at}/token?person={world.nurse.ref}").status_code == 409
    assert browse.as_(world.nurse).get(f"{of.at}/token?person={world.nurse.ref}").status_code == 404
    again.cookie = "ended"
    ended = again.get(f"{of.at}/token?person={world.officer.ref}", **{"HX-Request": "true"})
    assert ended.status_code == 401


@pytest.mark.parametrize(
    "wrong", [{"page": ""}, {"page": "x" * 17}, {"page": "<b>"}, {"base": "-1"}, {"base": ""},
              {"sequence": "9" * 12}, {"sequence": "two"}]
)  # fmt: skip
def test_a_save_whose_own_numbers_cannot_be_read_is_refused(
    browse: Browser, database: Database, world: World, wrong: dict[str, str]
) -> None:
    of = given(database, world)
    fields = {"page": "BCDF", "base": "0", "sequence": "1", "asked": "age_band", **wrong}
    officer = browse.as_(world.officer)
    assert officer.post(f"{of.at}/answers", fields).status_code == 422
    assert stored(database, of) == {}


def test_the_parts_of_one_save_are_all_stored_in_whichever_order_they_come(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at)
    tab.save({"age_band": "unborn", "support_then": "none"})
    tab.save({"part": "1", "support_then": "early_help"}, sequence=2)
    tab.save({"part": "1", "age_band": "under_1"}, sequence=2)
    again = tab.save({"part": "1", "support_then": "early_help"}, sequence=2)
    assert again.headers["X-Saved-Version"] == "3"
    kept = stored(database, of)
    assert (kept["age_band"].chosen, kept["support_then"].chosen) == (
        ("under_1",),
        ("early_help",),
    )


def test_a_part_that_a_later_save_overtook_changes_nothing(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at)
    tab.save({"age_band": "unborn", "support_then": "none"}, sequence=3)
    tab.save({"part": "1", "age_band": "under_1"}, sequence=2)
    assert stored(database, of)["age_band"].chosen == ("unborn",)


def test_a_part_says_nothing_about_the_questions_it_leaves_out(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at)
    tab.save({"age_band": "unborn", "support_then": "none"})
    tab.save({"part": "1", "age_band": "under_1"})
    assert stored(database, of)["support_then"].chosen == ("none",)


def test_a_part_does_not_overwrite_what_another_page_changed_meanwhile(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    officer = browse.as_(world.officer)
    one, other = open_tab(officer, of.at), open_tab(officer, of.at)
    one.save({"part": "1", "age_band": "unborn"})
    other.base = "1"
    other.save({"age_band": "under_1"})
    one.save({"part": "1", "age_band": "unborn"}, sequence=1)
    assert stored(database, of)["age_band"].chosen == ("under_1",)


def test_only_what_changed_is_written(browse: Browser, database: Database, world: World) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at)
    tab.save({"age_band": "unborn", "support_then": "none"})
    tab.save({"age_band": "unborn", "support_then": "early_help"})
    with database.reading() as session:
        versions = sorted(session.exec(select(AnswerRow.version)))
        assert versions == [1, 2]
        assert len(session.exec(select(AnswerChange)).all()) == 3


def _stage(database: Database, of: Given, stage: Stage) -> None:
    with database.writing() as session:
        session.get_one(Round, of.audit.round.id).stage = stage


def test_a_person_with_the_page_open_keeps_what_they_typed_when_it_is_reassigned(
    browse: Browser, database: Database, world: World
) -> None:
    of = given(database, world)
    tab = open_tab(browse.as_(world.officer), of.at)
    tab.save({"age_band": "unborn"})
    with database.writing() as session:
        of.assignment.auditor_id = world.panel_police.id
        session.add(session.merge(of.assignment))
    assert tab.save({"age_band": "under_1"}).status_code == 404
    page = browse.as_(world.panel_police).page(f"{of.at}/sections/about")
    ticked = [str(i["value"]) for i in page.select("[name=age_band][checked]")]
    assert ticked == ["unborn"]


def test_the_stages_written_out_in_statements_are_those_of_the_rules() -> None:
    answering = "', '".join(sorted(ALLOWED[Doing.ANSWER], key=list(Stage).index))
    assert f"round.stage IN ('{answering}')" in str(TAKE_VERSION.statement)
    hidden = "', '".join(stage for stage in Stage if stage not in IN_VIEW_OF_AGENCIES)
    assert f"round.stage NOT IN ('{hidden}')" in str(FIND_ANSWERING.statement)


def test_the_fast_way_to_an_assignment_is_the_only_way_to_answer() -> None:
    reaches = set(TABLE[Action.RESPONSE_ANSWER].values())
    assert reaches == {Reach.NONE, Reach.OWN}
