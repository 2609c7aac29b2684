"""Two who give out the same file at once: the pair stays apart, and nobody loses what they got."""

import time
from collections import Counter

import pytest
from sqlmodel import Session, col, select

from app.access import Actor, NotNow, Unfit
from app.assignments.commands import (
    assign_auditor,
    give_subjects,
    keep_local_record,
    share_out_evenly,
)
from app.assignments.models import Assignment
from app.assignments.queries import auditors_of, local_record_of
from app.assignments.round_table import round_table
from app.assignments.waiting import lead_conflicts
from app.identity.models import Agency
from app.responses.answerers import who_answered
from app.rounds.choices import choose_people
from app.rounds.models import Round
from app.rounds.plans import ChosenPeople
from app.rounds.rules import Stage
from app.samples.models import Subject
from tests.audit import assign, subject
from tests.factories import ident
from tests.security.racing import AGAIN, BEHIND, NAMES, Act, Field, Ready, opened
from tests.security.racing import place as place  # noqa: PLC0414 - a fixture


def given_twice(field: Field) -> Subject:
    """A file that the police have in both places, and nobody in either."""
    with opened(field.url) as database, database.writing() as session:
        about = subject(session, field.audit)
        for which in (1, 2):
            assign(session, about, field.world.police, None, place=which)
        return about


def giving(field: Field, about: Subject, place: int) -> Act:
    actor, agency = field.actor("police_lead"), field.world.police

    def act(session: Session, ready: Ready) -> None:
        table = round_table(session, actor, session.get_one(Round, field.audit.round.id))
        able = auditors_of(session, table.round, [agency])
        officer = next(a for a in able if a.person_id == ident(field.world.officer))
        ticked = [each for each in table.chosen if each.id == about.id]
        theirs = table.assignments(ticked, ident(agency), second=place > 1)
        ready()
        try:
            assign_auditor(session, actor, table.round, theirs, officer, who_answered)
        except Unfit as refusal:
            raise NotNow(str(refusal)) from None

    return act


def sharing_out(field: Field) -> Act:
    actor = field.actor("police_lead")

    def act(session: Session, ready: Ready) -> None:
        table = round_table(session, actor, session.get_one(Round, field.audit.round.id))
        waiting = table.without_auditor(table.chosen)
        ready()
        share_out_evenly(session, actor, table.round, waiting, table.auditors, who_answered)

    return act


def holders(field: Field, about: Subject) -> list[int | None]:
    with opened(field.url) as database, database.reading() as session:
        query = select(Assignment.auditor_id).where(Assignment.subject_id == about.id)
        return list(session.exec(query.order_by(col(Assignment.place))))


def test_nobody_is_given_both_places_of_a_file_by_two_at_once(place: Field) -> None:
    for _ in range(AGAIN):
        field = place.new_round(Stage.OPEN)
        about = given_twice(field)
        told = field.at_once(giving(field, about, 1), giving(field, about, 2))
        assert Counter(words == "done" for words in told) == {True: 1, False: 1}, told
        assert Counter(holders(field, about)) == {ident(field.world.officer): 1, None: 1}


@pytest.mark.parametrize("which", [1, 2])
def test_what_somebody_was_given_a_moment_ago_is_not_shared_out_to_another(
    place: Field, which: int
) -> None:
    for _ in range(AGAIN):
        field = place.new_round(Stage.OPEN)
        about = given_twice(field)
        told = field.at_once(giving(field, about, which), sharing_out(field), behind=1)
        assert told == ["done", "done"]
        held = holders(field, about)
        assert held[which - 1] == ident(field.world.officer)
        assert held[2 - which] != ident(field.world.officer)


def test_two_who_give_the_same_subjects_to_agencies_at_once_give_them_once(place: Field) -> None:
    for _ in range(AGAIN):
        field = place.new_round(Stage.OPEN)
        with opened(field.url) as database, database.writing() as session:
            about = subject(session, field.audit)
        actor, agency = field.actor("coordinator"), field.world.police

        def act(
            session: Session,
            ready: Ready,
            field: Field = field,
            about: Subject = about,
            actor: Actor = actor,
            agency: Agency = agency,
        ) -> None:
            round_ = session.get_one(Round, field.audit.round.id)
            ready()
            give_subjects(session, actor, round_, [about], [agency])

        assert field.at_once(act, act) == ["done", "done"]
        assert holders(field, about) == [None]


def test_two_who_keep_the_agencys_own_number_at_once_are_both_obeyed(place: Field) -> None:
    for _ in range(AGAIN):
        field = place.new_round(Stage.OPEN)
        with opened(field.url) as database, database.writing() as session:
            about = subject(session, field.audit)
            given = assign(session, about, field.world.police, field.world.officer)
        actor = field.actor("police_lead")

        def act(
            session: Session,
            ready: Ready,
            field: Field = field,
            given: Assignment = given,
            actor: Actor = actor,
        ) -> None:
            kept = session.get_one(Assignment, given.id)
            round_ = session.get_one(Round, field.audit.round.id)
            local_record_of(session, kept)
            ready()
            keep_local_record(session, actor, round_, kept, f"POL/{next(NAMES)}")

        assert field.at_once(act, act) == ["done", "done"]
        count = f"SELECT count(*) FROM local_record WHERE subject_id = {ident(about)}"
        assert field.one(count) == 1


def storing_slowly(act: Act) -> Act:
    """The same, stored only after whoever comes behind has begun."""

    def slowly(session: Session, ready: Ready) -> None:
        act(session, ready)
        session.flush()
        time.sleep(2 * BEHIND)

    return slowly


def putting_in_the_lead(field: Field) -> Act:
    coordinator, officer = field.actor("coordinator"), field.world.officer

    def act(session: Session, ready: Ready) -> None:
        seen = session.get_one(Round, field.audit.round.id)
        chosen = ChosenPeople(version=seen.version, lead=officer.ref)
        ready()
        try:
            choose_people(session, coordinator, seen, chosen, (lead_conflicts,))
        except Unfit as refusal:
            raise NotNow(str(refusal)) from None

    return act


@pytest.mark.parametrize("lead_first", [True, False])
def test_nobody_becomes_lead_and_auditor_of_a_round_at_once(place: Field, lead_first: bool) -> None:  # noqa: FBT001 - a parameter
    field = place.new_round(Stage.OPEN)
    about = given_twice(field)
    acts = [putting_in_the_lead(field), giving(field, about, 1)]
    first, second = acts if lead_first else acts[::-1]
    told = field.at_once(storing_slowly(first), second, behind=1)
    assert told[0] == "done"
    assert told[1] != "done"
