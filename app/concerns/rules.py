"""What may have been done about a concern, and in which role somebody raises one."""

from enum import StrEnum

from app.access import Actor, Role

DEFAULT_ADVICE = """\
If a child may be in danger now, ring 999.
Otherwise follow your local safeguarding procedure now: ring the front door of the local \
authority where the child lives, and tell your agency's safeguarding lead.
Write on your own agency's file what you saw, whom you told and when.
Do not wait for the audit, and do not rely on Casefile: it tells nobody outside the audit, and \
perhaps nobody is looking at it now."""
"""What people are told to do until the partnership has written its own."""


class Outcome(StrEnum):
    """What was done, as whoever acknowledges a concern chooses it."""

    FRONT_DOOR = "front_door"
    POLICE = "police"
    KNOWN = "known"
    AGENCY = "agency"
    IN_ERROR = "in_error"

    @property
    def words(self) -> str:
        """The outcome as pages name it."""
        return _WORDS[self]


_WORDS = {
    Outcome.FRONT_DOOR: "Front door told",
    Outcome.POLICE: "Police told",
    Outcome.KNOWN: "Already known and acted on",
    Outcome.AGENCY: "Agency's safeguarding lead is acting on it",
    Outcome.IN_ERROR: "Raised in error",
}


def part_of(actor: Actor, round_id: int | None, agency_id: int | None) -> tuple[Role, int | None]:
    """Say in which role, and for which agency, somebody sees the subject that they raise.

    `agency_id` is the agency whose assignment they came by, if by one.

    >>> from app.access import Held
    >>> nurse = Actor(1, 1, "A", held=(Held(Role.AUDITOR, 7),), panels=frozenset({3}))
    >>> part_of(nurse, 3, 7)
    (<Role.AUDITOR: 'auditor'>, 7)
    >>> part_of(nurse, 3, None)
    (<Role.PANEL_MEMBER: 'panel_member'>, 7)
    """
    if round_id in actor.leads:
        return Role.LEAD, None
    for role in (Role.COORDINATOR, Role.SCRUTINEER):
        if role in actor.roles:
            return role, None
    own = [h for h in actor.held if h.agency_id is not None and agency_id in {None, h.agency_id}]
    agency = own[0].agency_id if own else None
    if agency_id is None:
        return Role.PANEL_MEMBER, agency
    return own[0].role if own else Role.AUDITOR, agency
