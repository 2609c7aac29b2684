"""What may change about one question while it keeps its id.

Answers outlive the wording that drew them out. A question may be put better, moved, or asked of
others; but its kind, its scale and what each answer means stay, or answers from two rounds would be
compared that answer different questions.
"""

from collections.abc import Iterable, Iterator

from app.tools.amounts import Amount
from app.tools.change import Change, by_id, gained_and_lost, moved, reworded
from app.tools.coded import Choice, Choices, Grade, Option
from app.tools.kinds import Question
from app.tools.parts import ABSENCES, STATE_WORDS
from app.tools.schema import Place, QuestionSet

RETIRE = "Retire it, and ask a new question under a new id."


def question_changes(old: Place, new: Place) -> Iterator[Change]:
    """List what differs between two versions of one question, refused differences first."""
    before, after = old.question, new.question
    refusals = list(_refusals(before, after))
    for words in refusals:
        yield Change(words, refused=True, question=after.id)
    if before.kind != after.kind:
        return
    yield from _answers(before, after)
    for words in (*_wording(before, after), *_asking(old, new), *_leaning(before, after)):
        yield Change(words, question=after.id)


def _refusals(before: Question, after: Question) -> Iterator[str]:
    """Say what may not change under the same id."""
    name = after.id
    if before.block != after.block:
        home = f"the block {after.block}" if after.block else "this tool itself"
        yield f"{name} now comes from {home}, so it is another question. {RETIRE}"
    if before.kind != after.kind:
        yield f"{name} was a {before.kind} question and is now {after.kind}. {RETIRE}"
    if isinstance(before, Grade) and isinstance(after, Grade) and before.scale != after.scale:
        yield f"{name} was graded on {before.scale} and is now graded on {after.scale}. {RETIRE}"
    if isinstance(before, Amount) and isinstance(after, Amount) and _another_unit(before, after):
        yield f"{name} was counted in {before.unit} and is now in {after.unit}. {RETIRE}"


def _another_unit(before: Amount, after: Amount) -> bool:
    """Say whether the same number would mean something else: a unit given late only explains."""
    return bool(before.unit and after.unit) and before.unit != after.unit


def _answers(before: Question, after: Question) -> Iterator[Change]:
    """List what differs in the answers that may be given."""
    if isinstance(before, Choice | Choices) and isinstance(after, Choice | Choices):
        yield from _options(after.id, before.options, after.options)
    if isinstance(before, Grade) and isinstance(after, Grade):
        yield from (Change(words, question=after.id) for words in _descriptors(before, after))
    if isinstance(before, Amount) and isinstance(after, Amount):
        yield from (Change(words, question=after.id) for words in _limits(before, after))


def _descriptors(before: Grade, after: Grade) -> Iterator[str]:
    """Say what differs in what has to be seen to give each grade."""
    for level in {**before.descriptors, **after.descriptors}:
        about = f"What {after.id} needs for {level}"
        old, new = before.descriptors.get(level, ""), after.descriptors.get(level, "")
        yield from reworded(about, old, new)


def _limits(before: Amount, after: Amount) -> Iterator[str]:
    """Say what differs in the numbers that are accepted."""
    for what in ("minimum", "maximum"):
        old, new = getattr(before, what), getattr(after, what)
        if old != new:
            yield f"The {what} of {after.id} was {_or_none(old)} and is now {_or_none(new)}."
    if not _another_unit(before, after):
        yield from reworded(f"The unit of {after.id}", before.unit, after.unit)


def _or_none(value: float | None) -> str:
    return "none" if value is None else str(value)


def _options(name: str, old: tuple[Option, ...], new: tuple[Option, ...]) -> Iterator[Change]:
    """List options added, retired, reworded and moved; one that is removed is refused."""
    was, now = by_id(old), by_id(new)
    gained, lost = gained_and_lost(list(was), list(now))
    for code in lost:
        words = f"{name} lost the option “{code}”, which may have been given. Retire it instead."
        yield Change(words, refused=True, question=name)
    for option in new:
        if option.id in gained:
            yield Change(f"{name} gained the option “{option.label}”.", question=name)
        else:
            said = _option(name, was[option.id], option)
            yield from (Change(words, question=name) for words in said)
    if places := moved(list(was), list(now)):
        yield Change(f"The options of {name} are in another order: {_list(places)}.", question=name)


