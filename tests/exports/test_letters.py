"""The feedback letter to an agency: what was learnt, its own answers, nothing of any other one."""

import json
import re

import pytest
from sqlmodel import Session, col, select

from app.access import Role
from app.actions.models import LearningAction
from app.db import Database
from app.events.models import Event
from app.findings.models import Finding
from app.identity.models import Agency
from app.responses.models import Answer as AnswerRow
from app.responses.models import AnswerText, Response
from app.responses.tallies import rebuild
from app.rounds.rules import Stage
from tests.audit import assign, respond, subject
from tests.browsing import Browser, words
from tests.comparisons.scene import CANARY, HAD_A_PART, grade, move_to
from tests.conftest import nothing_written
from tests.exports.test_packs import Reported, document_text
from tests.exports.test_packs import reported as reported  # noqa: PLC0414 - a fixture
from tests.exports.test_papers import pdf_text
from tests.factories import ident, membership, person
from tests.world import World

OTHERS_ACTION = "Only social care has to do this"


@pytest.fixture
def letters(database: Database, world: World, reported: Reported) -> Reported:
    """The same round, with its answers counted and one action for social care."""
    with database.writing() as session:
        finding = session.exec(select(Finding).where(Finding.state == "agreed")).first()
        assert finding is not None
        ours = session.exec(select(LearningAction)).first()
        assert ours is not None
        given = ours.model_dump(exclude={"id", "ref", "what", "agency_id", "owner_id"})
        agency, owner = ident(world.social_care), ident(world.social_worker)
        other = {**given, "finding_id": ident(finding), "agency_id": agency, "owner_id": owner}
        session.add(LearningAction(**other, what=OTHERS_ACTION))
        rebuild(session, reported.scene.audit.strand)
    return reported


def letter(reported: Reported, agency: Agency) -> str:
    return f"{reported.scene.at}/letters/{agency.ref}"


def read_by_lead(browse: Browser, world: World, reported: Reported, agency: Agency) -> str:
    return words(browse.as_(world.lead).page(letter(reported, agency)))


def test_it_tells_an_agency_what_was_learnt_what_it_said_and_what_it_has_to_do(
    browse: Browser, world: World, letters: Reported
) -> None:
    told = read_by_lead(browse, world, letters, world.police)
    for expected in (
        "OFFICIAL-SENSITIVE",
        "Thank you to everybody at Wexcombe Police",
        "To learn whether referrals reach the right children in time.",
        "What works well No findings have been agreed.",
        "What needs to change The worry is not always plain Themes: Recognition and referral",
        "Forms say what happened.",
        "Your own grades and answers",
        "Inadequate: 1",
        "Your actions",
        "Teach the front door",
        "Wexcombe Police: Police officer 1 September 2026",
        "What happens next",
        "Ask Round lead, who led this audit, or",
        "Grades, answers and reasons of every other agency",
        f"Made by {world.lead.name} on",
    ):
        assert expected in told, expected
    assert "Still a draft" not in told


def test_page_word_document_and_pdf_say_the_same(
    browse: Browser, world: World, letters: Reported
) -> None:
    lead, at = browse.as_(world.police_lead), letter(letters, world.police)
    docx = lead.post(f"{at}/document", {"format": "docx"})
    pdf = lead.post(f"{at}/document", {"format": "pdf"})
    kept_as = docx.headers["content-disposition"]
    assert re.fullmatch(r'attachment; filename="letter-[0-9A-Z]+-[0-9A-Z]+\.docx"', kept_as)
    for told in (
        words(lead.page(at)),
        " ".join(document_text(docx.content).split()),
        " ".join(pdf_text(pdf.content).split()),
    ):
        for expected in ("Inadequate: 1", "Teach the front door", "Actions of other agencies"):
            assert expected in told


def test_nothing_of_another_agency_is_in_it(
    browse: Browser, world: World, letters: Reported
) -> None:
    """Not its grades, its words, its reasons, its actions, its people or its name."""
    social_care = read_by_lead(browse, world, letters, world.social_care)
    police = read_by_lead(browse, world, letters, world.police)
    assert "Good: 1" in social_care
    assert OTHERS_ACTION in social_care
    for never in ("Good: 1", OTHERS_ACTION, world.social_care.name, world.social_worker.name):
        assert never not in police
    for never in ("Inadequate: 1", "Teach the front door", world.police.name, world.officer.name):
        assert never not in social_care
    for told in (social_care, police):
        for never in (CANARY, "unsent-health-words", "The worry is in the first line.", "R-7F3K"):
            assert never not in told


