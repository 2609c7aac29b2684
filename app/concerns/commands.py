"""Raising a concern, acknowledging one, and changing what people are told to do."""

from sqlmodel import Session, col, select

from app.access import Actor, NotNow
from app.concerns.forms import Acknowledged, NewAdvice
from app.concerns.models import Concern, ConcernAdvice
from app.concerns.rules import part_of
from app.db import key_of, now
from app.events import Happened, record
from app.identity.models import Agency, Partnership
from app.rounds.models import Round
from app.samples.models import Subject

ALREADY = (
    "You have raised an immediate concern about this already, and it waits to be acknowledged. "
    "Do what the page says now, without waiting for that."
)
CHANGED = "Somebody changed this meanwhile, so nothing was stored. Load the page again."


def raise_concern(
    session: Session, actor: Actor, of: Round, subject: Subject, agency_id: int | None
) -> Concern:
    """Record that somebody raised a concern; once, until it is acknowledged.

    What somebody else has raised about the same subject makes no difference, or a refusal would
    tell that another agency knows the child.
    """
    # Two presses queue up behind one another here; whoever answers about the subject does not wait.
    session.exec(select(Subject).where(Subject.id == subject.id).with_for_update(key_share=True))
    waits = select(Concern).where(
        Concern.subject_id == subject.id,
        Concern.person_id == actor.person_id,
        col(Concern.acknowledged_at).is_(None),
    )
    if session.exec(waits).first():
        raise NotNow(ALREADY)
    role, agency = part_of(actor, of.id, agency_id)
    made = Concern(
        subject_id=key_of(subject),
        person_id=actor.person_id,
        role=role,
        agency_id=agency,
        raised_at=now(session),
    )
    session.add(made)
    session.flush()
    called = session.get_one(Agency, agency).ref if agency else None
    _note(session, actor, of, Happened.CONCERN_RAISED, subject.ref, role=role.value, agency=called)
    return made


def acknowledge(
    session: Session, actor: Actor, of: Round, concern: Concern, given: Acknowledged
) -> None:
    """Record that the lead or a coordinator knows of a concern, and what was done."""
    query = select(Concern).where(Concern.id == concern.id).with_for_update()
    held = session.exec(query.execution_options(populate_existing=True)).one()
    if held.acknowledged_at is not None:
        raise NotNow("Somebody has acknowledged this concern already.")
    held.acknowledged_by = actor.person_id
    held.acknowledged_at = now(session)
    held.outcome = given.outcome
    session.add(held)
    session.flush()
    ref = session.get_one(Subject, held.subject_id).ref
    told = {"outcome": given.outcome.words}
    _note(session, actor, of, Happened.CONCERN_ACKNOWLEDGED, ref, **told)


def change_advice(session: Session, actor: Actor, given: NewAdvice) -> None:
    """Change what people are told to do, unless somebody else changed it meanwhile."""
    # The place is held first, so that two first texts queue up as two changes do.
    query = select(Partnership).where(Partnership.id == actor.partnership_id).with_for_update()
    place = session.exec(query).one()
    known = session.get(ConcernAdvice, actor.partnership_id, populate_existing=True)
    version = known.version if known else 0
    if version != given.version:
        raise NotNow(CHANGED)
    session.merge(
        ConcernAdvice(
            partnership_id=actor.partnership_id,
            words=given.words,
            version=version + 1,
            person_id=actor.person_id,
            changed_at=now(session),
        )
    )
    place.danger_advice = given.line
    session.add(place)
    session.flush()
    record(
        session,
        actor,
        Happened.ADVICE_CHANGED,
        partnership_id=actor.partnership_id,
        scope=place.slug,
        about=place.slug,
        version=version + 1,
    )


def _note(
    session: Session, actor: Actor, of: Round, kind: Happened, about: str, **told: str | None
) -> None:
    record(
        session, actor, kind, partnership_id=of.partnership_id, scope=of.ref, about=about, **told
    )
