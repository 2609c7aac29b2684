"""A list of people from a spreadsheet: looked at, then imported whole or not at all."""

import base64

import pytest
from httpx import Response
from sqlmodel import select

from app.access import Role, Unfit
from app.db import Database
from app.events import Happened
from app.events.models import Event
from app.identity.models import Link, Membership, Person
from app.people.csv_import import MOST_BYTES, MOST_ROWS, read_people, written
from app.web.chrome import BANNER
from tests.browsing import Browser, Visitor, find_form, form_values, heading, soup, words
from tests.conftest import nothing_written
from tests.factories import ident, membership
from tests.world import World

IMPORT = "/wexcombe/people/import"
HEAD = "Name,E-mail,Agency,Role\n"
GOOD = HEAD + (
    "Ivo Marsh,ivo@alder.example,Wexcombe Police,Auditor\n"
    "Ivo Marsh,ivo@alder.example,,Subgroup member\n"
    "Kit Rowe,KIT@alder.example,wexcombe  integrated care BOARD,agency_lead\n"
)


def look(visitor: Visitor, content: str | bytes) -> Response:
    data = content.encode() if isinstance(content, str) else content
    return visitor.submit(IMPORT, form="/preview", files={"file": ("people.csv", data, "text/csv")})


def confirm(visitor: Visitor, looked: Response) -> Response:
    """Press the button of the preview."""
    assert looked.status_code == 200, heading(looked)
    return visitor.post(IMPORT, form_values(find_form(soup(looked))))


def banner(answer: Response) -> str:
    """The line that the next page will show."""
    return base64.urlsafe_b64decode(answer.cookies[BANNER].partition(".")[0].strip('"')).decode()


def problems(answer: Response) -> dict[str, str]:
    """What is said of each row."""
    rows = soup(answer).select("#problems tbody tr")
    return {r.select("th")[0].get_text(): r.select("td")[0].get_text() for r in rows}


def test_a_list_is_looked_at_and_then_imported_and_nobody_is_invited(
    browse: Browser, world: World, database: Database
) -> None:
    coordinator = browse.as_(world.coordinator)
    with nothing_written(database):
        looked = look(coordinator, GOOD)
    rows = [r.get_text(" ", strip=True) for r in soup(looked).select("#planned tbody tr")]
    assert [r.rpartition(" ")[2] for r in rows] == ["Added", "role", "Added"]

    done = confirm(coordinator, looked)
    assert banner(done) == "2 people added, and 1 more role given. Nobody has been invited yet"
    page = words(coordinator.follow(done))
    assert "Ivo Marsh" in page
    assert "Not yet invited" in page
    with database.reading() as session:
        ivo = session.exec(select(Person).where(Person.email == "ivo@alder.example")).one()
        held = session.exec(select(Membership).where(Membership.person_id == ident(ivo))).all()
        assert {(m.role, m.agency_id) for m in held} == {
            (Role.AUDITOR, ident(world.police)),
            (Role.SUBGROUP_MEMBER, None),
        }
        assert session.exec(select(Link)).all() == []
        [event] = session.exec(select(Event)).all()
    assert event.kind == Happened.PEOPLE_IMPORTED
    assert "Ivo" not in event.details
    assert "ivo@" not in event.details


def test_the_same_list_again_changes_nothing(
    browse: Browser, world: World, database: Database
) -> None:
    coordinator = browse.as_(world.coordinator)
    first = look(coordinator, GOOD)
    confirm(coordinator, first)
    with nothing_written(database):
        again = look(coordinator, GOOD)
        assert "There is nothing to import" in words(soup(again))
        pressed_twice = confirm(coordinator, first)

    assert pressed_twice.status_code == 303
    with database.reading() as session:
        assert len(session.exec(select(Person).where(Person.name == "Ivo Marsh")).all()) == 1


def test_every_bad_row_is_named_with_what_to_write(browse: Browser, world: World) -> None:
    answer = look(
        browse.as_(world.coordinator),
        HEAD
        + ",a@alder.example,Wexcombe Police,Auditor\n"
        + "B,not an address,Wexcombe Police,Auditor\n"
        + "C,c@alder.example,Nowhere Trust,Auditor\n"
        + "D,d@alder.example,Wexcombe Police,King\n"
        + "E,e@alder.example,,Auditor\n"
        + "F,f@alder.example,Wexcombe Police,Coordinator\n"
        + "G,g@alder.example,,System administrator\n"
        + "H,h@alder.example,,Audit lead\n"
        + "\n"
        + "I,i@alder.example,,\n"
        + "J,j@alder.example,,Scrutineer\n",
    )
    said = problems(answer)

    assert answer.status_code == 422
    assert list(said) == ["2", "3", "4", "5", "6", "7", "8", "9", "11"]
    assert "Write the name of the person" in said["2"]
    assert "name@agency.example, not “not an address”" in said["3"]
    assert "There is no agency called “Nowhere Trust” here" in said["4"]
    assert "There is no role “King”. Write one of: Coordinator, Agency lead" in said["5"]
    assert "works for an agency" in said["6"]
    assert "acts for the whole partnership" in said["7"]
    assert "Only a system administrator" in said["8"]
    assert "a role in one round" in said["9"]
    assert "The role is missing" in said["11"]
    assert soup(answer).select("input[name=people]") == []


