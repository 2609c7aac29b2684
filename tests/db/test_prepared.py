"""A prepared statement is passed to the driver as it is, and is otherwise like any other."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, select, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from app.db import Instant
from app.db.prepared import Prepared
from app.identity.models import Attempt, Person
from tests.factories import ident
from tests.world import World

NOTE = Prepared(
    text("INSERT INTO attempt (against, at) VALUES (:against, :at)").bindparams(
        bindparam("at", type_=Instant)
    )
)
TRIES = Prepared(
    select(col(Attempt.against), col(Attempt.at)).where(col(Attempt.against) == bindparam("who"))
)
MOMENT = datetime(2026, 9, 15, 8, 30, 0, 5, tzinfo=UTC)


def test_moments_are_kept_and_read_back_in_utc(session: Session) -> None:
    assert NOTE.run(session.connection(), {"against": "x" * 64, "at": MOMENT}) == 1

    assert TRIES.rows(session.connection(), {"who": "x" * 64}) == [("x" * 64, MOMENT)]


def test_a_moment_without_a_time_zone_is_refused(session: Session) -> None:
    with pytest.raises(ValueError, match="time zone"):
        NOTE.run(session.connection(), {"against": "x", "at": MOMENT.replace(tzinfo=None)})


def test_nothing_is_kept_of_a_transaction_that_is_given_up(session: Session) -> None:
    with pytest.raises(LookupError), session.begin_nested():
        NOTE.run(session.connection(), {"against": "given up", "at": MOMENT})
        raise LookupError

    assert TRIES.one(session.connection(), {"who": "given up"}) is None


def test_a_list_that_the_statement_brings_is_spelled_out(session: Session, world: World) -> None:
    people = Prepared(
        text("SELECT id FROM person WHERE name IN :names AND id = :id").bindparams(
            bindparam("names", expanding=True, value=[world.nurse.name, world.officer.name])
        )
    )

    assert people.one(session.connection(), {"id": ident(world.nurse)}) == (ident(world.nurse),)
    assert people.one(session.connection(), {"id": ident(world.teacher)}) is None


def test_many_rows_go_at_once_and_none_is_nothing_to_do(session: Session) -> None:
    NOTE.run_each(session.connection(), [])
    NOTE.run_each(session.connection(), [{"against": "many", "at": MOMENT}] * 3)

    assert len(TRIES.rows(session.connection(), {"who": "many"})) == 3
    with pytest.raises(LookupError):
        TRIES.one(session.connection(), {"who": "many"})


def test_what_the_database_refuses_is_the_usual_error_and_tells_no_values(
    session: Session, world: World
) -> None:
    again = Prepared(text("UPDATE person SET email = :email WHERE id = :id"))

    with pytest.raises(IntegrityError) as refused, session.begin_nested():
        given = {"email": world.nurse.email, "id": ident(world.officer)}
        again.run(session.connection(), given)

    assert world.nurse.email not in str(refused.value).split("DETAIL")[0]
    assert session.get_one(Person, ident(world.officer)).email == world.officer.email
