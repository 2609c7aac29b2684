"""The child sexual abuse audit is planned part by part, opened, and its cases chosen by hand."""

from app.config import ROOT
from app.rounds.judgement import JudgementRule
from app.tools import read_tools
from tests.journey.cast import (
    ALL_ANSWERING,
    CARE,
    COORDINATOR,
    HOSPITAL,
    LEAD,
    PANEL_MEMBER,
    POLICE,
    SCHOOL,
    SCHOOL_MEMBER,
    SUBGROUP,
    Audit,
    Story,
)
from tests.journey.desk import Desk, folded
from tests.journey.planning import a_round_is_opened, the_round_moves_on, three_days

TOOL = "Child sexual abuse: thematic audit"
CASE_FILE = read_tools(ROOT / "audit_tools")["csa-thematic", 3].question_set["case-file"]
CSA = Audit("Child sexual abuse, this year", CASE_FILE, (CARE, POLICE, HOSPITAL, SCHOOL))
LAST_YEAR = "Child sexual abuse, last year"

PURPOSE = "To see whether signs are now read together, and children listened to at their pace."
LINES = ("Are signs read together?", "Are children listened to at their pace?")
LAWFUL = "A public task under the partnership's arrangements."

HARD = "several agencies"
ALIKE = "seen, not said"
CHOSEN = {
    HARD: "Chosen because several agencies worked with the family over a year",
    ALIKE: "Chosen because the worry came from what was seen and not from what was said",
}
"""Why each case is looked at; by these words the story knows them."""


def last_years_round_was_planned(story: Story) -> None:
    """On the version of that year, so that this year's plan can begin from it."""
    plan = {
        "title": LAST_YEAR,
        "purpose": "To learn how agencies notice, decide and help.",
        "lines_of_enquiry": LINES[0],
        "question_sets": ["Case file"],
    }
    desk = a_round_is_opened(story, f"{TOOL}, version 1", plan)
    desk.follow("Agencies")
    desk.press("Save", {"agencies": [CARE, POLICE]})
    desk.sees("2 agencies")


def this_years_begins_from_it(story: Story) -> None:
    """Its plan comes along onto the newest version; its dates and whatever was found do not."""
    desk = story.at_their_desk(COORDINATOR)
    desk.follow("Open a new round")
    desk.follow(LAST_YEAR)
    desk.sees(f"The new round uses {TOOL}, version 3: the newest that is locked.")
    desk.sees("What comes along", f"Agencies: {CARE} and {POLICE}", "What does not", "The dates")
    desk.press("Create the round", {"title": CSA.title, **three_days(story)})


def its_plan_is_settled(story: Story) -> None:
    """Part by part, from the list of what is still to do and back to it."""
    desk = story.at_the_round(COORDINATOR)
    desk.follow("Planning")
    what_it_is_about_is_settled(desk)
    who_takes_part_is_settled(desk)
    the_dates_are_looked_at(desk, story)
    how_it_is_judged_and_kept_is_settled(desk)
    desk.sees("8 of 8 needed parts are done", "4 agencies", f"{LEAD} leads, 2 panel members")
    the_round_moves_on(desk, "Approved")
    the_round_moves_on(desk, "Sampling")


def what_it_is_about_is_settled(desk: Desk) -> None:
    desk.follow("Purpose and key lines of enquiry")
    desk.press("Save", {"purpose": PURPOSE, "lines_of_enquiry": "\n".join(LINES)})
    desk.sees("2 key lines of enquiry")
    desk.follow("Tool version")
    each_agency_meets_its_own_questions(desk)
    desk.press("Save", {"tool": "Version 3"})
    desk.follow("Strands")
    desk.press("Save", {"question_sets": ["Case file"]})
    desk.follow("Priorities")
    desk.press("Save", {"priorities": ["Voice of the child", "Recognition and referral"]})
    desk.sees("Recognition and referral and Voice of the child and family")


def each_agency_meets_its_own_questions(desk: Desk) -> None:
    """The preview of each kind: what only the police are asked, nobody else sees."""
    version, only_police = desk.address, CASE_FILE.question["devices"].text
    desk.follow("Case file: Police")
    desk.sees(only_police, "Only if")
    desk.open(version)
    desk.follow("Case file: Children's social care")
    assert only_police not in desk.reads
    desk.open(version)


def who_takes_part_is_settled(desk: Desk) -> None:
    desk.follow("Agencies")
    desk.press("Save", {"agencies": [CARE, POLICE, HOSPITAL, SCHOOL]})
    desk.follow("Lead contacts")
    asked = [folded(label) for label in desk.page.select("main label")]
    desk.press("Save", {"contacts": [ALL_ANSWERING[agency].agency_lead for agency in asked]})
    desk.sees("Chosen in 4 of 4 agencies")
    desk.follow("Lead and panel")
    desk.press("Save", {"lead": LEAD, "panel": [PANEL_MEMBER, SCHOOL_MEMBER]})
    desk.follow("Subgroups")
    desk.press("Save", {"subgroups": [SUBGROUP]})


def the_dates_are_looked_at(desk: Desk, story: Story) -> None:
    """How many working days agencies have is counted for them."""
    desk.follow("Dates")
    desk.sees("working days")
    desk.press("Save", three_days(story))


def how_it_is_judged_and_kept_is_settled(desk: Desk) -> None:
    desk.follow("Judgement rule")
    desk.press("Save", {"rule": JudgementRule.CAUTIOUS.words, "words": "The chair sums up."})
    desk.follow("Retention")
    desk.press("Save", {"answers": "12"})
    desk.follow("Data-protection notes")
    desk.press("Save", {"dpia": "DPIA 2026/14", "lawful_basis": LAWFUL})
    desk.sees("DPIA 2026/14")


def the_cases_are_typed_in(story: Story) -> None:
    """Nobody draws them: they are chosen for what they may teach, and the sample says why."""
    desk = story.at_the_round(COORDINATOR)
    for known, reason in CHOSEN.items():
        desk.follow("Sample: Case file")
        desk.follow("Type the cases in")
        [button] = desk.page.select("main form button")
        story.known[known] = folded(button).removeprefix("Add ")
        desk.press(folded(button), {"reason": reason})
        desk.sees(f"{story.known[known]} added", reason)
        desk.follow(story.audit.title)
