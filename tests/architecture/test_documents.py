"""The documents name nothing that is not there, and the decisions are all listed."""

import re
from pathlib import Path

import pytest

from app.config import ROOT

DECISIONS = ROOT / "docs" / "adr"
DOCUMENTS = [*ROOT.glob("*.md"), ROOT / "audit_tools" / "README.md", *(ROOT / "docs").rglob("*.md")]
FOLDERS = "app|audit_tools|docs|migrations|scripts|templates|tests"
TUTORIAL = "audit_tools/handover"
"""The tool that docs/audit-tools.md builds step by step, and that is not among ours."""


def test_every_file_that_a_document_names_is_there() -> None:
    named = {
        (str(document.relative_to(ROOT)), name)
        for document in DOCUMENTS
        for name in re.findall(rf"`((?:{FOLDERS})/[\w./-]*)`", document.read_text("utf-8"))
    }

    assert len(named) > 50
    gone = {(where, name) for where, name in named if not (ROOT / name).exists()}
    assert {(where, name) for where, name in gone if not name.startswith(TUTORIAL)} == set()


def test_every_link_of_a_document_leads_somewhere() -> None:
    links = {
        (document, link)
        for document in DOCUMENTS
        for link in re.findall(r"\]\(([^):#]+)(?:#[\w-]*)?\)", document.read_text("utf-8"))
    }

    assert len(links) > 50
    assert {link for document, link in links if not (document.parent / link).exists()} == set()


def test_how_to_add_a_kind_of_question_names_files_that_are_there() -> None:
    told = (ROOT / "app" / "tools" / "kinds.py").read_text("utf-8").partition('"""\n\n')[0]
    named = re.findall(rf"\b((?:{FOLDERS})/[\w./]*\w)", told)

    assert "tests/tools/test_question_kinds.py" in named
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("record", sorted(DECISIONS.glob("[0-9]*.md")), ids=lambda path: path.name)
def test_every_decision_is_listed_by_its_number_and_title(record: Path) -> None:
    number, _, title = record.read_text("utf-8").partition("\n")[0][2:].partition(". ")
    listed = (DECISIONS / "README.md").read_text("utf-8")

    assert int(number) == int(record.name[:4])
    assert f"| {number} | [{title}]({record.name}) |" in listed


def test_decisions_go_by_one_name() -> None:
    said = [line for document in DOCUMENTS for line in document.read_text("utf-8").splitlines()]

    assert [line for line in said if re.search(r"\b(record|decision) \d", line)] == []