def test_whatever_another_agency_answers_the_letter_stays_as_it_is(
    browse: Browser, world: World, letters: Reported, database: Database
) -> None:
    before = read_by_lead(browse, world, letters, world.police)
    others = read_by_lead(browse, world, letters, world.social_care)
    with database.writing() as session:
        scene = letters.scene
        for given in session.exec(
            select(AnswerRow).where(AnswerRow.response_id == scene.social_care.id)
        ):
            session.delete(given)
        for number in range(3):
            about = subject(session, scene.audit, f"R-Y{number:02}Z", 30 + number)
            more = assign(session, about, world.social_care, world.social_worker)
            answers = {**HAD_A_PART, "form_worry": grade("outstanding", CANARY)}
            respond(session, scene.audit, more, answers)
        rebuild(session, scene.audit.strand)
    assert read_by_lead(browse, world, letters, world.police) == before
    assert read_by_lead(browse, world, letters, world.social_care) != others


def test_its_numbers_are_its_own_and_a_percentage_wants_ten_answers(
    browse: Browser, world: World, letters: Reported, database: Database
) -> None:
    told = read_by_lead(browse, world, letters, world.police)
    assert "Yes: 17 (100%)" in told  # seventeen forms seen, of seventeen
    assert "%" not in read_by_lead(browse, world, letters, world.social_care)


def test_an_agency_that_sent_nothing_is_told_so_and_thanked_for_nothing(
    browse: Browser, world: World, letters: Reported
) -> None:
    told = read_by_lead(browse, world, letters, world.school)
    assert "It has sent no response" in told
    assert "You have sent no response." in told
    assert "Thank you to everybody" not in told
    assert "No action is planned for your agency yet." in told
    assert "The worry is not always plain" in told


def test_answers_that_are_not_sent_are_not_in_it(
    browse: Browser, world: World, letters: Reported
) -> None:
    told = read_by_lead(browse, world, letters, world.health)
    assert "You have sent no response." in told
    assert "Outstanding" not in told


def test_an_agency_lead_finds_their_own_letter_once_the_round_is_reported(
    browse: Browser, world: World, letters: Reported
) -> None:
    reader = browse.as_(world.police_lead)
    assert "Letter to Wexcombe Police" in words(reader.page(letters.scene.at))
    page = reader.page("/wexcombe/packs")
    assert [str(a["href"]) for a in page.select("#letters a")] == [letter(letters, world.police)]
    assert "Inadequate: 1" in words(reader.page(letter(letters, world.police)))
    assert not reader.page(letter(letters, world.police)).select("a[href$=wording]")


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.MODERATION, Stage.FINDINGS_AGREED])
def test_before_it_is_reported_an_agency_receives_nothing(
    browse: Browser, world: World, letters: Reported, database: Database, stage: Stage
) -> None:
    move_to(database, letters.scene, stage)
    reader, at = browse.as_(world.police_lead), letter(letters, world.police)
    assert reader.get(at).status_code == 404
    assert "Letter to" not in words(reader.page(letters.scene.at))
    assert "There are no letters to your agency yet." in words(reader.page("/wexcombe/packs"))
    with nothing_written(database):
        assert reader.post(f"{at}/document").status_code == 404


def test_another_agencys_letter_is_as_if_it_did_not_exist(
    browse: Browser, world: World, letters: Reported, database: Database
) -> None:
    reader = browse.as_(world.police_lead)
    for at in (letter(letters, world.health), f"{letters.scene.at}/letters/NOTTHERE22"):
        assert reader.get(at).status_code == 404
        with nothing_written(database):
            assert reader.post(f"{at}/document").status_code == 404
    assert reader.get(f"{letters.scene.at}/letters").status_code == 404


@pytest.mark.parametrize(
    "name", ["panel_police", "officer", "owner", "subgroup_member", "administrator"]
)
def test_nobody_else_reads_letters(
    browse: Browser, world: World, letters: Reported, name: str
) -> None:
    visitor, at = browse.as_(world.people[name]), letter(letters, world.police)
    for address in (at, f"{letters.scene.at}/letters"):
        assert visitor.get(address).status_code == 403
    assert visitor.post(f"{at}/document").status_code == 403


