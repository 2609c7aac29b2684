"""What becomes of each answer when a tool changes: pure, and for any mixture of changes."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.newer_versions.rules import (
    Affected,
    Effect,
    Of,
    differences,
    effects_on,
    judged_otherwise,
)
from app.tools import (
    NOTHING,
    AgencyKind,
    Answer,
    Coded,
    Question,
    State,
    Tool,
    changes,
    fill,
    with_retired,
)
from tests.newer_versions.conftest import EVERYTHING
from tests.newer_versions.tools import (
    ALLOWED,
    REFUSED,
    Way,
    judged_on_another_scale,
    questions_retired,
    reworded,
    set_retired,
    stands_alone,
    written,
)

KINDS = (AgencyKind.POLICE, AgencyKind.SCHOOL)


@cache
def tool(version: int = 1, ways: tuple[Way, ...] = ()) -> Tool:
    return Tool.model_validate(written(version, ways))


def answers_to(question: Question) -> st.SearchStrategy[Answer]:
    typed = st.sampled_from(["", "2026-03-03", "3", "some words"])
    chosen = st.just(())
    if isinstance(question, Coded):
        ids = [option.id for option in question.listed]
        chosen = st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True).map(tuple)
        if question.kind != "choices":
            chosen = st.sampled_from(ids).map(lambda each: (each,))
    given_ = st.builds(Answer, st.just(State.ANSWERED), chosen, typed, typed)
    return st.one_of(st.just(NOTHING), given_, st.builds(Answer, st.just(State.NOT_KNOWN)))


answered = st.fixed_dictionaries(
    {}, optional={q.id: answers_to(q) for q in tool().question_set["case-file"].questions}
)
mixtures = st.sets(st.sampled_from(ALLOWED)).map(
    lambda ways: tuple(w for w in ALLOWED if w in ways)
)


@given(answered, mixtures, st.sampled_from(KINDS), st.sampled_from(["sent", "draft"]))
def test_every_answer_is_accounted_for_whatever_changes(
    answers: dict[str, Answer], ways: tuple[Way, ...], kind: AgencyKind, state: str
) -> None:
    old = tool()
    new = with_retired(old, tool(2, ways)).question_set["case-file"]

    effects = effects_on(
        old.question_set["case-file"], new, Of(kind, answers, sent=state == "sent")
    )

    stored = {key for key, answer in answers.items() if answer != NOTHING}
    assert stored <= effects.keys()
    lacking = {Effect.NEEDS_AN_ANSWER, Effect.NOT_ASKED_THEN}
    assert all(effects[key] in lacking for key in effects.keys() - stored)
    filled = fill(new, kind, answers)
    open_ = {each.question.id for each in filled.asked if each.answer != NOTHING}
    assert stored == open_ | filled.closed.keys()
    over = {each.question.id for each in filled.retired}
    assert over <= {key for key in stored if effects[key] is Effect.NO_LONGER_ASKED}
    if state == "sent":
        assert Effect.NEEDS_AN_ANSWER not in effects.values()


@given(answered, mixtures, st.sampled_from(KINDS))
def test_what_is_over_can_be_read_as_it_was(
    answers: dict[str, Answer], ways: tuple[Way, ...], kind: AgencyKind
) -> None:
    old = tool()
    new = with_retired(old, tool(2, ways)).question_set["case-file"]

    for each in fill(new, kind, answers).retired:
        assert each.question.kind == old.question_set["case-file"].question[each.question.id].kind
        assert each.question.show(each.answer) == old.question_set["case-file"].question[
            each.question.id
        ].show(each.answer)


@given(mixtures, mixtures)
def test_a_second_move_still_holds_what_the_first_one_ended(
    first: tuple[Way, ...], second: tuple[Way, ...]
) -> None:
    one, two, three = tool(), tool(2, first), tool(3, second)

    held = with_retired(with_retired(one, two), three)

    assert held.versions == (1, 2, 3)
    for version in (one, two):
        for each in version.question_sets:
            assert each.question.keys() <= held.question_set[each.id].question.keys()
    for each in three.question_sets:
        now = held.question_set[each.id]
        for kind in AgencyKind:
            assert now.asked_of[kind] == each.asked_of[kind]


def test_nothing_is_over_where_nothing_was_asked_before() -> None:
    assert all(not section.over for each in tool().question_sets for section in each.sections)
    assert not any(tool().question_set["case-file"].retired_of.values())


@pytest.mark.parametrize("way", ALLOWED, ids=lambda way: way.__name__)
def test_every_way_that_is_allowed_is_listed_and_not_refused(way: Way) -> None:
    listed = changes(tool(), tool(2, (way,)))

    assert listed
    assert not [each.words for each in listed if each.refused]


@pytest.mark.parametrize(("way", "words"), REFUSED.items(), ids=lambda each: str(each)[:20])
def test_every_other_way_is_refused_with_what_to_do_instead(way: Way, words: str) -> None:
    found = differences([tool()], tool(2, (way,)))

    assert any(each.startswith(words) for each in found.refused), found.refused


def test_what_one_version_ended_may_not_come_back_meaning_something_else() -> None:
    without = tool(2, (ALLOWED[10],))
    back = tool(3, (next(iter(REFUSED)),))

    assert not differences([without], back).refused
    assert differences([tool(), without], back).refused


def test_an_answer_that_a_version_makes_wrong_needs_an_answer_and_goes_back() -> None:
    old, new = tool(), with_retired(tool(), tool(2, (stands_alone,)))
    of = Of(AgencyKind.POLICE, EVERYTHING, sent=False)

    effects = effects_on(old.question_set["case-file"], new.question_set["case-file"], of)

    assert effects["told"] is Effect.NEEDS_AN_ANSWER
    declared = Affected("case-file", "A", "C-1", "Police", "P", "with_agency_lead", effects)
    assert declared.goes_back


@pytest.mark.parametrize(
    ("way", "told"),
    [
        (questions_retired, "the last section of this version grades nothing. End its last"),
        (judged_on_another_scale, "this version would judge them on fit. End it with a grade on"),
        (reworded, None),
    ],
)
def test_a_version_judges_on_the_same_scale_or_says_what_to_do_instead(
    way: Way, told: str | None
) -> None:
    old, new = tool(), with_retired(tool(), tool(2, (way,)))

    found = judged_otherwise("Cases", old.question_set["case-file"], new.question_set["case-file"])

    assert (told or "") in (found or "")
    assert (found is None) == (told is None)


def test_a_question_set_that_never_judged_or_is_over_hinders_no_move() -> None:
    new = with_retired(tool(), tool(2, (set_retired,)))
    for each in ("interview", "case-file"):
        assert judged_otherwise("It", tool().question_set[each], new.question_set[each]) is None
