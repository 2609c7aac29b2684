"""What is wrong with a definition's shape, in sentences for the person who writes it.

pydantic finds a key that is missing, misspelt or of the wrong type, and says so in its own words.
Here each of those becomes a sentence that says what to write instead.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.tools.asking import Reference
from app.tools.blocks import Block, BlockUse
from app.tools.checks import Fault, Faults, Path, instead
from app.tools.coded import Option
from app.tools.conditions import All, AnyOf, OneOf
from app.tools.kinds import KINDS
from app.tools.parts import AgencyKind
from app.tools.scales import Level, Scale
from app.tools.schema import Framework, NamedSubject, QuestionSet, Section, Theme, Tool

_PARTS: Mapping[str, tuple[str, type[BaseModel]]] = {
    "tool": ("an audit tool", Tool),
    "block": ("a block", Block),
    "use": ("the use of a block", BlockUse),
    "frameworks": ("a framework", Framework),
    "themes": ("a theme", Theme),
    "scales": ("a scale", Scale),
    "levels": ("a level", Level),
    "question_sets": ("a question set", QuestionSet),
    "subjects": ("a subject", NamedSubject),
    "sections": ("a section", Section),
    "options": ("an option", Option),
    "references": ("a reference", Reference),
    "question": ("a condition", OneOf),
    "all": ("a condition", All),
    "any": ("a condition", AnyOf),
    **{kind: (f"a {kind} question", model) for kind, model in KINDS.items()},
}
"""What stands under each key, or kind of question, and which keys it may have."""

_WRITTEN_BY_HAND = frozenset({"block"})
"""Keys of a question that no author writes."""


def sentences(error: ValidationError, top: str) -> Iterator[Fault]:
    """Turn everything pydantic found in a definition into faults with their places.

    `top` says what the whole definition is: "tool", "block" or "use".
    """
    for each in error.errors(include_url=False):
        if isinstance(found := each.get("ctx", {}).get("error"), Faults):
            yield from found.found
        elif not _echo(each):
            yield Fault(each["loc"], _WORDS.get(each["type"], _anything)(each, top))


def _echo(error: ErrorDetails) -> bool:
    """Tell a list that is short only because its entries are wrong, which is said of each."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _thing(path: Path, top: str) -> tuple[str, type[BaseModel]]:
    """Name the innermost part of a tool that a path goes through."""
    names = (step for step in reversed(path) if isinstance(step, str) and step in _PARTS)
    return _PARTS[next(names, top)]


def _key(error: ErrorDetails) -> str:
    """Name the key that an error is about, or the list it is an entry of."""
    names = [step for step in error["loc"] if isinstance(step, str) and step not in KINDS]
    return names[-1] if names else "it"


