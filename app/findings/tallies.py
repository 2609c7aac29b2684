"""Reading a round's tallies for its results: a few rows for each question."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.findings.results import Given
from app.identity.models import Agency
from app.responses.models import Tally
from app.rounds.models import Strand

Tallies = Mapping[int, Mapping[Given, int]]
"""By question number, then state and code: how many responses gave it."""


def tallies_of(
    session: Session, strand: Strand, agencies: Sequence[int] | None, stratum: str
) -> Tallies:
    """Add up a strand's tallies: of some agencies or all (None), of one stratum or all ("")."""
    query = _added_up(strand, stratum)
    if agencies is not None:
        query = query.where(col(Tally.agency_id).in_(agencies))
    found: dict[int, dict[Given, int]] = {}
    for question, state, code, count in session.connection().execute(query):
        found.setdefault(question, {})[state, code] = int(count)
    return found


def tallies_by_agency(session: Session, strand: Strand, stratum: str) -> Mapping[int, Tallies]:
    """Add up a strand's tallies for each agency."""
    agency = col(Tally.agency_id)
    query = _added_up(strand, stratum).add_columns(agency).group_by(agency)
    found: dict[int, dict[int, dict[Given, int]]] = {}
    for question, state, code, count, of in session.connection().execute(query):
        found.setdefault(of, {}).setdefault(question, {})[state, code] = int(count)
    return found


def _added_up(strand: Strand, stratum: str) -> Select[int, int, int, int]:
    answer = (col(Tally.question_id), col(Tally.state), col(Tally.code))
    query = columns(*answer, func.sum(col(Tally.count))).group_by(*answer)
    query = query.where(col(Tally.strand_id) == strand.id, col(Tally.count) != 0)
    return query.where(col(Tally.stratum) == stratum) if stratum else query


def agencies_tallied(session: Session, strand: Strand) -> list[Agency]:
    """List the agencies that have sent something, by name."""
    sent = select(Tally.agency_id).where(Tally.strand_id == strand.id, Tally.count != 0)
    query = select(Agency).where(col(Agency.id).in_(sent)).order_by(Agency.name)
    return list(session.exec(query))


def strata_tallied(session: Session, strand: Strand) -> list[str]:
    """List the strata from which something was sent."""
    query = select(Tally.stratum).where(Tally.strand_id == strand.id, Tally.count != 0)
    return sorted(session.exec(query.distinct()))
