"""A round's results: what was sent, counted; what too few said, without a percentage."""

import pytest
from bs4 import BeautifulSoup
from sqlmodel import select

from app.access import Role
from app.db import Database
from app.responses.tallies import rebuild
from app.rounds.models import Round
from app.rounds.rules import Stage
from app.samples.models import Subject
from app.tools import Answer, State
from tests.audit import Audit, assign, open_audit, respond, subject
from tests.browsing import Browser, heading, words
from tests.factories import membership
from tests.world import World

VOICE = "form_child_voice"


PLAYED_NONE = Answer(State.ANSWERED, ("other",))


def said(level: str) -> dict[str, Answer]:
    opens = {"parts_played": "receiver", "form_seen": "yes"}
    given = {**opens, VOICE: level}
    return {key: Answer(State.ANSWERED, (chosen,)) for key, chosen in given.items()}


@pytest.fixture
def audit(database: Database, world: World) -> Audit:
    """Twelve referrals on which social care has sent, and two on which the police have."""
    with database.writing() as session:
        made = open_audit(session, world, Stage.MODERATION)
        for place in range(12):
            about = subject(session, made, f"R-{place:03}", place)
            level = "yes" if place < 9 else "no"
            given = assign(session, about, world.social_care, world.social_worker)
            respond(session, made, given, said(level))
            if place < 2:
                respond(session, made, assign(session, about, world.police, world.officer), {})
        rebuild(session, made.strand)
    return made


def draw(database: Database, audit: Audit, many: int) -> None:
    """Have some of the referrals drawn in one group, and the rest typed in."""
    with database.writing() as session:
        for place, about in enumerate(session.exec(select(Subject).order_by(Subject.label))):
            about.stratum = "section_17" if place < many else ""
        rebuild(session, audit.strand)


def at(audit: Audit) -> str:
    return f"/wexcombe/rounds/{audit.round.ref}/results"


def result(page: BeautifulSoup, key: str) -> str:
    """What the table of one question says."""
    table = page.select_one(f"#result-{key}")
    assert table is not None, key
    return " ".join(table.get_text(" ", strip=True).split())


def test_the_lead_reads_counts_with_their_base_and_absences_apart(
    browse: Browser, world: World, audit: Audit
) -> None:
    page = browse.as_(world.lead).page(at(audit))
    voice = result(page, VOICE)
    assert "12 answered of 12 asked" in voice
    assert "Yes 9 (75%)" in voice
    assert "No 3 (25%)" in voice


def test_below_ten_answers_there_is_no_percentage(
    browse: Browser, world: World, audit: Audit
) -> None:
    page = browse.as_(world.lead).page(f"{at(audit)}?agency={world.police.ref}")
    assert "%" not in words(page).replace("Percentages", "")


def test_many_answers_about_few_referrals_are_few_all_the_same(
    browse: Browser, database: Database, world: World
) -> None:
    with database.writing() as session:
        made = open_audit(session, world, Stage.MODERATION)
        for place in range(4):
            about = subject(session, made, f"R-{place:03}", place)
            for agency, auditor in (
                (world.social_care, world.social_worker),
                (world.police, world.officer),
                (world.health, world.nurse),
            ):
                respond(session, made, assign(session, about, agency, auditor), said("yes"))
        rebuild(session, made.strand)
    page = browse.as_(world.scrutineer).page(at(made))
    assert "12 responses about 4 referrals" in words(page)
    voice = result(page, VOICE)
    assert "12 answered of 12 asked. Too few for percentages." in voice
    assert "%" not in words(page).replace("Percentages", "")


def test_a_question_that_concerned_few_referrals_has_no_percentages_among_many(
    browse: Browser, database: Database, world: World
) -> None:
    with database.writing() as session:
        made = open_audit(session, world, Stage.MODERATION)
        for place in range(12):
            about = subject(session, made, f"R-{place:03}", place)
            for agency, auditor in (
                (world.social_care, world.social_worker),
                (world.police, world.officer),
                (world.health, world.nurse),
            ):
                answers = said("yes") if place < 4 else {"parts_played": PLAYED_NONE}
                respond(session, made, assign(session, about, agency, auditor), answers)
        rebuild(session, made.strand)
    page = browse.as_(world.lead).page(at(made))
    assert "36 responses about 12 referrals" in words(page)
    voice = result(page, VOICE)
    assert "12 answered of 12 asked. Too few for percentages." in voice
    assert "%" not in voice.replace("percentages", "")
    assert "%" in result(page, "parts_played"), "each agency answered that about twelve"


def test_a_drawn_group_is_looked_at_alone_and_what_was_typed_in_is_no_group(
    browse: Browser, database: Database, world: World, audit: Audit
) -> None:
    lead = browse.as_(world.lead)
    draw(database, audit, 0)
    assert not lead.page(at(audit)).select("[name=stratum]")
    draw(database, audit, 5)
    page = lead.page(at(audit))
    assert [o.get_text() for o in page.select("[name=stratum] option")] == ["All", "Section 17"]
    page = lead.page(f"{at(audit)}?stratum=section_17")
    assert "7 responses about 5 referrals" in words(page)
    assert "5 answered of 5 asked" in result(page, VOICE)


def test_each_section_and_theme_has_its_grades_counted_together_and_never_averaged(
    browse: Browser, world: World, audit: Audit
) -> None:
    page = browse.as_(world.scrutineer).page(f"{at(audit)}?show=themes")
    theme = audit.question_set.question[VOICE].themes[0]
    link = page.select_one(f"#by-theme a[href$='theme={theme}']")
    assert link is not None
    row = link.find_parent("tr")
    assert row is not None
    told = " ".join(row.get_text(" ", strip=True).split())
    assert "Yes 9, No 3" in told
    assert "Not answered" in told
    shown = browse.as_(world.scrutineer).page(str(link["href"]))
    assert shown.select_one(f"#result-{VOICE}") is not None


