"""A person as the permission table meets them, and how far one action carries for them."""

from dataclasses import dataclass, field

from app.access.table import ANSWERING, EXEMPT, TABLE, Action, Reach, Role


@dataclass(frozen=True)
class Held:
    """One membership: a role, and the agency it is held for if any."""

    role: Role
    agency_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Who is asking, in one partnership.

    `leads` and `panels` are the rounds in which they are lead or panel member; `subgroups` the
    standing groups they sit on.
    """

    person_id: int
    partnership_id: int
    name: str
    held: tuple[Held, ...] = ()
    leads: frozenset[int] = frozenset()
    panels: frozenset[int] = frozenset()
    subgroups: frozenset[int] = frozenset()

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held, in the partnership or in some round."""
        in_rounds = {Role.LEAD: self.leads, Role.PANEL_MEMBER: self.panels}
        return frozenset(h.role for h in self.held) | {r for r, ids in in_rounds.items() if ids}

    @property
    def exempt(self) -> bool:
        """Whether some role opens other agencies' answers in every round of the partnership."""
        return any(h.role in EXEMPT for h in self.held)


@dataclass(frozen=True)
class Scope:
    """Which rows an actor may do one action on: every reach they hold, spelled out for a query.

    A query allows a row when *any* of `reaches` does: PARTNERSHIP by `partnership_id`, ROUND by
    `rounds`, AGENCY by `agencies`, OWN by `person_id` or `subgroups`; and never a row of a round
    in `barred`.
    """

    person_id: int
    partnership_id: int
    reaches: frozenset[Reach]
    agencies: frozenset[int] = field(default=frozenset())
    rounds: frozenset[int] = field(default=frozenset())
    subgroups: frozenset[int] = field(default=frozenset())
    barred: frozenset[int] = field(default=frozenset())

    def __bool__(self) -> bool:
        """Whether the action is carried anywhere at all."""
        return bool(self.reaches)


def scope(actor: Actor, action: Action) -> Scope:
    """Say how far all of an actor's roles together carry one action.

    Roles add up: an agency lead who also leads one round keeps their agency's reach in the others.
    Whoever may read other agencies' answers may give none: a coordinator or scrutineer nowhere, a
    lead not in the rounds they lead.

    >>> nurse = Actor(1, 1, "A", held=(Held(Role.AUDITOR, 7),), leads=frozenset({3}))
    >>> scope(nurse, Action.RESPONSE_ANSWER).barred
    frozenset({3})
    """
    row = TABLE[action]
    by_reach: dict[Reach, list[Held]] = {}
    for held in actor.held:
        by_reach.setdefault(row[held.role], []).append(held)
    rounds: frozenset[int] = frozenset()
    for role, ids in ((Role.LEAD, actor.leads), (Role.PANEL_MEMBER, actor.panels)):
        if ids:
            by_reach.setdefault(row[role], [])
            rounds |= ids if row[role] is Reach.ROUND else frozenset()
    by_reach.pop(Reach.NONE, None)
    answering = action in ANSWERING
    return Scope(
        person_id=actor.person_id,
        partnership_id=actor.partnership_id,
        reaches=frozenset() if answering and actor.exempt else frozenset(by_reach),
        agencies=frozenset(
            h.agency_id for h in by_reach.get(Reach.AGENCY, ()) if h.agency_id is not None
        ),
        rounds=rounds,
        subgroups=actor.subgroups,
        barred=actor.leads if answering else frozenset(),
    )


def holds(actor: Actor, action: Action) -> bool:
    """Whether any role of the actor carries the action anywhere: for navigation and buttons."""
    return bool(scope(actor, action))
