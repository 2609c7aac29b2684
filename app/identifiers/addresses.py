"""Street addresses in a text: a house number before a street."""

import re
from typing import Final

_CAPITAL: Final = (
    r"Road|Rd|Street|St|Lane|Ln|Close|Avenue|Ave|Drive|Way|Crescent|Court|Gardens|Grove|Place"
    r"|Terrace|Hill|Mews|Walk|Row|Square|Green|Rise|View|Parade|Copse|Mead"
)
_WORD: Final = r"[A-Z][\w'\u2019-]{0,24}\.?"
CAPITALISED: Final = re.compile(
    rf"(?=\d)(?<![\w/.-])(?<!\d:)\d{{1,4}}[A-Za-z]?,?\s{{1,2}}(?!(?:Family|Crown|County|Youth|Magistrates|High)\s)"
    rf"(?:{_WORD}\s{{1,2}}){{1,4}}(?:{_CAPITAL})(?!\w)"
)
_TOLD: Final = (
    r"(?:liv(?:es?|ed|ing)|resid(?:es?|ed|ing)|address|home|house|staying|moved)(?!\w)"
    r"(?:\W{1,3}(?:is|was|at|to|of|in|now|with|given|as)(?!\w)){0,3}\W{1,3}"
)
AFTER_A_WORD: Final = re.compile(
    rf"(?<!\w){_TOLD}(?:(?:flat|unit|apartment)\s\w{{1,4}},?\s{{1,2}})?\d{{1,4}}[a-z]?,?\s{{1,2}}"
    rf"(?:[a-z'\u2019-]{{1,25}}\.?\s{{1,2}}){{1,4}}(?:{_CAPITAL})(?!\w)",
    re.IGNORECASE,
)


def addresses_in(text: str) -> int:
    """Count the street addresses in a text.

    >>> addresses_in("Seen at 7a Made Up Road"), addresses_in("lives at 12 heron way")
    (1, 1)
    >>> addresses_in("a 30 minute drive; 9 Family Court hearings")
    0
    """
    found = {match.end() for match in CAPITALISED.finditer(text)}
    return len(found | {match.end() for match in AFTER_A_WORD.finditer(text)})
