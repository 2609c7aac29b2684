"""Reading comparisons: the subjects that are open to somebody, and what was sent about them.

The number of statements does not depend on how many questions, agencies or subjects there are.
Of a response that is not sent nothing is read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.assignments.models import Assignment, SharedSection
from app.comparisons.blindness import Sight
from app.comparisons.models import AgreedAnswer, Judgement
from app.comparisons.sheet import Said, Sheet, sheet_of
from app.comparisons.side_by_side import Agreed, Comparison, Side, Stored, lay
from app.db.prepared import plain_rows
from app.identity.models import Agency, Person
from app.library.queries import pinned_tool
from app.responses.models import Answer as AnswerRow
from app.responses.models import AnswerText, NilReturn, Response
from app.responses.rules import ResponseState
from app.responses.stored import RAW, REASON, VALUE
from app.rounds.models import Strand
from app.samples.models import Subject
from app.tools import AgencyKind, QuestionSet
from app.web.filters import day, listed

_AUDITORS = (
    columns(col(Assignment.agency_id), col(Person.name))
    .join(Person, col(Person.id) == col(Assignment.auditor_id))
    .where(col(Assignment.subject_id) == bindparam("subject"), col(Assignment.place) == 1)
)
_SHARERS = (
    columns(col(Assignment.agency_id), col(Person.name))
    .distinct()
    .join(SharedSection, col(SharedSection.assignment_id) == col(Assignment.id))
    .join(Person, col(Person.id) == col(SharedSection.person_id))
    .where(col(Assignment.subject_id) == bindparam("subject"), col(Assignment.place) == 1)
    .order_by(col(Person.name))
)
_UNSENT = (
    columns(
        col(Assignment.subject_id),
        col(Agency.name),
        col(Assignment.auditor_id),
        col(Response.state),
        col(Response.version),
        col(Response.answered),
        col(Response.asked),
        col(Response.returned_at),
    )
    .join(Agency, col(Agency.id) == col(Assignment.agency_id))
    .outerjoin(Response, col(Response.assignment_id) == col(Assignment.id))
    .where(
        col(Assignment.subject_id).in_(bindparam("subjects", expanding=True)),
        col(Assignment.place) == 1,
        col(Response.state).is_distinct_from(ResponseState.SENT),
    )
    .order_by(col(Agency.name), col(Agency.id))
)
CHOSEN = "chosen"
_OF_THE_DRAW = (col(Strand.id), col(Subject.position), col(Subject.id))


class Found(NamedTuple):
    """A subject with the strand it belongs to."""

    subject: Subject
    strand: Strand

    def name(self, question_set: QuestionSet) -> str:
        """Return what pages call the subject: its kind and its label."""
        return f"{question_set.subject.words} {self.subject.label}"


def subjects_in_sight(session: Session, sight: Sight) -> list[Found]:
    """List the chosen subjects of a round that are open to somebody, in the order of the draw."""
    query = (
        select(Subject, Strand)
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .where(_in_sight(sight))
        .order_by(*_OF_THE_DRAW)
    )
    return [Found(subject, strand) for subject, strand in session.exec(query)]


class Name(NamedTuple):
    """A subject by what a link to it needs."""

    key: int | None
    label: str
    ref: str


def names_in_sight(session: Session, sight: Sight) -> list[Name]:
    """List the same subjects in the same order, by name."""
    query = (
        select(Subject.id, Subject.label, Subject.ref)
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .where(_in_sight(sight))
        .order_by(*_OF_THE_DRAW)
    )
    return [Name(*row) for row in session.exec(query)]


def find_subject(session: Session, sight: Sight, ref: str) -> Found | None:
    """Find the subject that an address names, if it is of the round and open to somebody."""
    query = (
        select(Subject, Strand)
        .join(Strand, col(Strand.id) == col(Subject.strand_id))
        .where(_in_sight(sight), Subject.ref == ref)
    )
    row = session.exec(query).one_or_none()
    return Found(row[0], row[1]) if row else None


def _in_sight(sight: Sight) -> ColumnElement[bool]:
    return and_(
        col(Strand.round_id) == sight.round.id,
        col(Subject.state) == CHOSEN,
        sight.subjects(),
    )


_SIDES = (
    columns(
        col(Assignment.subject_id),
        col(Agency.name),
        col(Agency.kind),
        col(Response.id),
        col(Response.state),
        col(Agency.id),
        col(Agency.ref),
        col(Response.ref),
        col(Response.version),
        col(NilReturn.response_id),
        col(Response.tool_version_id),
    )
    .join(Agency, col(Agency.id) == col(Assignment.agency_id))
    .outerjoin(Response, col(Response.assignment_id) == col(Assignment.id))
    .outerjoin(NilReturn, col(NilReturn.response_id) == col(Response.id))
    .where(
        col(Assignment.subject_id).in_(bindparam("subjects", expanding=True)),
        col(Assignment.place) == 1,
    )
    .order_by(col(Agency.name), col(Agency.id))
)
_CODED = columns(
    col(AnswerRow.response_id),
    col(AnswerRow.question_id),
    col(AnswerRow.state),
    col(AnswerRow.code),
).where(col(AnswerRow.response_id).in_(bindparam("responses", expanding=True)))
_TEXTS = columns(
    col(AnswerText.response_id),
    col(AnswerText.question_id),
    col(AnswerText.part),
    col(AnswerText.text),
).where(col(AnswerText.response_id).in_(bindparam("responses", expanding=True)))
_AMOUNTS = _TEXTS.where(
    col(AnswerText.part) == VALUE,
    col(AnswerText.question_id).in_(bindparam("questions", expanding=True)),
)
_AGREED = columns(
    col(AgreedAnswer.subject_id),
    col(AgreedAnswer.question_id),
    col(AgreedAnswer.agreed),
    col(AgreedAnswer.state),
    col(AgreedAnswer.code),
    col(AgreedAnswer.text),
    col(AgreedAnswer.reason),
    col(AgreedAnswer.version),
    col(AgreedAnswer.at),
).where(col(AgreedAnswer.subject_id).in_(bindparam("subjects", expanding=True)))

_DECIDED = columns(col(AgreedAnswer.subject_id), col(AgreedAnswer.question_id)).where(
    col(AgreedAnswer.subject_id).in_(bindparam("subjects", expanding=True))
)


def compare(session: Session, sight: Sight, found: Found) -> Comparison:
    """Lay one subject's sent responses side by side, with every word of them."""
    sheet = sheet_for(session, sight, found.strand)
    subject = _key(found.subject)
    sides = sides_of(session, [subject]).get(subject, [])
    responses = [side.response for side in sides if side.response is not None]
    coded, texts = coded_answers(session, responses), _words(session, responses)
    agreed = agreed_in(session, sheet, [subject]).get(subject, {})
    stored = Stored(coded, texts[VALUE], texts[REASON], agreed)
    return lay(sheet, sides, stored, older_sheets(session, found.strand, [s.under for s in sides]))


