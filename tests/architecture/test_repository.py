"""What holds for the repository: contracts kept, generated files current, nothing that leaks."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import generated
from app.config import ROOT

TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
]
TEXTS = [p for p in TRACKED if p.is_file() and p.suffix not in {".xlsx", ".docx", ".png", ".ico"}]


@pytest.mark.parametrize("path", generated(), ids=lambda path: path.name)
def test_a_generated_file_is_current(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == generated()[path], "run `make docs`"


def test_the_import_contracts_are_kept() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_cleaning_takes_away_what_can_be_made_anew_and_no_database() -> None:
    done = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "clean"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "rm -rf .venv node_modules build\n"


def test_the_application_loads_no_library_that_only_few_requests_need() -> None:
    """Each would stand in every serving process's memory, and lengthen its start."""
    few = {"alembic", "docx", "govuk_bank_holidays", "icalendar", "openpyxl", "typst", "xlsxwriter"}
    code = f"import app.main, sys; print(sorted({few!r} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "[]\n"


def test_no_file_names_a_package_registry_or_a_machine() -> None:
    leak = re.compile(
        r"(extra-)?index[-]url|\"resolved\": *\"https?:|registry *= *\"?https?:|/home/\w+/|/root/"
    )
    found = [
        f"{path.relative_to(ROOT)}: {line[:100]}"
        for path in TEXTS
        if path != Path(__file__)
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
        if leak.search(line)
    ]

    assert found == []


def test_requirements_are_pinned_by_hash_and_name_no_host() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9][\w.\-\[\]]*==", text, re.MULTILINE)
        assert len(pins) > 20
        assert text.count("--hash=sha256:") >= len(pins)
        assert "://" not in text


def test_there_is_no_unfinished_work_in_the_code() -> None:
    unfinished = re.compile(r"\b(TODO|FIXME|XXX)\b|pytest\.mark\.(skip|xfail)")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in TEXTS
        if path.suffix in {".py", ".html", ".js", ".scss", ".yaml"} and path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if unfinished.search(line)
    ]

    assert found == []
