"""What makes a password acceptable, and how long refusing one takes."""

import time
from collections.abc import Callable

import pytest

from app.access import Unfit
from app.identity.passwords import LONGEST, check_strength, hash_password, verify

EMAIL = "ivo.marsh@alder.example"


@pytest.mark.parametrize(
    "password",
    [
        "short words",
        "password1234",
        "Safeguarding12",
        "ivo.marsh1234",
        EMAIL,
        "IVO.MARSH@alder.example1",
        "passwordqwerty123456",
        "aaaabbbbaaaabbbb",
        "x" * (LONGEST + 1),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_with_advice(password: str) -> None:
    with pytest.raises(Unfit) as refused:
        check_strength(password, EMAIL)

    assert refused.value.errors.keys() == {"password"}


def test_three_random_words_are_accepted() -> None:
    check_strength("copper window lantern", EMAIL)


def test_what_is_stored_is_argon2id_and_differs_each_time() -> None:
    one, other = hash_password("copper window lantern"), hash_password("copper window lantern")

    assert one != other
    assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert verify("copper window lantern", one)
    assert not verify("copper window lantern ", one)


def test_an_unknown_account_costs_as_much_work_as_a_known_one() -> None:
    stored = hash_password("copper window lantern")
    verify("warm", None)

    known = min(_seconds(lambda: verify("wrong", stored)) for _ in range(5))
    unknown = min(_seconds(lambda: verify("wrong", None)) for _ in range(5))

    assert 0.5 < unknown / known < 2


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
