"""Which columns are dropped and which are kept, and that nothing dropped is ever repeated."""

import json

import pytest

from app.samples.headings import Headed, RawColumn
from app.samples.identifiers import kinds_in
from app.samples.lists import Column, ListProblem
from app.samples.verdicts import judged
from tests.samples.spreadsheets import csv, read, workbook

# Numbers of the 999 range, which are never given to anybody; the others are invented.
NHS = "999 000 0018"
UPN = "V909200000000"


def verdict(*cells: str, heading: str = "Column", beside: tuple[str, ...] = ()) -> Column:
    """Judge one column that stands beside one of references, and perhaps one of dates."""
    rows = max(len(cells), len(beside))
    references = tuple(f"HM-{number:06d}" for number in range(rows))
    columns = [RawColumn("A", heading, cells), RawColumn("B", "Ref", references)]
    if beside:
        columns.append(RawColumn("C", "Received", beside))
    return judged(Headed(tuple(columns), tuple(range(2, rows + 2)), ())).columns[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (NHS, "NHS numbers"),
        ("9990000018", "NHS numbers"),
        ("see 999-000-0018", "NHS numbers"),
        ("NHS9990000018", "NHS numbers"),
        ("\uff19\uff19\uff19 000 00\u200b18", "NHS numbers"),
        (UPN, "unique pupil numbers"),
        (UPN.lower(), "unique pupil numbers"),
        ("SO99 9ZZ", "postcodes"),
        ("so999zz", "postcodes"),
        ("12 Invented Lane, SO99 9ZZ", "postcodes"),
        ("12 Invented Lane", "addresses"),
        ("Flat 3, 7a Made Up Road, Ryde", "addresses"),
        ("parent@family.example", "e-mail addresses"),
        ("07700 900123", "phone numbers"),
        ("+44 7700 900 123", "phone numbers"),
        ("01632 960001", "phone numbers"),
        ("(01632) 960 001", "phone numbers"),
        ("AB123456C", "National Insurance numbers"),
        ("ab 12 34 56 c", "National Insurance numbers"),
        ("DOB: 3/4/2014", "dates of birth"),
        ("born 2014", "dates of birth"),
    ],
)
def test_one_structured_identifier_in_one_cell_drops_the_column(text: str, kind: str) -> None:
    assert kind in kinds_in(text)
    cells = ("No further action",) * 30 + (text,)
    column = verdict(*cells)
    assert not column.kept
    assert column.cells == ()
    assert column.reason.startswith("holds ")
    assert text not in column.reason


@pytest.mark.parametrize(
    "text",
    [
        "HM-000123",
        "MASH/2025/0417",
        "9990000019",  # ten digits whose check digit is another
        "R9990000018",  # a letter straight before: somebody's own reference
        "2025-08-14",
        "14/08/2025 09:30",
        "No further action",
        "Section 47",
        "S17 2nd visit",
        "S47 1st strategy meeting",
        "C&F assessment s17",
        "E05002345",
        "SW1",
        "PO30",
        "R10 4AB",
        "Ryde North East",
        "0-5 years",
        "1,234.50",
        "20250814123456",
    ],
)
def test_references_outcomes_dates_and_areas_are_no_identifiers(text: str) -> None:
    assert kinds_in(text) == ()


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Child's name", "names"),
        ("SURNAME", "names"),
        ("Forename(s)", "names"),
        ("Name of child", "names"),
        ("Mother", "names"),
        ("Social Worker", "names"),
        ("DOB", "dates of birth"),
        ("DateOfBirth", "dates of birth"),
        ("D.O.B.", "dates of birth"),
        ("Year of birth", "dates of birth"),
        ("NHS No.", "NHS numbers"),
        ("UPN", "unique pupil numbers"),
        ("Post Code", "postcodes"),
        ("Home_Address", "addresses"),
        ("Mobile", "phone numbers"),
        ("E-mail", "e-mail addresses"),
        ("NI number", "National Insurance numbers"),
    ],
)
def test_a_heading_alone_drops_its_column(heading: str, kind: str) -> None:
    column = verdict("x1", "x2", heading=heading)
    assert not column.kept
    assert column.reason == f"is headed as {kind}"
    assert column.heading == heading


