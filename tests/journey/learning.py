"""The last chapters: the panel compares, findings are agreed, actions follow, packs go out."""

from tests.journey.answering import NO_PART, ONLY_CARE_SAYS, an_agency_answers_and_sends
from tests.journey.cast import (
    COORDINATOR,
    LEAD,
    MEMBER,
    PANEL_MEMBER,
    POLICE,
    POLICE_LEAD,
    SUBGROUP,
    Story,
)
from tests.journey.desk import Desk, boxes
from tests.journey.preparing import the_round_moves_on

WHY = "The panel read the form together: the worry is there, in the second paragraph."
TOGETHER = "The visit was made in time, and nobody else was told what was seen."
BOTH_VIEWS = "Social care's file shows a visit. The police were not told, and saw nobody."


def moderation_begins(story: Story) -> None:
    desk = story.at_the_round(COORDINATOR)
    the_round_moves_on(desk, "Returns closed")
    the_round_moves_on(desk, "Moderation")


def before_the_returns_are_in(story: Story) -> None:
    """All has been sent about one subject; and yet the panel's member sees nothing of it."""
    desk = story.at_the_round(PANEL_MEMBER)
    assert "Comparisons" not in desk.reads
    there = f"{desk.address}/comparisons"
    desk.open(there)
    desk.sees("Nothing to compare yet")
    lead = story.at_the_round(LEAD)
    lead.follow("Comparisons")
    lead.follow(f"Referral {story.known['Section 17']}")
    story.known["comparison"] = lead.address
    assert desk.finds(lead.address) == 404


def the_panel_member_waits_for_their_own_agency(story: Story) -> None:
    """In moderation they see what the police have sent, and nothing of what they have not."""
    desk = story.at_the_round(PANEL_MEMBER)
    desk.follow("Comparisons")
    ours, others = story.known["Section 17"], story.known["Early help"]
    desk.sees(ours)
    assert others not in desk.reads
    lead = story.at_the_round(LEAD)
    lead.follow("Comparisons")
    lead.follow(f"Referral {others}")
    lead.sees(ONLY_CARE_SAYS)
    assert desk.finds(lead.address) == 404

    an_agency_answers_and_sends(story, POLICE, others, NO_PART)

    desk = story.at_the_round(PANEL_MEMBER)
    desk.follow("Comparisons")
    desk.follow(f"Referral {others}")
    desk.sees(ONLY_CARE_SAYS)


def the_panel_compares_and_agrees(story: Story) -> None:
    """Difference after difference, with the reason; on one of them it is not agreed."""
    desk = story.at_the_round(LEAD)
    desk.follow("Comparisons")
    desk.follow("Meetings of the panel")
    desk.press("Begin the meeting", {"present": [LEAD, PANEL_MEMBER]})
    desk = story.at_the_round(LEAD)
    desk.follow("Comparisons")
    desk.follow(f"Referral {story.known['Section 17']}")
    desk.sees("3 of 3 agencies sent", "3 differ")
    desk.follow("Show only questions that differ")
    first = desk.page.select_one("#answers tbody a")
    assert first is not None
    desk.open(str(first["href"]))
    for _ in range(3):
        a_difference_is_decided(desk)
    desk.sees("No differences are left to decide")
    desk.follow("Judge this as a whole")
    desk.press("Record this judgement", {"level": "Requires improvement", "reason": TOGETHER})
    desk.sees("Judgement recorded")
    desk = story.at_the_round(LEAD)
    desk.follow("Comparisons")
    desk.follow("Meetings of the panel")
    desk.follow("Its record so far, and how to end it")
    desk.sees(PANEL_MEMBER, WHY, BOTH_VIEWS, TOGETHER)
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
    save = desk.page.select_one(".app-meeting__agreed form button")
    assert save is not None
    desk.press(" ".join(save.get_text().split()), decision)


FINDING = "The worry is not always in the first line"
LEARNT = (
    "Forms say what happened before they say what it may mean for the child.\n\n"
    "Where the worry came first, the front door rang back sooner."
)
DONE = "Ask for the worry in the first box of the referral form"
SEEN = "A dip sample in spring finds the worry in the first box"


