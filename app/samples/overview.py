"""The overview of a strand's sample, gathered for one person."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.identity.models import Person
from app.rounds.rules import Doing, Stage, allows
from app.samples.drawing import BY_OUTCOME, kind_of
from app.samples.frame import IN_WORDS, STRATA
from app.samples.models import DrawRecord, Frame, Subject
from app.samples.pages import OverviewPage, SubjectRow
from app.samples.queries import (
    Counted,
    Sampled,
    counted,
    draw_of,
    frame_of,
    progress_of,
    references_of,
    statement_for,
    subjects_of,
    waiting_lists,
)
from app.samples.rules import Progress, SubjectState, chance_words, group_words
from app.web.filters import moment, plural
from app.web.paging import ROWS, page_number, paged

TICKET = 12
"""Characters of a ticket that a table shows; the whole is kept."""

_SAID = {
    Progress.NO_LIST: "No list has been read yet.",
    Progress.WAITING: "A list has been read. Its columns are still to be chosen.",
    Progress.IMPORTED: "A list has been imported. Nothing has been drawn from it yet.",
    Progress.DRAWN: "The sample has been drawn.",
}
_COLOURS = {SubjectState.CHOSEN: "green", SubjectState.RESERVE: "grey", SubjectState.REPLACED: ""}


@dataclass(frozen=True)
class View:
    """Who looks: where the pages are, and whether they take the steps or only read."""

    at: str
    round_at: str
    draws: bool


def overview(session: Session, sampled: Sampled, view: View, page: str) -> OverviewPage:
    """Gather a strand's sample as somebody may see it."""
    frame = frame_of(session, sampled.strand_id)
    record = draw_of(session, sampled.strand_id)
    subjects = subjects_of(session, sampled.strand_id)
    holds = counted(session, frame) if frame else None
    shown = page_number(page, len(subjects))
    rows = subject_rows(session, sampled, view, subjects)[(shown - 1) * ROWS : shown * ROWS]
    progress = progress_of(session, sampled.strand_id)
    said = statement_for(session, sampled.strand_id, counts=True)
    return OverviewPage(
        at=view.at,
        round_at=view.round_at,
        round_title=sampled.round.title,
        strand_title=sampled.strand.title,
        said=_said(session, sampled, progress, len(subjects)),
        when=_when(sampled, view, progress),
        steps=steps(session, sampled, view, progress),
        statement=tuple(said.split("\n\n")) if said else (),
        subjects=paged(rows, shown, len(subjects), f"{view.at}?page="),
        full=view.draws,
        listed=_list_facts(session, frame, holds) if frame and holds else (),
        groups=group_table(holds) if holds else (),
        excluded=holds.excluded if holds else (),
        dropped=tuple((d["letter"], d["heading"], f"It {d['reason']}.") for d in frame.dropped)
        if frame
        else (),
        drawn=draw_facts(session, record) if record else (),
        cells=_cells(record) if record else (),
    )


Step = tuple[str, str | None, str, str | None, str | None]


def steps(session: Session, sampled: Sampled, view: View, progress: Progress) -> tuple[Step, ...]:
    """List the steps of making a sample for whoever takes them, with how far each is."""
    if not view.draws:
        return ()
    waiting = waiting_lists(session, sampled.strand_id)
    if not allows(sampled.round.stage, Doing.SAMPLE):
        return ()
    typed_in = f"{view.at}/subjects/new"
    if (kind := kind_of(session, sampled)) not in BY_OUTCOME:
        any_yet = bool(subjects_of(session, sampled.strand_id))
        return (_step(f"Type the {kind.several} in", typed_in, done=any_yet),)
    drawn, imported = progress is Progress.DRAWN, frame_of(session, sampled.strand_id) is not None
    may_leave_out = imported and not drawn
    columns = f"{view.at}/list/{waiting[0].ref}" if waiting else None
    return (
        _step("Read a list", None if drawn else f"{view.at}/list", done=bool(waiting) or imported),
        _step("Choose its columns and import it", columns, done=imported and not waiting),
        _optional(
            "Leave referrals out, with a reason", f"{view.at}/rows" if may_leave_out else None
        ),
        _step("Draw the sample", f"{view.at}/draw" if imported and not drawn else None, done=drawn),
        _optional("Type a subject in that nobody draws", typed_in),
    )


def _said(session: Session, sampled: Sampled, progress: Progress, subjects: int) -> str:
    """Say how far the sample is; only what has an outcome is drawn from a list."""
    kind = kind_of(session, sampled)
    if progress is not Progress.NO_LIST or kind in BY_OUTCOME:
        return _SAID[progress]
    typed = plural(subjects, kind.words.lower(), kind.several)
    return f"{typed} typed in." if subjects else f"No {kind.words.lower()} has been typed in yet."


