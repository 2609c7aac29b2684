"""The queue before the panel: every subject open to somebody, with what is left to decide."""

from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urlencode

from sqlmodel import Session

from app.comparisons.blindness import Sight
from app.comparisons.pages import QueueItem
from app.comparisons.queries import (
    Found,
    judgements_on,
    missing_of,
    sheet_for,
    subjects_in_sight,
)
from app.comparisons.rules import judged_by
from app.comparisons.standing import standings
from app.rounds.due import NAMES, Days, days_ahead, how_far
from app.rounds.models import Round
from app.rounds.rules import Stage
from app.rounds.working_days import working_days
from app.samples.models import Subject
from app.web.filters import day, plural
from app.web.paging import ROWS, Paged, page_number, paged

READY, WAITING, LEFT = "ready", "waiting", "left"
SHOWS = {
    "": "All",
    LEFT: "Differences left",
    READY: "All agencies have sent",
    WAITING: "Waiting for an agency",
}
"""What the queue can be narrowed to, as its address names it and in words."""
SORTS = {"": "As drawn", READY: "Ready first", LEFT: "Most differences left first"}
"""In which order it can be read; those that stand alike follow the draw."""


class Wanted(NamedTuple):
    """What of the queue somebody asks for."""

    show: str
    sort: str
    page: str
    detailed: bool
    """Whether they may know how far an agency is that has not sent."""


def queue(session: Session, sight: Sight, at: str, wanted: Wanted) -> Paged[QueueItem]:
    """Return one page of the queue."""
    items = [each for each in _items(session, sight, at) if _shown(each, wanted.show)]
    if wanted.sort == READY:
        items.sort(
            key=lambda each: (
                each.sent < each.agencies or not each.agencies,
                each.agencies - each.sent,
            )
        )
    elif wanted.sort == LEFT:
        items.sort(key=lambda each: -each.left)
    number = page_number(wanted.page, len(items))
    rows = items[(number - 1) * ROWS : number * ROWS]
    missing = missing_of(session, [each.subject for each in rows])
    told = [
        replace(
            each,
            missing=tuple(
                f"{agency}: {stands}" if wanted.detailed else agency
                for agency, stands in missing.get(each.subject, ())
            ),
        )
        for each in rows
    ]
    here = queue_at(f"{at}/comparisons", wanted.show, wanted.sort)
    return paged(told, number, len(items), f"{here}{'&' if '?' in here else '?'}page=")


def _shown(item: QueueItem, show: str) -> bool:
    ready = item.agencies > 0 and item.sent == item.agencies
    return {LEFT: item.left > 0, READY: ready, WAITING: not ready}.get(show, True)


def queue_at(here: str, show: str, sort: str) -> str:
    """Return the address of the queue as somebody wants it."""
    query = urlencode({name: key for name, key in (("show", show), ("sort", sort)) if key})
    return f"{here}?{query}" if query else here


def time_left(of: Round, today: date) -> tuple[str, ...]:
    """Say how long there is until the panel's day, and before it until the returns are due.

    Nothing is said once the panel is over.
    """
    days = Days(of.returns_due, of.panel_due, of.report_due)
    return tuple(
        f"{NAMES[name]} {day(when)}: {how_far(when, today)}{_working(today, when)}."
        for name, when in days_ahead(Stage(of.stage), days)
        if name != "report_due"
    )


def _working(today: date, when: date) -> str:
    """Say how many of the days until a day are working days, where there is more than one."""
    if (when - today).days <= 1:
        return ""
    return f", {plural(working_days(today, when), 'working day')}"


def _items(session: Session, sight: Sight, at: str) -> list[QueueItem]:
    items: list[QueueItem] = []
    found = subjects_in_sight(session, sight)
    judged = judgements_on(session, [each.subject.id or 0 for each in found])
    for _, of_strand in groupby(found, key=lambda each: each.strand.id):
        several = list(of_strand)
        strand = several[0].strand
        question_set = sheet_for(session, sight, strand).question_set
        grades = judged_by(question_set)
        standing = standings(session, sight, strand, [each.subject for each in several])
        for each in several:
            stands, judgement = standing[each.subject.id or 0], judged.get(each.subject.id or 0)
            items.append(
                QueueItem(
                    subject=each.subject.id or 0,
                    name=each.name(question_set),
                    href=f"{at}/subjects/{each.subject.ref}/comparison",
                    strand=strand.title,
                    sent=stands.sent,
                    agencies=stands.agencies,
                    differ=stands.differ,
                    agreed=stands.agreed,
                    left=stands.left,
                    judged=(grades[-1].labels[judgement.level] if judgement else "Not yet")
                    if grades
                    else "",
                )
            )
    return items


def most_left(session: Session, sight: Sight, beside: Found, *, back: bool) -> Subject | None:
    """Return the subject after one, or before it, in the order of most differences left.

    Those with as many left follow the draw; after the last comes the first. None where no other
    subject has differences left.
    """
    left: dict[int, int] = {}
    found = subjects_in_sight(session, sight)
    for _, of_strand in groupby(found, key=lambda each: each.strand.id):
        several = list(of_strand)
        subjects = [each.subject for each in several]
        counted = standings(session, sight, several[0].strand, subjects)
        left |= {key: each.left for key, each in counted.items()}
    here = beside.subject.id or 0
    keys = [each.subject.id or 0 for each in found]
    order = sorted((key for key in keys if left[key] or key == here), key=lambda key: -left[key])
    following = order[(order.index(here) + (-1 if back else 1)) % len(order)]
    if following == here:
        return None
    return next(each.subject for each in found if each.subject.id == following)
