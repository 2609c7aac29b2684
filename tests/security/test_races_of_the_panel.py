"""Two at once before the panel, and at what it writes: nothing is doubled, lost or at odds."""

from collections.abc import Callable

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, func, select

from app.access import Actor, NotNow
from app.actions.commands import NewAction, plan_action
from app.assignments.models import Assignment
from app.db import now
from app.exports.models import PaperSection
from app.exports.wording import Again, NewWords, PaperOf, draft_again, write_section
from app.findings.commands import write_finding
from app.findings.models import Finding
from app.findings.queries import FindingIn
from app.meetings.alike import Chosen, said_alike
from app.meetings.commands import (
    BeforePanel,
    Learning,
    agree_answer,
    agree_same,
    judge,
    note_learning,
)
from app.meetings.decisions import Judged
from app.meetings.judging import levels_of
from app.meetings.panels import Panel, begin_beside
from app.meetings.queries import open_meetings
from app.meetings.room import Room, Seen, begin, end
from app.meetings.rules import Decision
from app.meetings.turns import NO_LONGER, SENT_MEANWHILE
from app.responses.models import Response
from app.responses.rules import ResponseState
from app.rounds.commands import hold
from app.rounds.models import Round
from app.rounds.rules import Doing, Stage
from app.samples.models import Subject
from tests.factories import ident
from tests.security.racing import (
    AGAIN,
    NAMES,
    Act,
    Field,
    Ready,
    before_panel,
    compared,
    opened,
    wording,
)
from tests.security.racing import place as place  # noqa: PLC0414 - a fixture

DONE = ["done", "done"]


def before(place: Field) -> tuple[Field, str]:
    """A round in moderation, and a subject of it that is compared."""
    field = place.new_round(Stage.MODERATION)
    return field, compared(field)


def deciding(field: Field, ref: str, decision: Decision, seen: int = 0) -> Act:
    def act(session: Session, ready: Ready) -> None:
        laid = before_panel(session, field, ref)
        ready()
        agree_answer(session, field.actor("lead"), laid, decision, seen)

    return act


def test_two_judgements_of_a_case_at_once_are_one(place: Field) -> None:
    for _ in range(AGAIN):
        field, ref = before(place)

        def judges(session: Session, ready: Ready, field: Field = field, ref: str = ref) -> None:
            case = before_panel(session, field, ref).case
            level = levels_of(case.comparison)[0]
            ready()
            said = f"As seen: {next(NAMES)}"  # the same twice would be one judgement
            judge(session, field.actor("lead"), case, level, Judged(level.id, said, {}), 0)

        told = field.at_once(judges, judges)
        assert sorted(told == "done" for told in told) == [False, True], told
        assert field.events().count("case.judged") == 1


@pytest.mark.parametrize("behind", [None, 1])
def test_a_question_is_never_both_decided_and_put_off(place: Field, behind: int | None) -> None:
    for _ in range(AGAIN):
        field, ref = before(place)
        agrees = deciding(field, ref, Decision(None, "Both views stand"))
        waits = deciding(field, ref, Decision(None, "The file", put_off=True))
        field.at_once(agrees, waits, behind)
        chosen = f"WHERE subject_id = (SELECT id FROM subject WHERE ref = '{ref}')"
        decided = field.one(f"SELECT count(*) FROM agreed_answer {chosen}")
        put_off = field.one(f"SELECT count(*) FROM put_off {chosen}")
        assert (decided, put_off) in {(1, 0), (0, 1)}  # whoever did not see the other is refused


def test_two_who_begin_a_meeting_are_in_the_same_one(place: Field) -> None:
    for _ in range(AGAIN):
        field = place.new_round(Stage.MODERATION)
        assert field.at_once(_begins(field), _begins(field)) == DONE
        of = f"round_id = {ident(field.audit.round)}"
        assert field.one(f"SELECT count(*) FROM meeting WHERE {of}") == 1


def _begins(field: Field) -> Act:
    def act(session: Session, ready: Ready) -> None:
        within = session.get_one(Round, ident(field.audit.round))
        ready()
        begin(session, field.actor("lead"), within, Room(others="A minute taker"))

    return act


