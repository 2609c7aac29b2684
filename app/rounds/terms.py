"""What a round agrees to before it begins: its rule, priorities, contacts and retention."""

from collections.abc import Mapping

from sqlalchemy import update
from sqlmodel import Session, col

from app.access import Actor, Unfit
from app.events import Happened
from app.rounds.commands import claim, note
from app.rounds.judgement import JudgementRule
from app.rounds.models import Round, RoundAgency
from app.rounds.plans import (
    ChosenContacts,
    ChosenPriorities,
    ChosenRetention,
    ChosenRule,
    ProtectionNotes,
)
from app.rounds.retention import Kept
from app.rounds.rules import Doing, require
from app.rounds.taking_part import agencies_of, agency_leads, contacts_of
from app.tools import Tool


def choose_rule(session: Session, actor: Actor, seen: Round, given: ChosenRule) -> None:
    """Say how the multi-agency judgement of each case is made."""
    require(seen.stage, Doing.SET_RULE)
    if given.rule is JudgementRule.OWN and not given.words:
        raise Unfit({"words": "Say in your own words how judgements are made"})
    wanted = {"judgement_rule": given.rule.value, "judgement_words": given.words}
    _change(session, actor, seen, given.version, wanted)


def choose_priorities(
    session: Session, actor: Actor, seen: Round, tool: Tool, given: ChosenPriorities
) -> None:
    """Say which themes of the tool this round looks at most."""
    require(seen.stage, Doing.SET_RULE)
    if not set(given.priorities) <= set(tool.theme):
        raise Unfit({"priorities": f"Choose themes of {tool.title}"})
    wanted = [each.id for each in tool.themes if each.id in given.priorities]
    _change(session, actor, seen, given.version, {"priorities": wanted})


def choose_retention(session: Session, actor: Actor, seen: Round, given: ChosenRetention) -> None:
    """Say how long each class of data is kept after the round is closed."""
    require(seen.stage, Doing.KEEP)
    wanted = {kind.value: int(getattr(given, kind.value)) for kind in Kept}
    if wanted != seen.retention:
        claim(session, seen, given.version)
        seen.retention = wanted
        told = {kind: f"{months} months" for kind, months in wanted.items()}
        note(session, actor, seen, Happened.ROUND_CHANGED, changed=["retention"], **told)
        session.flush()


def write_notes(session: Session, actor: Actor, seen: Round, given: ProtectionNotes) -> None:
    """Note the data protection impact assessment and the lawful basis."""
    require(seen.stage, Doing.KEEP)
    wanted = {"dpia": given.dpia, "lawful_basis": given.lawful_basis}
    _change(session, actor, seen, given.version, wanted)


def _change(
    session: Session, actor: Actor, seen: Round, version: int, wanted: Mapping[str, object]
) -> None:
    changed = [name for name, value in wanted.items() if getattr(seen, name) != value]
    if not changed:
        return
    claim(session, seen, version)
    for name in changed:
        setattr(seen, name, wanted[name])
    note(session, actor, seen, Happened.ROUND_CHANGED, changed=changed)
    session.flush()


def choose_contacts(session: Session, actor: Actor, seen: Round, given: ChosenContacts) -> None:
    """Say which of its agency leads to ask in each agency about this round."""
    require(seen.stage, Doing.STAFF)
    agencies = {agency.ref: agency for agency in agencies_of(session, seen)}
    pairs = dict(zip(given.agencies, given.contacts, strict=False))
    if len(given.agencies) != len(given.contacts) or set(pairs) != set(agencies):
        raise Unfit({"contacts": "The agencies have changed: load the page again"})
    leads = agency_leads(session, seen)
    before = contacts_of(session, seen)
    wanted: dict[int | None, int | None] = {}
    for agency, ref in pairs.items():
        offered = {who.ref: who for who, _ in leads.get(agencies[agency].id, ())}
        if ref and ref not in offered:
            raise Unfit({"contacts": "Choose each contact among the agency leads offered"})
        if ref != (before[agency].ref if agency in before else ""):
            wanted[agencies[agency].id] = offered[ref].id if ref else None
    if not wanted:
        return
    claim(session, seen, given.version)
    for key, person in wanted.items():
        session.connection().execute(
            update(RoundAgency)
            .where(col(RoundAgency.round_id) == seen.id, col(RoundAgency.agency_id) == key)
            .values(contact_id=person)
        )
    chosen = [ref for ref in given.contacts if ref]
    note(session, actor, seen, Happened.ROUND_CHANGED, changed=["contacts"], contacts=chosen)
    session.flush()
