"""What the demo's panels found, and what was planned about it: words only."""

from dataclasses import dataclass

from app.actions.rules import ActionState
from app.findings.rules import FindingKind

BEGUN = ((ActionState.AGREED, ""), (ActionState.IN_PROGRESS, ""))
TO_IMPACT = (
    *BEGUN,
    (ActionState.COMPLETE, "It has been done every day since the team day."),
    (ActionState.VERIFIED, "I sat in on two days and saw it."),
    (ActionState.IMPACT_SHOWN, "Ten decisions read: nine say what the contacts amount to."),
)


@dataclass(frozen=True)
class Lesson:
    """A finding of the demo, with the question it rests on and what was planned."""

    kind: FindingKind
    question: str
    title: str
    words: str
    themes: tuple[str, ...]
    agreed: bool
    subgroups: tuple[int, ...]
    actions: tuple[tuple[str, str, str, int, tuple[tuple[ActionState, str], ...]], ...] = ()
    """What, how we will know, the agency that owns it, days until due, and its updates."""


MASH_LESSONS = (
    Lesson(
        FindingKind.STRENGTH,
        "form_child_voice",
        "Schools write down what children say",
        "Where a school referred, the form had the child's own words or described what the child "
        "did. Those who decided could use them, and did.",
        ("VC",),
        agreed=True,
        subgroups=(0, 1),
    ),
    Lesson(
        FindingKind.AREA_FOR_DEVELOPMENT,
        "outcome_reasons",
        "Referrers are not told the reason for the decision",
        "The decision reaches most referrers. The reason often does not, and then the same worry "
        "comes back worded more strongly.",
        ("INF", "THR"),
        agreed=True,
        subgroups=(0,),
        actions=(
            (
                "Put the reason for the decision into the letter to every referrer",
                "Twenty letters read in March have the reason in words the referrer can use",
                "care",
                28,
                ((ActionState.AGREED, ""), (ActionState.IN_PROGRESS, "The letter is rewritten.")),
            ),
            (
                "Ask schools each term whether they understood the decisions they were sent",
                "The answers are read by the subgroup, and fewer schools say no",
                "school",
                63,
                (),
            ),
            (
                "Tell the duty team each Monday which decisions came back as a new worry",
                "The count of repeat worries falls in two quarters running",
                "care",
                2,
                (
                    *BEGUN,
                    (ActionState.COMPLETE, "The list goes out; four of them are on the drive."),
                ),
            ),
            (
                "Write the reason in plain words: a page of examples for the duty team",
                "Referrers who are rung say that they understood",
                "police",
                6,
                (
                    *BEGUN,
                    (ActionState.COMPLETE, "The page is on the team's wall and intranet."),
                    (ActionState.VERIFIED, "I read the page and saw it used in two decisions."),
                ),
            ),
        ),
    ),
    Lesson(
        FindingKind.AREA_FOR_DEVELOPMENT,
        "history_weighed",
        "Earlier contacts are listed and not weighed",
        "The record shows that earlier contacts were opened. It seldom says what they mean "
        "together, above all where the child was referred again within five months.",
        ("CUM", "OVS"),
        agreed=True,
        subgroups=(0, 1),
        actions=(
            (
                "Add to the decision record one sentence on what the earlier contacts amount to",
                "The weekly check finds the sentence in nine of ten decisions",
                "care",
                -4,
                ((ActionState.AGREED, ""), (ActionState.BLOCKED, "The form is changed in June.")),
            ),
            (
                "Bring two worked examples to the team day of each agency",
                "Practitioners say in the next survey that they know what is meant",
                "visiting",
                45,
                ((ActionState.AGREED, "The date is set."),),
            ),
            (
                "Read every earlier contact aloud at the start of the daily meeting",
                "Those in the meeting say what the contacts mean together",
                "care",
                1,
                TO_IMPACT,
            ),
            (
                "Show the number of earlier contacts beside the name on the duty screen",
                "Duty workers say that they look at it",
                "police",
                1,
                (*TO_IMPACT, (ActionState.CLOSED, "")),
            ),
            (
                "Print the list of earlier contacts for each decision",
                "The list is in the file",
                "visiting",
                20,
                (
                    (ActionState.AGREED, ""),
                    (ActionState.SUPERSEDED, "The number beside the name on screen replaces it."),
                ),
            ),
        ),
    ),
    Lesson(
        FindingKind.GOOD_PRACTICE,
        "form_worry",
        "A telephone call the same hour",
        "Where the duty worker rang the referrer back within the hour, the decision rested on "
        "what was seen and not on what the form had room for.",
        ("REC", "REL"),
        agreed=False,
        subgroups=(1,),
    ),
)

CSA_LESSONS = (
    Lesson(
        FindingKind.AREA_FOR_DEVELOPMENT,
        "signs_together",
        "Signs are noted one by one and not read together",
        "Each agency wrote down what it saw. Nobody laid the entries beside one another until "
        "something else brought the case to a meeting.",
        ("REC", "CUM"),
        agreed=True,
        subgroups=(0, 1),
        actions=(
            (
                "Add a page for signs over time to the chronology that agencies share",
                "Ten chronologies read in the spring show the signs in one place",
                "care",
                -150,
                (*TO_IMPACT, (ActionState.CLOSED, "")),
            ),
            (
                "Practise with the signs of harm template in each agency's supervision",
                "Supervisors can point at a case where it changed what was done",
                "visiting",
                -40,
                BEGUN,
            ),
        ),
    ),
    Lesson(
        FindingKind.GOOD_PRACTICE,
        "harmed_child",
        "Workers who listened without asking for the account",
        "Where the worker let the child lead, the child came back and said more, in their own "
        "time and to the person they chose.",
        ("VC", "REL"),
        agreed=True,
        subgroups=(1,),
    ),
)
"""What the earlier child sexual abuse audit of the demo found."""
