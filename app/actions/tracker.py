"""The tracker: the actions within somebody's reach, and the part of them that they ask for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, true
from sqlalchemy import select as columns
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from app.access import Scope
from app.actions.models import LearningAction
from app.actions.queries import ALL, ActionIn, actions_within, owned
from app.actions.rules import OPEN, ActionState
from app.findings.models import Finding, FindingSubgroup
from app.findings.queries import tool_of
from app.identity.models import Agency, Subgroup
from app.rounds.models import Round
from app.web.paging import ROWS

SHOW: Mapping[str, str] = MappingProxyType(
    {
        "open": "Open",
        "overdue": "Overdue",
        "mine": "Mine",
        "verify": "To verify",
        "impact": "To review for impact",
        "all": "All",
    }
)
"""The parts of the tracker, and what each is called."""


class Wanted(NamedTuple):
    """Which actions somebody asks for."""

    show: str = "open"
    finding: str = ""
    agency: str = ""
    round: str = ""
    subgroup: str = ""
    theme: str = ""


class Within(NamedTuple):
    """What the actions within somebody's reach can be narrowed to: reference and name of each."""

    agencies: tuple[tuple[str, str], ...]
    rounds: tuple[tuple[str, str], ...]
    subgroups: tuple[tuple[str, str], ...]
    themes: tuple[tuple[str, str], ...]


def count_actions(session: Session, scope: Scope, wanted: Wanted, today: date) -> int:
    """Count the actions that a list shows."""
    query = (
        columns(func.count())
        .select_from(LearningAction)
        .join(Finding, col(Finding.id) == col(LearningAction.finding_id))
        .join(Round, col(Round.id) == col(Finding.round_id))
        .where(actions_within(scope), _shown(scope, wanted, today))
    )
    return int(session.execute(query).scalar_one())


def list_actions(
    session: Session, scope: Scope, wanted: Wanted, today: date, page: int
) -> list[ActionIn]:
    """List one page of actions, the soonest due first."""
    query = (
        ALL.where(actions_within(scope), _shown(scope, wanted, today))
        .order_by(col(LearningAction.due), col(LearningAction.id))
        .limit(ROWS)
        .offset((page - 1) * ROWS)
    )
    return [ActionIn(*row) for row in session.execute(query)]


def keys_asked_for(
    session: Session, scope: Scope, wanted: Wanted, today: date
) -> list[tuple[int, str]]:
    """List every action that is asked for by its key, with its round's reference, in order."""
    query = (
        ALL.with_only_columns(col(LearningAction.id), col(Round.ref))
        .where(actions_within(scope), _shown(scope, wanted, today))
        .order_by(col(LearningAction.due), col(LearningAction.id))
    )
    return [(key, ref) for key, ref in session.execute(query)]


def actions_by_key(session: Session, scope: Scope, keys: Sequence[int]) -> list[ActionIn]:
    """Read some actions by their keys, in the order of the keys, as far as they are in reach."""
    query = ALL.where(actions_within(scope), col(LearningAction.id).in_(keys))
    found = {row[0].id: ActionIn(*row) for row in session.execute(query)}
    return [found[key] for key in keys if key in found]


def _shown(scope: Scope, wanted: Wanted, today: date) -> ColumnElement[bool]:
    still_open = col(LearningAction.state).in_(OPEN)
    shown = {
        "open": still_open,
        "overdue": and_(still_open, col(LearningAction.due) < today),
        "mine": owned(scope),
        "verify": col(LearningAction.state) == ActionState.COMPLETE,
        "impact": col(LearningAction.state) == ActionState.VERIFIED,
    }.get(wanted.show, true())
    return and_(shown, *_narrowed(wanted))


