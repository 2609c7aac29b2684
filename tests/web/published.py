"""GOV.UK Frontend's published macros, as the oracle for ours.

They need an environment of their own: they look up what is not there, which ours forbids.
"""

from collections.abc import Sequence
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader

published = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    autoescape=True,
    undefined=ChainableUndefined,
)

Node = tuple[str, dict[str, Any], list[Any]] | str


def oracle(component: str, **params: object) -> str:
    """Return what the published macro makes of these parameters."""
    name = "govuk" + component.title().replace("-", "")
    path = f"govuk_frontend_jinja/components/{component}/macro.html"
    source = f'{{% from "{path}" import {name} %}}{{{{ {name}(params) }}}}'
    return published.from_string(source).render(params=params)


def text(words: str, **more: object) -> dict[str, Any]:
    """Return the shape in which the published macros want words."""
    return {"text": words, **more}


def dates(*values: str | None, wrong: Sequence[str] = (), **more: object) -> str:
    """Return the oracle's three boxes, named and numbered as ours are.

    Theirs gives the group an id that nothing can focus; ours gives the day's box that id, so that
    an error summary leads to it.
    """
    parts = (("day", "due", 2), ("month", "due-month", 2), ("year", "due-year", 4))
    boxes = [
        text(
            "",
            name=f"due.{part}",
            id=box,
            label=part.title(),
            value=value,
            classes=f"govuk-input--width-{width}" + " govuk-input--error" * (part in wrong),
        )
        for (part, box, width), value in zip(parts, values, strict=True)
    ]
    html = oracle("date-input", id="due", items=boxes, **more)
    return html.replace('<div class="govuk-date-input" id="due"', '<div class="govuk-date-input"')


def nodes(html: str) -> list[Node]:
    """Return names, attributes and words as a browser has them, without the white space."""
    found = (_node(child) for child in BeautifulSoup(html, "html.parser").contents)
    return [node for node in found if node]


def _node(element: object) -> Node | None:
    if isinstance(element, PreformattedString):
        return None
    if isinstance(element, NavigableString):
        return " ".join(element.split()) or None
    assert isinstance(element, Tag)
    attributes = {
        name: sorted(value) if name == "class" else value
        for name, value in element.attrs.items()
        if value != []
    }
    children = (_node(child) for child in element.contents)
    return element.name, attributes, [node for node in children if node]
