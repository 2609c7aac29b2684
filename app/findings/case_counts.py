"""Words that look like a count of cases: a small number can tell which family it was.

Only ever a reason to look again. What counts something else is found now and then ("two brothers"
in a title), and a count said in a roundabout way is not found at all.

Public: `counts_in(words) -> tuple[str, ...]`, the phrases as they were typed.
"""

import re
from typing import Final

_UNITS: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORD: Final = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_UNITS[:9])}))?|{'|'.join(_UNITS)}"
    r"|(?:a )?dozen|a couple of|a pair of|both)"
)
_NUMBER: Final = rf"(?:\d{{1,3}}(?:,\d{{3}})*|{_WORD})"
_WHO: Final = (
    r"(?:cases?|child(?:ren)?|young (?:people|persons?)|bab(?:y|ies)|infants?|teenagers?|girls?"
    r"|boys?|siblings?|brothers?|sisters?|famil(?:y|ies)|mothers?|fathers?|parents?|carers?"
    r"|referrals?|files|subjects?|pupils?)"
)
# Words that may stand between a number and whom it counts; an age between them makes it no count.
_BETWEEN: Final = r"(?:(?!years?\b|months?\b|weeks?\b|days?\b|and\b|or\b)[a-z'\u2019-]+ ){0,2}"
_SHARE: Final = (
    r"(?:half|an? (?:third|quarter|fifth)|(?:two|three|four) (?:thirds|quarters|fifths))"
)
_NOT_AFTER: Final = (
    r"(?<!section )(?<!sections )(?<!stage )(?<!tier )(?<!level )(?<!question )(?<!version )"
    r"(?<!year )(?<!page )(?<!part )(?<![\w.,/-])"
)
_ALONE: Final = r"(?:in|for|only|just|about|of|with|from) "
"""What goes before "one" where it counts: "in one case", and not "take one case of yours"."""

_THEM: Final = rf"{_BETWEEN}{_WHO}\b"
_OF: Final = r"(?:of )?(?:the |these |those )?"
_SOME_OF: Final = rf"{_NUMBER} (?:out )?(?:of|in) (?:the |all |these |those )?{_NUMBER}"
_PATTERNS: Final = (
    rf"{_NOT_AFTER}{_SOME_OF}(?: {_BETWEEN}{_WHO})?\b",
    rf"{_NOT_AFTER}\d{{1,3}} ?/ ?\d{{1,3}} {_OF}{_THEM}",
    rf"{_NOT_AFTER}\d{{1,3}}(?:\.\d+)? ?(?:%|per ?cent) {_OF}{_THEM}",
    rf"\b{_SHARE} {_OF}{_THEM}",
    rf"{_NOT_AFTER}{_NUMBER} of (?:the|these|those|our) {_THEM}",
    rf"{_NOT_AFTER}(?!(?:one|1) ){_NUMBER} {_THEM}",
    rf"\b{_ALONE}(?:one|1) {_THEM}",
    r"\bn ?= ?\d+",
)
_COUNT: Final = re.compile("|".join(_PATTERNS), re.IGNORECASE)


def counts_in(words: str) -> tuple[str, ...]:
    """Return the phrases in a text that look like counts of cases, each once, as it was typed.

    >>> counts_in("In 7 of 12 cases the form was late; three children were seen.")
    ('7 of 12 cases', 'three children')
    >>> counts_in("Most children were seen. Take one case of yours to supervision.")
    ()
    """
    found = _COUNT.findall(" ".join(words.split()))
    return tuple(dict.fromkeys(found))
