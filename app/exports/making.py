"""Making documents while nobody waits: not the person who asked, and nobody else.

Whoever asks waits two seconds at most. What is not there by then goes on by itself, and a row says
how far it is, so that any process of the installation can tell.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from hashlib import sha256

import structlog
from fastapi import Request
from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col

from app.db import Database, new_reference, now
from app.exports.another_process import POOL, WORKERS
from app.exports.models import RequestedDocument
from app.exports.paper import Paper
from app.exports.requested import clear_away, give_up, refuse_purged
from app.exports.rules import DocumentState

log = structlog.get_logger()

PATIENCE = 2.0
"""Seconds that a request waits for its document."""

CLEARED_EVERY = 3600.0
"""Seconds between two times that documents are cleared away whose day is over."""

Work = Callable[[Paper], bytes]


def maker_of(request: Request) -> "DocumentMaker":
    """Return what makes the application's documents."""
    found: DocumentMaker = request.app.state.document_maker
    return found


class DocumentMaker:
    """Makes one document after another in the worker process, for one application."""

    def __init__(self, database: Database) -> None:
        self.patience = PATIENCE
        self._database = database
        self._name = new_reference()
        self._turn = asyncio.Semaphore(WORKERS)
        self._followed: set[asyncio.Task[None] | asyncio.Task[bytes]] = set()

    async def make(self, asked: RequestedDocument, work: Work, paper: Paper) -> bytes | None:
        """Return a document that is there in time; another goes on, and `asked` is stored."""
        begun = asyncio.Event()
        making = asyncio.create_task(self._in_turn(begun, work, paper))
        await asyncio.wait({making}, timeout=self.patience)
        if making.done() and making.exception() is None:
            return making.result()
        asked.maker = self._name
        asked.state = DocumentState.MAKING if begun.is_set() else DocumentState.WAITING
        # Kept until it ends, also where nobody gets what comes of it.
        self._followed.add(making)
        making.add_done_callback(self._followed.discard)
        async with self._database.writing_in_turn() as session:
            clear_away(session)
            refuse_purged(session, asked)
            session.add(asked)
        following = asyncio.create_task(self._follow(asked.ref, begun, making))
        self._followed.add(following)
        following.add_done_callback(self._followed.discard)
        if making.done():
            await following
        return None

    async def _in_turn(self, begun: asyncio.Event, work: Work, paper: Paper) -> bytes:
        async with self._turn:
            begun.set()
            return await POOL.run(work, paper)

    async def _follow(self, ref: str, begun: asyncio.Event, making: asyncio.Task[bytes]) -> None:
        """Write down how far a document is, until it is there or cannot be made."""
        await begun.wait()
        await self._note(ref, DocumentState.MAKING)
        try:
            content = await making
        except Exception as error:  # noqa: BLE001 - whatever it is, the page says what to do
            log.error("document failed", kind=type(error).__name__)  # noqa: TRY400 - no case's words
            await self._note(ref, DocumentState.FAILED)
        else:
            await self._note(ref, DocumentState.READY, content)

    async def _note(self, ref: str, state: DocumentState, content: bytes | None = None) -> None:
        async with self._database.writing_in_turn() as session:
            told = {
                "state": state,
                "ended_at": None if state.going_on else now(session),
                "digest": sha256(content).digest() if content else None,
                "content": content,
            }
            # A row that was purged meanwhile is not there any more, and so what was made is gone.
            this = col(RequestedDocument.ref) == ref
            session.connection().execute(update(RequestedDocument).where(this).values(**told))

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Clear away every hour; and leave nothing behind that says it is being made."""
        await self._clear(unfinished=True)
        clearing = asyncio.create_task(self._clear_every_hour())
        try:
            yield
        finally:
            clearing.cancel()
            if self._followed:
                POOL.stop()
            for task in tuple(self._followed):
                task.cancel()
            await self._clear(unfinished=True)

    async def _clear_every_hour(self) -> None:
        while True:
            await asyncio.sleep(CLEARED_EVERY)
            await self._clear(unfinished=False)

    async def _clear(self, *, unfinished: bool) -> None:
        """Delete what is over; when starting and stopping, give up what is left unfinished."""
        try:
            async with self._database.writing_in_turn() as session:
                clear_away(session)
                if unfinished:
                    # The embedded database has one serving process: nobody else makes anything.
                    give_up(session, "" if self._database.embedded else self._name)
        except SQLAlchemyError as error:
            log.error("documents not cleared away", kind=type(error).__name__)  # noqa: TRY400
