"""How far each agency's responses have come: whom to ask, and about how many.

A page of counts: nothing of any answer is read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, true
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app.assignments.models import Assignment
from app.assignments.queries import CHOSEN
from app.db import key_of
from app.identity.models import Agency
from app.responses.late import late_from
from app.responses.models import Query, Response
from app.responses.queries import says_not_known
from app.responses.rules import ResponseState
from app.rounds.due import how_far
from app.rounds.models import Round, RoundAgency, Strand
from app.rounds.rules import Stage
from app.rounds.taking_part import agency_leads
from app.samples.models import Subject
from app.web.filters import plural


@dataclass(frozen=True)
class Contact:
    """An agency lead, as somebody outside their agency may write to them."""

    name: str
    email: str
    chosen: bool = False
    """Whether they are the agency's contact for this round."""


@dataclass(frozen=True)
class Return:
    """One agency's responses in one round, counted by how far they are."""

    agency: str
    given: int
    not_started: int
    in_progress: int
    with_agency_lead: int
    sent: int
    sent_late: int
    """How many of those sent came after the day they were due."""
    not_known: int
    """How many of those sent say that the child is not known to the agency."""
    last_saved: datetime | None
    overdue: str
    """How long its responses have been overdue, in words; empty when nothing is."""
    contacts: Sequence[Contact] = ()
    returned: int = 0
    """How many were sent, came back with queries and are not sent again: those are not overdue."""
    returned_since: datetime | None = None
    """When the first of them came back."""

    @property
    def waited_for(self) -> int:
        """How many of its responses are not sent."""
        return self.given - self.sent

    @property
    def never_sent(self) -> int:
        """How many of its responses were not sent at all."""
        return self.waited_for - self.returned


def returns_of(
    session: Session, of: Round, today: date, *, with_second: bool = True
) -> list[Return]:
    """List the agencies of a round: those who have most left to send first, then by name.

    A second auditor's response is asked for like any other, and counts in no report.

    All agencies share one day, so whoever has most left is furthest behind.
    """
    leads = _leads_of(session, of)
    late = how_far(of.returns_due, today) if of.returns_due < today else ""
    rows = [
        Return(
            agency=name,
            given=given,
            not_started=given - in_progress - with_agency_lead - sent,
            in_progress=in_progress,
            with_agency_lead=with_agency_lead,
            sent=sent,
            sent_late=sent_late,
            not_known=not_known,
            last_saved=last_saved,
            overdue=late if given > sent + returned else "",
            contacts=leads.get(key, ()),
            returned=returned,
            returned_since=returned_since,
        )
        for (
            key,
            name,
            given,
            in_progress,
            with_agency_lead,
            sent,
            sent_late,
            not_known,
            last_saved,
            returned,
            returned_since,
        ) in session.execute(_counts(of, with_second=with_second))
    ]
    return sorted(rows, key=lambda row: (-row.waited_for, not row.given, row.agency))


@dataclass(frozen=True)
class Back:
    """A response that the lead returned with queries, and that is not sent again yet."""

    subject: str
    """With which of its two auditors' it is, where the agency has two: never who they are."""
    agency: str
    since: datetime
    queries: int


def back_with_agencies(session: Session, of: Round) -> list[Back]:
    """List what was returned with queries and is waited for again, the longest first."""
    query = (
        columns(
            col(Subject.label) + which_of_a_pair(),
            col(Agency.name),
            col(Response.returned_at),
            func.count(col(Query.number)),
        )
        .select_from(Response)
        .join(Assignment, col(Assignment.id) == col(Response.assignment_id))
        .join(Agency, col(Agency.id) == col(Assignment.agency_id))
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .outerjoin(
            Query,
            and_(
                col(Query.response_id) == col(Response.id),
                col(Query.at) == col(Response.returned_at),
            ),
        )
        .where(
            col(Strand.round_id) == of.id,
            col(Subject.state) == CHOSEN,
            back_with_its_agency(),
        )
        .group_by(
            col(Subject.id),
            col(Subject.label),
            col(Agency.id),
            col(Agency.name),
            col(Assignment.place),
            col(Assignment.subject_id),
            col(Assignment.agency_id),
            col(Response.returned_at),
        )
        .order_by(
            col(Response.returned_at), col(Subject.label), col(Agency.name), col(Assignment.place)
        )
    )
    return [Back(*row) for row in session.execute(query)]


