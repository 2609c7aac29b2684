"""Reading a round's tallies for its results: a few rows for each question."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Select, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.assignments.models import Assignment
from app.findings.results import Given, Tallied, Tallies, subjects_suffice
from app.identity.models import Agency
from app.library.numbers import POSITION
from app.responses.models import Response, StrandTally, Tally
from app.responses.queries import says_not_known
from app.responses.rules import ResponseState
from app.rounds.models import Strand
from app.samples.models import Subject
from app.samples.rules import SubjectState
from app.tools import State


def tallies_of(
    session: Session, strand: Strand, agencies: Sequence[int] | None, stratum: str
) -> Tallied:
    """Add up a strand's tallies: of some agencies or all (None), of one stratum or all ("").

    About how many subjects a question was answered, tallies do not keep. Each response without an
    answer to it leaves one subject out at most, and no agency answers twice about one: where
    neither makes sure that they are enough, they are taken to be few.
    """
    about = _sent_about(strand, stratum)
    if agencies is None:
        query = _added_up(StrandTally, strand, stratum)
    else:
        query = _added_up(Tally, strand, stratum).where(col(Tally.agency_id).in_(agencies))
        about = about.where(col(Assignment.agency_id).in_(agencies))
    found: dict[int, dict[Given, int]] = {}
    for question, state, code, count in session.connection().execute(query):
        found.setdefault(question, {})[state, code] = int(count)
    responses, subjects = session.connection().execute(about).one()
    unsure = [
        number
        for number, tally in found.items()
        if not subjects_suffice(subjects - responses + _answered(tally))
    ]
    few = frozenset[int]()
    if unsure and subjects_suffice(subjects):
        by_one = _most_by_one_agency(session, strand, agencies, stratum, unsure)
        few = frozenset(each for each in unsure if not subjects_suffice(by_one.get(each, 0)))
    return Tallied(found, responses, subjects, few)


def _answered(tally: Mapping[Given, int]) -> int:
    return sum(count for (state, _), count in tally.items() if state == POSITION[State.ANSWERED])


def _most_by_one_agency(
    session: Session,
    strand: Strand,
    agencies: Sequence[int] | None,
    stratum: str,
    questions: Sequence[int],
) -> Mapping[int, int]:
    """Say how often the agency that answered a question most often did: once for each subject."""
    key = (col(Tally.question_id), col(Tally.agency_id))
    query = (
        columns(*key, func.sum(col(Tally.count)))
        .where(
            col(Tally.strand_id) == strand.id,
            col(Tally.question_id).in_(questions),
            col(Tally.state) == POSITION[State.ANSWERED],
        )
        .group_by(*key)
    )
    if agencies is not None:
        query = query.where(col(Tally.agency_id).in_(agencies))
    if stratum:
        query = query.where(col(Tally.stratum) == stratum)
    most: dict[int, int] = {}
    for question, _, count in session.connection().execute(query):
        most[question] = max(most.get(question, 0), int(count))
    return most


def _sent_about(strand: Strand, stratum: str) -> Select[int, int]:
    """Count the responses that a strand's tallies are made of, and their subjects."""
    query = (
        columns(func.count(), func.count(col(Subject.id).distinct()))
        .select_from(Response)
        .join(Assignment, col(Assignment.id) == col(Response.assignment_id))
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .where(*_counted(strand))
    )
    return query.where(col(Subject.stratum) == stratum) if stratum else query


def _counted(strand: Strand) -> tuple[ColumnElement[bool], ...]:
    """Say which responses the tallies count: those sent with answers, on what still stands."""
    return (
        col(Subject.strand_id) == strand.id,
        col(Subject.state) == SubjectState.CHOSEN,
        col(Response.state) == ResponseState.SENT,
        ~says_not_known(),
        col(Assignment.place) == 1,
    )


def tallies_by_agency(session: Session, strand: Strand, stratum: str) -> Mapping[int, Tallies]:
    """Add up a strand's tallies for each agency."""
    agency = col(Tally.agency_id)
    query = _added_up(Tally, strand, stratum).add_columns(agency).group_by(agency)
    found: dict[int, dict[int, dict[Given, int]]] = {}
    for question, state, code, count, of in session.connection().execute(query):
        found.setdefault(of, {}).setdefault(question, {})[state, code] = int(count)
    return found


def _added_up(
    kept: type[Tally] | type[StrandTally], strand: Strand, stratum: str
) -> Select[int, int, int, int]:
    answer = (col(kept.question_id), col(kept.state), col(kept.code))
    query = columns(*answer, func.sum(col(kept.count))).group_by(*answer)
    query = query.where(col(kept.strand_id) == strand.id, col(kept.count) != 0)
    return query.where(col(kept.stratum) == stratum) if stratum else query


def agencies_tallied(session: Session, strand: Strand) -> list[Agency]:
    """List the agencies that have sent something, by name."""
    sent = (
        select(Assignment.agency_id)
        .join(Response, col(Response.assignment_id) == col(Assignment.id))
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .where(*_counted(strand))
    )
    query = select(Agency).where(col(Agency.id).in_(sent)).order_by(Agency.name)
    return list(session.exec(query))


def strata_tallied(session: Session, strand: Strand) -> list[str]:
    """List the strata from which something was sent; what was typed in belongs to none."""
    query = select(StrandTally.stratum).where(
        StrandTally.strand_id == strand.id, StrandTally.count != 0, StrandTally.stratum != ""
    )
    return sorted(session.exec(query.distinct()))
