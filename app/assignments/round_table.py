"""The table of a round: its subjects down, the agencies in view across, who has each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fastapi import Request
from sqlmodel import Session

from app.access import Action, Actor, Reach, Scope, scope
from app.assignments.commands import able_auditors
from app.assignments.conflicts import conflicts_on
from app.assignments.models import Assignment
from app.assignments.pages import AssignmentsPage, Cell, Row
from app.assignments.queries import (
    CHOSEN,
    Auditor,
    Given,
    agencies_of_round,
    assignments_of_round,
    auditors_of,
    subjects_of_round,
)
from app.assignments.rules import Shared
from app.assignments.shared_sections import shared_sections
from app.identity.models import Agency
from app.library.queries import pinned_tool
from app.rounds.models import Round
from app.rounds.rules import Doing, allows
from app.samples.models import Subject
from app.tools import SubjectKind
from app.web.filters import listed, plural
from app.web.forms import Posted
from app.web.paging import ROWS, page_number, paged


@dataclass(frozen=True)
class RoundTable:
    """A round's assignments as one person may see and change them."""

    round: Round
    subjects: Sequence[Subject]
    agencies: Sequence[Agency]
    """Those whose assignments are shown."""
    own: Sequence[Agency]
    """Those whose auditors this person may choose."""
    auditors: Sequence[Auditor]
    given: Mapping[tuple[int, int], Given]
    twice: Mapping[tuple[int, int], Given]
    """The second auditors' assignments, where there are any."""
    whole_round: bool
    conflicts: Mapping[int, Mapping[int, str]]
    """By assignment: who declared a conflict of interest, in words. Only of one's own agencies."""
    shared: Mapping[int, Mapping[str, Shared]]
    """By assignment: who answers some of its sections. Only of one's own agencies."""
    may_take_back: bool
    drafts_of: frozenset[int]
    """The agencies whose responses this person opens before they are sent: their own alone."""
    reads_sent: bool

    def opens(self, found: Given) -> bool:
        """Whether this person can open the response to an assignment."""
        sent = found.assignment.sent_at is not None
        return found.assignment.agency_id in self.drafts_of or (sent and self.reads_sent)

    @property
    def chosen(self) -> list[Subject]:
        """The subjects that are still part of the sample."""
        return [subject for subject in self.subjects if subject.state == CHOSEN]

    def assignments(
        self, subjects: Sequence[Subject], agency_id: int, *, second: bool = False
    ) -> list[Assignment]:
        """Return an agency's assignments of some subjects, or those of its second auditors."""
        given = self.twice if second else self.given
        return [
            given[key].assignment
            for subject in subjects
            if (key := (subject.id or 0, agency_id)) in given
        ]

    def without_auditor(self, subjects: Sequence[Subject]) -> list[Assignment]:
        """Return the assignments of some subjects that nobody able to audit has."""
        able = {(a.person_id, a.agency_id) for a in self.auditors}
        return [
            assignment
            for agency in self.own
            for second in (False, True)
            for assignment in self.assignments(subjects, agency.id or 0, second=second)
            if assignment.sent_at is None and (assignment.auditor_id, agency.id) not in able
        ]


def round_table(session: Session, actor: Actor, round_: Round) -> RoundTable:
    """Gather a round's assignments within an actor's reach."""
    seen, made = scope(actor, Action.ASSIGNMENT_SEE), scope(actor, Action.ASSIGNMENT_MAKE)
    read = scope(actor, Action.RESPONSE_SEE)
    agencies = agencies_of_round(session, seen, round_)
    own = agencies_of_round(session, made, round_)
    given = assignments_of_round(session, round_, agencies)
    twice = assignments_of_round(session, round_, agencies, place=2)
    mine = {agency.id for agency in own}
    everything = (*given.values(), *twice.values())
    keys = [g.assignment.id or 0 for g in everything if g.assignment.agency_id in mine]
    return RoundTable(
        round=round_,
        subjects=subjects_of_round(session, round_),
        agencies=agencies,
        own=own,
        auditors=able_auditors(session, round_, auditors_of(session, round_, own)),
        given=given,
        twice=twice,
        whole_round=_whole_round(made, round_),
        conflicts=conflicts_on(session, keys),
        shared=shared_sections(session, round_.partnership_id, keys),
        may_take_back=Reach.PARTNERSHIP in scope(actor, Action.ASSIGNMENT_TAKE_BACK).reaches,
        drafts_of=read.agencies if Reach.AGENCY in read.reaches else frozenset(),
        reads_sent=_whole_round(read, round_),
    )


def _whole_round(within: Scope, round_: Round) -> bool:
    return Reach.PARTNERSHIP in within.reaches or (
        Reach.ROUND in within.reaches and round_.id in within.rounds
    )


