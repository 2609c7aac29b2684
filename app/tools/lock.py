"""Locking versions: once a version may be in use, its definition never changes.

`audit_tools/versions.lock` has one line per locked version: `mash v1 <digest>`. The digest covers
blocks as well, so a block that changes under a locked tool is found. Nothing here opens a file.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from app.tools.question_changes import question_changes
from app.tools.reading import Tools
from app.tools.snapshot import digest
from app.tools.versions import changes

if TYPE_CHECKING:
    from app.tools.schema import Place

LOCK_FILE = "versions.lock"
_LINE = re.compile(r"([a-z][a-z0-9-]*) v([1-9][0-9]*) ([0-9a-f]{64})")

Version = tuple[str, int]
"""A tool's slug and the number of one of its versions."""


class Locked(NamedTuple):
    """The lock as it should be written, and what there is to say about it."""

    text: str
    sentences: tuple[str, ...]
    refused: bool = False
    """Whether nothing was locked, for what the sentences say."""


def read_lock(text: str) -> dict[Version, str]:
    """Read the digest of every locked version; ValueError in words where a line is no such thing.

    >>> read_lock("mash v1 " + "0" * 64)[("mash", 1)][:8]
    '00000000'
    """
    lock: dict[Version, str] = {}
    for n, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise ValueError(
                f"{LOCK_FILE}, line {n}: this is not the name of a version and its digest. "
                "Put the line back as it was."
            )
        slug, version, found = match.groups()
        if lock.setdefault((slug, int(version)), found) != found:
            raise ValueError(
                f"{LOCK_FILE}, line {n}: {slug} v{version} has two digests. Keep the first."
            )
    return lock


def check_lock(tools: Tools, text: str) -> tuple[str, ...]:
    """Say everything that is wrong with locked versions: gone, changed, or not comparable."""
    try:
        lock = read_lock(text)
    except ValueError as error:
        return (str(error),)
    return (
        *_gone_or_changed(tools, lock),
        *_not_comparable(tools),
        *_blocks_mean_one_thing(tools),
    )


def lock_versions(tools: Tools, text: str, which: Iterable[Version] | None = None) -> Locked:
    """Lock versions, all that are not locked yet unless some are named, where nothing is wrong.

    A locked version is never locked again with another digest: its file has to be put back.
    """
    if wrong := check_lock(tools, text):
        return Locked(text, wrong, refused=True)
    lock = read_lock(text)
    wanted = sorted(tools if which is None else which)
    if missing := [version for version in wanted if version not in tools]:
        none = tuple(f"There is no {_name(version)} to lock." for version in missing)
        return Locked(text, none, refused=True)
    fresh = {version: digest(tools[version]) for version in wanted if version not in lock}
    said = tuple(f"{_name(version)} is locked." for version in fresh)
    lines = (f"{_name(version)} {found}" for version, found in sorted({**lock, **fresh}.items()))
    return Locked("".join(f"{line}\n" for line in lines), said)


def _name(version: Version) -> str:
    return f"{version[0]} v{version[1]}"


def _gone_or_changed(tools: Tools, lock: dict[Version, str]) -> Iterator[str]:
    """Find locked versions that are no longer what was locked."""
    for version, locked in lock.items():
        slug, number = version
        if version not in tools:
            home = f"{slug}/v{number}.yaml"
            yield f"{slug} v{number} is locked, and its file is gone. Put {home} back."
        elif digest(tools[version]) != locked:
            yield (
                f"{slug} v{number} is locked, and its file or a block it uses has changed. "
                f"Put it back, and write the change as v{number + 1} or in a new block version."
            )


def _not_comparable(tools: Tools) -> Iterator[str]:
    """Find versions that changed what may not change, since any version before."""
    said: set[tuple[str, str]] = set()
    for slug, number in sorted(tools):
        for earlier in sorted(n for name, n in tools if name == slug and n < number):
            for change in changes(tools[slug, earlier], tools[slug, number]):
                if change.refused and (slug, change.words) not in said:
                    said.add((slug, change.words))
                    yield f"{slug} v{number}, compared with v{earlier}: {change.words}"


def _blocks_mean_one_thing(tools: Tools) -> Iterator[str]:
    """Find questions of a block that two tools ask as if they were two questions."""
    first: dict[str, tuple[Version, Place]] = {}
    for version, tool in tools.items():
        for question_set in tool.question_sets:
            for place in question_set.places:
                if not place.question.block:
                    continue
                home, before = first.setdefault(place.question.id, (version, place))
                for change in question_changes(before, place) if home[0] != version[0] else ():
                    if change.refused:
                        yield f"{_name(version)}, compared with {_name(home)}: {change.words}"
