"""Frames, designs and seeds for the tests of the draw: small ones by hand, many by hypothesis."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from app.samples.allocation import Design
from app.samples.frame import STRATA, Referral, Stratum

VECTORS = Path(__file__).parents[2] / "docs" / "sampling-vectors.json"
SEED = "5b1f0c7a2d9e4f38"
DAY = date(2025, 8, 14)


def referral(
    number: int, stratum: Stratum = Stratum.EARLY_HELP, *, re_referred: bool = False
) -> Referral:
    previous = DAY - timedelta(days=30) if re_referred else None
    return Referral(f"HM-{number:06d}", stratum, DAY, previous, re_referred)


def frame_of(sizes: dict[Stratum, tuple[int, int]]) -> list[Referral]:
    """A frame with so many re-referred and so many others in each stratum."""
    wanted = [
        (stratum, again)
        for stratum, (many, others) in sizes.items()
        for again in (True,) * many + (False,) * others
    ]
    return [
        referral(number, stratum, re_referred=again)
        for number, (stratum, again) in enumerate(wanted, 1)
    ]


def row(one: Referral) -> list[Any]:
    """A referral as the published vectors write it."""
    previous = one.previous.isoformat() if one.previous else None
    return [one.reference, str(one.outcome), one.received.isoformat(), previous, one.re_referred]


def referral_from(values: list[Any]) -> Referral:
    reference, stratum, received, previous, again = values
    before = date.fromisoformat(previous) if previous else None
    return Referral(reference, Stratum(stratum), date.fromisoformat(received), before, again)


def vectors() -> list[dict[str, Any]]:
    published: list[dict[str, Any]] = json.loads(VECTORS.read_text(encoding="utf-8"))["vectors"]
    return published


# Letters with accents, astral letters, quotation marks and backslashes: whatever sorts, composes
# or escapes differently between two languages.
LETTERS = "abYZ09 -_/\\\"'.é\u0301e\u212b\u00c5\u1e9b\u0323\u0e01\uac00\uffe6\U00010400\u2028\x7f<&"
REFERENCES = st.text(alphabet=LETTERS, min_size=1, max_size=6)
ROWS = st.builds(
    Referral,
    st.just(""),
    st.sampled_from(STRATA),
    st.dates(date(2024, 1, 1), date(2025, 12, 31)),
    st.none() | st.dates(date(2020, 1, 1), date(2024, 1, 1)),
    st.booleans(),
)
SEEDS = st.text(alphabet="0123456789abcdef", min_size=1, max_size=32)
DESIGNS = st.builds(
    Design,
    st.fixed_dictionaries({stratum: st.integers(0, 4) for stratum in STRATA}),
    st.none() | st.integers(1, 12),
    st.integers(0, 5),
    st.integers(0, 3),
)
