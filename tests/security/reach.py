"""Who may go where, worked out from the permission table and the design, and from nothing else.

The application asks its database; this asks only what is known of the people here. That the two
agree for every person, route and stage is what `test_who_may_go_where` is about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.access import ANSWERING, TABLE, Action, Reach, Role
from app.rounds.rules import ALLOWED, Doing, Stage
from tests.security.addresses import DOORS
from tests.security.doors import USUAL, Names, names_in
from tests.security.furniture import (
    ASKED_BY,
    AUDITORS,
    OTHERS,
    SENT,
    SHARED,
    SHARER,
    STANDING,
)

R = Role
STAGES = tuple(Stage)
ROUNDS = {"wexcombe": ("a", "b"), "harrowmere": ("c",)}
AGENCIES_OF = {
    "a": {"social_care", "police", "health", "school"},
    "b": {"social_care", "police", "health", "school"},
    "c": {"police"},
}


@dataclass(frozen=True)
class Part:
    """What one person is: their roles by partnership, each with its agency, and in rounds."""

    roles: Mapping[str, tuple[tuple[Role, str], ...]]
    leads: frozenset[str] = frozenset()
    panels: frozenset[str] = frozenset()
    seated: bool = False
    owns: bool = False


def _here(*roles: tuple[Role, str], **more: object) -> Part:
    return Part({"wexcombe": roles}, **more)  # type: ignore[arg-type]


def _there(*roles: tuple[Role, str]) -> Part:
    return Part({"harrowmere": roles})


PEOPLE: Mapping[str, Part | None] = {
    "nobody": None,
    "left": None,
    "administrator": _here((R.SYSTEM_ADMINISTRATOR, "")),
    "coordinator": _here((R.COORDINATOR, "")),
    "lead": _here((R.AUDITOR, "social_care"), leads=frozenset("a")),
    "panel_police": _here((R.AUDITOR, "police"), panels=frozenset("a")),
    "scrutineer": _here((R.SCRUTINEER, "")),
    "social_care_lead": _here((R.AGENCY_LEAD, "social_care")),
    "police_lead": _here((R.AGENCY_LEAD, "police")),
    "health_lead": _here((R.AGENCY_LEAD, "health")),
    "school_lead": _here((R.AGENCY_LEAD, "school")),
    "social_worker": _here((R.AUDITOR, "social_care")),
    "officer": _here((R.AUDITOR, "police")),
    "nurse": _here((R.AUDITOR, "health")),
    "teacher": _here((R.AUDITOR, "school")),
    "owner": _here((R.ACTION_OWNER, ""), owns=True),
    "subgroup_member": _here((R.SUBGROUP_MEMBER, ""), seated=True),
    "moved_on": _here((R.ACTION_OWNER, "")),
    "sharer": _here((R.AUDITOR, "police")),
    "two_hats": _here((R.AGENCY_LEAD, "health"), (R.AUDITOR, "health"), leads=frozenset("b")),
    "both": Part(dict.fromkeys(ROUNDS, ((R.COORDINATOR, ""),))),
    "coordinator_elsewhere": _there((R.COORDINATOR, "")),
    "officer_elsewhere": _there((R.AUDITOR, "police")),
    "police_lead_elsewhere": _there((R.AGENCY_LEAD, "police")),
}
"""Everybody; None for who has no session that lives."""


_OF_WHAT_IS_SENT = {Action.RESPONSE_SEE, Action.RESPONSE_QUERY}


@dataclass(frozen=True)
class Asked:
    """One thing asked for by one person: the action, where, what, and the stage of the rounds."""

    part: Part
    who: str
    action: Action
    place: str
    stage: Stage

    @property
    def held(self) -> tuple[tuple[Role, str], ...]:
        return self.part.roles[self.place]

    def reaches(self) -> set[Reach]:
        """Every reach that some role carries the action, or nothing for who may not answer."""
        row = TABLE[self.action]
        own = {role for role, _ in self.held}
        if self.action in ANSWERING and own & {R.COORDINATOR, R.SCRUTINEER}:
            return set()
        in_rounds = {(R.LEAD, self.part.leads), (R.PANEL_MEMBER, self.part.panels)}
        roles = own | {role for role, rounds in in_rounds if rounds & set(ROUNDS[self.place])}
        return {row[role] for role in roles} - {Reach.NONE}

    def _agencies(self) -> set[str]:
        return {agency for role, agency in self.held if TABLE[self.action][role] is Reach.AGENCY}

    def _rounds(self) -> set[str]:
        row = TABLE[self.action]
        leads = self.part.leads if row[R.LEAD] is Reach.ROUND else frozenset()
        return set(leads | (self.part.panels if row[R.PANEL_MEMBER] is Reach.ROUND else set()))

    def _in_view(self) -> bool:
        return STAGES.index(self.stage) >= STAGES.index(Stage.OPEN)

    def reaches_round(self, name: str) -> bool:
        if name not in ROUNDS[self.place]:
            return False
        reaches = self.reaches()
        by_agency = Reach.AGENCY in reaches and self._in_view()
        return (
            Reach.PARTNERSHIP in reaches
            or (Reach.ROUND in reaches and name in self._rounds())
            or (by_agency and bool(self._agencies() & AGENCIES_OF[name]))
        )

    def reaches_all_of(self, name: str) -> bool:
        """One agency never reads how far the others are."""
        return name in ROUNDS[self.place] and (
            Reach.PARTNERSHIP in self.reaches()
            or (Reach.ROUND in self.reaches() and name in self._rounds())
        )

    def reaches_assignment(
        self, name: str, agency: str, subject: int, *, whole: bool = False
    ) -> bool:
        """Other agencies' responses only once they are sent; one's own from the open round on.

        Whoever answers a section of one reaches it, but for what is said of the whole.
        """
        if name not in ROUNDS[self.place]:
            return False
        if self.action in ANSWERING and name in self.part.leads:
            return False
        reaches = self.reaches()
        all_of_it = Reach.PARTNERSHIP in reaches or (
            Reach.ROUND in reaches and name in self._rounds()
        )
        sent = STANDING[name][agency, subject] is SENT
        if all_of_it and (sent or self.action not in _OF_WHAT_IS_SENT):
            return True
        if not self._in_view():
            return False
        auditor = OTHERS.get((name, agency, subject), AUDITORS[agency])
        shares = self.who == SHARER and (name, agency, subject) == SHARED and not whole
        mine = (auditor == self.who or shares) and (R.AUDITOR, agency) in self.held
        return (Reach.OWN in reaches and mine) or (
            Reach.AGENCY in reaches and agency in self._agencies()
        )

    def sees_subject(self, name: str, subject: int) -> bool:
        """Settled 5: the exempt see all; the panel sees it once its agency sent, in moderation."""
        exempt = {role for role, _ in self.held} & {R.COORDINATOR, R.SCRUTINEER}
        if exempt or name in self.part.leads:
            return True
        own = {agency for _, agency in self.held if agency}
        states = [s for (a, n), s in STANDING[name].items() if n == subject and a in own]
        return self.stage is Stage.MODERATION and bool(states) and set(states) == {SENT}

    @property
    def coordinates(self) -> bool:
        return (R.COORDINATOR, "") in self.held

    def told_too_early(self, name: str) -> bool:
        """Whether a comparison is refused by its stage, rather than not being there."""
        return self.sees_subject(name, 0) and self.stage not in ALLOWED[Doing.COMPARE]

    def reaches_action(self, name: str) -> bool:
        if name not in ROUNDS[self.place]:
            return False
        reaches = self.reaches()
        if Reach.PARTNERSHIP in reaches or (Reach.ROUND in reaches and name in self._rounds()):
            return True
        if STAGES.index(self.stage) < STAGES.index(Stage.FINDINGS_AGREED):
            return False
        receives = self.action is Action.ACTION_SEE and name != "c" and self._receives()
        own = self.part.owns or receives
        return (Reach.OWN in reaches and own) or (
            Reach.AGENCY in reaches and "health" in self._agencies()
        )

    def reaches_pack(self, name: str) -> bool:
        if name not in ROUNDS[self.place] or name == "c":
            return False
        reaches = self.reaches()
        return (
            Reach.PARTNERSHIP in reaches
            or (Reach.ROUND in reaches and name in self._rounds())
            or (Reach.OWN in reaches and self._receives())
        )

    def reaches_letter(self, name: str, agency: str) -> bool:
        """An agency receives its own letter, when the subgroups receive their packs."""
        if name not in ROUNDS[self.place] or agency not in AGENCIES_OF[name]:
            return False
        reported = self.stage in ALLOWED[Doing.RECEIVE_PACK]
        own = Reach.AGENCY in self.reaches() and agency in self._agencies()
        return self.reaches_all_of(name) or (reported and own)

    def _receives(self) -> bool:
        return self.part.seated and self.stage in ALLOWED[Doing.RECEIVE_PACK]


def whatever_the_stage(who: str, names: Names, wanted: frozenset[int]) -> bool:
    """Whether an answer has nothing to do with the stage of any round."""
    part = PEOPLE[who]
    place = names.get("partnership", USUAL["partnership"])
    return part is None or place not in part.roles or wanted == {403}


def expected(
    who: str, route: str, names: Names, stage: Stage, actions: Sequence[Action]
) -> frozenset[int]:
    """What somebody is to be answered at a route that names these actions."""
    door, part = DOORS[route], PEOPLE[who]
    if part is None:
        return frozenset({303 if route.startswith("GET") else 401})
    given = {**USUAL, **door.names, **names}
    if given["partnership"] not in part.roles:
        return frozenset({404})
    asked = [Asked(part, who, action, given["partnership"], stage) for action in actions]
    refused = _refused(asked, route, given)
    if refused:
        return frozenset({refused})
    if (
        door.doing
        and not _before_panel(route)
        and "/results" not in route
        and stage not in ALLOWED[door.doing]
    ):
        return frozenset({409} | (door.opens & {422}))
    tried = route.startswith("GET") or stage is door.stage
    return door.opens if tried else frozenset({200, 303, 409, 422})


def _refused(asked: Sequence[Asked], route: str, given: Mapping[str, str]) -> int:
    if not all(each.reaches() for each in asked):
        return 403
    if not all(_reaches(each, route, given) for each in asked):
        return 404
    if "/results" in route:
        return _results(asked[0], _round(given), behind=not route.endswith("/results"))
    if _before_panel(route):
        return _compared(asked[0], route, given)
    if "assignment" in given and "{assignment}" in route and (code := _shared(asked[0], route)):
        return code
    # Until it is open, a round is the coordinator's to move.
    early = route.endswith("/stage") and STAGES.index(asked[0].stage) < STAGES.index(Stage.OPEN)
    return 409 if early and not asked[0].coordinates else 0


_OF_OTHERS = ("/sections/{section}", "/answers", "/removal", "/token")


def _shared(asked: Asked, route: str) -> int:
    """Each answers in sections of their own: the doors are those of the auditor's sections."""
    if asked.who != SHARER:
        return 409 if route.endswith("/sections-complete") else 0
    if route == "POST /{partnership}/assignments/{assignment}/files":
        return 422 if asked.stage in ALLOWED[Doing.ANSWER] else 409
    return 409 if route.endswith(_OF_OTHERS) else 0


