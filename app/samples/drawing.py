"""Drawing a strand's sample, typing subjects in, and replacing a subject by a reserve."""

from collections.abc import Collection, Iterable

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.access import Actor, NotNow, Unfit
from app.db import new_reference, now
from app.db.references import ALPHABET
from app.events import Happened
from app.library.queries import pinned_tool
from app.rounds.rules import Doing
from app.samples.allocation import Design, DrawProblem
from app.samples.canonical import digest, normal
from app.samples.commands import delete_waiting, hold, note
from app.samples.draw import Draw, draw, to_record
from app.samples.drawn import background_values, cell_values, paragraphs
from app.samples.forms import Confirmed, Replacing, TypedIn
from app.samples.frame import IN_WORDS, STRATA
from app.samples.models import DrawRecord, Frame, FrameRow, Subject
from app.samples.queries import (
    Sampled,
    counted,
    draw_of,
    frame_of,
    key_of,
    referrals_of,
    reserves_of,
    subjects_of,
)
from app.samples.rules import SubjectState, check_reason
from app.tools import SubjectKind

ONCE = "The sample has been drawn. A sample is drawn once; a subject can be replaced by a reserve."
NO_LIST = "There is no list to draw from. Read a list and import it first."
CHANGED = (
    "The list has changed since the preview: a row was left out, taken back, or another list "
    "imported. Preview the draw again."
)
BY_OUTCOME = frozenset({SubjectKind.REFERRAL, SubjectKind.REFERRAL_PAIR})
"""The kinds of subject that have an outcome and may be re-referred."""

LETTERS = 4
"""Random characters of a label, of 28: enough for many subjects, short enough to say aloud."""


def kind_of(session: Session, sampled: Sampled) -> SubjectKind:
    """Return the kind of subject that a strand audits."""
    tool = pinned_tool(session, sampled.round.tool_version_id)
    return tool.question_set[sampled.strand.question_set].subject


def drawn_from(session: Session, sampled: Sampled, design: Design, seed: str) -> Draw:
    """Draw from the imported list without keeping anything; Unfit when the design will not do."""
    frame = frame_to_draw_from(session, sampled)
    try:
        return draw(referrals_of(session, frame), design, seed)
    except DrawProblem as problem:
        raise Unfit(beside_fields(problem.sentences)) from None


def beside_fields(sentences: Iterable[str]) -> dict[str, str]:
    """Put what is wrong with a design beside the field that it is about.

    >>> beside_fields(["Section 47 has 3 referrals; you asked for 4."])
    {'section_47': 'Section 47 has 3 referrals; you asked for 4.'}
    """
    found: dict[str, str] = {}
    for place, sentence in enumerate(sentences):
        field = next((f for words, f in _ABOUT if words in sentence), "by")
        found[field if field not in found else f"{field}-{place}"] = sentence
    return found


_ABOUT = (
    *((f"{words} has ", stratum.value) for stratum, words in IN_WORDS.items()),
    ("re-referred", "minimum"),
    ("A seed ", "seed"),
    ("Ask for one referral", STRATA[0].value),
)


def frame_to_draw_from(session: Session, sampled: Sampled) -> Frame:
    """Return the imported list, unless there is none or its sample has been drawn."""
    if draw_of(session, sampled.strand_id):
        raise NotNow(ONCE)
    frame = frame_of(session, sampled.strand_id)
    if frame is None:
        raise NotNow(NO_LIST)
    return frame


def draw_sample(
    session: Session, actor: Actor, sampled: Sampled, given: Confirmed, *, seed_made: bool
) -> DrawRecord:
    """Draw a strand's sample, once, from the list as it was previewed."""
    hold(session, sampled, Doing.SAMPLE)
    frame = frame_to_draw_from(session, sampled)
    if digest(referrals_of(session, frame)) != given.digest:
        raise NotNow(CHANGED)
    drawn = drawn_from(session, sampled, given.design(), given.seed)
    subjects = _subjects(session, sampled, frame, drawn)
    session.add_all(subjects)
    record = _record(session, actor, sampled, frame, drawn)
    record.seed_made = seed_made
    record.statement = "\n\n".join(paragraphs(drawn, dict(record.background), subjects))
    session.add(record)
    delete_waiting(session, sampled)  # no list can be imported any more
    note(
        session,
        actor,
        sampled,
        Happened.SAMPLE_DRAWN,
        draw=record.ref,
        method=drawn.method,
        seed=drawn.seed,
        seed_made="here" if seed_made else "typed in",
        digest=drawn.digest,
        chosen=len(drawn.chosen),
        reserves=len(drawn.reserves),
    )
    session.flush()
    return record


def _record(
    session: Session, actor: Actor, sampled: Sampled, frame: Frame, drawn: Draw
) -> DrawRecord:
    return DrawRecord(
        strand_id=sampled.strand_id,
        frame_id=key_of(frame),
        method=drawn.method,
        seed=drawn.seed,
        digest=drawn.digest,
        design=to_record(drawn)["design"],
        cells=[cell_values(drawn, cell) for cell in drawn.cells],
        seed_made=False,
        background=background_values(
            referrals_of(session, frame, every=True),
            counted(session, frame).excluded,
            frame.window_months,
        ),
        statement="",
        person_id=actor.person_id,
        drawn_at=now(session),
    )


