"""Papers are edited before they go: section by section, and drafted again when that is better."""

import pytest
from sqlmodel import select

from app.db import Database
from app.events.models import Event
from app.exports.models import PaperSection
from app.rounds.rules import Stage
from tests.browsing import Browser, Visitor, find_form, form_values, soup, words
from tests.comparisons.scene import move_to
from tests.conftest import nothing_written
from tests.exports.test_packs import Reported, document_text
from tests.exports.test_packs import reported as reported  # noqa: PLC0414 - a fixture
from tests.exports.test_papers import pdf_text
from tests.world import World

TYPED = "#panic() A & B <c> $x$ [b]"
DRAFTED = "Take one case of yours to supervision"


def written(section: str, said: str = TYPED, version: int = 0) -> dict[str, str]:
    return {"section": section, "words": said, "version": str(version)}


def at(reported: Reported, paper: str = "briefing") -> str:
    return f"{reported.scene.at}/papers/{paper}"


def test_what_was_written_is_in_page_word_document_and_pdf_as_it_was_typed(
    browse: Browser, world: World, reported: Reported
) -> None:
    lead = browse.as_(world.lead)
    assert lead.post(f"{at(reported)}/wording", written("tomorrow")).status_code == 303
    briefing = f"{reported.scene.at}/briefing"
    page = words(lead.page(briefing))
    docx = document_text(lead.post(f"{briefing}/document", {"format": "docx"}).content)
    pdf = pdf_text(lead.post(f"{briefing}/document", {"format": "pdf"}).content)
    for told in (page, docx, pdf):
        assert TYPED in told
        assert DRAFTED not in told
    assert f"Written by {world.lead.name}" in page


def told_everywhere(visitor: Visitor, at: str) -> list[str]:
    """What a paper says as a page, as a Word document and as a PDF, spaces folded."""
    docx = document_text(visitor.post(f"{at}/document", {"format": "docx"}).content)
    pdf = pdf_text(visitor.post(f"{at}/document", {"format": "pdf"}).content)
    return [words(visitor.page(at)), " ".join(docx.split()), " ".join(pdf.split())]


@pytest.mark.parametrize("paper", ["report", "pack", "letter"])
def test_a_paper_that_stays_in_the_partnership_says_who_wrote_a_section_and_when(
    browse: Browser, world: World, reported: Reported, paper: str
) -> None:
    name, reader = {
        "report": ("report", world.scrutineer),
        "pack": (reported.ours.ref, world.subgroup_member),
        "letter": (world.police.ref, world.police_lead),
    }[paper]
    where = name if paper == "report" else f"{paper}s/{name}"
    address = f"{reported.scene.at}/{where}"
    mark = f"Purpose Written by {world.lead.name}, 15 September 2026 at 10:00am {TYPED}"
    assert not any("Written by" in told for told in told_everywhere(browse.as_(reader), address))
    assert "says of each section that you change" in words(
        browse.as_(world.lead).page(f"{at(reported, name)}/wording")
    )
    browse.as_(world.lead).post(f"{at(reported, name)}/wording", written("purpose"))
    for told in told_everywhere(browse.as_(reader), address):
        assert mark in told


def test_the_briefing_is_spread_and_does_not_name_who_wrote_it(
    browse: Browser, world: World, reported: Reported
) -> None:
    browse.as_(world.lead).post(f"{at(reported)}/wording", written("tomorrow"))
    briefing = f"{reported.scene.at}/briefing"
    for told in told_everywhere(browse.as_(world.scrutineer), briefing):
        assert TYPED in told
        assert "Written by" not in told
    page, *documents = told_everywhere(browse.as_(world.lead), briefing)
    assert f"Written by {world.lead.name}" in page
    assert not any("Written by" in told for told in documents)


def test_a_pack_is_written_for_its_own_subgroup_alone(
    browse: Browser, world: World, reported: Reported
) -> None:
    lead = browse.as_(world.lead)
    lead.post(f"{at(reported, reported.ours.ref)}/wording", written("purpose"))
    assert TYPED in words(browse.as_(world.subgroup_member).page(reported.pack))
    other = f"{reported.scene.at}/packs/{reported.theirs.ref}"
    assert TYPED not in words(lead.page(other))
    assert TYPED not in words(lead.page(f"{reported.scene.at}/report"))


@pytest.mark.parametrize("paper", ["briefing", "pack"])
def test_a_count_of_cases_is_warned_of_once_and_saved_all_the_same(
    browse: Browser, world: World, reported: Reported, paper: str
) -> None:
    lead = browse.as_(world.lead)
    here = at(reported, reported.ours.ref if paper == "pack" else paper)
    section = "sample" if paper == "pack" else "looked_at"
    said = "In 7 of 12 cases the form was late."
    answer = lead.post(f"{here}/wording", written(section, said))
    assert answer.headers["location"] == f"{here}/wording?saved={section}#{section}"
    told = words(lead.follow(answer))
    assert "This looks like a count of cases: “7 of 12 cases”." in told
    where = reported.pack if paper == "pack" else f"{reported.scene.at}/briefing"
    assert said in words(lead.page(where))
    assert "count of cases" not in words(lead.page(f"{here}/wording"))


