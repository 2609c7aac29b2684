"""What the demo's panels found, and what was planned about it: words only."""

from dataclasses import dataclass
from typing import NamedTuple

from app.actions.rules import ActionState
from app.findings.rules import FindingKind

BEGUN = ((ActionState.AGREED, ""), (ActionState.IN_PROGRESS, ""))
TO_IMPACT = (
    *BEGUN,
    (ActionState.COMPLETE, "It has been done every day since the team day."),
    (ActionState.VERIFIED, "I sat in on two days and saw it."),
    (ActionState.IMPACT_SHOWN, "Ten decisions read: nine say what the contacts amount to."),
)


class Todo(NamedTuple):
    """An action of the demo."""

    what: str
    how_we_will_know: str
    agency: str
    due: int
    """Days from today."""
    updates: tuple[tuple[ActionState, str], ...] = ()
    owner: str = ""
    """By short name; the agency's lead where it is empty."""
    moved_by: int = 0
    """Days by which the due date was moved once."""


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
    actions: tuple[Todo, ...] = ()


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
            Todo(
                "Put the reason for the decision into the letter to every referrer",
                "Twenty letters read in March have the reason in words the referrer can use",
                "care",
                28,
            ),
            Todo(
                "Ask schools each term whether they understood the decisions they were sent",
                "The answers are read by the subgroup, and fewer schools say no",
                "school",
                63,
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
            Todo(
                "Add to the decision record one sentence on what the earlier contacts amount to",
                "The weekly check finds the sentence in nine of ten decisions",
                "care",
                40,
            ),
            Todo(
                "Bring two worked examples to the team day of each agency",
                "Practitioners say in the next survey that they know what is meant",
                "visiting",
                45,
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
"""What the panel of the autumn has found so far; its owners see the actions once it has ended."""

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
            Todo(
                "Add a page for signs over time to the chronology that agencies share",
                "Ten chronologies read in the spring show the signs in one place",
                "care",
                -150,
                (*TO_IMPACT, (ActionState.CLOSED, "")),
            ),
            Todo(
                "Practise with the signs of harm template in each agency's supervision",
                "Supervisors can point at a case where it changed what was done",
                "visiting",
                -90,
                (
                    *BEGUN,
                    (
                        ActionState.SUPERSEDED,
                        "This autumn's audit looks at it again, in new cases.",
                    ),
                ),
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
