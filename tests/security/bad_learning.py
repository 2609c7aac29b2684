"""Kinds of bad input to actions, to subgroups, and to the people who are let in."""

from collections.abc import Mapping

from app.rounds.rules import Stage
from tests.security.addresses import FINDING, PERSON
from tests.security.bad import Bad, day
from tests.security.bad_plans import RELOAD
from tests.security.doors import Facts

PLAN = f"POST {FINDING}/actions"
ACTION = "/{partnership}/actions/{action}"
UPDATE, MOVE = f"POST {ACTION}/updates", f"POST {ACTION}/dates"
HAND_OVER, DETAILS = f"POST {ACTION}/owner", f"POST {PERSON}/details"
SEAT = "POST /{partnership}/subgroups/{subgroup}/seats"
MEANWHILE = "Somebody else updated this action after you opened the page"


def _as_they_are(f: Facts) -> dict[str, str]:
    due = f.value(f"SELECT due FROM action WHERE ref = '{f.ref('action.a')}'")
    year, month, number = due.split("-")
    return day("due", number, month, year)


LEARNING: Mapping[str, Bad] = {
    "an action due yesterday": Bad(
        PLAN, "The due date must be today or later", day("due", "14", "9", "2026")
    ),
    "an action due on 31 February": Bad(
        PLAN, "31 February 2027 is not a date", day("due", "31", "February", "2027")
    ),
    "an action due in the year 2100": Bad(
        PLAN, "The due date must be within five years: check the year", day("due", "1", "3", "2100")
    ),
    "an action due on no day": Bad(PLAN, "Enter the due date", day("due", "", "", "")),
    "impact looked at before the action is due": Bad(
        PLAN, "Impact is looked at on the due date or later", day("impact_on", "1", "2", "2027")
    ),
    "impact looked at in a lifetime": Bad(
        PLAN,
        "within five years of the due date: check the year",
        day("impact_on", "1", "2", "2099"),
    ),
    "an action of 501 characters": Bad(
        PLAN, "What must be 500 characters or fewer", {"what": "x" * 501}
    ),
    "an action for another partnership's agency": Bad(
        PLAN, "Choose the agency that owns it", lambda f: {"agency": f.ref("agency.harrowmere")}
    ),
    "an action for somebody of another agency": Bad(
        PLAN, "Choose somebody of Wexcombe Police", lambda f: {"owner": f.ref("person.nurse")}
    ),
    "an action for somebody of another partnership": Bad(
        PLAN,
        "Choose the person who owns it",
        lambda f: {"owner": f.ref("person.coordinator_elsewhere")},
    ),
    "an action from a finding that is a draft": Bad(
        PLAN, "This finding is a draft", status=409, names={"finding": "finding.a.draft"}
    ),
    "states of an action skipped": Bad(
        UPDATE, "You cannot take it to “Closed” from there", {"to": "closed"}, 409
    ),
    "a state that no action has": Bad(UPDATE, "choose one of the answers offered", {"to": "done"}),
    "an action overdue by hand": Bad(
        UPDATE, "choose one of the answers offered", {"to": "overdue"}
    ),
    "an update that says nothing": Bad(UPDATE, "Say what has happened", {"words": "\u2060 "}),
    "an action blocked without a word": Bad(
        UPDATE, "Say what it waits for, and who could help", {"to": "blocked", "words": ""}
    ),
    "an action set aside by its owner": Bad(
        UPDATE, "Only those who plan actions in this round", {"to": "superseded"}, 409, who="owner"
    ),
    "an update on an older page": Bad(UPDATE, MEANWHILE, {"version": "7"}, 409),
    "an update without its version": Bad(UPDATE, RELOAD, {"version": None}),
    "an update that leads elsewhere": Bad(
        UPDATE, "choose one of the answers offered", {"back": "//elsewhere.example"}
    ),
    "an update of more than 5,000 characters": Bad(
        UPDATE, "Words must be 5,000 characters or fewer", {"words": "x" * 5001}
    ),
    "an update once the round is closed": Bad(
        UPDATE, "This can be done only at “Moderation”", status=409, stage=Stage.CLOSED
    ),
    "dates moved without a reason": Bad(MOVE, "Say why the dates move", {"why": ""}),
    "dates moved to where they are": Bad(MOVE, "Change one of the dates", _as_they_are),
    "a due date moved into the past": Bad(
        MOVE, "The due date must be today or later", day("due", "1", "1", "2020")
    ),
    "dates moved on an older page": Bad(MOVE, MEANWHILE, {"version": "3"}, 409),
    "dates moved by the owner": Bad(MOVE, "Your role does not include it", status=403, who="owner"),
    "an action handed over to nobody": Bad(
        HAND_OVER, "Choose the person who owns it from now on", {"owner": ""}
    ),
    "an action handed over to another agency": Bad(
        HAND_OVER,
        "Choose somebody of Wexcombe Integrated Care Board",
        lambda f: {"owner": f.ref("person.officer")},
    ),
    "an action handed over to another partnership": Bad(
        HAND_OVER,
        "Choose the person who owns it",
        lambda f: {"owner": f.ref("person.coordinator_elsewhere")},
    ),
    "an action handed over without a reason": Bad(
        HAND_OVER, "Say why it goes to somebody else", {"why": "\u200b"}
    ),
    "an action handed over on an older page": Bad(HAND_OVER, MEANWHILE, {"version": "9"}, 409),
    "an address that another person has": Bad(
        DETAILS,
        "This address cannot be used: choose another",
        lambda f: {"email": f.value("SELECT email FROM person WHERE name = 'Police officer'")},
    ),
    "an address that is no address": Bad(
        DETAILS, "Write an e-mail address in full", {"email": "nurse@"}
    ),
    "a name of marks that cannot be seen": Bad(DETAILS, "Enter their name", {"name": "\u202e"}),
    "an administrator renamed by a coordinator": Bad(
        DETAILS,
        "You cannot change this person",
        status=403,
        names={"person": "person.administrator"},
    ),
    "actions of another partnership's round as a file": Bad(
        "POST /{partnership}/exports/actions",
        "These choices are no longer there",
        lambda f: {"round": f.ref("round.c")},
        409,
    ),
    "actions as a program": Bad(
        "POST /{partnership}/exports/actions",
        "choose one of the answers offered",
        {"format": "exe"},
    ),
    "a subgroup without a name": Bad(
        "POST /{partnership}/subgroups", "ame", {"name": "\u202e\u200b"}
    ),
    "a seat for somebody of another partnership": Bad(
        SEAT,
        "Choose one of the people listed",
        lambda f: {"person": f.ref("person.coordinator_elsewhere")},
    ),
    "a second seat for the same person": Bad(
        SEAT, "sits on this subgroup already", lambda f: {"person": f.ref("person.subgroup_member")}
    ),
    "a seat on another partnership's subgroup": Bad(
        SEAT, "Page not found", status=404, names={"subgroup": "subgroup.harrowmere"}
    ),
    "a seat taken away that nobody has": Bad(
        f"{SEAT}/{{person}}/end",
        "does not sit on this subgroup any more",
        status=409,
        names={"person": "person.nurse"},
    ),
    "a role in a round given as a role": Bad(
        f"POST {PERSON}/memberships", "is a role in one round", {"role": "lead"}
    ),
    "a role above one's own": Bad(
        f"POST {PERSON}/memberships",
        "Only a system administrator gives that role",
        {"role": "system_administrator"},
        who="coordinator",
    ),
    "a role at another partnership's agency": Bad(
        f"POST {PERSON}/memberships",
        "Choose one of the agencies listed",
        lambda f: {"role": "auditor", "agency": f.ref("agency.harrowmere")},
    ),
}


