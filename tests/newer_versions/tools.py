"""An audit tool whose second version differs in every way that it may, and in none that it may not.

Each way is a function of its own, so that a test can mix them.
"""

from collections.abc import Callable, Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from app.tools import Tool, read_tool

Written = dict[str, Any]

FIRST: Written = yaml.safe_load("""
format: 1
tool: growing
version: 1
title: Growing audit
frameworks:
  - {id: local, name: Local procedures}
themes:
  - {id: VC, title: Voice of the child}
  - {id: DAP, title: Decisions and pathways}
scales:
  - id: grade
    title: Practice grade
    polarity: best_first
    levels:
      - {id: good, label: Good, descriptor: Expected practice in all that mattered.}
      - {id: poor, label: Poor, descriptor: A failing left the child at risk.}
  - id: fit
    title: Fit
    polarity: best_first
    levels:
      - {id: fits, label: Fits, descriptor: It answered the need.}
      - {id: misfits, label: Does not fit, descriptor: It did not.}
question_sets:
  - id: case-file
    title: Case file
    subject: case
    sections:
      - id: seeing
        title: Seeing the child
        questions:
          - {id: seen, kind: yes_no, text: "Was the child seen?"}
          - id: seen_alone
            kind: grade
            scale: grade
            text: How well was the child seen alone?
            descriptors: {good: "Alone, and more than once."}
            reason: required
            themes: [VC]
            when: {question: seen, is_one_of: ["yes"]}
          - id: arrested
            kind: choice
            text: Was somebody arrested?
            options:
              - {id: arrested, label: "Yes, on the day"}
              - {id: nobody, label: "No"}
          - {id: fitting, kind: grade, scale: fit, text: "Did the response fit?", themes: [DAP]}
      - id: after
        title: Afterwards
        questions:
          - id: told
            kind: choices
            text: Who was told?
            options:
              - {id: school, label: The school}
              - {id: parent, label: A parent}
          - {id: chaired, kind: short_text, text: "Who chaired the meeting?"}
          - id: plan_graded
            kind: grade
            scale: grade
            text: How good was the first plan?
            when: {question: seen, is_one_of: ["yes"]}
          - {id: bail_on, kind: date, text: "When was bail set?", required: false}
          - id: why_not
            kind: long_text
            text: Why was there no arrest?
            required: false
            when: {question: arrested, is_one_of: [nobody]}
          - {id: days, kind: whole_number, unit: days, text: "How many days did it take?"}
          - {id: view, kind: long_text, text: "What does your agency think?", required: false}
          - {id: words, kind: long_text, text: "What did the child say?", reason: optional}
  - id: interview
    title: Interview with the hub's manager
    subject: interview
    sections:
      - id: talk
        title: The talk
        questions:
          - {id: works, kind: short_text, text: "What works?"}
""")


def _questions(tool: Written) -> dict[str, Written]:
    return {
        question["id"]: question
        for each in tool["question_sets"]
        for section in each["sections"]
        for question in section["questions"]
    }


def _section(tool: Written, place: int) -> list[Written]:
    questions: list[Written] = tool["question_sets"][0]["sections"][place]["questions"]
    return questions


def reworded(tool: Written) -> None:
    _questions(tool)["seen"]["text"] = "Did anybody see the child?"


def guidance(tool: Written) -> None:
    _questions(tool)["days"]["guidance"] = "Working days."


def descriptor(tool: Written) -> None:
    _questions(tool)["seen_alone"]["descriptors"] = {"good": "Alone, and twice or more."}


def moved(tool: Written) -> None:
    words = next(q for q in _section(tool, 1) if q["id"] == "words")
    _section(tool, 1).remove(words)
    _section(tool, 0).append(words)


def re_themed(tool: Written) -> None:
    _questions(tool)["seen_alone"]["themes"] = ["DAP"]


def condition(tool: Written) -> None:
    _questions(tool)["why_not"]["when"] = {"question": "seen", "is_one_of": ["no"]}


def optionality(tool: Written) -> None:
    _questions(tool)["bail_on"]["required"] = True


def option_added(tool: Written) -> None:
    options = _questions(tool)["arrested"]["options"]
    options.insert(0, {"id": "voluntary", "label": "Interviewed, not arrested"})


def option_retired(tool: Written) -> None:
    _questions(tool)["told"]["options"][0]["retired"] = True


def question_added(tool: Written) -> None:
    followed = {"id": "followed", "kind": "yes_no", "text": "Was it followed up?"}
    _section(tool, 1).insert(0, followed)


