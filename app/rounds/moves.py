"""What a move to a stage means, in words, and what is worth knowing before it is made."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from sqlmodel import Session

from app.db import today
from app.rounds.models import Round
from app.rounds.readiness import Readiness, days_of
from app.rounds.retention import Kept, goes_on
from app.rounds.rules import Doing, Stage, allows, next_stage
from app.rounds.taking_part import contacts_of, party_of
from app.rounds.working_days import spans, warnings
from app.web.filters import day

_S = Stage
MEANS: Mapping[Stage, str] = MappingProxyType(
    {
        _S.DRAFT: "The plan is open again, and has to be approved anew.",
        _S.APPROVED: "The plan stands. Its agencies see nothing of it yet.",
        _S.SAMPLING: "The list is read and the sample is drawn. Agencies see nothing of it yet.",
        _S.OPEN: "Auditors answer, each agency alone: none sees anything from another.",
        _S.RETURNS_CLOSED: "Answering stops. The lead sees what was sent; agencies see their own.",
        _S.MODERATION: (
            "The panel compares and agrees answers, and findings are written. A panel member sees "
            "a comparison once their own agency has sent its response."
        ),
        _S.FINDINGS_AGREED: "Findings stand as they are. Agencies read the results of the round.",
        _S.REPORTED: (
            "Subgroups read their pack: its findings, themes and actions. Agency leads read the "
            "letter to their agency, with its own grades and answers."
        ),
        _S.ACTIONS_LIVE: "Owners carry their actions out and say how they go.",
        _S.IMPACT_REVIEWED: "It is looked at whether the actions made a difference.",
        _S.CLOSED: "Nothing of the round changes any more, and the time of retention begins.",
        _S.PURGED: "What retention let go is gone.",
    }
)
"""What begins with each stage."""


def worth_knowing(
    session: Session, seen: Round, to: Stage, asked: Sequence[Readiness] = ()
) -> list[str]:
    """Say what stands in the way of nothing, and would yet be asked about afterwards."""
    stage = Stage(seen.stage)
    if to is not next_stage(stage):
        return [_NO_LONGER_BLIND] if _after_results(stage, to) else []
    told = _of_the_plan(session, seen, to)
    return told + [words for find in asked for words in find(session, seen, to)]


_NO_LONGER_BLIND = (
    "Agencies have been able to read the results: a response that is sent from now on was not "
    "given without knowing them."
)


def _after_results(stage: Stage, to: Stage) -> bool:
    return allows(stage, Doing.READ_RESULTS) and allows(to, Doing.ANSWER)


def _of_the_plan(session: Session, seen: Round, to: Stage) -> list[str]:
    now = today(session)
    if to in {Stage.APPROVED, Stage.OPEN}:
        days = days_of(seen)
        return [*spans(days, now)[:1], *warnings(days, now), *_unasked(session, seen, to)]
    if to is Stage.REPORTED and not party_of(session, seen).subgroups:
        return ["No subgroup was chosen to receive the findings, so nobody reads a pack."]
    return _kept(seen, now) if to is Stage.CLOSED else []


def _unasked(session: Session, seen: Round, to: Stage) -> list[str]:
    chosen = contacts_of(session, seen)
    names = [each.name for each in party_of(session, seen).agencies if each.ref not in chosen]
    if to is not Stage.OPEN or not chosen or not names:
        return []
    return [f"No lead contact is chosen in: {', '.join(names)}."]


def _kept(seen: Round, now: date) -> list[str]:
    if not seen.retention:
        return ["How long things are kept is not chosen, so nothing will go until it is."]
    return [
        f"{kind.words} may go from {day(goes_on(now, seen.retention[kind.value]))}."
        for kind in Kept
    ]
