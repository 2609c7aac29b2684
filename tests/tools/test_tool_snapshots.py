import json

import pytest

from app.config import ROOT
from app.tools import (
    LOCK_FILE,
    Tool,
    canonical,
    digest,
    fill,
    from_canonical,
    read_lock,
    read_tools,
)
from app.tools.parts import AgencyKind
from app.tools.snapshot import UPGRADERS
from tests.tools.front_door import FORM, TOOL, next_version


def test_a_snapshot_reads_back_as_the_tool_it_was_taken_of() -> None:
    assert from_canonical(canonical(TOOL)) == TOOL
    assert canonical(from_canonical(canonical(TOOL))) == canonical(TOOL)


def test_a_snapshot_holds_what_was_written_and_nothing_that_was_left_unsaid() -> None:
    written = json.loads(canonical(TOOL))
    assert written["format"] == 1
    assert written["summary"] == "Whether worries about children reach the right people in time."
    [form] = written["question_sets"]
    assert form["sections"][0]["questions"][0] == {
        "id": "worry_stated",
        "kind": "yes_no",
        "text": "Is the worry stated?",
        "themes": ["INF"],
    }
    assert form["sections"][2]["questions"][0]["block"] == "voice"
    assert "null" not in canonical(TOOL).decode()


def test_the_digest_is_the_one_this_tool_has_always_had() -> None:
    """A round opened last year names this digest: an engine that changes it is wrong."""
    assert digest(TOOL) == "9409f89a639aedbe3edb3baef334442443456d843c153d257dfaea93388e4984"


def test_only_a_tool_that_names_what_is_audited_has_it_in_its_snapshot() -> None:
    """So the digests of all that was locked before it could be said stay what they are."""
    named = [{"id": "arrivals", "title": "Arrivals", "guidance": "By any route."}]
    naming = next_version(lambda written: written["question_sets"][0].update(subjects=named))

    assert "subjects" not in json.loads(canonical(TOOL))["question_sets"][0]
    assert json.loads(canonical(naming))["question_sets"][0]["subjects"] == named
    assert from_canonical(canonical(naming)) == naming
    assert [each.id for each in naming.question_sets[0].subjects] == ["arrivals"]


def test_what_shipped_locked_keeps_the_digest_it_was_locked_with() -> None:
    tools = read_tools(ROOT / "audit_tools")
    locked = read_lock((ROOT / "audit_tools" / LOCK_FILE).read_text(encoding="utf-8"))

    assert len(locked) >= 3
    assert {version: digest(tools[version]) for version in locked} == locked


def test_asking_something_of_a_tool_changes_neither_its_digest_nor_what_it_equals() -> None:
    fill(FORM, AgencyKind.POLICE, {})
    FORM.question["worry_specific"].labels  # type: ignore[union-attr]  # noqa: B018
    assert from_canonical(canonical(TOOL)) == TOOL
    assert Tool.model_validate(json.loads(canonical(TOOL))) == TOOL


@pytest.mark.parametrize(
    ("snapshot", "says"),
    [
        (b"[]", "not the snapshot"),
        (b'{"format": "1"}', "not the snapshot"),
        (b'{"tool": "x"}', "not the snapshot"),
        (b'{"format": 99}', "the format 99 and this Casefile reads 1"),
        (b"not json", "Expecting value"),
    ],
)
def test_what_is_no_snapshot_is_refused(snapshot: bytes, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        from_canonical(snapshot)


def test_a_snapshot_of_an_older_format_is_brought_up_to_this_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    older = json.loads(canonical(TOOL))
    older |= {"format": 0, "name": older.pop("title")}
    newer = {0: lambda old: {**old, "format": 1, "title": old["name"]}}
    drop = {0: lambda old: {k: v for k, v in newer[0](old).items() if k != "name"}}
    monkeypatch.setattr("app.tools.snapshot.UPGRADERS", drop)
    assert from_canonical(json.dumps(older).encode()) == TOOL
    assert UPGRADERS == {}
