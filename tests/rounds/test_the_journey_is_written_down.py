"""The documents of the journey say what the code does."""

import re

import pytest

from app.access import Role
from app.config import ROOT
from app.rounds.rules import Doing, Stage
from app.rounds.stage_table import stages_markdown

JOURNEY = (ROOT / "docs" / "journey.md").read_text("utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")


def test_the_table_of_stages_is_current() -> None:
    written = (ROOT / "docs" / "stages.md").read_text("utf-8")

    assert written == stages_markdown(), "run `casefile write-docs`"
    for doing in Doing:
        assert f"| {doing.value} |" in written


def test_the_journey_names_every_step_in_the_order_of_the_code() -> None:
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    steps = re.search(r"Inside a step.*?containers = \[(.*?)\]", settings, re.DOTALL)
    assert steps is not None
    packages = [f"`{name.replace('.', '/')}`" for name in re.findall(r"app\.\w+", steps[1])]
    in_table = [cell for cell in re.findall(r"`app/\w+`", JOURNEY) if cell in packages]

    assert set(packages) <= set(in_table)
    beside = {f"`app/{name}`" for name in ("people", "trail", "home", "search", "guidance")}
    order = [name for name in dict.fromkeys(in_table) if name not in beside]
    assert order == [name for name in packages if name not in beside]


@pytest.mark.parametrize("stage", Stage)
def test_the_journey_tells_of_every_stage(stage: Stage) -> None:
    assert f"**{stage.words.lower()}" in JOURNEY.lower()


@pytest.mark.parametrize("role", Role)
def test_the_glossary_explains_every_role(role: Role) -> None:
    word = "lead" if role is Role.LEAD else role.words.lower()

    assert re.search(rf"^\| {word} \|", GLOSSARY, re.MULTILINE)


def test_the_links_between_the_documents_lead_somewhere() -> None:
    for text in (JOURNEY, GLOSSARY):
        for name in re.findall(r"\]\(([\w.-]+)\)", text):
            assert (ROOT / "docs" / name).is_file(), name