def _narrowed(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.finding:
        yield col(Finding.ref) == wanted.finding
    if wanted.round:
        yield col(Round.ref) == wanted.round
    if wanted.agency:
        agency = select(Agency.id).where(Agency.ref == wanted.agency)
        yield col(LearningAction.agency_id).in_(agency)
    if wanted.subgroup:
        going = (
            select(FindingSubgroup.finding_id)
            .join(Subgroup, col(Subgroup.id) == col(FindingSubgroup.subgroup_id))
            .where(Subgroup.ref == wanted.subgroup)
        )
        yield col(Finding.id).in_(going)
    if wanted.theme:
        # Themes are a short list kept as JSON, which the two databases search only as text.
        yield cast(col(Finding.themes), String).contains(f'"{wanted.theme}"', autoescape=True)


def choices_within(session: Session, scope: Scope) -> Within:
    """List what narrows somebody's actions to a part of them; nothing beyond their reach."""
    findings = _of_actions(scope, col(LearningAction.finding_id))
    agencies = select(Agency.ref, Agency.name).where(
        col(Agency.id).in_(_of_actions(scope, col(LearningAction.agency_id)))
    )
    rounds = session.exec(
        select(Round).where(col(Round.id).in_(_of_actions(scope, col(Finding.round_id))))
    ).all()
    subgroups = (
        select(Subgroup.ref, Subgroup.name)
        .join(FindingSubgroup, col(FindingSubgroup.subgroup_id) == col(Subgroup.id))
        .where(col(FindingSubgroup.finding_id).in_(findings))
        .distinct()
    )
    themes = {theme.id: theme.title for each in rounds for theme in tool_of(session, each).themes}
    told = session.exec(select(Finding.themes).where(col(Finding.id).in_(findings)))
    used = {theme for those in told for theme in those}
    return Within(
        agencies=_by_name(session.exec(agencies)),
        rounds=_by_name((each.ref, each.title) for each in rounds),
        subgroups=_by_name(session.exec(subgroups)),
        themes=_by_name((theme, themes[theme]) for theme in used if theme in themes),
    )


def _of_actions(scope: Scope, column: Mapped[int]) -> Select[int]:
    """Take one column of every action in reach: what it is of, and not the action itself."""
    return (
        columns(column)
        .select_from(LearningAction)
        .join(Finding, col(Finding.id) == col(LearningAction.finding_id))
        .join(Round, col(Round.id) == col(Finding.round_id))
        .where(actions_within(scope))
    )


def _by_name(choices: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(choices, key=lambda choice: (choice[1], choice[0])))


def wanted_of(query: Mapping[str, str], choices: Within) -> Wanted:
    """Read which actions are asked for; what cannot be chosen is as if it were not asked for."""
    finding = query.get("finding", "")
    show = query.get("show", "all" if finding else "open")

    def one_of(name: str, known: tuple[tuple[str, str], ...]) -> str:
        typed = query.get(name, "")
        return typed if typed in dict(known) else ""

    return Wanted(
        show if show in SHOW else "open",
        finding if finding.isalnum() else "",
        one_of("agency", choices.agencies),
        one_of("round", choices.rounds),
        one_of("subgroup", choices.subgroups),
        one_of("theme", choices.themes),
    )


def asked(wanted: Wanted, **other: str) -> str:
    """Ask for the same in an address, and for what else a page is to be."""
    given = {**wanted._asdict(), **other}
    return urlencode({name: value for name, value in given.items() if value})


_SHOWN_IN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "open": "Only those that are open",
        "overdue": "Only those that are overdue",
        "mine": "Only those owned by whoever takes them",
        "verify": "Only those that are to be verified",
        "impact": "Only those that are to be reviewed for impact",
        "all": "In every state",
    }
)


def in_words(wanted: Wanted, choices: Within) -> tuple[str, ...]:
    """Say what is asked for, a line for each thing that narrows it."""
    known = (
        ("Agency", choices.agencies, wanted.agency),
        ("Round", choices.rounds, wanted.round),
        ("Subgroup", choices.subgroups, wanted.subgroup),
        ("Theme", choices.themes, wanted.theme),
    )
    return (
        _SHOWN_IN_WORDS[wanted.show],
        *(("Only those from one finding",) if wanted.finding else ()),
        *(f"{label}: {dict(of)[chosen]}" for label, of, chosen in known if chosen),
    )
