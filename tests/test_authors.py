"""What those who write audit tools do at the command line, and that the guide's commands work."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.authors import tools_folder
from app.config import ROOT, Environment, Settings
from app.tools import advice, read_tool
from tests.library.tools import small_tool
from tests.test_cli import casefile, one_sentence

GUIDE = ROOT / "docs" / "audit-tools.md"
FENCE = re.compile(r"^```(\S+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder of audit tools with nothing in it."""
    folder = tmp_path / "audit_tools"
    folder.mkdir()
    return folder


def run(folder: Path, *command: str) -> tuple[int, str]:
    return casefile(*command, CASEFILE_AUDIT_TOOLS=str(folder))


def test_the_guide_takes_a_tool_from_nothing_to_a_locked_version(tools: Path) -> None:
    """Run each block of commands, and find in what they say every line that the guide shows."""
    bin_ = tools.parent / "bin"
    bin_.mkdir()
    command = bin_ / "casefile"
    command.write_text(f"#!{sys.executable}\nfrom app.cli import main\nmain()\n", "utf-8")
    command.chmod(0o755)
    path = f"{bin_}{os.pathsep}{os.environ['PATH']}"
    place = {
        **os.environ,
        "CASEFILE_AUDIT_TOOLS": str(tools),
        "PATH": path,
        "PYTHONPATH": str(ROOT),
    }
    said, ran = "", 0
    for kind, name, text in FENCE.findall(GUIDE.read_text(encoding="utf-8")):
        if kind == "yaml":
            (tools / "handover" / name).write_text(text, encoding="utf-8")
        if kind == "sh":
            done = subprocess.run(
                ["sh", "-c", text],
                cwd=tools.parent,
                env=place,
                capture_output=True,
                text=True,
                check=False,
            )
            said, ran = done.stdout + done.stderr, ran + 1
            assert "Traceback" not in said, said
        if kind == "text":
            missing = [line for line in text.splitlines() if line.strip() and line not in said]
            assert missing == [], said
    assert ran == 8
    assert (tools.parent / "handover.html").is_file()
    assert (tools / "versions.lock").read_text("utf-8").count("handover v") == 2


def test_a_new_tool_is_sound_gets_no_advice_and_leads_an_editor_to_the_schema(tools: Path) -> None:
    code, said = run(tools, "new-tool", "home-visits")
    assert code == 0, said
    file = tools / "home-visits" / "v1.yaml"
    tool = read_tool(file, tools / "blocks")
    assert advice(tool) == ()
    sections = [section.id for section in tool.question_sets[0].sections]
    assert (sections[0], sections[-1]) == ("about", "judgement")
    lead = file.read_text("utf-8").splitlines()[0].partition("$schema=")[2]
    assert (file.parent / lead).resolve() == ROOT / "docs" / "schema" / "audit-tool.schema.json"


def test_a_new_tool_never_writes_over_one_that_is_there(tools: Path) -> None:
    small_tool(tools)
    before = (tools / "small" / "v1.yaml").read_text("utf-8")
    code, said = run(tools, "new-tool", "small")
    assert code == 1
    assert one_sentence(said.split(". ")[0])
    assert "is there already" in said
    assert (tools / "small" / "v1.yaml").read_text("utf-8") == before


@pytest.mark.parametrize("name", ["Home Visits", "../elsewhere", "blocks", "v_1"])
def test_a_name_that_no_address_could_carry_is_refused(name: str, tools: Path) -> None:
    code, said = run(tools, "new-tool", name)
    assert code == 1
    assert "cannot name a tool" in said
    assert list(tools.iterdir()) == []


def test_advice_is_counted_and_never_keeps_a_version_back(tools: Path) -> None:
    small_tool(tools)
    code, said = run(tools, "check-tools")
    assert code == 0
    assert "Advice: small v1, seen_alone: it is graded and has no guidance." in said
    code, quiet = run(tools, "check-tools", "--quiet")
    assert code == 0
    assert "Advice:" not in quiet
    assert re.search(r"^\d+ pieces of advice", quiet, re.MULTILINE)


def test_a_locked_version_gets_no_advice_since_it_cannot_take_any(tools: Path) -> None:
    small_tool(tools)
    run(tools, "lock-tools")
    _, said = run(tools, "check-tools")
    assert "dvice" not in said


