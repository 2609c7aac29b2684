"""Beginning a round: from the library to a draft that rests on a pinned version."""

import json
from datetime import date
from urllib.parse import urlencode

import pytest
from sqlmodel import Session, select

from app.access import Role
from app.library.models import ToolVersion
from app.rounds.models import Strand
from app.tools import digest
from tests import factories as make
from tests.audit import mash
from tests.browsing import Browser, form_values, heading, words
from tests.conftest import nothing_written
from tests.rounds.plans import NEW, REF, ROUNDS, Typed, begin, boxes, happened, plan, rounds_of
from tests.world import World


def test_a_coordinator_begins_a_round_from_the_library(world: World, browse: Browser) -> None:
    coordinator = browse.as_(world.coordinator)

    page = coordinator.page(begin(coordinator))

    assert "MASH audit, autumn 2026" in words(page)
    assert "Draft" in words(page)
    assert "16 October 2026 (in 31 days)" in words(page)
    assert [li.get_text() for li in page.select("dd ol li")] == [
        "Was the worry stated?",
        "Did the child have a say?",
    ]
    (made,) = rounds_of(browse.database)
    assert (made.returns_due, made.panel_due, made.report_due) == (
        date(2026, 10, 16),
        date(2026, 10, 30),
        date(2026, 11, 27),
    )


def test_a_new_round_pins_its_tool_version_and_has_a_strand_for_each_question_set(
    world: World, browse: Browser
) -> None:
    begin(browse.as_(world.coordinator))

    with browse.database.reading() as session:
        pinned = session.exec(select(ToolVersion)).one()
        strand = session.exec(select(Strand)).one()
    assert (pinned.slug, pinned.version, pinned.digest) == ("mash", 1, digest(mash()))
    assert (strand.question_set, strand.title) == ("referral-form", "Referral form (IARF)")
    (event,) = happened(browse.database, "round.created")
    assert event.person_id == world.coordinator.id
    assert json.loads(event.details) == {"tool": "mash v1", "question_sets": ["referral-form"]}


def test_continuing_without_an_audit_tool_says_to_choose_one(world: World, browse: Browser) -> None:
    coordinator = browse.as_(world.coordinator)
    form = coordinator.page(f"{ROUNDS}/new").select_one("main form")
    assert form is not None

    answer = coordinator.get(f"{form['action']}?{urlencode(form_values(form))}")

    assert answer.status_code == 422
    assert "Choose an audit tool from the list" in heading(answer)


def test_a_version_that_has_a_newer_one_says_so(world: World, browse: Browser) -> None:
    page = browse.as_(world.coordinator).page(f"{ROUNDS}/new")

    labels = [label.get_text(strip=True) for label in page.select(".govuk-radios__label")]
    assert [label for label in labels if "older" in label] == [
        "Child sexual abuse: thematic audit, version 2 (older version)",
        "Child sexual abuse: thematic audit, version 1 (older version)",
        "Multi-agency safeguarding hub (MASH) audit, version 1 (older version)",
    ]


def test_of_several_tools_none_is_chosen_already_and_an_only_question_set_is(
    world: World, browse: Browser
) -> None:
    coordinator = browse.as_(world.coordinator)

    assert not coordinator.page(f"{ROUNDS}/new").select("[name=tool][checked]")
    assert coordinator.page(NEW).select("[name=question_sets][checked]")


REFUSED: list[tuple[Typed, str]] = [
    ({"title": ""}, "title"),
    ({"title": "   "}, "title"),
    ({"title": "M" * 201}, "title"),
    ({"purpose": ""}, "purpose"),
    ({"purpose": "p" * 5001}, "purpose"),
    ({"lines_of_enquiry": "l" * 5001}, "lines_of_enquiry"),
    ({"question_sets": []}, "question_sets"),
    ({"question_sets": "practitioner-survey"}, "question_sets"),
    ({"question_sets": ["referral-form", "practitioner-survey"]}, "question_sets"),
    ({"returns_due.day": "31", "returns_due.month": "2"}, "returns_due"),
    (
        {"returns_due.day": "29", "returns_due.month": "2", "returns_due.year": "2027"},
        "returns_due",
    ),
    ({"returns_due.day": "sixteenth"}, "returns_due"),
    ({"returns_due.month": "13"}, "returns_due"),
    ({"returns_due.year": "26"}, "returns_due"),
    ({"returns_due.year": ""}, "returns_due"),
    ({"returns_due.year": "99999999999999999999"}, "returns_due"),
    ({"panel_due.day": "", "panel_due.month": "", "panel_due.year": ""}, "panel_due"),
    (boxes("returns_due", date(2026, 9, 14)), "returns_due"),
    (boxes("panel_due", date(2026, 10, 16)), "panel_due"),
    (boxes("report_due", date(2026, 10, 29)), "report_due"),
    (boxes("report_due", date(2062, 11, 27)), "report_due"),
]


def test_what_cannot_be_accepted_is_said_beside_its_field_and_nothing_is_kept(
    world: World, browse: Browser
) -> None:
    coordinator = browse.as_(world.coordinator)

    with nothing_written(browse.database):
        for changed, field in REFUSED:
            answer = coordinator.submit(NEW, plan(**changed))
            assert answer.status_code == 422, changed
            assert f'href="#{field}"' in answer.text, changed
            assert f'id="{field}-error"' in answer.text, changed
            assert answer.text.count("govuk-error-message") == 1, changed

    assert rounds_of(browse.database) == []


