"""Long lists in pages of fifty."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

ROWS = 50
"""Rows of a list on one page."""

_AROUND = 2


@dataclass(frozen=True)
class Paged(Generic[T]):
    """One page of a list, and the addresses of the others as the pagination macro takes them."""

    rows: Sequence[T]
    total: int
    previous: str | None = None
    next: str | None = None
    pages: tuple[tuple[int, str, bool] | str, ...] = ()


def page_number(typed: str, total: int) -> int:
    """Return the page that an address asks for, kept within the pages that there are.

    >>> page_number("3", 120), page_number("99", 120), page_number("two", 120), page_number("1", 0)
    (3, 3, 1, 1)
    """
    last = max(1, -(-total // ROWS))
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < ROWS else 1
    return min(max(wanted, 1), last)


def paged(rows: Sequence[T], page: int, total: int, address: str) -> Paged[T]:
    """Give one page's rows the links to the others; `address` ends where the number goes.

    >>> [each for each in paged("x" * 50, 1, 400, "/list?page=").pages if isinstance(each, tuple)]
    [(1, '/list?page=1', True), (2, '/list?page=2', False), (3, '/list?page=3', False), (8, '/list?page=8', False)]
    """  # noqa: E501 - a doctest's answer stands on one line
    last = max(1, -(-total // ROWS))
    if last == 1:
        return Paged(rows, total)
    near = {1, last, *range(max(1, page - _AROUND), min(last, page + _AROUND) + 1)}
    pages: list[tuple[int, str, bool] | str] = []
    for number in sorted(near):
        if number > 1 and number - 1 not in near:
            pages.append("…")
        pages.append((number, f"{address}{number}", number == page))
    return Paged(
        rows,
        total,
        previous=f"{address}{page - 1}" if page > 1 else None,
        next=f"{address}{page + 1}" if page < last else None,
        pages=tuple(pages),
    )
