"""The panel of the front door's audit: what it may see and when, and what it agrees."""

from tests.journey.answering import an_agency_answers_and_sends
from tests.journey.cast import LEAD, PANEL_MEMBER, POLICE, Story
from tests.journey.desk import Desk, folded
from tests.journey.mash import NO_PART, ONLY_CARE_SAYS

WHY = "The panel read the form together: the worry is there, in the second paragraph."
TOGETHER = "The visit was made in time, and nobody else was told what was seen."
BOTH_VIEWS = "Social care's file shows a visit. The police were not told, and saw nobody."


def before_the_returns_are_in(story: Story) -> None:
    """All has been sent about one subject; and yet the panel's member sees nothing of it."""
    desk = story.at_the_round(PANEL_MEMBER)
    assert "Comparisons" not in desk.reads
    there = f"{desk.address}/comparisons"
    desk.open(there)
    desk.sees("Nothing to compare yet")
    lead = at_a_comparison(story, story.known["Section 17"])
    assert desk.finds(lead.address) == 404


def the_panel_member_waits_for_their_own_agency(story: Story) -> None:
    """In moderation they see what the police have sent, and nothing of what they have not."""
    desk = story.at_the_round(PANEL_MEMBER)
    desk.follow("Comparisons")
    ours, others = story.known["Section 17"], story.known["Early help"]
    desk.sees(ours)
    assert others not in desk.reads
    lead = at_a_comparison(story, others)
    lead.sees(ONLY_CARE_SAYS)
    assert desk.finds(lead.address) == 404

    an_agency_answers_and_sends(story, POLICE, others, NO_PART)

    desk = story.at_the_round(PANEL_MEMBER)
    desk.follow("Comparisons")
    desk.follow(f"Referral {others}")
    desk.sees(ONLY_CARE_SAYS)


def at_a_comparison(story: Story, label: str) -> Desk:
    """The lead opens what agencies said of one subject."""
    desk = story.at_the_round(LEAD)
    desk.follow("Comparisons")
    desk.follow(f"{story.audit.subject} {label}")
    return desk


def at_the_meetings(story: Story) -> Desk:
    """The lead opens the list of the panel's meetings."""
    desk = story.at_the_round(LEAD)
    desk.follow("Comparisons")
    desk.follow("Meetings of the panel")
    return desk


def the_panel_compares_and_agrees(story: Story) -> None:
    """Difference after difference, with the reason; on one of them it is not agreed."""
    desk = at_the_meetings(story)
    desk.press("Begin the meeting", {"present": [LEAD, PANEL_MEMBER]})
    desk = at_a_comparison(story, story.known["Section 17"])
    desk.sees("3 of 3 agencies sent", "3 differ")
    desk.press("Show", {"only": "Questions that differ"})
    first = desk.page.select_one("#answers tbody a")
    assert first is not None
    desk.open(str(first["href"]))
    for _ in range(3):
        a_difference_is_decided(desk)
    desk.sees("No differences are left to decide")
    desk.follow("Judge this as a whole")
    desk.press("Record this judgement", {"level": "Requires improvement", "reason": TOGETHER})
    desk.sees("Judgement recorded")
    desk = at_the_meetings(story)
    desk.follow("Its record so far, and how to end it")
    desk.sees(PANEL_MEMBER, WHY, BOTH_VIEWS, TOGETHER)
    desk.follow("End this meeting")
    desk.press("End this meeting")
    desk.sees("Meeting ended")


def a_difference_is_decided(desk: Desk) -> None:
    """Each is decided by what it asks: most said so, the form shows it, or it stays open."""
    match desk.address.rpartition("/")[2]:
        case "support_then":
            decision = {"decision": "Early help"}
            desk.sees("Early help")
        case "form_worry":
            decision = {"decision": "Good", "reason": WHY}
            desk.sees("=the worry is nowhere on the form")
        case question:
            assert question == "vc_seen"
            decision = {"decision": "Not agreed: record both views", "reason": BOTH_VIEWS}
    the_decision_is_saved(desk, decision)


def the_decision_is_saved(desk: Desk, decision: dict[str, str]) -> None:
    """Whatever the button says: it goes to the next difference while there is one."""
    save = desk.page.select_one(".app-meeting__agreed form button")
    assert save is not None
    desk.press(folded(save), decision)
