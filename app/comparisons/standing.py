"""How far each subject of a strand has come: counted for the queue, without a table of answers.

What was sent stays as it is until its response is returned and saved again, which gives it another
version. So which questions the agencies differ on is worked out once per process for what
they have sent, and kept: numbers of questions, never an answer. The first look at a round's queue
reads every cell of it, later looks only the cells of what was sent since
(`python -m tests.bench P5`). Nothing is kept of a closed round, whose answers may be purged.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from sqlmodel import Session

from app.comparisons.blindness import Sight
from app.comparisons.queries import compare_all, decided_in, sides_of
from app.comparisons.rules import Verdict
from app.comparisons.side_by_side import Comparison, Sending, Side
from app.rounds.models import Strand
from app.rounds.rules import Stage
from app.samples.models import Subject
from app.tools import AgencyKind

WHAT_DIFFERS = "what differs"
"""Under this name it is kept, for each question set of each version of a tool."""
_MOST_KEPT = 20_000
"""Subjects whose differences are remembered."""


class Standing(NamedTuple):
    """What the agencies sent about one subject, and what the panel has decided of it."""

    sent: int
    agencies: int
    differ: int
    agreed: int
    left: int
    """Differences that the panel has still to decide."""


class _Compared(NamedTuple):
    """The questions of one subject, by number: those that somebody was asked, and that differ."""

    asked: frozenset[int]
    differing: frozenset[int]
    to_decide: frozenset[int]
    """Those that differ and are still asked: what is over waits for nobody. Whether the panel has
    decided them is not kept, since that changes while nothing is sent."""


Sent = tuple[tuple[AgencyKind, Sending | None, int | None], ...]
T = TypeVar("T")


class Kept(NamedTuple, Generic[T]):
    """Something that is worked out of what was sent about a subject, and the name it is kept by."""

    name: str
    of: Callable[[Comparison], T]


def standings(
    session: Session, sight: Sight, strand: Strand, subjects: Sequence[Subject]
) -> dict[int, Standing]:
    """Count for each of the subjects, all of them open to whoever asks."""
    found = worked_out(session, sight, strand, subjects, Kept(WHAT_DIFFERS, _compared))
    decided = decided_in(session, list(found))
    return {
        key: _standing(sides, compared, decided.get(key, frozenset()))
        for key, (sides, compared) in found.items()
    }


def worked_out(
    session: Session, sight: Sight, strand: Strand, subjects: Sequence[Subject], kept: Kept[T]
) -> dict[int, tuple[Sequence[Side], T]]:
    """Return what is worked out of each subject, beside its agencies; most of it is known."""
    keys = [subject.id or 0 for subject in subjects]
    sides, known = sides_of(session, keys), _known(session, sight, strand, kept)
    sent = {key: _sent(sides.get(key, ())) for key in keys}
    found = {key: known[sent[key]] for key in keys if sent[key] in known}
    new = [subject for subject in subjects if (subject.id or 0) not in found]
    if new:
        laid = compare_all(session, sight, strand, new)
        found |= {key: kept.of(comparison) for key, comparison in laid.items()}
        _keep(session, known, laid, found)
    return {key: (sides.get(key, ()), found[key]) for key in keys}


def _standing(sides: Sequence[Side], compared: _Compared, decided: Collection[int]) -> Standing:
    return Standing(
        sent=sum(side.sending is not None for side in sides),
        agencies=len(sides),
        differ=len(compared.differing),
        agreed=len(compared.asked.intersection(decided)),
        left=len(compared.to_decide.difference(decided)),
    )


def _keep(
    session: Session,
    known: dict[Sent, T],
    laid: Mapping[int, Comparison],
    found: Mapping[int, T],
) -> None:
    """Keep what was found of those subjects that nobody changed in the meantime."""
    afterwards = sides_of(session, list(laid))
    if len(known) + len(laid) > _MOST_KEPT:
        known.clear()
    for key, comparison in laid.items():
        if comparison.sides == tuple(afterwards.get(key, ())):
            known[_sent(comparison.sides)] = found[key]


def _compared(comparison: Comparison) -> _Compared:
    differing = [row.line for row in comparison.rows if row.verdict is Verdict.DIFFERS]
    return _Compared(
        frozenset(row.line.number for row in comparison.rows),
        frozenset(line.number for line in differing),
        frozenset(line.number for line in differing if not line.section.over),
    )


def _sent(sides: Iterable[Side]) -> Sent:
    """Tell what the agencies have sent from anything else that they might have sent."""
    return tuple((side.kind, side.sending, side.under) for side in sides)


def _known(session: Session, sight: Sight, strand: Strand, kept: Kept[T]) -> dict[Sent, T]:
    if sight.round.stage == Stage.CLOSED:
        return {}
    cache: dict[object, dict[Sent, T]] = session.info["cache"]
    return cache.setdefault((kept.name, sight.round.tool_version_id, strand.question_set), {})
