"""How a round is opened, moved from stage to stage, and its subjects given to agencies."""

from tests.journey.cast import ALL_ANSWERING, COORDINATOR, Story
from tests.journey.desk import Desk, Given, boxes


def a_round_is_opened(story: Story, tool: str, given: Given) -> Desk:
    """Choose an audit tool for a new round, and create it; return the desk at its plan."""
    desk = story.at_their_desk(COORDINATOR)
    desk.follow("Open a new round")
    desk.press("Continue", {"tool": tool})
    desk.press("Create the round", {**given, **three_days(story)})
    desk.sees("At least two agencies must take part", "Nobody is chosen to lead")
    return desk


def three_days(story: Story) -> dict[str, str]:
    """When returns, the panel and the report are due."""
    return {
        **boxes("returns_due", story.day(31)),
        **boxes("panel_due", story.day(45)),
        **boxes("report_due", story.day(73)),
    }


def the_round_moves_on(desk: Desk, stage: str) -> None:
    """From the round's own page, past the page that says what will happen."""
    desk.follow(f"Move on to “{stage}”")
    desk.press(f"Move on to “{stage}”")
    desk.sees(f"The round is now at “{stage}”")


def moderation_begins(story: Story) -> None:
    desk = story.at_the_round(COORDINATOR)
    the_round_moves_on(desk, "Returns closed")
    the_round_moves_on(desk, "Moderation")


def subjects_are_given_out(story: Story, many: int) -> None:
    """The coordinator gives every subject to every agency; each agency lead to its auditor."""
    agencies_are_given_subjects(story, many)
    agency_leads_choose_auditors(story, f"{many} subjects")


def agencies_are_given_subjects(story: Story, many: int) -> None:
    """All of them to each agency, and the round is opened."""
    desk = story.at_the_round(COORDINATOR)
    desk.follow("Assignments")
    desk.press("Give to these agencies", {"agency": story.audit.agencies})
    given = many * len(story.audit.agencies)
    desk.sees(f"{given} assignments: {given} without an auditor")
    desk.follow(story.audit.title)
    the_round_moves_on(desk, "Open")


def agency_leads_choose_auditors(story: Story, waiting: str) -> None:
    for agency in story.audit.agencies:
        an_agency_lead_chooses_an_auditor(story, agency, waiting)


def an_agency_lead_chooses_an_auditor(story: Story, agency: str, waiting: str) -> None:
    _, auditor, lead = ALL_ANSWERING[agency]
    desk = story.at_their_desk(lead)
    desk.follow(f"Choose an auditor for {waiting}")
    rows = [str(box["value"]) for box in desk.page.select("input[name=subject]")]
    desk.press("Give to this auditor", {"auditor": auditor, "subject": rows})
    desk.sees(auditor)
