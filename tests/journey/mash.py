"""The front door's audit: what agencies say of each referral, and how one is handed back."""

from collections.abc import Mapping

from app.tools import Answer, State
from tests.audit import mash
from tests.journey.answering import (
    Differently,
    a_response_is_begun,
    a_response_is_declared,
    an_agency_answers_and_sends,
    answers_of,
    every_section_is_answered,
    it_is_sent,
    said,
    told,
)
from tests.journey.cast import CARE, HEALTH, OFFICER, POLICE, POLICE_LEAD, Audit, Story

MASH = Audit("MASH audit, autumn", mash().question_set["referral-form"], (CARE, POLICE, HEALTH))

ONLY_CARE_SAYS = "kestrel-coloured folder"
"""Words of social care's about the second subject, which nobody may read before their time."""

DIFFERENTLY: Mapping[str, Differently] = {
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
"""What the agencies say of the first referral."""

NO_PART: Differently = {"parts_played": said("other")}
"""Where an agency knew the child and had no part in the referral: much less is asked of it."""


def the_officer_answers(story: Story) -> None:
    """The police auditor, from the police's file, and nothing left out."""
    desk = story.at_their_desk(OFFICER)
    a_response_is_begun(desk, story, story.known["Section 17"])
    desk.sees("About this audit")
    every_section_is_answered(desk, story, answers_of(story, POLICE, DIFFERENTLY[POLICE]))
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


def the_other_agencies_answer(story: Story) -> None:
    """Social care and health answer for the same subject; social care for a second one too."""
    for agency in (CARE, HEALTH):
        the_first_referral_is_answered(story, agency)
    canary = {"worked_well": told(f"The file was kept in a {ONLY_CARE_SAYS}.")}
    others = story.known["Early help"]
    an_agency_answers_and_sends(story, CARE, others, {**NO_PART, **canary})


def the_first_referral_is_answered(story: Story, agency: str) -> None:
    first = story.known["Section 17"]
    an_agency_answers_and_sends(story, agency, first, DIFFERENTLY[agency])
