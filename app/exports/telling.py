"""Gathering what the papers of a round tell: its plan, its sample, findings and their actions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from app.access import Actor
from app.actions.models import LearningAction
from app.actions.rules import ActionState, due_in_words
from app.db import now, today
from app.exports.paper import paragraphs
from app.exports.sample_words import sample_in_words
from app.exports.told import Told, ToldAction, ToldFinding, ToldGroup
from app.findings.models import Finding, FindingSubgroup
from app.findings.queries import RestsOn, evidence_counts, tool_of
from app.findings.rules import FindingKind, FindingState
from app.identity.models import Agency, Partnership, Person, Subgroup
from app.rounds.models import Round
from app.rounds.rules import Doing, Stage, allows
from app.rounds.taking_part import agencies_of
from app.tools import Tool
from app.web.filters import day, moment


def tell(
    session: Session,
    actor: Actor,
    of: Round,
    to: Subgroup | Agency | None = None,
    *,
    counts: bool = False,
) -> Told:
    """Gather what papers tell of a round as it stands.

    To a subgroup only the findings that go to it, to an agency only the actions that it has.
    """
    tool = tool_of(session, of)
    return Told(
        partnership=session.get_one(Partnership, of.partnership_id).name,
        round=of.title,
        tool=tool.title,
        stage=Stage(of.stage).words,
        provisional=not allows(of.stage, Doing.RECEIVE_PACK),
        purpose=of.purpose,
        lines_of_enquiry=paragraphs(of.lines_of_enquiry),
        agencies=tuple(agency.name for agency in agencies_of(session, of)),
        sample=sample_in_words(session, of, counts=counts),
        groups=_groups(session, of, to, tool),
        made_by=actor.name,
        made_at=moment(now(session)),
    )


def _groups(
    session: Session, of: Round, to: Subgroup | Agency | None, tool: Tool
) -> tuple[ToldGroup, ...]:
    query = (
        select(Finding)
        .where(Finding.round_id == of.id, Finding.state == FindingState.AGREED)
        .order_by(col(Finding.id))
    )
    if isinstance(to, Subgroup):
        received = select(FindingSubgroup.finding_id).where(FindingSubgroup.subgroup_id == to.id)
        query = query.where(col(Finding.id).in_(received))
    order = {theme.id: place for place, theme in enumerate(tool.themes)}
    found = sorted(
        session.exec(query),
        key=lambda f: min((order.get(t, len(order)) for t in f.themes), default=len(order)),
    )
    owner = to if isinstance(to, Agency) else None
    actions, rest = _actions(session, found, owner), evidence_counts(session, of)
    titles = {theme.id: theme.title for theme in tool.themes}
    groups = []
    for kind in FindingKind:
        told = tuple(
            ToldFinding(
                title=each.title,
                words=each.words,
                themes=tuple(titles[t] for t in titles if t in each.themes),
                actions=actions.get(each.id or 0, ()),
                theme_ids=frozenset(each.themes),
                rests_on=rest.get(each.id or 0, RestsOn()).words,
            )
            for each in found
            if each.kind == kind
        )
        if told:
            groups.append(ToldGroup(kind.heading, told))
    return tuple(groups)


def _actions(
    session: Session, findings: Sequence[Finding], of: Agency | None
) -> Mapping[int, tuple[ToldAction, ...]]:
    query = (
        select(LearningAction, Agency.name, Person.name)
        .join(Agency, col(Agency.id) == col(LearningAction.agency_id))
        .join(Person, col(Person.id) == col(LearningAction.owner_id))
        .where(col(LearningAction.finding_id).in_([f.id for f in findings]))
        .order_by(col(LearningAction.due), col(LearningAction.id))
    )
    if of:
        query = query.where(LearningAction.agency_id == of.id)
    told: dict[int, list[ToldAction]] = defaultdict(list)
    for action, agency, owner in session.exec(query):
        state = ActionState(action.state)
        told[action.finding_id].append(
            ToldAction(
                what=action.what,
                how_we_will_know=action.how_we_will_know,
                owner=f"{agency}: {owner}",
                due=day(action.due),
                state=state,
                stands=due_in_words(state, action.due, today(session)),
            )
        )
    return {finding: tuple(actions) for finding, actions in told.items()}
