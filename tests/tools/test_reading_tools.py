import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from app.tools import AgencyKind, ToolError, read_tool, read_tools
from tests.tools.front_door import EXAMPLE, FILE, FORM, TOOL

GOOD = FILE.read_text(encoding="utf-8")


class Slip(NamedTuple):
    """A slip of the pen in the good file, the text on the line it is found on, and the remedy."""

    old: str
    new: str
    at: str
    remedy: str


SLIPS = {
    "a misspelt key": Slip("kind: yes_no, text: Is", "kind: yes_no, txt: Is", "txt", '"text"?'),
    "a key of another kind": Slip(
        "id: learning, kind: long_text",
        "id: learning, unit: days, kind: long_text",
        "unit: days, k",
        'a long_text question has no key "unit". Write one of: id, kind, text',
    ),
    "a key that is missing": Slip("polarity: best_first\n", "\n", "id: practice", "polarity: …"),
    "a question without a kind": Slip(
        "id: learning, kind: long_text, ",
        "id: learning, ",
        "id: learning",
        "grade, choice, choices",
    ),
    "a kind that does not exist": Slip(
        "kind: short_text", "kind: shorttext", "kind: shorttext", 'Did you mean "short_text"?'
    ),
    "a theme that does not exist": Slip(
        "themes: [INF]", "themes: [INFO]", "themes: [INFO]", 'Did you mean "INF"?'
    ),
    "a scale that does not exist": Slip(
        "scale: practice", "scale: practise", "scale: practise", 'Did you mean "practice"?'
    ),
    "a framework that does not exist": Slip(
        "framework: local", "framework: national", "framework: national", "Write one of: local."
    ),
    "an agency kind that does not exist": Slip(
        "agencies: [police]", "agencies: [polise]", "[polise]", 'Did you mean "police"?'
    ),
    "an absence that does not exist": Slip(
        "absences: [not_recorded]",
        "absences: [not_record]",
        "[not_record]",
        'Did you mean "not_recorded"?',
    ),
    "an absence that is worded and not offered": Slip(
        "absences: [not_recorded]",
        "absences: [not_recorded]\n            absence_words: {not_known: Cannot say}",
        "Cannot say",
        "Offer it, or take its words away.",
    ),
    "words for an absence that does not exist": Slip(
        "absences: [not_recorded]",
        "absences: [not_recorded]\n            absence_words: {not_record: The file is silent}",
        "The file is silent",
        'Did you mean "not_recorded"?',
    ),
    "a reason for an absence that is not offered": Slip(
        "absences: [not_recorded]",
        "absences: []\n            absence_reason: required",
        "absence_reason",
        "Take this away.",
    ),
    "a subject that does not exist": Slip(
        "subject: referral", "subject: refferal", "subject: refferal", 'Did you mean "referral"?'
    ),
    "a condition that looks forward": Slip(
        "themes: [INF]}",
        "when: {question: route, is_one_of: [phone]}}",
        "id: worry_stated",
        "A condition may only look backwards",
    ),
    "a condition that looks forward from the middle": Slip(
        "text: How did it arrive?",
        "text: How did it arrive?\n            when: {question: named, is_one_of: [child]}",
        "when: {question: named",
        "put that question first",
    ),
    "a question set without a subject": Slip(
        "    subject: referral\n", "", "- id: referral-form", 'Add a line "subject: …".'
    ),
    "a second question set without a subject": Slip(
        "- block: voice@1\n",
        "- block: voice@1\n  - {id: calls, title: Calls, sections: [{block: voice@1}]}\n",
        "id: calls",
        'Add a line "subject: …".',
    ),
    "a condition on itself": Slip(
        "themes: [INF]}",
        "when: {question: worry_stated, is_one_of: [yes]}}",
        "id: worry_stated",
        "A condition may only look backwards",
    ),
    "a condition on nothing": Slip(
        "question: worry_stated, is",
        "question: worry_started, is",
        "worry_started",
        'Did you mean "worry_stated"?',
    ),
    "a condition on an answer that cannot be given": Slip(
        "question: route, is_one_of: [phone]",
        "question: route, is_one_of: [fone]",
        "when: {any",
        'Did you mean "phone"?',
    ),
    "a condition on a level that does not exist": Slip(
        "question: worry_specific, is_one_of: [weak]",
        "question: worry_specific, is_one_of: [week]",
        "when: {any",
        'Did you mean "weak"?',
    ),
    "a condition on words": Slip(
        "id: learning, kind",
        "when: {question: handler, is_one_of: [x]}, id: learning, kind",
        "id: learning",
        "Look at a grade, a choice, choices or a yes_no question.",
    ),
    "a condition of no shape": Slip(
        "{question: worry_stated, is_one_of: [yes]}",
        "{ask: worry_stated}",
        "ask: worry_stated",
        'Write {question: seen, is_one_of: ["yes"]}',
    ),
    "a condition without answers": Slip(
        "is_one_of: [yes]", "is_one: [yes]", "is_one: [yes]", '"is_one_of"'
    ),
    "true where yes is meant": Slip(
        "is_one_of: [yes]", "is_one_of: [true]", "[true]", 'Put it in quotes: "true".'
    ),
    "a question id used twice": Slip(
        "id: handler", "id: route", "id: route, kind: short", "give this one another"
    ),
    "an option id used twice": Slip(
        "{id: parent, label", "{id: child, label", "{id: child, label", "Give each its own id."
    ),
    "a section id used twice": Slip(
        "id: timing", "id: as-received", "id: as-received\n        title: Timing", "its own id."
    ),
    "a subject named twice": Slip(
        "    introduction: Read",
        "    subjects: [{id: one, title: One}, {id: two, title: Two}, {id: one, title: Three}]\n"
        "    introduction: Read",
        "subjects: [",
        'the subject "one" is here a second time. Give each its own id.',
    ),
    "a subject without a title": Slip(
        "    introduction: Read",
        "    subjects: [{id: one}]\n    introduction: Read",
        "subjects: [",
        'a subject needs "title"',
    ),
    "a misspelt key of a subject": Slip(
        "    introduction: Read",
        "    subjects: [{id: one, title: One, guidence: Look.}]\n    introduction: Read",
        "subjects: [",
        'a subject has no key "guidence". Did you mean "guidance"?',
    ),
    "no subjects": Slip(
        "    introduction: Read",
        "    subjects: []\n    introduction: Read",
        "subjects: [",
        "at least 1.",
    ),
    "a level that nothing describes": Slip(
        ", descriptor: Expected practice in all that mattered.",
        "",
        "id: worry_specific",
        'Write a descriptor for "good" in the scale "practice"',
    ),
    "a descriptor of no level": Slip(
        "descriptors: {weak: It", "descriptors: {week: It", "{week: It", 'Did you mean "weak"?'
    ),
    "an id with a space": Slip(
        "id: route",
        "id: the route",
        "id: the route",
        "Use small letters, digits and underscores, starting with a letter.",
    ),
    "a section id with an underscore": Slip(
        "id: as-received", "id: as_received", "id: as_received", "small letters, digits and hyphens"
    ),
    "a number where text belongs": Slip(
        'version: "2026"', "version: 2026", "version: 2026", 'Put it in quotes: "2026".'
    ),
    "words where a number belongs": Slip(
        "minimum: 0", "minimum: none", "minimum: none", "Write digits without quotes"
    ),
    "words where true or false belongs": Slip(
        "retired: true", "retired: yes", "retired: yes", "must be true or false"
    ),
    "one value where a list belongs": Slip(
        "themes: [INF]", "themes: INF", "themes: INF", "Write it in square brackets: [INF]."
    ),
    "a group where a list belongs": Slip(
        "options: [{id: child, label: The child}, {id: parent, label: A parent}]",
        "options: {child: The child, parent: A parent}",
        "options: {child",
        "Start each entry with a dash",
    ),
    "text where a group belongs": Slip(
        "- {id: INF, title: Information sharing}", "- INF", "- INF", "keys: id, title"
    ),
    "a list of one option": Slip(
        ", {id: parent, label: A parent}]", "]", "[{id: child", "Write at least 2."
    ),
    "one that stands alone where only one can be chosen": Slip(
        "retired: true", "retired: true, alone: true", "By fax", "Take it away."
    ),
    "a list of more options than an answer can hold": Slip(
        "options: [{id: child, label: The child}, ",
        f"options: [{''.join(f'{{id: o{n}, label: O}}, ' for n in range(31))}",
        "[{id: o0",
        "31 is the most. Ask two questions instead",
    ),
    "no kinds of agency": Slip("agencies: [police]", "agencies: []", "agencies: []", "at least 1."),
    "a key with nothing after it": Slip(
        "guidance: Judge it by what was known that day.",
        "guidance:",
        "guidance:\n",
        "Write its value, or take it away.",
    ),
    "empty words": Slip(
        "title: Timing", 'title: " "', 'title: " "', "Write its words, or take the line away."
    ),
    "a key written twice": Slip(
        "subject: referral", "title: Again", "title: Again", "Keep one of them."
    ),
    "a block that does not exist": Slip("voice@1", "voices@1", "voices@1", "Write one of: voice."),
    "a version of a block that does not exist": Slip(
        "voice@1", "voice@2", "voice@2", "Write one of: voice@1."
    ),
    "a block without its version": Slip(
        "block: voice@1",
        "block: voice",
        "block: voice",
        "Write its name and version: cross-cutting@1.",
    ),
    "a question the block does not have": Slip(
        "block: voice@1",
        "block: voice@1\n        only: [vc_sen]",
        "only: [vc_sen]",
        'Did you mean "vc_seen"?',
    ),
    "a follow-up without what it follows": Slip(
        "block: voice@1",
        "block: voice@1\n        only: [vc_said]",
        "only: [vc_said]",
        'Add "vc_seen" here too, or leave "vc_said" out.',
    ),
    "a misspelt key beside a block": Slip(
        "block: voice@1", "block: voice@1\n        onyl: [vc_seen]", "onyl", 'Did you mean "only"?'
    ),
    "a question that names its block": Slip(
        "id: learning, kind",
        "block: voice, id: learning, kind",
        "block: voice, id",
        'Take "block" away here.',
    ),
    "a theme that means something else in a block": Slip(
        "title: Information sharing}",
        "title: Information sharing}\n  - {id: VC, title: Video calls}",
        "Video calls",
        "Take it away here, or give it another id.",
    ),
    "a format of the future": Slip("format: 1", "format: 2", "format: 2", "Write one of: 1."),
    "version nought": Slip("\nversion: 1", "\nversion: 0", "version: 0", "Write 1 or more."),
    "a colon inside text": Slip(
        "text: How did it arrive?",
        "text: How: did it arrive?",
        "How: did",
        'Put text that has ": " in it in quotes',
    ),
    "a quote left open": Slip(
        "title: Timing", 'title: "Timing', 'title: "Timing', "Close it where"
    ),
    "a tab": Slip(
        "    title: Referral form", "\ttitle: Referral form", "\ttitle", "Indent with spaces"
    ),
    "a bracket left open": Slip(
        "agencies: [police]\n", "agencies: [police\n", "agencies: [police\n", "close it"
    ),
    "a tag": Slip(
        "version: 1\n", "version: !!python/name:os.system 1\n", "!!python", "Take it away."
    ),
    "an alias of nothing": Slip(
        "title: Timing", "title: *timing", "*timing", "Write the value out"
    ),
    "a second document": Slip("tool: front-door", "---\ntool: front-door", "---", "line of dashes"),
    "a merged key": Slip(
        "subject: referral", "<<: {subject: referral}", "<<: {", 'a question set has no key "<<"'
    ),
}


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A folder of audit tools with the good tool in it."""
    shutil.copytree(EXAMPLE, tmp_path / "audit_tools")
    return tmp_path / "audit_tools"


def problems(room: Path, written: str | bytes) -> list[str]:
    path = room / "front-door" / "v1.yaml"
    path.write_bytes(written if isinstance(written, bytes) else written.encode())
    with pytest.raises(ToolError) as refusal:
        read_tool(path, room / "blocks")
    return refusal.value.problems


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_named_with_its_file_its_line_and_what_to_write(name: str, room: Path) -> None:
    slip = SLIPS[name]
    assert slip.old in GOOD
    bad = GOOD.replace(slip.old, slip.new, 1)
    line = bad[: bad.index(slip.at)].count("\n") + 1
    found = problems(room, bad)
    here = [each for each in found if f"front-door/v1.yaml, line {line}: " in each]
    assert here, found
    assert any(slip.remedy in each for each in here), here
    assert all(each.endswith((".", "?")) for each in found)


@pytest.mark.parametrize(
    ("written", "line", "remedy"),
    [
        (b"", 1, 'Start it with "format: 1".'),
        (b"# nothing but a remark\n", 1, 'Start it with "format: 1".'),
        (b"- a\n- b\n", 1, "must start with keys"),
        (b"just words", 1, "must start with keys"),
        (b"format: 1\ntitle: caf\xe9\n", 2, "Save the file as UTF-8."),
        (b"format: 1\ntitle: a\x07b\n", 2, "type the text again"),
        (b"x: " + b"y" * 1_000_000, 1, "Split it into smaller tools."),
        (b"x: " + b"[" * 200_000, 1, "Flatten them."),
        (b"format: 1\n? [a, b]\n: c\n", 2, "Write a word as the key."),
        (b"a: &a [x]\nb: &b [*a, *b]\n", 2, "Write the value out in full."),
        (b"format: 1\nblock: voice\nversion: 1\n", 2, "Use it in a tool"),
    ],
)
def test_a_file_that_is_no_tool_at_all_is_explained(
    room: Path, written: bytes, line: int, remedy: str
) -> None:
    [found] = problems(room, written)
    assert f"front-door/v1.yaml, line {line}: " in found
    assert remedy in found


def test_a_file_cannot_unfold_into_more_than_was_written(room: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    [found] = problems(room, "\n".join(lines))
    assert "repeats too much" in found


def test_everything_wrong_is_said_at_once_and_in_the_block_where_it_stands(room: Path) -> None:
    voice = room / "blocks" / "voice" / "v1.yaml"
    text = voice.read_text().replace("kind: yes_no", "kind: yesno")
    voice.write_text(text.replace("kind: long_text", "knd: long_text"))
    found = problems(room, GOOD)
    assert any("blocks/voice/v1.yaml, line 11: " in each and '"yes_no"?' in each for each in found)
    assert len(found) == 2


def test_a_block_is_checked_with_what_it_brings_itself(room: Path) -> None:
    voice = room / "blocks" / "voice" / "v1.yaml"
    voice.write_text(voice.read_text().replace("themes: [VC]\n", "themes: [INF]\n"))
    [found] = problems(room, GOOD)
    assert 'blocks/voice/v1.yaml, line 15: there is no theme "INF"' in found


def test_a_block_does_not_name_what_is_audited(room: Path) -> None:
    voice = room / "blocks" / "voice" / "v1.yaml"
    voice.write_text(voice.read_text() + "subjects: [{id: one, title: One}]\n")
    [found] = problems(room, GOOD)
    assert "Write it in the question set of the tool." in found


def test_a_file_that_is_not_there_is_a_sentence_too(room: Path) -> None:
    with pytest.raises(ToolError, match=r"v9\.yaml, line 1: the file cannot be opened"):
        read_tool(room / "front-door" / "v9.yaml", room / "blocks")


def test_every_version_is_read_and_one_in_the_wrong_place_is_named(room: Path) -> None:
    assert list(read_tools(room)) == [("front-door", 1)]
    shutil.copy(room / "front-door" / "v1.yaml", room / "front-door" / "v2.yaml")
    with pytest.raises(ToolError, match=r"Name it front-door/v1\.yaml, or change what it says"):
        read_tools(room)


def test_all_that_is_wrong_in_all_files_is_said_together(room: Path) -> None:
    for name in ("v2", "v3"):
        (room / "front-door" / f"{name}.yaml").write_text("format: 1\n")
    with pytest.raises(ToolError) as refusal:
        read_tools(room)
    files = {sentence.split(",")[0].rsplit("/", 1)[1] for sentence in refusal.value.problems}
    assert files == {"v2.yaml", "v3.yaml"}


def test_a_block_stands_where_it_is_named_and_its_questions_keep_its_name() -> None:
    assert [section.id for section in FORM.sections] == ["as-received", "timing", "voice"]
    assert [q.id for q in FORM.questions if q.block == "voice"] == ["vc_seen", "vc_said"]
    assert FORM.question["route"].block == ""
    assert list(TOOL.theme) == ["INF", "VC"]


def test_only_some_of_a_block_may_be_used(room: Path) -> None:
    path = room / "front-door" / "v1.yaml"
    path.write_text(GOOD.replace("voice@1", "voice@1\n        only: [vc_seen]"))
    tool = read_tool(path, room / "blocks")
    assert [q.id for q in tool.question_sets[0].questions if q.block] == ["vc_seen"]


def test_two_question_sets_may_use_the_same_block(room: Path) -> None:
    path = room / "front-door" / "v1.yaml"
    second = "  - {id: calls, title: Calls, subject: process, sections: [{block: voice@1}]}\n"
    path.write_text(GOOD + second)
    assert "vc_seen" in read_tool(path, room / "blocks").question_set["calls"].question


def test_health_stands_for_six_kinds_in_agencies_and_in_evidence() -> None:
    [section, *_] = FORM.sections
    assert len(section.agencies) == 8
    assert section.evidence[AgencyKind.MATERNITY] == "The referral letter."
    assert section.evidence[AgencyKind.POLICE] == "The notice."


def test_a_yaml_name_may_be_used_for_a_list_that_comes_twice(room: Path) -> None:
    path = room / "front-door" / "v1.yaml"
    first = "options: &people [{id: child"
    again = (
        "- {id: told, kind: choices, text: Who was told?, options: *people}\n          - {id: days"
    )
    path.write_text(GOOD.replace("options: [{id: child", first).replace("- {id: days", again))
    told = read_tool(path, room / "blocks").question_sets[0].question["told"]
    assert [o.id for o in told.offered()] == ["child", "parent"]  # type: ignore[union-attr]