def _when(sampled: Sampled, view: View, progress: Progress) -> str:
    stage = Stage(sampled.round.stage)
    if not view.draws or progress is Progress.DRAWN or allows(stage, Doing.SAMPLE):
        return ""
    return (
        f"The round is at “{stage.words}”. A sample is made while it is at "
        f"“{Stage.SAMPLING.words}”."
    )


def _optional(title: str, href: str | None) -> Step:
    return title, href, "If needed" if href else "Cannot be done now", None, None


def _step(title: str, href: str | None, *, done: bool) -> Step:
    if done:
        return title, href, "Done", None, None
    return (
        (title, href, "To do", "blue", None)
        if href
        else (title, None, "Cannot start yet", None, None)
    )


def _list_facts(session: Session, frame: Frame, holds: Counted) -> tuple[tuple[str, str], ...]:
    return (
        ("File", frame.file_name),
        ("Imported", f"{moment(frame.imported_at)} by {_name(session, frame.person_id)}"),
        ("Referrals on the list", f"{holds.rows:,}"),
        ("Left out before the draw", f"{holds.rows - sum(holds.kept.values()):,}"),
        ("Re-referred within", plural(frame.window_months, "month")),
    )


def group_table(holds: Counted) -> tuple[tuple[str, ...], ...]:
    """Count what may be drawn: by stratum, re-referred and not, and in total."""
    rows = [
        (IN_WORDS[s], holds.kept.get((s, True), 0), holds.kept.get((s, False), 0)) for s in STRATA
    ]
    rows.append(("All", sum(row[1] for row in rows), sum(row[2] for row in rows)))
    return tuple((name, f"{a:,}", f"{b:,}", f"{a + b:,}") for name, a, b in rows)


def draw_facts(session: Session, record: DrawRecord) -> tuple[tuple[str, str], ...]:
    """Say how a sample was drawn, so that anybody with the list can draw it again."""
    origin = "made by Casefile at random" if record.seed_made else "typed in before the draw"
    return (
        ("Drawn", f"{moment(record.drawn_at)} by {_name(session, record.person_id)}"),
        ("Method", record.method),
        ("Seed", f"{record.seed} ({origin})"),
        ("Digest of the list", record.digest),
    )


def _cells(record: DrawRecord) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            group_words(str(cell["stratum"]), re_referred=bool(cell["re_referred"])),
            f"{cell['size']:,}",
            f"{cell['drawn']:,}",
            f"{cell['reserves']:,}",
        )
        for cell in record.cells
        if cell["size"]
    )


def subject_rows(
    session: Session, sampled: Sampled, view: View, subjects: Sequence[Subject]
) -> list[SubjectRow]:
    """List a strand's subjects; the list's own references only for whoever draws."""
    references = references_of(session, subjects) if view.draws else {}
    labels = {subject.id: subject.label for subject in subjects}
    replaced_by = {subject.replaces_id: subject.label for subject in subjects}
    replacing = view.draws and allows(sampled.round.stage, Doing.REPLACE)
    return [
        SubjectRow(
            label=subject.label,
            group=group_words(subject.stratum, re_referred=subject.re_referred),
            state=SubjectState(subject.state).words,
            colour=_COLOURS[SubjectState(subject.state)],
            chance=chance_words(subject.probability_of, subject.probability_in),
            note=_note(subject, labels, replaced_by),
            reference=references.get(subject.frame_row_id or 0, ""),
            ticket=(subject.ticket or "")[:TICKET] if view.draws else "",
            replace_at=f"{view.at}/subjects/{subject.ref}/replacement"
            if replacing and subject.ticket and subject.state == SubjectState.CHOSEN
            else None,
        )
        for subject in subjects
    ]


def _note(
    subject: Subject, labels: dict[int | None, str], replaced_by: dict[int | None, str]
) -> str:
    reason = f": {subject.reason}" if subject.reason else ""
    if subject.ticket is None:
        return f"Typed in{reason}"
    told = []
    if subject.replaces_id is not None:
        told.append(f"In the place of {labels.get(subject.replaces_id, 'another')}.")
    if subject.state == SubjectState.REPLACED:
        told.append(f"Replaced by {replaced_by.get(subject.id, 'a reserve')}{reason}")
    return " ".join(told)


def _name(session: Session, person_id: int) -> str:
    return session.get_one(Person, person_id).name
