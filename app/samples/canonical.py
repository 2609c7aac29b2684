"""The frame as bytes: one way to write it, so that its digest means the same on any machine.

The rows that may be drawn (after exclusions), sorted by the UTF-8 bytes of their references in
Unicode normal form C; each row one compact JSON array and a line feed:
`["HM-000123","section_47","2025-08-14","2025-06-01",true]` (reference, outcome, received,
previous or null, re-referred). The digest is SHA-256 of that, so it does not depend on the file,
its format, or the order of its rows.

Public: `canonical(frame) -> bytes`, `digest(frame) -> str`, `in_order(frame)`, `normal(reference)`,
`lasting(reference)`.
"""

import json
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from app.samples.frame import Referral

NOT_LASTING: Final = (
    "has a character that some computers do not know, such as an emoji. Use letters, digits and "
    "simple signs."
)


def normal(reference: str) -> str:
    """Write a reference in Unicode normal form C: é is one letter, however it was typed."""
    return unicodedata.normalize("NFC", reference)


def lasting(reference: str) -> bool:
    """Say whether every character has been in Unicode since 3.2, so that C is the same everywhere.

    Machines know different versions of Unicode; what normal form C does to a character is fixed
    once the character exists, and not before.

    >>> lasting("HM-1"), lasting(chr(0x1F600))
    (True, False)
    """
    known = unicodedata.ucd_3_2_0
    return all(known.category(character) not in {"Cn", "Cs"} for character in reference)


def in_order(frame: Iterable[Referral]) -> list[Referral]:
    """Sort the rows by reference, byte by byte."""
    return sorted(frame, key=lambda referral: normal(referral.reference).encode())


def canonical(frame: Iterable[Referral]) -> bytes:
    r"""Write the kept rows of a frame in the one way that is digested.

    >>> from datetime import date
    >>> from app.samples.frame import Stratum
    >>> row = Referral("HM-1", Stratum.EARLY_HELP, date(2025, 8, 14), None, False)
    >>> canonical([row])
    b'["HM-1","early_help","2025-08-14",null,false]\n'
    """
    return "".join(f"{_line(referral)}\n" for referral in in_order(frame)).encode()


def digest(frame: Iterable[Referral]) -> str:
    """Take the fingerprint of a frame: 64 hexadecimal digits, the same only for the same rows."""
    return sha256(canonical(frame)).hexdigest()


def _line(referral: Referral) -> str:
    previous = referral.previous.isoformat() if referral.previous else None
    row = [
        normal(referral.reference),
        str(referral.outcome),
        referral.received.isoformat(),
        previous,
        referral.re_referred,
    ]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))
