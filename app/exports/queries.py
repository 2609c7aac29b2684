"""Reading what leaves: the packs within somebody's reach, and what is in one of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, assert_never

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlmodel import Session, col, select

from app.access import Actor, Reach, Scope
from app.actions.models import LearningAction
from app.actions.rules import ActionState, due_in_words
from app.comparisons.blindness import Sight
from app.comparisons.queries import sheet_for
from app.db import now, today
from app.exports.paper import paragraphs
from app.exports.sample_words import sample_in_words
from app.exports.told import Counted, Told, ToldAction, ToldFinding, ToldGroup
from app.findings.models import Finding, FindingSubgroup
from app.findings.queries import evidence_counts, tool_of
from app.findings.results import Bar, Result, results
from app.findings.rules import FindingKind, FindingState
from app.findings.tallies import tallies_of
from app.identity.models import Agency, Partnership, Person, Subgroup
from app.responses.returns import Return, returns_of
from app.rounds.models import Round, RoundAgency, RoundSubgroup
from app.rounds.queries import strands_of
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


def tell(
    session: Session,
    actor: Actor,
    of: Round,
    subgroup: Subgroup | None = None,
    *,
    counts: bool = False,
) -> Told:
    """Gather what papers tell of a round as it stands: all, or what goes to a subgroup."""
    tool = tool_of(session, of)
    return Told(
        partnership=session.get_one(Partnership, of.partnership_id).name,
        round=of.title,
        tool=tool.title,
        stage=Stage(of.stage).words,
        provisional=not allows(of.stage, Doing.RECEIVE_PACK),
        purpose=of.purpose,
        lines_of_enquiry=paragraphs(of.lines_of_enquiry),
        agencies=_agencies(session, of),
        sample=sample_in_words(session, of, counts=counts),
        groups=_groups(session, of, subgroup, tool),
        made_by=actor.name,
        made_at=moment(now(session)),
    )


def count(session: Session, sight: Sight) -> Counted:
    """Gather the numbers of a round, for those who see every answer anyway."""
    sections: list[tuple[str, tuple[tuple[str, str, str, str], ...]]] = []
    questions: dict[str, str] = {}
    strands = strands_of(session, sight.round)
    for strand in strands:
        sheet = sheet_for(session, sight, strand)
        questions |= {line.question.id: line.question.text for line in sheet.lines}
        found = results(sheet, tallies_of(session, strand, None, ""), "", "")
        for section, rows in groupby(found, key=lambda result: result.section):
            heading = f"{strand.title}: {section}" if len(strands) > 1 else section
            sections.append((heading, tuple(_result_row(row) for row in rows)))
    return Counted(
        returns=tuple(
            (row.agency, str(row.given), str(row.sent), _stands(row))
            for row in sorted(
                returns_of(session, sight.round, today(session)), key=lambda row: row.agency
            )
        ),
        results=tuple(sections),
        questions=tuple(questions.items()),
    )


def _stands(row: Return) -> str:
    if not row.given:
        return "Nothing was asked of it"
    if not row.sent:
        return f"Nil: {row.overdue.lower()}" if row.overdue else "Nil so far"
    if row.waited_for:
        return f"In part: {row.overdue.lower()}" if row.overdue else "In part"
    return "Returned"


def _result_row(result: Result) -> tuple[str, str, str, str]:
    return (
        f"{result.place}. {result.text}",
        f"{result.answered} of {result.asked}",
        "; ".join(_bar(bar) for bar in result.bars if bar.count) or "In words, a number or a date",
        "; ".join(_bar(bar) for bar in result.absent) or "None",
    )


def _bar(bar: Bar) -> str:
    percent = "" if bar.percent is None else f" ({bar.percent}%)"
    return f"{bar.words}: {bar.count}{percent}"


def _agencies(session: Session, of: Round) -> tuple[str, ...]:
    query = (
        select(Agency.name)
        .join(RoundAgency, col(RoundAgency.agency_id) == col(Agency.id))
        .where(RoundAgency.round_id == of.id)
        .order_by(col(Agency.name))
    )
    return tuple(session.exec(query))


def _groups(
    session: Session, of: Round, subgroup: Subgroup | None, tool: Tool
) -> tuple[ToldGroup, ...]:
    query = (
        select(Finding)
        .where(Finding.round_id == of.id, Finding.state == FindingState.AGREED)
        .order_by(col(Finding.id))
    )
    if subgroup:
        received = select(FindingSubgroup.finding_id).where(
            FindingSubgroup.subgroup_id == subgroup.id
        )
        query = query.where(col(Finding.id).in_(received))
    order = {theme.id: place for place, theme in enumerate(tool.themes)}
    found = sorted(
        session.exec(query),
        key=lambda f: min((order.get(t, len(order)) for t in f.themes), default=len(order)),
    )
    actions, rest = _actions(session, found), evidence_counts(session, of)
    titles = {theme.id: theme.title for theme in tool.themes}
    groups = []
    for kind in FindingKind:
        told = tuple(
            ToldFinding(
                title=each.title,
                words=each.words,
                themes=tuple(titles[t] for t in titles if t in each.themes),
                actions=actions.get(each.id or 0, ()),
                rests_on=rest.get(each.id or 0, 0),
            )
            for each in found
            if each.kind == kind
        )
        if told:
            groups.append(ToldGroup(kind.heading, told))
    return tuple(groups)


def _actions(session: Session, findings: Sequence[Finding]) -> Mapping[int, tuple[ToldAction, ...]]:
    query = (
        select(LearningAction, Agency.name, Person.name)
        .join(Agency, col(Agency.id) == col(LearningAction.agency_id))
        .join(Person, col(Person.id) == col(LearningAction.owner_id))
        .where(col(LearningAction.finding_id).in_([f.id for f in findings]))
        .order_by(col(LearningAction.due), col(LearningAction.id))
    )
    told: dict[int, list[ToldAction]] = defaultdict(list)
    for action, agency, owner in session.exec(query):
        state = ActionState(action.state)
        told[action.finding_id].append(
            ToldAction(
                what=action.what,
                how_we_will_know=action.how_we_will_know,
                owner=f"{agency}: {owner}",
                due=day(action.due),
                state=state.words,
                stands=due_in_words(state, action.due, today(session)),
            )
        )
    return {finding: tuple(actions) for finding, actions in told.items()}
