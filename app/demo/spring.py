"""What the demo's spring round found, and its actions: in every state, with what owners said."""

from app.actions.rules import ActionState
from app.demo.lessons import BEGUN, TO_IMPACT, Lesson, Todo
from app.findings.rules import FindingKind

AGREED = ((ActionState.AGREED, ""),)
CLAIMED = (*BEGUN, (ActionState.COMPLETE, "The new page is in use. A copy is with the manager."))
VERIFIED = (*CLAIMED, (ActionState.VERIFIED, "I read the page and saw it used in two decisions."))

SPRING_LESSONS = (
    Lesson(
        FindingKind.AREA_FOR_DEVELOPMENT,
        "outcome_reasons",
        "Families hear of a decision from somebody else",
        "Families learnt what was decided from the school or the health visitor more often than "
        "from the front door, and seldom in words they could use.",
        ("INF", "REL"),
        agreed=True,
        subgroups=(0, 1),
        actions=(
            Todo(
                "Ring the family on the day of the decision, and write down what was said",
                "Nine of ten records read in the autumn show the call",
                "care",
                -12,
                (*BEGUN, (ActionState.IN_PROGRESS, "Two of the three teams do it now.")),
                owner="owner",
            ),
            Todo(
                "Write a plain letter for each kind of decision",
                "Parents who are asked say what was decided and why",
                "care",
                21,
                AGREED,
                owner="owner",
            ),
            Todo(
                "Have the letters read by the young people's panel",
                "The panel's changes are in the letters",
                "school",
                35,
            ),
            Todo(
                "Tell the referring officer the decision within two working days",
                "The log of decisions shows the day it was told",
                "police",
                -4,
                ((ActionState.AGREED, ""), (ActionState.BLOCKED, "The log has no field for it.")),
                moved_by=40,
            ),
            Todo(
                "Add the decision to the record that the health visitor opens first",
                "Health visitors find it without searching",
                "visiting",
                10,
                BEGUN,
            ),
        ),
    ),
    Lesson(
        FindingKind.AREA_FOR_DEVELOPMENT,
        "history_weighed",
        "A second referral is read as if it were the first",
        "Where a child was referred again, the earlier referral was named and its outcome was not.",
        ("CUM", "THR"),
        agreed=True,
        subgroups=(0,),
        actions=(
            Todo(
                "Open every earlier referral in the daily meeting before the decision",
                "Decisions read in the autumn name what the earlier referral led to",
                "care",
                2,
                CLAIMED,
            ),
            Todo(
                "Show officers how to find what an earlier notice led to",
                "Notices sent in the autumn name the earlier outcome",
                "police",
                -120,
                VERIFIED,
            ),
            Todo(
                "Put the date and outcome of the last referral at the top of the form",
                "Forms read in the autumn have both",
                "care",
                -100,
                TO_IMPACT,
            ),
            Todo(
                "Keep one chronology for children who are referred twice in a year",
                "Chronologies read in the autumn have every agency in them",
                "visiting",
                -95,
                (*TO_IMPACT, (ActionState.CLOSED, "")),
            ),
            Todo(
                "Print the earlier referral for the meeting",
                "The print is in the file",
                "care",
                -60,
                (*AGREED, (ActionState.SUPERSEDED, "It is opened on the screen instead.")),
                owner="owner",
            ),
        ),
    ),
    Lesson(
        FindingKind.STRENGTH,
        "form_child_voice",
        "Health visitors describe what babies show",
        "Referrals about babies said how the child settled and who could comfort them.",
        ("VC",),
        agreed=True,
        subgroups=(1,),
    ),
)
