"""The first chapters: people are let in, a round is planned, its sample drawn and given out."""

from app.db import Database
from app.demo.referrals import as_workbook
from app.people.first_person import invite_administrator
from app.rounds.judgement import JudgementRule
from tests.journey.cast import (
    ADMINISTRATOR,
    ALL_ANSWERING,
    COORDINATOR,
    LEAD,
    LETTING_IN,
    MEMBER,
    PANEL_MEMBER,
    PASSWORD,
    SUBGROUP,
    Story,
    email_of,
)
from tests.journey.desk import Attached, Desk, folded
from tests.journey.planning import (
    a_round_is_opened,
    agency_leads_choose_auditors,
    the_round_moves_on,
)

LIST_NAME = "Referrals to September.xlsx"


def the_operator_opens_the_partnership(story: Story, database: Database) -> None:
    """At the command line, since there is nobody yet who could invite anybody."""
    with database.writing() as session:
        link = invite_administrator(
            session,
            slug="orrin",
            full_name="Orrin Safeguarding Children Partnership",
            email=email_of(ADMINISTRATOR),
            name=ADMINISTRATOR,
        )
    somebody_joins(story, f"/links/{link.code}", ADMINISTRATOR)


def somebody_joins(story: Story, link: str, name: str) -> None:
    """Open the link that one was sent, choose a password, and sign in with it."""
    desk = story.new_desk()
    desk.open(link)
    desk.sees(name, email_of(name))
    desk.press("Set password", {"password": PASSWORD, "again": PASSWORD})
    desk.sees("Sign in")
    assert desk.finds(link) == 404, "a link works once"


def somebody_is_invited(story: Story, desk: Desk, name: str) -> None:
    """Make an invitation on a person's page and send them the link that is shown there."""
    desk.follow("People")
    desk.follow(name)
    desk.press("Make an invitation")
    [shown] = desk.page.select("textarea#link")
    link = shown.get_text().strip()
    somebody_joins(story, f"/links/{link.rpartition('/')[2]}", name)
    desk.follow("I have copied it")
    desk.sees("Joined")


def the_administrator_lets_the_coordinator_in(story: Story) -> None:
    desk = story.at_their_desk(ADMINISTRATOR)
    desk.follow("People")
    desk.follow("Add a person")
    coordinator = {"name": COORDINATOR, "email": email_of(COORDINATOR), "role": "Coordinator"}
    desk.press("Add person", coordinator)
    desk.sees("Not yet invited")
    somebody_is_invited(story, desk, COORDINATOR)


def the_coordinator_lets_people_in(story: Story) -> None:
    desk = story.at_their_desk(COORDINATOR)
    for agency in story.audit.agencies:
        desk.follow("People")
        desk.follow("Agencies")
        desk.follow("Add an agency")
        desk.press("Add agency", {"name": agency, "kind": ALL_ANSWERING[agency].kind.words})
    desk.follow("People")
    desk.follow("Import a list of people")
    rows = [f"{name},{email_of(name)},{agency},{role}" for name, role, agency in LETTING_IN]
    people = "\n".join(["Name,E-mail,Agency,Role", *rows]).encode()
    desk.press("Look at what it would do", {"file": Attached("people.csv", people)})
    desk.press(f"Import {len(rows)} rows")
    for name, _, _ in LETTING_IN:
        somebody_is_invited(story, desk, name)
    desk.follow("People")
    desk.follow("Subgroups")
    desk.follow("Form a subgroup")
    desk.press("Form subgroup", {"name": SUBGROUP})
    desk.press("Give seat", {"person": MEMBER})
    desk.sees(MEMBER, "Yes")


def a_round_is_planned(story: Story) -> None:
    plan = {
        "title": story.audit.title,
        "purpose": "To learn whether referrals reach the right children in time.",
        "lines_of_enquiry": "Is the worry plain?\nIs the child's voice in the form?",
        "question_sets": ["Referral form"],
    }
    tool = "Multi-agency safeguarding hub (MASH) audit, version 1"
    desk = a_round_is_opened(story, tool, plan)
    the_plan_is_settled(desk, story)
    the_round_moves_on(desk, "Approved")
    the_round_moves_on(desk, "Sampling")


def the_plan_is_settled(desk: Desk, story: Story) -> None:
    """Part by part, from the list of what is still to do and back to it."""
    desk.follow("Agencies")
    desk.press("Save", {"agencies": story.audit.agencies})
    desk.follow("Lead and panel")
    desk.press("Save", {"lead": LEAD, "panel": [PANEL_MEMBER]})
    desk.follow("Subgroups")
    desk.press("Save", {"subgroups": [SUBGROUP]})
    desk.follow("Judgement rule")
    desk.press("Save", {"rule": JudgementRule.PANEL.words})
    desk.follow("Retention")
    desk.press("Save")
    desk.sees("8 of 8 needed parts are done")


def the_list_is_read(story: Story) -> None:
    """A workbook goes in; what would identify a child is dropped before anything is stored."""
    desk = story.at_the_round(COORDINATOR)
    desk.follow("Sample: Referral form")
    desk.follow("Read a list")
    book = as_workbook(story.listed)
    desk.press("Read the list", {"list": Attached(LIST_NAME, book)})
    desk.sees("Child name", "NHS number", "Postcode", "Dropped")


def the_sample_is_drawn(story: Story) -> None:
    """Of each outcome one referral and a reserve, from a seed thrown with dice in a meeting."""
    desk = story.at_the_round(COORDINATOR)
    desk.follow("Sample: Referral form")
    desk.follow("Choose its columns and import it")
    desk.press("Check every row")
    desk.press("Import 40 referrals")
    desk.follow("Draw the sample")
    one_of_each = dict.fromkeys(
        ("no_further_action", "early_help", "section_17", "section_47"), "1"
    )
    desk.press("Preview the draw", {**one_of_each, "reserves": "1", "seed": "4 6 1 1 3 5"})
    desk.sees("4 referrals will be drawn from 40")
    desk.press("Draw the sample")
    desk.sees("The sample has been drawn.")
    desk.follow("Check the draw")
    desk.sees("It is the same")
    desk.follow("Back to the sample")
    learn_labels(story, desk)


def learn_labels(story: Story, desk: Desk) -> None:
    """Note the label of the subject of each outcome; the coordinator sees them all."""
    for row in desk.page.select("#subjects tbody tr"):
        label, group, state = (cell.get_text(" ", strip=True) for cell in row.select("th, td")[:3])
        if state == "Chosen":
            story.known[group.partition(",")[0]] = label


def a_reserve_replaces_a_subject(story: Story) -> None:
    """Nobody finds the record behind one label, so the next of its group takes its place."""
    desk = story.at_the_round(COORDINATOR)
    desk.follow("Sample: Referral form")
    gone = story.known["replaced"] = story.known["Section 47"]
    desk.follow(f"Replace {gone}")
    [button] = desk.page.select("main form button")
    desk.press(folded(button), {"reason": "The record is restricted"})
    learn_labels(story, desk)
    desk.sees(f"{gone} is replaced by {story.known['Section 47']}")
    desk.follow("MASH audit, autumn")
    desk.follow("Assignments")
    desk.press("Give to these agencies", {"agency": story.audit.agencies})
    agency_leads_choose_auditors(story, "1 subject")
