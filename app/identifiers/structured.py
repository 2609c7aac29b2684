"""Identifiers with a shape of their own, found anywhere in a text.

Patterns are ours, strict about what surrounds them, and check digits decide where there are any
(python-stdnum). Every repetition is bounded, so the time is in proportion to the text's length.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

from stdnum.gb import nhs, upn

from app.identifiers.kinds import Kind

# The letters a British postcode can start with, so that R10 4AB is a reference and RM10 4AB is not.
AREAS: Final = frozenset(
    """
    AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY
    E EC EH EN EX FK FY G GL GU GX GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE
    LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM
    SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE
    """.split()
)

BEFORE: Final = r"(?<![A-Za-z0-9])"
AFTER: Final = r"(?![A-Za-z0-9])"
_GAP: Final = r"[\s./-]{0,3}"
NHS: Final = re.compile(
    rf"(?=\d)(?:{BEFORE}|(?<=nhs)|(?<=no)|(?<=number))(\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{4}}){AFTER}",
    re.IGNORECASE,
)
UPN: Final = re.compile(rf"{BEFORE}([A-HJ-NP-RT-Z]\d{{11}}[A-HJ-NP-RT-Z\d]){AFTER}", re.IGNORECASE)
POSTCODE: Final = re.compile(
    # "S47 1st meeting" is no address in Sheffield, nor "E2 3rd floor" one in London.
    rf"(?=[A-Z]{{1,2}}\d|GIR){BEFORE}(?!S[14]7\s\d(?:st|nd|rd|th){AFTER})"
    rf"(?:([A-Z]{{1,2}})\d[A-Z\d]?|GIR ?0)"
    rf"[\s.-]{{0,3}}(?!(?-i:1st|2nd|3rd|[04-9]th){AFTER})\d[ABD-HJLNP-UW-Z]{{2}}{AFTER}",
    re.IGNORECASE,
)
# Looked for from its sign: from its first letter, a long word without one would be read again
# from every letter of it.
EMAIL: Final = re.compile(
    r"(?<=[\w.+'-])@(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,8}[a-z]{2,63}", re.IGNORECASE
)
PHONE: Final = re.compile(
    rf"(?=[\d+(]){BEFORE}(?:(?P<abroad>(?:\+|(?<!\d)00)\s?44[\s-]{{0,2}}(?:\(0\)|0)?)[\s-]{{0,2}}(?=[1-9])"
    r"|\(?(?=0[1-35789]\d))"
    r"(?P<rest>\d{2,11}(?:[\s().-]{1,3}\d{2,8}){0,4})"
)
_GROUP: Final = re.compile(r"\d+")
INSURANCE: Final = re.compile(
    # "at 10 11 12 a" is none: small words that begin like one are left out.
    rf"(?=[A-Z]{{2}}[\s-]?\d){BEFORE}(?!BG|GB|NK|KN|TN|NT|ZZ)(?!(?-i:a[mnst]|b[ey]|he|m[aey]|pa|we)\s)"
    r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"(?:\d{6}[A-D]|(?P<gap>[\s-])\d\d(?P=gap)\d\d(?P=gap)\d\d(?P=gap)[A-D]| \d{6} [A-D])"
    rf"{AFTER}",
    re.IGNORECASE,
)


_Finder = Callable[[str], Iterator[object]]


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


def structured_in(text: str) -> dict[Kind, int]:
    """Count each kind of identifier with a shape of its own in a text that is folded already.

    >>> structured_in("seen on the ward, reference 999 000 0000")
    {}
    >>> structured_in("letter to SO99 9ZZ, parent@family.example")
    {<Kind.POSTCODE: 'postcode'>: 1, <Kind.EMAIL: 'e-mail'>: 1}
    """
    if "@" not in text and not any(map(str.isdigit, text)):
        return {}
    counted = {kind: sum(1 for _ in find(text)) for kind, find in _FINDERS.items()}
    return {kind: many for kind, many in counted.items() if many}


def _checked(pattern: re.Pattern[str], valid: Callable[[str], bool]) -> _Finder:
    def find(text: str) -> Iterator[object]:
        for match in pattern.finditer(text):
            if valid(re.sub(r"[\s./-]", "", match[1])):
                yield match

    return find


def _postcodes(text: str) -> Iterator[object]:
    for match in POSTCODE.finditer(text):
        if match[1] is None or match[1].upper() in AREAS:
            yield match


def _phones(text: str) -> Iterator[object]:
    """Find phone numbers: groups that come to ten or eleven digits, whatever is written after."""
    for match in PHONE.finditer(text):
        wanted = {9, 10} if match["abroad"] else {10, 11}
        digits = 0
        groups = list(_GROUP.finditer(match["rest"]))
        if groups[0][0] == match["rest"] and text[match.end() : match.end() + 1].isalnum():
            continue
        for group in groups:
            digits += len(group[0])
            if digits in wanted and (len(groups) > 1 or digits > min(wanted) or match["abroad"]):
                yield match
                break


_FINDERS: Final[dict[Kind, _Finder]] = {
    Kind.NHS: _checked(NHS, nhs.is_valid),
    Kind.UPN: _checked(UPN, upn.is_valid),
    Kind.POSTCODE: _postcodes,
    Kind.EMAIL: EMAIL.finditer,
    Kind.PHONE: _phones,
    Kind.INSURANCE: INSURANCE.finditer,
}
