"""The one command line, `casefile`: serving, migrating, audit tools, people, backups."""

import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import ValidationError

from app import authors
from app.authors import Wrong
from app.config import ROOT, Settings, example

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

cli = typer.Typer(
    help="Casefile: multi-agency audits for safeguarding children partnerships.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def main() -> None:
    """Run a command; what is wrong is said in a sentence, without a trace."""
    try:
        cli()
    except Wrong as wrong:
        typer.echo(str(wrong), err=True)
        sys.exit(1)


def settings() -> Settings:
    """Read the settings, or say what is wrong with them."""
    try:
        return Settings()
    except ValidationError as invalid:
        raise Wrong("\n".join(map(_told, invalid.errors()))) from invalid


def _told(error: "ErrorDetails") -> str:
    """Say what is wrong with a setting, by the name it has in the environment."""
    words = error["msg"].removeprefix("Value error, ")
    return f"CASEFILE_{str(error['loc'][0]).upper()}: {words}" if error["loc"] else words


@contextmanager
def the_database() -> Iterator[None]:
    """Say in a sentence why a database cannot be used."""
    from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError  # noqa: PLC0415

    from app.db.engines import UnsafeDatabase  # noqa: PLC0415

    try:
        yield
    except (ArgumentError, InterfaceError, OperationalError, UnsafeDatabase, OSError) as error:
        cause = str(getattr(error, "orig", None) or error).strip()
        raise Wrong(f"The database cannot be used: {cause.partition(chr(10))[0]}") from error


@cli.command()
def serve() -> None:
    """Serve the application (one process on SQLite; CASEFILE_WORKERS on PostgreSQL)."""
    import uvicorn  # noqa: PLC0415 - other commands need not load it

    from app.db.engines import refuse_unsafe  # noqa: PLC0415

    wanted = settings()
    with the_database():
        refuse_unsafe(wanted.database_url)
    with only_writer(wanted):
        typer.echo(f"Casefile is at http://{wanted.host}:{wanted.port}/ (stop it with Ctrl+C)")
        uvicorn.run(
            "app.main:serve_one",
            factory=True,
            host=wanted.host,
            port=wanted.port,
            workers=wanted.workers,
            # Named, so that a missing one stops the start: the fallbacks are far slower.
            loop="uvloop",
            http="httptools",
            proxy_headers=True,
            forwarded_allow_ips=wanted.trusted_proxies,
            server_header=False,
            date_header=False,
            access_log=False,
            log_level="warning",
        )


@contextmanager
def only_writer(wanted: Settings) -> Iterator[None]:
    """Hold the SQLite file for one serving process; a second one is refused."""
    if not wanted.embedded:
        yield
        return
    file = Path(wanted.database_url.removeprefix("sqlite:///") + ".serving")
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Wrong(
                f"Another process is serving {wanted.database_url}. SQLite is served by one "
                "process: stop the other, or use PostgreSQL."
            ) from error
        yield


@cli.command()
def migrate() -> None:
    """Take the database to the newest migration."""
    from app.db.readiness import migrate as upgrade  # noqa: PLC0415

    url = settings().database_url
    with the_database():
        upgrade(url)
    typer.echo("The database is at the newest migration.")


@cli.command()
def demo() -> None:
    """Fill the database with an invented partnership, once; what was entered later is kept."""
    from app.demo.seeding import CutShort, seed  # noqa: PLC0415

    wanted = settings()
    if not wanted.in_development:
        raise Wrong("The demo has known passwords: it is made only in development.")
    try:
        with the_database():
            seed(wanted, say=typer.echo)
    except CutShort as cut:
        raise Wrong(str(cut)) from cut


cli.command("new-tool")(authors.new_tool)
cli.command("check-tools")(authors.check_tools)
cli.command("diff-tools")(authors.diff_tools)
cli.command("lock-tools")(authors.lock_tools)
cli.command("booklet")(authors.booklet)


@cli.command("create-person")
def create_person(
    partnership: Annotated[str, typer.Option(help="The partnership's name in addresses: wexcombe")],
    email: Annotated[str, typer.Option(help="Their e-mail address")],
    name: Annotated[str, typer.Option(help="Their name")],
    partnership_name: Annotated[
        str, typer.Option(help="The partnership's full name, if it is to be created")
    ] = "",
) -> None:
    """Create a system administrator, and the partnership if it is new; print a link to start."""
    from app.access import Refusal  # noqa: PLC0415
    from app.db import Database  # noqa: PLC0415
    from app.db.readiness import newest_revision, revision_of  # noqa: PLC0415
    from app.people.first_person import invite_administrator  # noqa: PLC0415

    wanted = settings()
    database = Database(wanted.database_url)
    try:
        with the_database():
            behind = revision_of(database.reader) != newest_revision()
        if behind:
            raise Wrong("The database is not at the newest migration. Run: casefile migrate")
        with the_database(), database.writing() as session:
            link = invite_administrator(
                session, slug=partnership, full_name=partnership_name, email=email, name=name
            )
    except Refusal as refusal:
        raise Wrong(str(refusal)) from refusal
    finally:
        database.close()
    typer.echo(f"They set their password within 72 hours at: /links/{link.code}")


@cli.command()
def backup(to: Annotated[Path, typer.Argument(help="The file to write")]) -> None:
    """Back everything up into one file, while people work."""
    from app.backups import take  # noqa: PLC0415

    if to.exists():
        raise Wrong(f"{to} is there already: name a new file.")
    if not to.parent.is_dir():
        raise Wrong(f"There is no folder {to.parent}: make it, or name a file elsewhere.")
    url = settings().database_url
    try:
        with the_database():
            manifest = take(url, to)
    except LookupError as error:
        raise Wrong(str(error)) from error
    rows = sum(entry.rows for entry in manifest.tables.values())
    typer.echo(f"{to}: {rows:,} rows of {len(manifest.tables)} tables. It holds answers: guard it.")


@cli.command()
def restore(
    source: Annotated[Path, typer.Argument(help="A file written by `casefile backup`")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask")] = False,
) -> None:
    """Replace everything in the database by a backup; on any fault nothing is changed."""
    from app.backups import BadBackup  # noqa: PLC0415
    from app.backups import restore as put_back  # noqa: PLC0415

    wanted = settings()
    if not source.is_file():
        raise Wrong(f"There is no file {source}. Nothing was changed.")
    if not yes:
        typer.confirm("Everything in the database will be replaced. Go on?", abort=True)
    try:
        with only_writer(wanted), the_database():
            manifest = put_back(wanted.database_url, source)
    except BadBackup as bad:
        raise Wrong(f"{bad}\nNothing was changed.") from bad
    typer.echo(f"Restored {len(manifest.tables)} tables as of {manifest.taken_at}.")


@cli.command("write-docs")
def write_docs() -> None:
    """Write the generated files anew: .env.example, permissions, stages, the audit tools."""
    for path, content in generated().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        typer.echo(str(path.relative_to(ROOT)))


def generated() -> dict[Path, str]:
    """Every file in the repository that is written by the code, with what it should hold."""
    from app.library.queries import load_tools  # noqa: PLC0415
    from app.library.written_out import (  # noqa: PLC0415
        index_markdown,
        newest,
        questions_markdown,
    )
    from app.people.permissions import permissions_markdown  # noqa: PLC0415
    from app.rounds.stage_table import stages_markdown  # noqa: PLC0415
    from app.tools import published_schema  # noqa: PLC0415

    tools = load_tools(ROOT / "audit_tools")
    pages = ROOT / "docs" / "audit-tools"
    written_out = {pages / f"{t.slug}-questions.md": questions_markdown(t) for t in newest(tools)}
    return {
        ROOT / ".env.example": example(),
        ROOT / "docs" / "permissions.md": permissions_markdown(),
        ROOT / "docs" / "stages.md": stages_markdown(),
        ROOT / "docs" / "schema" / "audit-tool.schema.json": published_schema(),
        pages / "README.md": index_markdown(tools),
        **written_out,
    }
