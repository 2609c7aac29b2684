"""Kinds of bad input to the plan of a round, its stages, and what is kept of it."""

from collections.abc import Mapping

from app.rounds.rules import Stage
from tests.security.addresses import ROUND
from tests.security.bad import Bad, day

PLAN, DATES, COPY = f"POST {ROUND}/plan", f"POST {ROUND}/dates", f"POST {ROUND}/copy"
RETENTION, STAGE = f"POST {ROUND}/retention", f"POST {ROUND}/stage"
RELOAD = "This page is incomplete. Reload it and try again"
MEANWHILE = "Somebody has changed this round since you opened the page"
NOT_A_COUNT = "Answers and reasons must be a whole number"

PLANS: Mapping[str, Bad] = {
    "a title of more than 200 characters": Bad(
        PLAN, "Title must be 200 characters or fewer", {"title": "x" * 201}
    ),
    "a title of nothing but NULs": Bad(PLAN, "Enter a title", {"title": "\x00\x00"}),
    "a purpose of more than 5,000 characters": Bad(
        PLAN, "Purpose must be 5,000 characters or fewer", {"purpose": "x" * 5001}
    ),
    "no version of the plan": Bad(PLAN, RELOAD, {"version": None}),
    "a negative version of the plan": Bad(PLAN, RELOAD, {"version": "-1"}),
    "a version of the plan that no database holds": Bad(PLAN, RELOAD, {"version": str(2**31)}),
    "a version of the plan in words": Bad(PLAN, RELOAD, {"version": "the last one"}),
    "a version of the plan that nobody has seen yet": Bad(
        PLAN, MEANWHILE, {"version": "999"}, status=409
    ),
    "31 February": Bad(
        DATES, "31 February 2027 is not a date", day("returns_due", "31", "2", "2027")
    ),
    "a thirteenth month": Bad(
        DATES, "the month must be a number from 1 to 12", day("panel_due", "1", "13", "2027")
    ),
    "the year 9999": Bad(
        DATES, "the year must be from 1900 to 2100", day("report_due", "1", "1", "9999")
    ),
    "a year of two digits": Bad(DATES, "enter the year in full", day("report_due", "1", "1", "27")),
    "a date without its month": Bad(DATES, "enter the month too", {"returns_due.month": ""}),
    "a day in another script's digits": Bad(
        DATES, "the day must be a number", day("returns_due", "\u0661", "2", "2027")
    ),
    "a date in a box of its own beside the three": Bad(
        DATES, "This form does not ask for “returns_due.week”", {"returns_due.week": "7"}
    ),
    "a report due before its panel": Bad(
        DATES, "Report due must be after the panel is due", day("report_due", "1", "11", "2026")
    ),
    "a report due in twenty years": Bad(
        DATES, "Report due must be within five years", day("report_due", "1", "1", "2046")
    ),
    "returns due yesterday": Bad(
        DATES, "Returns due must be today or in the future", day("returns_due", "14", "9", "2026")
    ),
    "an agency of another partnership": Bad(
        f"POST {ROUND}/agencies",
        "Choose from the agencies of this partnership",
        lambda f: {"agencies": [f.ref("agency.harrowmere")]},
    ),
    "more agencies than there are in England": Bad(
        f"POST {ROUND}/agencies", "agencies", {"agencies": ["2222222222"] * 501}
    ),
    "a lead who sits on the panel as well": Bad(
        f"POST {ROUND}/people",
        "The lead chairs the panel, and cannot be a member of it too",
        lambda f: {"lead": f.ref("person.panel_police"), "panel": [f.ref("person.panel_police")]},
    ),
    "a lead from another partnership": Bad(
        f"POST {ROUND}/people",
        "Choose a lead from the list",
        lambda f: {"lead": f.ref("person.coordinator_elsewhere")},
    ),
    "a scrutineer as lead": Bad(
        f"POST {ROUND}/people",
        "Choose a lead from the list",
        lambda f: {"lead": f.ref("person.scrutineer")},
    ),
    "a coordinator on the panel": Bad(
        f"POST {ROUND}/people",
        "Choose panel members from the list",
        lambda f: {"lead": "", "panel": [f.ref("person.coordinator")]},
    ),
    "somebody who has left on the panel": Bad(
        f"POST {ROUND}/people",
        "Choose panel members from the list",
        lambda f: {"panel": [f.ref("person.left")]},
    ),
    "a subgroup of another partnership": Bad(
        f"POST {ROUND}/subgroups",
        "Choose from the subgroups of this partnership",
        lambda f: {"subgroups": [f.ref("subgroup.harrowmere")]},
    ),
    "a version of the tool that there is not": Bad(
        f"POST {ROUND}/tool-version", "Choose", {"tool": "mash.99"}
    ),
    "a round of no question set": Bad(
        f"POST {ROUND}/strands", "Choose at least one question set", {"question_sets": None}
    ),
    "a question set of another tool": Bad(
        f"POST {ROUND}/strands", "Choose", {"question_sets": ["case-file"]}
    ),
    "one contact too few": Bad(
        f"POST {ROUND}/contacts",
        "The agencies have changed: load the page again",
        lambda f: {"contacts": [f.ref("person.police_lead")]},
    ),
    "an auditor as an agency's contact": Bad(
        f"POST {ROUND}/contacts",
        "Choose each contact among the agency leads offered",
        lambda f: {"contacts": ["", f.ref("person.officer"), "", ""]},
    ),
    "another agency's lead as contact": Bad(
        f"POST {ROUND}/contacts",
        "Choose each contact among the agency leads offered",
        lambda f: {"contacts": ["", f.ref("person.health_lead"), "", ""]},
    ),
    "a judgement rule of our own without words": Bad(
        f"POST {ROUND}/judgement-rule", "Say in your own words", {"rule": "own", "words": " "}
    ),
    "a judgement rule that there is not": Bad(
        f"POST {ROUND}/judgement-rule", "choose one of the answers offered", {"rule": "average"}
    ),
    "a theme of another tool as priority": Bad(
        f"POST {ROUND}/priorities", "Choose themes of", {"priorities": ["VC", "nothing"]}
    ),
    "more priorities than there are themes": Bad(
        f"POST {ROUND}/priorities", "riorities", {"priorities": ["VC"] * 101}
    ),
    "a negative number of months": Bad(RETENTION, NOT_A_COUNT, {"answers": "-1"}),
    "more months than anything is kept": Bad(RETENTION, NOT_A_COUNT, {"answers": "121"}),
    "a number of months with a point": Bad(RETENTION, NOT_A_COUNT, {"answers": "1.5"}),
    "a number of months in words": Bad(RETENTION, NOT_A_COUNT, {"answers": "two years"}),
    "a number of months of 5,000 digits": Bad(RETENTION, NOT_A_COUNT, {"answers": "9" * 5000}),
    "a class of data without its months": Bad(
        RETENTION, "Enter answers and reasons", {"answers": ""}
    ),
    "a class of data that there is not": Bad(
        RETENTION, "This form does not ask for “drafts”", {"drafts": "1"}
    ),
    "a reference of the assessment that is an essay": Bad(
        f"POST {ROUND}/data-protection",
        "Reference of the assessment must be 200 characters or fewer",
        {"dpia": "x" * 201},
    ),
    "a copy under a reference of its own making": Bad(COPY, RELOAD, {"ref": "my-own-ref"}),
    "a copy without a title": Bad(COPY, "Enter a title", {"title": "\u3000"}),
    "a copy with days that have passed": Bad(
        COPY, "Returns due must be today or in the future", day("returns_due", "1", "1", "2026")
    ),
    "stages skipped": Bad(
        STAGE, "it cannot go to “Reported” from there", {"to": "reported"}, 409, Stage.OPEN
    ),
    "a round put to purged by hand": Bad(
        STAGE, "it cannot go to “Purged” from there", {"to": "purged"}, 409, Stage.CLOSED
    ),
    "a stage that there is not": Bad(STAGE, "choose one of the answers offered", {"to": "done"}),
    "a step back without a reason": Bad(STAGE, "Say why the round goes back", {"to": "open"}),
    "a hold without a reason": Bad(
        f"POST {ROUND}/hold", "Say why nothing may be purged", {"reason": "\u200b \x00"}
    ),
    "a hold with a reason of 501 characters": Bad(
        f"POST {ROUND}/hold", "Reason must be 500 characters or fewer", {"reason": "x" * 501}
    ),
    "a second hold": Bad(
        f"POST {ROUND}/hold",
        "A legal hold is on this round already",
        status=409,
        names={"round": "round.b"},
    ),
    "a hold lifted where none is": Bad(
        f"POST {ROUND}/hold/end",
        "No legal hold is on this round any more",
        status=409,
        names={"round": "round.a"},
    ),
    "a purge of a round under hold": Bad(
        f"POST {ROUND}/purge",
        "nothing of it can be purged until the hold is lifted",
        {"title": "Round b"},
        status=409,
        names={"round": "round.b"},
    ),
    "a purge under another title": Bad(
        f"POST {ROUND}/purge", "Type the title exactly as it stands above", {"title": "round a"}
    ),
    "a purge of nothing": Bad(
        f"POST {ROUND}/purge", "Nothing of this round is due", {"kinds": None}
    ),
    "a purge of a class that there is not": Bad(
        f"POST {ROUND}/purge", "choose one of the answers offered", {"kinds": ["everything"]}
    ),
    "a purge of what is not due yet": Bad(
        f"POST {ROUND}/purge",
        "What is due has changed since you opened the page",
        {"kinds": ["trail"]},
        status=409,
    ),
    "a purge before the round is closed": Bad(
        f"POST {ROUND}/purge",
        "This can be done only at “Closed”: purge what retention lets go",
        status=409,
        stage=Stage.REPORTED,
    ),
}
