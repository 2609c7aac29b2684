"""How a response stands that several auditors of an agency share by section."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.access import Action, Actor, NotNow, scope
from app.library.rules import MetSection
from app.responses.queries import Work
from app.responses.rules import check_answerable
from app.web.filters import listed, plural


@dataclass(frozen=True)
class WaitedFor:
    """Somebody who answers some sections and is not done with them."""

    name: str
    sections: str
    """The titles of their sections, as a list in words."""
    why: str


@dataclass(frozen=True)
class SharedStanding:
    """How a response stands that several auditors share, for one reader."""

    parts: tuple[tuple[str, str], ...]
    """Who answers what: an auditor, and the titles of their sections; empty where none is
    shared."""
    own: str
    """The titles of the sections that are shared with the reader, in words."""
    complete: bool
    """Whether the reader has said that these are complete."""
    waited_for: tuple[WaitedFor, ...]
    auditor: str
    """Who declares the whole of it, where that is not the reader; else empty."""
    may_share: bool
    """Whether the reader may share it, or take sections back, now."""


def shared_standing(actor: Actor, work: Work, sections: tuple[MetSection, ...]) -> SharedStanding:
    """Say how a response that is shared stands, for whoever reads it."""
    title = {met.section.id: met.section.title for met in sections}
    shared, me = work.answerers.shared, actor.person_id
    own = [key for key in work.answerers.sections_of(me) if key in title]
    parts: dict[str, list[str]] = {}
    for key, words in title.items():
        if key in shared:
            parts.setdefault(shared[key].name, []).append(words)
    if parts and len(shared.keys() & title.keys()) < len(title):
        parts[work.answerers.auditor or "Nobody yet"] = ["the rest"]
    return SharedStanding(
        parts=tuple((who, listed(titles)) for who, titles in parts.items()),
        own=listed([title[key] for key in own]),
        complete=bool(own) and all(shared[key].complete_at for key in own),
        waited_for=tuple(waited_for(work, me)),
        auditor="" if work.answerers.auditor_id == me else work.answerers.auditor,
        may_share=may_share(actor, work),
    )


def waited_for(work: Work, person_id: int) -> Iterator[WaitedFor]:
    """List who else answers sections of a response and is not done with them."""
    title = {section.id: section.title for section in work.filled.sections}
    people = {one.person_id: one.name for one in work.answerers.shared.values()}
    for who, name in sorted(people.items(), key=lambda each: each[1]):
        own = [key for key in title if work.answerers.answers(who, key)]
        left = sum(
            bool(each.wants or each.problem) for key in own for each in work.filled.in_section(key)
        )
        said = all(work.answerers.shared[key].complete_at for key in own)
        if who == person_id or (said and not left):
            continue
        why = f"{plural(left, 'question')} to finish" if left else "not said to be complete yet"
        yield WaitedFor(name, listed([title[key] for key in own]), why)


def may_share(actor: Actor, work: Work) -> bool:
    """Whether somebody may share a response by section now, or take sections back."""
    if work.agency.id not in scope(actor, Action.SECTIONS_SHARE).agencies:
        return False
    try:
        check_answerable(work.round.stage, work.subject.state, work.state)
    except NotNow:
        return False
    return True


def check_own_section(work: Work, actor: Actor, section: str) -> None:
    """Refuse, in words, to open a section for answering that somebody else answers."""
    if not work.answerers.answers(actor.person_id, section):
        who = work.answerers.who(section) or "nobody yet"
        raise NotNow(
            f"This section is answered by {who}. You can read it on the page of all answers."
        )
