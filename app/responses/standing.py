"""Where a response stands, in words: for its auditor, its agency lead and whoever reads it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from fastapi import Request
from sqlmodel import Session

from app.access import Action, Actor, NotNow, scope
from app.assignments.queries import local_record_of
from app.db import today
from app.library.rules import MetSection
from app.responses.given import shown
from app.responses.late import how_late
from app.responses.pages import (
    AnswerShown,
    Link,
    QueryShown,
    SectionShown,
    SectionStanding,
    SectionWanted,
    Standing,
)
from app.responses.queries import Work
from app.responses.rules import (
    ResponseState,
    check_answerable,
    check_queryable,
    check_with_agency_lead,
    minutes_for,
)
from app.responses.skeleton import Skeleton, skeleton_of
from app.responses.versions import queries_on
from app.tools import ABSENCES, OVER, Asked, Question
from app.web.filters import plural


def skeleton(session: Session, work: Work) -> Skeleton:
    """Return the questions of a response as its kind of agency meets them."""
    return skeleton_of(session, work.tool_version_id, work.question_set, work.kind)


def standing(request: Request, session: Session, actor: Actor, work: Work) -> Standing:
    """Say where a response stands."""
    status, colour = _status(work, today(session))
    answered, total = work.filled.progress
    return Standing(
        at=f"/{request.state.place.slug}/assignments/{work.assignment.ref}",
        subject=work.name,
        round_title=work.round.title,
        agency=work.agency.name,
        auditor=work.auditor.name if work.auditor else "",
        due=work.round.returns_due,
        overdue=work.state is ResponseState.DRAFT and _overdue(work, today(session)),
        late=_late(work),
        was_sent=bool(work.response and work.response.first_sent_at),
        state=work.state.value,
        status=status,
        colour=colour,
        answered=answered,
        total=total,
        saved_at=work.response.saved_at if work.response else None,
        not_known=(work.nil.searched, work.nil.note) if work.nil else None,
        may_say_not_known=may_say_not_known(actor, work),
        local_record=local_record_of(session, work.assignment)
        if keeps_record(actor, work)
        else None,
    )


def _late(work: Work) -> str:
    if work.response is None or work.state is not ResponseState.SENT:
        return ""
    return how_late(work.response.first_sent_at, work.round.returns_due)


def keeps_record(actor: Actor, work: Work) -> bool:
    """Whether somebody may know their agency's own number for the child."""
    if not work.question_set.subject.about_a_child:
        return False
    within = scope(actor, Action.LOCAL_RECORD_KEEP)
    return work.agency.id in within.agencies or (
        bool(within) and work.answerers.takes_part(actor.person_id)
    )


def _overdue(work: Work, day: date) -> bool:
    """Whether a response that is not sent is late; what came back with queries was there before."""
    was_there = work.response is not None and work.response.first_sent_at is not None
    return work.round.returns_due < day and not was_there


def _status(work: Work, day: date) -> tuple[str, str]:
    if work.subject.state != "chosen":
        return "Replaced: closed", "grey"
    nil = ": not known to the agency" if work.nil else ""
    if work.state is ResponseState.SENT:
        return f"Sent{nil}", "green"
    if work.state is ResponseState.WITH_AGENCY_LEAD:
        return f"With the agency lead{nil}", "purple"
    if work.response and work.response.returned_at:
        return "Returned with queries", "orange"
    if _overdue(work, day):
        return f"Overdue by {plural((day - work.round.returns_due).days, 'day')}", "red"
    return ("In progress", "blue") if work.version else ("Not started", "grey")


def may_answer(actor: Actor, work: Work) -> bool:
    """Whether somebody may answer this response now, or some sections of it."""
    within = scope(actor, Action.RESPONSE_ANSWER)
    own = bool(within) and work.answerers.takes_part(actor.person_id)
    return own and work.round.id not in within.barred and not why_closed(work)


def may_sign_off(actor: Actor, work: Work) -> bool:
    """Whether somebody may send this response, or hand it back, now."""
    within = scope(actor, Action.RESPONSE_SIGN_OFF)
    if work.agency.id not in within.agencies or work.round.id in within.barred:
        return False
    try:
        check_with_agency_lead(work.round.stage, work.subject.state, work.state)
    except NotNow:
        return False
    return True


