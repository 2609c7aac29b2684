"""Subgroup packs: who receives which, when, and what is never in them."""

import io
import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

import pytest
from docx import Document
from sqlmodel import Session, select

from app.access import Role
from app.actions.models import LearningAction
from app.db import Database, now
from app.events.models import Event
from app.findings.models import Finding, FindingEvidence, FindingSubgroup
from app.identity.models import Subgroup
from app.library.numbers import numbers_of
from app.rounds.models import RoundSubgroup
from app.rounds.rules import Stage
from tests.audit import assign, respond, subject
from tests.browsing import Browser, words
from tests.comparisons.scene import CANARY, HAD_A_PART, Scene, move_to, stage_scene
from tests.conftest import nothing_written
from tests.factories import ident, person, subgroup
from tests.world import World

SUBJECTS = 17


@dataclass(frozen=True)
class Reported:
    """A reported round of seventeen subjects, with a finding for each of two subgroups."""

    scene: Scene
    ours: Subgroup
    theirs: Subgroup

    @property
    def pack(self) -> str:
        return f"{self.scene.at}/packs/{self.ours.ref}"


@pytest.fixture
def reported(database: Database, world: World) -> Reported:
    with database.writing() as session:
        scene = stage_scene(session, world)
        for place in range(2, SUBJECTS + 1):
            other = subject(session, scene.audit, f"R-X{place:02}Z", place)
            given = assign(session, other, world.police, world.officer)
            respond(session, scene.audit, given, HAD_A_PART)
        theirs = subgroup(session, world.partnership, "Learning subgroup")
        round_id = ident(scene.audit.round)
        session.add(RoundSubgroup(round_id=round_id, subgroup_id=ident(theirs)))
        session.flush()
        store(session, world, scene, world.subgroup, "The worry is not always plain")
        store(session, world, scene, theirs, "For the other subgroup alone")
        store(session, world, scene, world.subgroup, "Still a draft", state="draft")
        made = Reported(scene, world.subgroup, theirs)
    move_to(database, scene, Stage.REPORTED)
    return made


def store(
    session: Session,
    world: World,
    scene: Scene,
    to: Subgroup,
    title: str,
    *,
    state: str = "agreed",
) -> None:
    finding = Finding(
        round_id=ident(scene.audit.round),
        kind="area_for_development",
        state=state,
        title=title,
        words="Forms say what happened.",
        themes=["REC"],
        written_by=ident(world.lead),
        written_at=now(session),
    )
    session.add(finding)
    session.flush()
    session.add(FindingSubgroup(finding_id=ident(finding), subgroup_id=ident(to)))
    session.add(
        FindingEvidence(
            finding_id=ident(finding),
            subject_id=ident(scene.subject),
            question_id=numbers_of(session, scene.audit.tool).number["form_worry"],
        )
    )
    session.add(
        LearningAction(
            finding_id=ident(finding),
            what="Teach the front door",
            how_we_will_know="Dip sample",
            agency_id=ident(world.police),
            owner_id=ident(world.officer),
            due=date(2026, 9, 1),
            state="agreed",
            created_at=now(session),
        )
    )
    session.flush()


def document_text(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_a_subgroup_member_reads_their_own_pack(
    browse: Browser, world: World, reported: Reported
) -> None:
    member = browse.as_(world.subgroup_member)
    assert "Quality and performance" in words(member.page("/wexcombe/packs"))
    told = words(member.page(reported.pack))
    assert "The worry is not always plain" in told
    assert "Wexcombe Police: Police officer" in told
    assert "Agreed. Overdue by 14 days" in told
    assert "Recognition and referral" in told
    assert "Still a draft" not in told
    assert "For the other subgroup alone" not in told
    assert "Provisional" not in told


def test_no_count_of_cases_and_no_subject_is_in_the_pack(
    browse: Browser, world: World, reported: Reported
) -> None:
    member = browse.as_(world.subgroup_member)
    page = words(member.page(reported.pack))
    document = document_text(member.submit(reported.pack).content)
    for whole in (page, document):
        told = whole.replace(world.subgroup_member.name, "")  # invented names carry numbers
        assert str(SUBJECTS) not in told
        assert "R-X" not in told
        assert "R-7F3K" not in told
        assert CANARY not in told


def test_another_subgroups_pack_is_as_if_it_did_not_exist(
    browse: Browser, world: World, reported: Reported
) -> None:
    member = browse.as_(world.subgroup_member)
    other = f"{reported.scene.at}/packs/{reported.theirs.ref}"
    assert member.get(other).status_code == 404
    assert member.post(f"{other}/document").status_code == 404
    assert "Learning subgroup" not in member.get("/wexcombe/packs").text


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.MODERATION, Stage.FINDINGS_AGREED])
def test_before_it_is_reported_a_subgroup_receives_nothing(
    browse: Browser, world: World, reported: Reported, database: Database, stage: Stage
) -> None:
    move_to(database, reported.scene, stage)
    member = browse.as_(world.subgroup_member)
    assert member.get(reported.pack).status_code == 404
    with nothing_written(database):
        assert member.post(f"{reported.pack}/document").status_code == 404
    assert "There are no packs to read yet" in words(member.page("/wexcombe/packs"))


