"""Who reaches a sample: the business unit all of it, readers the outcome, agencies nothing."""

import re
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from sqlalchemy import text
from sqlmodel import select

from app.db import now
from app.rounds.rules import Stage
from app.samples.models import FrameRow, UploadedList
from tests.audit import Audit, open_audit
from tests.browsing import words
from tests.conftest import nothing_written
from tests.factories import ident
from tests.samples.sampling import Sampling

READ_BY_ALL_WHO_SEE = {"", "/check"}
NOBODY_ELSE = (
    "administrator",
    "panel_police",
    "social_care_lead",
    "police_lead",
    "health_lead",
    "school_lead",
    "social_worker",
    "officer",
    "nurse",
    "teacher",
    "owner",
    "subgroup_member",
)


@dataclass(frozen=True)
class Door:
    """One address of a sample and how it is asked for."""

    method: str
    path: str

    def knock(self, sampling: Sampling, who: str, at: str) -> int:
        visitor = sampling.browse.as_(sampling.world.people[who])
        address = f"{at}{self.path}"
        answer = visitor.get(address) if self.method == "GET" else visitor.post(address)
        return answer.status_code


def doors(sampling: Sampling) -> list[Door]:
    """Every address of a sample, with a row, a subject and a list that exist."""
    sampling.drawn()
    with sampling.database.writing() as session:
        row = session.exec(select(FrameRow).limit(1)).one()
        waiting = UploadedList(
            strand_id=ident(sampling.audit.strand),
            file_name="list.csv",
            content={"columns": [], "rows": [], "notes": []},
            person_id=ident(sampling.world.coordinator),
            read_at=now(session),
        )
        session.add(waiting)
    refs = {"list": waiting.ref, "row": row.ref, "subject": sampling.subjects()[0].ref}
    app = sampling.browse.client.app
    return [Door(method, path.format(**refs)) for method, path in _paths(app)]  # type: ignore[arg-type]


def _paths(app: FastAPI) -> list[tuple[str, str]]:
    start = "/{partnership}/rounds/{round}/strands/{strand}/sample"
    return [
        (method, context.path.removeprefix(start))
        for context in iter_route_contexts(app.routes)
        if isinstance(context.original_route, APIRoute) and context.path.startswith(start)
        for method in sorted(context.original_route.methods)
    ]


def another_round(sampling: Sampling) -> Audit:
    """A round that the world's lead does not lead."""
    with sampling.database.writing() as session:
        made = open_audit(session, sampling.world, Stage.SAMPLING)
        session.connection().execute(
            text("DELETE FROM round_person WHERE round_id = :round"),
            {"round": ident(made.round)},
        )
    return made


def test_agencies_and_everybody_else_are_turned_away_at_every_door(sampling: Sampling) -> None:
    every = doors(sampling)
    assert len(every) >= 18
    before = sampling.counts()
    sampling.stage(Stage.OPEN)
    with nothing_written(sampling.database):
        for door in every:
            for who in NOBODY_ELSE:
                assert door.knock(sampling, who, sampling.at) == 403, (door, who)
            assert door.knock(sampling, "coordinator_elsewhere", sampling.at) == 404, door
    assert sampling.counts() == before


@pytest.mark.parametrize("who", ["lead", "scrutineer"])
def test_lead_and_scrutineer_see_the_sample_and_make_none_of_it(
    sampling: Sampling, who: str
) -> None:
    every = doors(sampling)
    with nothing_written(sampling.database):
        for door in every:
            seen = door.method == "GET" and door.path in READ_BY_ALL_WHO_SEE
            assert door.knock(sampling, who, sampling.at) == (200 if seen else 403), door


@pytest.mark.parametrize("who", ["lead", "scrutineer"])
def test_the_lists_own_references_are_for_the_business_unit_alone(
    sampling: Sampling, who: str
) -> None:
    sampling.drawn()
    visitor = sampling.browse.as_(sampling.world.people[who])
    subject = sampling.subjects()[0]
    for address in (sampling.at, f"{sampling.at}/check"):
        answer = visitor.get(address)
        assert "HM-" not in answer.text
        assert str(subject.ticket)[:8] not in answer.text
    page = visitor.page(sampling.at)
    assert subject.label in words(page)
    assert not page.select("#steps, main form, #subjects a")
    own = sampling.coordinator.get(sampling.at).text
    assert "HM-" in own
    assert str(subject.ticket)[:8] in own


def test_a_lead_does_not_reach_the_sample_of_a_round_led_by_somebody_else(
    sampling: Sampling,
) -> None:
    other = another_round(sampling)
    lead = sampling.browse.as_(sampling.world.lead)
    assert lead.get(sampling.at_of(other)).status_code == 404
    assert lead.get(sampling.at).status_code == 200


def test_a_strand_of_another_round_is_not_found(sampling: Sampling) -> None:
    other = another_round(sampling)
    mixed = f"/wexcombe/rounds/{sampling.audit.round.ref}/strands/{other.strand.ref}/sample"
    for door in doors(sampling):
        assert door.knock(sampling, "coordinator", mixed) == 404, door


def test_a_list_row_or_subject_of_another_strand_is_not_found(sampling: Sampling) -> None:
    here = sampling.at_of(another_round(sampling))
    inner = re.compile("/(rows|subjects|list)/(?!new)")
    forged = [door for door in doors(sampling) if inner.match(door.path)]
    assert len(forged) >= 10
    for door in forged:
        assert door.knock(sampling, "coordinator", here) == 404, door


def test_nobody_reaches_a_sample_under_another_partnerships_name(sampling: Sampling) -> None:
    there = sampling.at.replace("/wexcombe/", "/harrowmere/")
    for who in ("coordinator", "coordinator_elsewhere", "lead"):
        visitor = sampling.browse.as_(sampling.world.people[who])
        assert visitor.get(there).status_code == 404
