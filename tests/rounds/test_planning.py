"""The plan of a round as a list of parts, and what is agreed to before it begins."""

import json

from sqlmodel import Session, select

from app.access import Role
from app.db import now
from app.identity.models import Person
from app.library.models import ToolVersion
from app.rounds.judgement import JudgementRule, rule_in_words
from app.rounds.models import Round, RoundAgency, Strand
from app.rounds.retention import Kept
from app.rounds.rules import Stage
from tests import factories as make
from tests.audit import assign, open_audit, subject
from tests.browsing import Browser, Visitor, words
from tests.rounds.plans import NEW, at, begin, happened, plan, rounds_of, stored
from tests.world import World

SENT = {
    "/strands": {"version": "1", "question_sets": "referral-form"},
    "/tool-version": {"version": "1", "tool": "mash.1"},
}
NOTHING_SAID: dict[str, object] = {"judgement_rule": "", "judgement_words": "", "retention": {}}


def states(visitor: Visitor, address: str) -> dict[str, str]:
    """Each part of the plan with how far it is, as the list shows it."""
    page = visitor.page(f"{address}/planning")
    return {
        item.select_one(".govuk-task-list__name-and-hint > :first-child").get_text(): " ".join(  # type: ignore[union-attr]
            item.select_one(".govuk-task-list__status").get_text(" ", strip=True).split()  # type: ignore[union-attr]
        )
        for item in page.select(".govuk-task-list__item")
    }


def one(browse: Browser) -> Round:
    (found,) = rounds_of(browse.database)
    return found


def test_a_new_round_leads_to_what_is_still_to_do(world: World, browse: Browser) -> None:
    coordinator = browse.as_(world.coordinator)

    page = coordinator.follow(coordinator.submit(NEW, plan()))

    assert "4 of 8 needed parts are done" in words(page)
    assert states(coordinator, begin(coordinator)) == {
        "Purpose and key lines of enquiry": "Done",
        "Tool version": "Done",
        "Strands": "Done",
        "Priorities": "Optional",
        "Agencies": "Not started",
        "Lead contacts": "Choose agencies first",
        "Lead and panel": "Choose agencies first",
        "Subgroups": "Optional",
        "Dates": "Done",
        "Judgement rule": "Not started",
        "Retention": "Not started",
        "Data-protection notes": "Optional",
    }


def test_every_part_saved_is_done_and_the_round_may_be_approved(
    session: Session, world: World, browse: Browser
) -> None:
    coordinator = browse.as_(world.coordinator)
    made = begin(coordinator)
    agencies = {"agencies": [world.police.ref, world.health.ref]}
    for part, typed in (
        ("agencies", agencies),
        ("people", {"lead": world.lead.ref, "panel": [world.panel_police.ref]}),
        ("contacts", {"contacts": [world.health_lead.ref, world.police_lead.ref]}),
        ("subgroups", {"subgroups": [world.subgroup.ref]}),
        ("judgement-rule", {"rule": "lead"}),
        ("priorities", {"priorities": ["VC"]}),
        ("retention", {}),
        ("data-protection", {"dpia": "DPIA 2026/14"}),
    ):
        answer = coordinator.submit(f"{made}/{part}", typed)
        assert answer.headers["location"] == f"{made}/planning", part

    assert set(states(coordinator, made).values()) == {"Done"}
    assert "Before it can move on" not in words(coordinator.page(f"{made}/planning"))


def test_a_round_is_not_approved_before_rule_and_retention_are_chosen(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world, Stage.DRAFT)
    for name, value in NOTHING_SAID.items():
        setattr(audit.round, name, value)
    session.commit()

    page = words(browse.as_(world.coordinator).page(f"{at(audit)}/stage"))

    assert "How judgements are made is not chosen." in page
    assert "How long things are kept is not chosen." in page


def test_what_was_typed_of_a_rule_stays_when_it_is_refused(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.DRAFT)

    answer = browse.as_(world.coordinator).submit(
        f"{at(audit)}/judgement-rule", {"rule": "nonsense", "words": "The chair decides."}
    )

    assert answer.status_code == 422
    assert "The chair decides." in answer.text


def test_the_rule_is_read_by_everybody_who_reads_the_plan(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.OPEN)
    typed = {"rule": "own", "words": "The independent chair decides."}

    browse.as_(world.coordinator).submit(f"{at(audit)}/judgement-rule", typed)

    assert "The independent chair decides." in words(browse.as_(world.nurse).page(at(audit)))
    (event,) = happened(browse.database, "round.changed")
    assert json.loads(event.details) == {"changed": ["judgement_rule", "judgement_words"]}


