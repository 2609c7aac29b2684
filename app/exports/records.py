"""The record of one meeting of the panel, as a paper."""

from sqlmodel import Session

from app.access import Actor, NotFound, NotNow
from app.comparisons.blindness import sight_of
from app.db import now
from app.exports.paper import SENSITIVE, Bullets, Paper, Section, Table
from app.identity.models import Partnership
from app.meetings.listing import record_page
from app.meetings.models import Meeting
from app.meetings.pages import NOTHING_TYPED, RecordLine
from app.rounds.kept import days_gone
from app.rounds.models import Round
from app.rounds.retention import Kept
from app.web.filters import moment

LEFT_OUT = (
    "The agencies' answers and reasons, which stand in the comparison",
    "Who typed what was decided",
    "What was decided when no meeting was open",
)


def record_paper(session: Session, actor: Actor, of: Round, meeting: Meeting) -> Paper:
    """Tell what one meeting of a round said, for those who see every subject of it."""
    if when := days_gone(session, of).get(Kept.AGREED_ANSWERS):
        raise NotNow(f"What this meeting decided was purged on {when}: there is no record of it.")
    sight = sight_of(actor, of)
    if not sight.everything:
        raise NotFound
    told = record_page(session, sight, meeting, "", NOTHING_TYPED, may_change=False)
    cases = [
        Section(2, name, (Table(name, _HEADS, tuple(map(_row, lines)), (4, 3, 4)),))
        for name, lines in told.cases
    ]
    nothing = () if cases else ("No decision or note was made in it.",)
    return Paper(
        title=of.title,
        called=f"Record of the meeting of {told.began}",
        classification=SENSITIVE,
        about=(
            session.get_one(Partnership, of.partnership_id).name,
            *((f"{told.name}: {told.took}",) if told.name else ()),
            f"Ended {told.ended}" if told.ended else "Not ended yet",
        ),
        warning="",
        sections=(
            Section(1, "In the room", (Bullets(told.present),)),
            Section(1, "What was said", nothing),
            *cases,
        ),
        left_out=LEFT_OUT,
        made=f"Made by {actor.name} on {moment(now(session))}.",
    )


_HEADS = ("Question", "What was said", "Reason")


def _row(line: RecordLine) -> tuple[str, str, str]:
    said = f"{line.said}: {line.words}" if line.words else line.said
    dissent = [f"{agency} does not agree: {words}" for agency, words in line.dissent]
    return line.question, said, "\n".join([*([line.reason] if line.reason else []), *dissent])
