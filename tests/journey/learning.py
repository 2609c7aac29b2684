"""The last chapters: findings are agreed, actions follow, packs go out, time passes."""

from tests.journey.cast import (
    COORDINATOR,
    LEAD,
    MEMBER,
    POLICE,
    POLICE_LEAD,
    SUBGROUP,
    Story,
)
from tests.journey.desk import Desk, Given, boxes
from tests.journey.panel import at_a_comparison
from tests.journey.planning import the_round_moves_on

FINDING = "The worry is not always in the first line"
LEARNT = (
    "Forms say what happened before they say what it may mean for the child.\n\n"
    "Where the worry came first, the front door rang back sooner."
)
DONE = "Ask for the worry in the first box of the referral form"
SEEN = "A dip sample in spring finds the worry in the first box"


def a_finding_is_written_and_agreed(story: Story) -> None:
    """From the difference it rests on, so that the way back to it is never lost."""
    label = story.known["Section 17"]
    desk = at_a_comparison(story, label)
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
    a_finding_is_agreed(desk, wording, f"Referral {label}")


def a_finding_is_agreed(desk: Desk, wording: Given, rests_on: str) -> None:
    """Save what was learnt as a draft, see what it rests on, and agree it."""
    desk.press("Save as a draft", wording)
    desk.sees("Draft", rests_on)
    desk.follow("Agree this finding")
    desk.press("Agree this finding")
    desk.sees("Finding agreed")


def an_action_is_planned(story: Story) -> None:
    """By the lead, for the police to do; they see it once the findings are agreed."""
    desk = at_a_finding(story, FINDING)
    plan = {
        "what": DONE,
        "how_we_will_know": SEEN,
        "agency": POLICE,
        "owner": POLICE_LEAD,
        **boxes("due", story.day(160)),
        **boxes("impact_on", story.day(180)),
    }
    it_is_planned(desk, plan)
    owner = story.at_their_desk(POLICE_LEAD)
    assert DONE not in owner.reads
    the_round_moves_on(story.at_the_round(COORDINATOR), "Findings agreed")


def at_a_finding(story: Story, title: str) -> Desk:
    """The lead opens one of the round's findings."""
    desk = story.at_the_round(LEAD)
    desk.follow("Findings")
    desk.follow(title)
    return desk


def it_is_planned(desk: Desk, plan: Given) -> None:
    """Plan an action from the finding on the page."""
    desk.follow("Plan an action")
    desk.press("Plan this action", plan)
    desk.sees("Proposed", f"{plan['owner']}, {plan['agency']}")


def it_goes_on(desk: Desk, to: str, words: str = "") -> None:
    """Take an action one step further, saying what happened."""
    desk.press("Save the update", {"to": to, "words": words})
    desk.sees("Action updated")


def an_action_is_followed(story: Story) -> None:
    owner = at_ones_action(story, POLICE_LEAD, DONE)
    it_goes_on(owner, "Agree to do it")
    it_goes_on(owner, "Start it", "The form is being redrawn.")


def the_round_is_reported(story: Story) -> None:
    member = story.at_their_desk(MEMBER)
    member.follow("Packs")
    member.sees("There are no packs to read yet")
    the_round_moves_on(story.at_the_round(COORDINATOR), "Reported")


def the_subgroup_receives_its_pack(story: Story) -> bytes:
    """As a page, and as the document that is tabled."""
    desk = story.at_their_desk(MEMBER)
    desk.follow(story.audit.title)
    desk.sees(FINDING, DONE, "In progress")
    assert "form_worry" not in str(desk.page)
    return desk.take("Download as a Word document")


def the_lead_keeps_the_answers(story: Story) -> bytes:
    desk = story.at_the_round(LEAD)
    desk.follow("Exports")
    return desk.take("Download the answers")


def the_action_is_done_and_the_round_closed(story: Story) -> None:
    the_round_moves_on(story.at_the_round(COORDINATOR), "Actions live")
    story.days_pass(150)
    it_is_done_seen_and_closed(story, POLICE_LEAD, DONE)
    the_round_is_closed(story)


def it_is_done_seen_and_closed(story: Story, owner: str, what: str) -> None:
    """Claimed by its owner, seen by somebody else, and looked at again before it is closed."""
    desk = at_ones_action(story, owner, what)
    it_goes_on(desk, "It is done", "It is in use, as the minutes show.")
    lead = at_an_action(story, what)
    lead.sees("Complete (claimed)", "Evidence given")
    it_goes_on(lead, "I have seen the evidence", "I read the minutes.")
    it_goes_on(lead, "It made a difference", "In the dip sample.")
    it_goes_on(lead, "Close it")
    lead.sees("Closed", "Impact seen")


def the_round_is_closed(story: Story) -> None:
    desk = story.at_the_round(COORDINATOR)
    the_round_moves_on(desk, "Impact reviewed")
    the_round_moves_on(desk, "Closed")
    desk.sees("Closed")


def at_ones_action(story: Story, owner: str, what: str) -> Desk:
    """The owner opens an action from their own work."""
    desk = story.at_their_desk(owner)
    desk.follow(what)
    return desk


def at_an_action(story: Story, what: str) -> Desk:
    """The lead finds an action among all that were planned."""
    desk = story.at_their_desk(LEAD)
    desk.follow("Actions")
    desk.follow("All")
    desk.follow(what)
    return desk


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