@pytest.mark.parametrize("name", ["coordinator", "lead", "scrutineer"])
def test_those_who_prepare_them_find_a_letter_for_each_agency_from_moderation_on(
    browse: Browser, world: World, letters: Reported, database: Database, name: str
) -> None:
    move_to(database, letters.scene, Stage.MODERATION)
    visitor = browse.as_(world.people[name])
    assert "Letters to agencies" in words(visitor.page(letters.scene.at))
    page = visitor.page(f"{letters.scene.at}/letters")
    assert len(page.select("#letters tbody a")) == 4
    assert "Provisional" in words(visitor.page(letter(letters, world.police)))
    move_to(database, letters.scene, Stage.RETURNS_CLOSED)
    assert "Letters to agencies" not in words(visitor.page(letters.scene.at))
    for address in (letter(letters, world.police), f"{letters.scene.at}/letters"):
        assert visitor.get(address).status_code == 409
    with nothing_written(database):
        assert visitor.post(f"{letter(letters, world.police)}/document").status_code == 409


def test_an_agency_that_does_not_take_part_gets_none(
    browse: Browser, world: World, letters: Reported, database: Database
) -> None:
    with database.writing() as session:
        outside = Agency(name="Not in this round", kind="school")
        session.add(outside)
        session.flush()
        head = person(session, world.partnership, Role.AGENCY_LEAD, outside)
    assert browse.as_(world.lead).get(letter(letters, outside)).status_code == 404
    assert browse.as_(head).get(letter(letters, outside)).status_code == 404


def test_an_agency_lead_who_leads_another_agency_too_finds_both(
    browse: Browser, world: World, letters: Reported, database: Database
) -> None:
    with database.writing() as session:
        membership(session, world.police_lead, world.partnership, Role.AGENCY_LEAD, world.school)
    page = browse.as_(world.police_lead).page("/wexcombe/packs")
    assert {a.get_text() for a in page.select("#letters a")} == {
        "Wexcombe Police",
        "Alder Vale School",
    }


def test_a_letter_is_written_for_its_own_agency_alone(
    browse: Browser, world: World, letters: Reported
) -> None:
    lead = browse.as_(world.lead)
    at = f"{letters.scene.at}/papers/{world.police.ref}/wording"
    changed = {"section": "thanks", "words": "Thank you for the night shift.", "version": "0"}
    assert lead.post(at, changed).status_code == 303
    assert "Thank you for the night shift." in words(
        browse.as_(world.police_lead).page(letter(letters, world.police))
    )
    assert "night shift" not in read_by_lead(browse, world, letters, world.health)
    assert "1 section changed" in words(browse.as_(world.lead).page(f"{letters.scene.at}/letters"))


def test_taking_it_is_recorded_with_the_agency_that_it_is_for(
    browse: Browser, world: World, letters: Reported, session: Session
) -> None:
    at = letter(letters, world.police)
    browse.as_(world.police_lead).post(f"{at}/document", {"format": "pdf"})
    event = session.exec(select(Event).where(Event.kind == "paper.taken")).one()
    assert (event.person_id, event.about) == (world.police_lead.id, world.police.ref)
    details = json.loads(event.details)
    assert (details["paper"], details["format"]) == ("letter", "pdf")


def test_what_was_typed_is_never_markup(
    browse: Browser, world: World, letters: Reported, database: Database
) -> None:
    payload = "<script>alert('x')</script> A & B"
    with database.writing() as session:
        for finding in session.exec(select(Finding)):
            finding.title = finding.words = payload
        session.get_one(Agency, world.police.id).name = payload
    lead, at = browse.as_(world.lead), letter(letters, world.police)
    assert "<script>alert" not in lead.get(at).text
    assert payload in document_text(lead.submit(at).content)


def test_after_the_answers_are_purged_the_counts_are_still_there(
    browse: Browser, world: World, letters: Reported, database: Database
) -> None:
    before = read_by_lead(browse, world, letters, world.police)
    with database.writing() as session:
        responses = select(Response.id)
        for table in (AnswerRow, AnswerText):
            for row in session.exec(select(table).where(col(table.response_id).in_(responses))):
                session.delete(row)
    move_to(database, letters.scene, Stage.PURGED)
    assert "Inadequate: 1" in before
    assert "Inadequate: 1" in read_by_lead(browse, world, letters, world.police)


def test_absences_are_told_apart(browse: Browser, world: World, letters: Reported) -> None:
    assert "Not known to this agency: 1" in read_by_lead(browse, world, letters, world.police)
    social_care = read_by_lead(browse, world, letters, world.social_care)
    assert "Not recorded on our file: 1" in social_care
