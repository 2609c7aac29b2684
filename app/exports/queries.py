"""Finding the papers that somebody may read and take.

Subgroups read their packs, and agencies their letters, once the round is reported: until then
findings may change, and what they rest on is other agencies' answers.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple, assert_never

from sqlalchemy import ColumnElement, and_, false, func, or_, true
from sqlmodel import Session, col, select

from app.access import Action, Actor, Reach, Scope, scope
from app.exports.models import PaperSection
from app.identity.models import Agency, Subgroup
from app.meetings.models import Meeting
from app.meetings.queries import find_meeting
from app.rounds.models import Round, RoundAgency, RoundSubgroup
from app.rounds.queries import find_round
from app.rounds.rules import ALLOWED, Doing

BRIEFING, REPORT = "briefing", "report"
_AMONG = {"pack": "packs/", "letter": "letters/", "record": "meetings/"}


class PaperOf(NamedTuple):
    """A paper by what it is of: a round, and which of the round's own papers or whom it is for."""

    round: Round
    to: str | Subgroup | Agency | Meeting
    """briefing, report, the subgroup of a pack, the agency of a letter, the meeting of a record."""

    @property
    def name(self) -> str:
        """What tells it from the other papers of its round."""
        return self.to if isinstance(self.to, str) else self.to.ref

    @property
    def about(self) -> str:
        """The reference of what it is about."""
        return self.round.ref if isinstance(self.to, str) else self.to.ref

    @property
    def receiver(self) -> str:
        """Who receives it, by name; empty for what nobody in particular does."""
        return self.to.name if isinstance(self.to, Subgroup | Agency) else ""

    @property
    def kind(self) -> str:
        """What sort of paper it is, as events and files name it."""
        match self.to:
            case Subgroup():
                return "pack"
            case Agency():
                return "letter"
            case Meeting():
                return "record"
            case str():
                return self.to

    @property
    def where(self) -> str:
        """Where it is read, below the round's own address."""
        return f"{_AMONG.get(self.kind, '')}{self.name}"


_PACKS = (
    select(Round, Subgroup)
    .join(RoundSubgroup, col(RoundSubgroup.round_id) == col(Round.id))
    .join(Subgroup, col(Subgroup.id) == col(RoundSubgroup.subgroup_id))
)
_LETTERS = (
    select(Round, Agency)
    .join(RoundAgency, col(RoundAgency.round_id) == col(Round.id))
    .join(Agency, col(Agency.id) == col(RoundAgency.agency_id))
)
_REPORTED = col(Round.stage).in_(ALLOWED[Doing.RECEIVE_PACK])


def _packs_within(within: Scope) -> ColumnElement[bool]:
    seats = and_(_REPORTED, col(Subgroup.id).in_(within.subgroups))
    here = col(Subgroup.partnership_id) == within.partnership_id
    return and_(here, _within(within, {Reach.OWN: seats}))


def _letters_within(within: Scope) -> ColumnElement[bool]:
    return _within(within, {Reach.AGENCY: _received(within)})


def _received(within: Scope) -> ColumnElement[bool]:
    return and_(_REPORTED, col(Agency.id).in_(within.agencies))


def _within(within: Scope, received: Mapping[Reach, ColumnElement[bool]]) -> ColumnElement[bool]:
    """Say which papers a scope covers: of whole rounds, and those that somebody receives."""
    return and_(
        col(Round.partnership_id) == within.partnership_id,
        or_(false(), *(_reached(within, reach, received) for reach in within.reaches)),
    )


def _reached(
    within: Scope, reach: Reach, received: Mapping[Reach, ColumnElement[bool]]
) -> ColumnElement[bool]:
    match reach:
        case Reach.PARTNERSHIP:
            return true()
        case Reach.ROUND:
            return col(Round.id).in_(within.rounds)
        case Reach.AGENCY | Reach.OWN:
            return received.get(reach, false())
        case Reach.NONE:
            return false()
        case _:
            assert_never(reach)


def find_pack(session: Session, within: Scope, refs: Mapping[str, str]) -> PaperOf | None:
    """Find the pack that an address names."""
    query = _PACKS.where(
        _packs_within(within), Round.ref == refs["round"], Subgroup.ref == refs["subgroup"]
    )
    row = session.exec(query).one_or_none()
    return PaperOf(*row) if row else None


def packs_in_view(session: Session, within: Scope) -> list[PaperOf]:
    """List the packs that can be read now, the newest round first."""
    query = _PACKS.where(
        _packs_within(within), col(Round.stage).in_(ALLOWED[Doing.PREPARE_PACK])
    ).order_by(col(Round.id).desc(), col(Subgroup.name))
    return [PaperOf(*row) for row in session.exec(query)]


def find_letter(session: Session, within: Scope, refs: Mapping[str, str]) -> PaperOf | None:
    """Find the letter that an address names."""
    query = _LETTERS.where(
        _letters_within(within), Round.ref == refs["round"], Agency.ref == refs["agency"]
    )
    row = session.exec(query).one_or_none()
    return PaperOf(*row) if row else None


def letters_received(session: Session, within: Scope) -> list[PaperOf]:
    """List the letters to somebody's own agencies, the newest round first."""
    query = _LETTERS.where(_letters_within(within), _received(within))
    ordered = query.order_by(col(Round.id).desc(), col(Agency.name))
    return [PaperOf(*row) for row in session.exec(ordered)]


def find_record(session: Session, within: Scope, refs: Mapping[str, str]) -> PaperOf | None:
    """Find the record of the meeting that an address names."""
    of = find_round(session, within, refs)
    found = find_meeting(session, of, refs["meeting"]) if of else None
    return PaperOf(of, found) if of and found else None


def find_briefing(session: Session, within: Scope, refs: Mapping[str, str]) -> PaperOf | None:
    """Find the practitioner briefing of the round that an address names."""
    of = find_round(session, within, refs)
    return PaperOf(of, BRIEFING) if of else None


def find_report(session: Session, within: Scope, refs: Mapping[str, str]) -> PaperOf | None:
    """Find the full report of the round that an address names."""
    of = find_round(session, within, refs)
    return PaperOf(of, REPORT) if of else None


Find = Callable[[Session, Scope, Mapping[str, str]], PaperOf | None]
_FOUND_BY: Mapping[str, tuple[Action, Find]] = {
    "pack": (Action.PACK_SEE, find_pack),
    "letter": (Action.LETTER_SEE, find_letter),
    "record": (Action.FINDING_SEE, find_record),
    BRIEFING: (Action.FINDING_SEE, find_briefing),
    REPORT: (Action.FINDING_SEE, find_report),
}


def find_again(
    session: Session, actor: Actor, round_ref: str, kind: str, name: str
) -> PaperOf | None:
    """Find a paper once more by its kind and name, if it is still within somebody's reach."""
    action, find = _FOUND_BY[kind]
    refs = dict.fromkeys(("subgroup", "agency", "meeting"), name)
    return find(session, scope(actor, action), {**refs, "round": round_ref})


def sections_written(session: Session, of: Round) -> dict[str, int]:
    """Count the sections that people wrote in each paper of a round, by the paper's name."""
    query = (
        select(PaperSection.paper, func.count())
        .where(PaperSection.round_id == of.id)
        .group_by(col(PaperSection.paper))
    )
    return dict(session.exec(query).all())
