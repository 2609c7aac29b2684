"""The queue before the panel: every subject open to somebody, with what is left to decide."""

from itertools import groupby

from sqlmodel import Session

from app.comparisons.blindness import Sight
from app.comparisons.pages import QueueItem
from app.comparisons.queries import judgements_on, sheet_for, subjects_in_sight
from app.comparisons.rules import judged_by
from app.comparisons.standing import standings
from app.web.paging import ROWS, Paged, page_number, paged


def queue(
    session: Session, sight: Sight, at: str, *, only_left: bool, page: str
) -> Paged[QueueItem]:
    """Return one page of the queue, always in the order of the draw.

    `only_left` leaves out the subjects on which every difference is decided.
    """
    items = [i for i in _items(session, sight, at) if i.left or not only_left]
    number = page_number(page, len(items))
    show = "show=left&" if only_left else ""
    rows = items[(number - 1) * ROWS : number * ROWS]
    return paged(rows, number, len(items), f"{at}/comparisons?{show}page=")


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
