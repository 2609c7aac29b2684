"""Every history of saves: pages of two people that save, repeat, overtake and disagree lose
nothing, and nothing is saved once the response is sent.

A second, slower account of what should happen is kept beside: every version of every answer.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlmodel import Session, col, select

from app.access import Actor, Held, NotNow, Role
from app.db import Database
from app.library.numbers import numbers_of
from app.responses.models import Response
from app.responses.queries import Answering
from app.responses.rules import ResponseState
from app.responses.saving import Conflict, Save, save_answers
from app.responses.stored import answers_of
from tests.audit import Audit, assign, mash, open_audit, subject
from tests.factories import ident
from tests.world import World

HISTORIES = 5000 if os.environ.get("CASEFILE_PROVE") else 100
"""For each database: 200 in all, 10,000 when proving."""

BANDS = ("", "unborn", "under_1", "age_1_to_4")
QUESTIONS = ("age_band", "support_then")
SUPPORT = {"": "", "unborn": "none", "under_1": "early_help", "age_1_to_4": "child_in_need"}

PAGES = ("BCDF", "GHJK", "MNPQ")
step = st.one_of(
    st.tuples(st.just("open"), st.sampled_from(PAGES)),
    st.tuples(
        st.just("save"),
        st.sampled_from(PAGES),
        st.fixed_dictionaries({question: st.sampled_from(BANDS) for question in QUESTIONS}),
    ),
    st.tuples(st.just("repeat"), st.sampled_from(PAGES), st.integers(1, 3)),
    st.tuples(st.sampled_from(("send", "hand back")), st.sampled_from(PAGES)),
)


@dataclass
class Account:
    """What should be stored: every version, and what each page may know."""

    versions: list[dict[str, str]] = field(default_factory=lambda: [dict.fromkeys(QUESTIONS, "")])
    changed: dict[tuple[str, int], str] = field(default_factory=dict)
    base: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PAGES, 0))
    opened: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PAGES, 0))
    sent: dict[str, list[tuple[int, dict[str, str]]]] = field(
        default_factory=lambda: {page: [] for page in PAGES}
    )
    taken: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PAGES, 0))
    """The last save of each page that was not refused."""
    closed: bool = False
    """Whether the response is sent."""

    @property
    def now(self) -> dict[str, str]:
        return self.versions[-1]

    def name(self, page: str) -> str:
        return f"{page}{'BCDFGHJKMNPQRSTVWXYZ'[self.opened[page] % 20]}"

    def saw(self, page: str, question: str) -> dict[str, str]:
        own = [v for (q, v), by in self.changed.items() if q == question and by == self.name(page)]
        return self.versions[max([self.base[page], *own])]

    def foreign(self, page: str, question: str) -> bool:
        own = [v for (q, v), by in self.changed.items() if q == question and by == self.name(page)]
        since = max([self.base[page], *own])
        return any(
            v > since and by != self.name(page)
            for (q, v), by in self.changed.items()
            if q == question
        )

    def save(self, page: str, says: Mapping[str, str]) -> bool:
        """Take a save in, or return False where it must be refused."""
        mine = {}
        for question, value in says.items():
            if value == self.now[question]:
                continue
            if not self.foreign(page, question):
                mine[question] = value
            elif value != self.saw(page, question)[question]:
                return False
        if mine:
            self.versions.append({**self.now, **mine})
            version = len(self.versions) - 1
            self.changed.update({(question, version): self.name(page) for question in mine})
        return True


_labels = count(1)


@settings(
    max_examples=HISTORIES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(step, max_size=14))
def test_no_history_of_saves_overwrites_or_loses_an_answer(
    database: Database, world: World, steps: list[Any]
) -> None:
    with database.writing() as session:
        place, audit = _place(session, world)
        held, here = (Held(Role.AUDITOR),), ident(world.partnership)
        officer, colleague = (
            Actor(ident(who), here, "", held) for who in (world.officer, world.panel_police)
        )
        writer = dict(zip(PAGES, (officer, officer, colleague), strict=True))
        account = Account()
        for kind, page, *what in steps:
            if kind in {"send", "hand back"}:
                account.closed = kind == "send"
                state = ResponseState.SENT if account.closed else ResponseState.DRAFT
                about = col(Response.assignment_id) == place.assignment_id
                account.closed &= bool(
                    session.connection()
                    .execute(update(Response).where(about).values(state=state))
                    .rowcount
                )
            elif kind == "open":
                account.opened[page] += 1
                account.base[page] = len(account.versions) - 1
                account.sent[page] = []
                account.taken[page] = 0
            elif kind == "save":
                sequence = len(account.sent[page]) + 1
                account.sent[page].append((sequence, what[0]))
                refused = account.closed or not account.save(page, what[0])
                account.taken[page] = account.taken[page] if refused else sequence
                save = _save(account, page, sequence, what[0])
                assert _refused(session, writer[page], place, save) is refused
            elif len(account.sent[page]) >= what[0]:
                sequence, says = account.sent[page][-what[0]]
                # A refused save leaves no trace, so only one that was taken makes earlier ones old.
                if account.closed or account.taken[page] > sequence or _stands(account, page, says):
                    _refused(session, writer[page], place, _save(account, page, sequence, says))
            assert _stored(session, place, audit) == account.now


def _stands(account: Account, page: str, says: Mapping[str, str]) -> bool:
    """Whether what a save says stands already, so that repeating it changes nothing."""
    copy = Account(account.versions[:], dict(account.changed), account.base, account.opened)
    return copy.save(page, says) and copy.now == account.now


def _place(session: Session, world: World) -> tuple[Answering, Audit]:
    audit = open_audit(session, world)
    chosen = subject(session, audit, f"R-{next(_labels)}")
    made = assign(session, chosen, world.police, world.officer)
    version = audit.round.tool_version_id
    names = ("referral-form", "police", "chosen")
    return Answering(ident(made), made.ref, ident(audit.round), "open", version, *names), audit


def _save(account: Account, page: str, sequence: int, says: Mapping[str, str]) -> Save:
    posted: dict[str, list[str]] = {"asked": list(QUESTIONS)}
    if says["age_band"]:
        posted["age_band"] = [says["age_band"]]
    if says["support_then"]:
        posted["support_then"] = [SUPPORT[says["support_then"]]]
    return Save(account.name(page), sequence, account.base[page], posted)


def _refused(session: Session, actor: Actor, place: Answering, save: Save) -> bool:
    try:
        save_answers(session, actor, place, save)
    except (Conflict, NotNow):
        return True
    return False


def _stored(session: Session, place: Answering, audit: Audit) -> dict[str, str]:
    query = select(Response.id).where(Response.assignment_id == place.assignment_id)
    response = session.exec(query).one_or_none()
    if response is None:
        return dict.fromkeys(QUESTIONS, "")
    numbers = numbers_of(session, mash())
    found = answers_of(session, audit.question_set, numbers, [response])[response]
    back = {code: band for band, code in SUPPORT.items()}
    band, support = ("".join(found[q].chosen) if q in found else "" for q in QUESTIONS)
    return {"age_band": band, "support_then": back[support]}
