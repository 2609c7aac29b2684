"""The responses behind one question's result, under what they said."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session

from app.comparisons.blindness import Sight
from app.comparisons.queries import compare_all, subjects_in_sight
from app.comparisons.sheet import Line
from app.db import key_of
from app.findings.result_pages import Behind, Group, Looking
from app.rounds.models import Strand
from app.tools import ABSENCES, Answer, Coded, Question, State
from app.web.paging import ROWS

IN_ITS_OWN_WORDS = "In words: open it to read"


def behind(
    session: Session, sight: Sight, strand: Strand, line: Line, looking: Looking, at: str
) -> tuple[tuple[str, tuple[Behind, ...]], ...]:
    """Group the responses by what they said: answers as the list has them, then absences.

    `looking` leaves out the agencies and the strata that the number did not count.
    """
    found = [
        each
        for each in subjects_in_sight(session, sight)
        if each.strand.id == strand.id and looking.stratum in {"", each.subject.stratum}
    ]
    compared = compare_all(session, sight, strand, [each.subject for each in found])
    said: dict[str, list[Behind]] = defaultdict(list)
    for each in found:
        comparison = compared[key_of(each.subject)]
        row = comparison.row(line.question.id)
        name = each.name(comparison.sheet.question_set)
        href = f"{at}/subjects/{each.subject.ref}/comparison/{line.question.id}"
        for side, _, answer in comparison.answers(row) if row else ():
            if answer is not None and looking.agency in {"", side.ref}:
                for words in _counted_as(line.question, answer):
                    said[words].append(Behind(side.agency, name, href))
    places = {words: place for place, words in enumerate(_in_order(line.question))}
    in_order = sorted(said, key=lambda words: (places.get(words, -1), words))
    return tuple((words, tuple(sorted(said[words], key=_place))) for words in in_order)


def on_page(groups: Sequence[tuple[str, tuple[Behind, ...]]], number: int) -> list[Group]:
    """Show one page's worth of the responses, each answer with how many gave it in all.

    >>> given = [("Yes", ("a",) * 49), ("No", ("b",) * 3)]
    >>> [(group.words, group.responses, len(group.rows)) for group in on_page(given, 1)]
    [('Yes', 49, 49), ('No', 3, 1)]
    >>> [(group.words, group.responses, len(group.rows)) for group in on_page(given, 2)]
    [('No', 3, 2)]
    """
    shown, start = [], 0
    first, after = (number - 1) * ROWS, number * ROWS
    for words, rows in groups:
        here = rows[max(0, first - start) : max(0, after - start)]
        if here:
            shown.append(Group(words, len(rows), here))
        start += len(rows)
    return shown


def _counted_as(question: Question, answer: Answer) -> list[str]:
    """Return the rows of the result in which an answer counts: several where it chose several."""
    if isinstance(question, Coded) and answer.chosen:
        return [question.labels[option] for option in answer.chosen]
    return [question.show(answer) or IN_ITS_OWN_WORDS]


def _in_order(question: Question) -> list[str]:
    """Return what an answer to a question can say, in the order of its list, then absences."""
    labels = list(question.labels.values()) if isinstance(question, Coded) else []
    return [*labels, *map(question.state_words, (*ABSENCES, State.NOT_ANSWERED))]


def _place(row: Behind) -> tuple[str, str]:
    return row.agency, row.name
