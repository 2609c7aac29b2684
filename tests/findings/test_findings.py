"""Findings: written by the lead from a comparison, agreed, and frozen."""

import json

import pytest
from httpx import Response
from sqlmodel import Session, select

from app.db import Database
from app.events.models import Event
from app.findings.models import Finding, FindingEvidence, FindingResult, FindingSubgroup
from app.rounds.rules import Stage
from tests.browsing import Browser, Visitor, find_form, form_values, words
from tests.comparisons.scene import Scene, move_to, stage_scene
from tests.conftest import nothing_written
from tests.factories import subgroup
from tests.world import World


@pytest.fixture
def scene(database: Database, world: World) -> Scene:
    with database.writing() as session:
        return stage_scene(session, world)


@pytest.fixture
def lead(browse: Browser, world: World) -> Visitor:
    return browse.as_(world.lead)


GIVEN = {
    "kind": "area_for_development",
    "title": "The worry is not always plain",
    "words": "Forms say what happened, and not what it means.",
}


def from_question(scene: Scene, question: str = "form_worry") -> str:
    return f"{scene.at}/findings/new?subject={scene.subject.ref}&question={question}"


def write(lead: Visitor, scene: Scene, **given: str | list[str]) -> str:
    answer = lead.submit(from_question(scene), {**GIVEN, **given})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def agree(lead: Visitor, finding: str) -> Response:
    return lead.submit(f"{finding}/agreement")


def test_the_question_is_kept_as_evidence_with_a_link_back(lead: Visitor, scene: Scene) -> None:
    page = lead.page(write(lead, scene))
    link = page.select_one(f"a[href='{scene.comparison}/form_worry']")
    assert link is not None
    assert "Referral R-7F3K" in link.get_text()


def test_the_themes_of_the_question_are_ticked_to_begin_with(lead: Visitor, scene: Scene) -> None:
    form = find_form(lead.page(from_question(scene)), "/findings")
    question = scene.audit.question_set.question["form_worry"]
    assert form_values(form)["themes"] == "REC"
    assert question.themes == ("REC",)


def test_a_finding_without_evidence_cannot_be_agreed(lead: Visitor, scene: Scene) -> None:
    answer = lead.submit(f"{scene.at}/findings/new", GIVEN)
    finding = answer.headers["location"]
    assert lead.get(f"{finding}/agreement").status_code == 409
    assert lead.post(f"{finding}/agreement", {"version": "1"}).status_code == 409


def test_more_evidence_is_added_from_another_question_and_taken_away(
    lead: Visitor, scene: Scene, session: Session
) -> None:
    finding = write(lead, scene)
    answer = lead.submit(from_question(scene, "sent_on"), form="/evidence")
    assert answer.headers["location"] == finding
    assert len(session.exec(select(FindingEvidence)).all()) == 2
    answer = lead.submit(finding, form="/evidence/withdrawal")
    assert answer.status_code == 303
    assert len(session.exec(select(FindingEvidence)).all()) == 1


def test_the_same_evidence_twice_is_evidence_once(
    lead: Visitor, scene: Scene, session: Session
) -> None:
    finding = write(lead, scene)
    given = {"subject": scene.subject.ref, "question": "form_worry"}
    assert lead.post(f"{finding}/evidence", given).status_code == 303
    assert len(session.exec(select(FindingEvidence)).all()) == 1


def test_a_finding_is_written_from_a_result_and_rests_on_it(
    lead: Visitor, scene: Scene, session: Session
) -> None:
    results = f"{scene.at}/results"
    from_result = f"strand={scene.audit.strand.ref}&question=form_worry"
    answer = lead.submit(f"{scene.at}/findings/new?{from_result}", GIVEN)
    assert answer.status_code == 303
    finding = answer.headers["location"]
    page = lead.page(finding)
    link = page.select_one(f"a[href^='{results}/form_worry']")
    assert link is not None
    assert "Result of the round" in link.get_text()
    assert lead.get(str(link["href"])).status_code == 200
    assert "Rests on 1 question." in words(lead.page(f"{scene.at}/findings"))
    lead.submit(f"{scene.at}/findings/new?{from_result}", form="/evidence")
    assert len(session.exec(select(FindingResult)).all()) == 1
    assert agree(lead, finding).status_code == 303


