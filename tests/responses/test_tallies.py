"""Tallies say what a recount of the sent answers says, whatever was sent, returned and replaced."""

import os
from collections import Counter
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from app.access import Actor, Held, Role
from app.db import Database, today
from app.demo.answers import Auditor, Referral
from app.responses.commands import return_with_queries, send_response
from app.responses.models import NilReturn
from app.responses.queries import Work
from app.responses.rules import ResponseState
from app.responses.tallies import (
    Cell,
    rebuild,
    recount,
    tallied,
    tallied_together,
    untally_subject,
)
from app.samples.models import Subject
from app.samples.rules import SubjectState
from app.tools import AgencyKind
from tests.audit import Audit, assign, open_audit, respond, subject
from tests.factories import ident
from tests.world import World

HISTORIES = 300 if os.environ.get("CASEFILE_PROVE") else 8
SUBJECTS = 3
step = st.one_of(
    st.tuples(st.just("send"), st.integers(0, SUBJECTS - 1), st.integers(0, 3), st.integers(0, 9)),
    st.tuples(st.just("return"), st.integers(0, SUBJECTS - 1), st.integers(0, 3), st.just(0)),
    st.tuples(st.just("replace"), st.integers(0, SUBJECTS - 1), st.just(0), st.just(0)),
)


def send(
    session: Session, world: World, audit: Audit, about: Subject, which: int, seed: int
) -> Work:
    """Have an agency answer as it might, and send it; one in five does not know the child."""
    agency = (world.social_care, world.police, world.health, world.school)[which]
    kind = AgencyKind(agency.kind)
    referral = Referral(
        "section_17", today(session), re_referred=False, referrer=kind, quality=seed / 10
    )
    answers = Auditor(kind, referral, f"{about.label}{seed}").answer(audit.question_set)
    given_out = assign(session, about, agency, world.officer)
    response = respond(session, audit, given_out, answers, ResponseState.WITH_AGENCY_LEAD)
    response.declared_by = ident(world.officer)
    nil = NilReturn(response_id=ident(response), searched="All") if seed % 5 == 4 else None
    if nil is not None:
        session.add(nil)
    session.flush()
    work = Work(
        given_out, about, audit.strand, audit.round, agency,
        response, world.officer, audit.tool, answers, nil,
    )  # fmt: skip
    send_response(session, lead_of(world, work), work, 1)
    return work


def lead_of(world: World, work: Work) -> Actor:
    held = (Held(Role.AGENCY_LEAD, ident(work.agency)),)
    return Actor(ident(world.police_lead), ident(world.partnership), "A lead", held=held)


def send_again(session: Session, world: World, work: Work) -> None:
    """Send what was returned as it is; what was not known is answered after all."""
    response = work.response
    assert response
    session.refresh(response)
    response.state, response.declared_by = ResponseState.WITH_AGENCY_LEAD, ident(world.officer)
    session.flush()
    send_response(session, lead_of(world, work), work, 1)


def give_back(session: Session, world: World, work: Work) -> Work:
    """Return a response with a query."""
    session.refresh(work.response)
    lead = Actor(ident(world.lead), ident(world.partnership), "Lead", leads=frozenset({1}))
    return_with_queries(session, lead, work, 1, {"parts_played": "Why?"})
    session.refresh(work.response)
    return replace(work, nil=None)


def together(cells: Counter[Cell]) -> Counter[Cell]:
    """Add the cells of all agencies up."""
    added: Counter[Cell] = Counter()
    for cell, count in cells.items():
        added[cell._replace(agency_id=0)] += count
    return added


@settings(
    max_examples=HISTORIES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(step, max_size=10))
def test_tallies_are_what_a_recount_says_after_every_history(
    database: Database, world: World, steps: list[tuple[str, int, int, int]]
) -> None:
    database.cache.clear()  # what was numbered for the history before is undone
    with database.writing() as session, session.begin_nested() as undone:
        audit = open_audit(session, world)
        subjects = [subject(session, audit, f"R-{n}", n) for n in range(SUBJECTS)]
        sent: dict[tuple[int, int], Work] = {}
        back: dict[tuple[int, int], Work] = {}
        for what, number, which, seed in steps:
            about = subjects[number]
            key = (number, which)
            if about.state != SubjectState.CHOSEN or key in (() if what == "return" else sent):
                continue
            if what == "send" and key in back:
                sent[key] = back.pop(key)
                send_again(session, world, sent[key])
            elif what == "send":
                sent[key] = send(session, world, audit, about, which, seed)
            elif what == "return" and key in sent:
                back[key] = give_back(session, world, sent.pop(key))
            elif what == "replace":
                about.state = SubjectState.REPLACED
                session.flush()
                untally_subject(session, about)
            right = recount(session, audit.strand)
            assert tallied(session, audit.strand) == right
            assert tallied_together(session, audit.strand) == together(right)
        undone.rollback()


def test_tallies_that_went_wrong_can_be_written_anew(database: Database, world: World) -> None:
    with database.writing() as session:
        audit = open_audit(session, world)
        about = subject(session, audit)
        send(session, world, audit, about, 1, 5)
        right = tallied(session, audit.strand)
        session.connection().exec_driver_sql("UPDATE tally SET count = 7")
        session.connection().exec_driver_sql("UPDATE strand_tally SET count = 7")
        session.expire_all()
        assert tallied(session, audit.strand) != right
        rebuild(session, audit.strand)
        session.expire_all()
        assert tallied(session, audit.strand) == right
        assert tallied_together(session, audit.strand) == together(right)
        assert sum(right.values()) > 20