def _value(error: ErrorDetails) -> str:
    """Show what was written, as short as it can be."""
    value = error["input"]
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "a group of keys"
    shown = {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
    return f'"{shown[:60]}"'


def _missing(error: ErrorDetails, top: str) -> str:
    thing, _ = _thing(error["loc"][:-1], top)
    key = error["loc"][-1]
    return f'{thing} needs "{key}", which is not here. Add a line "{key}: …".'


def _unknown(error: ErrorDetails, top: str) -> str:
    thing, model = _thing(error["loc"][:-1], top)
    key = str(error["loc"][-1])
    known = [name for name in model.model_fields if name not in _WRITTEN_BY_HAND or top == "use"]
    return f'{thing} has no key "{key}". {instead(key, known)}'


def _not_text(error: ErrorDetails, _top: str) -> str:
    if isinstance(error["input"], dict | list):
        return f'"{_key(error)}" must be text, and this is {_value(error)}. Write words instead.'
    return f'"{_key(error)}" must be text. Put it in quotes: {_value(error)}.'


def _not_number(error: ErrorDetails, _top: str) -> str:
    return f'"{_key(error)}" must be a whole number. Write digits without quotes, such as 1.'


def _not_truth(error: ErrorDetails, _top: str) -> str:
    return (
        f'"{_key(error)}" must be true or false, and {_value(error)} is neither. Write one of them.'
    )


def _not_list(error: ErrorDetails, _top: str) -> str:
    if isinstance(error["input"], dict):
        return f'"{_key(error)}" must be a list. Start each entry with a dash.'
    value = str(error["input"])[:60]
    return f'"{_key(error)}" must be a list. Write it in square brackets: [{value}].'


def _not_group(error: ErrorDetails, top: str) -> str:
    thing, model = _thing(error["loc"], top)
    keys = ", ".join(name for name, field in model.model_fields.items() if field.is_required())
    return f"{_value(error)} stands where {thing} should. Write it with the keys: {keys or 'id'}."


def _not_listed(error: ErrorDetails, _top: str) -> str:
    known = re.findall(r"'([^']*)'|\b(\d+)\b", str(error.get("ctx", {}).get("expected", "")))
    names = [word or digits for word, digits in known]
    if set(names) == set(AgencyKind):
        names.append("health")
    value = error["input"] if isinstance(error["input"], str) else _value(error).strip('"')
    return f'"{value}" cannot be "{_key(error)}". {instead(value, names)}'


def _not_a_name(error: ErrorDetails, _top: str) -> str:
    pattern = str(error.get("ctx", {}).get("pattern", ""))
    if "@" in pattern:
        return (
            f"{_value(error)} does not name a block. Write its name and version: cross-cutting@1."
        )
    signs = {True: "underscores", False: "hyphens"}[
        pattern.endswith("_]*$") and "-" not in pattern[-5:]
    ]
    return (
        f'{_value(error)} cannot be "{_key(error)}". '
        f"Use small letters, digits and {signs}, starting with a letter."
    )


def _empty(error: ErrorDetails, _top: str) -> str:
    return f'"{_key(error)}" is empty. Write its words, or take the line away.'


def _too_long(error: ErrorDetails, _top: str) -> str:
    return f'"{_key(error)}" is too long. Use {error["ctx"]["max_length"]} characters at most.'


def _too_few(error: ErrorDetails, _top: str) -> str:
    least = error["ctx"]["min_length"]
    return f'"{_key(error)}" has too few entries. Write at least {least}.'


def _too_many(error: ErrorDetails, _top: str) -> str:
    given, most = len(error["input"]), error["ctx"]["max_length"]
    return (
        f'"{_key(error)}" has {given} entries, and {most} is the most. Ask two questions instead, '
        "each with some of them."
    )


def _too_small(error: ErrorDetails, _top: str) -> str:
    return f'"{_key(error)}" is too small. Write {error["ctx"]["ge"]} or more.'


def _no_kind(error: ErrorDetails, _top: str) -> str:
    if _key(error) == "questions":
        return f'the question has no kind. Add a line "kind: …" with one of: {", ".join(KINDS)}.'
    return (
        "a condition needs a question and its answers. "
        'Write {question: seen, is_one_of: ["yes"]}, or several of these under "all" or "any".'
    )


def _wrong_kind(error: ErrorDetails, _top: str) -> str:
    kind = str(error["ctx"]["tag"])
    return f'there is no kind of question called "{kind}". {instead(kind, KINDS)}'


def _anything(error: ErrorDetails, _top: str) -> str:
    return (
        f'"{_key(error)}" cannot be {_value(error)}: {error["msg"]}. Write it as the guide shows.'
    )


_WORDS: Mapping[str, Callable[[ErrorDetails, str], str]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "string_type": _not_text,
    "int_type": _not_number,
    "float_type": _not_number,
    "bool_type": _not_truth,
    "tuple_type": _not_list,
    "dict_type": _not_group,
    "model_type": _not_group,
    "model_attributes_type": _not_group,
    "literal_error": _not_listed,
    "enum": _not_listed,
    "string_pattern_mismatch": _not_a_name,
    "string_too_short": _empty,
    "string_too_long": _too_long,
    "too_short": _too_few,
    "too_long": _too_many,
    "greater_than_equal": _too_small,
    "union_tag_not_found": _no_kind,
    "union_tag_invalid": _wrong_kind,
}
