"""Planning actions and saying how they go."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from sqlalchemy import update
from sqlmodel import Session, col, select

from app.access import Actor, NotNow, Unfit
from app.actions.models import ActionRevision, ActionUpdate, LearningAction
from app.actions.queries import ActionIn, agencies_of, owners
from app.actions.rules import (
    ActionState,
    Dates,
    Taker,
    check_dates,
    check_due,
    check_impact,
    check_step,
    check_verified,
)
from app.db import now, today
from app.events import Happened, record
from app.findings.queries import FindingIn
from app.findings.rules import FindingState
from app.identity.models import Agency, Person
from app.rounds.commands import hold
from app.rounds.plans import Version
from app.rounds.rules import Doing
from app.web.days import day_called
from app.web.forms import Input, MaybeWords

CHANGED_MEANWHILE = (
    "Somebody else updated this action after you opened the page. Open it again to see what they "
    "said, and make your update there."
)

What = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Sign = Annotated[str, StringConstraints(min_length=1, max_length=1000)]


ImpactDay = Annotated[date | None, day_called("Impact review")]


class NewAction(Input):
    """What will be done about a finding, by whom, by when, and how we will know."""

    what: What = Field(json_schema_extra={"missing": "Say what will be done"})
    how_we_will_know: Sign = Field(
        json_schema_extra={"missing": "Say how we will know that it made a difference"}
    )
    agency: str = Field(json_schema_extra={"missing": "Choose the agency that owns it"})
    owner: str = Field(json_schema_extra={"missing": "Choose the person who owns it"})
    due: Annotated[date, day_called("Due date")] = Field(
        json_schema_extra={"missing": "Enter the due date"}
    )
    impact_on: ImpactDay = None


class Update(Input):
    """What has happened to an action, and where it goes."""

    to: ActionState = Field(title="What changes")
    words: MaybeWords = ""
    version: Version
    back: Literal["", "board"] = ""
    """The page to return to: the action's own, or the board."""


class NewDates(Input):
    """Other dates for an action, and why."""

    due: Annotated[date, day_called("Due date")] = Field(
        json_schema_extra={"missing": "Enter the due date"}
    )
    impact_on: ImpactDay = None
    why: Annotated[str, StringConstraints(min_length=1, max_length=1000)] = Field(
        json_schema_extra={"missing": "Say why the dates move"}
    )
    version: Version


def plan_action(
    session: Session, actor: Actor, found: FindingIn, given: NewAction
) -> LearningAction:
    """Plan an action from an agreed finding; it begins as a proposal to its owner.

    The same form sent again finds the action that it planned.
    """
    hold(session, found.round, Doing.PLAN_ACTIONS, alone=True)
    check_agreed(found)
    check_due(given.due, today(session))
    check_impact(Dates(given.due, given.impact_on))
    agency = _agency(session, actor, given)
    owner = owner_at(session, actor, given.owner, agency)
    if (planned := _planned(session, found, given, agency, owner)) is not None:
        return planned
    made = LearningAction(
        finding_id=found.finding.id or 0,
        what=given.what,
        how_we_will_know=given.how_we_will_know,
        agency_id=agency.id or 0,
        owner_id=owner.id or 0,
        due=given.due,
        impact_on=given.impact_on,
        state=ActionState.PROPOSED,
        created_at=now(session),
    )
    session.add(made)
    session.flush()
    enter(session, actor, made, ActionState.PROPOSED, "")
    record(
        session,
        actor,
        Happened.ACTION_PLANNED,
        partnership_id=actor.partnership_id,
        scope=found.round.ref,
        about=made.ref,
        finding=found.finding.ref,
        agency=agency.ref,
        owner=owner.ref,
        due=given.due.isoformat(),
    )
    return made


def _planned(
    session: Session, found: FindingIn, given: NewAction, agency: Agency, owner: Person
) -> LearningAction | None:
    """Return the proposal that was made already: alike in all that the form says."""
    query = select(LearningAction).where(
        LearningAction.finding_id == found.finding.id,
        LearningAction.state == ActionState.PROPOSED,
        LearningAction.agency_id == agency.id,
        LearningAction.owner_id == owner.id,
        LearningAction.what == given.what,
        LearningAction.how_we_will_know == given.how_we_will_know,
        LearningAction.due == given.due,
        col(LearningAction.impact_on).is_not_distinct_from(given.impact_on),
    )
    return session.exec(query).first()