def test_a_rule_with_something_to_add_says_both() -> None:
    assert rule_in_words(JudgementRule.PANEL, "In person.").endswith("recorded.\n\nIn person.")


def test_retention_is_stored_in_months_and_told_in_words(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.CLOSED)

    browse.as_(world.coordinator).submit(f"{at(audit)}/retention", {"answers": "18", "lists": "0"})

    assert one(browse).retention == {
        "lists": 0,
        "local_records": 1,
        "answers": 18,
        "agreed_answers": 24,
        "trail": 84,
    }
    page = words(browse.as_(world.scrutineer).page(at(audit)))
    assert "Answers and reasons: 18 months" in page
    assert "Imported lists: as soon as it is closed" in page
    assert set(one(browse).retention) == {kind.value for kind in Kept}


def test_the_contact_of_an_agency_is_one_of_its_own_agency_leads(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)
    agencies = sorted(
        (world.social_care, world.police, world.health, world.school), key=lambda a: a.name
    )
    of_others = ["" if a is not world.police else world.health_lead.ref for a in agencies]
    own = ["" if a is not world.police else world.police_lead.ref for a in agencies]

    refused = coordinator.submit(f"{at(audit)}/contacts", {"contacts": of_others})
    taken = coordinator.submit(f"{at(audit)}/contacts", {"contacts": own})

    assert (refused.status_code, taken.status_code) == (422, 303)
    assert f"{world.police_lead.name}, {world.police.name}" in words(coordinator.page(at(audit)))
    with browse.database.reading() as reading:
        chosen = reading.exec(select(RoundAgency.agency_id, RoundAgency.contact_id)).all()
    assert {who for _, who in chosen} == {None, world.police_lead.id}


def test_a_contact_who_has_left_is_not_named(
    session: Session, world: World, browse: Browser
) -> None:
    audit = open_audit(session, world)
    for row in session.exec(select(RoundAgency)):
        row.contact_id = world.police_lead.id if row.agency_id == world.police.id else None
    session.get_one(Person, world.police_lead.id).left_at = now(session)
    session.commit()

    assert world.police_lead.name not in words(browse.as_(world.coordinator).page(at(audit)))


def test_returns_name_the_contact_first(session: Session, world: World, browse: Browser) -> None:
    audit = open_audit(session, world)
    second = make.person(session, world.partnership, Role.AGENCY_LEAD, world.police, "Zora Last")
    for row in session.exec(select(RoundAgency)):
        row.contact_id = second.id if row.agency_id == world.police.id else None
    assign(session, subject(session, audit), world.police, world.officer)
    session.commit()

    page = words(browse.as_(world.coordinator).page(f"{at(audit)}/returns"))

    assert page.index("Zora Last") < page.index(world.police_lead.name)
    assert "Zora Last (lead contact)" in page


def test_strands_are_chosen_among_the_question_sets_until_sampling(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.SAMPLING)

    coordinator = browse.as_(world.coordinator)

    for part in ("/strands", "/tool-version"):
        assert coordinator.get(f"{at(audit)}{part}").status_code == 409
        assert coordinator.post(f"{at(audit)}{part}", SENT[part]).status_code == 409


def test_a_round_is_put_on_another_version_of_its_tool(world: World, browse: Browser) -> None:
    coordinator = browse.as_(world.coordinator)
    typed = plan(question_sets="case-file")
    answer = coordinator.submit("/wexcombe/rounds/new?tool=csa-thematic.1", typed)
    made = answer.headers["location"].removesuffix("/planning")
    coordinator.submit(f"{made}/priorities", {"priorities": ["VC"]})

    page = coordinator.follow(
        coordinator.submit(f"{made}/tool-version", {"tool": "csa-thematic.2"})
    )

    assert "version 2" in words(page)
    with browse.database.reading() as reading:
        pinned = reading.get_one(ToolVersion, one(browse).tool_version_id)
        assert pinned.version == 2
        assert [s.question_set for s in reading.exec(select(Strand))] == ["case-file"]
    assert one(browse).priorities == ["VC"]


def test_the_tool_is_previewed_as_each_agency_of_the_round_meets_it(
    session: Session, world: World, browse: Browser
) -> None:
    audit = stored(session, world, Stage.DRAFT)
    coordinator = browse.as_(world.coordinator)
    page = coordinator.page(f"{at(audit)}/tool-version")
    links = [str(a["href"]) for a in page.select('main a[href*="preview"]')]

    assert len(links) == 4
    assert all(coordinator.get(link).status_code == 200 for link in links)
