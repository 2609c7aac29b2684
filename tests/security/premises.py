"""The application on its grounds, and everybody's open session."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fastapi import FastAPI
from sqlalchemy import Connection, text
from sqlmodel import SQLModel

from app.config import Environment, Settings
from app.db import Database
from app.db.engines import writer
from app.identity.sign_ins import digest_of, start_sign_in
from app.main import create_app
from app.rounds.rules import Stage
from app.web.guard import COOKIE, token_for
from tests.clock import SettableClock
from tests.conftest import RolledBack
from tests.samples.files import comma_separated, referral_rows
from tests.security.addresses import DOORS
from tests.security.asking import FORM, FROM_HERE, Asker, Reply, Values, encoded, multipart
from tests.security.doors import Facts, Names, address
from tests.security.furniture import lay_out
from tests.security.grounds import Grounds

SECRET = "a secret for tests of security alone"
FILES = {
    "list": ("referrals.csv", comma_separated(referral_rows(12))),
    "attachment": ("Notes of the visit.txt", b"The visit was on a Monday."),
    "file": ("people.csv", b"Name,E-mail,Agency,Role\nAnn Ash,ann@wexcombe.example,,Scrutineer\n"),
}


@dataclass
class Premises:
    """The application on its grounds, and everybody's open session."""

    app: FastAPI
    database: Database
    connection: Connection
    grounds: Grounds
    asker: Asker
    cookies: dict[str, str]
    clock: SettableClock

    def as_(self, who: str) -> dict[str, str]:
        """The headers of somebody's browser; nobody's has no cookie."""
        cookie = self.cookies.get(who)
        return {"cookie": f"{COOKIE}={cookie}"} if cookie else {}

    def token(self, who: str) -> str:
        """What the forms of somebody's session carry."""
        return token_for(SECRET, digest_of(self.cookies[who])) if who in self.cookies else "none"

    def get(self, who: str, address: str, **headers: str) -> Reply:
        return self.asker.ask("GET", address, {**self.as_(who), **headers})

    def post(self, who: str, address: str, values: Values | None = None, **headers: str) -> Reply:
        body = encoded({"token": self.token(who), **(values or {})})
        own = {**self.as_(who), **FROM_HERE, "content-type": FORM, **headers}
        return self.asker.ask("POST", address, own, body)

    def look(self, who: str, route: str, names: Names | None = None) -> Reply:
        """Open a route of the table, at its usual address or another."""
        _, _, path = route.partition(" ")
        given = {**DOORS[route].names, **(names or {})}
        query = DOORS[route].query(self.facts)
        return self.get(who, address(path, given, self.grounds.refs) + query)

    def send(self, who: str, route: str, names: Names | None = None, **more: str) -> Reply:
        """Send a route's form as it stands in the table."""
        door, (_, _, path) = DOORS[route], route.partition(" ")
        at = address(path, {**door.names, **(names or {})}, self.grounds.refs)
        values = {**door.form(self.facts), **more}
        if not door.file:
            return self.post(who, at, values)
        kind, body = multipart({"token": self.token(who), **values}, door.file, *FILES[door.file])
        own = {**self.as_(who), **FROM_HERE, "content-type": kind}
        return self.asker.ask("POST", at, own, body)

    @property
    def facts(self) -> Facts:
        return Facts(self.grounds, self.value)

    def value(self, statement: str) -> str:
        return str(self.connection.execute(text(statement)).scalar_one())

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Undo whatever is done inside; what was cached of it is forgotten."""
        known = dict(self.database.cache)
        nested = self.connection.begin_nested()
        try:
            yield
        finally:
            nested.rollback()
            self.database.cache.clear()
            self.database.cache.update(known)

    def stage(self, stage: Stage) -> None:
        """Put every round at a stage."""
        self.connection.execute(text("UPDATE round SET stage = :stage"), {"stage": stage.value})

    def counts(self) -> dict[str, int]:
        """How many rows each table holds."""
        each = " UNION ALL ".join(
            f"SELECT '{table}', count(*) FROM \"{table}\""
            for table in sorted(SQLModel.metadata.tables)
        )
        return {str(name): int(many) for name, many in self.connection.execute(text(each))}


@contextmanager
def laid_out(url: str) -> Iterator[Premises]:
    """Lay the grounds out on a migrated database and let everybody in, until the block ends."""
    engine, clock = writer(url), SettableClock()
    with engine.connect() as connection:
        outer = connection.begin()
        if connection.dialect.name == "postgresql":
            # It is kept until the last test of all, however long nobody asks it anything.
            connection.execute(text("SET idle_in_transaction_session_timeout = 0"))
        database = RolledBack(url, connection, clock)
        with database.writing() as session:
            grounds = lay_out(session)
            cookies = {name: start_sign_in(session, who) for name, who in grounds.people.items()}
        settings = Settings(environment=Environment.DEVELOPMENT, secret=SECRET, _env_file=None)
        app = create_app(settings, database)
        asker = Asker(app)
        yield Premises(app, database, connection, grounds, asker, cookies, clock)
        asker.close()
        database.close()
        outer.rollback()
    engine.dispose()