def _before_panel(route: str) -> bool:
    ends = ("/judgement", "/judgements", "/alike", "{subject}/concern")
    meets = "/meetings" in route and not route.endswith("/document")
    return "/comparison" in route or meets or route.endswith(ends)


def _results(asked: Asked, name: str, *, behind: bool) -> int:
    """Agencies read results once the findings are agreed, and never the responses behind them."""
    exempt = asked.coordinates or (Role.SCRUTINEER, "") in asked.held or name in asked.part.leads
    if behind and not exempt:
        return 404
    doing = Doing.COMPARE if exempt else Doing.READ_RESULTS
    return 0 if asked.stage in ALLOWED[doing] else 409


def _compared(asked: Asked, route: str, given: Mapping[str, str]) -> int:
    name = _round(given)
    if asked.told_too_early(name):
        return 409
    if "{subject}" in route and not asked.sees_subject(name, int(given["subject"].split(".")[2])):
        return 404
    decides = route.startswith("POST") or route.endswith(("/alike", "/end"))
    # A concern may be raised whenever the subject is in sight.
    decides = decides and not route.endswith("/concern")
    # The lead decides, and who chairs a panel or takes its minutes: here nobody does.
    if decides and name not in asked.part.leads:
        return 403
    too_early = decides and asked.stage not in ALLOWED[Doing.AGREE]
    return 409 if too_early else 0


def _round(given: Mapping[str, str]) -> str:
    return given["round"].split(".")[1]


def _reaches(asked: Asked, route: str, given: Mapping[str, str]) -> bool:
    within = names_in(route)
    if "assignment" in within:
        _, name, agency, subject = given["assignment"].split(".")
        whole = route.endswith(("/declaration", "/nil-return", "/nil-return/withdrawal"))
        return asked.reaches_assignment(name, agency, int(subject), whole=whole)
    if "action" in within:
        return asked.reaches_action(given["action"].split(".")[1])
    return "round" not in within or _reaches_in_round(asked, route, given)


def _reaches_in_round(asked: Asked, route: str, given: Mapping[str, str]) -> bool:
    if "{document}" in route:
        return asked.who == ASKED_BY[_round(given)] and _round(given) in ROUNDS[asked.place]
    if "/packs/" in route:
        return asked.reaches_pack(_round(given))
    if "/letters/" in route:
        return asked.reaches_letter(_round(given), given["agency"].split(".")[1])
    if route.endswith(("/returns", "/letters")):
        return asked.reaches_all_of(_round(given))
    return asked.reaches_round(_round(given))