@pytest.mark.parametrize("behind", [None, 1])
def test_the_record_of_a_meeting_that_has_ended_takes_nothing_more(
    place: Field, behind: int | None
) -> None:
    for _ in range(AGAIN):
        field, ref = before(place)
        with opened(field.url) as database, database.writing() as session:
            _begins(field)(session, lambda: None)
        key = ident(field.audit.round)

        def ends(session: Session, ready: Ready, field: Field = field, key: int = key) -> None:
            within = session.get_one(Round, key)
            ((meeting, *_),) = open_meetings(session, within)
            ready()
            end(session, field.actor("lead"), within, meeting, Seen(version=1))

        decides = deciding(field, ref, Decision(None, "Both views stand"))
        assert field.at_once(decides, ends, behind) == DONE
        happened = field.events()
        first = happened.index("answer.agreed") < happened.index("meeting.ended")
        entries = "SELECT count(*) FROM meeting_entry e JOIN meeting m ON m.id = e.meeting_id"
        assert field.one(f"{entries} WHERE m.round_id = {key}") == first


def _sat(field: Field, ref: str) -> None:
    """Two panels sit: the coordinator chairs the second, and takes the minutes in no other."""
    with opened(field.url) as database, database.writing() as session:
        _begins(field)(session, lambda: None)
        within = session.get_one(Round, ident(field.audit.round))
        told = {"name": "Panel B", "cases": [ref], "others": "A nurse"}
        chair = Panel(**told, chair=field.world.coordinator.ref)
        begin_beside(session, field.actor("lead"), within, chair)


def _ends(field: Field) -> Act:
    def act(session: Session, ready: Ready) -> None:
        within = session.get_one(Round, ident(field.audit.round))
        (meeting,) = [each.meeting for each in open_meetings(session, within) if each.own]
        ready()
        end(session, field.actor("lead"), within, meeting, Seen(version=1))

    return act


def _agrees(session: Session, actor: Actor, laid: BeforePanel) -> None:
    agree_answer(session, actor, laid, Decision(None, "Both views stand"), 0)


def _agrees_alike(session: Session, actor: Actor, laid: BeforePanel) -> None:
    agree_same(session, actor, laid.case, everything_alike(session, laid))


def _judges(session: Session, actor: Actor, laid: BeforePanel) -> None:
    level = levels_of(laid.comparison)[0]
    judge(session, actor, laid.case, level, Judged(level.id, "As seen", {}), 0)


def _notes(session: Session, actor: Actor, laid: BeforePanel) -> None:
    note_learning(session, actor, laid, Learning(words="Ask for the worry"))


def everything_alike(session: Session, laid: BeforePanel) -> Chosen:
    alike = said_alike(session, laid.subject, laid.comparison)
    assert alike
    return Chosen(questions=[each.key for each in alike], seen=[each.seen for each in alike])


Decides = Callable[[Session, Actor, BeforePanel], None]


@pytest.mark.parametrize("decides", [_agrees, _agrees_alike, _judges, _notes])
def test_who_chairs_records_nothing_once_their_panel_has_ended(
    place: Field, decides: Decides
) -> None:
    field, ref = before(place)
    _sat(field, ref)

    def chair(session: Session, ready: Ready) -> None:
        laid = before_panel(session, field, ref)
        ready()
        decides(session, field.actor("coordinator"), laid)

    assert field.at_once(chair, _ends(field), behind=0) == [NO_LONGER, "done"]
    assert field.events()[-1] == "meeting.ended"


def _returns(field: Field, ref: str) -> Act:
    """A response about the subject goes back to its agency, as when the lead has a query."""

    def act(session: Session, ready: Ready) -> None:
        within = session.get_one(Round, ident(field.audit.round))
        ready()
        hold(session, within, Doing.QUERY)
        given = select(Assignment.id).join(Subject).where(Subject.ref == ref)
        first = select(func.min(Response.id)).where(col(Response.assignment_id).in_(given))
        changed = update(Response).where(col(Response.id) == first.scalar_subquery())
        session.connection().execute(changed.values(state=ResponseState.DRAFT))

    return act


