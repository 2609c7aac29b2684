"""The middle chapters: each agency answers from its own file, signs off and sends."""

from collections.abc import Mapping

from app.demo.posting import as_posted
from app.tools import Answer, State, fill
from tests.journey.cast import ALL_ANSWERING, Story
from tests.journey.desk import Desk
from tests.responses.answering import sensible

Differently = Mapping[str, Answer]
"""What an agency says of one subject where it is not what anybody would say."""


def said(chosen: str, reason: str = "") -> Answer:
    return Answer(State.ANSWERED, (chosen,), "", reason)


def told(words: str) -> Answer:
    return Answer(State.ANSWERED, (), words)


def answers_of(story: Story, agency: str, differently: Differently) -> dict[str, Answer]:
    """Everything that an agency's auditor will say of a subject."""
    kind, answers = ALL_ANSWERING[agency].kind, dict(differently)
    while wanted := fill(story.audit.form, kind, answers).wanted:
        answers |= {each.question.id: sensible(each.question) for each in wanted}
    return answers


def a_response_is_begun(desk: Desk, story: Story, label: str) -> None:
    """From one's own work to the first section that waits for an answer."""
    desk.follow(f"{story.audit.subject} {label}")
    desk.sees("Not started", "Before you start")
    desk.follow("Start")


def every_section_is_answered(desk: Desk, story: Story, answers: Mapping[str, Answer]) -> None:
    """Answer section after section, saving each, until nothing is left to be asked."""
    while not desk.address.endswith("/check"):
        a_section_is_answered(desk, story, answers)


def a_section_is_answered(desk: Desk, story: Story, answers: Mapping[str, Answer]) -> None:
    asked = [str(field["value"]) for field in desk.page.select("main input[name=asked]")]
    here = {key: answers[key] for key in asked if key in answers}
    fields = as_posted(story.audit.form, here)
    fields.pop("asked")
    desk.press("Save and continue", fields)


def a_response_is_declared(desk: Desk) -> None:
    desk.sees("Nothing is missing")
    desk.follow("Declare complete")
    desk.press("Declare complete")
    desk.sees("Declared complete. Your agency lead can now send it.")


def it_is_sent(story: Story, agency_lead: str, label: str) -> None:
    desk = story.at_their_desk(agency_lead)
    desk.follow(f"{story.audit.subject} {label}")
    desk.follow("Read the answers")
    desk.follow("Sign off and send")
    desk.press("Sign off and send")
    desk.sees("Sent. It can be read, and not changed.")


def an_agency_answers_and_sends(
    story: Story, agency: str, label: str, differently: Differently
) -> None:
    desk = story.at_their_desk(ALL_ANSWERING[agency].auditor)
    a_response_is_begun(desk, story, label)
    every_section_is_answered(desk, story, answers_of(story, agency, differently))
    a_response_is_declared(desk)
    it_is_sent(story, ALL_ANSWERING[agency].agency_lead, label)