def test_each_number_leads_to_the_answers_behind_it(
    browse: Browser, world: World, audit: Audit
) -> None:
    lead = browse.as_(world.lead)
    page = lead.page(f"{at(audit)}/{VOICE}")
    assert "12 responses" in words(page)
    link = page.select_one("#behind tbody a")
    assert link is not None
    assert "what the child has said" in words(lead.page(str(link["href"])))


def test_behind_a_number_stand_the_responses_that_it_counts_and_no_others(
    browse: Browser, world: World, audit: Audit
) -> None:
    lead = browse.as_(world.lead)
    key = "parts_played"
    page = lead.page(f"{at(audit)}?agency={world.police.ref}")
    assert "0 answered of 2 asked" in result(page, key)
    link = page.select_one(f"a[href*='/results/{key}?']")
    assert link is not None
    page = lead.page(str(link["href"]))
    assert "Only Wexcombe Police." in words(page)
    assert [c.get_text() for c in page.select("#behind caption")] == ["Not answered: 2 responses"]
    page = lead.page(f"{at(audit)}/{VOICE}")
    assert [c.get_text() for c in page.select("#behind caption")] == [
        "Yes: 9 responses",
        "No: 3 responses",
    ]


def test_a_long_list_behind_a_number_has_pages_and_keeps_its_counts(
    browse: Browser, database: Database, world: World, audit: Audit
) -> None:
    with database.writing() as session:
        for place in range(12, 52):
            about = subject(session, audit, f"R-{place:03}", place)
            given = assign(session, about, world.social_care, world.social_worker)
            respond(session, audit, given, said("no"))
        rebuild(session, audit.strand)
    lead = browse.as_(world.lead)
    page = lead.page(f"{at(audit)}/{VOICE}?agency={world.social_care.ref}")
    captions = ["Yes: 9 responses", "No: 43 responses"]
    assert [c.get_text() for c in page.select("#behind caption")] == captions
    assert len(page.select("#behind tbody tr")) == 50
    further = page.select_one("a[rel=next]")
    assert further is not None
    page = lead.page(str(further["href"]))
    assert "52 responses" in words(page)
    assert [c.get_text() for c in page.select("#behind caption")] == captions[1:]
    assert len(page.select("#behind tbody tr")) == 2
    assert "Only Wexcombe Children's Services" in words(page)


def test_grades_stand_side_by_side_in_words(browse: Browser, world: World, audit: Audit) -> None:
    page = browse.as_(world.scrutineer).page(f"{at(audit)}?show=agencies")
    assert "Yes 9, No 3" in words(page)


def test_the_heatmap_names_each_absence_apart(
    browse: Browser, database: Database, world: World, audit: Audit
) -> None:
    key = "form_worry"
    with database.writing() as session:
        for place, state in enumerate((State.NOT_RECORDED, State.NOT_KNOWN, State.NOT_KNOWN)):
            about = subject(session, audit, f"R-9{place}", 20 + place)
            given = assign(session, about, world.health, world.nurse)
            respond(session, audit, given, {**said("yes"), key: Answer(state)})
        rebuild(session, audit.strand)
    page = browse.as_(world.scrutineer).page(f"{at(audit)}?show=agencies")
    row = page.select_one(f"#heat a[href*='/results/{key}?']")
    assert row is not None
    told = " ".join(row.find_parent("tr").get_text(" ", strip=True).split())  # type: ignore[union-attr]
    assert "Not known to this agency 2, Not recorded on our file 1" in told
    assert "No answer" not in told


def test_an_agency_waits_until_the_findings_are_agreed_and_then_reads_the_round_and_its_own(
    browse: Browser, database: Database, world: World, audit: Audit
) -> None:
    with database.writing() as session:
        membership(session, world.teacher, world.partnership, Role.AGENCY_LEAD, world.police)
    reader = browse.as_(world.teacher)
    assert reader.get(at(audit)).status_code == 409
    with database.writing() as session:
        session.get_one(Round, audit.round.id).stage = Stage.FINDINGS_AGREED
    page = reader.page(at(audit))
    assert "12 answered of 12 asked" in result(page, VOICE)
    assert [o.get_text() for o in page.select("[name=agency] option")] == [
        "All agencies",
        "Wexcombe Police",
    ]
    assert not page.select("[name=stratum]")
    assert "Responses behind" not in words(page)
    assert reader.get(f"{at(audit)}/{VOICE}").status_code == 404
    other = reader.page(f"{at(audit)}?agency={world.social_care.ref}&show=agencies")
    assert not other.select("#heat")


def test_before_anything_is_sent_the_page_says_so(
    browse: Browser, database: Database, world: World
) -> None:
    with database.writing() as session:
        empty = open_audit(session, world)
    assert "No response has been sent yet" in words(browse.as_(world.lead).page(at(empty)))


def test_what_is_not_there_to_be_chosen_is_not_chosen(
    browse: Browser, world: World, audit: Audit
) -> None:
    lead = browse.as_(world.lead)
    page = lead.page(f"{at(audit)}?agency=NOTTHERE22&theme=none&stratum='&section=x&strand=y")
    assert "12 answered of 12 asked" in result(page, VOICE)
    assert heading(lead.get(f"{at(audit)}/nothing")) == "Page not found"
