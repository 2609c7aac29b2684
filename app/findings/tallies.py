"""Reading a round's tallies for its results: a few rows for each question."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Select, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.assignments.models import Assignment
from app.findings.results import Given, Tallied, Tallies
from app.identity.models import Agency
from app.responses.models import Response, StrandTally, Tally
from app.responses.queries import says_not_known
from app.responses.rules import ResponseState
from app.rounds.models import Strand
from app.samples.models import Subject
from app.samples.rules import SubjectState


def tallies_of(
    session: Session, strand: Strand, agencies: Sequence[int] | None, stratum: str
) -> Tallied:
    """Add up a strand's tallies: of some agencies or all (None), of one stratum or all ("")."""
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
    return Tallied(found, responses, subjects)


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
