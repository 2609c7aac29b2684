"""Choosing who takes part in a round: its agencies, lead, panel and subgroups."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import update
from sqlmodel import Session, col, delete, select

from app.access import Actor, NotNow, Role, Unfit
from app.events import Happened
from app.rounds.commands import claim, hold, key_of, note
from app.rounds.models import Round, RoundAgency, RoundPerson, RoundSubgroup
from app.rounds.plans import ChosenAgencies, ChosenPeople, ChosenSubgroups
from app.rounds.rules import Doing, Stage, allows, require
from app.rounds.taking_part import (
    Member,
    agencies_of,
    agencies_to_choose,
    leads_to_choose,
    panel_to_choose,
    party_of,
    subgroups_of,
    subgroups_to_choose,
)

LeadConflicts = Callable[[Session, int, int], list[str]]
"""Given a session, round and person: why they may not lead, in sentences. Later steps know (they
have been given subjects in it), so the application hands these in (`app.state.lead_conflicts`)."""


def choose_agencies(session: Session, actor: Actor, seen: Round, given: ChosenAgencies) -> None:
    """Say which agencies take part.

    From sampling on an agency may have been given subjects, so one can be added and none removed.
    """
    require(seen.stage, Doing.ADD_AGENCY)
    offered = {agency.ref: agency for agency in agencies_to_choose(session, seen.partnership_id)}
    before = {agency.ref: agency for agency in agencies_of(session, seen)}
    wanted = set(given.agencies)
    if not wanted <= set(offered) | set(before):
        raise Unfit({"agencies": "Choose from the agencies of this partnership"})
    joined, left = sorted(wanted - set(before)), sorted(set(before) - wanted)
    if not joined and not left:
        return
    if left and not may_remove_agencies(seen.stage):
        raise NotNow(
            f"The round is at “{Stage(seen.stage).words}”, so agencies may already have subjects: "
            "one can be added, and none removed."
        )
    claim(session, seen, given.version)
    session.add_all(
        RoundAgency(round_id=key_of(seen), agency_id=_key(offered[ref].id)) for ref in joined
    )
    gone = [_key(before[ref].id) for ref in left]
    session.connection().execute(
        delete(RoundAgency).where(
            col(RoundAgency.round_id) == seen.id, col(RoundAgency.agency_id).in_(gone)
        )
    )
    kind = Happened.ROUND_CHANGED
    note(session, actor, seen, kind, changed=["agencies"], joined=joined, left=left)
    session.flush()


def may_remove_agencies(stage: str) -> bool:
    """Whether no agency can have been given subjects yet.

    >>> may_remove_agencies("approved"), may_remove_agencies("sampling")
    (True, False)
    """
    return allows(stage, Doing.PLAN) and not allows(stage, Doing.ASSIGN)


def choose_people(
    session: Session,
    actor: Actor,
    seen: Round,
    given: ChosenPeople,
    conflicts: Sequence[LeadConflicts] = (),
) -> None:
    """Say who leads and who sits on the panel: one lead, and nobody both.

    Whoever gives out subjects meanwhile waits, or has done so before a lead's conflicts are sought.
    """
    hold(session, seen, Doing.STAFF, alone=True)
    leads = {who.ref: who for who in leads_to_choose(session, seen)}
    panel = {who.ref: who for who in panel_to_choose(session, seen)}
    if problems := _people_problems(given, leads, panel):
        raise Unfit(problems)
    wanted = {panel[ref].id: Role.PANEL_MEMBER for ref in given.panel}
    if given.lead:
        wanted[leads[given.lead].id] = Role.LEAD
    query = select(RoundPerson).where(RoundPerson.round_id == seen.id)
    before = {part.person_id: part for part in session.exec(query)}
    if wanted == {person: part.role for person, part in before.items()}:
        return
    _check_new_lead(session, seen, wanted, before, conflicts)
    claim(session, seen, given.version)
    for person, part in before.items():
        if person not in wanted:
            session.delete(part)
    for person, role in wanted.items():
        part = before.get(person) or RoundPerson(round_id=key_of(seen), person_id=person, role=role)
        part.role = role
        session.add(part)
    kind, refs = Happened.ROUND_CHANGED, sorted(set(given.panel))
    note(session, actor, seen, kind, changed=["people"], lead=given.lead, panel=refs)
    session.flush()


def end_parts(session: Session, actor: Actor, person_id: int) -> None:
    """Take somebody who has left off every round of the partnership, closed ones too.

    Else they would have each round back, with every agency's answers, on the day they come back.
    What they did in it stays: who was at a meeting, and every event.
    """
    query = (
        select(Round, RoundPerson)
        .join(RoundPerson, col(RoundPerson.round_id) == col(Round.id))
        .where(Round.partnership_id == actor.partnership_id, RoundPerson.person_id == person_id)
        .order_by(col(Round.id))
    )
    for seen, part in session.exec(query).all():
        # not `claim`: no open page keeps somebody who has left; whoever sends one loads it anew
        stored = update(Round).where(col(Round.id) == seen.id).values(version=Round.version + 1)
        session.connection().execute(stored)
        session.delete(part)
        session.flush()
        session.refresh(seen)
        party = party_of(session, seen)
        lead, panel = party.lead.ref if party.lead else "", sorted(who.ref for who in party.panel)
        note(
            session, actor, seen, Happened.ROUND_CHANGED, changed=["people"], lead=lead, panel=panel
        )


def _people_problems(
    given: ChosenPeople, leads: Mapping[str, Member], panel: Mapping[str, Member]
) -> dict[str, str]:
    problems = {}
    if given.lead and given.lead not in leads:
        problems["lead"] = "Choose a lead from the list"
    if not set(given.panel) <= set(panel):
        problems["panel"] = "Choose panel members from the list"
    elif given.lead in given.panel:
        problems["panel"] = "The lead chairs the panel, and cannot be a member of it too"
    return problems


def _check_new_lead(
    session: Session,
    seen: Round,
    wanted: Mapping[int, Role],
    before: Mapping[int, RoundPerson],
    conflicts: Sequence[LeadConflicts],
) -> None:
    for person, role in wanted.items():
        leads_already = person in before and before[person].role == Role.LEAD
        if role is Role.LEAD and not leads_already:
            found = [words for find in conflicts for words in find(session, key_of(seen), person)]
            if found:
                raise Unfit({"lead": " ".join(found)})


def choose_subgroups(session: Session, actor: Actor, seen: Round, given: ChosenSubgroups) -> None:
    """Say which subgroups will receive the round's findings."""
    require(seen.stage, Doing.PLAN)
    offered = {each.ref: each for each in subgroups_to_choose(session, seen.partnership_id)}
    before = {each.ref: each for each in subgroups_of(session, seen)}
    wanted = set(given.subgroups)
    if not wanted <= set(offered):
        raise Unfit({"subgroups": "Choose from the subgroups of this partnership"})
    added, dropped = sorted(wanted - set(before)), sorted(set(before) - wanted)
    if not added and not dropped:
        return
    claim(session, seen, given.version)
    session.add_all(
        RoundSubgroup(round_id=key_of(seen), subgroup_id=_key(offered[ref].id)) for ref in added
    )
    gone = [_key(before[ref].id) for ref in dropped]
    session.connection().execute(
        delete(RoundSubgroup).where(
            col(RoundSubgroup.round_id) == seen.id, col(RoundSubgroup.subgroup_id).in_(gone)
        )
    )
    kind = Happened.ROUND_CHANGED
    note(session, actor, seen, kind, changed=["subgroups"], added=added, dropped=dropped)
    session.flush()


def _key(key: int | None) -> int:
    if key is None:
        raise LookupError("a stored row has a key")
    return key
