"""Reading what leaves: the packs within somebody's reach, and what is in one of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple, assert_never

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlmodel import Session, col, select

from app.access import Actor, Reach, Scope
from app.actions.models import LearningAction
from app.actions.rules import ActionState, due_in_words
from app.db import now, today
from app.exports.pack import Pack, PackAction, PackFinding, PackGroup
from app.exports.sample_words import sample_in_words
from app.findings.models import Finding, FindingSubgroup
from app.findings.queries import tool_of
from app.findings.rules import FindingKind, FindingState
from app.identity.models import Agency, Partnership, Person, Subgroup
from app.rounds.models import Round, RoundAgency, RoundSubgroup
from app.rounds.rules import ALLOWED, Doing, Stage, allows
from app.tools import Tool
from app.web.filters import day, moment


class PackOf(NamedTuple):
    """A pack by what it is of: a round, and the subgroup that receives it."""

    round: Round
    subgroup: Subgroup


def _packs_within(scope: Scope) -> ColumnElement[bool]:
    return and_(
        col(Round.partnership_id) == scope.partnership_id,
        col(Subgroup.partnership_id) == scope.partnership_id,
        or_(false(), *(_reached(scope, reach) for reach in scope.reaches)),
    )


def _reached(scope: Scope, reach: Reach) -> ColumnElement[bool]:
    match reach:
        case Reach.PARTNERSHIP:
            return true()
        case Reach.ROUND:
            return col(Round.id).in_(scope.rounds)
        case Reach.OWN:
            received = col(Round.stage).in_(ALLOWED[Doing.RECEIVE_PACK])
            return and_(received, col(Subgroup.id).in_(scope.subgroups))
        case Reach.AGENCY | Reach.NONE:
            return false()
        case _:
            assert_never(reach)


def find_pack(session: Session, scope: Scope, refs: Mapping[str, str]) -> PackOf | None:
    """Find the pack that an address names."""
    query = (
        select(Round, Subgroup)
        .join(RoundSubgroup, col(RoundSubgroup.round_id) == col(Round.id))
        .join(Subgroup, col(Subgroup.id) == col(RoundSubgroup.subgroup_id))
        .where(_packs_within(scope), Round.ref == refs["round"], Subgroup.ref == refs["subgroup"])
    )
    row = session.exec(query).one_or_none()
    return PackOf(row[0], row[1]) if row else None


def packs_in_view(session: Session, scope: Scope) -> list[PackOf]:
    """List the packs that can be read now, the newest round first."""
    query = (
        select(Round, Subgroup)
        .join(RoundSubgroup, col(RoundSubgroup.round_id) == col(Round.id))
        .join(Subgroup, col(Subgroup.id) == col(RoundSubgroup.subgroup_id))
        .where(_packs_within(scope), col(Round.stage).in_(ALLOWED[Doing.PREPARE_PACK]))
        .order_by(col(Round.id).desc(), col(Subgroup.name))
    )
    return [PackOf(of, subgroup) for of, subgroup in session.exec(query)]


def make_pack(session: Session, actor: Actor, of: PackOf) -> Pack:
    """Gather everything that a subgroup is told of a round, as it stands now."""
    tool = tool_of(session, of.round)
    return Pack(
        partnership=session.get_one(Partnership, of.round.partnership_id).name,
        round=of.round.title,
        subgroup=of.subgroup.name,
        tool=tool.title,
        stage=Stage(of.round.stage).words,
        provisional=not allows(of.round.stage, Doing.RECEIVE_PACK),
        purpose=of.round.purpose,
        lines_of_enquiry=tuple(
            line.strip() for line in of.round.lines_of_enquiry.splitlines() if line.strip()
        ),
        agencies=_agencies(session, of.round),
        sample=sample_in_words(session, of.round),
        groups=_groups(session, of, tool),
        made_by=actor.name,
        made_at=moment(now(session)),
    )


def _agencies(session: Session, of: Round) -> tuple[str, ...]:
    query = (
        select(Agency.name)
        .join(RoundAgency, col(RoundAgency.agency_id) == col(Agency.id))
        .where(RoundAgency.round_id == of.id)
        .order_by(col(Agency.name))
    )
    return tuple(session.exec(query))


def _groups(session: Session, of: PackOf, tool: Tool) -> tuple[PackGroup, ...]:
    query = (
        select(Finding)
        .join(FindingSubgroup, col(FindingSubgroup.finding_id) == col(Finding.id))
        .where(
            Finding.round_id == of.round.id,
            FindingSubgroup.subgroup_id == of.subgroup.id,
            Finding.state == FindingState.AGREED,
        )
        .order_by(col(Finding.id))
    )
    order = {theme.id: place for place, theme in enumerate(tool.themes)}
    found = sorted(
        session.exec(query),
        key=lambda f: min((order.get(t, len(order)) for t in f.themes), default=len(order)),
    )
    actions = _actions(session, found)
    titles = {theme.id: theme.title for theme in tool.themes}
    groups = []
    for kind in FindingKind:
        told = tuple(
            PackFinding(
                title=each.title,
                words=each.words,
                themes=tuple(titles[t] for t in titles if t in each.themes),
                actions=actions.get(each.id or 0, ()),
            )
            for each in found
            if each.kind == kind
        )
        if told:
            groups.append(PackGroup(kind.heading, told))
    return tuple(groups)


def _actions(session: Session, findings: Sequence[Finding]) -> Mapping[int, tuple[PackAction, ...]]:
    query = (
        select(LearningAction, Agency.name, Person.name)
        .join(Agency, col(Agency.id) == col(LearningAction.agency_id))
        .join(Person, col(Person.id) == col(LearningAction.owner_id))
        .where(col(LearningAction.finding_id).in_([f.id for f in findings]))
        .order_by(col(LearningAction.due), col(LearningAction.id))
    )
    told: dict[int, list[PackAction]] = defaultdict(list)
    for action, agency, owner in session.exec(query):
        state = ActionState(action.state)
        told[action.finding_id].append(
            PackAction(
                what=action.what,
                how_we_will_know=action.how_we_will_know,
                owner=f"{agency}: {owner}",
                due=day(action.due),
                state=state.words,
                stands=due_in_words(state, action.due, today(session)),
            )
        )
    return {finding: tuple(actions) for finding, actions in told.items()}