def compare_all(
    session: Session, sight: Sight, strand: Strand, subjects: Sequence[Subject]
) -> dict[int, Comparison]:
    """Lay every subject of a strand side by side, for counting: words and reasons are left out."""
    sheet = sheet_for(session, sight, strand)
    keys = [_key(subject) for subject in subjects]
    sides = sides_of(session, keys)
    responses = [s.response for row in sides.values() for s in row if s.response is not None]
    coded, texts = coded_answers(session, responses), _amounts(session, sheet, responses)
    agreed = agreed_in(session, sheet, keys)
    older = older_sheets(session, strand, [s.under for row in sides.values() for s in row])
    return {
        key: lay(sheet, sides.get(key, []), Stored(coded, texts, {}, agreed.get(key, {})), older)
        for key in keys
    }


def sheet_for(session: Session, sight: Sight, strand: Strand) -> Sheet:
    """Return the lines of a strand's question set, in the version that the round is pinned to."""
    return sheet_of(session, pinned_tool(session, sight.round.tool_version_id), strand.question_set)


def older_sheets(session: Session, strand: Strand, under: Iterable[int | None]) -> dict[int, Sheet]:
    """Return the lines of the versions that responses were sent under before their round moved."""
    return {
        each: sheet_of(session, pinned_tool(session, each), strand.question_set)
        for each in set(under)
        if each is not None
    }


def sides_of(session: Session, subjects: Sequence[int]) -> dict[int, list[Side]]:
    """Return the columns of each subject, in the order of the agencies' names."""
    found: dict[int, list[Side]] = {}
    rows = plain_rows(session.connection(), _SIDES, {"subjects": list(subjects)})
    for subject, agency, kind, response, state, key, ref, sent, version, nil, under in rows:
        is_sent = state == ResponseState.SENT
        not_known = is_sent and nil is not None
        side = Side(
            agency,
            AgencyKind(kind),
            response if is_sent and not not_known else None,
            key,
            ref,
            (sent, -1 if not_known else version) if is_sent else None,
            not_known,
            under,
        )
        found.setdefault(subject, []).append(side)
    return found


