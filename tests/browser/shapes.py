"""Telling pages of a new shape from those that only have other words in them."""

import re

_NAMES = re.compile(r"\b[A-Z2-9]{10}\b|(?<=/comparison/)\w+|(?<=/results/)\w+|(?<=/sections/)\w+")
"""What an address names: a reference, a question, a section."""

_ELEMENT = re.compile(r"<[a-z][^<>]*>")
_VALUE = re.compile(r'\s(?!class=|type=|role=)([a-z-]+)="[^"]*"')
"""An attribute of which it matters that it is there, and not what only this element says."""


class Shapes:
    """What was checked already: addresses, names apart, and the elements of their pages."""

    def __init__(self) -> None:
        self._addresses: set[str] = set()
        self._elements: set[str] = set()

    def new(self, address: str, html: str) -> bool:
        """Say whether an address or an element of its page is unlike all before."""
        where = _NAMES.sub("*", address.partition("?")[0])
        main = html.partition("<main")[2].partition("</main>")[0]
        elements = {_VALUE.sub(r" \1", each) for each in _ELEMENT.findall(main)}
        fresh = where not in self._addresses or not elements <= self._elements
        self._addresses.add(where)
        self._elements |= elements
        return fresh
