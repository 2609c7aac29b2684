"""From a difference to the document that a subgroup holds."""

import io

from docx import Document

from app.db import Database
from app.rounds.models import Round
from app.rounds.rules import Stage
from tests.browsing import Browser, words
from tests.comparisons.scene import stage_scene
from tests.world import World


def test_a_difference_becomes_a_finding_an_action_and_a_pack(
    browse: Browser, world: World, database: Database
) -> None:
    with database.writing() as session:
        scene = stage_scene(session, world)
    lead = browse.as_(world.lead)

    meeting = lead.page(f"{scene.comparison}/form_worry")
    written_from = meeting.find("a", string="Write a finding from this")
    assert written_from is not None
    written = lead.submit(
        str(written_from["href"]),
        {
            "kind": "area_for_development",
            "title": "The worry is not always plain",
            "words": "Forms say what happened, and not what it means for the child.",
            "subgroups": world.subgroup.ref,
        },
        form="/findings",
    )
    finding = written.headers["location"]
    assert "form_worry" in str(lead.follow(written))
    agreed = lead.submit(f"{finding}/agreement")
    assert "no longer be changed" not in words(lead.follow(agreed))
    planned = lead.submit(
        f"{finding}/actions/new",
        {
            "what": "Teach the front door to ask for the worry in the first line",
            "how_we_will_know": "Dip sample in March",
            "agency": world.police.ref,
            "owner": world.officer.ref,
            "due.day": "1",
            "due.month": "3",
            "due.year": "2027",
        },
    )
    assert "due in" in words(lead.follow(planned))

    with database.writing() as session:
        session.get_one(Round, scene.audit.round.id).stage = Stage.REPORTED
    member = browse.as_(world.subgroup_member)
    address = str(member.page("/wexcombe/packs").select("main td, main th a")[0]["href"])
    assert "The worry is not always plain" in words(member.page(address))
    taken = member.submit(address)
    document = Document(io.BytesIO(taken.content))
    text = "\n".join(p.text for p in document.paragraphs)
    assert "The worry is not always plain" in text
    cells = [cell.text for table in document.tables for cell in table.column_cells(2)]
    assert "Wexcombe Police: Police officer" in cells
