"""Sharing out, and who may audit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access import Role
from app.assignments.rules import share_out, why_not_auditor

loads = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 30), min_size=1, max_size=6)


@given(st.lists(st.integers(), unique=True, max_size=40), loads)
def test_every_subject_is_given_and_nobody_gets_more_while_another_has_less(
    subjects: list[int], open_now: dict[str, int]
) -> None:
    given_to = share_out(subjects, open_now)
    assert list(given_to) == subjects
    after = {who: n + list(given_to.values()).count(who) for who, n in open_now.items()}
    for who in set(given_to.values()):
        assert after[who] <= min(after.values()) + 1


def test_with_nobody_to_share_among_nothing_is_given() -> None:
    assert share_out(["R-1"], {}) == {}


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SCRUTINEER])
def test_whoever_reads_every_agencys_answers_gives_none(role: Role) -> None:
    words = why_not_auditor("Ada", [Role.AUDITOR, role], leads=False)
    assert words is not None
    assert f"Ada is a {role.words.lower()}" in words


def test_a_lead_may_not_audit_in_the_round_they_lead() -> None:
    assert "leads this round" in (why_not_auditor("Ada", [Role.AUDITOR], leads=True) or "")
    assert why_not_auditor("Ada", [Role.AUDITOR, Role.AGENCY_LEAD], leads=False) is None
