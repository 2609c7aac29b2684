"""A round's meetings as lists: what was put off, earlier sittings, and the record of one."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from sqlmodel import Session

from app.comparisons.blindness import Sight
from app.comparisons.queries import Found, compare_all, sheet_for, subjects_in_sight
from app.comparisons.sheet import Sheet
from app.meetings.models import Meeting
from app.meetings.pages import (
    MeetingListed,
    MeetingsPage,
    PutOffListed,
    RecordLine,
    RecordPage,
    Typed,
)
from app.meetings.queries import (
    EntryOn,
    Present,
    entries_of,
    in_the_room,
    meetings_of,
    put_off_in,
)
from app.meetings.room import who_may_minute, who_may_sit
from app.meetings.rules import Said
from app.rounds.models import Round
from app.web.filters import day, moment, time_of_day

JUDGEMENT = "The case as a whole"


def meetings_page(
    session: Session,
    sight: Sight,
    at: str,
    typed: Typed,
    *,
    may_agree: bool,
) -> MeetingsPage:
    """List the panel's meetings, and what waits for the next one."""
    listed = [_listed(meeting, people, at) for meeting, people in meetings_of(session, sight.round)]
    begun = next((each for each in listed if not each.stands), None)
    return MeetingsPage(
        round=sight.round,
        at=at,
        open=begun,
        go_on=next_question(session, sight, at) if begun and may_agree else None,
        earlier=tuple(each for each in listed if each.stands),
        put_off=tuple(_put_off(session, sight, at)),
        may_agree=may_agree,
        people=people_to_choose(session, sight.round) if may_agree else (),
        minuting=minutes_to_choose(session, sight.round) if may_agree else (),
        values=typed.values,
        errors=typed.errors,
    )


def _listed(meeting: Meeting, people: int, at: str) -> MeetingListed:
    return MeetingListed(
        href=f"{at}/meetings/{meeting.ref}",
        began=moment(meeting.began_at),
        stands=f"Ended {moment(meeting.ended_at)}" if meeting.ended_at else "",
        people=people,
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


def next_question(session: Session, sight: Sight, at: str) -> str | None:
    """Return the address of the first difference that waits for the panel and is not put off."""
    found = subjects_in_sight(session, sight)
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
    present = in_the_room(session, meeting)
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
        document=f"{at}/meetings/{meeting.ref}/document" if sight.everything else "",
        began=moment(meeting.began_at),
        ended=moment(meeting.ended_at) if meeting.ended_at else None,
        present=(
            *(_there(each, meeting) for each in present),
            *(line.strip() for line in meeting.others.splitlines() if line.strip()),
        ),
        cases=tuple(_cases(session, sight, entries_of(session, sight, meeting))),
        may_change=may_change,
        go_on=next_question(session, sight, at) if may_change else None,
        version=meeting.version,
        people=people_to_choose(session, sight.round) if may_change else (),
        minuting=minutes_to_choose(session, sight.round) if may_change else (),
        values=typed.values or own,
        errors=typed.errors,
    )


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
