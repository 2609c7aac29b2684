"""What may change between two versions of an audit tool, and what may not.

A round keeps the version it was opened on. These differences are for the person who writes the next
version: everything is listed in words, and what would make two rounds impossible to compare is
refused. Where something must change that may not, it gets a new id.
"""

from collections.abc import Iterator, Sequence

from app.tools.change import Change, by_id, gained_and_lost, moved, reworded
from app.tools.question_changes import place_changes, question_changes
from app.tools.scales import Scale
from app.tools.schema import (
    Framework,
    NamedSubject,
    Place,
    QuestionSet,
    Section,
    Theme,
    Tool,
)

NEW_SCALE = "Write a scale with a new id, and ask on it under new question ids."

Placed = dict[tuple[str, str], tuple[QuestionSet, Place]]
"""Every question by its question set and id: a block's question may be in several sets."""


def changes(old: Tool, new: Tool) -> tuple[Change, ...]:
    """List everything that differs between two versions of one tool, the tool's own words first.

    Raises ValueError where the two are not versions of the same tool.
    """
    if old.slug != new.slug:
        raise ValueError(f"{old.slug} and {new.slug} are two tools, not two versions of one")
    return (
        *(Change(words) for words in _own_words(old, new)),
        *_scales(old, new),
        *_question_sets(old, new),
        *_questions(old, new),
    )


def _own_words(old: Tool, new: Tool) -> Iterator[str]:
    """Say what differs in what a tool says of itself and leans on."""
    yield from reworded("The title", old.title, new.title)
    yield from reworded("The summary", old.summary, new.summary)
    yield from _named("theme", old.themes, new.themes)
    yield from _named("framework", old.frameworks, new.frameworks)


def _named(
    what: str, old: Sequence[Theme | Framework], new: Sequence[Theme | Framework]
) -> Iterator[str]:
    """Say which themes or frameworks came, went or were put in other words."""
    was, now = by_id(old), by_id(new)
    gained, lost = gained_and_lost(list(was), list(now))
    yield from (f"The {what} {name} was added." for name in gained)
    yield from (f"The {what} {name} was taken away." for name in lost)
    for name in now:
        if name in was and was[name] != now[name]:
            yield f"The {what} {name} was put in other words."


def _scales(old: Tool, new: Tool) -> Iterator[Change]:
    """List what differs in the scales: their words may change, their levels may not."""
    gained, lost = gained_and_lost(list(old.scale), list(new.scale))
    yield from (Change(f"The scale {name} was added.") for name in gained)
    yield from (Change(f"The scale {name} was taken away.") for name in lost)
    for name, scale in new.scale.items():
        if name in old.scale:
            yield from (Change(words, refused=True) for words in _refused(old.scale[name], scale))
            yield from (Change(words) for words in _scale_words(old.scale[name], scale))


def _refused(old: Scale, new: Scale) -> Iterator[str]:
    """Say what of a scale changed that may not."""
    if old.polarity != new.polarity:
        was, now = old.polarity.replace("_", " "), new.polarity.replace("_", " ")
        yield f"The scale {new.id} was {was} and is now {now}. {NEW_SCALE}"
    was_levels, levels = [x.id for x in old.levels], [x.id for x in new.levels]
    gained, lost = gained_and_lost(was_levels, levels)
    for what, names in (("gained", gained), ("lost", lost)):
        if names:
            yield f"The scale {new.id} {what} {', '.join(names)}. {NEW_SCALE}"
    if moved(was_levels, levels):
        yield f"The levels of the scale {new.id} are in another order. {NEW_SCALE}"


def _scale_words(old: Scale, new: Scale) -> Iterator[str]:
    """Say what differs in the words of a scale, which must go on meaning the same."""
    yield from reworded(f"The scale {new.id}", old.title, new.title)
    was = {level.id: level for level in old.levels}
    for level in new.levels:
        if before := was.get(level.id):
            about = f"The level {level.id} of {new.id}"
            yield from reworded(about, before.label, level.label)
            about = f"The descriptor of {level.id} in {new.id}"
            yield from reworded(about, before.descriptor, level.descriptor)