@pytest.mark.parametrize("name", ["coordinator", "lead", "scrutineer"])
def test_those_who_prepare_it_read_it_from_moderation_on_marked_as_provisional(
    browse: Browser, world: World, reported: Reported, database: Database, name: str
) -> None:
    visitor = browse.as_(world.people[name])
    move_to(database, reported.scene, Stage.MODERATION)
    assert "Provisional" in words(visitor.page(reported.pack))
    assert "Provisional" in document_text(visitor.submit(reported.pack).content)
    move_to(database, reported.scene, Stage.OPEN)
    assert visitor.get(reported.pack).status_code == 409
    with nothing_written(database):
        assert visitor.post(f"{reported.pack}/document").status_code == 409


@pytest.mark.parametrize(
    "name", ["panel_police", "police_lead", "officer", "owner", "administrator"]
)
def test_nobody_else_reads_packs(
    browse: Browser, world: World, reported: Reported, name: str
) -> None:
    visitor = browse.as_(world.people[name])
    assert visitor.get(reported.pack).status_code == 403
    assert visitor.post(f"{reported.pack}/document").status_code == 403
    if name != "police_lead":  # whose page lists the letter to their agency, and no pack
        assert visitor.get("/wexcombe/packs").status_code == 403


def test_an_agency_leads_list_holds_no_pack(
    browse: Browser, world: World, reported: Reported
) -> None:
    page = browse.as_(world.police_lead).page("/wexcombe/packs")
    assert not page.select("a[href*='/packs/']")
    for group in (reported.ours, reported.theirs):
        assert group.name not in words(page)


def test_a_seat_on_a_subgroup_elsewhere_opens_nothing_here(
    browse: Browser, world: World, reported: Reported, database: Database
) -> None:
    with database.writing() as session:
        guest = person(session, world.partnership, Role.SUBGROUP_MEMBER)
        subgroup(session, world.elsewhere, "Elsewhere", guest)
    assert browse.as_(guest).get(reported.pack).status_code == 404


def test_taking_the_document_is_recorded_and_its_name_is_safe(
    browse: Browser, world: World, reported: Reported, session: Session
) -> None:
    answer = browse.as_(world.subgroup_member).submit(reported.pack)
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
    kept_as = unquote(answer.headers["content-disposition"])
    assert re.fullmatch(r'attachment; filename="pack-[0-9A-Z]+-[0-9A-Z]+\.docx"', kept_as)
    event = session.exec(select(Event).where(Event.kind == "pack.taken")).one()
    assert (event.scope, event.about) == (reported.scene.audit.round.ref, reported.ours.ref)
    assert event.person_id == world.subgroup_member.id


def test_a_form_with_more_in_it_is_refused(
    browse: Browser, world: World, reported: Reported, database: Database
) -> None:
    with nothing_written(database):
        answer = browse.as_(world.lead).post(f"{reported.pack}/document", {"stage": "reported"})
    assert answer.status_code == 422


def test_what_was_typed_is_never_markup(
    browse: Browser, world: World, reported: Reported, database: Database
) -> None:
    payload = "<script>alert('x')</script> A & B"
    with database.writing() as session:
        for finding in session.exec(select(Finding)):
            finding.title = finding.words = payload
    lead = browse.as_(world.lead)
    assert "<script>alert" not in lead.get(reported.pack).text
    assert payload in document_text(lead.submit(reported.pack).content)
