"""The page on which a list's columns are chosen, and the preview of what they give."""

from collections import Counter
from collections.abc import Mapping, Sequence

from app.access import Unfit
from app.samples.forms import MOST_OUTCOMES, Columns
from app.samples.frame import IN_WORDS, STRATA, Referral
from app.samples.lists import Column, ReadList
from app.samples.mapping import key, suggest, suggest_outcome
from app.samples.models import Frame, UploadedList
from app.samples.overview import group_table
from app.samples.pages import ColumnRow, ColumnsPage, Hidden, ImportPage, OutcomeWord
from app.samples.queries import Counted, Sampled
from app.samples.referrals import RowProblems
from app.web.filters import moment

EXAMPLES = 3
LONGEST_EXAMPLE = 40
PROBLEMS = 50
"""Sentences about rows on one page."""

PARTS = ("reference", "outcome", "received", "previous", "re_referred")


def columns_page(
    view_at: str, sampled: Sampled, waiting: UploadedList, content: ReadList, given: Columns
) -> ColumnsPage:
    """Show a waiting list's columns, and what has been chosen for each so far."""
    return ColumnsPage(
        at=view_at,
        list_at=f"{view_at}/list/{waiting.ref}",
        strand_title=sampled.strand.title,
        file_name=waiting.file_name,
        rows=len(content.rows),
        notes=content.notes,
        columns=tuple(_row(column) for column in content.columns),
        choices=tuple((c.letter, f"{c.letter}: {c.heading}") for c in content.kept),
        strata=tuple((s.value, IN_WORDS[s]) for s in STRATA),
        chosen={part: str(getattr(given, part)) for part in (*PARTS, "window", "outcomes_of")},
        outcome_words=_outcome_words(content, given),
        errors={},
        ids={},
        problems=(),
        problems_total=0,
        problems_from=0,
        more=(),
        hidden=(),
    )


def suggested(content: ReadList) -> Columns:
    """Return what the product would choose, for a person to confirm."""
    found = suggest(content.columns)
    words = [stratum or "" for _, stratum in found.outcomes]
    chosen = {part: getattr(found, part) or "" for part in PARTS}
    if len(words) > MOST_OUTCOMES:
        return Columns(**chosen | {"outcome": ""})
    return Columns(**chosen, outcomes_of=found.outcome or "", stands_for=words)


def with_words_of(content: ReadList, given: Columns) -> Columns:
    """Return a choice whose outcomes follow the column now chosen, suggested where they do not."""
    words = given.words(content)
    if given.outcomes_of == given.outcome and len(given.stands_for) == len(words):
        return given
    known = words if len(words) <= MOST_OUTCOMES else ()
    guesses = [suggest_outcome(word) or "" for word in known]
    return given.model_copy(update={"outcomes_of": given.outcome, "stands_for": guesses})


def ids_of(errors: Mapping[str, str]) -> dict[str, str]:
    """Say which element each problem of the columns is about."""
    return {name: "columns" if name == "" else name for name in errors}


def refused(problems: RowProblems) -> None:
    """Raise what is wrong with the choice itself, before any row is looked at."""
    about_choice = [one.what for one in problems.problems if one.row is None]
    if about_choice:
        names = [_field(sentence, place) for place, sentence in enumerate(about_choice)]
        raise Unfit(dict(zip(names, about_choice, strict=True)))


def _field(sentence: str, place: int) -> str:
    for start, field in (
        ("Choose the column with each referral's reference", "reference"),
        ("Choose the column with the outcome", "outcome"),
        ("Choose the column with the date each", "received"),
        ("Choose the column with the date of the previous", "previous"),
        ("Choose either", "previous"),
    ):
        if sentence.startswith(start):
            return field
    return f"columns-{place}"


def problem_page(sentences: Sequence[str], wanted: str) -> dict[str, object]:
    """Return one page of sentences about rows, with the buttons to the others."""
    last = -(-len(sentences) // PROBLEMS)
    page = min(int(wanted), last) if wanted.isascii() and wanted.isdigit() and int(wanted) else 1
    begin = (page - 1) * PROBLEMS
    more = [
        (str(number), _numbered(number, len(sentences)))
        for number in _near(page, last)
        if number != page
    ]
    return {
        "problems": tuple(sentences[begin : begin + PROBLEMS]),
        "problems_total": len(sentences),
        "problems_from": begin + 1,
        "more": tuple(more),
    }


def _numbered(page: int, total: int) -> str:
    return f"Problems {(page - 1) * PROBLEMS + 1:,} to {min(page * PROBLEMS, total):,}"


def _near(page: int, last: int) -> list[int]:
    return sorted({1, last, page - 1, page + 1} & set(range(1, last + 1)))


def hidden_fields(given: Columns) -> Hidden:
    """Carry a choice of columns unseen to the next step."""
    plain = [(name, str(getattr(given, name))) for name in (*PARTS, "window", "outcomes_of")]
    return (*plain, *(("stands_for", str(stratum)) for stratum in given.stands_for))


def import_page(
    page: ColumnsPage,
    content: ReadList,
    given: Columns,
    rows: Sequence[Referral],
    before: Frame | None,
) -> ImportPage:
    """Show what importing a list would give."""
    received = [row.received for row in rows]
    kept = Counter((row.outcome, row.re_referred) for row in rows)
    used = {getattr(given, part) for part in PARTS}
    replaced = f"the list imported on {moment(before.imported_at)}" if before else ""
    return ImportPage(
        list_at=page.list_at,
        strand_title=page.strand_title,
        rows=len(rows),
        first=min(received),
        last=max(received),
        groups=group_table(Counted(len(rows), kept, ())),
        not_needed=tuple(c.heading for c in content.kept if c.letter not in used),
        same=False,
        before=replaced,
        hidden=(*hidden_fields(given), ("replaces", before.ref if before else "")),
    )


def _row(column: Column) -> ColumnRow:
    if not column.kept:
        return ColumnRow(column.letter, column.heading, kept=False, words=_sentence(column.reason))
    values = list(dict.fromkeys(cell for cell in column.cells if cell))[:EXAMPLES]
    shown = [v if len(v) <= LONGEST_EXAMPLE else f"{v[:LONGEST_EXAMPLE]}…" for v in values]
    return ColumnRow(column.letter, column.heading, kept=True, words="; ".join(shown) or "Empty")


def _sentence(reason: str) -> str:
    return f"It {reason}."


def _outcome_words(content: ReadList, given: Columns) -> tuple[OutcomeWord, ...]:
    words = given.words(content)
    if not words or len(words) > MOST_OUTCOMES or len(given.stands_for) != len(words):
        return ()
    many = Counter(key(cell) for cell in content.column(given.outcome).cells)
    return tuple(
        OutcomeWord(word, many[key(word)], str(stratum))
        for word, stratum in zip(words, given.stands_for, strict=True)
    )