def test_a_result_is_taken_away_again_and_then_nothing_is_left_to_agree_on(
    lead: Visitor, scene: Scene, session: Session
) -> None:
    from_result = f"strand={scene.audit.strand.ref}&question=form_worry"
    answer = lead.submit(f"{scene.at}/findings/new?{from_result}", GIVEN)
    finding = answer.headers["location"]
    assert lead.submit(finding, form="/evidence/withdrawal").status_code == 303
    assert session.exec(select(FindingResult)).all() == []
    assert lead.get(f"{finding}/agreement").status_code == 409


def test_a_result_of_another_round_is_not_found(
    lead: Visitor, scene: Scene, world: World, database: Database
) -> None:
    with database.writing() as opened:
        other = stage_scene(opened, world)
    for pointed in (
        {"strand": other.audit.strand.ref, "question": "form_worry"},
        {"strand": scene.audit.strand.ref, "question": "nothing"},
        {"strand": scene.audit.strand.ref, "subject": scene.subject.ref, "question": "form_worry"},
    ):
        assert lead.post(f"{scene.at}/findings", {**GIVEN, **pointed}).status_code == 404


def test_a_draft_that_counts_cases_says_so_and_may_be_agreed_all_the_same(
    lead: Visitor, scene: Scene, browse: Browser, world: World
) -> None:
    finding = write(lead, scene, words="Three children waited.")
    assert "This looks like a count of cases: “Three children”." in words(lead.page(finding))
    assert "count of cases" not in words(browse.as_(world.scrutineer).page(finding))
    assert agree(lead, finding).status_code == 303
    assert "count of cases" not in words(lead.page(finding))


def test_an_agreed_finding_is_frozen(
    lead: Visitor, scene: Scene, world: World, session: Session
) -> None:
    finding = write(lead, scene, subgroups=world.subgroup.ref)
    page = lead.page(f"{finding}/agreement")
    assert "can no longer be changed" in words(page)
    assert agree(lead, finding).status_code == 303
    given = {**GIVEN, "title": "Rewritten", "version": "2"}
    pointed = {"subject": scene.subject.ref, "question": "sent_on"}
    assert lead.get(f"{finding}/wording").status_code == 409
    assert lead.post(f"{finding}/wording", given).status_code == 409
    assert lead.post(f"{finding}/evidence", pointed).status_code == 409
    assert lead.post(f"{finding}/evidence/withdrawal", pointed).status_code == 409
    assert lead.post(f"{finding}/agreement", {"version": "2"}).status_code == 409
    (kept,) = session.exec(select(Finding)).all()
    assert (kept.title, kept.state) == (GIVEN["title"], "agreed")


def test_a_draft_can_be_written_again(
    lead: Visitor, scene: Scene, world: World, session: Session
) -> None:
    finding = write(lead, scene, themes=["REC", "THR"], subgroups=world.subgroup.ref)
    answer = lead.submit(
        f"{finding}/wording", {"title": "A plainer title", "themes": "VC", "subgroups": []}
    )
    assert answer.status_code == 303
    session.expire_all()
    (kept,) = session.exec(select(Finding)).all()
    assert (kept.title, kept.themes, kept.version) == ("A plainer title", ["VC"], 2)
    assert session.exec(select(FindingSubgroup)).all() == []


@pytest.mark.parametrize("changed", ["kind", "themes", "subgroups"])
def test_a_form_sent_again_with_anything_changed_is_another_finding(
    lead: Visitor, scene: Scene, world: World, changed: str
) -> None:
    other = {"kind": "strength", "themes": "VC", "subgroups": world.subgroup.ref}
    first = write(lead, scene)
    assert write(lead, scene) == first
    second = write(lead, scene, **{changed: other[changed]})
    assert second != first
    assert write(lead, scene, **{changed: other[changed]}) == second


def test_a_change_made_on_an_older_page_is_refused(lead: Visitor, scene: Scene) -> None:
    finding = write(lead, scene)
    given = {**GIVEN, "version": "1"}
    assert lead.post(f"{finding}/wording", given).status_code == 303
    assert lead.post(f"{finding}/wording", given).status_code == 409
    assert lead.post(f"{finding}/agreement", {"version": "1"}).status_code == 409


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("words", ""),
        ("words", "x" * 5001),
        ("kind", "rumour"),
        ("themes", "NO_SUCH"),
        ("subgroups", "NOSUCHREF2"),
        ("state", "agreed"),
        ("written_by", "1"),
        ("round_id", "1"),
    ],
)
def test_what_cannot_be_accepted_is_said_and_nothing_is_kept(
    lead: Visitor, scene: Scene, database: Database, session: Session, field: str, value: str
) -> None:
    with nothing_written(database):
        answer = lead.post(f"{scene.at}/findings", {**GIVEN, field: value})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert session.exec(select(Finding)).all() == []


