"""Invented answers: what each agency of the demo might have said of one referral.

Deterministic by seed. Each referral has a hidden quality, and each agency sees it a little
differently, so that the agencies agree often and differ where a panel would expect it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.tools import (
    AgencyKind,
    Answer,
    Asked,
    Choice,
    Choices,
    Grade,
    Question,
    QuestionSet,
    State,
    YesNo,
    fill,
)

_OUTCOMES = {
    "no_further_action": "no_further_action",
    "early_help": "early_help",
    "section_17": "assessment_s17",
    "section_47": "assessment_s47",
}

_PARTS = {
    AgencyKind.CHILDRENS_SOCIAL_CARE: ("enquiry", "plan"),
    AgencyKind.POLICE: ("enquiry",),
    AgencyKind.SCHOOL: ("noticed", "help"),
}
"""What an agency does about a child in the child sexual abuse audit; others help."""

_REASONS = {
    0: (
        "The form has the child's own words, and the entry of that day shows it was acted on.",
        "Dated entries show each step, who took it and why. Others should see this one.",
    ),
    1: (
        "The record shows it, apart from one detail that made no difference to the decision.",
        "Clear entries on the day and the day after. The chronology was read.",
        "It can be followed without knowing the family.",
    ),
    2: (
        "It was done a week later than it should have been, and only for the oldest child.",
        "The entry says that information was shared, and not what was made of it.",
        "The history was listed and not weighed.",
    ),
    3: (
        "There is no entry for eleven days after the form came in, and nobody noticed.",
        "The earlier contacts were not opened. What they said would have changed the decision.",
    ),
}

_TEXTS = {
    "worked_well": (
        "The referrer rang the same day and the call is written up.",
        "Our worker and the school spoke before the decision was made.",
        "The child's own words are on the form and in the assessment.",
        "A manager read the earlier contacts before closing.",
    ),
    "should_differ": (
        "The father's views were not asked for, though his details were on the form.",
        "Nobody told us what was decided, and we had to ask twice.",
        "The younger sibling is not mentioned after the first page.",
        "Our answer to the request for information was late.",
    ),
    "difference": (
        "The family had a worker within two weeks, and the child is back in school.",
        "Hard to say from our file: we were told of the outcome and no more.",
        "The child was seen at home on the next day.",
    ),
    "learning_agency": (
        "Put the request for information on one template with a date on it.",
        "Open earlier contacts before writing the decision.",
        "Ask what the child says, in every referral.",
    ),
    "learning_partnership": (
        "Tell the referrer the decision and the reason, each time.",
        "Agree who reads the chronology when several contacts come in one month.",
        "Give schools one number for advice before they refer.",
    ),
    "good_practice": (
        "The drawing that the child made is described in the form.",
        "The duty worker rang the referrer back within the hour.",
        "",
    ),
}
_ANY_TEXT = ("Written on the file that day, by role and not by name.", "See that week's entries.")


@dataclass(frozen=True)
class Referral:
    """What the answers of every agency about one referral have in common."""

    outcome: str
    received: date
    re_referred: bool
    referrer: AgencyKind
    quality: float
    """0 (poor) to 1 (outstanding)."""


class Auditor:
    """Answers a question set as one agency's auditor might."""

    def __init__(self, kind: AgencyKind, referral: Referral, seed: str) -> None:
        self.kind = kind
        self.referral = referral
        self.chance = Random(seed)  # noqa: S311 - invented answers, not secrets
        self.view = min(1.0, max(0.0, referral.quality + self.chance.gauss(0, 0.13)))

    def answer(self, question_set: QuestionSet, share: float = 1.0) -> dict[str, Answer]:
        """Answer everything that is asked, or about a share of it for a draft."""
        answers: dict[str, Answer] = {}
        while True:
            filled = fill(question_set, self.kind, answers)
            left = [a for a in filled.asked if a.answer.state is State.NOT_ANSWERED]
            left = [a for a in left if a.question.id not in answers]
            enough = len(answers) >= share * (len(answers) + len(left))
            if not left or (share < 1.0 and enough):
                return answers
            answers[left[0].question.id] = self._answer(left[0])

    def _answer(self, asked: Asked) -> Answer:
        question = asked.question
        absences = [a for a in question.absences if question.id not in _TEXTS]
        if absences and self.chance.random() < (0.05 + 0.06 * (1 - self.view)):
            absence = self.chance.choice(absences)
            said = self.chance.choice(_ANY_TEXT) if question.absence_reason == "required" else ""
            return Answer(absence, reason=said)
        if isinstance(question, Grade):
            return self._grade(question)
        if isinstance(question, YesNo | Choice | Choices):
            reason = self.chance.choice(_ANY_TEXT) if question.reason == "required" else ""
            return Answer(State.ANSWERED, self._choose(question), reason=reason)
        return Answer(State.ANSWERED, text=self._text(question))

    def _grade(self, question: Grade) -> Answer:
        levels = question.levels
        place = min(len(levels) - 1, int((1 - self.view) * len(levels) + self.chance.gauss(0, 0.3)))
        place = max(0, place)
        depth = round(place * 3 / (len(levels) - 1))
        wanted = question.reason == "required" or self.chance.random() < 0.25  # noqa: PLR2004
        reason = self.chance.choice(_REASONS[depth]) if wanted else ""
        return Answer(State.ANSWERED, (levels[place].id,), reason=reason)

    def _choose(self, question: YesNo | Choice | Choices) -> tuple[str, ...]:
        options = [option.id for option in question.offered()]
        fixed = self._fixed(question.id)
        if fixed in options:
            return (fixed,)
        if question.id == "parts_played":
            return self._parts(options)
        # What happened is the same for everybody; now and then an agency's file says otherwise.
        seen_alike = self.chance.random() < 0.8  # noqa: PLR2004
        chance = Random(f"{self.referral} {question.id}") if seen_alike else self.chance  # noqa: S311
        view = self.referral.quality if seen_alike else self.view
        if isinstance(question, Choices):
            some = [o for o in options if o[:4] != "none" and chance.random() < view * 0.8]
            return tuple(some) or (options[0],)
        if isinstance(question, YesNo):
            return ("yes",) if chance.random() < 0.4 + 0.5 * view else ("no",)
        lean = chance.random() ** (0.6 + 2 * view)
        return (options[min(len(options) - 1, int(lean * len(options)))],)

    def _fixed(self, question: str) -> str:
        known = {
            "outcome": _OUTCOMES.get(self.referral.outcome, ""),
            "form_seen": "yes",
            "immediate_concern": "no",
            "rereferral": "in_window" if self.referral.re_referred else "never",
        }
        return known.get(question, "")

    def _parts(self, options: Sequence[str]) -> tuple[str, ...]:
        if "receiver" not in options:
            return _PARTS.get(self.kind, ("help",))
        if self.kind is AgencyKind.CHILDRENS_SOCIAL_CARE:
            return ("receiver",)
        if self.kind is self.referral.referrer:
            return ("referrer",)
        return ("asked_for_checks",) if self.chance.random() < 0.75 else ("other",)  # noqa: PLR2004

    def _text(self, question: Question) -> str:
        if question.kind == "date":
            later = int(self.chance.expovariate(0.25 + self.view))
            return (self.referral.received + timedelta(days=later)).isoformat()
        if question.kind in {"whole_number", "count"}:
            return str(self.chance.choice((0, 0, 1, 1, 2, 3, 5)))
        if question.kind == "decimal":
            return str(self.chance.choice(("0.5", "1", "2.5")))
        return self.chance.choice(_TEXTS.get(question.id, _ANY_TEXT)) or "Nothing further."