def test_a_row_that_repeats_or_contradicts_another_is_named(browse: Browser, world: World) -> None:
    said = problems(
        look(
            browse.as_(world.coordinator),
            GOOD
            + "Ivo Marsh,IVO@alder.example,Wexcombe Police,Auditor\n"
            + "Eva Marsh,ivo@alder.example,,Scrutineer\n",
        )
    )

    assert said == {
        "5": "The same person and role as in row 2: delete one of the two",
        "6": "Row 2 gives this address to “Ivo Marsh”: write the same name, or another address",
    }


def test_what_was_confirmed_is_judged_again_and_stored_whole_or_not_at_all(
    browse: Browser, world: World, database: Database
) -> None:
    coordinator = browse.as_(world.coordinator)
    looked = look(coordinator, GOOD)
    renamed = {"name": "Wexcombe Health Board"}
    coordinator.post(f"/wexcombe/agencies/{world.health.ref}/name", renamed)
    with nothing_written(database):
        answer = confirm(coordinator, looked)

    assert answer.status_code == 422
    assert list(problems(answer)) == ["4"]
    with database.reading() as session:
        assert session.exec(select(Person).where(Person.name == "Ivo Marsh")).all() == []


def test_a_forged_confirmation_gives_no_more_than_the_form_would(
    browse: Browser, world: World, database: Database
) -> None:
    coordinator = browse.as_(world.coordinator)
    with nothing_written(database):
        more = {"people": HEAD + "X,x@alder.example,,System administrator\n"}
        assert coordinator.post(IMPORT, more).status_code == 422
        own = {"people": HEAD + f"X,{world.coordinator.email},,Scrutineer\n"}
        assert coordinator.post(IMPORT, own).status_code == 422
        extra = {"people": GOOD, "partnership_id": "2"}
        assert coordinator.post(IMPORT, extra).status_code == 422


def test_a_system_administrator_may_import_coordinators_and_administrators(
    browse: Browser, world: World
) -> None:
    administrator = browse.as_(world.administrator)
    rows = "X,x@alder.example,,System administrator\nY,y@alder.example,,Coordinator\n"

    assert confirm(administrator, look(administrator, HEAD + rows)).status_code == 303


def test_cells_that_look_like_formulas_are_text(
    browse: Browser, world: World, database: Database
) -> None:
    coordinator = browse.as_(world.coordinator)
    rows = '"=HYPERLINK(""http://evil.example"")",x@alder.example,,Scrutineer\n'
    page = coordinator.follow(confirm(coordinator, look(coordinator, HEAD + rows)))

    assert '=HYPERLINK("http://evil.example")' in words(page)
    assert page.select("a[href*=evil]") == []


def test_somebody_known_only_elsewhere_looks_like_anybody_new(
    browse: Browser, world: World, database: Database
) -> None:
    known = world.coordinator_elsewhere
    coordinator = browse.as_(world.coordinator)
    rows = f"Somebody Else,{known.email},,Scrutineer\nNew,new@alder.example,,Scrutineer\n"
    looked = look(coordinator, HEAD + rows)
    ends = [r.get_text(" ", strip=True)[-5:] for r in soup(looked).select("#planned tbody tr")]
    assert ends == ["Added", "Added"]
    assert known.name not in looked.text
    confirm(coordinator, looked)

    with database.reading() as session:
        assert session.get_one(Person, known.id).name == known.name


def test_somebody_here_under_another_name_keeps_theirs_and_the_page_says_so(
    browse: Browser, world: World, database: Database
) -> None:
    coordinator = browse.as_(world.coordinator)
    row = f"N. Nurse,{world.nurse.email},,Scrutineer\n"
    looked = look(coordinator, HEAD + row)
    assert "known here as “Named nurse”, who keeps that name" in words(soup(looked))
    confirm(coordinator, looked)

    with database.reading() as session:
        assert session.get_one(Person, world.nurse.id).name == "Named nurse"


