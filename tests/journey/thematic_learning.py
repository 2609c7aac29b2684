"""What the child sexual abuse audit found, and the actions that follow through their life."""

from tests.journey.cast import (
    ALL_ANSWERING,
    CARE,
    CARE_LEAD,
    COORDINATOR,
    HOSPITAL,
    LEAD,
    POLICE,
    POLICE_LEAD,
    SCHOOL,
    SCHOOL_LEAD,
    SUBGROUP,
    Story,
)
from tests.journey.desk import Desk, boxes, folded
from tests.journey.learning import (
    a_finding_is_agreed,
    at_a_finding,
    at_an_action,
    at_ones_action,
    it_goes_on,
    it_is_planned,
)
from tests.journey.planning import the_round_moves_on
from tests.journey.thematic_panel import LEARNING
from tests.journey.thematic_plan import CASE_FILE, HARD

HEARD = "Children are heard in their own way"
HEARD_WORDS = "Where a child drew what they could not say, the drawing was kept and believed."
UNWEIGHED = "Earlier contacts are listed and not weighed"

READ_ALOUD = "Read the earlier contacts aloud at the start of each strategy discussion"
ONE_PAGE = "Put two years of entries on one page of the shared chronology"
BY_LETTER = "Send each closing letter to the school"
NO_ROOM = "The training day moved to the spring."


def the_results_are_read(story: Story) -> Desk:
    """What was answered, in counts; with so few responses no percentage is shown."""
    desk = story.at_the_round(LEAD)
    desk.follow("Results")
    desk.sees("Too few for percentages", "1 answered of 1 asked", "Not known to this agency")
    assert "%" not in desk.reads
    desk.follow("Grades by agency")
    desk.sees("Grades by agency", *story.audit.agencies)
    desk.follow("By question")
    desk.press("Show", {"section": "First response"})
    return desk


def a_strength_is_found_in_a_result(story: Story) -> None:
    """From a count to the response behind it, and to the finding that rests on the result."""
    desk = the_results_are_read(story)
    behind = desk.page.select_one("main a[href*='/results/told_listened']")
    assert behind is not None
    desk.follow(folded(behind))
    desk.sees(CASE_FILE.question["told_listened"].text, SCHOOL, "Yes")
    desk.sees(f"Case {story.known[HARD]}")
    desk.follow("Write a finding from this result")
    wording = {"kind": "Strength", "title": HEARD, "words": HEARD_WORDS, "subgroups": [SUBGROUP]}
    a_finding_is_agreed(desk, wording, "Result of ")


def a_learning_point_becomes_a_finding(story: Story) -> None:
    """What was noted in the meeting stands in the form already, and can be put better."""
    desk = story.at_the_round(LEAD)
    desk.follow("Findings")
    desk.sees("Learning points noted by the panel", LEARNING)
    desk.follow("Write a finding from this")
    desk.sees(LEARNING)
    wording = {
        "kind": "Area for development",
        "title": UNWEIGHED,
        "themes": ["Cumulative harm"],
        "subgroups": [SUBGROUP],
    }
    a_finding_is_agreed(desk, wording, f"Case {story.known[HARD]}")


def three_actions_are_planned(story: Story) -> None:
    for what, agency in ((READ_ALOUD, CARE), (ONE_PAGE, POLICE), (BY_LETTER, HOSPITAL)):
        plan = {
            "what": what,
            "how_we_will_know": "Ten records read in the spring show it",
            "agency": agency,
            "owner": ALL_ANSWERING[agency].agency_lead,
            **boxes("due", story.day(120)),
        }
        it_is_planned(at_a_finding(story, UNWEIGHED), plan)
    the_round_moves_on(story.at_the_round(COORDINATOR), "Findings agreed")


def agencies_read_the_results(story: Story) -> None:
    """Now that the findings are agreed; and still not another agency's single answers."""
    desk = story.at_the_round(SCHOOL_LEAD)
    desk.follow("Results")
    desk.sees("Too few for percentages")
    assert "Responses behind this" not in desk.reads


def one_action_is_begun_and_its_day_moved(story: Story) -> None:
    """The day it had before stays on its page, with the reason."""
    owner = at_ones_action(story, CARE_LEAD, READ_ALOUD)
    it_goes_on(owner, "Agree to do it")
    it_goes_on(owner, "Start it", "Begun in two teams.")
    lead = at_an_action(story, READ_ALOUD)
    lead.follow("Move the dates")
    moved = {**boxes("due", story.day(140)), **boxes("impact_on", story.day(170)), "why": NO_ROOM}
    lead.press("Move the dates", moved)
    lead.sees("Dates moved", "Due before", NO_ROOM)


def one_action_is_blocked(story: Story) -> None:
    owner = at_ones_action(story, POLICE_LEAD, ONE_PAGE)
    it_goes_on(owner, "Agree to do it")
    owner.is_refused("Save the update", {"to": "It is blocked"})
    owner.sees("Say what it waits for, and who could help")
    it_goes_on(owner, "It is blocked", "The shared chronology cannot be printed yet.")
    owner.sees("Blocked")


def one_action_is_set_aside(story: Story) -> None:
    lead = at_an_action(story, BY_LETTER)
    it_goes_on(lead, "Set it aside", "The letter is part of the new pathway.")
    lead.sees("Superseded")


def the_tracker_tells_where_they_are(story: Story) -> None:
    """As a table, and as a board; nothing is moved by dragging alone."""
    desk = story.at_their_desk(COORDINATOR)
    desk.follow("Actions")
    desk.follow("All")
    desk.sees(READ_ALOUD, "Moved once", "Blocked", "Superseded")
    desk.follow("As a board")
    desk.sees("Blocked (1)", "In progress (1)", "Superseded (1)")
    desk.follow(f"Update {ONE_PAGE}")
    desk.sees("Blocked")


def what_is_late_is_told_in_words(story: Story) -> None:
    """Months later one action is still blocked."""
    desk = story.at_their_desk(COORDINATOR)
    desk.follow("Actions")
    desk.follow("Overdue")
    desk.sees(ONE_PAGE, "Overdue by")
    assert READ_ALOUD not in desk.reads


def no_round_closes_over_what_goes_on(story: Story) -> None:
    """The action that is late keeps it open, until something else replaces that one too."""
    desk = story.at_the_round(COORDINATOR)
    the_round_moves_on(desk, "Impact reviewed")
    desk.follow("Move on to “Closed”")
    desk.sees("Still missing", "1 action")
    lead = at_an_action(story, ONE_PAGE)
    it_goes_on(lead, "Set it aside", "The shared chronology itself is replaced.")
    the_round_moves_on(story.at_the_round(COORDINATOR), "Closed")
