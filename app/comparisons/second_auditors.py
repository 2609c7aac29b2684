"""Where two auditors of an agency judged one file without seeing each other's answers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import and_
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app.assignments.models import Assignment
from app.assignments.second_auditors import a_lead_answers
from app.comparisons.blindness import Sight
from app.comparisons.queries import coded_answers, older_sheets, sheet_for
from app.comparisons.sheet import ANSWERED, Line, Said, Sheet
from app.identity.models import Agency
from app.responses.models import NilReturn, Response
from app.responses.rules import ResponseState
from app.rounds.models import Strand
from app.samples.models import Subject
from app.samples.rules import SubjectState
from app.tools import AgencyKind, Coded

_SentUnder = tuple[int, int | None]
"""A response's key, and the older version of the tool that it was sent under, if it was."""

Chosen = tuple[str, str]
"""What the first auditor chose and what the second did, by the option's id."""

_FIRST, _SECOND = aliased(Assignment), aliased(Assignment)
_ONE, _OTHER = aliased(Response), aliased(Response)
_ONE_NIL, _OTHER_NIL = aliased(NilReturn), aliased(NilReturn)


def second_pairs(session: Session, sight: Sight, strand: Strand) -> Mapping[str, Sequence[Chosen]]:
    """Return what both auditors answered, by question, from what both have sent.

    The one place that pairs are read from. A question of which several options may be chosen has
    no single answer, so it is none that two people agree on or not.
    """
    sheet = sheet_for(session, sight, strand)
    sent = _both_sent(session, sight, strand)
    coded = coded_answers(session, [key for _, *both in sent for key, _ in both])
    older = older_sheets(session, strand, [under for _, *both in sent for _, under in both])
    pairs: defaultdict[str, list[Chosen]] = defaultdict(list)
    for kind, *of_two in sent:
        both = (
            sheet.sent(kind, coded[key])
            if under is None
            else sheet.sent_under(older[under], kind, coded[key])
            for key, under in of_two
        )
        for line, one, other in zip(sheet.lines, *both, strict=True):
            if one[0] == other[0] == ANSWERED and _has_one_answer(line):
                pairs[line.question.id].append((_id(sheet, line, one), _id(sheet, line, other)))
    return pairs


def _both_sent(
    session: Session, sight: Sight, strand: Strand
) -> list[tuple[AgencyKind, _SentUnder, _SentUnder]]:
    """List the kind of each agency with both responses to one subject, in the order of the draw.

    Who declared that the child is not known to the agency judged nothing: what they typed before
    is kept and is no rating. Nor is there a pair where one of the two has come to lead the agency:
    nobody can tell whether they read what the other answered.
    """
    same = and_(
        col(_SECOND.subject_id) == col(_FIRST.subject_id),
        col(_SECOND.agency_id) == col(_FIRST.agency_id),
        col(_SECOND.place) > col(_FIRST.place),
    )
    query = (
        columns(
            col(Agency.kind),
            col(_ONE.id),
            col(_ONE.tool_version_id),
            col(_OTHER.id),
            col(_OTHER.tool_version_id),
        )
        .select_from(_FIRST)
        .join(_SECOND, same)
        .join(Agency, col(Agency.id) == col(_FIRST.agency_id))
        .join(Subject, col(Subject.id) == col(_FIRST.subject_id))
        .join(_ONE, col(_ONE.assignment_id) == col(_FIRST.id))
        .join(_OTHER, col(_OTHER.assignment_id) == col(_SECOND.id))
        .outerjoin(_ONE_NIL, col(_ONE_NIL.response_id) == col(_ONE.id))
        .outerjoin(_OTHER_NIL, col(_OTHER_NIL.response_id) == col(_OTHER.id))
        .where(
            col(Subject.strand_id) == strand.id,
            col(Subject.state) == SubjectState.CHOSEN,
            sight.subjects(),
            col(_ONE.state) == ResponseState.SENT,
            col(_OTHER.state) == ResponseState.SENT,
            ~a_lead_answers(_FIRST, sight.round.partnership_id),
            ~a_lead_answers(_SECOND, sight.round.partnership_id),
            col(_ONE_NIL.response_id).is_(None),
            col(_OTHER_NIL.response_id).is_(None),
        )
        .order_by(col(Subject.position), col(Subject.id), col(Agency.id))
    )
    found = session.connection().execute(query)
    return [
        (AgencyKind(kind), (one or 0, one_under), (other or 0, other_under))
        for kind, one, one_under, other, other_under in found
    ]


def _has_one_answer(line: Line) -> bool:
    return isinstance(line.question, Coded) and line.question.kind != "choices"


def _id(sheet: Sheet, line: Line, said: Said) -> str:
    return sheet.numbers.decode(line.question, *said)[1][0]
