"""Identifiers with a shape of their own: found anywhere in a text, named by kind, never repeated.

Patterns are ours, strict about what surrounds them, and check digits decide where there are any
(python-stdnum). Nothing here keeps or returns what it matched.

Public: `kinds_in(text) -> tuple[str, ...]` in words for a person, and `folded(text)`.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from stdnum.gb import nhs, upn

# The letters a British postcode can start with, so that R10 4AB is a reference and RM10 4AB is not.
AREAS: Final = (
    "AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT "
    "DY "
    "E EC EH EN EX FK FY G GL GU GX GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD "
    "LE "
    "LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL "
    "SM "
    "SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
).split()

BEFORE: Final = r"(?<![A-Za-z0-9])"
AFTER: Final = r"(?![A-Za-z0-9])"
NHS: Final = re.compile(
    rf"(?:{BEFORE}|(?<=nhs)|(?<=no)|(?<=number))"
    rf"(\d{{3}}[ ./-]{{0,2}}\d{{3}}[ ./-]{{0,2}}\d{{4}}){AFTER}",
    re.IGNORECASE,
)
UPN: Final = re.compile(rf"{BEFORE}([A-HJ-NP-RT-Z]\d{{11}}[A-HJ-NP-RT-Z\d]){AFTER}", re.IGNORECASE)
POSTCODE: Final = re.compile(
    # "S17 1st visit" is no address in Sheffield.
    rf"{BEFORE}(?!S(?:17|47) \d(?:st|nd|rd|th){AFTER})(?:(?:{'|'.join(AREAS)})\d[A-Z\d]?|GIR ?0)"
    rf"[ .-]{{0,3}}\d[ABD-HJLNP-UW-Z]{{2}}{AFTER}",
    re.IGNORECASE,
)
EMAIL: Final = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[a-z]{2,}", re.IGNORECASE)
PHONE: Final = re.compile(
    rf"{BEFORE}(?:(?:\+|00)44[ ()0-]*[1-9](?:[ ()-]*\d){{8,9}}"
    rf"|\(?0[1-35789](?:[ ()-]*\d){{9}}|\(?01\d{{3}}\)?[ -]\d{{5}}){AFTER}"
)
INSURANCE: Final = re.compile(
    rf"{BEFORE}(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    rf"[ ]?\d{{2}}[ ]?\d{{2}}[ ]?\d{{2}}[ ]?[A-D]{AFTER}",
    re.IGNORECASE,
)
BIRTH: Final = re.compile(
    rf"{BEFORE}(?:d\.?o\.?b\.?|born|date of birth|birthday)[ :=-]*(?:on |in )?\d", re.IGNORECASE
)
HOUSE: Final = re.compile(
    r"(?:^|[,;] ?)(?:(?:flat|unit|apartment) \w{1,4},? )?\d{1,4}[a-z]?,? (?:[a-z'\u2019.-]+ ){1,4}"
    r"(?:street|st|road|rd|avenue|ave|lane|close|drive|way|crescent|court|gardens|grove|place|terrace"
    rf"|hill|mews|walk|row|square|green|rise|view|parade|copse|mead){AFTER}",
    re.IGNORECASE,
)


def folded(text: str) -> str:
    """Fold look-alikes (wide digits, odd spaces, joiners) so that disguise does not hide a number.

    >>> folded(chr(0xFF19) + chr(0x200B) + "9 000")
    '99 000'
    """
    if text.isascii():
        return text
    folds = unicodedata.normalize("NFKC", text)
    plain = "".join(_plain(c) for c in folds if unicodedata.category(c) != "Cf")
    return plain.translate({0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2013: "-", 0x2212: "-"})


def _plain(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def _numbers(pattern: re.Pattern[str], valid: Callable[[str], bool]) -> Callable[[str], bool]:
    def found(text: str) -> bool:
        return any(valid(re.sub(r"[ ./-]", "", match[1])) for match in pattern.finditer(text))

    return found


def _holds(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.search(text) is not None


KINDS: Final[dict[str, Callable[[str], bool]]] = {
    "NHS numbers": _numbers(NHS, nhs.is_valid),
    "unique pupil numbers": _numbers(UPN, upn.is_valid),
    "postcodes": _holds(POSTCODE),
    "e-mail addresses": _holds(EMAIL),
    "phone numbers": _holds(PHONE),
    "National Insurance numbers": _holds(INSURANCE),
    "dates of birth": _holds(BIRTH),
    "addresses": _holds(HOUSE),
}


def kinds_in(text: str) -> tuple[str, ...]:
    """Name the kinds of identifier a text holds; an empty tuple for nearly every cell of a list.

    >>> kinds_in("seen on the ward, reference 999 000 0000")
    ()
    >>> kinds_in("letter to SO99 9ZZ, parent@family.example")
    ('postcodes', 'e-mail addresses')
    """
    text = folded(text)
    if "@" not in text and not any(map(str.isdigit, text)):
        return ()
    return tuple(kind for kind, found in KINDS.items() if found(text))
