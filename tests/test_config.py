"""Settings: a weak secret stops the start, and the example file is current."""

import pytest
from pydantic import ValidationError

from app.config import DEVELOPMENT_SECRET, Environment, Settings

GOOD = "uF7-long-and-random-enough-for-this-2kQ9"


def given(**values: object) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[arg-type]


def test_a_good_secret_starts_the_application(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASEFILE_SECRET", raising=False)
    assert given(secret=GOOD).environment is Environment.PRODUCTION


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "changeme",
        "a" * 64,
        "abcabc" * 10,
        "abcdefgh" * 4,
        "Thornmere-2026" * 3,
        ("0123456789" * 4)[:33],
        DEVELOPMENT_SECRET,
    ],
)
def test_a_weak_or_missing_secret_does_not(secret: str) -> None:
    with pytest.raises(ValidationError, match="CASEFILE_SECRET"):
        given(secret=secret)


def test_development_starts_without_one() -> None:
    assert given(environment="development").in_development


def test_sqlite_is_served_by_one_process() -> None:
    with pytest.raises(ValidationError, match="PostgreSQL"):
        given(secret=GOOD, workers=2)


@pytest.mark.parametrize("url", ["mysql://db/casefile", "casefile.db", "sqlite://", ""])
def test_no_other_database_is_tried(url: str) -> None:
    with pytest.raises(ValidationError, match="sqlite:///"):
        given(secret=GOOD, database_url=url)


def test_postgresql_may_be_served_by_several() -> None:
    assert given(secret=GOOD, workers=2, database_url="postgresql://db/casefile").workers == 2


def test_the_secret_is_never_shown() -> None:
    assert GOOD not in repr(given(secret=GOOD))
