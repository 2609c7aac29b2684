"""Reading findings, each within the reach of whoever asks, with the evidence they rest on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.access import Scope
from app.findings.models import Finding, FindingEvidence, FindingResult, FindingSubgroup
from app.findings.rules import FindingState
from app.identity.models import Subgroup
from app.library.queries import pinned_tool
from app.rounds.models import Round, RoundSubgroup
from app.rounds.queries import rounds_within
from app.rounds.rules import Stage
from app.tools import Tool
from app.web.filters import plural


class FindingIn(NamedTuple):
    """A finding with the round it belongs to."""

    finding: Finding
    round: Round


def find_finding(session: Session, scope: Scope, refs: Mapping[str, str]) -> FindingIn | None:
    """Find the finding that an address names, in the round that it names."""
    query = (
        select(Finding, Round)
        .join(Round, col(Round.id) == col(Finding.round_id))
        .where(Finding.ref == refs["finding"], Round.ref == refs["round"], rounds_within(scope))
    )
    row = session.exec(query).one_or_none()
    return FindingIn(row[0], row[1]) if row else None


def findings_of(session: Session, of: Round) -> list[Finding]:
    """List a round's findings, in the order they were written."""
    query = select(Finding).where(Finding.round_id == of.id).order_by(col(Finding.id))
    return list(session.exec(query))


def drafts_of(session: Session, of: Round) -> list[Finding]:
    """List the findings of a round that may still be changed."""
    return [f for f in findings_of(session, of) if f.state == FindingState.DRAFT]


def drafts_left(session: Session, of: Round, to: Stage) -> list[str]:
    """Say what was not agreed, before findings stand as they are."""
    if to is not Stage.FINDINGS_AGREED:
        return []
    found = findings_of(session, of)
    drafts = sum(f.state == FindingState.DRAFT for f in found)
    if not found:
        return ["No finding has been written."]
    verb = "is a draft and stays" if drafts == 1 else "are drafts and stay"
    return [f"{plural(drafts, 'finding')} {verb} out of every pack."] if drafts else []


def findings_progress(session: Session, of: Round) -> Mapping[str, str]:
    """Say how many of a round's findings are agreed, and how many are drafts."""
    query = select(Finding.state, func.count()).where(Finding.round_id == of.id)
    many = dict(session.exec(query.group_by(col(Finding.state))).all())
    agreed, drafts = many.get(FindingState.AGREED, 0), many.get(FindingState.DRAFT, 0)
    told = [f"{agreed} agreed"] if agreed else []
    told += [plural(drafts, "draft")] if drafts else []
    return {"/findings": ", ".join(told) or "None written yet"}


def subgroups_of_round(session: Session, of: Round) -> list[Subgroup]:
    """List the subgroups that may receive a round's findings, by name."""
    query = (
        select(Subgroup)
        .join(RoundSubgroup, col(RoundSubgroup.subgroup_id) == col(Subgroup.id))
        .where(RoundSubgroup.round_id == of.id)
        .order_by(col(Subgroup.name), col(Subgroup.id))
    )
    return list(session.exec(query))


def receivers(session: Session, findings: Sequence[Finding]) -> dict[int, list[Subgroup]]:
    """Return the subgroups that receive each of some findings, by the finding's key."""
    query = (
        select(FindingSubgroup.finding_id, Subgroup)
        .join(Subgroup, col(Subgroup.id) == col(FindingSubgroup.subgroup_id))
        .where(col(FindingSubgroup.finding_id).in_([f.id for f in findings]))
        .order_by(col(Subgroup.name), col(Subgroup.id))
    )
    found: dict[int, list[Subgroup]] = defaultdict(list)
    for key, subgroup in session.exec(query):
        found[key].append(subgroup)
    return found


class RestsOn(NamedTuple):
    """How many compared questions and how many results a finding rests on."""

    compared: int = 0
    results: int = 0

    @property
    def words(self) -> str:
        """What a finding rests on, as papers say it.

        >>> RestsOn(1, 2).words, RestsOn(3, 0).words, RestsOn().words
        ('1 compared answer and 2 results', '3 compared answers', 'nothing that was linked')
        """
        told = [plural(self.compared, "compared answer")] if self.compared else []
        told += [plural(self.results, "result")] if self.results else []
        return " and ".join(told) or "nothing that was linked"


def evidence_counts(session: Session, of: Round) -> dict[int, RestsOn]:
    """Count the questions and results that each finding of a round rests on, by its key."""
    counted: list[dict[int, int]] = []
    for table in (FindingEvidence, FindingResult):
        query = (
            select(table.finding_id, func.count())
            .join(Finding, col(Finding.id) == col(table.finding_id))
            .where(Finding.round_id == of.id)
            .group_by(col(table.finding_id))
        )
        counted.append(dict(session.exec(query).all()))
    compared, on_results = counted
    return {
        key: RestsOn(compared.get(key, 0), on_results.get(key, 0))
        for key in compared.keys() | on_results.keys()
    }


def tool_of(session: Session, of: Round) -> Tool:
    """Return the tool version that a round is pinned to."""
    return pinned_tool(session, of.tool_version_id)
