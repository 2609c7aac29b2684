"""The panel meets twice about the two cases, and judges each as a whole."""

from tests.journey.cast import LEAD, PANEL_MEMBER, POLICE, SCHOOL, SCHOOL_MEMBER, Story
from tests.journey.desk import Desk
from tests.journey.panel import at_a_comparison, at_the_meetings, the_decision_is_saved
from tests.journey.thematic_plan import ALIKE, CASE_FILE, HARD

MINUTES = "Minute taker, business unit"
WAITS = "The school brings its early help record next week."
NEVER_SAID = "The child never said who, and our file names nobody."
WEIGHED = "The history was read by two agencies and weighed by none."
LEARNING = "Read earlier contacts aloud before the first meeting ends"
RECORD_CAME = "The record was there: help had begun in the spring."
BOTH_VIEWS = "The police saw one plan. The school was told of none of it."
JUDGED = "Help came, and came late; nobody laid the entries side by side."
POLICE_SAY = "The investigation was as good as any we have seen."
WELL_DONE = "Everybody wrote it down on the day."


def the_panel_meets(story: Story) -> None:
    """Who is in the room, then one difference after the other, as far as the time allows."""
    desk = at_the_meetings(story)
    desk.sees("The panel has not met about this round yet")
    room = {"present": [LEAD, PANEL_MEMBER, SCHOOL_MEMBER], "others": MINUTES}
    desk.press("Begin the meeting", room)
    what_waits_for_a_record_is_put_off(desk)
    an_agency_does_not_agree(desk)
    a_learning_point_is_noted(desk)
    it_is_agreed_against_the_most(desk)
    desk = at_the_meetings(story)
    desk.follow("Its record so far, and how to end it")
    somebody_leaves_before_the_end(desk)
    desk.follow("End this meeting")
    desk.press("End this meeting")
    desk.sees("Meeting ended", WAITS, WEIGHED, f"{SCHOOL} does not agree: {NEVER_SAID}", LEARNING)
    story.known["first meeting"] = desk.address


def what_waits_for_a_record_is_put_off(desk: Desk) -> None:
    desk.sees(CASE_FILE.question["support_then"].text)
    desk.is_refused("Save and go to the next difference", {"decision": "Put it off"})
    desk.sees("Say what the panel waits for")
    desk.press("Save and go to the next difference", {"decision": "Put it off", "reason": WAITS})


def an_agency_does_not_agree(desk: Desk) -> None:
    """The panel goes with most agencies; what the school says instead stays beside it."""
    desk.sees(CASE_FILE.question["who_suspected"].text)
    theirs = desk.field(f"What {SCHOOL} says instead")
    decision = {"decision": "This answer", "value": "An adult living with the child"}
    the_decision_is_saved(desk, {**decision, theirs: NEVER_SAID})


def a_learning_point_is_noted(desk: Desk) -> None:
    """On the spot, about the question that is before the panel."""
    desk.sees(CASE_FILE.question["cum_history"].text)
    desk.press("Note it", {"words": LEARNING})
    desk.sees("Learning point noted", LEARNING)


def it_is_agreed_against_the_most(desk: Desk) -> None:
    """Most said yes: so the panel has to say why it did not."""
    desk.is_refused("Save and go to the next difference", {"decision": "Partly"})
    desk.sees("Give the reason: this is not the answer that most agencies gave")
    the_decision_is_saved(desk, {"decision": "Partly", "reason": WEIGHED})
    desk.sees(CASE_FILE.question["grade_together"].text)


def somebody_leaves_before_the_end(desk: Desk) -> None:
    room = {"present": [LEAD, PANEL_MEMBER], "others": f"{MINUTES}\n{SCHOOL_MEMBER}, until three"}
    desk.press("Save who is in the room", room)
    desk.sees("until three")


def the_panel_goes_on_where_it_stopped(story: Story) -> None:
    """A week later: the difference that is left, what was put off, and what all said alike."""
    desk = at_the_meetings(story)
    desk.sees("Put off until later", WAITS, "Earlier meetings")
    desk.press("Begin the meeting", {"present": [LEAD, PANEL_MEMBER, SCHOOL_MEMBER]})
    desk.sees(CASE_FILE.question["grade_together"].text)
    decision = {"decision": "Not agreed: record both views", "reason": BOTH_VIEWS}
    the_decision_is_saved(desk, decision)
    desk = at_the_meetings(story)
    desk.follow("5. What support or plan")
    desk.sees(f"Put off: {WAITS}")
    the_decision_is_saved(desk, {"decision": "Early help", "reason": RECORD_CAME})
    desk.sees("No differences are left to decide")
    what_all_said_alike_is_agreed_at_once(story)


def what_all_said_alike_is_agreed_at_once(story: Story) -> None:
    """All but one question, which the panel wants to talk about."""
    desk = at_a_comparison(story, story.known[ALIKE])
    desk.sees("0 differ")
    desk.follow("Agree what all said alike")
    to_agree = [str(box["value"]) for box in desk.page.select("input[name=questions]")]
    desk.press("Agree these answers", {"questions": to_agree[1:]})
    desk.sees("agreed at once", "Agree what all said alike: 1 question")


def each_case_is_judged(story: Story) -> None:
    """As a whole, with a reason, beside each agency's own grade and how far it lies from it."""
    desk = at_a_comparison(story, story.known[HARD])
    desk.follow("Judge this as a whole")
    desk.is_refused("Record this judgement", {"level": "Requires improvement"})
    desk.sees("Give the reason for the judgement")
    theirs = desk.field(f"What {POLICE} says instead")
    judged = {"level": "Requires improvement", "reason": JUDGED, theirs: POLICE_SAY}
    desk.press("Record this judgement", judged)
    desk.sees("Judgement recorded")
    desk.follow("Change the judgement")
    desk.sees("Panel: two levels lower", "Panel: one level lower", "Panel: the same")
    desk.sees("Panel: one level higher")
    desk = at_a_comparison(story, story.known[ALIKE])
    desk.follow("Judge this as a whole")
    desk.press("Record this judgement", {"level": "Outstanding", "reason": WELL_DONE})
    desk = at_the_meetings(story)
    desk.follow("Judgements of every case")
    desk.sees("Higher than 1 grade, the same as 2 grades", "Requires improvement", "Outstanding")


def the_meeting_is_recorded(story: Story) -> bytes:
    """Each meeting in the words of its day: the second does not change the first."""
    desk = at_the_meetings(story)
    desk.follow("Its record so far, and how to end it")
    desk.follow("End this meeting")
    desk.press("End this meeting")
    desk.sees(BOTH_VIEWS, RECORD_CAME, JUDGED, f"{POLICE} does not agree: {POLICE_SAY}", WELL_DONE)
    record = desk.take("Download as a Word document")
    desk.open(story.known["first meeting"])
    desk.sees(WAITS, "until three")
    assert RECORD_CAME not in desk.reads
    return record
