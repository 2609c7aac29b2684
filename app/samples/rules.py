"""How a sample comes about step by step, and how pages name its groups, states and chances."""

from collections.abc import Sequence
from enum import StrEnum

from app.access import NotNow, Unfit
from app.samples.frame import IN_WORDS, Stratum
from app.samples.identifiers import kinds_in


class SubjectState(StrEnum):
    """Whether a subject is audited, waits, or was audited no further."""

    CHOSEN = "chosen"
    RESERVE = "reserve"
    REPLACED = "replaced"

    @property
    def words(self) -> str:
        """The state as pages name it."""
        return "In reserve" if self is SubjectState.RESERVE else self.value.capitalize()


class Progress(StrEnum):
    """How far a strand's sample has come."""

    NO_LIST = "no_list"
    WAITING = "waiting"
    """A list was read, and its columns are to be chosen."""
    IMPORTED = "imported"
    DRAWN = "drawn"


LONGEST_REASON = 500


class RowOvertaken(NotNow):
    """A row that somebody else left out or took back since it was read; it says how it is now."""

    def __init__(self, reason: str | None) -> None:
        now = f"left it out, with the reason “{reason}”" if reason else "took it back"
        super().__init__(f"Somebody else {now}. If your reason is to stand, press the button again")


def stratum_words(stratum: str) -> str:
    """Name a stratum as pages do; what was typed in outside the strata has none.

    >>> stratum_words("section_17"), stratum_words("")
    ('Section 17', 'None given')
    """
    return IN_WORDS[Stratum(stratum)] if stratum in set(Stratum) else "None given"


def group_words(stratum: str, *, re_referred: bool | None) -> str:
    """Name the group of a subject: its stratum, and whether the child was referred again.

    >>> group_words("section_17", re_referred=True)
    'Section 17, re-referred'
    """
    if re_referred is None:
        return stratum_words(stratum)
    return f"{stratum_words(stratum)}, {'re-referred' if re_referred else 'not re-referred'}"


def chance_words(places: int | None, size: int | None) -> str:
    """Say a subject's probability of having been drawn: places of its group, of its group's rows.

    >>> chance_words(5, 1200), chance_words(None, None)
    ('5 of 1,200', 'Not drawn')
    """
    if places is None or size is None:
        return "Not drawn"
    return f"{places:,} of {size:,}"


def check_reason(reason: str, what_for: str) -> str:
    """Refuse a reason with an identifier in it: reasons are part of what a pack says of its sample.

    >>> check_reason("The record is restricted", "Say why")
    'The record is restricted'
    """
    if not reason:
        raise Unfit({"reason": what_for})
    if kinds := kinds_in(reason):
        raise Unfit(
            {
                "reason": f"This looks as if it holds {' and '.join(kinds)}. The reason becomes "
                "part of the statement of the sample: write it so that it says nothing about who."
            }
        )
    return reason


def typed_in_words(reasons: Sequence[str], *, drawn: bool, counts: bool) -> str:
    """State in words which subjects nobody drew.

    Without `counts` no number of cases is told, and no reason: it describes one child's case.

    >>> typed_in_words(["A case that the panel asked for"], drawn=False, counts=True)
    'The one subject was chosen on purpose and typed in, not drawn: what is found speaks for it alone. Reasons: A case that the panel asked for.'
    """  # noqa: E501 - a doctest's answer stands on one line
    if not reasons:
        return ""
    one = len(reasons) == 1 and counts
    verb, them = ("was", "it") if one else ("were", "them")
    told = f" Reasons: {'; '.join(dict.fromkeys(reasons))}." if counts else ""
    if drawn:
        many = ("One subject" if one else f"{len(reasons):,} subjects") if counts else "Subjects"
        return (
            f"{many} besides {verb} chosen on purpose and typed in, not drawn. No chance of being "
            f"chosen is known for {them}, so no rate for the list may count {them}.{told}"
        )
    who = ("The one subject" if one else f"All {len(reasons):,} subjects") if counts else "Subjects"
    return (
        f"{who} {verb} chosen on purpose and typed in, not drawn: what is found speaks for {them} "
        f"alone.{told}"
    )