def a_finding_is_written_and_agreed(story: Story) -> None:
    """From the difference it rests on, so that the way back to it is never lost."""
    desk = story.at_the_round(LEAD)
    desk.follow("Comparisons")
    desk.follow(f"Referral {story.known['Section 17']}")
    worry = next(a for a in desk.page.select("#answers a") if "form_worry" in str(a["href"]))
    desk.open(str(worry["href"]))
    desk.follow("Write a finding from this")
    wording = {
        "kind": "Area for development",
        "title": FINDING,
        "words": LEARNT,
        "themes": ["Recognition and referral"],
        "subgroups": [SUBGROUP],
    }
    desk.press("Save as a draft", wording)
    desk.sees("Draft", f"Referral {story.known['Section 17']}")
    desk.follow("Agree this finding")
    desk.press("Agree this finding")
    desk.sees("Finding agreed")


def an_action_is_planned(story: Story) -> None:
    """By the lead, for the police to do; they see it once the findings are agreed."""
    desk = story.at_the_round(LEAD)
    desk.follow("Findings")
    desk.follow(FINDING)
    desk.follow("Plan an action")
    plan = {
        "what": DONE,
        "how_we_will_know": SEEN,
        "agency": POLICE,
        "owner": POLICE_LEAD,
        **boxes("due", story.day(160)),
        **boxes("impact_on", story.day(180)),
    }
    desk.press("Plan this action", plan)
    desk.sees("Proposed", f"{POLICE_LEAD}, {POLICE}")
    owner = story.at_their_desk(POLICE_LEAD)
    assert DONE not in owner.reads
    the_round_moves_on(story.at_the_round(COORDINATOR), "Findings agreed")


def an_action_is_followed(story: Story) -> None:
    owner = story.at_their_desk(POLICE_LEAD)
    owner.follow(DONE)
    owner.press("Save the update", {"to": "Agree to do it"})
    owner.press("Save the update", {"to": "Start it", "words": "The form is being redrawn."})


def the_round_is_reported(story: Story) -> None:
    member = story.at_their_desk(MEMBER)
    member.follow("Packs")
    member.sees("There are no packs to read yet")
    the_round_moves_on(story.at_the_round(COORDINATOR), "Reported")


def the_subgroup_receives_its_pack(story: Story) -> bytes:
    """As a page, and as the document that is tabled."""
    desk = story.at_their_desk(MEMBER)
    desk.follow("Read the packs that it has received")
    desk.follow(SUBGROUP)
    desk.sees(FINDING, DONE, "In progress")
    assert "form_worry" not in str(desk.page)
    return desk.take("Download as a Word document")


def the_lead_keeps_the_answers(story: Story) -> bytes:
    desk = story.at_the_round(LEAD)
    desk.follow("Exports")
    return desk.take("Download the answers")


def the_action_is_done_and_the_round_closed(story: Story) -> None:
    desk = story.at_the_round(COORDINATOR)
    the_round_moves_on(desk, "Actions live")
    story.days_pass(150)
    owner = story.at_their_desk(POLICE_LEAD)
    owner.follow(DONE)
    owner.press("Save the update", {"to": "It is done", "words": "The new form is in use."})
    lead = story.at_their_desk(LEAD)
    lead.follow("Actions")
    lead.follow("All")
    lead.follow(DONE)
    lead.sees("Complete (claimed)")
    lead.press("Save the update", {"to": "I have seen the evidence", "words": "The form itself."})
    lead.press("Save the update", {"to": "It made a difference", "words": "In the dip sample."})
    lead.press("Save the update", {"to": "Close it"})
    desk = story.at_the_round(COORDINATOR)
    the_round_moves_on(desk, "Impact reviewed")
    the_round_moves_on(desk, "Closed")
    desk.sees("Closed")


def the_trail_as_it_is_read(story: Story) -> list[str]:
    """Every event of the round in the words of its trail, the first one first."""
    desk = story.at_the_round(COORDINATOR)
    desk.follow("Audit trail")
    told = _events_on(desk)
    while desk.page.find("a", attrs={"rel": "next"}):
        desk.open(str(desk.page.find("a", attrs={"rel": "next"})["href"]))  # type: ignore[index]
        told += _events_on(desk)
    return told[::-1]


def _events_on(desk: Desk) -> list[str]:
    return [what.get_text(strip=True) for what in desk.page.select("main tbody td strong")]


def what_was_kept_is_purged(story: Story) -> None:
    """Years later the coordinator sees what is due and lets it go; the findings stay."""
    story.days_pass(8 * 366)
    desk = story.at_their_desk(COORDINATOR)
    desk.follow("Rounds")
    desk.follow("Retention")
    desk.follow("Purge what is due of MASH audit, autumn")
    desk.press("Purge for good", {"title": "MASH audit, autumn"})
    desk.sees("Purged:", "Answers and reasons")
    desk.follow("Findings")
    desk.sees(FINDING)
