"""Who sees which subject's answers side by side: independence is the method.

Leads of the round, coordinators and scrutineers see whatever has been sent, and may answer nothing.
A panel member sees a subject once their own agency has sent its response for it *and* the round is
in moderation. Until then nothing about it reaches them: it is not in their list, and its address
does not exist. So every query of this step begins here.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, false, true
from sqlmodel import col, select

from app.access import Actor
from app.assignments.models import Assignment
from app.responses.models import Response
from app.responses.rules import ResponseState
from app.rounds.models import Round
from app.rounds.rules import Doing, allows, require
from app.samples.models import Subject


@dataclass(frozen=True)
class Sight:
    """What one person may see of one round's comparisons."""

    round: Round
    everything: bool
    agencies: frozenset[int]
    """The agencies whose own response opens a subject to this person, where they are not exempt."""

    def subjects(self) -> ColumnElement[bool]:
        """Say which subjects of the round are open to this person."""
        if self.everything:
            return true()
        if not self.agencies or not allows(self.round.stage, Doing.COMPARE_AS_PANEL):
            return false()
        return and_(self._own(sent=True), ~self._own(sent=False))

    def _own(self, *, sent: bool) -> ColumnElement[bool]:
        """Say for which subjects an own agency's response is sent, or still wanting."""
        own = (
            select(col(Assignment.id))
            .outerjoin(Response, col(Response.assignment_id) == col(Assignment.id))
            .where(
                col(Assignment.subject_id) == col(Subject.id),
                col(Assignment.agency_id).in_(self.agencies),
            )
        )
        is_sent = col(Response.state) == ResponseState.SENT
        return exists(own.where(is_sent if sent else ~is_sent | col(Response.id).is_(None)))


def sight_of(actor: Actor, seen: Round, doing: Doing = Doing.COMPARE) -> Sight:
    """Work out what a person may see of a round, and refuse a round that is not open yet.

    Only those who see everything are told that it is too early: to anybody else there is simply
    nothing there. What it is seen for (`doing`) may go on longer than comparing: counts outlive
    answers.
    """
    everything = actor.exempt or seen.id in actor.leads
    if everything:
        require(seen.stage, doing)
    agencies = frozenset(h.agency_id for h in actor.held if h.agency_id is not None)
    return Sight(seen, everything, agencies)