@pytest.mark.parametrize(
    "heading",
    ["Ref", "Outcome", "Agency name", "Name of referring agency", "School name", "EDD", "NHS Trust",
     "Date of referral", "Ward", "Age", "Referrer", "Re-referred?", "Number of children"],
)  # fmt: skip
def test_other_headings_say_nothing_against_their_columns(heading: str) -> None:
    assert verdict("x1", "x2", heading=heading).kept


@pytest.mark.parametrize(
    "cells",
    [
        ("Tansy Marlowe", "Bryn Okonjo-Bell", "Isolde Fenwick"),
        ("MARLOWE, Tansy", "OKONJO-BELL, Bryn", "NFA"),
        ("maya marlowe", "NFA", "EH"),
        ("Grace", "Oliver", "Amina", "Tansy"),
        ("Marlowe", "Fenwick", "Okonjo", "Ashdown"),
        ("closed by Maya Marlowe", "NFA", "EH"),
        ("Mrs Fenwick, Larkhill Primary School", "Police", "Police"),
        ("Maya Marlowe (HM-1)", "NFA", "EH"),
        ("tansy marlowe", "bryn okonjo", "isolde fenwick"),
        ("marlowe", "fenwick", "okonjo"),
        ("Tansy (5)", "Bryn (11)", "Isolde (2)"),
        ("Tansy Marlowe 22/3/2017", "Bryn Okonjo 4/11/2012", "Isolde Fenwick 1/2/2020"),
        ("Marlowe 112", "Okonjo 340", "Fenwick 871"),
        ("Marlowe/Tansy", "Okonjo/Bryn", "Fenwick/Isolde"),
        ("tansy.marlowe", "bryn_okonjo", "isolde.fenwick"),
        ("Tansy, Bryn and Isolde", "Merrin and Piran", "Senara, Jory"),
        ("Tansy Isolde Bryn Marlowe Fenwick", "Merrin Jory Piran Okonjo Ashdown"),
        ("\u9ec4\u5c0f\u660e", "\u6797\u4e2d"),
        ("\u05de\u05d9\u05d4 \u05db\u05d4\u05df", "\u05e0\u05d5\u05e2\u05d4 \u05dc\u05d5\u05d9"),
    ],
)
def test_what_looks_like_names_is_dropped_whatever_its_heading(cells: tuple[str, ...]) -> None:
    column = verdict(*cells)
    assert column.reason == "holds what look like people's names"


@pytest.mark.parametrize(
    "cells",
    [
        ("Larkhill Primary School", "Thomas Ashdown Academy", "St Mary's Nursery", "Police"),
        ("Wightshire NHS Trust", "Dr Fenwick's Surgery", "Grace Court Surgery", "Health visitor"),
        ("No further action", "Early Help", "Section 47", "Child In Need", "Strategy Discussion"),
        ("Ryde North East", "Newport West") * 20,
        ("White British", "Asian British", "Not known"),
        ("Female", "Male"),
        ("HM-000123", "HM-000124"),
        ("CASE 000123", "CASE 000124", "CASE 000125"),
        ("Newport-0001", "Newport-0002", "Newport-0003"),
        ("R-7F3K", "R-2QXM", "R-9BWD"),
        ("nfa", "early help", "s17", "s47", "nfa - advice and guidance"),
        ("neglect", "physical harm", "neglect", "neglect", "physical harm", "neglect"),
        ("Yes", "No", "Yes"),
        ("4000012345", "4000012346", "4000012348"),
    ],
)
def test_agencies_outcomes_and_areas_are_kept(cells: tuple[str, ...]) -> None:
    assert verdict(*cells).kept


RECEIVED = tuple(f"{day:02d}/08/2025" for day in range(1, 13))


@pytest.mark.parametrize(
    "cells",
    [
        tuple(f"{day:02d}/03/{2009 + day}" for day in range(1, 13)),
        tuple(f"{2009 + day}-03-01" for day in range(1, 13)),
        tuple(f"{day:02d} March {2009 + day}" for day in range(1, 13)),
        tuple(f"{2009 + day}03{day:02d}" for day in range(1, 13)),
        tuple(str(39_900 + 365 * day) for day in range(12)),
        tuple(f"03/{day + 12}/{2009 + day}" for day in range(1, 13)),
    ],
    ids=["British", "ISO", "in words", "compact", "numbers of days", "American"],
)
def test_dates_of_birth_are_known_by_where_they_lie(cells: tuple[str, ...]) -> None:
    said = "holds dates that look like dates of birth"
    assert verdict(*cells, beside=RECEIVED).reason == said
    assert verdict(*cells).reason == said


