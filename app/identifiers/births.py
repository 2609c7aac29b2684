"""Dates of birth in a text: a date beside a word of birth, or one that makes a child's age."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH: Final = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR: Final = r"(?:(?:19|20)\d\d|\d\d)"
_NUMERIC: Final = rf"(?P<d1>\d{{1,2}})(?P<mark>[./-])(?P<m1>\d{{1,2}})(?P=mark)(?P<y1>{_YEAR})"
_ISO: Final = r"(?P<y2>(?:19|20)\d\d)-(?P<m2>\d\d)-(?P<d2>\d\d)"
_WORDED: Final = (
    rf"(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?[\s.-]{{0,2}}{_MONTH.format('m3')}"
    rf"(?:[\s.,-]{{1,3}}(?P<y3>{_YEAR})(?!\d|:))?"
)
_TURNED: Final = (
    rf"{_MONTH.format('m4')}\s(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<y4>(?:19|20)\d\d))?"
)
_DATE: Final = re.compile(
    rf"(?=[\djfmasond])(?<![\w/.-])(?:{_ISO}|{_NUMERIC}|{_WORDED}|{_TURNED})(?![\w])", re.IGNORECASE
)
_LOOSE: Final = re.compile(rf"(?:{_DATE.pattern}|(?<!\w)(?:\d{{6}}|\d{{8}})(?!\w))", re.IGNORECASE)

_BIRTH: Final = re.compile(
    r"(?=[db])(?<!\w)(?:d\.?\s?o\.?\s?b\.?|date\sof\sbirth|birth\s?date|birthdays?)(?!\w)[^\d\n]{0,40}\s{0,2}"
    r"(?=\w)",
    re.IGNORECASE,
)
_BORN: Final = re.compile(
    r"(?=b)(?<!\w)(?<!new-)(?<!new )(?<!still )born(?!\w)"
    r"(?:[\s:,(-]{1,3}(?:on|in|the|at|early|late|around|about)(?!\w)){0,3}[\s:,(=-]{0,3}",
    re.IGNORECASE,
)
_BORN_YEAR: Final = re.compile(r"(?:19|20)\d\d(?!\d)")
_AFTERWARDS: Final = re.compile(r"[\s,;(-]{1,3}(?:d\.?o\.?b|date of birth|birthday)", re.IGNORECASE)

_YOUNGEST, _OLDEST = 3, 18
"""Years: a younger child's date looks like one of the audit itself, and needs a word of birth."""

_ENDED: Final = re.compile(r"[.;!?\n]")
_WORD: Final = re.compile(r"[a-z]+", re.IGNORECASE)
_LOOK_BACK: Final = 30  # characters
_HAPPENED: Final = frozenset(
    """
    after agreed and appointment approved as assessment at attended audit before began begun between
    by case chronology closed closure completed conference contact contacts court created date
    dated decision discussion during entry episode episodes ended event form from guidance held
    history in incident inspection issued last letter log made meeting minutes moved notification
    of on opened order placed plan policy previous protocol published receipt received record
    recorded referral referrals referred report review reviewed seen sent signed since start
    started strategy until till to updated version visit visited
    """.split()
)


def births_in(text: str, today: date) -> int:
    """Count the dates of birth in a text.

    >>> births_in("DOB 3/4/2014; referred on 3 April 2019", date(2026, 11, 27))
    1
    """
    found = set()
    for match in _BIRTH.finditer(text):
        near = _LOOSE.search(text, match.start(), match.end() + _LOOK_BACK)
        if near and near.start() <= match.end():
            found.add(near.start())
    for match in _BORN.finditer(text):
        near = _DATE.match(text, match.end()) or _BORN_YEAR.match(text, match.end())
        if near:
            found.add(near.start())
    for match in _DATE.finditer(text):
        if _AFTERWARDS.match(text, match.end()) or _makes_a_child(text, match, today):
            found.add(match.start())
    return len(found)


def _makes_a_child(text: str, match: re.Match[str], today: date) -> bool:
    """Say whether a date is a child's age ago, and nothing beside it says what happened then."""
    age = _age(match, today)
    if age is None or not _YOUNGEST <= age < _OLDEST:
        return False
    ahead = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    before = _WORD.findall(_ENDED.split(ahead)[-1])[-2:]
    after = [word for word in _WORD.findall(text[match.end() :][:_LOOK_BACK])[:1] if word != "and"]
    return _HAPPENED.isdisjoint(word.casefold() for word in (*before, *after))


def _age(match: re.Match[str], today: date) -> int | None:
    given = next(_parts(match), None)
    if given is None:
        return None
    year, month, day = given
    if year < 100:  # noqa: PLR2004 - two digits
        year += 2000 if year <= today.year % 100 else 1900
    try:
        born = date(year, month, day)
    except ValueError:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _parts(match: re.Match[str]) -> Iterator[tuple[int, int, int]]:
    for place in "1234":
        year, month, day = (match[f"{part}{place}"] for part in "ymd")
        if year and month and day:
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3].casefold()) + 1
            yield int(year), number, int(day)
