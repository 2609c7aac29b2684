"""Committing together: small units of work that arrive at the same moment are kept by one commit.

A commit waits for the disk, and SQLite has one writer: committed one by one, thirty people who type
wait for thirty turns of the disk. Here each unit is a savepoint of one transaction, and that is
committed as soon as the event loop has nobody else at hand who is ready. A unit that fails undoes
itself alone. Nobody is told that anything is kept before the commit that keeps it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager, contextmanager
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from app.db.prepared import Prepared

_MARK = Prepared(text("SAVEPOINT unit"))
_KEEP = Prepared(text("RELEASE unit"))
_UNDO = Prepared(text("ROLLBACK TO unit"))
_NOTHING: Mapping[str, Any] = {}

Begin = Callable[[], AbstractContextManager[Connection]]
"""Begin a transaction, which the end of the block commits."""


class Unit(Session):
    """A session of one unit: prebuilt statements are given its connection without ceremony.

    What it loads or changes as objects is a savepoint of its own, as SQLAlchemy does it.
    """

    def connection(self, *_: object, **__: object) -> Connection:
        """Return the connection of the transaction that this unit is a part of."""
        bind = self.bind
        assert isinstance(bind, Connection)  # noqa: S101 - made so below
        return bind


class _Batch:
    """One transaction, and the units of work in it that wait for its commit."""

    def __init__(self, begin: Begin) -> None:
        self._transaction = ExitStack()
        self.connection = self._transaction.enter_context(begin())
        self.waiting: list[asyncio.Future[None]] = []
        self.lost = False

    @contextmanager
    def unit(self, info: dict[str, object]) -> Iterator[Session]:
        """Do one unit's work, all of it or none of it."""
        made = Unit(
            self.connection,
            join_transaction_mode="create_savepoint",
            expire_on_commit=False,
            info=info,
        )
        _MARK.run(self.connection, _NOTHING)
        try:
            with made:
                yield made
                if made.in_transaction():
                    made.commit()
            _KEEP.run(self.connection, _NOTHING)
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        try:
            _UNDO.run(self.connection, _NOTHING)
            _KEEP.run(self.connection, _NOTHING)
        except DBAPIError as error:
            # A full or failing disk ends SQLite's whole transaction: this unit and all before it.
            self.lost = True
            self._tell(error)

    def end(self) -> None:
        """Commit, and tell every unit whether it was kept."""
        try:
            self._transaction.close()
        except Exception as error:  # noqa: BLE001 - whatever it was, nobody may wait for ever
            self._tell(error)
        else:
            self._tell(None)

    def _tell(self, error: Exception | None) -> None:
        for each in self.waiting:
            if each.done():
                continue  # whoever asked has gone
            if error is None:
                each.set_result(None)
            else:
                each.set_exception(error)
        self.waiting.clear()


class Together:
    """The open batch of one database, if there is one."""

    def __init__(self, turn: asyncio.Lock, begin: Begin) -> None:
        self._turn = turn
        self._begin = begin
        self._batch: _Batch | None = None

    @asynccontextmanager
    async def unit(self, info: dict[str, object]) -> AsyncIterator[Session]:
        """Do one unit's work in the open batch, and wait until it is kept."""
        loop = asyncio.get_running_loop()
        kept: asyncio.Future[None] = loop.create_future()
        async with self._turn:
            batch = self._batch = self._batch or _Batch(self._begin)
            try:
                with batch.unit(info) as session:
                    yield session
                batch.waiting.append(kept)
            finally:
                if batch.lost:
                    self.end()
                # Comes when everybody who is ready by now has had their turn in the loop.
                loop.call_soon(self._end_of, batch)
        await kept

    def end(self) -> None:
        """Commit the open batch, if there is one."""
        batch, self._batch = self._batch, None
        if batch is not None:
            batch.end()

    def _end_of(self, batch: _Batch) -> None:
        # Who has the turn works in this batch, and will ask for its end again; or is another kind
        # of writer, who has ended it.
        if batch is self._batch and not self._turn.locked():
            self.end()