def test_words_without_a_count_and_the_full_report_are_saved_without_a_word(
    browse: Browser, world: World, reported: Reported
) -> None:
    lead = browse.as_(world.lead)
    for paper, section, said in (
        ("briefing", "tomorrow", "Take one case of yours to supervision."),
        ("report", "summary", "In 7 of 12 cases the form was late."),
    ):
        answer = lead.post(f"{at(reported, paper)}/wording", written(section, said))
        assert "looks like a count" not in words(lead.follow(answer))


def test_two_who_write_the_same_section_do_not_overwrite_one_another(
    browse: Browser, world: World, reported: Reported, database: Database
) -> None:
    browse.as_(world.lead).post(f"{at(reported)}/wording", written("more", "First"))
    other = browse.as_(world.coordinator)
    with nothing_written(database):
        answer = other.post(f"{at(reported)}/wording", written("more", "Second"))
    assert answer.status_code == 409
    answer = other.post(f"{at(reported)}/wording", written("more", "Second", 1))
    assert answer.status_code == 303
    assert "Second" in words(other.page(f"{reported.scene.at}/briefing"))


def test_drafting_again_says_what_is_lost_and_brings_the_draft_back(
    browse: Browser, world: World, reported: Reported, database: Database
) -> None:
    lead = browse.as_(world.lead)
    assert "Nobody has changed the words" in words(lead.page(f"{at(reported)}/draft-again"))
    lead.post(f"{at(reported)}/wording", written("tomorrow"))
    lead.post(f"{at(reported)}/wording", written("more"))
    assert f"Where to read more, written by {world.lead.name}" in words(
        lead.page(f"{at(reported)}/draft-again")
    )
    lead.submit(f"{at(reported)}/draft-again?section=tomorrow")
    assert DRAFTED in words(lead.page(f"{reported.scene.at}/briefing"))
    with database.reading() as session:
        assert [kept.section for kept in session.exec(select(PaperSection)) if kept.words] == [
            "more"
        ]
    lead.submit(f"{at(reported)}/draft-again")
    with database.reading() as session:
        assert not [kept for kept in session.exec(select(PaperSection)) if kept.words]
        told = [event.kind for event in session.exec(select(Event)) if "paper." in event.kind]
    assert told == ["paper.changed"] * 2 + ["paper.drafted-again"] * 2


def test_drafting_again_lets_go_of_nothing_that_its_page_did_not_show(
    browse: Browser, world: World, reported: Reported, database: Database
) -> None:
    lead, other = browse.as_(world.lead), browse.as_(world.coordinator)
    lead.post(f"{at(reported)}/wording", written("tomorrow"))
    page = form_values(find_form(lead.page(f"{at(reported)}/draft-again")))
    other.post(f"{at(reported)}/wording", written("more", "Written meanwhile"))
    with nothing_written(database):
        answer = lead.post(f"{at(reported)}/draft-again", page)
    assert answer.status_code == 409
    assert "nothing was drafted again" in words(soup(answer))
    assert "Written meanwhile" in words(lead.page(f"{reported.scene.at}/briefing"))


def test_a_page_from_before_it_was_drafted_again_overwrites_nothing(
    browse: Browser, world: World, reported: Reported, database: Database
) -> None:
    lead, other = browse.as_(world.lead), browse.as_(world.coordinator)
    lead.post(f"{at(reported)}/wording", written("more", "First"))
    lead.submit(f"{at(reported)}/draft-again?section=more")
    lead.post(f"{at(reported)}/wording", written("more", "Second", 2))
    with nothing_written(database):
        answer = other.post(f"{at(reported)}/wording", written("more", "From the first page", 1))
    assert answer.status_code == 409


@pytest.mark.parametrize("section", ["nowhere", "summary"])
def test_what_is_made_from_data_cannot_be_written(
    browse: Browser, world: World, reported: Reported, database: Database, section: str
) -> None:
    lead = browse.as_(world.lead)
    with nothing_written(database):
        assert lead.post(f"{at(reported)}/wording", written(section)).status_code == 404
        assert lead.post(f"{at(reported, 'none')}/wording", written("more")).status_code == 404


def test_too_much_or_nothing_comes_back_with_what_was_typed(
    browse: Browser, world: World, reported: Reported, database: Database
) -> None:
    lead = browse.as_(world.lead)
    with nothing_written(database):
        long = lead.post(f"{at(reported)}/wording", written("more", "typed " * 1000))
        empty = lead.post(f"{at(reported)}/wording", written("more", " "))
    assert (long.status_code, empty.status_code) == (422, 422)
    assert "typed typed" in long.text
    assert "Write what the section says" in empty.text


@pytest.mark.parametrize("name", ["scrutineer", "police_lead", "subgroup_member", "officer"])
def test_only_those_who_prepare_papers_write_them(
    browse: Browser, world: World, reported: Reported, database: Database, name: str
) -> None:
    visitor = browse.as_(world.people[name])
    with nothing_written(database):
        assert visitor.get(f"{at(reported)}/wording").status_code == 403
        assert visitor.post(f"{at(reported)}/wording", written("more")).status_code == 403


def test_before_moderation_there_is_nothing_to_write(
    browse: Browser, world: World, reported: Reported, database: Database
) -> None:
    move_to(database, reported.scene, Stage.RETURNS_CLOSED)
    lead = browse.as_(world.lead)
    with nothing_written(database):
        assert lead.get(f"{at(reported)}/wording").status_code == 409
        assert lead.post(f"{at(reported)}/wording", written("more")).status_code == 409
