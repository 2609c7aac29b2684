"""Whether a text looks like a person's name: shape first, then short word lists of our own.

A list of every name is impossible and would be unkind to the unusual ones; so shape decides
(capitalised words; SURNAME, First), words of agencies, places and decisions speak against it, and
common first names speak for it, even in the middle of other words ("closed by ...").

Public: `likeness(text) -> Likeness`, and `letters_of(text)`, the words by which names vary.
"""

import re
from enum import IntEnum
from itertools import pairwise
from typing import Final

from app.identifiers.words import AGENCIES, FIRST_NAMES, OTHERS


class Likeness(IntEnum):
    """How much a text looks like a person's name."""

    NONE = 0
    WORD = 1  # one capitalised word that nothing speaks against
    WORDS = 2  # two or more of them
    FIRST_NAME = 3  # one word, and it is a common first name
    NAME = 4


NOT_NAMES: Final = AGENCIES | OTHERS

TITLE: Final = re.compile(
    r"(?<![^\W_])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Rev|Sgt|MR|MRS|MS|MISS|DR|PC|DC|PS|DS)\.? "
    r"([A-Z][\w\u2019'-]+)(?:,? ([\w]+))?"
)
# Bounded, or many words with a comma after each would be read again from each of them.
LISTED: Final = re.compile(r"([^\W\d_][\w'\u2019 -]{0,60}),\s{0,3}([^\W\d_][\w'\u2019 .-]{0,60})")
WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
JOINING: Final = str.maketrans("", "", "'\u2019-.")
APART: Final = re.compile(r"[\s,;/_()\[\]&+]+|-(?=\d)|(?<=\d)-|(?<=\w\w)\.(?=\w\w)")
MOST_WORDS: Final = 4
MOST_LOOSE_WORDS: Final = 7
SHORT: Final = 4  # letters: below, a single word is as likely an abbreviation


def likeness(text: str) -> Likeness:
    """Say how much a cell looks like a person's name.

    >>> likeness("Section 47"), likeness("Larkhill Primary School")
    (<Likeness.NONE: 0>, <Likeness.NONE: 0>)
    >>> likeness("MARLOWE, Tansy"), likeness("closed by Grace Okonjo-Bell")
    (<Likeness.NAME: 4>, <Likeness.NAME: 4>)
    """
    if not text or text.isdecimal():
        return Likeness.NONE
    if " " in text and (_titled(text) or _inside(text)):
        return Likeness.NAME
    words = text.replace(",", " ").split()
    bare = {word.strip(".'\u2019\"()").casefold() for word in words}
    if (bare - {"and"}) & NOT_NAMES:
        return Likeness.NONE
    plain = all(word.translate(JOINING).isalpha() for word in words)
    tidy = len(words) <= MOST_WORDS and plain and "and" not in bare
    return (_of_words(text, words, bare) if tidy else Likeness.NONE) or _loosely(text)


def letters_of(text: str) -> tuple[str, ...]:
    """Take the words of a cell without numbers, dates and marks: of "HM-000123" only "hm" is left.

    >>> letters_of("Tansy Marlowe (5)"), letters_of("HM-000123")
    (('tansy', 'marlowe'), ('hm',))
    """
    return tuple(word.casefold() for word in APART.split(text) if word and not word.isdecimal())


def _loosely(text: str) -> Likeness:
    """Find names in small letters, with an age or a date beside them, or several in one cell."""
    words = [word for word in letters_of(text) if word != "and"]
    if not 0 < len(words) <= MOST_LOOSE_WORDS or not NOT_NAMES.isdisjoint(words):
        return Likeness.NONE
    if not all(word.translate(JOINING).isalpha() for word in words):
        return Likeness.NONE
    if not FIRST_NAMES.isdisjoint(words):
        return Likeness.FIRST_NAME
    long = any(len(word) >= SHORT for word in words) or not text.isascii()
    return Likeness.WORD if long else Likeness.NONE


def _titled(text: str) -> bool:
    """Find a title and a name, unless a surgery or a school is called after somebody."""
    for found in TITLE.finditer(text):
        possessive = found[1].endswith(("'s", "\u2019s", "s'", "s\u2019"))
        if not possessive and (found[2] or "").casefold() not in AGENCIES:
            return True
    return False


def _inside(text: str) -> bool:
    """Find a common first name with a capitalised word after it, where no agency is named."""
    words = WORD.findall(text)
    bare = [word.casefold() for word in words]
    if not AGENCIES.isdisjoint(bare):
        return False
    return any(
        one in FIRST_NAMES and other not in OTHERS and not words[place + 1][0].islower()
        for place, (one, other) in enumerate(pairwise(bare))
    )


def _of_words(text: str, words: list[str], bare: set[str]) -> Likeness:
    capitalised = not any(word[0].islower() for word in words)
    if len(words) == 1:
        if bare & FIRST_NAMES:
            return Likeness.FIRST_NAME
        return Likeness.WORD if capitalised and len(text) >= SHORT else Likeness.NONE
    if bare & FIRST_NAMES:
        return Likeness.NAME
    listed = LISTED.fullmatch(text)
    if listed and capitalised and listed[1].isupper() and not listed[2].isupper():
        return Likeness.NAME
    return Likeness.WORDS if capitalised else Likeness.NONE