def test_a_subgroup_of_another_round_is_no_choice(
    lead: Visitor, scene: Scene, world: World, database: Database
) -> None:
    with database.writing() as opened:
        other = subgroup(opened, world.partnership, "Learning subgroup")
    answer = lead.post(f"{scene.at}/findings", {**GIVEN, "subgroups": other.ref})
    assert answer.status_code == 422


def test_evidence_of_another_round_is_not_found(
    lead: Visitor, scene: Scene, world: World, database: Database
) -> None:
    with database.writing() as opened:
        other = stage_scene(opened, world)
    given = {**GIVEN, "subject": other.subject.ref, "question": "form_worry"}
    assert lead.post(f"{scene.at}/findings", given).status_code == 404


def test_findings_are_listed_by_kind_and_theme(lead: Visitor, scene: Scene) -> None:
    write(lead, scene)
    write(lead, scene, kind="strength", title="Calls are quick", themes="INF")
    page = words(lead.page(f"{scene.at}/findings"))
    assert page.index("Strengths") < page.index("Areas for development")
    only = words(lead.page(f"{scene.at}/findings?kind=strength"))
    assert "Calls are quick" in only
    assert GIVEN["title"] not in only
    themed = words(lead.page(f"{scene.at}/findings?theme=REC"))
    assert GIVEN["title"] in themed
    assert "Calls are quick" not in themed
    assert "No finding is of this kind" in words(lead.page(f"{scene.at}/findings?theme=COL"))


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.FINDINGS_AGREED, Stage.REPORTED])
def test_findings_are_written_in_moderation_only(
    lead: Visitor, scene: Scene, database: Database, stage: Stage
) -> None:
    finding = write(lead, scene)
    move_to(database, scene, stage)
    assert lead.get(f"{scene.at}/findings/new").status_code == 409
    assert lead.post(f"{scene.at}/findings", GIVEN).status_code == 409
    assert lead.post(f"{finding}/agreement", {"version": "1"}).status_code == 409
    assert lead.get(finding).status_code == 200


@pytest.mark.parametrize("name", ["coordinator", "scrutineer"])
def test_coordinator_and_scrutineer_read_and_do_not_write(
    browse: Browser, world: World, lead: Visitor, scene: Scene, name: str
) -> None:
    finding = write(lead, scene)
    visitor = browse.as_(world.people[name])
    page = visitor.page(finding)
    assert GIVEN["title"] in words(page)
    assert page.select("main form") == []
    assert visitor.get(f"{scene.at}/findings/new").status_code == 403
    assert visitor.post(f"{scene.at}/findings", GIVEN).status_code == 403
    assert visitor.post(f"{finding}/agreement", {"version": "1"}).status_code == 403


@pytest.mark.parametrize(
    "name", ["panel_police", "police_lead", "officer", "subgroup_member", "owner", "administrator"]
)
def test_nobody_else_reads_findings(
    browse: Browser, world: World, lead: Visitor, scene: Scene, name: str
) -> None:
    finding = write(lead, scene)
    visitor = browse.as_(world.people[name])
    for address in (f"{scene.at}/findings", finding):
        assert visitor.get(address).status_code == 403


def test_what_was_typed_is_never_markup(lead: Visitor, scene: Scene) -> None:
    payload = "<script>alert('x')</script>&\""
    finding = write(lead, scene, title=payload, words=payload)
    for address in (finding, f"{scene.at}/findings", f"{finding}/agreement", f"{finding}/wording"):
        assert "<script>alert" not in lead.get(address).text


def test_the_trail_holds_no_words_of_a_finding(
    lead: Visitor, scene: Scene, session: Session
) -> None:
    agree(lead, write(lead, scene))
    events = session.exec(select(Event).where(Event.kind.startswith("finding."))).all()  # type: ignore[attr-defined]
    assert [e.kind for e in events] == ["finding.written", "finding.agreed"]
    assert all("worry" not in e.details for e in events)
    assert json.loads(events[1].details)["evidence"] == "1"