def test_somebody_who_left_comes_back_by_a_list(
    browse: Browser, world: World, database: Database
) -> None:
    coordinator = browse.as_(world.coordinator)
    coordinator.post(f"/wexcombe/people/{world.nurse.ref}/departure")
    row = f"Named nurse,{world.nurse.email},Wexcombe Integrated Care Board,Auditor\n"
    confirm(coordinator, look(coordinator, HEAD + row))

    with database.reading() as session:
        assert session.get_one(Person, world.nurse.id).left_at is None


def test_a_list_that_withdraws_a_link_of_another_partnership(
    browse: Browser, world: World, database: Database
) -> None:
    """Importing gives memberships as the form does: with everything that follows from one."""
    with database.writing() as session:
        membership(session, world.nurse, world.elsewhere, Role.SCRUTINEER)
        membership(session, world.coordinator_elsewhere, world.partnership, Role.COORDINATOR)
    there = browse.as_(world.coordinator_elsewhere)
    assert there.post(f"/harrowmere/people/{world.nurse.ref}/link").status_code == 200
    row = f"Named nurse,{world.nurse.email},,Action owner\n"
    coordinator = browse.as_(world.coordinator)
    confirm(coordinator, look(coordinator, HEAD + row))

    with database.reading() as session:
        assert session.exec(select(Link)).all() == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The list is empty"),
        (b"\n\n", "The list is empty"),
        (HEAD.encode(), "headings and no people"),
        (b"Name,Role\nA,B\n", "There is no column headed E-mail or Agency"),
        (b"Name,E-mail,E-mail address,Agency,Role\na,b,c,d,e\n", "Two columns are headed E-mail"),
        (b"PK\x03\x04rest", "This file is a workbook"),
        (b"\xd0\xcf\x11\xe0rest", "This file is a workbook"),
        (HEAD.encode() + b"A\x00,b,c,d\n", "This file is not text"),
        (HEAD.encode() + b'"A,b,c,d\n', "a quotation mark"),
        (HEAD.encode() + b"A,a@b.example,,Scrutineer\n" * (MOST_ROWS + 1), "501 rows"),
        (b"x" * (MOST_BYTES + 1), "larger than 1 MB"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(
    browse: Browser, world: World, content: bytes, said: str
) -> None:
    answer = look(browse.as_(world.coordinator), content)

    assert answer.status_code == 422
    assert said in heading(answer)


def test_no_file_chosen_is_said(browse: Browser, world: World) -> None:
    coordinator = browse.as_(world.coordinator)

    assert "Choose a CSV file" in heading(coordinator.submit(IMPORT, form="/preview"))
    assert "Choose a CSV file" in heading(coordinator.post(IMPORT))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_lists_are_read_in_the_encodings_and_separators_that_spreadsheets_write(
    encoding: str, separator: str, ending: str
) -> None:
    rows = [["Role", "FULL NAME", "e-mail address", "Organisation"]]
    rows += [["Auditor", "Zoë Nuñez", "zoe@alder.example", "Wexcombe Police"]]
    data = ending.join(separator.join(row) for row in rows).encode(encoding)
    found = read_people(data)

    [row] = found.rows
    assert (row.number, row.name, row.role) == (2, "Zoë Nuñez", "Auditor")
    assert bool(found.note) is (encoding == "cp1252")


def test_letters_that_cannot_be_read_at_all_are_refused() -> None:
    with pytest.raises(Unfit, match="could not be read"):
        read_people(HEAD.encode() + b"\x81\x8d,a@b.example,,Scrutineer")


def test_columns_that_are_not_asked_for_are_named_and_not_read() -> None:
    found = read_people(b"Name,E-mail,Agency,Role,Date of birth\nA,a@b.example,,Scrutineer,1990\n")

    assert found.unused == ("Date of birth",)
    assert "1990" not in written(found.rows)


def test_short_rows_and_line_breaks_in_cells_are_read_as_meant() -> None:
    found = read_people(b'Name,E-mail,Agency,Role\n"Ivo\nMarsh",a@b.example\n')

    assert (found.rows[0].name, found.rows[0].role) == ("Ivo Marsh", "")


def test_what_the_preview_carries_reads_back_as_the_same_list() -> None:
    found = read_people(
        HEAD.encode()
        + '"Marsh, ""Ivo""; Dr",a@b.example,=1+1,Auditor\n\nÉ,b@b.example,,x\n'.encode()
    )
    again = read_people(written(found.rows).encode())

    assert [(r.name, r.email, r.agency, r.role) for r in again.rows] == [
        (r.name, r.email, r.agency, r.role) for r in found.rows
    ]
