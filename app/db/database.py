"""The unit of work: everything one request reads or changes, and the only commit."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
    nullcontext,
)

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from app.db.clock import Clock, system_clock
from app.db.engines import reader, writer
from app.db.together import Together

__all__ = ["Database", "Session", "read_apart"]


def read_apart(session: Session) -> None:
    """Let this session alone remember what it reads from now on.

    It has stored something that others would remember for as long as the process runs, and if it is
    given up after all, the same integers may come to stand for something else.
    """
    session.info["cache"] = {}


class Database:
    """One database, opened for reading and for writing.

    `writing` commits once, when everything inside it has succeeded, and otherwise changes
    nothing. `reading` cannot write at all.
    """

    def __init__(self, url: str, clock: Clock = system_clock) -> None:
        self.url = url
        self.clock = clock
        self.writer: Engine = writer(url)
        self.reader: Engine = reader(url)
        self.cache: dict[object, object] = {}
        """What never changes once stored (locked tool versions, question numbers), by its key.

        Whoever stores some of that reads it apart (`read_apart`) until it is kept."""
        self._turn = asyncio.Lock()
        self._together = Together(self._turn, self._transaction)

    @property
    def embedded(self) -> bool:
        """Whether this is the SQLite file inside the process."""
        return self.writer.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a consistent view that cannot be written to."""
        with self._session(self.reader) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a transaction: all of it is kept when the block ends, or none of it."""
        with self._session(self.writer) as session, session.begin():
            yield session

    @asynccontextmanager
    async def writing_in_turn(self) -> AsyncIterator[Session]:
        """Open a transaction for a request.

        SQLite has one writer. Requests run inline on the event loop, so a second writer must wait
        for its turn without blocking the loop, or the first could never finish.
        """
        async with self._turn if self.embedded else nullcontext():
            self._together.end()
            with self._session(self.writer) as session, session.begin():
                yield session

    def writing_together(self) -> AbstractAsyncContextManager[Session]:
        """Open the transaction of a request that many people make at the same time.

        SQLite keeps all that arrive together by one commit; PostgreSQL does so by itself.
        """
        return self._together.unit(self._info) if self.embedded else self.writing_in_turn()

    @property
    def _info(self) -> dict[str, object]:
        return {"clock": self.clock, "cache": self.cache}

    def close(self) -> None:
        """Give every connection back."""
        self.writer.dispose()
        self.reader.dispose()

    def _transaction(self) -> AbstractContextManager[Connection]:
        return self.writer.begin()

    def _session(self, bind: Engine | Connection) -> Session:
        return Session(bind, expire_on_commit=False, info=self._info)
