"""Commands for whoever writes audit tools: none needs a database or a secret."""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.config import ROOT, ToolFiles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.exports.paper import Paper
    from app.tools import AgencyKind, QuestionSet, Tool, Tools

SCHEMA = ROOT / "docs" / "schema" / "audit-tool.schema.json"

Slug = Annotated[str, typer.Argument(metavar="TOOL", help="The tool's name, such as mash")]


class Wrong(Exception):
    """Why a command was not done, for whoever gave it."""


def new_tool(slug: Slug) -> None:
    """Write the first file of a new audit tool: a small, commented one that is sound as it is."""
    from app.tools import starter  # noqa: PLC0415

    if not re.fullmatch(r"[a-z][a-z0-9-]{0,63}", slug) or slug == "blocks":
        raise Wrong(
            f"“{slug}” cannot name a tool. Use small letters, digits and hyphens, starting with a "
            "letter: home-visits."
        )
    folder = tools_folder() / slug
    if folder.exists():
        raise Wrong(f"{folder} is there already. Write its next version there, or choose a name.")
    schema = os.path.relpath(SCHEMA, folder.resolve())
    folder.mkdir(parents=True)
    file = folder / "v1.yaml"
    file.write_text(starter(slug, Path(schema).as_posix()), encoding="utf-8")
    typer.echo(f"{file} is written. Change it, then run: casefile check-tools")


def check_tools(
    *,
    quiet: Annotated[bool, typer.Option("--quiet", help="Count the advice, do not say it")] = False,
) -> None:
    """Check every audit tool file, and that no locked version has changed; give advice."""
    from app.tools import advice, check_lock, read_lock  # noqa: PLC0415

    root = tools_folder()
    tools = read_all(root)
    lock = _lock(root)
    if problems := check_lock(tools, lock):
        raise Wrong("\n".join(problems))
    locked = read_lock(lock)
    # What is locked cannot take advice any more.
    said = [each for key, tool in tools.items() if key not in locked for each in advice(tool)]
    for sentence in () if quiet else said:
        typer.echo(f"Advice: {sentence}")
    typer.echo("Every audit tool can be read, and every locked version is unchanged.")
    if said:
        pieces = f"{len(said)} piece{'s' * (len(said) != 1)} of advice"
        typer.echo(f"{pieces} on versions that may still change: none keeps a version back.")


def diff_tools(
    slug: Slug,
    old: Annotated[int, typer.Argument(help="The older version")],
    new: Annotated[int, typer.Argument(help="The newer version")],
) -> None:
    """Say in words what differs between two versions; what may not differ comes first."""
    from app.tools import changes  # noqa: PLC0415

    found = changes(_version(slug, old), _version(slug, new))
    refused = [each.words for each in found if each.refused]
    allowed = [each.words for each in found if not each.refused]
    if refused:
        typer.echo("These may not change, since rounds on the two could not be compared:")
        typer.echo("".join(f"  {words}\n" for words in refused))
    if allowed:
        typer.echo("These may change:")
        typer.echo("".join(f"  {words}\n" for words in allowed))
    if not found:
        typer.echo("Nothing differs that an auditor or a panel would notice.")
    if refused:
        raise Wrong(f"Version {new} cannot follow version {old} until what may not change is back.")


def lock_tools() -> None:
    """Lock the versions that are not locked yet: from then on they never change."""
    from app.tools import LOCK_FILE, lock_versions  # noqa: PLC0415

    root = tools_folder()
    locked = lock_versions(read_all(root), _lock(root))
    if locked.refused:
        raise Wrong("\n".join(locked.sentences))
    (root / LOCK_FILE).write_text(locked.text, encoding="utf-8")
    typer.echo("\n".join(locked.sentences) or "Every version was locked already.")


def booklet(
    slug: Slug,
    version: Annotated[
        int | None, typer.Argument(help="The version; the newest if left out")
    ] = None,
    only_set: Annotated[str, typer.Option("--set", help="One question set; all if left out")] = "",
    agency: Annotated[
        str, typer.Option(help="A kind of agency; all that is asked if left out")
    ] = "",
    to: Annotated[Path | None, typer.Option(help="A .html, .docx or .pdf file to write")] = None,
) -> None:
    """Print blank question sets: to the screen, or as a page, a Word document or a PDF."""
    from app.exports.booklet import booklet_paper, booklet_text  # noqa: PLC0415

    tool = _version(slug, version)
    paper = booklet_paper(tool, _sets(tool, only_set), _kind(agency))
    if to is None:
        typer.echo(booklet_text(paper), nl=False)
        return
    try:
        to.write_bytes(_made(paper, to))
    except OSError as error:
        raise Wrong(f"{to} cannot be written: {error.strerror}.") from error
    typer.echo(f"{to} is written.")


def _made(paper: "Paper", to: Path) -> bytes:
    from app.exports.booklet import booklet_html  # noqa: PLC0415
    from app.exports.makers import MAKERS  # noqa: PLC0415

    match to.suffix.lower():
        case ".html":
            return booklet_html(paper)
        case ".docx":
            return MAKERS["docx"](paper)
        case ".pdf":
            return MAKERS["pdf"](paper)
        case _:
            raise Wrong(f"{to} is none of .html, .docx and .pdf: end its name in one of them.")


def _sets(tool: "Tool", name: str) -> "Sequence[QuestionSet]":
    if not name:
        return tool.question_sets
    if name not in tool.question_set:
        known = ", ".join(tool.question_set)
        raise Wrong(f"{tool.slug} has no question set “{name}”. It has: {known}.")
    return [tool.question_set[name]]


def _kind(name: str) -> "AgencyKind | None":
    from app.tools import AgencyKind  # noqa: PLC0415

    if not name:
        return None
    try:
        return AgencyKind(name.replace("-", "_"))
    except ValueError:
        raise Wrong(f"“{name}” is no kind of agency. Kinds: {', '.join(AgencyKind)}.") from None


def _version(slug: str, version: int | None) -> "Tool":
    """Find one version of a tool, or the newest; say what there is where there is none such."""
    versions = {v: tool for (name, v), tool in read_all(tools_folder()).items() if name == slug}
    if not versions:
        raise Wrong(f"There is no audit tool “{slug}” in {tools_folder()}.")
    found = versions.get(max(versions) if version is None else version)
    if found is None:
        known = ", ".join(map(str, sorted(versions)))
        raise Wrong(f"{slug} has no version {version}. It has: {known}.")
    return found


def read_all(root: Path) -> "Tools":
    """Read every audit tool, or say in sentences what is wrong with which file."""
    from app.tools import ToolError, read_tools  # noqa: PLC0415

    if not root.is_dir():
        raise Wrong(f"There is no folder {root}. CASEFILE_AUDIT_TOOLS names that of audit tools.")
    try:
        tools = read_tools(root)
    except ToolError as error:
        raise Wrong(str(error)) from error
    if not tools:
        raise Wrong(f"There is no audit tool in {root}: each version is a file, TOOL/v1.yaml.")
    return tools


def _lock(root: Path) -> str:
    from app.tools import LOCK_FILE  # noqa: PLC0415

    file = root / LOCK_FILE
    return file.read_text("utf-8") if file.exists() else ""


def tools_folder() -> Path:
    """Return the folder of audit tools that the server reads: checking files needs no secret."""
    return ToolFiles().audit_tools