def check_agreed(found: FindingIn) -> None:
    """Refuse to plan anything from a finding that may still change."""
    if found.finding.state != FindingState.AGREED:
        raise NotNow(
            "This finding is a draft. Agree it first; then actions can be planned from it."
        )


def update_action(
    session: Session, actor: Actor, found: ActionIn, given: Update, *, planner: bool
) -> None:
    """Say what has happened to an action, and take it to its next state if that is chosen."""
    hold(session, found.round, Doing.UPDATE_ACTIONS)
    state = ActionState(found.action.state)
    check_step(state, given.to, given.words, taker(actor, found, planner=planner))
    check_verified(given.to, found.action.impact_on)
    changed: dict[str, object] = {"state": given.to}
    if given.to is ActionState.COMPLETE and state is not given.to:
        changed["claimed_by"] = actor.person_id
    change(session, found, given.version, changed)
    enter(session, actor, found.action, given.to, given.words)
    record(
        session,
        actor,
        Happened.ACTION_UPDATED,
        partnership_id=actor.partnership_id,
        scope=found.round.ref,
        about=found.action.ref,
        came_from=state,
        went_to=given.to,
    )


def taker(actor: Actor, found: ActionIn, *, planner: bool) -> Taker:
    """Say who somebody is to an action: a claim is verified by another than who made it."""
    theirs = actor.person_id in {found.action.owner_id, found.action.claimed_by}
    return Taker(planner=planner, theirs=theirs)


def revise_dates(session: Session, actor: Actor, found: ActionIn, given: NewDates) -> None:
    """Move an action's dates; those it had are kept, with who moved them, when and why."""
    hold(session, found.round, Doing.UPDATE_ACTIONS)
    before = Dates(found.action.due, found.action.impact_on)
    after = Dates(given.due, given.impact_on)
    check_dates(ActionState(found.action.state), before, after, today(session))
    change(session, found, given.version, after._asdict())
    session.add(
        ActionRevision(
            action_id=found.action.id or 0,
            person_id=actor.person_id,
            at=now(session),
            due_before=before.due,
            due_after=after.due,
            impact_before=before.impact_on,
            impact_after=after.impact_on,
            why=given.why,
        )
    )
    record(
        session,
        actor,
        Happened.ACTION_REDATED,
        partnership_id=actor.partnership_id,
        scope=found.round.ref,
        about=found.action.ref,
        came_from=before.due.isoformat(),
        went_to=after.due.isoformat(),
        impact_on=after.impact_on.isoformat() if after.impact_on else None,
    )


def change(session: Session, found: ActionIn, version: int, changed: Mapping[str, object]) -> None:
    """Change an action as it was when the page was opened, or say that it has moved on."""
    done = session.connection().execute(
        update(LearningAction)
        .where(
            col(LearningAction.id) == found.action.id,
            col(LearningAction.version) == version,
            col(LearningAction.state) == found.action.state,
        )
        .values(version=version + 1, **changed)
    )
    if done.rowcount != 1:
        raise NotNow(CHANGED_MEANWHILE)


def _agency(session: Session, actor: Actor, given: NewAction) -> Agency:
    for agency in agencies_of(session, actor.partnership_id):
        if agency.ref == given.agency:
            return agency
    raise Unfit({"agency": "Choose the agency that owns it"})


def owner_at(session: Session, actor: Actor, chosen_ref: str, agency: Agency) -> Person:
    """Return the owner, who is of the agency wherever the agency has anybody here."""
    people = owners(session, actor.partnership_id)
    chosen = next((each for each in people if each.person.ref == chosen_ref), None)
    if chosen is None:
        raise Unfit({"owner": "Choose the person who owns it"})
    has_people = any(agency.id in each.agencies for each in people)
    if has_people and agency.id not in chosen.agencies:
        raise Unfit({"owner": f"Choose somebody of {agency.name}, or another agency"})
    return chosen.person


def enter(
    session: Session, actor: Actor, action: LearningAction, state: ActionState, words: str
) -> None:
    """Write one entry of an action's history."""
    session.add(
        ActionUpdate(
            action_id=action.id or 0,
            person_id=actor.person_id,
            at=now(session),
            state=state,
            words=words,
        )
    )
    session.flush()
