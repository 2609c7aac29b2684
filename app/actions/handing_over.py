"""An action goes to another owner: whoever had it left, or has other work now."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field, StringConstraints
from sqlmodel import Session, col, func, select

from app.access import Actor, NotNow, Unfit
from app.actions.commands import change, enter, owner_at
from app.actions.models import LearningAction
from app.actions.pages import HandOverPage
from app.actions.queries import ActionIn, owners
from app.actions.rules import OPEN, ActionState
from app.events import Happened, record
from app.findings.models import Finding
from app.identity.models import Agency
from app.rounds.commands import hold
from app.rounds.models import Round
from app.rounds.plans import Version
from app.rounds.rules import Doing
from app.web.filters import plural
from app.web.forms import Input


class NewOwner(Input):
    """Who has an action from now on, and why."""

    owner: str = Field(json_schema_extra={"missing": "Choose the person who owns it from now on"})
    why: Annotated[str, StringConstraints(min_length=1, max_length=1000)] = Field(
        json_schema_extra={"missing": "Say why it goes to somebody else"}
    )
    version: Version


def check_open(found: ActionIn) -> None:
    """Refuse to hand over what its owner has nothing left to do about."""
    if not ActionState(found.action.state).open:
        raise NotNow("Nothing is left for an owner to do about this action, so it stays as it is.")


def hand_over(session: Session, actor: Actor, found: ActionIn, given: NewOwner) -> None:
    """Give an action to another owner of its agency; its history says who gave it, and why."""
    hold(session, found.round, Doing.UPDATE_ACTIONS)
    check_open(found)
    agency = session.get_one(Agency, found.action.agency_id)
    owner = owner_at(session, actor, given.owner, agency)
    before = found.action.owner_id
    if owner.id == before:
        raise Unfit({"owner": f"{owner.name} owns it already"})
    change(session, found, given.version, {"owner_id": owner.id})
    enter(
        session, actor, found.action, ActionState(found.action.state),
        f"Handed over from {found.owner} to {owner.name}. {given.why}",
    )  # fmt: skip
    record(
        session,
        actor,
        Happened.ACTION_HANDED_OVER,
        partnership_id=actor.partnership_id,
        scope=found.round.ref,
        about=found.action.ref,
        to=owner.ref,
    )


def hand_over_page(
    session: Session,
    actor: Actor,
    found: ActionIn,
    slug: str,
    values: Mapping[str, list[str]],
    errors: Mapping[str, str] | None = None,
) -> HandOverPage:
    """Lay out the form on which an action is given to another owner."""
    agency = found.action.agency_id
    people = [each for each in owners(session, actor.partnership_id) if agency in each.agencies]
    people = people or owners(session, actor.partnership_id)
    return HandOverPage(
        action=found.action,
        back=f"/{slug}/actions/{found.action.ref}",
        owner=found.owner,
        owners=(
            ("", "Choose a person"),
            *((e.person.ref, e.words) for e in people if e.person.id != found.action.owner_id),
        ),
        values=values,
        errors=errors or {},
    )


def actions_held(session: Session, person_id: int, partnership_id: int) -> Sequence[str]:
    """Say which open actions somebody who leaves would leave without an owner."""
    query = (
        select(func.count())
        .select_from(LearningAction)
        .join(Finding, col(Finding.id) == col(LearningAction.finding_id))
        .join(Round, col(Round.id) == col(Finding.round_id))
        .where(
            Round.partnership_id == partnership_id,
            LearningAction.owner_id == person_id,
            col(LearningAction.state).in_(OPEN),
        )
    )
    held = session.exec(query).one()
    words = "is theirs: its page gives it" if held == 1 else "are theirs: their pages give them"
    return [f"{plural(held, 'open action')} {words} to another owner."] if held else []