def test_dates_of_referrals_and_due_dates_are_kept() -> None:
    earlier = tuple(f"{day:02d}/03/2025" for day in range(1, 13))
    due = tuple(f"{day:02d}/03/2026" for day in range(1, 13))
    assert verdict(*earlier, beside=RECEIVED).kept
    assert verdict(*due, heading="EDD", beside=RECEIVED).kept


def test_a_year_mistyped_in_one_column_makes_no_other_column_look_old() -> None:
    """The row with the slip is named later; the dates beside it are not taken for birthdays."""
    slip = (*(f"{day:02d}/05/2025" for day in range(1, 12)), "03/05/2062")
    received = tuple(f"{day:02d}/08/2025" for day in range(1, 13))
    assert verdict(*received, heading="Date received", beside=slip).kept


def test_earlier_referrals_may_go_back_years() -> None:
    years = ("01/02/2019", "01/02/2021", *("01/05/2025",) * 6, "01/02/2020", "03/03/2018")
    assert verdict(*years, heading="Previous referral", beside=RECEIVED).kept


def test_mobile_numbers_that_lost_their_zero_are_dropped() -> None:
    cells = tuple(f"77009001{number:02d}" for number in range(10, 20))
    assert "mobile numbers without their first 0" in verdict(*cells).reason


def test_prose_is_dropped_and_a_short_list_of_phrases_is_not() -> None:
    prose = tuple(
        f"Visit {n} found the home much as it was described before then" for n in range(9)
    )
    assert verdict(*prose).reason == "holds free text, which could hold names"
    phrases = ("Domestic abuse between adults in the home, child present",) * 9
    assert verdict(*phrases).kept
    assert not verdict("NFA", "word " * 20).kept
    assert verdict("x", heading="Comments").reason == (
        "is headed as free text, which could hold names"
    )


def test_a_heading_that_is_somebodys_details_is_hidden() -> None:
    for heading in ("Maya Marlowe", NHS, "12 Invented Lane"):
        column = verdict("x1", "x2", heading=heading)
        assert column.heading == "(heading hidden)"
        assert not column.kept
        assert "check that the first row" in column.reason


def test_when_nothing_is_left_the_coordinator_is_told_what_list_to_make() -> None:
    columns = (
        RawColumn("A", "Name", ("Tansy", "Bryn")),
        RawColumn("B", "NHS number", ("1", "2")),
    )
    with pytest.raises(ListProblem) as refused:
        judged(Headed(columns, (2, 3), ()))
    said = " ".join(refused.value.sentences)
    assert "Column A is headed as names." in said
    assert "a reference of your own for each referral (such as HM-000123)" in said


CANARIES = (
    "Tansy Marlowe", "MARLOWE, Bryn", "03/04/2014", "2013-05-06", "9990000018", UPN, "SO99 9ZZ",
    "12 Invented Lane", "07700 900123", "tansy@family.example", "AB123456C",
    "She said that her uncle had come back to the house on the Sunday and nobody believed her then",
)  # fmt: skip


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_no_identifying_value_ever_leaves_the_reader(ending: str) -> None:
    headings = ["Ref", "Received", *(f"Field {n}" for n in range(len(CANARIES)))]
    rows = [[f"HM-{n:06d}", f"{n + 1:02d}/08/2025", *CANARIES] for n in range(9)]
    table = [headings, *rows]
    found = read(workbook(table) if ending == ".xlsx" else _quoted(table), f"list{ending}")
    whole = json.dumps([repr(found)])
    for canary in CANARIES:
        assert canary not in whole
    assert [column.letter for column in found.kept] == ["A", "B"]
    assert len(found.dropped) == len(CANARIES)


def _quoted(table: list[list[str]]) -> bytes:
    return csv([[f'"{cell}"' for cell in row] for row in table])


def test_no_identifying_value_stands_in_a_refusal() -> None:
    table = [["Ref", "Ref", ""], ["Tansy Marlowe", "SO99 9ZZ", "9990000018"]]
    with pytest.raises(ListProblem) as refused:
        read(workbook(table))
    said = " ".join(refused.value.sentences)
    assert not any(canary in said for canary in ("Tansy", "SO99", "9990000018"))
