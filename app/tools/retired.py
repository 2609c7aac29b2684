"""What a round that has moved to a newer version of its tool still holds of the older ones.

Answers outlive the questions that drew them out. A round that has moved asks what its newer version
asks, and nothing else; but what the older one asked and the newer no longer does stays beside it in
sections that are *over*: asked of nobody, and known by its words, its options and its place, so
that every answer given to it can be read, compared, counted apart and taken away. Pure, like all of
the engine: two definitions go in, and one comes out.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from app.tools.change import Named, by_id
from app.tools.schema import QuestionSet, Section, Tool

OVER = "No longer asked"
"""How pages name what is over."""

PREFIX = "~"
"""What the id of a section that is over begins with; the rest is the id it was asked under."""

Kept = TypeVar("Kept", bound=Named)


def id_when_asked(section: str) -> str:
    """Return the id under which a section is asked, or was before it was over.

    >>> id_when_asked("~health"), id_when_asked("health")
    ('health', 'health')
    """
    return section.removeprefix(PREFIX)


def with_retired(old: Tool, new: Tool) -> Tool:
    """Return the newer version with everything that only the older one asked, marked as over.

    The older one may itself hold what is over from versions before it. What the newer version asks
    again is asked again. Question sets of the older version that the newer has no more stay whole.
    """
    if old.slug != new.slug:
        raise ValueError(f"{old.slug} and {new.slug} are two tools, not two versions of one")
    kept = [_set_with_retired(old.question_set.get(each.id), each) for each in new.question_sets]
    gone = [_all_over(each) for each in old.question_sets if each.id not in new.question_set]
    made = Tool.model_construct(
        new.model_fields_set,
        **{
            **{name: getattr(new, name) for name in Tool.model_fields},
            "themes": _and_gone(new.themes, old.themes),
            "frameworks": _and_gone(new.frameworks, old.frameworks),
            "scales": _and_gone(new.scales, old.scales),
            "question_sets": (*kept, *gone),
        },
    )
    made.remember(old)
    return made


def _and_gone(new: Sequence[Kept], old: Sequence[Kept]) -> tuple[Kept, ...]:
    """Add what only the older version had: what is over still leans on it."""
    known = by_id(new)
    return (*new, *(each for each in old if each.id not in known))


def _set_with_retired(old: QuestionSet | None, new: QuestionSet) -> QuestionSet:
    if old is None:
        return new
    asked = {question.id for question in new.questions}
    return _put(old, new, (*new.sections, *_sections_over(old.sections, asked)))


def _all_over(old: QuestionSet) -> QuestionSet:
    """Keep a question set that the newer version no longer has: nothing of it is asked."""
    return _put(old, old, tuple(_sections_over(old.sections, set())))


def _sections_over(sections: Iterable[Section], asked: set[str]) -> Iterator[Section]:
    """Yield each section with those of its questions that are asked no more, marked as over."""
    found: dict[str, list[Section]] = {}
    for section in sections:
        found.setdefault(id_when_asked(section.id), []).append(section)
    for name, parts in found.items():
        left = {q.id: q for part in parts for q in part.questions if q.id not in asked}
        if not left:
            continue
        title = parts[0].title.removeprefix(f"{OVER}: ")
        made = Section.model_construct(
            None,
            **{
                **{field: getattr(parts[0], field) for field in Section.model_fields},
                "id": f"{PREFIX}{name}",
                "title": f"{OVER}: {title}",
                "questions": tuple(left.values()),
            },
        )
        made.end()
        yield made


def _put(old: QuestionSet, new: QuestionSet, sections: tuple[Section, ...]) -> QuestionSet:
    values = {name: getattr(new, name) for name in QuestionSet.model_fields}
    made = QuestionSet.model_construct(new.model_fields_set, **{**values, "sections": sections})
    made.remember(old)
    return made