def assignments_page(request: Request, session: Session, table: RoundTable) -> AssignmentsPage:
    """Lay the table out, a page of subjects at a time."""
    at = f"/{request.state.place.slug}"
    rows = [row for subject in table.subjects if (row := _row(table, subject, at))]
    here = f"{at}/rounds/{table.round.ref}/assignments"
    kind = _kind(session, table)
    number = page_number(request.query_params.get("page", ""), len(rows))
    shown = rows[(number - 1) * ROWS : number * ROWS]
    names = {agency.id: agency.name for agency in table.own}
    return AssignmentsPage(
        at=here,
        round_title=table.round.title,
        kind=kind.words if kind else "Subject",
        kinds=(kind.several if kind else "subjects").capitalize(),
        agencies=tuple(agency.name for agency in table.agencies),
        rows=paged(shown, number, len(rows), f"{here}?page="),
        auditors=tuple((a.ref, _option(a, names)) for a in table.auditors),
        given=tuple((a.ref, a.name) for a in table.own) if table.whole_round else (),
        any_twice=bool(table.twice),
        may_take_back=table.may_take_back and allows(table.round.stage, Doing.ASSIGN),
        may_draw_second=table.may_take_back and allows(table.round.stage, Doing.SECOND),
        may_assign=bool(table.own) and allows(table.round.stage, Doing.ASSIGN),
        whole_round=table.whole_round,
        summary=_summary(table),
        page=f"?page={number}" if number > 1 else "",
        errors={},
        chosen=(),
        to=tuple(a.ref for a in table.own),
        auditor="",
    )


def again(page: AssignmentsPage, errors: dict[str, str], form: Posted) -> AssignmentsPage:
    """Show the page again with what was ticked and what is wrong with it."""
    return replace(
        page,
        errors=errors,
        chosen=tuple(form.all("subject")),
        to=tuple(form.all("agency")),
        auditor=form.one("auditor"),
    )


def _row(table: RoundTable, subject: Subject, at: str) -> Row | None:
    cells = tuple(_cell(table, subject, agency, at) for agency in table.agencies)
    nowhere = all(cell.href is None and not cell.colour for cell in cells)
    replaced = subject.state != CHOSEN
    if nowhere and (replaced or not table.whole_round):
        return None
    return Row(subject.ref, subject.label, replaced, cells)


def _cell(table: RoundTable, subject: Subject, agency: Agency, at: str) -> Cell:
    key = (subject.id or 0, agency.id or 0)
    cell = _one(table, subject, table.given.get(key), at)
    second = table.twice.get(key)
    return replace(cell, second=_one(table, subject, second, at)) if second else cell


def _one(table: RoundTable, subject: Subject, found: Given | None, at: str) -> Cell:
    if found is None:
        return Cell("Not given", "", None)
    href = f"{at}/assignments/{found.assignment.ref}" if table.opens(found) else None
    if subject.state != CHOSEN:
        return Cell("Replaced: closed", "grey", None)
    if found.assignment.sent_at:
        return Cell("Sent", "green", href)
    if found.auditor is None:
        declared = list(table.conflicts.get(found.assignment.id or 0, {}).values())
        return Cell("No auditor yet", "yellow", None, ". ".join(declared))
    if found.waits:
        return Cell(f"No auditor: {found.auditor} no longer audits", "yellow", None)
    sharing = table.shared.get(found.assignment.id or 0, {}).values()
    others = sorted({each.name for each in sharing})
    words = f"{found.auditor}, shared with {listed(others)}" if others else found.auditor
    return Cell(words, "blue", href)


def _option(auditor: Auditor, agencies: Mapping[int | None, str]) -> str:
    where = f", {agencies[auditor.agency_id]}" if len(agencies) > 1 else ""
    return (
        f"{auditor.name}{where}: {auditor.open_here} open here, "
        f"{auditor.open_overall} in all rounds"
    )


def _kind(session: Session, table: RoundTable) -> SubjectKind | None:
    """Return what every subject of a round is, where all are the same."""
    sets = pinned_tool(session, table.round.tool_version_id).question_sets
    kinds = {each.subject for each in sets}
    return sets[0].subject if len(kinds) == 1 else None


def _summary(table: RoundTable) -> str:
    chosen = {subject.id for subject in table.chosen}
    everything = (*table.given.items(), *table.twice.items())
    given = [each for (subject, _), each in everything if subject in chosen]
    sent = sum(1 for each in given if each.assignment.sent_at)
    waiting = sum(1 for each in given if each.waits and not each.assignment.sent_at)
    subjects = f"{plural(len(table.chosen), 'subject')}, " if table.whole_round else ""
    return (
        f"{subjects}{plural(len(given), 'assignment')}: {waiting} without an auditor, {sent} sent."
    )
