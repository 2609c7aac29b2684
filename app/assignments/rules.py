"""Who may be an auditor in a round, and how subjects are shared out among several."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple, TypeVar

from app.access import EXEMPT, NotNow, Role
from app.tools import SubjectKind, id_when_asked

Subject = TypeVar("Subject", bound=Hashable)
Auditor = TypeVar("Auditor", bound=Hashable)


class Conflict(StrEnum):
    """Why somebody should not audit a subject: the sort of reason, and nothing about the child."""

    WORKED = "worked"
    SUPERVISED = "supervised"
    KNOWS = "knows"
    OTHER = "other"

    def words(self, subject: SubjectKind) -> str:
        """Return the reason as pages say it of a child's file, or of what is no child's.

        >>> Conflict.WORKED.words(SubjectKind.CASE), Conflict.WORKED.words(SubjectKind.SETTING)
        ('Worked with this child or family', 'Worked there, or on what is audited')
        """
        child = subject.about_a_child
        return {
            Conflict.WORKED: "Worked with this child or family"
            if child
            else "Worked there, or on what is audited",
            Conflict.SUPERVISED: "Managed or supervised the work",
            Conflict.KNOWS: "Knows the child, the family or a carer outside work"
            if child
            else "Knows somebody concerned outside work",
            Conflict.OTHER: "Another reason",
        }[self]


def require_a_child(subject: SubjectKind) -> None:
    """Refuse, in words, what can be said of a child's file alone.

    >>> require_a_child(SubjectKind.SETTING)
    Traceback (most recent call last):
    app.access.refusals.NotNow: This is not about one child, so no agency has a record ...
    """
    if not subject.about_a_child:
        raise NotNow("This is not about one child, so no agency has a record number for it.")


class Shared(NamedTuple):
    """Who answers one shared section, and when they said that it is complete."""

    person_id: int
    name: str
    complete_at: datetime | None = None


@dataclass(frozen=True)
class Answerers:
    """Who answers which section of one assignment: each section is one person's alone."""

    auditor_id: int | None
    auditor: str
    """The name of the assignment's auditor, who answers whatever is not shared."""
    shared: Mapping[str, Shared] = field(default_factory=dict)
    """By the section's id."""

    def answers(self, person_id: int, section: str) -> bool:
        """Whether somebody answers a section, or answered what it no longer asks.

        >>> both = Answerers(1, "Ada", {"health": Shared(2, "Ben")})
        >>> both.answers(1, "health"), both.answers(2, "health"), both.answers(2, "about")
        (False, True, False)
        >>> both.answers(2, "~health"), both.answers(1, "~health")
        (True, False)
        """
        shared = self.shared.get(id_when_asked(section))
        return (shared.person_id if shared else self.auditor_id) == person_id

    def who(self, section: str) -> str:
        """Return who answers a section, by name; empty where nobody does yet.

        >>> Answerers(1, "Ada", {"health": Shared(2, "Ben")}).who("health")
        'Ben'
        """
        shared = self.shared.get(id_when_asked(section))
        return shared.name if shared else self.auditor

    def sections_of(self, person_id: int) -> tuple[str, ...]:
        """Return the sections that are shared with somebody."""
        return tuple(key for key, one in self.shared.items() if one.person_id == person_id)

    def takes_part(self, person_id: int) -> bool:
        """Whether somebody answers any of it."""
        return self.auditor_id == person_id or bool(self.sections_of(person_id))


def share_out(
    subjects: Sequence[Subject], open_now: Mapping[Auditor, int]
) -> dict[Subject, Auditor]:
    """Give each subject to the auditor who then has least to do, in the order they are listed.

    `open_now` is how many assignments each auditor has open already. With nobody to share among,
    nothing is given.

    >>> share_out(["R-1", "R-2", "R-3"], {"Ada": 2, "Ben": 0})
    {'R-1': 'Ben', 'R-2': 'Ben', 'R-3': 'Ada'}
    """
    loads = dict(open_now)
    given: dict[Subject, Auditor] = {}
    for subject in subjects if loads else ():
        least = min(loads, key=loads.__getitem__)
        given[subject] = least
        loads[least] += 1
    return given


def drawn_for_second(
    given: Collection[str], share: int, seed: str, already: Collection[str] = ()
) -> set[str]:
    """Draw a share (percent, rounded up) of some references, those that are drawn already first.

    The lowest tickets are drawn: SHA-256 of the seed, a line feed and the reference.

    >>> drawn_for_second(["R-1", "R-2", "R-3", "R-4", "R-5"], 20, "seed")
    {'R-5'}
    >>> drawn_for_second(["R-1", "R-2", "R-3", "R-4", "R-5"], 20, "seed", ["R-2"])
    {'R-2'}
    """
    many = -(-len(given) * share // 100)
    by_ticket = sorted(
        given, key=lambda ref: (ref not in already, sha256(f"{seed}\n{ref}".encode()).hexdigest())
    )
    return set(by_ticket[:many])


def why_not_of_a_pair(name: str) -> str:
    """Say in words why somebody who leads an agency is not one of two auditors of a file there.

    >>> why_not_of_a_pair("Ada")
    'Ada leads this agency and may read what both auditors of a file answer'
    """
    return f"{name} leads this agency and may read what both auditors of a file answer"


def why_not_auditor(name: str, roles: Iterable[Role], *, leads: bool) -> str | None:
    """Say in words why somebody may not audit in a round, or None when they may.

    Whoever reads other agencies' answers before the panel does gives none: answers are independent.

    >>> why_not_auditor("Ada", [Role.AUDITOR], leads=True)
    'Ada leads this round, so they cannot audit in it: choose somebody else'
    """
    if leads:
        return f"{name} leads this round, so they cannot audit in it: choose somebody else"
    reads_all = [role for role in roles if role in EXEMPT]
    if reads_all:
        words = reads_all[0].words.lower()
        return (
            f"{name} is a {words} and may read every agency's answers, so they cannot audit: "
            "choose somebody else"
        )
    return None
