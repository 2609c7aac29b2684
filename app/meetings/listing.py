"""A round's meetings as lists: what was put off, earlier sittings, and the record of one."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlmodel import Session

from app.comparisons.blindness import Sight
from app.comparisons.queries import (
    Found,
    compare_all,
    names_in_sight,
    sheet_for,
    subjects_in_sight,
)
from app.comparisons.sheet import Sheet
from app.identity.models import Person
from app.meetings.models import Meeting
from app.meetings.pages import (
    MeetingListed,
    MeetingOpen,
    MeetingsPage,
    PanelPage,
    PutOffListed,
    RecordLine,
    RecordPage,
    Typed,
)
from app.meetings.panels import cases_to_choose, chairs, everything_of, who_may_chair
from app.meetings.progress import differences_left
from app.meetings.queries import (
    EntryOn,
    Open,
    Present,
    entries_of,
    in_the_room,
    meetings_of,
    open_meetings,
    put_off_in,
    subjects_taken,
)
from app.meetings.room import who_may_minute, who_may_sit
from app.meetings.rules import Said
from app.rounds.kept import days_gone
from app.rounds.models import Round
from app.rounds.retention import Kept
from app.samples.models import Subject
from app.web.filters import day, moment, plural, time_of_day

JUDGEMENT = "The case as a whole"


def meetings_page(
    session: Session,
    sight: Sight,
    at: str,
    typed: Typed,
    who: "Who",
) -> MeetingsPage:
    """List the panel's meetings, and what waits for the next one."""
    meetings = meetings_of(session, sight.round)
    opened = {each.meeting.id: each for each in open_meetings(session, sight.round)}
    one_panel = any(not each.own for each in opened.values())
    may_begin = who.decides and not one_panel
    return MeetingsPage(
        round=sight.round,
        at=at,
        open=tuple(
            _open(session, sight, at, who, opened[meeting.id], people)
            for meeting, people in reversed(meetings)
            if meeting.id in opened
        ),
        earlier=tuple(
            MeetingListed(**_listed(meeting, people, at))
            for meeting, people in meetings
            if meeting.id not in opened
        ),
        put_off=tuple(_put_off(session, sight, at)),
        may_begin=may_begin,
        may_divide=who.decides and one_panel and len(cases_to_choose(session, sight.round)) > 1,
        people=people_to_choose(session, sight.round) if may_begin else (),
        minuting=minutes_to_choose(session, sight.round) if may_begin else (),
        values=typed.values,
        errors=typed.errors,
    )


class Who(NamedTuple):
    """Somebody before the list of meetings."""

    person: int
    decides: bool
    """Whether they decide in every meeting of this round at its stage."""
    now: bool
    """Whether the round is at the stage at which anything is decided."""

    def decides_in(self, session: Session, within: Round, meeting: Meeting) -> bool:
        """Say whether they decide in one meeting: as the lead, or because they chair it."""
        return self.decides or (self.now and chairs(session, within, meeting, self.person))


def _open(
    session: Session, sight: Sight, at: str, who: Who, opened: Open, people: int
) -> MeetingOpen:
    meeting = opened.meeting
    chair = session.get(Person, meeting.chair_id) if meeting.chair_id else None
    decides = who.decides_in(session, sight.round, meeting)
    return MeetingOpen(
        **_listed(meeting, people, at),
        cases=_labels(_in_sight(session, sight, meeting)),
        chair=chair.name if chair else "",
        may_decide=decides,
        go_on=next_question(session, sight, at, opened) if decides else None,
    )


def _labels(subjects: Sequence[Subject]) -> str:
    return ", ".join(subject.label for subject in subjects)


def _listed(meeting: Meeting, people: int, at: str) -> dict[str, Any]:
    return {
        "href": f"{at}/meetings/{meeting.ref}",
        "name": meeting.name,
        "began": moment(meeting.began_at),
        "stands": f"Ended {moment(meeting.ended_at)}" if meeting.ended_at else "",
        "people": people,
    }


def panel_page(session: Session, of: Round, at: str, typed: Typed) -> PanelPage:
    """Offer to begin the meeting of a second panel."""
    chairs = [
        (each.member.ref, f"{each.member.name}, {each.part}") for each in who_may_chair(session, of)
    ]
    left = differences_left(session, of, subjects_in_sight(session, everything_of(of)))
    cases = [(case.ref, case.label, left[case.key or 0]) for case in cases_to_choose(session, of)]
    return PanelPage(
        round=of,
        at=at,
        cases=tuple((ref, label, _still(differences)) for ref, label, differences in cases),
        people=people_to_choose(session, of),
        chairs=(("", "The lead of the round"), *chairs),
        minuting=minutes_to_choose(session, of),
        values=typed.values,
        errors=typed.errors,
    )


def people_to_choose(session: Session, of: Round) -> tuple[tuple[str, str, str], ...]:
    """List who may be in the room: reference, name, and what they are at the table."""
    return tuple(
        (seated.member.ref, seated.member.name, seated.part) for seated in who_may_sit(session, of)
    )


def minutes_to_choose(session: Session, of: Round) -> tuple[tuple[str, str], ...]:
    """List who may take the minutes, and that nobody does."""
    chosen = [
        (each.member.ref, f"{each.member.name}, {each.part}")
        for each in who_may_minute(session, of)
    ]
    return (("", "Nobody, or somebody who does not sign in here"), *chosen)


