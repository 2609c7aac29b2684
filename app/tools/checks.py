"""What must hang together in an audit tool beyond its shape: every name leads somewhere, once.

A fault is a place in the definition and a sentence that says what is wrong there and what to write
instead. It knows nothing of files; `reading` adds the file and the line.
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from app.tools.asking import Asking
from app.tools.coded import Coded, Grade

if TYPE_CHECKING:
    from app.tools.schema import QuestionSet, Section, Tool

Path = tuple[str | int, ...]
"""Keys and positions that lead from the top of a definition to a place in it."""


class Fault(NamedTuple):
    """Something that does not hang together, and where."""

    path: Path
    words: str


class Faults(ValueError):
    """Everything found wrong in one definition."""

    def __init__(self, found: Iterable[Fault]) -> None:
        self.found = tuple(found)
        super().__init__("; ".join(fault.words for fault in self.found))


def instead(word: str, known: Iterable[str]) -> str:
    """Say what to write instead of a word that nothing is called.

    >>> instead("polise", ["police", "school"])
    'Did you mean "police"?'
    >>> instead("fire", ["police", "school"])
    'Write one of: police, school.'
    >>> instead("VC", [])
    'There are none here yet: add it, or leave this out.'
    """
    names = list(known)
    if close := get_close_matches(word, names, n=1):
        return f'Did you mean "{close[0]}"?'
    if not names:
        return "There are none here yet: add it, or leave this out."
    return f"Write one of: {', '.join(names)}."


def faults(tool: "Tool") -> list[Fault]:
    """Find everything in a tool that does not hang together, in the order it is read."""
    found = [
        *_twice("framework", ((("frameworks", n), x.id) for n, x in enumerate(tool.frameworks))),
        *_twice("theme", ((("themes", n), x.id) for n, x in enumerate(tool.themes))),
        *_twice("scale", ((("scales", n), x.id) for n, x in enumerate(tool.scales))),
        *_twice("question set", _ids(("question_sets",), tool.question_sets)),
    ]
    for n, scale in enumerate(tool.scales):
        found += _twice("level", _ids(("scales", n, "levels"), scale.levels))
    found += _question_ids(tool)
    for n, question_set in enumerate(tool.question_sets):
        here: Path = ("question_sets", n, "sections")
        subjects: Path = ("question_sets", n, "subjects")
        found += _twice("subject", _ids(subjects, question_set.subjects))
        found += _twice("section", _ids(here, question_set.sections))
        found += _conditions(tool, question_set, here)
        for path, question in _questions(question_set.sections, here):
            found += _leads_somewhere(tool, question, path)
    return found


def _ids(path: Path, parts: Iterable[object]) -> Iterator[tuple[Path, str]]:
    for n, part in enumerate(parts):
        yield (*path, n), str(getattr(part, "id", ""))


def _questions(sections: Iterable["Section"], path: Path) -> Iterator[tuple[Path, Asking]]:
    """Give every question with its place."""
    for s, section in enumerate(sections):
        for q, question in enumerate(section.questions):
            yield (*path, s, "questions", q), question


def _twice(what: str, named: Iterable[tuple[Path, str]]) -> Iterator[Fault]:
    """Find names given a second time."""
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            words = f'the {what} "{name}" is here a second time. Give each its own id.'
            yield Fault((*path, "id"), words)
        seen.add(name)


def _question_ids(tool: "Tool") -> Iterator[Fault]:
    """Find question ids used twice: a block's question may be in several sets, once in each."""
    homes: dict[str, tuple[str, str]] = {}
    for n, question_set in enumerate(tool.question_sets):
        here: Path = ("question_sets", n, "sections")
        for path, question in _questions(question_set.sections, here):
            block, home = homes.setdefault(question.id, (question.block, ""))
            from_block = question.block and question.block == block
            if home and (not from_block or home == question_set.id):
                yield Fault(
                    (*path, "id"),
                    f'the question id "{question.id}" is used twice in this tool. '
                    "An id belongs to one question for life: give this one another.",
                )
            homes[question.id] = (block, question_set.id)