def _option(name: str, old: Option, new: Option) -> Iterator[str]:
    """Say what differs in one option."""
    if old.retired != new.retired:
        yield f"{name} {'retired' if new.retired else 'offers again'} the option “{new.label}”."
    if old.alone != new.alone:
        how = "no longer stand beside others" if new.alone else "now stand beside others"
        yield f"The option “{new.label}” of {name} may {how}."
    if old.label != new.label:
        yield (
            f"The option {new.id} of {name} was reworded: “{old.label}” is now “{new.label}”, "
            "and must mean the same."
        )
    yield from reworded(f"The hint of the option {new.id} of {name}", old.hint, new.hint)


def _wording(before: Question, after: Question) -> Iterator[str]:
    """Say what differs in what is read."""
    yield from reworded(after.id, before.text, after.text)
    yield from reworded(f"The guidance of {after.id}", before.guidance, after.guidance)
    for state in ABSENCES:
        old, new = before.state_words(state), after.state_words(state)
        yield from reworded(f"“{STATE_WORDS[state]}” of {after.id}", old, new)


def _asking(old: Place, new: Place) -> Iterator[str]:
    """Say what differs in when, of whom and how firmly it is asked."""
    before, after = old.question, new.question
    if before.required != after.required:
        yield f"{after.id} is now {'required' if after.required else 'optional'}."
    if before.reason != after.reason:
        yield f"A reason for {after.id} was {_reason(before)} and is now {_reason(after)}."
    if before.absence_reason != after.absence_reason:
        yield (
            f"Why there is no answer to {after.id} was {before.absence_reason} to say and is now "
            f"{after.absence_reason}."
        )
    if before.about != after.about:
        yield f"{after.id} is now compared as a question about the {after.about}."
    if before.when != after.when:
        when = f"asked when {after.when.in_words()}" if after.when else "always asked"
        yield f"{after.id} is now {when}."
    gained, lost = gained_and_lost(before.absences, after.absences)
    yield from _gains(after.id, "may now be left as", map(after.state_words, gained))
    yield from _gains(after.id, "may no longer be left as", map(before.state_words, lost))
    was, now = _kinds(old), _kinds(new)
    if set(was) != set(now):
        yield f"{after.id} was asked of {_list(was)} and is now asked of {_list(now)}."


def _reason(question: Question) -> str:
    return "not asked for" if question.reason == "none" else question.reason


def _kinds(place: Place) -> list[str]:
    """Name the kinds of agency a question is asked of, as an author would."""
    kinds = place.question.agencies or place.section.agencies
    return [kind.value.replace("_", " ") for kind in kinds] or ["every kind of agency"]


def _gains(name: str, what: str, gained: Iterable[str]) -> Iterator[str]:
    if names := list(gained):
        yield f"{name} {what} {_list(names)}."


def _leaning(before: Question, after: Question) -> Iterator[str]:
    """Say what differs in the themes it carries and the frameworks it refers to."""
    if set(before.themes) != set(after.themes):
        carried = f"carries {_list(after.themes)}" if after.themes else "carries no theme"
        yield f"{after.id} was re-themed and now {carried}."
    if before.references != after.references:
        names = [f"{x.framework} {x.where}".strip() for x in after.references]
        yield f"{after.id} now refers to {_list(names) if names else 'no framework'}."


def _list(names: Iterable[str]) -> str:
    """Join names as people do.

    >>> _list(["a"]), _list(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def place_changes(
    old_set: QuestionSet, old: Place, new_set: QuestionSet, new: Place
) -> Iterator[str]:
    """Say to which section or question set a question was moved."""
    name = new.question.id
    if old_set.id != new_set.id:
        yield f"{name} was moved from {old_set.title} to {new_set.title}, {new.section.title}."
    elif old.section.id != new.section.id:
        yield f"{name} was moved from {old.section.title} to {new.section.title}."