LISTS: Mapping[str, tuple[bytes, str]] = {
    "a workbook": (b"PK\x03\x04" + b"x" * 99, "This file is a workbook or an archive, not CSV"),
    "an older workbook": (b"\xd0\xcf\x11\xe0" + b"x" * 99, "a workbook or an archive, not CSV"),
    "nothing": (b"", "The list is empty"),
    "headings alone": (b"Name,E-mail,Agency,Role\n", "headings and no people under them"),
    "no headings": (
        b"Ann,ann@wexcombe.example,,Scrutineer\nBo,b@w.example,,x\n",
        "no column headed",
    ),
    "two columns of names": (
        b"Name,Full name,E-mail,Agency,Role\nA,B,c@d.example,,x\n",
        "Two columns",
    ),
    "a quotation mark that never closes": (
        b'Name,E-mail,Agency,Role\n"Ann,ann@wexcombe.example,,Scrutineer\n',
        "a quotation mark",
    ),
    "more than 500 people": (
        b"Name,E-mail,Agency,Role\n" + b"A,a@wexcombe.example,,Scrutineer\n" * 501,
        "Import at most 500 at a time",
    ),
    "more than a megabyte": (b"Name,E-mail,Agency,Role\n" + b" " * 1_000_001, "larger than 1 MB"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "This file is not text"),
    "a field that never ends": (b"Name,E-mail,Agency,Role\n" + b"x" * 200_000, "could not be read"),
    "an agency of another partnership": (
        b"Name,E-mail,Agency,Role\nA,a@w.example,Harrow School,Auditor\n",
        "There is no agency called",
    ),
    "a role that there is not": (
        b"Name,E-mail,Agency,Role\nA,a@w.example,,Chief\n",
        "There is no role",
    ),
    "a role above one's own": (
        b"Name,E-mail,Agency,Role\nA,a@w.example,,System administrator\n",
        "Only a system administrator gives that role",
    ),
    "an address that is none": (
        b"Name,E-mail,Agency,Role\nA,=HYPERLINK(1)@w,,Scrutineer\n",
        "Write an e-mail address in full",
    ),
    "a name of marks that cannot be seen": (
        "Name,E-mail,Agency,Role\n\u202e\u200b,a@w.example,,Scrutineer\n".encode(),
        "Write the name of the person",
    ),
    "the same person twice": (
        b"Name,E-mail,Agency,Role\n" + b"A,a@w.example,,Scrutineer\n" * 2,
        "The same person and role as in row 2",
    ),
}
"""Lists of people, and what is said about each."""