def _conditions(tool: "Tool", question_set: "QuestionSet", here: Path) -> Iterator[Fault]:
    """Find conditions that look at nothing, forward, or at an answer that cannot be given."""
    everywhere = [question.id for question in question_set.questions]
    earlier: dict[str, Asking] = {}
    for path, question in _questions(question_set.sections, here):
        for part in question.when.parts() if question.when else ():
            words = _looked_at(part.question, earlier, everywhere)
            words = words or _opened_by(tool, earlier[part.question], part.is_one_of)
            if words:
                yield Fault((*path, "when"), words)
        earlier[question.id] = question


def _looked_at(looked_at: str, earlier: dict[str, Asking], everywhere: list[str]) -> str | None:
    """Say what is wrong with the question a condition looks at, if anything is."""
    question = earlier.get(looked_at)
    if question is None and looked_at in everywhere:
        return (
            f'the condition looks forward to "{looked_at}", which is not asked before this. '
            "A condition may only look backwards: put that question first."
        )
    if question is None:
        close = instead(looked_at, earlier)
        return f'the condition looks at "{looked_at}", which no earlier question is called. {close}'
    if not isinstance(question, Coded):
        return (
            f'the condition looks at "{looked_at}", which is answered in words or numbers. '
            "Look at a grade, a choice, choices or a yes_no question."
        )
    return None


def _opened_by(tool: "Tool", question: Asking, answers: tuple[str, ...]) -> str | None:
    """Say which of the answers that a condition waits for can never be given."""
    known: Iterable[str] = ()
    if isinstance(question, Grade) and question.scale in tool.scale:
        known = [level.id for level in tool.scale[question.scale].levels]
    elif isinstance(question, Coded) and not isinstance(question, Grade):
        known = question.labels
    # A grade on a scale that does not exist has no levels to look for, and a fault of its own.
    for answer in answers if known else ():
        if answer not in known:
            return f'"{answer}" is not an answer to "{question.id}". {instead(answer, known)}'
    return None


def _leads_somewhere(tool: "Tool", question: Asking, path: Path) -> Iterator[Fault]:
    """Find names of themes, frameworks and scales that nothing carries."""
    for n, theme in enumerate(question.themes):
        if theme not in tool.theme:
            words = f'there is no theme "{theme}". {instead(theme, tool.theme)}'
            yield Fault((*path, "themes", n), words)
    for n, reference in enumerate(question.references):
        if (name := reference.framework) not in tool.framework:
            words = f'there is no framework "{name}". {instead(name, tool.framework)}'
            yield Fault((*path, "references", n, "framework"), words)
    yield from _absences(question, path)
    if isinstance(question, Grade):
        yield from _grade(tool, question, path)
    elif isinstance(question, Coded):
        yield from _twice("option", _ids((*path, "options"), question.listed))
        yield from _alone(question, (*path, "options"))


def _absences(question: Asking, path: Path) -> Iterator[Fault]:
    """Find words, or a call for a reason, for absences that the question does not offer."""
    for absence in question.absence_words:
        if absence not in question.absences:
            words = f'"{absence}" is worded here and not offered. Offer it, or take its words away.'
            yield Fault((*path, "absence_words", absence), words)
    if question.absence_reason == "required" and not question.absences:
        words = "a reason is asked for an absence, and none is offered. Take this away."
        yield Fault((*path, "absence_reason"), words)


def _alone(question: Coded, path: Path) -> Iterator[Fault]:
    """Find options that stand alone where only one can be chosen anyway."""
    for n, option in enumerate(question.listed):
        if option.alone and question.kind != "choices":
            words = '"alone" is for choices, and of these only one can be chosen. Take it away.'
            yield Fault((*path, n, "alone"), words)


def _grade(tool: "Tool", question: Grade, path: Path) -> Iterator[Fault]:
    """Find a grade without a scale, or a level that nothing describes."""
    scale = tool.scale.get(question.scale)
    if scale is None:
        words = f'there is no scale "{question.scale}". {instead(question.scale, tool.scale)}'
        yield Fault((*path, "scale"), words)
        return
    levels = [level.id for level in scale.levels]
    for name in question.descriptors:
        if name not in levels:
            words = f'the scale "{scale.id}" has no level "{name}". {instead(name, levels)}'
            yield Fault((*path, "descriptors", name), words)
    for level in scale.levels:
        if not (level.descriptor or question.descriptors.get(level.id)):
            yield Fault(
                path,
                f'nothing says when to give "{level.label}" to "{question.id}". Write a descriptor '
                f'for "{level.id}" in the scale "{scale.id}" or under this question.',
            )