def auditors_of(session: Session, subject: Subject, sides: Sequence[Side]) -> tuple[str, ...]:
    """Name who audited a subject for each agency: for those alone who may see assignments."""
    given = {"subject": _key(subject)}
    names = {r.agency_id: r.name for r in session.connection().execute(_AUDITORS, given)}
    others: dict[int, list[str]] = {}
    for row in session.connection().execute(_SHARERS, given):
        others.setdefault(row.agency_id, []).append(row.name)
    names |= {
        agency: f"{names.get(agency, 'No auditor')}, with {listed(shares)}"
        for agency, shares in others.items()
    }
    return tuple(names.get(side.key or 0, "No auditor") for side in sides)


class Missing(NamedTuple):
    """An agency whose response to a subject is not sent, and how far it is."""

    agency: str
    stands: str


def missing_of(session: Session, subjects: Sequence[int]) -> dict[int, list[Missing]]:
    """Say of each subject which agencies have not sent: in counts, with nothing of any answer."""
    found: dict[int, list[Missing]] = {}
    rows = session.connection().execute(_UNSENT, {"subjects": list(subjects)})
    for subject, agency, auditor, state, version, answered, asked, returned_at in rows:
        if returned_at:
            stands = f"returned with queries since {day(returned_at)}"
        elif state == ResponseState.WITH_AGENCY_LEAD:
            stands = "with the agency lead"
        elif version:
            stands = f"{answered} of {asked} answered"
        else:
            stands = "not begun" if auditor else "no auditor"
        found.setdefault(subject, []).append(Missing(agency, stands))
    return found


def coded_answers(session: Session, responses: Sequence[int]) -> dict[int, dict[int, Said]]:
    """Return the stored state and code of every answer, by response and question number."""
    found: dict[int, dict[int, Said]] = {response: {} for response in responses}
    rows = plain_rows(session.connection(), _CODED, {"responses": list(responses)})
    for response, question, state, code in rows:
        found[response][question] = (state, code)
    return found


def _words(
    session: Session, responses: Sequence[int]
) -> Mapping[int, Mapping[int, dict[int, str]]]:
    """Read values and reasons: each by question, then by response."""
    found: dict[int, defaultdict[int, dict[int, str]]] = {
        part: defaultdict(dict) for part in (VALUE, REASON, RAW)
    }
    rows = plain_rows(session.connection(), _TEXTS, {"responses": list(responses)})
    for response, question, part, text in rows:
        found[part][question][response] = text
    return found


def _amounts(session: Session, sheet: Sheet, responses: Sequence[int]) -> dict[int, dict[int, str]]:
    """Read the numbers and dates, without which nobody could say whether they differ."""
    wanted = [line.number for line in sheet.lines if line.counted]
    given = {"responses": list(responses), "questions": wanted}
    found: dict[int, dict[int, str]] = {}
    for response, question, _, text in plain_rows(session.connection(), _AMOUNTS, given):
        found.setdefault(question, {})[response] = text
    return found


def agreed_in(
    session: Session, sheet: Sheet, subjects: Sequence[int]
) -> Mapping[int, Mapping[int, Agreed]]:
    """Return what the panel recorded, by subject and question number."""
    found: dict[int, dict[int, Agreed]] = {}
    for row in session.connection().execute(_AGREED, {"subjects": list(subjects)}):
        line = sheet.by_number.get(row.question_id)
        if line is None:
            continue
        answer = sheet.answer(line, row.state, row.code, row.text) if row.agreed else None
        found.setdefault(row.subject_id, {})[row.question_id] = Agreed(
            answer, row.reason, row.version, row.at
        )
    return found


def decided_in(session: Session, subjects: Sequence[int]) -> Mapping[int, Collection[int]]:
    """Return the numbers of the questions that the panel has decided, by subject."""
    found: dict[int, set[int]] = {}
    rows = plain_rows(session.connection(), _DECIDED, {"subjects": list(subjects)})
    for subject, question in rows:
        found.setdefault(subject, set()).add(question)
    return found


def judgement_of(session: Session, subject: Subject) -> Judgement | None:
    """Return the panel's judgement of a case as a whole, if it has judged it."""
    return session.get(Judgement, subject.id)


def judgements_on(session: Session, subjects: Sequence[int]) -> Mapping[int, Judgement]:
    """Return the panel's judgement of each subject that has one."""
    query = select(Judgement).where(col(Judgement.subject_id).in_(subjects))
    return {row.subject_id: row for row in session.exec(query)}


def _key(subject: Subject) -> int:
    if subject.id is None:
        raise LookupError("a stored subject has a key")
    return subject.id
