"""The middle chapters: each agency answers from its own file, signs off and sends."""

from collections.abc import Mapping

from app.demo.posting import as_posted
from app.tools import Answer, State, fill
from tests.audit import mash
from tests.journey.cast import (
    AGENCY_LEADS,
    AUDITORS,
    CARE,
    HEALTH,
    KINDS,
    OFFICER,
    POLICE,
    POLICE_LEAD,
    Story,
)
from tests.journey.desk import Desk
from tests.responses.answering import sensible

FORM = mash().question_set["referral-form"]

ONLY_CARE_SAYS = "kestrel-coloured folder"
"""Words of social care's about the second subject, which nobody may read before their time."""


def said(chosen: str, reason: str = "") -> Answer:
    return Answer(State.ANSWERED, (chosen,), "", reason)


def told(words: str) -> Answer:
    return Answer(State.ANSWERED, (), words)


DIFFERENTLY: Mapping[str, Mapping[str, Answer]] = {
    CARE: {
        "parts_played": said("receiver"),
        "form_seen": said("yes"),
        "form_worry": said("good", "The worry is in the first line."),
        "support_then": said("none"),
        "age_band": said("age_5_to_10"),
        "vc_seen": said("yes"),
        "worked_well": told("The call back came within the hour."),
    },
    POLICE: {
        "parts_played": said("referrer"),
        "form_seen": said("yes"),
        "form_worry": said("inadequate", "=the worry is nowhere on the form"),
        "support_then": said("early_help"),
        "age_band": said("age_5_to_10"),
        "vc_seen": said("no"),
        "worked_well": told("Officers stayed until the aunt came."),
    },
    HEALTH: {
        "parts_played": said("asked_for_checks"),
        "support_then": said("early_help"),
        "age_band": Answer(State.NOT_RECORDED),
        "vc_seen": said("partly"),
        "worked_well": told("We were asked, and answered on the day."),
    },
}
"""What the agencies say of one subject where it is not what anybody would say."""


NO_PART: Mapping[str, Answer] = {"parts_played": said("other")}
"""Where an agency knew the child and had no part in the referral: much less is asked of it."""


def answers_of(agency: str, differently: Mapping[str, Answer] | None = None) -> dict[str, Answer]:
    """Everything that an agency's auditor will say of a subject."""
    answers = dict(DIFFERENTLY[agency] if differently is None else differently)
    while wanted := fill(FORM, KINDS[agency], answers).wanted:
        answers |= {each.question.id: sensible(each.question) for each in wanted}
    return answers


def a_response_is_begun(desk: Desk, label: str) -> None:
    """From one's own work to the first section that waits for an answer."""
    desk.follow(f"Referral {label}")
    desk.sees("Not started", "Before you start")
    desk.follow("Start")


def every_section_is_answered(desk: Desk, answers: Mapping[str, Answer]) -> None:
    """Answer section after section, saving each, until nothing is left to be asked."""
    while not desk.address.endswith("/check"):
        a_section_is_answered(desk, answers)


def a_section_is_answered(desk: Desk, answers: Mapping[str, Answer]) -> None:
    asked = [str(field["value"]) for field in desk.page.select("main input[name=asked]")]
    here = {key: answers[key] for key in asked if key in answers}
    fields = as_posted(FORM, here)
    fields.pop("asked")
    desk.press("Save and continue", fields)


def a_response_is_declared(desk: Desk) -> None:
    desk.sees("Nothing is missing")
    desk.follow("Declare complete")
    desk.press("Declare complete")
    desk.sees("Declared complete. Your agency lead can now send it.")


def the_officer_answers(story: Story) -> None:
    """The police auditor, from the police's file, and nothing left out."""
    desk = story.at_their_desk(OFFICER)
    a_response_is_begun(desk, story.known["Section 17"])
    desk.sees("About this audit")
    every_section_is_answered(desk, answers_of(POLICE))
    a_response_is_declared(desk)


def the_agency_lead_hands_it_back(story: Story) -> None:
    """One answer is worth a second look; nothing is lost by it."""
    desk = story.at_their_desk(POLICE_LEAD)
    desk.follow(f"Referral {story.known['Section 17']}")
    desk.follow("Read the answers")
    desk.sees("Officers stayed until the aunt came.")
    desk.follow("Hand back to the auditor")
    desk.press("Hand back", {"words": "Look again at what worked well: who stayed?"})


def the_officer_mends_it(story: Story) -> None:
    desk = story.at_their_desk(OFFICER)
    desk.follow(f"Referral {story.known['Section 17']}")
    desk.sees("handed this back", "who stayed?")
    desk.follow("Judgement")
    desk.press("Save and continue", {"worked_well": "Two officers stayed until the aunt came."})
    a_response_is_declared(desk)


def the_agency_lead_signs_off(story: Story) -> None:
    it_is_sent(story, POLICE_LEAD, story.known["Section 17"])


def it_is_sent(story: Story, agency_lead: str, label: str) -> None:
    desk = story.at_their_desk(agency_lead)
    desk.follow(f"Referral {label}")
    desk.follow("Read the answers")
    desk.follow("Sign off and send")
    desk.press("Sign off and send")
    desk.sees("Sent. It can be read, and not changed.")


def an_agency_answers_and_sends(
    story: Story, agency: str, label: str, differently: Mapping[str, Answer] | None = None
) -> None:
    desk = story.at_their_desk(AUDITORS[agency])
    a_response_is_begun(desk, label)
    every_section_is_answered(desk, answers_of(agency, differently))
    a_response_is_declared(desk)
    it_is_sent(story, AGENCY_LEADS[agency], label)


def the_other_agencies_answer(story: Story) -> None:
    """Social care and health answer for the same subject; social care for a second one too."""
    for agency in (CARE, HEALTH):
        an_agency_answers_and_sends(story, agency, story.known["Section 17"])
    canary = {"worked_well": told(f"The file was kept in a {ONLY_CARE_SAYS}.")}
    an_agency_answers_and_sends(story, CARE, story.known["Early help"], {**NO_PART, **canary})
