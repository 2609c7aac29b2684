"""The whole path of a sample through the pages: list, columns, frame, draw, subjects."""

import re

import pytest
from sqlmodel import SQLModel, select

from app.config import ROOT
from app.rounds.models import Round
from app.rounds.rules import Stage
from app.samples.of_round import missing_before
from app.samples.queries import statement_for
from app.tools import read_tools
from tests.audit import open_audit, subject
from tests.browsing import words
from tests.factories import ident
from tests.samples.files import CANARIES
from tests.samples.sampling import NOTHING, Sampling


def test_a_sample_is_made_from_a_workbook_to_its_subjects(sampling: Sampling) -> None:
    page = sampling.coordinator.page(sampling.at)
    assert "No list has been read yet" in words(page)

    answer = sampling.upload()
    columns = sampling.coordinator.follow(answer)
    assert "120 referrals were read" in words(columns)
    assert "It is headed as names" in words(columns)

    preview = sampling.coordinator.submit(answer.headers["location"], form="/list/")
    assert "Import 120 referrals" in preview.text
    assert sampling.counts() == {**NOTHING, "uploaded_list": 1}
    sampling.confirm(preview, "/frame")
    assert sampling.counts() == {**NOTHING, "frame": 1, "frame_row": 120}

    preview = sampling.preview()
    assert "18 referrals will be drawn from 120" in preview.text
    assert sampling.counts() == {**NOTHING, "frame": 1, "frame_row": 120}
    sampling.confirm(preview, "/draw")

    page = sampling.coordinator.page(sampling.at)
    assert "The sample has been drawn" in words(page)
    assert "4 6 1 1 3 5 (typed in before the draw)" in words(page)
    rows = page.select("#subjects tbody tr")
    assert sum("Chosen" in row.get_text() for row in rows) == 18
    assert sum("In reserve" in row.get_text() for row in rows) == 16
    assert "It is the same" in words(sampling.coordinator.page(f"{sampling.at}/check"))


@pytest.mark.parametrize("moment", ["waiting", "imported", "drawn"])
def test_nothing_that_identifies_a_child_is_in_any_table(sampling: Sampling, moment: str) -> None:
    name = f"{CANARIES[0]} {CANARIES[1]}.xlsx"
    address = sampling.list_at(name=name)
    if moment != "waiting":
        sampling.confirm(sampling.coordinator.submit(address, form="/list/"), "/frame")
    if moment == "drawn":
        sampling.confirm(sampling.preview(), "/draw")
    stored = _everything_stored(sampling)
    assert len(stored) > 1000
    for canary in (*CANARIES, *CANARIES[0].split(), CANARIES[2].replace(" ", "")):
        assert canary.casefold() not in stored.casefold(), canary


def _everything_stored(sampling: Sampling) -> str:
    with sampling.database.reading() as session:
        connection = session.connection()
        return "\n".join(
            " ".join(map(str, row))
            for table in SQLModel.metadata.sorted_tables
            for row in connection.execute(select(table))
        )


def test_labels_say_nothing_and_are_all_different(sampling: Sampling) -> None:
    sampling.drawn()
    labels = [subject.label for subject in sampling.subjects()]
    assert len(set(labels)) == len(labels) == 34
    for label in labels:
        assert re.fullmatch("R-[2-9B-DF-HJ-NP-TV-Z]{4}", label)


def test_each_subject_carries_its_chance_and_its_ticket(sampling: Sampling) -> None:
    sampling.drawn()
    again = [s for s in sampling.subjects() if s.stratum == "section_17" and s.re_referred]
    assert {(s.probability_of, s.probability_in) for s in again} == {(1, 10)}
    tickets = [str(s.ticket) for s in again]
    assert tickets == sorted(tickets)
    page = sampling.coordinator.page(sampling.at)
    assert "1 of 10" in words(page)


def test_a_round_cannot_open_without_subjects(sampling: Sampling) -> None:
    assert _missing(sampling, Stage.OPEN) == ["No subjects have been drawn or typed in."]
    assert _missing(sampling, Stage.SAMPLING) == []
    sampling.imported()
    assert _missing(sampling, Stage.OPEN)
    sampling.confirm(sampling.preview(), "/draw")
    assert _missing(sampling, Stage.OPEN) == []


def test_a_round_does_not_open_while_a_list_waits(sampling: Sampling) -> None:
    sampling.list_at()
    assert "still waits for its columns" in _missing(sampling, Stage.OPEN)[1]


def _missing(sampling: Sampling, to: Stage) -> list[str]:
    with sampling.database.reading() as session:
        return missing_before(session, session.get_one(Round, sampling.audit.round.id), to)


def test_a_pack_can_state_the_sample_with_and_without_counts(sampling: Sampling) -> None:
    with sampling.database.reading() as session:
        assert statement_for(session, ident(sampling.audit.strand), counts=True) is None
    sampling.drawn()
    with sampling.database.reading() as session:
        told = statement_for(session, ident(sampling.audit.strand), counts=True)
        without = statement_for(session, ident(sampling.audit.strand), counts=False)
    assert told
    assert without
    assert "received from 2 March 2026 to 29 June 2026, 120 referrals" in told
    assert "120" not in without.split("Method")[0]
    assert "18" not in without.split("Method")[0]


def test_before_sampling_the_page_says_when_a_sample_is_made(sampling: Sampling) -> None:
    sampling.stage(Stage.APPROVED)
    page = sampling.coordinator.page(sampling.at)
    assert "The round is at “Approved”" in words(page)
    assert not page.select("#steps, main form")
    assert sampling.coordinator.get(f"{sampling.at}/list").status_code == 409
    assert sampling.upload().status_code == 409
    assert sampling.counts() == NOTHING


def test_cases_are_typed_in_and_no_list_is_asked_for(sampling: Sampling) -> None:
    with sampling.database.writing() as session:
        thematic = read_tools(ROOT / "audit_tools")["csa-thematic", 2]
        cases = open_audit(session, sampling.world, Stage.SAMPLING, thematic)
        at = sampling.at_of(cases)
    told = words(sampling.coordinator.page(at))
    assert "No case has been typed in yet." in told
    assert "Type the cases in To do" in told
    assert "Read a list" not in told
    assert "Draw the sample" not in told
    with sampling.database.writing() as session:
        subject(session, cases, "C-7F3K")
    told = words(sampling.coordinator.page(at))
    assert "1 case typed in." in told
    assert "Type the cases in Done" in told