def test_a_day_that_does_not_exist_is_named(world: World, browse: Browser) -> None:
    typed = plan(**{"panel_due.day": "31", "panel_due.month": "February"})

    answer = browse.as_(world.coordinator).submit(NEW, typed)

    assert "Panel due: 31 February 2026 is not a date" in heading(answer)


def test_what_was_typed_stays_in_the_form_when_it_is_refused(world: World, browse: Browser) -> None:
    coordinator = browse.as_(world.coordinator)
    typed = plan(title="", purpose="Kept <b>words</b>", **boxes("returns_due", date(2026, 12, 31)))
    typed["question_sets"] = []

    answer = coordinator.submit(NEW, typed)

    assert "Kept &lt;b&gt;words&lt;/b&gt;" in answer.text
    assert 'value="31"' in answer.text
    assert 'value="referral-form" checked' not in answer.text


def test_a_tool_that_is_not_on_file_cannot_be_used(world: World, browse: Browser) -> None:
    coordinator = browse.as_(world.coordinator)

    for tool in ("mash.99", "unknown.1", "mash", "", "mash.1.1", "../mash.1"):
        answer = coordinator.post(ROUNDS, {**plan(), "tool": tool, "ref": REF})
        assert answer.status_code == 422, tool
        assert "Choose an audit tool from the list" in heading(answer)

    assert rounds_of(browse.database) == []


def test_the_form_sent_twice_begins_one_round(world: World, browse: Browser) -> None:
    coordinator = browse.as_(world.coordinator)
    sent = {**plan(), "tool": "mash.1", "ref": REF}

    first, second = coordinator.post(ROUNDS, sent), coordinator.post(ROUNDS, sent)

    assert first.headers["location"] == second.headers["location"] == f"{ROUNDS}/{REF}/planning"
    assert len(rounds_of(browse.database)) == 1
    assert len(happened(browse.database, "round.created")) == 1


def test_two_forms_begin_two_rounds_on_one_pinned_version(world: World, browse: Browser) -> None:
    coordinator = browse.as_(world.coordinator)

    assert begin(coordinator) != begin(coordinator)

    assert len({made.tool_version_id for made in rounds_of(browse.database)}) == 1


def test_a_reference_taken_in_another_partnership_says_nothing_of_it(
    world: World, browse: Browser
) -> None:
    elsewhere = browse.as_(world.coordinator_elsewhere)
    taken = elsewhere.post("/harrowmere/rounds", {**plan(), "tool": "mash.1", "ref": REF})
    assert taken.headers["location"].endswith(f"{REF}/planning")

    answer = browse.as_(world.coordinator).post(ROUNDS, {**plan(), "tool": "mash.1", "ref": REF})

    assert answer.status_code == 303
    assert not answer.headers["location"].endswith(f"{REF}/planning")
    assert len({made.partnership_id for made in rounds_of(browse.database)}) == 2


def test_a_reference_is_one_of_ours_or_nothing_is_done(world: World, browse: Browser) -> None:
    coordinator = browse.as_(world.coordinator)

    for ref in ("", "short", "bcdfghjkmn", "AEIOUAEIOU", REF * 2, "../../.."):
        answer = coordinator.post(ROUNDS, {**plan(), "tool": "mash.1", "ref": ref})
        assert answer.status_code == 422, ref

    assert rounds_of(browse.database) == []


def test_a_form_cannot_set_what_it_does_not_ask(world: World, browse: Browser) -> None:
    coordinator = browse.as_(world.coordinator)

    for extra in ("stage", "partnership_id", "id", "version", "created_at", "tool_version_id"):
        sent = {**plan(), "tool": "mash.1", "ref": REF, extra: "1"}
        assert coordinator.post(ROUNDS, sent).status_code == 422, extra

    assert rounds_of(browse.database) == []


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("administrator", 403),
        ("scrutineer", 403),
        ("lead", 403),
        ("police_lead", 403),
        ("officer", 403),
        ("subgroup_member", 403),
        ("owner", 403),
        ("coordinator_elsewhere", 404),
    ],
)
def test_only_a_coordinator_begins_a_round(
    world: World, browse: Browser, who: str, status: int
) -> None:
    visitor = browse.as_(world.people[who])

    assert visitor.get(NEW).status_code == status
    assert visitor.post(ROUNDS, {**plan(), "tool": "mash.1", "ref": REF}).status_code == status
    assert rounds_of(browse.database) == []


def test_what_is_typed_is_shown_as_words_and_never_as_markup(world: World, browse: Browser) -> None:
    coordinator = browse.as_(world.coordinator)
    attack = "<script>alert(1)</script>"
    typed = plan(title=attack, purpose=attack, lines_of_enquiry=attack)

    page = coordinator.page(begin(coordinator, typed))

    assert page.select("main script") == []
    assert words(page).count(attack) >= 3


def test_a_coordinator_of_two_partnerships_begins_it_in_the_one_of_the_address(
    session: Session, world: World, browse: Browser
) -> None:
    make.membership(session, world.coordinator, world.elsewhere, Role.COORDINATOR)
    session.commit()

    browse.as_(world.coordinator).submit("/harrowmere/rounds/new?tool=mash.1", plan())

    assert [made.partnership_id for made in rounds_of(browse.database)] == [world.elsewhere.id]