def _subjects(session: Session, sampled: Sampled, frame: Frame, drawn: Draw) -> list[Subject]:
    """Make the subjects: those chosen, then those in reserve, in the order of the draw."""
    found = session.exec(
        select(FrameRow.reference, FrameRow.id).where(FrameRow.frame_id == key_of(frame))
    )
    row_of = {normal(reference): key for reference, key in found}
    taken = {subject.label for subject in subjects_of(session, sampled.strand_id)}
    kind = kind_of(session, sampled)
    states = [SubjectState.CHOSEN] * len(drawn.chosen) + [SubjectState.RESERVE] * len(
        drawn.reserves
    )
    made = []
    for one, state in zip((*drawn.chosen, *drawn.reserves), states, strict=True):
        taken.add(label := new_label(kind, taken))
        cell = drawn.cell_of(one)
        made.append(
            Subject(
                strand_id=sampled.strand_id,
                label=label,
                position=len(taken),
                state=state,
                frame_row_id=row_of[one.reference],
                stratum=one.stratum,
                re_referred=one.re_referred,
                ticket=one.ticket,
                probability_of=cell.places,
                probability_in=cell.size,
            )
        )
    return made


def new_label(kind: SubjectKind, taken: Collection[str]) -> str:
    """Make a label that no subject of the strand has: R-7F3K. It says nothing of its subject."""
    while True:
        label = f"{kind.value[0].upper()}-{new_reference(LETTERS)}"
        if label not in taken:
            return label


def label_to_type(session: Session, sampled: Sampled) -> str:
    """Make the label that a subject about to be typed in will have."""
    taken = {subject.label for subject in subjects_of(session, sampled.strand_id)}
    return new_label(kind_of(session, sampled), taken)


def type_subject_in(session: Session, actor: Actor, sampled: Sampled, given: TypedIn) -> Subject:
    """Add a subject that nobody drew, with the reason. The same page sent twice adds one."""
    hold(session, sampled, Doing.SAMPLE)
    reason = check_reason(given.reason, "Say why this one is added without being drawn")
    drawn_by_outcome = kind_of(session, sampled) in BY_OUTCOME
    if drawn_by_outcome and (given.stratum is None or given.re_referred is None):
        raise Unfit(_unsaid(given))
    _check_label(given.label, kind_of(session, sampled))
    there = subjects_of(session, sampled.strand_id)
    known = next((subject for subject in there if subject.label == given.label), None)
    if known is not None:
        if known.ticket is None and known.reason == reason:
            return known
        raise NotNow(f"There is a subject {given.label} already. Open the page again.")
    made = Subject(
        strand_id=sampled.strand_id,
        label=given.label,
        position=len(there) + 1,
        state=SubjectState.CHOSEN,
        stratum=given.stratum or "",
        re_referred=given.re_referred == "yes" if given.re_referred else None,
        reason=reason,
    )
    session.add(made)
    note(session, actor, sampled, Happened.SUBJECT_ADDED, subject=made.ref)
    session.flush()
    return made


def _unsaid(given: TypedIn) -> dict[str, str]:
    errors = {}
    if given.stratum is None:
        errors["stratum"] = "Choose the outcome"
    if given.re_referred is None:
        errors["re_referred"] = "Say whether the child was referred again"
    return errors


def _check_label(label: str, kind: SubjectKind) -> None:
    start, _, rest = label.partition("-")
    if start != kind.value[0].upper() or len(rest) != LETTERS or not set(rest) <= set(ALPHABET):
        raise Unfit("The form could not be read. Open the page again and start from there.")


def replace_subject(
    session: Session, actor: Actor, sampled: Sampled, subject: Subject, given: Replacing
) -> Subject:
    """Let the next reserve of its group take a chosen subject's place, with the reason."""
    hold(session, sampled, Doing.REPLACE)
    refuse_to_replace(subject)
    waiting = reserves_of(session, subject)
    if not waiting:
        raise NotNow(f"No reserve is left in the group of {subject.label}.")
    reserve = waiting[0]
    if reserve.ref != given.reserve:
        raise NotNow("Another reserve is next by now. Open the page again.")
    reason = check_reason(given.reason, f"Say why {subject.label} is replaced")
    _move(session, subject, SubjectState.CHOSEN, {"state": SubjectState.REPLACED, "reason": reason})
    _move(
        session,
        reserve,
        SubjectState.RESERVE,
        {"state": SubjectState.CHOSEN, "replaces_id": key_of(subject)},
    )
    note(
        session,
        actor,
        sampled,
        Happened.SUBJECT_REPLACED,
        subject=subject.ref,
        reserve=reserve.ref,
    )
    session.flush()
    return reserve


def refuse_to_replace(subject: Subject) -> None:
    """Refuse to replace what is not in the sample, or was not drawn."""
    if subject.ticket is None:
        raise NotNow(f"{subject.label} was typed in, not drawn: it has no reserves.")
    if subject.state == SubjectState.REPLACED:
        raise NotNow(f"{subject.label} has been replaced already.")
    if subject.state != SubjectState.CHOSEN:
        raise NotNow(f"{subject.label} is in reserve itself.")


def _move(
    session: Session, subject: Subject, before: SubjectState, values: dict[str, object]
) -> None:
    statement = (
        update(Subject)
        .where(col(Subject.id) == subject.id, col(Subject.state) == before)
        .values(**values)
    )
    if session.connection().execute(statement).rowcount != 1:
        raise NotNow("Somebody else has replaced a subject meanwhile. Open the page again.")
    session.refresh(subject)