def _put_off(session: Session, sight: Sight, at: str) -> list[PutOffListed]:
    found = subjects_in_sight(session, sight)
    waiting = put_off_in(session, [each.subject.id or 0 for each in found])
    rows = []
    for each in found:
        sheet = sheet_for(session, sight, each.strand)
        for number, put_off in sorted(waiting.get(each.subject.id or 0, {}).items()):
            line = sheet.by_number[number]
            rows.append(
                PutOffListed(
                    f"{at}/subjects/{each.subject.ref}/comparison/{line.question.id}",
                    each.name(sheet.question_set),
                    f"{line.place}. {line.question.text}",
                    put_off.reason,
                )
            )
    return rows


def _still(differences: int) -> str:
    return f"{plural(differences, 'difference')} left" if differences else "No difference left"


def next_question(
    session: Session, sight: Sight, at: str, opened: Open | None = None
) -> str | None:
    """Return the address of the first difference that waits for a panel and is not put off.

    Of the subjects that one meeting is about, or of the whole round where none is named.
    """
    found = [
        each
        for each in subjects_in_sight(session, sight)
        if opened is None or opened.is_about(each.subject.id or 0)
    ]
    waiting = put_off_in(session, [each.subject.id or 0 for each in found])
    for _, of_strand in groupby(found, key=lambda each: each.strand.id):
        several: Sequence[Found] = list(of_strand)
        subjects = [each.subject for each in several]
        compared = compare_all(session, sight, several[0].strand, subjects)
        for subject in subjects:
            put_off = waiting.get(subject.id or 0, {})
            for row in compared[subject.id or 0].rows:
                if row.left and row.line.number not in put_off:
                    return f"{at}/subjects/{subject.ref}/comparison/{row.line.question.id}"
    return None


def record_page(
    session: Session,
    sight: Sight,
    meeting: Meeting,
    at: str,
    typed: Typed,
    *,
    may_change: bool,
) -> RecordPage:
    """Tell what one meeting said, as far as its subjects are in sight."""
    may_change = may_change and meeting.ended_at is None
    opened = {each.meeting.id: each for each in open_meetings(session, sight.round)}
    present = in_the_room(session, meeting)
    gone = days_gone(session, sight.round).get(Kept.AGREED_ANSWERS, "")
    own = {
        "present": [each.person.ref for each in present if each.seat.left_at is None],
        "others": [meeting.others],
        "minutes": [
            each.person.ref for each in present if each.seat.minutes and not each.seat.left_at
        ],
    }
    return RecordPage(
        round=sight.round,
        at=at,
        here=f"{at}/meetings/{meeting.ref}",
        document=f"{at}/meetings/{meeting.ref}/document" if sight.everything and not gone else "",
        name=meeting.name,
        took=_labels(_in_sight(session, sight, meeting)),
        began=moment(meeting.began_at),
        ended=moment(meeting.ended_at) if meeting.ended_at else None,
        present=(
            *(_there(each, meeting) for each in present),
            *(line.strip() for line in meeting.others.splitlines() if line.strip()),
        ),
        cases=tuple(_cases(session, sight, entries_of(session, sight, meeting))),
        gone=gone,
        may_change=may_change,
        go_on=next_question(session, sight, at, opened[meeting.id]) if may_change else None,
        version=meeting.version,
        people=people_to_choose(session, sight.round) if may_change else (),
        minuting=minutes_to_choose(session, sight.round) if may_change else (),
        values=typed.values or own,
        errors=typed.errors,
    )


def _in_sight(session: Session, sight: Sight, meeting: Meeting) -> list[Subject]:
    """List the cases that a meeting took, as far as they are open to this person."""
    seen = {each.key for each in names_in_sight(session, sight)}
    return [subject for subject in subjects_taken(session, meeting) if subject.id in seen]


def _there(each: Present, meeting: Meeting) -> str:
    """Say who was in the room, as what, and since and until when if not all the time."""
    told = [each.person.name, *([each.seat.part] if each.seat.part else [])]
    if each.seat.came_at > meeting.began_at:
        told.append(f"from {_when(each.seat.came_at, meeting)}")
    if each.seat.left_at is not None:
        told.append(f"until {_when(each.seat.left_at, meeting)}")
    return ", ".join(told)


def _when(at: datetime, meeting: Meeting) -> str:
    """Say a time of the meeting's own day, and of any other with its day."""
    return time_of_day(at) if day(at) == day(meeting.began_at) else moment(at)


def _cases(
    session: Session, sight: Sight, entries: Sequence[EntryOn]
) -> list[tuple[str, tuple[RecordLine, ...]]]:
    cases = []
    for _, of_case in groupby(entries, key=lambda each: each.subject.id):
        several = list(of_case)
        sheet = sheet_for(session, sight, several[0].strand)
        name = f"{sheet.question_set.subject.words} {several[0].subject.label}"
        cases.append((name, tuple(_line(each, sheet) for each in several)))
    return cases


def _line(of: EntryOn, sheet: Sheet) -> RecordLine:
    entry, question = of.entry, JUDGEMENT
    if entry.question_id is not None:
        line = sheet.by_number[entry.question_id]
        question = f"{line.place}. {line.question.text}"
    return RecordLine(
        said=Said(entry.kind).words,
        question=question,
        words=entry.words,
        reason=entry.reason,
        dissent=tuple((agency, words) for agency, words in entry.dissent),
    )