def may_say_not_known(actor: Actor, work: Work) -> bool:
    """Whether somebody may declare now that the child is not known, or take that back."""
    if not work.question_set.subject.about_a_child:
        return False
    within = scope(actor, Action.NIL_RETURN_DECLARE)
    own = work.agency.id in within.agencies or (
        bool(within) and work.assignment.auditor_id == actor.person_id
    )
    if not own or work.round.id in within.barred:
        return False
    if work.nil is None:
        return not why_closed(work)
    try:
        check_with_agency_lead(work.round.stage, work.subject.state, work.state)
    except NotNow:
        return False
    return True


def may_query(actor: Actor, work: Work) -> bool:
    """Whether somebody may return this response to its agency now, with queries."""
    if work.round.id not in scope(actor, Action.RESPONSE_QUERY).rounds:
        return False
    try:
        check_queryable(work.round.stage, work.subject.state, work.state)
    except NotNow:
        return False
    return True


def why_closed(work: Work) -> str:
    """Say why a response takes no answers now; nothing when it does."""
    try:
        check_answerable(work.round.stage, work.subject.state, work.state)
    except NotNow as refusal:
        return str(refusal)
    return ""


def answered_by(work: Work, section: str, person_id: int) -> str:
    """Say who answers a section, where a response is shared."""
    if not work.answerers.shared:
        return ""
    if work.answerers.answers(person_id, section):
        return "you"
    return work.answerers.who(section) or "nobody yet"


def section_list(
    at: str, work: Work, sections: tuple[MetSection, ...], person_id: int
) -> Iterator[SectionStanding]:
    """List the sections in which something is asked now, with what is left in each.

    One's own lead to where they are answered, others' to where they are read.
    """
    for met in open_sections(work, sections):
        done, total = work.filled.progress_in(met.section.id)
        left = total - done
        undone = _undone(work.filled.in_section(met.section.id))
        begun = any(
            each.answer.state != "not_answered" for each in work.filled.in_section(met.section.id)
        )
        status, colour = ("Complete", "") if not left else ("In progress", "blue")
        if left and not begun:
            status, colour = "Not started", "grey"
        yield SectionStanding(
            title=met.section.title,
            href=f"{at}/sections/{met.section.id}"
            if work.answerers.answers(person_id, met.section.id)
            else f"{at}/check#question-{met.questions[0].question.id}",
            status=status,
            colour=colour,
            left=f"{plural(left, 'question')} left, {about(minutes_for(undone))}"
            if left
            else plural(total, "question"),
            by=answered_by(work, met.section.id, person_id),
        )


def time_left(work: Work, person_id: int) -> str:
    """Say about how long everything takes that somebody has still to finish."""
    undone = _undone(
        each for each in work.filled.asked if work.answerers.answers(person_id, each.section.id)
    )
    return about(minutes_for(undone)) if undone else ""


def _undone(asked: Iterable[Asked]) -> list[Question]:
    """Return the required questions that still want something, or hold something unreadable."""
    return [
        each.question for each in asked if each.question.required and (each.wants or each.problem)
    ]


def about(minutes: int) -> str:
    """Say how long, no more exactly than it is known.

    >>> about(1), about(12), about(38), about(100)
    ('about 1 minute', 'about 12 minutes', 'about 40 minutes', 'about 1½ hours')
    """
    if minutes < 20:  # noqa: PLR2004
        return f"about {plural(minutes, 'minute')}"
    if minutes < 55:  # noqa: PLR2004
        return f"about {round(minutes / 5) * 5} minutes"
    whole, half = divmod(round(minutes / 30), 2)
    return f"about {whole}{'½' * half} hour{'s' * (whole + half > 1)}"


def open_sections(work: Work, sections: tuple[MetSection, ...]) -> tuple[MetSection, ...]:
    """Return the sections in which something is asked as the answers now stand."""
    asked = {section.id for section in work.filled.sections}
    return tuple(met for met in sections if met.section.id in asked)


def own_sections(
    work: Work, sections: tuple[MetSection, ...], person_id: int
) -> tuple[MetSection, ...]:
    """Return the sections that somebody answers."""
    return tuple(s for s in sections if work.answerers.answers(person_id, s.section.id))


