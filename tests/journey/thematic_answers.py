"""What each agency's own file says of the two cases, and what is asked of it because of that."""

from collections.abc import Mapping

from app.tools import Answer, State
from tests.journey.answering import (
    Differently,
    a_response_is_begun,
    a_response_is_declared,
    a_section_is_answered,
    an_agency_answers_and_sends,
    answers_of,
    every_section_is_answered,
    it_is_sent,
    said,
    told,
)
from tests.journey.cast import CARE, HOSPITAL, POLICE, SCHOOL, SCHOOL_LEAD, TEACHER, Story
from tests.journey.thematic_plan import ALIKE, CASE_FILE, HARD

TOLD_IN_A_DRAWING = "The child drew it. Nobody asked for more than the child gave."

HARD_CASE: Mapping[str, Differently] = {
    CARE: {
        "parts_played": Answer(State.ANSWERED, ("enquiry", "plan")),
        "support_then": said("none"),
        "steps_taken": Answer(State.ANSWERED, ("strategy", "enquiry_joint", "police")),
        "cum_history": said("yes", "Read before the first meeting."),
        "grade_agency": said("requires_improvement", "The plan waited for the interview."),
        "grade_together": said("requires_improvement", "The school was told late."),
    },
    POLICE: {
        "parts_played": Answer(State.ANSWERED, ("enquiry", "suspected")),
        "support_then": said("early_help"),
        "steps_taken": Answer(State.ANSWERED, ("strategy", "enquiry_joint", "police")),
        "crim_result": said("evidence"),
        "cum_history": said("partly", "Listed, and not weighed."),
        "grade_agency": said("good", "Devices were seized on the day."),
        "grade_together": said("good", "One plan, from the first day."),
    },
    HOSPITAL: {
        "parts_played": said("help"),
        "support_then": said("early_help"),
        "steps_taken": Answer(State.NOT_KNOWN),
        "cum_history": said("no", "The earlier letters were not opened."),
        "grade_agency": said("good", "Seen within a day."),
        "grade_together": Answer(State.NOT_KNOWN, reason="We saw only our own part."),
    },
    SCHOOL: {
        "parts_played": Answer(State.ANSWERED, ("noticed", "child_told")),
        "support_then": said("early_help"),
        "who_suspected": said("unknown"),
        "told_listened": said("yes", TOLD_IN_A_DRAWING),
        "steps_taken": Answer(State.ANSWERED, ("strategy", "enquiry_joint", "police")),
        "still_open": said("no"),
        "cum_history": said("yes", "The log shows two years on one page."),
        "grade_agency": said("outstanding", "Others should see how it was written down."),
        "grade_together": said("inadequate", "Nobody told us what was decided."),
        "worked_well": told("The same adult stayed with the child all day."),
    },
}
"""The case that several agencies knew, each from its own side."""


def the_school_answers_what_its_part_opens(story: Story) -> None:
    """The child told somebody at school: so the school alone is asked about that moment."""
    desk = story.at_their_desk(TEACHER)
    answers = answers_of(story, SCHOOL, HARD_CASE[SCHOOL])
    a_response_is_begun(desk, story, story.known[HARD])
    while CASE_FILE.question["told_listened"].text not in desk.reads:
        a_section_is_answered(desk, story, answers)
    assert "told_listened" not in answers_of(story, HOSPITAL, HARD_CASE[HOSPITAL])
    every_section_is_answered(desk, story, answers)
    desk.sees(TOLD_IN_A_DRAWING, CASE_FILE.question["close_child"].text)
    a_response_is_declared(desk)
    it_is_sent(story, SCHOOL_LEAD, story.known[HARD])


def the_other_agencies_answer(story: Story) -> None:
    for agency in (CARE, POLICE, HOSPITAL):
        an_agency_answers_and_sends(story, agency, story.known[HARD], HARD_CASE[agency])


def all_say_the_same_of_the_other_case(story: Story) -> None:
    for agency in story.audit.agencies:
        an_agency_answers_and_sends(story, agency, story.known[ALIKE], {})
