"""Two at once, on databases with real commits: one concern, one acknowledgement, one text."""

from collections import Counter

from sqlmodel import Session, select

from app.concerns.commands import acknowledge, change_advice, raise_concern
from app.concerns.forms import Acknowledged, NewAdvice
from app.concerns.models import Concern
from app.concerns.rules import Outcome
from app.rounds.models import Round
from app.rounds.rules import Stage
from app.samples.models import Subject
from tests.audit import subject
from tests.factories import ident
from tests.security.racing import AGAIN, Act, Field, Ready, opened
from tests.security.racing import place as place  # noqa: PLC0414 - a fixture


def chosen(field: Field) -> int:
    with opened(field.url) as database, database.writing() as session:
        return ident(subject(session, field.audit))


def one_of(told: list[str]) -> bool:
    return Counter(words == "done" for words in told) == {True: 1, False: 1}


def raising(field: Field, about: int) -> Act:
    officer, agency = field.actor("officer"), ident(field.world.police)

    def act(session: Session, ready: Ready) -> None:
        of = session.get_one(Round, ident(field.audit.round))
        found = session.get_one(Subject, about)
        ready()
        raise_concern(session, officer, of, found, agency)

    return act


def test_a_button_pressed_twice_at_once_raises_one_concern(place: Field) -> None:
    for _ in range(AGAIN):
        field = place.new_round(Stage.OPEN)
        about = chosen(field)

        told = field.at_once(raising(field, about), raising(field, about))

        assert one_of(told), told
        assert field.one(f"SELECT count(*) FROM concern WHERE subject_id = {about}") == 1


def test_of_two_who_acknowledge_at_once_one_is_told(place: Field) -> None:
    for _ in range(AGAIN):
        field = place.new_round(Stage.OPEN)
        about = chosen(field)
        with opened(field.url) as database, database.writing() as session:
            raising(field, about)(session, lambda: None)

        def act(session: Session, ready: Ready, field: Field = field, about: int = about) -> None:
            of = session.get_one(Round, ident(field.audit.round))
            known = session.exec(select(Concern).where(Concern.subject_id == about)).one()
            ready()
            done = Acknowledged(outcome=Outcome.KNOWN)
            acknowledge(session, field.actor("coordinator"), of, known, done)

        told = field.at_once(act, act)

        assert one_of(told), told
        assert Counter(field.events())["concern.acknowledged"] == 1


def test_of_two_who_write_the_advice_at_once_one_is_told(place: Field) -> None:
    version = int(str(place.one("SELECT coalesce(max(version), 0) FROM concern_advice")))

    def act(session: Session, ready: Ready) -> None:
        given = NewAdvice(line="Ring 999", words="Ring the front door", version=version)
        ready()
        change_advice(session, place.actor("coordinator"), given)

    told = place.at_once(act, act)

    assert one_of(told), told
    assert place.one("SELECT max(version) FROM concern_advice") == version + 1