def first_unanswered(
    at: str, work: Work, sections: tuple[MetSection, ...], person_id: int
) -> Link | None:
    """Find the first question that still wants something of somebody."""
    return next((each.wanted[0] for each in wanted(at, work, sections, person_id)), None)


def wanted(
    at: str, work: Work, sections: tuple[MetSection, ...], person_id: int
) -> Iterator[SectionWanted]:
    """List what is wanted of somebody, or wrong, section by section, leading to its question."""
    for met in own_sections(work, open_sections(work, sections), person_id):
        number = {each.question.id: each.number for each in met.questions}
        here = f"{at}/sections/{met.section.id}"
        links = [
            Link(
                f"{here}#question-{each.question.id}",
                f"Question {number[each.question.id]}: {words}",
            )
            for each in work.filled.in_section(met.section.id)
            if (words := each.problem or each.wants)
        ]
        if links:
            yield SectionWanted(met.section.title, tuple(links))


def queries_shown(
    session: Session,
    at: str,
    work: Work,
    sections: tuple[MetSection, ...],
    person_id: int,
    *,
    change: bool,
) -> dict[str, QueryShown]:
    """Show what the lead asked about a response, by question, and what has become of it.

    Each goes to whoever answers its section.
    """
    places = {met.question.id: (each, met) for each in sections for met in each.questions}
    found = {}
    for each in queries_on(session, work):
        question = work.question_set.question[each.question]
        section, met = places.get(each.question, (None, None))
        place = section.section.id if section else ""
        own = bool(place) and work.answerers.answers(person_id, place)
        page = f"{at}/sections/{place}" if change and own else f"{at}/check"
        found[each.question] = QueryShown(
            number=met.number if met else None,
            question=question.text,
            words=each.words,
            by=each.by,
            href=f"{page}#question-{each.question}",
            changed=each.changed,
            was=shown(question, each.was),
            was_reason=each.was.reason,
            for_whom=answered_by(work, place, person_id) if place else "",
        )
    return found


def answers_shown(
    at: str,
    work: Work,
    sections: tuple[MetSection, ...],
    queries: Mapping[str, QueryShown],
    person_id: int,
    *,
    change: bool,
) -> Iterator[SectionShown]:
    """Show every question asked now with its answer in words, section by section.

    With `change`, each of one's own leads to where it is changed.
    """
    numbers = {met.question.id: met.number for each in sections for met in each.questions}
    for met in open_sections(work, sections):
        own = change and work.answerers.answers(person_id, met.section.id)
        here = f"{at}/sections/{met.section.id}" if own else None
        answers = (
            _shown(each, numbers[each.question.id], here, queries.get(each.question.id))
            for each in work.filled.in_section(met.section.id)
        )
        by = answered_by(work, met.section.id, person_id)
        yield SectionShown(met.section.title, tuple(answers), by)
    yield from _no_longer_asked(work, queries)


def _no_longer_asked(work: Work, queries: Mapping[str, QueryShown]) -> Iterator[SectionShown]:
    """Show what was answered of an older version's questions: to be read, and changed no more."""
    found: dict[str, list[AnswerShown]] = {}
    for each in work.filled.retired:
        title = f"{OVER}: {each.section.title.removeprefix(f'{OVER}: ')}"
        shown_now = _shown(each, None, None, queries.get(each.question.id))
        found.setdefault(title, []).append(replace(shown_now, wants=""))
    yield from (SectionShown(title, tuple(answers), "") for title, answers in found.items())


def _shown(
    each: Asked, number: int | None, here: str | None, query: QueryShown | None
) -> AnswerShown:
    anchor = f"question-{each.question.id}"
    return AnswerShown(
        key=each.question.id,
        anchor=anchor,
        number=number,
        question=each.question.text,
        kind=each.question.kind,
        words=shown(each.question, each.answer),
        reason=each.answer.reason,
        absent=each.answer.state in ABSENCES,
        answered=each.answer.state != "not_answered",
        wants=each.problem or each.wants or "",
        change=f"{here}#{anchor}" if here else None,
        query=query,
    )
