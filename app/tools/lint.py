"""Advice on an audit tool that is sound but could be asked better, as far as a machine can tell.

It never refuses anything: a person decides. So it speaks only of what is wrong more often than not,
since advice that is mostly wrong is not read.
"""

import re
from collections.abc import Iterator, Mapping

from app.tools.coded import Grade
from app.tools.kinds import Question
from app.tools.parts import AgencyKind
from app.tools.schema import QuestionSet, Section, SubjectKind, Tool

LONGEST_TEXT = 180
"""Characters of a question that can still be read at one glance."""
LONGEST_GUIDANCE = 500
"""Characters of guidance that is still read."""
LONGEST_SECTION = 15
"""The most questions of a section, follow-ups left out: a section is one page."""

LENGTHS: Mapping[SubjectKind, tuple[int, int]] = {
    SubjectKind.CASE: (8, 70),
    SubjectKind.REFERRAL: (8, 45),
    SubjectKind.REFERRAL_PAIR: (8, 60),
    SubjectKind.ORGANISATION: (5, 70),
    SubjectKind.SETTING: (5, 70),
    SubjectKind.OBSERVATION: (4, 25),
    SubjectKind.INTERVIEW: (4, 30),
    SubjectKind.PROCESS: (4, 25),
    SubjectKind.CRITERION: (2, 12),
    SubjectKind.RESPONDENT: (4, 25),
}
"""The fewest questions in all that are worth sending out, and the most that may be asked of one
kind of agency whatever it answers: an hour's reading of a file, ten minutes of a survey."""

_DONE = r"(?:\w+ed|seen|heard|known|given|taken|made|told|done|written|shown|understood|sent)"
_LIKE = (
    r"(?:clear|timely|accurate|complete|effective|appropriate|specific|relevant|proportionate|safe|"
    r"robust|consistent|sufficient|adequate|good|useful|prompt|honest|regular|current|detailed)"
)
_ENDS = r"(?=\s*(?:[?,.;:]|$|(?:in|on|to|by|with|at|for|from|before|after|when|within)\b))"
_BOTH = re.compile(rf"\b(?:({_DONE}) and ({_DONE})|({_LIKE}) and ({_LIKE})){_ENDS}", re.IGNORECASE)
"""Two things judged at once, where no noun follows that both could belong to."""
_LEADING = re.compile(
    r"^(?:(?:Did|Do|Does|Have|Has) (?:you|they|staff|your \w+|the \w+) (?:ensure|make sure)\b"
    r"|(?:Don|Didn|Doesn|Isn|Wasn|Weren|Shouldn|Wouldn)[\u2019']t\b|Would you agree|Surely\b"
    r"|(?:Why|How) did (?:you|they|staff|your \w+|the \w+) fail\b)",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"\b(?:what (?:is|was) (?:their|his|her|your|the [\w'\u2019]+)(?: full)? name|"
    r"names? of the (?:child|parent|mother|father|carer|family|worker|practitioner|officer)|"
    r"date of birth|NHS number|postcode)\b",
    re.IGNORECASE,
)
_MINDS = re.compile(
    r"\b(?:child|mother|father|parents?|carers?|family|worker|practitioner)s? "
    r"(?:really |truly )?(?:feel|think|believe|intend|understand)\b",
    re.IGNORECASE,
)


def advice(tool: Tool) -> tuple[str, ...]:
    """Say, question by question, what people are likely to stumble over."""
    name = f"{tool.slug} v{tool.version}"
    said = [
        f"{name}, {place.question.id}: {words}"
        for question_set in tool.question_sets
        for place in question_set.places
        for words in _advice(*place)
    ]
    for question_set in tool.question_sets:
        said += [f"{name}, {question_set.id}: {words}" for words in _length(question_set)]
        said += [
            f"{name}, {question_set.id}, {section.id}: {words}"
            for section in question_set.sections
            for words in _section(section)
        ]
    return tuple(dict.fromkeys(said))


def _advice(section: Section, question: Question) -> Iterator[str]:
    if isinstance(question, Grade):
        yield from _grade(question)
    elif question.kind in {"choice", "choices"} and not (question.guidance or section.guidance):
        yield "neither it nor its section has guidance. Say where to look, or what counts."
    yield from _one_thing(question.text)
    yield from _answerable(question.text)
    if len(question.text) > LONGEST_TEXT:
        yield (
            f"it has {len(question.text)} characters, and {LONGEST_TEXT} is the most that is read "
            "at one glance. Put some of it under guidance."
        )
    if len(question.guidance) > LONGEST_GUIDANCE:
        yield (
            f"its guidance has {len(question.guidance)} characters, and {LONGEST_GUIDANCE} is the "
            "most that is read. Say where to look and what counts, and leave the rest out."
        )


def _grade(question: Grade) -> Iterator[str]:
    if not question.guidance:
        yield "it is graded and has no guidance. Say where to look and what counts."
    if not question.descriptors:
        yield (
            "it is graded and words no level of its own. Say under “descriptors” what has to be "
            "seen here to give at least the level that is hardest to tell."
        )


def _one_thing(text: str) -> Iterator[str]:
    """Find questions that ask two things, to which half an answer is no answer."""
    if text.count("?") > 1:
        yield "it asks more than one thing. Ask one, and make the rest guidance or a follow-up."
    if "and/or" in text.lower():
        yield 'it says "and/or", which is read in two ways. Write "or", or ask two questions.'
    if found := _BOTH.search(text):
        one, other = (word for word in found.groups() if word)
        yield (
            f"it asks about “{one}” and “{other}” at once, and one may be true without the other. "
            "Ask two questions, or only the one that matters."
        )


def _answerable(text: str) -> Iterator[str]:
    """Find questions that lead, that ask for what nobody may write, or that no file can answer."""
    if found := _LEADING.search(text):
        yield f"it begins “{found[0]}”, which asks for a yes. Ask what the record shows."
    if found := _NAMES.search(text):
        yield f"it asks for “{found[0]}”. No name or number of a person may be written: ask a role."
    if found := _MINDS.search(text):
        yield (
            f"it asks what somebody thinks (“{found[0]}”), which no file shows. "
            "Ask what they said or did."
        )


def _length(question_set: QuestionSet) -> Iterator[str]:
    fewest, most = LENGTHS[question_set.subject]
    about = question_set.subject.words.lower()
    if (total := len(question_set.places)) < fewest:
        yield f"it has {total} questions in all, and one about each {about} has {fewest} or more."
    at_once = {
        kind: sum(place.question.when is None for place in question_set.asked_of[kind])
        for kind in AgencyKind
    }
    longest = max(at_once, key=lambda kind: at_once[kind])
    if at_once[longest] > most:
        yield (
            f"it asks {longest.words} {at_once[longest]} questions before any follow-up, and "
            f"{most} are as many as people answer well about each {about}. Take some away, or "
            "ask some only after an answer."
        )


def _section(section: Section) -> Iterator[str]:
    at_once = sum(question.when is None for question in section.questions)
    if at_once > LONGEST_SECTION:
        yield f"it asks {at_once} questions on one page before any follow-up. Make it two sections."
