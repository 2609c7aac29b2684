"""Reading what a move to a newer version would do to every response of a round."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.assignments.models import Assignment, SharedSection
from app.comparisons.models import Judgement
from app.db import key_of
from app.identity.models import Agency, Person
from app.library.models import ToolVersion
from app.library.numbers import numbers_of
from app.library.queries import pinned_tool, tool_as_written
from app.newer_versions.rules import Affected, Of, differences, effects_on, judged_otherwise, seal
from app.newer_versions.rules import Differences as Differing
from app.responses.models import NilReturn, Response
from app.responses.queries import tool_version_of
from app.responses.rules import ResponseState
from app.responses.stored import answers_of
from app.rounds.models import Round, Strand
from app.rounds.queries import strands_of
from app.rounds.rules import Doing, allows
from app.samples.models import Subject
from app.tools import (
    OVER,
    AgencyKind,
    Answer,
    QuestionSet,
    Tool,
    digest,
    id_when_asked,
    with_retired,
)


class Unshared(NamedTuple):
    """A section that somebody was given to answer, and that their agency is asked no more."""

    assignment: int
    section: str
    """By its id."""
    words: str


class Preview(NamedTuple):
    """What a move of a round to a newer version would do."""

    old: Tool
    """What the round asks, with what it no longer asks beside it."""
    new: Tool
    """The newer version, in the same way."""
    written: Tool
    """The newer version as it is written."""
    differing: Differing
    affected: tuple[Affected, ...]
    unshared: tuple[Unshared, ...]
    """Sections that are shared with an auditor, not sent, and asked no more."""
    added: tuple[QuestionSet, ...]
    """Question sets that only the newer version has."""
    ended: tuple[Strand, ...]
    """Strands whose question set the newer version no longer has."""
    digest: str


def held_versions(session: Session, seen: Round) -> list[Tool]:
    """Return the versions that a round has asked, as they were written, the present one last."""
    held: list[Tool] = []
    key: int | None = seen.tool_version_id
    while key is not None:
        held.append(tool_as_written(session, key))
        key = session.get_one(ToolVersion, key).earlier_id
    return held[::-1]


def preview(session: Session, seen: Round, written: Tool) -> Preview:
    """Work out what moving a round to a newer version would do, answer by answer."""
    old = pinned_tool(session, seen.tool_version_id)
    new = with_retired(old, written)
    differing = differences(held_versions(session, seen), written)
    strands = strands_of(session, seen)
    if not differing.refused:  # else the two cannot be laid beside one another
        differing = differing._replace(refused=_judged_otherwise(session, strands, old, new))
    affected = (
        ()
        if differing.refused
        else tuple(each for strand in strands for each in _of_strand(session, seen, strand, new))
    )
    unshared = () if differing.refused else tuple(_unshared(session, strands, new))
    about = (
        seen.ref, str(seen.version), seen.stage, digest(written), *map(str, old.versions),
        *(f"{each.assignment} {each.section}" for each in unshared),
    )  # fmt: skip
    return Preview(
        old=old,
        new=new,
        written=written,
        differing=differing,
        affected=affected,
        unshared=unshared,
        added=tuple(s for s in written.question_sets if s.id not in old.question_set),
        ended=tuple(s for s in strands if s.question_set not in written.question_set),
        digest=seal(about, affected),
    )


def may_add_strands(seen: Round) -> bool:
    """Whether a new question set can be a strand: later, no subject could be found for it."""
    return allows(seen.stage, Doing.SAMPLE) or allows(seen.stage, Doing.STRANDS)


def _judged_otherwise(
    session: Session, strands: Sequence[Strand], old: Tool, new: Tool
) -> tuple[str, ...]:
    """Say of which strands the panel's judgements could not be read any more."""
    judged = select(Subject.strand_id).join(Judgement, col(Judgement.subject_id) == col(Subject.id))
    held = set(session.exec(judged.where(col(Subject.strand_id).in_([s.id for s in strands]))))
    found = (
        judged_otherwise(
            each.title, old.question_set[each.question_set], new.question_set[each.question_set]
        )
        for each in strands
        if each.id in held
    )
    return tuple(words for words in found if words)


def _unshared(session: Session, strands: Sequence[Strand], new: Tool) -> Iterator[Unshared]:
    """List the sections that are shared of what is not sent, and of which nothing is asked now."""
    rows = session.execute(
        columns(col(SharedSection.section), Assignment, Subject, Agency, col(Person.name))
        .select_from(SharedSection)
        .join(Assignment, col(Assignment.id) == col(SharedSection.assignment_id))
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Agency, col(Agency.id) == col(Assignment.agency_id))
        .join(Person, col(Person.id) == col(SharedSection.person_id))
        .where(
            col(Subject.strand_id).in_([s.id for s in strands]), col(Assignment.sent_at).is_(None)
        )
        .order_by(col(Subject.position), col(Agency.name), col(SharedSection.section))
    ).all()
    sets = {each.id: new.question_set[each.question_set] for each in strands}
    for section, assignment, subject, agency, name in rows:
        question_set = sets[subject.strand_id]
        kind = AgencyKind(agency.kind)
        if section in {p.section.id for p in question_set.asked_of[kind]}:
            continue
        title = next(
            (s.title for s in question_set.sections if id_when_asked(s.id) == section),
            section,
        ).removeprefix(f"{OVER}: ")
        about = f"{question_set.subject.words} {subject.label}, {agency.name}"
        words = f"{about}: “{title}”, shared with {name}"
        yield Unshared(key_of(assignment), section, words)


def _of_strand(session: Session, seen: Round, strand: Strand, new: Tool) -> list[Affected]:
    rows = session.exec(
        select(Assignment, Subject, Agency, Response)
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Agency, col(Agency.id) == col(Assignment.agency_id))
        .join(Response, col(Response.assignment_id) == col(Assignment.id))
        .where(Subject.strand_id == strand.id)
        .order_by(col(Subject.position), col(Subject.id), col(Agency.name), col(Assignment.place))
    ).all()
    under: dict[int, list[int]] = {}
    for *_, response in rows:
        under.setdefault(tool_version_of(seen, response), []).append(response.id or 0)
    answers: dict[int, dict[str, Answer]] = {}
    sets: dict[int, QuestionSet] = {}
    for version, responses in under.items():
        tool = pinned_tool(session, version)
        sets[version] = tool.question_set[strand.question_set]
        answers |= answers_of(session, sets[version], numbers_of(session, tool), responses)
    keys = [key for these in under.values() for key in these]
    nil = select(NilReturn.response_id).where(col(NilReturn.response_id).in_(keys))
    not_known = set(session.exec(nil))
    now = new.question_set[strand.question_set]
    return [
        Affected(
            strand=strand.question_set,
            assignment=assignment.ref,
            subject=f"{now.subject.words} {subject.label}"
            + (", second auditor" if assignment.place > 1 else ""),
            agency=agency.name,
            agency_ref=agency.ref,
            state=response.state,
            effects=effects_on(
                sets[tool_version_of(seen, response)],
                now,
                Of(
                    AgencyKind(agency.kind),
                    answers[response.id or 0],
                    sent=response.state == ResponseState.SENT,
                    not_known=response.id in not_known,
                ),
            ),
        )
        for assignment, subject, agency, response in rows
    ]