def test_a_version_that_cannot_be_locked_is_refused_and_nothing_is_written(tools: Path) -> None:
    small_tool(tools)
    assert run(tools, "lock-tools")[0] == 0
    before = (tools / "versions.lock").read_text("utf-8")
    small_tool(tools, title="Another audit")
    for command in ("lock-tools", "check-tools"):
        code, said = run(tools, command)
        assert code == 1
        assert one_sentence(said.split(". ")[0])
        assert "small v1 is locked, and its file or a block it uses has changed." in said
    assert (tools / "versions.lock").read_text("utf-8") == before


@pytest.mark.parametrize("command", ["check-tools", "lock-tools"])
def test_a_lock_that_says_something_else_is_told_of_by_its_line(command: str, tools: Path) -> None:
    small_tool(tools)
    (tools / "versions.lock").write_text("small v1\n", "utf-8")
    code, said = run(tools, command)
    assert code == 1
    assert one_sentence(said)
    assert "versions.lock, line 1" in said


@pytest.mark.parametrize("command", [["check-tools"], ["lock-tools"], ["booklet", "small"]])
def test_where_no_audit_tool_is_nothing_is_said_to_be_sound(
    command: list[str], tools: Path
) -> None:
    for folder, told in ((tools, "no audit tool in"), (tools / "elsewhere", "no folder")):
        code, said = run(folder, *command)
        assert code == 1
        assert one_sentence(said)
        assert f"There is {told} {folder}" in said
    assert list(tools.iterdir()) == []


def test_the_folder_is_the_one_that_the_server_reads(
    tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its place may stand in `.env`, and no secret is needed to find it."""
    monkeypatch.chdir(tools.parent)
    monkeypatch.delenv("CASEFILE_AUDIT_TOOLS", raising=False)
    assert tools_folder() == ROOT / "audit_tools"
    (tools.parent / ".env").write_text(f"CASEFILE_AUDIT_TOOLS={tools}\n", "utf-8")
    assert tools_folder() == tools
    assert Settings(environment=Environment.DEVELOPMENT).audit_tools == tools


def test_differences_that_are_refused_come_first_with_what_to_do_instead(tools: Path) -> None:
    small_tool(tools)
    text = (tools / "small" / "v1.yaml").read_text("utf-8").replace("version: 1", "version: 2")
    changed = text.replace("kind: whole_number", "kind: decimal").replace("Small audit", "Audit")
    (tools / "small" / "v2.yaml").write_text(text, "utf-8")
    assert run(tools, "diff-tools", "small", "1", "2")[0] == 0
    (tools / "small" / "v2.yaml").write_text(changed, "utf-8")
    code, said = run(tools, "diff-tools", "small", "1", "2")
    assert code == 1
    refused = said.index("days was a whole_number question and is now decimal. Retire it")
    assert refused < said.index("The title was reworded: “Small audit” is now “Audit”.")
    code, said = run(tools, "diff-tools", "small", "1", "7")
    assert code == 1
    assert "small has no version 7. It has: 1, 2." in said


def test_a_booklet_is_printed_for_one_kind_of_agency_or_for_all(tools: Path) -> None:
    small_tool(tools)
    _, everything = run(tools, "booklet", "small")
    assert "3. Was somebody arrested?" in everything
    assert "Asked only of: Police." in everything
    assert "[   ] Not recorded on our file" in everything
    _, health = run(tools, "booklet", "small", "1", "--set", "case-file", "--agency", "maternity")
    assert "Was somebody arrested?" not in health
    assert "Where to look: The consultation notes." in health
    assert "Interview with the hub's manager" not in health


@pytest.mark.parametrize(
    ("suffix", "starts"), [("html", b"<!doctype html>"), ("docx", b"PK"), ("pdf", b"%PDF")]
)
def test_a_booklet_is_a_page_a_word_document_or_a_pdf(
    suffix: str, starts: bytes, tools: Path
) -> None:
    small_tool(tools)
    to = tools / f"booklet.{suffix}"
    code, said = run(tools, "booklet", "small", "--to", str(to))
    assert code == 0, said
    assert to.read_bytes().startswith(starts)
    assert b"What was left out" not in to.read_bytes()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["nothing"], "There is no audit tool “nothing”"),
        (["small", "--set", "none"], "It has: case-file, interview."),
        (["small", "--agency", "fire"], "is no kind of agency"),
        (["small", "--to", "booklet.odt"], "end its name in one of them"),
        (["small", "--to", "/nowhere/b.html"], "cannot be written"),
    ],
)
def test_a_booklet_that_cannot_be_made_says_what_there_is(
    asked: list[str], told: str, tools: Path
) -> None:
    small_tool(tools)
    code, said = run(tools, "booklet", *asked)
    assert code == 1
    assert told in said
    assert "Traceback" not in said