@pytest.mark.parametrize("decides", [_agrees, _agrees_alike, _judges])
def test_nothing_is_decided_from_a_response_that_was_returned_meanwhile(
    place: Field, decides: Decides
) -> None:
    field, ref = before(place)

    def lead(session: Session, ready: Ready) -> None:
        if field.embedded:  # whoever comes second has read what the first did
            raise NotNow(SENT_MEANWHILE)
        laid = before_panel(session, field, ref)
        ready()
        decides(session, field.actor("lead"), laid)

    assert field.at_once(lead, _returns(field, ref), behind=0) == [SENT_MEANWHILE, "done"]
    assert "answer.agreed" not in field.events()
    assert "case.judged" not in field.events()


# --- forms sent twice at the same moment


def notes(field: Field, ref: str) -> Act:
    def act(session: Session, ready: Ready) -> None:
        laid = before_panel(session, field, ref)
        ready()
        note_learning(session, field.actor("lead"), laid, Learning(words="Ask for the worry"))

    return act


def writes(field: Field, _: str) -> Act:
    def act(session: Session, ready: Ready) -> None:
        within = session.get_one(Round, ident(field.audit.round))
        ready()
        write_finding(session, field.actor("lead"), within, wording(), None)

    return act


def plans(field: Field, _: str) -> Act:
    with opened(field.url) as database, database.writing() as session:
        lead = ident(field.world.lead)
        told = {"kind": "strength", "state": "agreed", "title": "A", "words": "B", "themes": []}
        made = Finding(
            round_id=ident(field.audit.round), written_by=lead, written_at=now(session), **told
        )
        session.add(made)
        session.flush()
        key = ident(made)
    given = NewAction(
        what="Teach it",
        how_we_will_know="Dip sample",
        agency=field.world.police.ref,
        owner=field.world.officer.ref,
        due="1/3/2027",
    )

    def act(session: Session, ready: Ready) -> None:
        within = session.get_one(Round, ident(field.audit.round))
        found = FindingIn(session.get_one(Finding, key), within)
        ready()
        plan_action(session, field.actor("lead"), found, given)

    return act


@pytest.mark.parametrize(
    ("press", "event"),
    [(notes, "learning.noted"), (writes, "finding.written"), (plans, "action.planned")],
)
def test_a_button_pressed_twice_at_once_does_it_once(
    place: Field, press: Callable[[Field, str], Act], event: str
) -> None:
    for _ in range(AGAIN):
        field, ref = before(place)
        act = press(field, ref)
        assert field.at_once(act, act) == DONE
        assert field.events().count(event) == 1


# --- the words of a paper


def rewriting(field: Field, words: str) -> Act:
    def act(session: Session, ready: Ready) -> None:
        of = PaperOf(session.get_one(Round, ident(field.audit.round)), "briefing")
        ready()
        given = NewWords(section="tomorrow", words=words, version=1)
        write_section(session, field.actor("lead"), of, given)

    return act


def drafting_again(field: Field) -> Act:
    def act(session: Session, ready: Ready) -> None:
        of = PaperOf(session.get_one(Round, ident(field.audit.round)), "briefing")
        ready()
        draft_again(session, field.actor("coordinator"), of, Again(version=1))

    return act


@pytest.mark.parametrize("again", [False, True])
def test_of_two_who_change_a_paper_at_once_one_is_told(place: Field, *, again: bool) -> None:
    for _ in range(AGAIN):
        field = place.new_round(Stage.REPORTED)
        with opened(field.url) as database, database.writing() as session:
            told = {"person_id": ident(field.world.lead), "at": now(session), "words": "As it was"}
            of = {"round_id": ident(field.audit.round), "paper": "briefing"}
            session.add(PaperSection(**of, section="tomorrow", **told))
        other = drafting_again(field) if again else rewriting(field, "Theirs")
        told = field.at_once(rewriting(field, "Mine"), other)
        assert sorted(each == "done" for each in told) == [False, True], told
        kept = f"SELECT version FROM paper_section WHERE round_id = {ident(field.audit.round)}"
        assert field.one(kept) == 2
