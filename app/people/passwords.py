"""Setting a password: the person is signed out everywhere, and no other link of theirs works.

Nor does a link to their calendar: whoever changes a password because somebody else knew it is
rid of all that was opened with it.
"""

from sqlmodel import Session, col, select

from app.access import Actor, NotNow
from app.events import Happened, record
from app.identity.calendar_links import end_calendar_links
from app.identity.links import LivingLink, Purpose, spend_link, withdraw_links
from app.identity.models import Membership, Partnership, Person
from app.identity.sign_ins import SignedIn, end_all_sign_ins, forget_try
from app.people.signing_in import Try


def set_through(session: Session, link: LivingLink, hashed: str) -> bool:
    """Set a password through a link; False when the link has ended in the meantime."""
    if not spend_link(session, link):
        return False
    person = session.get_one(Person, link.person_id)
    _set(session, person, hashed)
    place = session.get_one(Partnership, link.partnership_id)
    joined = link.purpose is Purpose.INVITATION
    record(
        session,
        Actor(link.person_id, link.partnership_id, link.name),
        Happened.PERSON_JOINED if joined else Happened.PASSWORD_CHANGED,
        partnership_id=link.partnership_id,
        scope=place.slug,
        about=person.ref,
    )
    return True


def change_own(session: Session, who: SignedIn, tried: Try, hashed: str) -> None:
    """Change the password of somebody signed in; each of their partnerships' trails says so."""
    person = session.get_one(Person, who.person_id)
    if person.left_at is not None or person.password_hash != tried.stored:
        raise NotNow("Your password was changed while you were changing it. Sign in again.")
    forget_try(session, tried.counted)
    _set(session, person, hashed)
    here = select(Membership.partnership_id).where(Membership.person_id == person.id)
    for place in session.exec(select(Partnership).where(col(Partnership.id).in_(here))):
        if place.id is not None:
            record(
                session,
                Actor(who.person_id, place.id, who.name),
                Happened.PASSWORD_CHANGED,
                partnership_id=place.id,
                scope=place.slug,
                about=person.ref,
            )


def _set(session: Session, person: Person, hashed: str) -> None:
    person.password_hash = hashed
    session.add(person)
    session.flush()
    if person.id is not None:
        withdraw_links(session, person.id)
        end_calendar_links(session, person.id)
        end_all_sign_ins(session, person.id)