def questions_retired(tool: Written) -> None:
    gone = {"chaired", "plan_graded", "fitting"}
    for place in (0, 1):
        _section(tool, place)[:] = [q for q in _section(tool, place) if q["id"] not in gone]
    tool["scales"] = [each for each in tool["scales"] if each["id"] != "fit"]


def set_added(tool: Written) -> None:
    asked = [{"id": "busy", "kind": "yes_no", "text": "Was the hub busy?"}]
    sections = [{"id": "looking", "title": "Looking", "questions": asked}]
    tool["question_sets"].append(
        {"id": "hub", "title": "The hub", "subject": "observation", "sections": sections}
    )


def set_retired(tool: Written) -> None:
    tool["question_sets"] = [s for s in tool["question_sets"] if s["id"] != "interview"]


def asked_in_the_interview(tool: Written) -> None:
    """Of cases nobody asks it; the interview does."""
    arrested = next(q for q in _section(tool, 0) if q["id"] == "arrested")
    _section(tool, 0).remove(arrested)
    tool["question_sets"][1]["sections"][0]["questions"].append(arrested)
    _questions(tool)["why_not"].pop("when")


def reference(tool: Written) -> None:
    _questions(tool)["words"]["references"] = [{"framework": "local", "where": "on listening"}]


def kinds(tool: Written) -> None:
    _questions(tool)["view"]["agencies"] = ["school"]


Way = Callable[[Written], None]

ALLOWED: tuple[Way, ...] = (
    reworded, guidance, descriptor, moved, re_themed, condition, optionality, option_added,
    option_retired, question_added, questions_retired, set_added, set_retired, reference, kinds,
)  # fmt: skip


def kind_changed(tool: Written) -> None:
    chaired = _questions(tool)["chaired"]
    chaired["kind"] = "long_text"


def scale_changed(tool: Written) -> None:
    _questions(tool)["fitting"]["scale"] = "grade"


def polarity_changed(tool: Written) -> None:
    tool["scales"][0]["polarity"] = "worst_first"


def level_gone(tool: Written) -> None:
    tool["scales"][1]["levels"].append({"id": "so_so", "label": "So so", "descriptor": "In part."})


def option_gone(tool: Written) -> None:
    _questions(tool)["arrested"]["options"] = [
        {"id": "nobody", "label": "No"},
        {"id": "voluntary", "label": "Interviewed"},
    ]
    _questions(tool)["why_not"]["when"] = {"question": "arrested", "is_one_of": ["nobody"]}


def unit_changed(tool: Written) -> None:
    _questions(tool)["days"]["unit"] = "weeks"


def subject_changed(tool: Written) -> None:
    tool["question_sets"][0]["subject"] = "referral"


def what_was_chosen_retired(tool: Written) -> None:
    """Allowed: of a question with one answer, an option that was given is offered no more."""
    _questions(tool)["arrested"]["options"][1]["retired"] = True


def judged_on_another_scale(tool: Written) -> None:
    """Allowed, unless a panel has judged on the scale before."""
    graded = {"id": "plan_fits", "kind": "grade", "scale": "fit", "text": "Did the plan fit?"}
    _section(tool, 1).append(graded)


def stands_alone(tool: Written) -> None:
    """Allowed: an option that stood beside others stands alone from now on."""
    _questions(tool)["told"]["options"][1]["alone"] = True


REFUSED: dict[Way, str] = {
    kind_changed: "chaired was a short_text question and is now long_text. Retire it, and ask a "
    "new question under a new id.",
    scale_changed: "fitting was graded on fit and is now graded on grade. Retire it, and ask a "
    "new question under a new id.",
    polarity_changed: "The scale grade was best first and is now worst first. Write a scale with "
    "a new id",
    level_gone: "The scale fit gained so_so. Write a scale with a new id",
    option_gone: "arrested lost the option “arrested”, which may have been given. Retire it "
    "instead.",
    unit_changed: "days was counted in days and is now in weeks. Retire it, and ask a new "
    "question under a new id.",
    subject_changed: "case-file was about each case and is now about each referral. Give the "
    "question set a new id.",
}


def written(version: int = 1, ways: Iterable[Way] = ()) -> Written:
    """The tool as its file says it."""
    tool = {**deepcopy(FIRST), "version": version}
    for way in ways:
        way(tool)
    return tool


def growing(folder: Path, version: int = 1, ways: Iterable[Way] = ()) -> Tool:
    """Write a version of the tool into a folder of audit tools, and read it."""
    path = folder / "growing" / f"v{version}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(written(version, ways), sort_keys=False), encoding="utf-8")
    return read_tool(path, folder / "blocks")