def back_with_its_agency() -> ColumnElement[bool]:
    """Say that a response was sent once and came back; the query joins Response."""
    return col(Response.returned_at).is_not(None)


def which_of_a_pair() -> ColumnElement[str]:
    """Say which auditor's an assignment is, where its agency judges the subject twice."""
    other = aliased(Assignment)
    second = exists().where(
        col(other.subject_id) == col(Assignment.subject_id),
        col(other.agency_id) == col(Assignment.agency_id),
        col(other.place) > 1,
    )
    return case(
        (col(Assignment.place) > 1, ", second auditor"), (second, ", first auditor"), else_=""
    )


def _count(state: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((state, col(Assignment.id))))


def _counts(
    of: Round, *, with_second: bool
) -> Select[int | None, str, int, int, int, int, int, int, datetime | None, int, datetime | None]:
    state = col(Response.state)
    chosen = (
        columns(col(Subject.id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .where(col(Strand.round_id) == of.id, col(Subject.state) == CHOSEN)
    )
    here = and_(
        col(Assignment.agency_id) == col(RoundAgency.agency_id),
        col(Assignment.subject_id).in_(chosen),
        true() if with_second else col(Assignment.place) == 1,
    )
    return (
        columns(
            col(Agency.id),
            col(Agency.name),
            func.count(col(Assignment.id)),
            _count(and_(state == ResponseState.DRAFT, col(Response.version) > 0)),
            _count(state == ResponseState.WITH_AGENCY_LEAD),
            _count(state == ResponseState.SENT),
            _count(
                and_(
                    state == ResponseState.SENT,
                    col(Response.first_sent_at) >= late_from(of.returns_due),
                )
            ),
            _count(and_(state == ResponseState.SENT, says_not_known())),
            func.max(col(Response.saved_at)),
            _count(back_with_its_agency()),
            func.min(case((back_with_its_agency(), col(Response.returned_at)))),
        )
        .select_from(RoundAgency)
        .join(Agency, col(Agency.id) == col(RoundAgency.agency_id))
        .outerjoin(Assignment, here)
        .outerjoin(Response, col(Response.assignment_id) == col(Assignment.id))
        .where(col(RoundAgency.round_id) == of.id)
        .group_by(col(Agency.id), col(Agency.name))
    )


def _leads_of(session: Session, of: Round) -> Mapping[int | None, Sequence[Contact]]:
    """List whom to ask, by agency: the contact chosen for this round first."""
    return {
        agency: [Contact(who.name, who.email, contact) for who, contact in leads]
        for agency, leads in agency_leads(session, of).items()
    }


def waited_for(session: Session, rounds: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Count, for some rounds at once, the responses not sent yet and the agencies they are from."""
    query = (
        columns(
            col(Strand.round_id),
            func.count(col(Assignment.id)),
            func.count(col(Assignment.agency_id).distinct()),
        )
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .outerjoin(Response, col(Response.assignment_id) == col(Assignment.id))
        .where(
            col(Strand.round_id).in_(rounds),
            col(Subject.state) == CHOSEN,
            func.coalesce(col(Response.state), "") != ResponseState.SENT,
        )
        .group_by(col(Strand.round_id))
    )
    return {key: (responses, agencies) for key, responses, agencies in session.execute(query)}


def returns_progress(session: Session, of: Round) -> Mapping[str, str]:
    """Say how many of a round's responses are sent."""
    query = (
        columns(
            func.count(col(Assignment.id)),
            _count(col(Response.state) == ResponseState.SENT),
        )
        .join(Subject, col(Subject.id) == col(Assignment.subject_id))
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .outerjoin(Response, col(Response.assignment_id) == col(Assignment.id))
        .where(col(Strand.round_id) == of.id, col(Subject.state) == CHOSEN)
    )
    given, sent = session.execute(query).one()
    return {"/returns": f"{sent:,} of {plural(given, 'response')} sent"} if given else {}


def returns_left(session: Session, of: Round, to: Stage) -> list[str]:
    """Say how much is not sent, before answering stops or the panel begins."""
    if to not in {Stage.RETURNS_CLOSED, Stage.MODERATION}:
        return []
    responses, agencies = waited_for(session, [key_of(of)]).get(key_of(of), (0, 0))
    if not responses:
        return ["Every agency has sent everything."]
    of_agencies = plural(agencies, "agency", "agencies")
    verb = "is" if responses == 1 else "are"
    return [f"{plural(responses, 'response')} of {of_agencies} {verb} not sent."]
