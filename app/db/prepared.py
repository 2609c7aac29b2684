"""Statements that somebody waits for at every save: compiled once, and then run by the driver.

For so small a statement SQLAlchemy's own work costs several times what the database needs to run
it (`python -m tests.bench P1`). So it compiles it here at its first use, and is then passed by:
values go straight to the driver, and rows come back as plain tuples. The transaction, its commit
and the kinds of error are SQLAlchemy's as everywhere else.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement

Values = Mapping[str, Any]
Row = tuple[Any, ...]
_Convert = Callable[[Any], Any]


class _Compiled(NamedTuple):
    """A statement as one kind of database takes it."""

    sql: str
    order: tuple[str, ...] | None
    """The names of its values, where the driver takes them by position."""
    own: Values
    """Values that the statement brings itself."""
    written: tuple[tuple[str, _Convert], ...]
    read: tuple[tuple[int, _Convert], ...]

    def values(self, given: Values) -> Any:  # noqa: ANN401 - a list or a mapping, as the driver takes it
        values = {**self.own, **given}
        for name, convert in self.written:
            values[name] = convert(values[name])
        return values if self.order is None else [values[name] for name in self.order]


class Prepared:
    """A statement whose values are all known by name, compiled once for each kind of database."""

    def __init__(self, statement: ClauseElement) -> None:
        self.statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, connection: Connection, values: Values) -> list[Row]:
        """Return every row."""
        compiled = self._for(connection.dialect)
        given = compiled.values(values)
        try:
            cursor = connection.connection.cursor()
            cursor.execute(compiled.sql, given)
            rows = cursor.fetchall()
        except connection.dialect.loaded_dbapi.Error as error:
            raise _as_usual(error, connection.dialect, compiled.sql) from error
        return _read(compiled, rows) if compiled.read else list(rows)

    def one(self, connection: Connection, values: Values) -> Row | None:
        """Return the only row, or None where there is none."""
        rows = self.rows(connection, values)
        if len(rows) > 1:
            raise LookupError("one row was expected, and more were found")
        return rows[0] if rows else None

    def run(self, connection: Connection, values: Values) -> int:
        """Change something; return how many rows were changed."""
        compiled = self._for(connection.dialect)
        given = compiled.values(values)
        try:
            cursor = connection.connection.cursor()
            cursor.execute(compiled.sql, given)
        except connection.dialect.loaded_dbapi.Error as error:
            raise _as_usual(error, connection.dialect, compiled.sql) from error
        return cursor.rowcount

    def run_each(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Change something once for each row of values; none is nothing to do."""
        if not rows:
            return
        compiled = self._for(connection.dialect)
        given = [compiled.values(each) for each in rows]
        try:
            cursor = connection.connection.cursor()
            cursor.executemany(compiled.sql, given)
        except connection.dialect.loaded_dbapi.Error as error:
            raise _as_usual(error, connection.dialect, compiled.sql) from error

    def _for(self, dialect: Dialect) -> _Compiled:
        known = self._compiled.get(dialect.name)
        if known is None:
            known = self._compiled[dialect.name] = _compile(self.statement, dialect)
        return known


def plain_rows(connection: Connection, statement: Executable, values: Values) -> Sequence[Row]:
    """Return many rows of plain numbers and words, as tuples.

    For statements that take a list of any length. SQLAlchemy runs them, and leaves out making an
    object of its own of every row, which takes as long as the database.
    """
    cursor = connection.execute(statement, values).cursor
    return [] if cursor is None else cursor.fetchall()


def _compile(statement: ClauseElement, dialect: Dialect) -> _Compiled:
    made: Any = statement.compile(dialect=dialect)
    wanted = {name: bind.type for name, bind in made.binds.items() if bind.required}
    # Lists are spelled out once and for all, which asks for some value in every other place.
    spelt = made.construct_expanded_state(dict.fromkeys(wanted))
    columns: Sequence[Any] = getattr(statement, "selected_columns", ())
    writing = ((n, t.dialect_impl(dialect).bind_processor(dialect)) for n, t in wanted.items())
    reading = (c.type.dialect_impl(dialect).result_processor(dialect, None) for c in columns)
    return _Compiled(
        sql=spelt.statement,
        order=tuple(spelt.positiontup) if made.positional else None,
        own={name: value for name, value in spelt.parameters.items() if name not in wanted},
        written=tuple((name, convert) for name, convert in writing if convert),
        read=tuple((place, convert) for place, convert in enumerate(reading) if convert),
    )


def _read(compiled: _Compiled, rows: Sequence[Row]) -> list[Row]:
    found = []
    for row in rows:
        values = list(row)
        for place, convert in compiled.read:
            values[place] = convert(values[place])
        found.append(tuple(values))
    return found


def _as_usual(error: Exception, dialect: Dialect, sql: str) -> BaseException:
    """Return the error that SQLAlchemy would raise, without the values."""
    base: Any = dialect.loaded_dbapi.Error
    return DBAPIError.instance(sql, None, error, base, hide_parameters=True, dialect=dialect)