def _question_sets(old: Tool, new: Tool) -> Iterator[Change]:
    """List question sets that came, went or changed, and their sections."""
    gained, lost = gained_and_lost(list(old.question_set), list(new.question_set))
    yield from (Change(f"The question set {name} was added.") for name in gained)
    yield from (Change(f"The question set {name} was retired.") for name in lost)
    for name, question_set in new.question_set.items():
        if before := old.question_set.get(name):
            if before.subject is not question_set.subject:
                words = f"{name} was about each {before.subject} and is now about each "
                words += f"{question_set.subject}. Give the question set a new id."
                yield Change(words.replace("_", " "), refused=True)
            yield from (Change(words) for words in _set_words(before, question_set))


def _set_words(old: QuestionSet, new: QuestionSet) -> Iterator[str]:
    """Say what differs in a question set's words and in its sections."""
    yield from reworded(f"The question set {new.id}", old.title, new.title)
    yield from reworded(f"The introduction of {new.id}", old.introduction, new.introduction)
    yield from _subjects(f"of {new.id}", old.subjects, new.subjects)
    was, now = {s.id: s for s in old.sections}, {s.id: s for s in new.sections}
    gained, lost = gained_and_lost(list(was), list(now))
    yield from (f"The section {name} of {new.id} was added." for name in gained)
    yield from (f"The section {name} of {new.id} was taken away." for name in lost)
    yield from (f"The section {n} of {new.id} was moved." for n in moved(list(was), list(now)))
    for name, section in now.items():
        if name in was:
            yield from _section_words(new.id, was[name], section)


def _subjects(home: str, old: Sequence[NamedSubject], new: Sequence[NamedSubject]) -> Iterator[str]:
    """Say which of the things audited that a set names came, went, moved or were reworded."""
    was, now = by_id(old), by_id(new)
    gained, lost = gained_and_lost(list(was), list(now))
    yield from (f"The subject {name} {home} was added." for name in gained)
    yield from (f"The subject {name} {home} was taken away." for name in lost)
    yield from (f"The subject {n} {home} was moved." for n in moved(list(was), list(now)))
    for name, subject in now.items():
        if before := was.get(name):
            about = f"subject {name} {home}"
            yield from reworded(f"The {about}", before.title, subject.title)
            yield from reworded(f"The guidance of the {about}", before.guidance, subject.guidance)


def _section_words(home: str, old: Section, new: Section) -> Iterator[str]:
    """Say what differs in a section's words, and which questions stand elsewhere in it."""
    about = f"section {new.id} of {home}"
    yield from reworded(f"The {about}", old.title, new.title)
    yield from reworded(f"The guidance of the {about}", old.guidance, new.guidance)
    for kind in sorted({**old.evidence, **new.evidence}):
        evidence = f"Where to look in the {about} ({kind.replace('_', ' ')})"
        yield from reworded(evidence, old.evidence.get(kind, ""), new.evidence.get(kind, ""))
    places = moved([q.id for q in old.questions], [q.id for q in new.questions])
    yield from (f"{name} was moved within the {about}." for name in places)


def _questions(old: Tool, new: Tool) -> Iterator[Change]:
    """List what differs question by question, in the order of the newer version."""
    was, now = _placed(old), _placed(new)
    left = [key for key in was if key not in now]
    known = {name for _, name in was}
    for key, (question_set, place) in now.items():
        name = key[1]
        whence = key if key in was else next((each for each in left if each[1] == name), None)
        if whence:
            left = [each for each in left if each != whence]
            before = was[whence]
            moves = place_changes(*before, question_set, place)
            yield from (Change(words, question=name) for words in moves)
            yield from question_changes(before[1], place)
        elif name in known:
            yield Change(f"{name} is now also asked in {question_set.title}.", question=name)
        else:
            yield Change(f"{name} was added to {place.section.title}.", question=name)
    for key in left:
        yield Change(f"{key[1]} was retired from {was[key][0].title}.", question=key[1])


def _placed(tool: Tool) -> Placed:
    return {
        (question_set.id, place.question.id): (question_set, place)
        for question_set in tool.question_sets
        for place in question_set.places
    }
