"""People's names in sentences: shape first, then what stands around a word, then word lists.

Four things speak for a name: a title before it ("Mrs Fenwick"), who somebody is ("mum (Karen)"), a
word that introduces one ("a girl called Petra"), and a capital in the middle of a sentence that no
word of practice accounts for. In small letters only the first three do, and common first names. A
first name that is a word as well ("Penny") is a name where it begins a sentence and does something.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from app.identifiers.words import (
    AGENCIES,
    AMBIGUOUS,
    FIRST_NAMES,
    KIN,
    OTHERS,
    PRACTICE,
    SMALL,
    THINGS,
)

_WORD: Final = re.compile(r"[^\W\d_]{1,40}(?:['\u2019-][^\W\d_]{1,40}){0,4}")
_STARTS: Final = re.compile(r"[.!?:\n\u2022\u201c\"]|(?:^|\s)[-*]\s|\d[.)]\s")
_TITLES: Final = frozenset(
    "mr mrs ms mx dr prof rev sgt cllr pc pcso dc ps ds insp sir dame".split()
)
_WRITTEN_TITLES: Final = frozenset({"Miss", "PC", "PCSO", "DC", "PS", "DS"})
"""Titles that are other words, or nothing, in small letters."""
_CALLED: Final = frozenset({"called", "named", "alias", "aka", "nicknamed"})
_CALLERS: Final = frozenset("dad father mother mum parent worker".split())
"""Who calls a surgery as often as they are called something."""
_NAME_IS: Final = frozenset({"name", "names"})
_SAYS: Final = frozenset(
    """
    said says told tells rang shouts shouted lives lived disclosed returned wants wanted likes feels
    felt thinks attends attended cried cries stayed stays went goes is was has had
    """.split()
)
_MONTHS: Final = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
_CALLED_AFTER: Final = AGENCIES | THINGS
_ORDINARY: Final = _MONTHS | _CALLED_AFTER | OTHERS | PRACTICE | SMALL


_NO_PERSON: Final = frozenset(
    """
    april art august bob chelsea christian clay crystal dale dell earl flora german glen grant
    hunter iris israel june justice lance may miles norm paris pat pearl pierce prudence ray reed
    rich rock rocky rod rowan royal rusty sage sky stand star sterling sue summer sunny trinity van
    ward warren west wren
    """.split()
)
"""Of the words that are first names too, those that do things without being a person."""
_FIRST_ALONE: Final = FIRST_NAMES - AMBIGUOUS - {"ian", "ling", "max", "mina", "mo", "wei", "yan"}
"""First names that are no other word, nor the end of one: small letters do not hide them."""
_TELLING: Final = _TITLES | KIN | _CALLED | {"miss", "is", "was", "as", "given"}
"""Words that say of the next, or of themselves and the next, that it is a name."""


class _Token(NamedTuple):
    word: str
    fold: str
    before: str
    """What stands between it and the word before."""

    @property
    def capital(self) -> bool:
        return self.word[0].isupper()

    @property
    def acronym(self) -> bool:
        return self.word.isupper() and len(self.word) < _LONG_SURNAME

    @property
    def begins(self) -> bool:
        """Whether it is the first word of a sentence or a line."""
        return bool(_STARTS.search(self.before))


_LONG_SURNAME: Final = 6  # letters of a surname in capitals; shorter ones are abbreviations


def names_in(text: str) -> int:
    """Count what looks like a person's name.

    >>> names_in("Seen with mum (Karen); Mrs Fenwick rang."), names_in("a girl named petra")
    (2, 1)
    >>> names_in("The Named Nurse told Wexcombe Police. Mum called the surgery twice.")
    0
    """
    tokens = _tokens(text)
    found, place, known = 0, 0, 0
    while place < len(tokens):
        token = tokens[place]
        last = tokens[place - 1] if place else None
        telling = token.fold in _TELLING or (
            last is not None and (last.fold in _TELLING or len(last.word) == 1)
        )
        taken = _taken(tokens, place) if telling else 0
        taken = taken or int(_small_name(tokens, place))
        if not taken and place >= known and token.capital:
            run = _run(tokens, place)
            taken = len(run) if _capitalised(tokens, place, run) else 0
            # What stands among words of practice is one of them: "The Front Door".
            known = place + len(run)
        found += taken > 0
        place += taken or 1
    return found


def _tokens(text: str) -> list[_Token]:
    tokens, end = [], 0
    for match in _WORD.finditer(text):
        word = match[0]
        before = text[end : match.start()] if end else f"\n{text[: match.start()]}"
        fold = word.casefold()
        if not fold.isalpha():
            fold = fold.replace("\u2019", "'").removesuffix("'s")
        tokens.append(_Token(word, fold, before))
        end = match.end()
    return tokens


def _taken(tokens: Sequence[_Token], place: int) -> int:
    """Say how many words from here on are a name by what introduces them."""
    if _initialled(tokens, place):
        return 1
    if _titled(tokens, place):
        return 2 + (place + 2 < len(tokens) and _follows(tokens[place + 2]))
    return int(_introduced(tokens, place))


def _initialled(tokens: Sequence[_Token], place: int) -> bool:
    """Say whether a surname stands behind an initial: "J. Okonkwo", "P Nakamura"."""
    token = tokens[place]
    if not place or not token.capital or token.fold in _ORDINARY or len(token.word) == 1:
        return False
    last = tokens[place - 1]
    one = len(last.word) == 1 and last.capital and last.word not in {"A", "I"}
    return one and token.before in {" ", ". ", "."} and not token.acronym


def _small_name(tokens: Sequence[_Token], place: int) -> bool:
    """Say whether a first name that is no other word stands in small letters."""
    token = tokens[place]
    return not token.capital and token.fold in _FIRST_ALONE


def _titled(tokens: Sequence[_Token], place: int) -> bool:
    title = tokens[place]
    known = title.word in _WRITTEN_TITLES or (
        title.fold in _TITLES and title.word not in {"pc", "pcso", "dc", "ps", "ds"}
    )
    if not known or place + 1 == len(tokens):
        return False
    after = tokens[place + 1]
    if after.before.strip(" .\n") or after.fold in _ORDINARY - FIRST_NAMES:
        return (
            len(after.word) == 1
            and after.capital
            and place + 2 < len(tokens)
            and (tokens[place + 2].capital)
        )
    return after.capital or title.fold in {"mr", "mrs", "ms", "dr"}


def _introduced(tokens: Sequence[_Token], place: int) -> bool:
    """Say whether a word is introduced as a name by the one before it, or the two before."""
    token = tokens[place]
    if not place or token.fold in SMALL or token.fold in KIN or token.acronym:
        return False
    last = tokens[place - 1]
    apart = token.before.strip(" ")
    if last.fold in KIN and apart in {"", "(", ",", ":", "'"} and "\n" not in token.before:
        return _after_kin(token, last)
    if apart not in {"", "(", ":", "\u201c", '"'}:
        return False
    if last.fold in _CALLED:
        return _after_called(tokens, place)
    named = place > 1 and tokens[place - 2].fold in _NAME_IS
    return named and last.fold in {"is", "was", "as", "given"} and not _plain(token)


def _after_kin(token: _Token, last: _Token) -> bool:
    if token.capital:
        return token.fold not in _ORDINARY and not last.word.isupper()
    return token.fold.partition("-")[0] in FIRST_NAMES - AMBIGUOUS


def _after_called(tokens: Sequence[_Token], place: int) -> bool:
    token, before = tokens[place], tokens[place - 2] if place > 1 else None
    if _plain(token):
        return False
    if token.capital:
        return True
    said = before is not None and (
        before.fold in {"is", "was", "are", "were", "man", "woman", "boy", "girl", "child", "lady"}
        or before.fold in KIN - _CALLERS
    )
    return said and (
        tokens[place - 1].fold == "called"
        or token.fold in FIRST_NAMES
        or (before is not None and before.fold in {"girl", "boy", "man", "woman"})
    )


def _plain(token: _Token) -> bool:
    return token.fold in _ORDINARY


def _run(tokens: Sequence[_Token], place: int) -> list[_Token]:
    """Take the words with capitals that stand together from here on."""
    run = [tokens[place]]
    for after in range(place + 1, len(tokens)):  # no slice: copying the rest each time adds up
        token = tokens[after]
        initial = token.before == ". " and len(run[-1].word) == 1
        surname_first = token.before == ", " and run[-1].word.isupper()
        together = token.before.isspace() and "\n" not in token.before
        if not token.capital or not (together or initial or surname_first):
            break
        run.append(token)
    return run


def _capitalised(tokens: Sequence[_Token], place: int, run: list[_Token]) -> bool:
    """Say whether words with capitals are a name by themselves."""
    first = run[0]
    words = [token for token in run if not token.acronym and len(token.word) > 1]
    unknown = [token for token in words if token.fold not in _ORDINARY]
    if any(token.fold in _CALLED_AFTER for token in words):
        return False
    if len(run) == 1 and first.begins and _acts(tokens, place, first):
        return True
    if not unknown:
        return False
    known_first = any(
        token.fold in FIRST_NAMES and not (token.fold in AMBIGUOUS and token.begins)
        for token in unknown
    )
    if known_first and len(unknown) * 2 >= len(words):
        return True
    if len(unknown) < len(words):
        return first.fold in _TITLES | KIN
    return not first.begins or len(words) > 1 or _speaks(tokens, place, first)


def _acts(tokens: Sequence[_Token], place: int, first: _Token) -> bool:
    """Say whether a first name that is a word as well begins a sentence and does something."""
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if first.fold not in FIRST_NAMES | AMBIGUOUS or after is None or after.before != " ":
        return False
    does = after.fold in _SAYS or (after.fold.endswith("ed") and not after.capital)
    return does and first.fold not in _NO_PERSON


def _speaks(tokens: Sequence[_Token], place: int, first: _Token) -> bool:
    """Say whether the first word of a sentence is somebody: it owns something, or says it."""
    if first.word.endswith(("'s", "\u2019s")):
        return True
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is not None and after.fold in KIN and after.before in {" (", ", "}:
        return True
    tells = (
        after is not None
        and after.before == " "
        and after.fold in _SAYS - {"is", "was", "has", "had"}
    )
    return tells and not first.fold.endswith(("ing", "ed", "ly", "er", "ist", "ers"))


def _follows(token: _Token) -> bool:
    return token.capital and token.before.isspace()
