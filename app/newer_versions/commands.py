"""Moving a round to a newer version of its tool: as it was previewed, or not at all."""

from collections import Counter
from typing import Annotated

from pydantic import Field, StringConstraints
from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Session, col, select

from app.access import Actor, NotNow, Unfit
from app.assignments.models import Assignment, SharedSection
from app.assignments.shared_sections import ask_again
from app.db import now
from app.events import Happened
from app.identity.models import Agency
from app.library.commands import pin_after, pin_version
from app.library.numbers import numbers_of
from app.newer_versions.queries import Preview, may_add_strands, preview
from app.newer_versions.rules import Effect
from app.responses.models import NilReturn, Response
from app.responses.rules import ResponseState
from app.responses.stored import answers_of
from app.responses.tallies import rebuild
from app.rounds.commands import claim, hold, key_of, note
from app.rounds.models import Round, Strand
from app.rounds.plans import Version
from app.rounds.queries import strands_of
from app.rounds.rules import Doing, Stage
from app.samples.models import Subject
from app.tools import AgencyKind, Tool, fill
from app.web.forms import HIDDEN, Input

CHANGED = (
    "Something has changed since this preview was made, so the round stays where it was. Load the "
    "page again and read the preview as it is now."
)
_BEFORE_SAMPLING = frozenset({Stage.DRAFT, Stage.APPROVED})
ASKED_MORE = (
    "The audit tool of this round was moved to version {}, and some questions want an answer that "
    "did not before. All that you answered is kept."
)


class NewerVersion(Input):
    """The newer version that a round is to move to, as its preview was read."""

    version: Version
    tool: Annotated[str, StringConstraints(max_length=60)] = Field(json_schema_extra=HIDDEN)
    """As `slug.version`."""
    digest: Annotated[str, StringConstraints(max_length=64)] = Field(json_schema_extra=HIDDEN)
    question_sets: list[Annotated[str, StringConstraints(max_length=60)]] = Field(
        default_factory=list
    )
    """New question sets that are to be strands."""


def move_to_version(
    session: Session, actor: Actor, seen: Round, written: Tool, given: NewerVersion
) -> Preview | None:
    """Move a round to a newer version of its tool; every stored answer stays where it is.

    Responses that were sent stay as they were asked. Those that are not are asked what the newer
    version asks from now on, and one that was declared complete and no longer is goes back to its
    auditor. None where it is there already: the same press, sent twice.
    """
    hold(session, seen, Doing.NEWER_VERSION, alone=True)
    found = preview(session, seen, written)
    if found.old.version == written.version:
        return None
    _check(found, given)
    wanted = _strands_wanted(found, seen, given)
    if seen.stage in _BEFORE_SAMPLING:
        _check_left(session, seen, found, wanted)
    claim(session, seen, given.version)
    older = seen.tool_version_id
    if seen.stage in _BEFORE_SAMPLING:
        seen.tool_version_id = pin_version(session, written)
        _let_go(session, seen, found)
    else:
        seen.tool_version_id = pin_after(session, written, older)
    session.flush()
    _keep_sent(session, seen, older)
    _make_strands(session, seen, found, wanted)
    _hand_back(session, actor, found)
    for strand in strands_of(session, seen):
        _count_progress(session, strand, found.new)
        rebuild(session, strand)
    # Last, as a save holds its response before any section of it.
    for each in found.unshared:
        session.connection().execute(
            delete(SharedSection).where(
                col(SharedSection.assignment_id) == each.assignment,
                col(SharedSection.section) == each.section,
            )
        )
    _note(session, actor, seen, found, wanted)
    session.flush()
    return found


def _check(found: Preview, given: NewerVersion) -> None:
    """Refuse a move that is none, that would lose meaning, or that is not as it was previewed."""
    if found.written.version < found.old.version:
        raise NotNow("The round asks a newer version already.")
    if found.differing.refused:
        raise NotNow(f"The round cannot move to this version. {' '.join(found.differing.refused)}")
    if found.digest != given.digest:
        raise NotNow(CHANGED)


def _strands_wanted(found: Preview, seen: Round, given: NewerVersion) -> list[str]:
    wanted = [each.id for each in found.added if each.id in given.question_sets]
    if len(wanted) != len(set(given.question_sets)) or (wanted and not may_add_strands(seen)):
        raise Unfit({"question_sets": "Choose question sets that the newer version adds"})
    return wanted


