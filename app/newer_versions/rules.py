"""What becomes of each stored answer when its round moves to a newer version of the tool.

Pure: two question sets and the answers of one response go in. Nothing that was answered is ever
changed or deleted; what may differ is whether it is still asked, how, and what is wanted now.
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from hashlib import sha256
from json import dumps
from typing import NamedTuple

from app.comparisons.rules import judged_by
from app.tools import (
    NOTHING,
    AgencyKind,
    Answer,
    Coded,
    Grade,
    Place,
    Question,
    QuestionSet,
    Tool,
    changes,
    fill,
)


class Effect(Enum):
    """What becomes of one response's answer to one question. Each question has one of them."""

    NEEDS_AN_ANSWER = "Needs an answer"
    """It has to be answered, given a reason or put right, and had not before."""
    NO_LONGER_ASKED = "No longer asked"
    OPTION_RETIRED = "Option retired"
    """What was chosen stays, and is offered to nobody else."""
    CLOSED = "Kept aside: an earlier answer closes the question"
    REWORDED = "Reworded"
    NOT_ASKED_THEN = "Not asked when it was sent"
    """A question that must be answered, of a response that was sent before there was one."""
    KEPT = "Kept as it is"


class Of(NamedTuple):
    """One response, as far as a move looks at it."""

    kind: AgencyKind
    answers: Mapping[str, Answer]
    sent: bool
    """Sent responses keep what they were asked: nothing is wanted of them."""
    not_known: bool = False
    """Whether it says no more than that the child is not known: nothing is asked of it."""


def effects_on(old: QuestionSet, new: QuestionSet, of: Of) -> dict[str, Effect]:
    """Say what becomes of every answer of a response, and what it lacks from then on.

    `old` is what the response is asked now; `new` is the newer version with what is over beside it.
    Every answer that is stored has exactly one effect.
    """
    now = fill(new, of.kind, of.answers)
    may_be_asked = {place.question.id for place in new.asked_of[of.kind]}
    found = {}
    for key, answer in of.answers.items():
        if answer == NOTHING:
            continue
        if key not in may_be_asked:
            found[key] = Effect.NO_LONGER_ASKED
        elif key not in now.by_id:
            found[key] = Effect.CLOSED
        else:
            found[key] = _of_one(old.question[key], new.question[key], answer)
    if of.not_known:
        return found
    was = fill(old, of.kind, of.answers)
    if of.sent:
        since = {each.question.id for each in now.wanted} - was.by_id.keys() - found.keys()
        return found | dict.fromkeys(since, Effect.NOT_ASKED_THEN)
    held_up = {each.question.id for each in (*was.wanted, *was.wrong)}
    wanted = {each.question.id for each in (*now.wanted, *now.wrong)} - held_up
    return found | dict.fromkeys(wanted, Effect.NEEDS_AN_ANSWER)


def _of_one(old: Question, new: Question, answer: Answer) -> Effect:
    if retired_options(new) & set(answer.chosen) - retired_options(old):
        return Effect.OPTION_RETIRED
    reworded = read_as(old) != read_as(new) or _options_reworded(old, new)
    return Effect.REWORDED if reworded else Effect.KEPT


def retired_options(question: Question) -> frozenset[str]:
    """Name the options of a question that are offered no more."""
    listed = question.listed if isinstance(question, Coded) else ()
    return frozenset(option.id for option in listed if option.retired)


def read_as(question: Question) -> tuple[object, ...]:
    """Return what somebody reads who answers a question, but for its options."""
    graded = dict(question.descriptors) if isinstance(question, Grade) else {}
    return (question.text, question.guidance, graded, getattr(question, "unit", ""))


def _options_reworded(old: Question, new: Question) -> bool:
    """Whether an option that both have reads otherwise: a moved or an added one rewords nothing."""
    if not isinstance(old, Coded) or not isinstance(new, Coded):
        return False
    was = {option.id: (option.label, option.hint) for option in old.listed}
    return any(was.get(o.id, (o.label, o.hint)) != (o.label, o.hint) for o in new.listed)


class Differences(NamedTuple):
    """How a newer version differs, in words."""

    listed: tuple[str, ...]
    refused: tuple[str, ...]
    """What makes the move impossible; each says what to do instead."""


def differences(held: Iterable[Tool], new: Tool) -> Differences:
    """Tell a newer version from the one that a round asks, the last of those that it holds.

    What may not change is looked for since every version that the round has asked: an answer given
    under the first of them would otherwise be read as if it answered something else.
    """
    versions = list(held)
    listed = changes(versions[-1], new)
    refused = [each.words for old in versions for each in changes(old, new) if each.refused]
    return Differences(
        tuple(each.words for each in listed if not each.refused), tuple(dict.fromkeys(refused))
    )


def judged_otherwise(title: str, old: QuestionSet, new: QuestionSet) -> str | None:
    """Say why a strand of which cases are judged as a whole cannot be judged under a version.

    A judgement is a level of the scale that the last section grades on, and nothing else: on
    another scale, or on none, it could not be read any more. None where it still can.
    """
    was, now = judged_by(old), judged_by(new)
    if not was or (now and now[-1].scale == was[-1].scale):
        return None
    so_far = f"The panel has judged cases of “{title}” as a whole on the scale {was[-1].scale}"
    rather = f"with a grade on {was[-1].scale}, or let the round stay on the version that it asks."
    if not now:
        return (
            f"{so_far}, and the last section of this version grades nothing. End its last section "
            f"{rather}"
        )
    return f"{so_far}, and this version would judge them on {now[-1].scale}. End it {rather}"


def places_of(old: QuestionSet | None, new: QuestionSet) -> dict[str, Place]:
    """Find every question that an effect may be about, newer wording first."""
    places = [*(old.places if old else ()), *new.places]
    return {place.question.id: place for place in places}


class Affected(NamedTuple):
    """One response of a round, and what becomes of its answers."""

    strand: str
    """The question set's id."""
    assignment: str
    """The reference by which pages find it."""
    subject: str
    agency: str
    agency_ref: str
    state: str
    """draft, with_agency_lead or sent."""
    effects: Mapping[str, Effect]

    def of(self, effect: Effect) -> list[str]:
        """List the questions with an effect, by id."""
        return [key for key, each in self.effects.items() if each is effect]

    @property
    def goes_back(self) -> bool:
        """Whether it goes back to its auditor: declared complete, and no longer complete."""
        return self.state == "with_agency_lead" and Effect.NEEDS_AN_ANSWER in self.effects.values()


def seal(about: Iterable[str], affected: Iterable[Affected]) -> str:
    """Return the digest of a preview: a move is made only as it was read.

    An answer that stays as it is has no part in it, or nobody could move a round while agencies
    type: what is new or gone among all others makes it another preview.
    """
    told = [
        [
            each.assignment,
            each.state,
            sorted([k, e.name] for k, e in each.effects.items() if e is not Effect.KEPT),
        ]
        for each in affected
    ]
    return sha256(dumps([list(about), sorted(told)]).encode()).hexdigest()
