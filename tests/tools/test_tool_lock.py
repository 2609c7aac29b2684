from app.tools import Tools, check_lock, digest, lock_versions
from tests.tools.front_door import TOOL, next_version, question_in

SECOND = next_version(lambda written: question_in(written, "days").update(required=False))
BOTH: Tools = {("front-door", 1): TOOL, ("front-door", 2): SECOND}
LINE = f"front-door v1 {digest(TOOL)}\n"


def test_locking_writes_one_line_for_each_version() -> None:
    locked = lock_versions(BOTH, "")
    assert locked.text == f"{LINE}front-door v2 {digest(SECOND)}\n"
    assert locked.sentences == ("front-door v1 is locked.", "front-door v2 is locked.")
    assert check_lock(BOTH, locked.text) == ()


def test_one_version_may_be_locked_while_the_next_is_still_being_written() -> None:
    locked = lock_versions(BOTH, "", [("front-door", 1)])
    assert locked.text == LINE
    assert check_lock(BOTH, LINE) == ()


def test_locking_again_changes_nothing() -> None:
    assert lock_versions({("front-door", 1): TOOL}, LINE) == (LINE, (), False)


def test_a_locked_version_that_changed_is_found_and_not_locked_again() -> None:
    edited: Tools = {("front-door", 1): next_version(lambda w: w.update(version=1, title="New"))}
    [found] = check_lock(edited, LINE)
    assert found == (
        "front-door v1 is locked, and its file or a block it uses has changed. Put it back, "
        "and write the change as v2 or in a new block version."
    )
    assert lock_versions(edited, LINE) == (LINE, (found,), True)


def test_a_locked_version_that_is_gone_is_found() -> None:
    [found] = check_lock({}, LINE)
    assert found.endswith("Put front-door/v1.yaml back.")


def test_a_version_that_cannot_be_compared_with_an_earlier_one_is_found() -> None:
    remade = next_version(lambda w: question_in(w, "children").update(kind="whole_number"))
    third = next_version(lambda _: None, remade)
    tools: Tools = {("front-door", 1): TOOL, ("front-door", 2): remade, ("front-door", 3): third}
    [found] = check_lock(tools, "")
    assert found.startswith("front-door v2, compared with v1: children was a count question")


def test_an_id_that_was_retired_does_not_come_back_as_something_else() -> None:
    def retire(written: dict[str, object]) -> None:
        question = question_in(written, "children")
        question["id"] = "people"

    without = next_version(retire)

    def bring_back(written: dict[str, object]) -> None:
        question_in(written, "people").update(id="children", kind="whole_number")

    tools: Tools = {
        ("front-door", 1): TOOL,
        ("front-door", 2): without,
        ("front-door", 3): next_version(bring_back, without),
    }
    [found] = check_lock(tools, "")
    assert found.startswith("front-door v3, compared with v1: children was a count question")


def test_a_block_means_one_thing_in_every_tool() -> None:
    other = next_version(lambda w: w.update(tool="side-door", version=1))
    twisted = next_version(
        lambda w: (
            w.update(tool="side-door", version=1),
            question_in(w, "vc_said").update(kind="short_text"),
        )
    )
    assert check_lock({("front-door", 1): TOOL, ("side-door", 1): other}, "") == ()
    [found] = check_lock({("front-door", 1): TOOL, ("side-door", 1): twisted}, "")
    assert found.startswith("side-door v1, compared with front-door v1: vc_said was a long_text")


def test_a_lock_that_cannot_be_read_is_explained_with_its_line() -> None:
    assert check_lock(BOTH, f"{LINE}front-door two\n") == (
        (
            "versions.lock, line 2: this is not the name of a version and its digest. "
            "Put the line back as it was."
        ),
    )
    [twice] = check_lock(BOTH, f"{LINE}front-door v1 {'0' * 64}\n")
    assert twice == "versions.lock, line 2: front-door v1 has two digests. Keep the first."


def test_a_version_that_does_not_exist_is_not_locked() -> None:
    locked = lock_versions(BOTH, "", [("front-door", 9)])
    assert locked == ("", ("There is no front-door v9 to lock.",), True)