def _check_left(session: Session, seen: Round, found: Preview, wanted: list[str]) -> None:
    """Refuse a move that would leave the round without a strand, before anything is written."""
    if not wanted and len(found.ended) == len(strands_of(session, seen)):
        none = "That version has none of the question sets in use"
        if found.added:
            raise Unfit({"question_sets": f"{none}: choose at least one of the new ones"})
        raise Unfit({"tool": none})


def _let_go(session: Session, seen: Round, found: Preview) -> None:
    """Before sampling nothing hangs on a strand: one whose question set is gone goes with it."""
    for strand in found.ended:
        session.delete(strand)
    seen.priorities = [theme for theme in seen.priorities if theme in found.written.theme]


def _of_round(seen: Round) -> ColumnElement[bool]:
    assignments = (
        select(Assignment.id)
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .where(Strand.round_id == seen.id)
    )
    return col(Response.assignment_id).in_(assignments)


def _keep_sent(session: Session, seen: Round, older: int) -> None:
    """Note what was asked of the responses that were sent before the move."""
    statement = (
        update(Response)
        .where(
            _of_round(seen),
            col(Response.state) == ResponseState.SENT,
            col(Response.tool_version_id).is_(None),
        )
        .values(tool_version_id=older)
    )
    session.connection().execute(statement)


def _make_strands(session: Session, seen: Round, found: Preview, wanted: list[str]) -> None:
    session.add_all(
        Strand(round_id=key_of(seen), question_set=each.id, title=each.title)
        for each in found.added
        if each.id in wanted
    )
    session.flush()


def _hand_back(session: Session, actor: Actor, found: Preview) -> None:
    """Give back to their auditors what was declared complete and now wants more."""
    back = [each.assignment for each in found.affected if each.goes_back]
    assignments = select(Assignment.id).where(col(Assignment.ref).in_(back))
    statement = (
        update(Response)
        .where(
            col(Response.assignment_id).in_(assignments),
            col(Response.state) == ResponseState.WITH_AGENCY_LEAD,
        )
        .values(
            state=ResponseState.DRAFT,
            handed_back_at=now(session),
            handed_back_by=actor.person_id,
            handed_back_words=ASKED_MORE.format(found.written.version),
        )
    )
    if back and session.connection().execute(statement).rowcount != len(back):
        raise NotNow(CHANGED)


def _count_progress(session: Session, strand: Strand, tool: Tool) -> None:
    """Say anew of what is not sent how much is answered, of how much.

    Whoever said that their sections are complete is waited for again where something is left.
    """
    query = (
        select(Response.id, Response.assignment_id, Agency.kind)
        .join(Assignment, col(Assignment.id) == col(Response.assignment_id))
        .join(Agency, col(Agency.id) == col(Assignment.agency_id))
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .where(
            Subject.strand_id == strand.id,
            Response.state != ResponseState.SENT,
            ~select(NilReturn.response_id)
            .where(NilReturn.response_id == Response.id)
            .correlate(Response)
            .exists(),
        )
        .order_by(col(Response.id))
        .with_for_update(of=Response)  # what is being saved is waited for, and then counted
    )
    of = {key or 0: (given, AgencyKind(kind)) for key, given, kind in session.exec(query)}
    done = select(SharedSection.assignment_id).where(
        col(SharedSection.assignment_id).in_([given for given, _ in of.values()]),
        col(SharedSection.complete_at).is_not(None),
    )
    said_complete = set(session.exec(done))
    question_set, numbers = tool.question_set[strand.question_set], numbers_of(session, tool)
    for key, answers in answers_of(session, question_set, numbers, list(of)).items():
        given, kind = of[key]
        filled = fill(question_set, kind, answers)
        answered, asked = filled.progress
        values = {"answered": answered, "asked": asked}
        session.connection().execute(
            update(Response).where(col(Response.id) == key).values(**values)
        )
        if given in said_complete:
            lacking = (*filled.wanted, *filled.wrong)
            ask_again(session, given, {each.section.id for each in lacking})


def _note(session: Session, actor: Actor, seen: Round, found: Preview, strands: list[str]) -> None:
    told = Counter(effect for each in found.affected for effect in each.effects.values())
    note(
        session, actor, seen, Happened.ROUND_CHANGED,
        changed=["tool version"],
        came_from=f"{found.old.slug} v{found.old.version}",
        tool=f"{found.written.slug} v{found.written.version}",
        answers=[f"{each.name.lower()}: {told[each]}" for each in Effect if told[each]],
        went_back=str(sum(each.goes_back for each in found.affected)),
        question_sets=strands,
    )  # fmt: skip
