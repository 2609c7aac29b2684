"""How far a round's panel has come, and what it leaves when it ends."""

from collections.abc import Mapping
from itertools import groupby

from sqlmodel import Session

from app.comparisons.queries import Found, judgements_on, subjects_in_sight
from app.comparisons.rules import judged_by
from app.comparisons.standing import standings
from app.library.queries import pinned_tool
from app.meetings.panels import everything_of
from app.meetings.queries import open_meetings, put_off_in
from app.rounds.models import Round
from app.rounds.rules import Stage
from app.web.filters import moment, plural


def panel_progress(session: Session, of: Round) -> Mapping[str, str]:
    """Say whether a meeting is open, and how many cases are judged."""
    told = {}
    if opened := open_meetings(session, of):
        begun = f"begun {moment(opened[0].meeting.began_at)}"
        several = f"{len(opened)} are open, the first {begun}"
        told["/meetings"] = f"One is open, {begun}" if len(opened) == 1 else several
    to_judge = _to_judge(session, of, _subjects(session, of))
    if to_judge:
        judged = judgements_on(session, _keys(to_judge))
        told["/judgements"] = f"{len(judged)} of {len(to_judge)} judged"
    return told


def panel_left(session: Session, of: Round, to: Stage) -> list[str]:
    """Say what the panel has not decided, before what it agreed stands as it is."""
    if to is not Stage.FINDINGS_AGREED:
        return []
    found = _subjects(session, of)
    to_judge = _to_judge(session, of, found)
    unjudged = len(to_judge) - len(judgements_on(session, _keys(to_judge)))
    waiting = sum(len(each) for each in put_off_in(session, _keys(found)).values())
    told = []
    if opened := len(open_meetings(session, of)):
        still = (
            "A meeting of the panel is" if opened == 1 else f"{opened} meetings of the panel are"
        )
        told.append(f"{still} still open.")
    if left := sum(map(bool, differences_left(session, of, found).values())):
        told.append(f"{_of(left, len(found))} still {'has' if left == 1 else 'have'} differences "
                    "that the panel has not decided.")  # fmt: skip
    if waiting:
        told.append(f"{plural(waiting, 'question')} {'is' if waiting == 1 else 'are'} put off.")
    if unjudged:
        told.append(f"{_of(unjudged, len(to_judge))} {'is' if unjudged == 1 else 'are'} not judged "
                    "as a whole.")  # fmt: skip
    return told


def _of(some: int, everything: int) -> str:
    return f"{some} of {plural(everything, 'subject')}"


def _subjects(session: Session, of: Round) -> list[Found]:
    return subjects_in_sight(session, everything_of(of))


def _to_judge(session: Session, of: Round, found: list[Found]) -> list[Found]:
    """Leave out what ends with no grade, and so is not judged as a whole."""
    sets = pinned_tool(session, of.tool_version_id).question_set
    return [each for each in found if judged_by(sets[each.strand.question_set])]


def _keys(found: list[Found]) -> list[int]:
    return [each.subject.id or 0 for each in found]


def differences_left(session: Session, of: Round, found: list[Found]) -> dict[int, int]:
    """Count the differences that are left to decide, by subject."""
    sight, left = everything_of(of), dict[int, int]()
    for _, of_strand in groupby(found, key=lambda each: each.strand.id):
        several = list(of_strand)
        subjects = [each.subject for each in several]
        standing = standings(session, sight, several[0].strand, subjects)
        left |= {key: each.left for key, each in standing.items()}
    return left
