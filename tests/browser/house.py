"""A served partnership in which nothing is audited yet: each test audits something of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import BrowserContext

from app.db import Database
from app.db.readiness import migrate
from app.identity.models import Person
from app.identity.sign_ins import start_sign_in
from app.web.guard import COOKIE
from tests.serving import Server, served
from tests.world import World, build_world


@dataclass(frozen=True)
class House:
    """The partnership of Wexcombe, and the server by which it is reached."""

    server: Server
    database: Database
    world: World

    def sign_in(self, context: BrowserContext, who: Person) -> str:
        """Let somebody into a window, and return their cookie."""
        with self.database.writing() as session:
            cookie = start_sign_in(session, who)
        context.add_cookies([{"name": COOKIE, "value": cookie, "url": self.server.address}])
        return cookie


@contextmanager
def a_served_house(url: str) -> Iterator[House]:
    """Build and serve it until the block ends, in an empty database."""
    migrate(url)
    database = Database(url)
    with database.writing() as session:
        world = build_world(session)
    with served(url, CASEFILE_SECRET="for these tests alone, and long enough") as server:
        yield House(server, database, world)
    database.close()
