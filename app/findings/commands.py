"""Writing findings and agreeing them. An agreed finding keeps the words that were agreed."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field
from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from app.access import Actor, NotNow, Unfit
from app.db import now
from app.events import Happened, record
from app.findings.evidence import Resting, evidence_of
from app.findings.models import Finding, FindingEvidence, FindingResult, FindingSubgroup
from app.findings.queries import FindingIn, subgroups_of_round, tool_of
from app.findings.rules import FindingKind, FindingState, check_agreeable, check_draft
from app.identity.models import Subgroup
from app.rounds.commands import hold
from app.rounds.models import Round, Strand
from app.rounds.plans import Version
from app.rounds.rules import Doing
from app.samples.models import Subject
from app.web.forms import Input, Line, Words

CHANGED_MEANWHILE = (
    "Somebody else changed this finding after you opened the page. Open it again to see it as it "
    "is now, and make your change there."
)


class Wording(Input):
    """What a finding says, and to whom it goes."""

    kind: FindingKind = Field(
        title="Kind of finding", json_schema_extra={"missing": "Choose a kind of finding"}
    )
    title: Line = Field(json_schema_extra={"missing": "Enter a title"})
    words: Words = Field(
        title="What was learnt", json_schema_extra={"missing": "Say what was learnt"}
    )
    themes: list[str] = Field(default_factory=list)
    subgroups: list[str] = Field(default_factory=list)


class NewFinding(Wording):
    """A finding as it is first written, with the question or result it was written from if any."""

    subject: str = ""
    strand: str = ""
    question: str = ""


class ChangedFinding(Wording):
    """A finding written again; `version` is the one that the page showed."""

    version: Version


class Seen(Input):
    """The version of a finding that a page showed."""

    version: Version


def write_finding(
    session: Session, actor: Actor, within: Round, given: Wording, rests_on: Resting | None
) -> Finding:
    """Write a finding as a draft, with the evidence it was written from.

    The same form sent again finds the draft that it wrote.
    """
    hold(session, within, Doing.WRITE_FINDINGS, alone=True)
    themes = _themes(session, within, given)
    subgroups = _subgroups(session, within, given)
    made = Finding(
        round_id=_key(within),
        kind=given.kind,
        state=FindingState.DRAFT,
        title=given.title,
        words=given.words,
        themes=themes,
        written_by=actor.person_id,
        written_at=now(session),
    )
    if (written := _written(session, made, subgroups, rests_on)) is not None:
        return written
    session.add(made)
    session.flush()
    _send_to(session, made, subgroups)
    if rests_on:
        _rest(session, made, rests_on)
    _tell(session, actor, Happened.FINDING_WRITTEN, FindingIn(made, within))
    return made


def change_finding(session: Session, actor: Actor, found: FindingIn, given: ChangedFinding) -> None:
    """Write a draft again."""
    hold(session, found.round, Doing.WRITE_FINDINGS)
    check_draft(found.finding.state)
    themes = _themes(session, found.round, given)
    subgroups = _subgroups(session, found.round, given)
    _raise_version(
        session,
        found.finding,
        given.version,
        kind=given.kind,
        title=given.title,
        words=given.words,
        themes=themes,
    )
    _forget(session, FindingSubgroup, found.finding)
    _send_to(session, found.finding, subgroups)
    _tell(session, actor, Happened.FINDING_CHANGED, found)


def add_evidence(session: Session, actor: Actor, found: FindingIn, rests_on: Resting) -> None:
    """Rest a draft on one more question or result; what it rests on already stays as it is."""
    hold(session, found.round, Doing.WRITE_FINDINGS)
    check_draft(found.finding.state)
    if _held(session, found.finding, rests_on) is not None:
        return
    _raise_version(session, found.finding, found.finding.version)
    _rest(session, found.finding, rests_on)
    _tell(session, actor, Happened.FINDING_CHANGED, found, evidence="added")


def remove_evidence(session: Session, actor: Actor, found: FindingIn, rests_on: Resting) -> None:
    """Let a draft no longer rest on a question or a result."""
    hold(session, found.round, Doing.WRITE_FINDINGS)
    check_draft(found.finding.state)
    held = _held(session, found.finding, rests_on)
    if held is None:
        return
    _raise_version(session, found.finding, found.finding.version)
    session.delete(held)
    session.flush()
    _tell(session, actor, Happened.FINDING_CHANGED, found, evidence="removed")


def agree_finding(session: Session, actor: Actor, found: FindingIn, seen: Seen) -> None:
    """Agree a finding: from now on its words stand, and actions may be planned from it."""
    hold(session, found.round, Doing.WRITE_FINDINGS)
    evidence = evidence_of(session, found)
    check_agreeable(found.finding.state, len(evidence))
    _raise_version(
        session,
        found.finding,
        seen.version,
        state=FindingState.AGREED,
        agreed_by=actor.person_id,
        agreed_at=now(session),
    )
    _tell(session, actor, Happened.FINDING_AGREED, found, evidence=str(len(evidence)))


def _written(
    session: Session, made: Finding, subgroups: Sequence[Subgroup], rests_on: Resting | None
) -> Finding | None:
    """Return the draft that this person wrote already: alike in all that the form says."""
    query = select(Finding).where(
        Finding.round_id == made.round_id,
        Finding.state == FindingState.DRAFT,
        Finding.written_by == made.written_by,
        Finding.kind == made.kind,
        Finding.title == made.title,
        Finding.words == made.words,
    )
    keys = {_key(each) for each in subgroups}
    for each in session.exec(query).all():
        going = select(FindingSubgroup.subgroup_id).where(FindingSubgroup.finding_id == each.id)
        alike = each.themes == made.themes and set(session.exec(going)) == keys
        if alike and (not rests_on or _held(session, each, rests_on)):
            return each
    return None


def _themes(session: Session, within: Round, given: Wording) -> list[str]:
    """Return the chosen themes once each, in the order of the tool."""
    tool = tool_of(session, within)
    if not set(given.themes) <= set(tool.theme):
        raise Unfit({"themes": "Themes: choose from the themes of the audit tool"})
    return [theme.id for theme in tool.themes if theme.id in given.themes]


def _subgroups(session: Session, within: Round, given: Wording) -> list[Subgroup]:
    by_ref = {subgroup.ref: subgroup for subgroup in subgroups_of_round(session, within)}
    if not set(given.subgroups) <= set(by_ref):
        raise Unfit({"subgroups": "Subgroups: choose from the subgroups of the round"})
    return [by_ref[ref] for ref in dict.fromkeys(given.subgroups)]


def _send_to(session: Session, finding: Finding, subgroups: Sequence[Subgroup]) -> None:
    session.add_all(
        FindingSubgroup(finding_id=_key(finding), subgroup_id=_key(each)) for each in subgroups
    )
    session.flush()


def _rest(session: Session, finding: Finding, on: Resting) -> None:
    key = {"finding_id": _key(finding), "question_id": on.line.number}
    if isinstance(on.of, Subject):
        session.add(FindingEvidence(**key, subject_id=_key(on.of)))
    else:
        session.add(FindingResult(**key, strand_id=_key(on.of)))
    session.flush()


def _held(
    session: Session, finding: Finding, on: Resting
) -> FindingEvidence | FindingResult | None:
    """Return the evidence if the finding rests on it already."""
    key = (_key(finding), _key(on.of), on.line.number)
    if isinstance(on.of, Subject):
        return session.get(FindingEvidence, key)
    return session.get(FindingResult, key)


def _raise_version(session: Session, finding: Finding, seen: int, **values: Any) -> None:  # noqa: ANN401 - columns
    """Change a draft that is still the one the page showed, in one statement."""
    changed = session.connection().execute(
        update(Finding)
        .where(
            col(Finding.id) == finding.id,
            col(Finding.version) == seen,
            col(Finding.state) == FindingState.DRAFT,
        )
        .values(**values, version=seen + 1)
    )
    if changed.rowcount != 1:
        raise NotNow(CHANGED_MEANWHILE)


def _forget(session: Session, table: type[FindingSubgroup], finding: Finding) -> None:
    session.connection().execute(delete(table).where(col(table.finding_id) == finding.id))


def _tell(session: Session, actor: Actor, kind: Happened, found: FindingIn, **details: str) -> None:
    record(
        session,
        actor,
        kind,
        partnership_id=actor.partnership_id,
        scope=found.round.ref,
        about=found.finding.ref,
        kind_of_finding=found.finding.kind,
        **details,
    )


def _key(row: Round | Finding | Subgroup | Subject | Strand) -> int:
    if row.id is None:
        raise LookupError("a stored row has a key")
    return row.id
