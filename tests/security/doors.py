"""What a door is: one route as it is tried, with what its address names and a form it accepts."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.rounds.rules import Doing, Stage
from tests.security.asking import Values
from tests.security.grounds import Grounds

Names = Mapping[str, str]
"""Of each parameter of a path, the name of what stands there."""


@dataclass(frozen=True)
class Facts:
    """What a form has to say of the grounds: references, and versions as they are now."""

    grounds: Grounds
    value: Callable[[str], str]
    """The first value that a statement gives."""

    def ref(self, name: str) -> str:
        return self.grounds.refs[name]

    def version(self, table: str, name: str) -> str:
        return self.value(f"SELECT version FROM {table} WHERE ref = '{self.ref(name)}'")

    def of_response(self, assignment: str) -> str:
        found = f"SELECT id FROM assignment WHERE ref = '{self.ref(assignment)}'"
        return self.value(f"SELECT version FROM response WHERE assignment_id = ({found})")


Form = Callable[[Facts], Values]


@dataclass(frozen=True)
class Door:
    """One route as it is tried."""

    names: Names = field(default_factory=dict)
    doing: Doing | None = None
    """What the stage has to allow, if it matters; else 409."""
    form: Form = field(default=lambda _: {})
    query: Callable[[Facts], str] = field(default=lambda _: "")
    """What the address has to ask for besides."""
    opens: frozenset[int] = frozenset({200})
    """What somebody gets who may go in, at a stage that allows it."""
    also: tuple[Names, ...] = ()
    """More of the same, tried only for who reaches them."""
    stage: Stage = Stage.OPEN
    """A stage at which it opens."""
    file: str = ""
    """The field of a file, when the form sends one."""


USUAL: Names = {
    "partnership": "wexcombe",
    "round": "round.a",
    "strand": "strand.a.drawn",
    "list": "list.a",
    "row": "row.a",
    "subject": "subject.a.1",
    "question": "form_worry",
    "section": "about",
    "meeting": "meeting.a",
    "paper": "briefing",
    "document": "document.a",
    "concern": "concern.a",
    "finding": "finding.a.draft",
    "action": "action.a",
    "subgroup": "subgroup.wexcombe",
    "person": "person.nurse",
    "membership": "membership.nurse",
    "agency": "agency.health",
    "assignment": "assignment.a.police.3",
    "attachment": "attachment.a.police.3",
    "tool": "mash",
    "version": "1",
    "question_set": "referral-form",
    "theme": "VC",
    "block": "cross-cutting",
    "bank_question": "vc_seen",
    "role": "auditor",
    "code": "no-such-code",
}


def names_in(path: str) -> list[str]:
    """The parameters of a path, outermost first."""
    return re.findall(r"{(\w+)}", path)


def address(path: str, names: Names, refs: Mapping[str, str]) -> str:
    """Fill a path in. What is no name of a thing stands in the address as it is."""
    given = {**USUAL, **names}
    return path.format(**{p: refs.get(given[p], given[p]) for p in names_in(path)})
