"""Every address of the application, its stage, and a form that it accepts.

A route without a row here fails `test_every_door_is_listed`.
"""

from collections.abc import Mapping

from app.meetings.alike import shown_as
from app.rounds.rules import Doing, Stage
from app.tools import Answer, State
from tests.audit import mash
from tests.security.doors import Door, Form, Names
from tests.security.furniture import STANDING
from tests.security.grounds import AGENCIES

SEEN_OTHER = frozenset({303})
DAYS = {
    f"{name}.{box}": value
    for name, month in (("returns_due", "10"), ("panel_due", "11"), ("report_due", "12"))
    for box, value in (("day", "20"), ("month", month), ("year", "2026"))
}


_HOLDS = (
    "SELECT coalesce((SELECT membership.ref FROM membership JOIN shared_section "
    "ON shared_section.person_id = membership.person_id "
    "WHERE shared_section.section = 'decision' AND membership.role = 'auditor'), '')"
)
"""Who answers the section that one auditor shares with another, if anybody does."""

DESIGN = {
    "by": "number",
    "no_further_action": "1",
    "early_help": "1",
    "section_17": "1",
    "section_47": "1",
    "total": "",
    "minimum": "0",
    "reserves": "0",
    "seed": "4 6 1 1 3 5",
}


def _post(form: Form = lambda _: {}, doing: Doing | None = None, **more: object) -> Door:
    given = {"opens": SEEN_OTHER, **more}
    return Door(form=form, doing=doing, **given)  # type: ignore[arg-type]


SEEN_OTHER_OR_UNFIT = frozenset({303, 422})
"""A form that fits only some of those who may send it."""
SECTIONS = ("judgement",)
NOT_KNOWN = {"assignment": "assignment.b.police.2"}
SENT_BY_POLICE = {"assignment": "assignment.a.police.1"}
DECLARED = {"assignment": "assignment.a.police.2"}
AGREED = {"finding": "finding.a.agreed"}
LISTED = {"strand": "strand.a.listed"}
HELD = {"person": "person.two_hats", "membership": "membership.two_hats"}
EVERY_ASSIGNMENT: tuple[Names, ...] = tuple(
    {
        "assignment": f"assignment.{name}.{agency}.{subject}",
        "partnership": "harrowmere" if name == "c" else "wexcombe",
    }
    for name, standing in STANDING.items()
    for agency, subject in standing
    if (name, agency, subject) != ("a", "police", 3)
)
EVERY_ATTACHMENT: tuple[Names, ...] = tuple(
    {**names, "attachment": names["assignment"].replace("assignment", "attachment")}
    for names in EVERY_ASSIGNMENT
    if not names["assignment"].endswith("school.1")  # not begun
)
OF_B: Names = {
    "round": "round.b",
    "subject": "subject.b.1",
    "finding": "finding.b.agreed",
    "strand": "strand.b.drawn",
}
OF_C: Names = {
    "partnership": "harrowmere",
    "round": "round.c",
    "subject": "subject.c.1",
    "finding": "finding.c.agreed",
    "strand": "strand.c.drawn",
    "meeting": "meeting.c",
    "subgroup": "subgroup.harrowmere",
}
LETTERS: tuple[Names, ...] = (
    *({"agency": f"agency.{name}"} for name in AGENCIES if name != "police"),
    *({**OF_B, "agency": f"agency.{name}"} for name in AGENCIES),
    {**OF_C, "agency": "agency.police"},
)
PAPERS: tuple[Names, ...] = (
    {"paper": "report"},
    {"paper": "subgroup.wexcombe"},
    {"paper": "agency.police"},
)
ROUND = "/{partnership}/rounds/{round}"
SAMPLE = f"{ROUND}/strands/{{strand}}/sample"
PERSON = "/{partnership}/people/{person}"
MINE = "/{partnership}/assignments/{assignment}"
FINDING = f"{ROUND}/findings/{{finding}}"
TOOL = "/{partnership}/audit-tools/{tool}/{version}"
DOCUMENT = f"{ROUND}/documents/{{document}}"
LETTER = f"{ROUND}/letters/{{agency}}"
POLICE = {"agency": "agency.police"}
CASE = f"{ROUND}/subjects/{{subject}}"
MEETING = f"{ROUND}/meetings/{{meeting}}"
SUBJECT = f"{ROUND}/subjects/{{subject}}/comparison"
S, D = Stage, Doing

_PUBLIC: Mapping[str, Door] = {
    "GET /healthz": Door(),
    "GET /readyz": Door(),
    "GET /help": Door(),
    "GET /privacy": Door(),
    "GET /accessibility": Door(),
    "GET /sign-in": Door(opens=frozenset({200, 303})),
    "POST /sign-in": Door(
        form=lambda _: {"email": "nobody@wexcombe.example", "password": "three wrong words"},
        opens=frozenset({422}),
    ),
    "GET /calendar/{code}.ics": Door(opens=frozenset({404})),
    "GET /links/{code}": Door(opens=frozenset({404})),
    "POST /links/{code}": Door(opens=frozenset({404})),
}
_SIGNED_IN: Mapping[str, Door] = {
    "GET /": Door(opens=frozenset({200, 303})),
    "POST /sign-out": _post(),
    "GET /account/confirm": Door(),
    "POST /account/confirm": Door(
        form=lambda _: {"current": "three wrong words", "next": "/"}, opens=frozenset({422})
    ),
    "GET /account/person": Door(),
    "GET /account/password": Door(),
    "POST /account/password": Door(
        form=lambda _: {"current": "x", "password": "short", "again": "short"},
        opens=frozenset({422}),
    ),
}
_PEOPLE: Mapping[str, Door] = {
    "GET /{partnership}/my-work": Door(),
    "GET /{partnership}/help": Door(),
    "GET /{partnership}/help/{role}": Door(),
    "GET /{partnership}/search": Door(query=lambda _: "?q=R"),
    "GET /{partnership}/people": Door(),
    "GET /{partnership}/people/new": Door(),
    "POST /{partnership}/people": _post(
        lambda _: {"name": "New Person", "email": "new@wexcombe.example", "role": "scrutineer"}
    ),
    "GET /{partnership}/people/import": Door(),
    "POST /{partnership}/people/import/preview": Door(file="file"),
    "POST /{partnership}/people/import": _post(
        lambda _: {"people": "Name,E-mail,Agency,Role\nAnn Ash,ann@wexcombe.example,,Scrutineer\n"}
    ),
    f"GET {PERSON}": Door(also=({"person": "person.moved_on"},)),
    f"POST {PERSON}/link": Door(),
    f"GET {PERSON}/memberships/new": Door(),
    f"POST {PERSON}/memberships": _post(lambda _: {"role": "scrutineer", "agency": ""}),
    f"GET {PERSON}/memberships/{{membership}}": Door(names=HELD),
    f"POST {PERSON}/memberships/{{membership}}": _post(names=HELD),
    f"GET {PERSON}/details": Door(),
    f"POST {PERSON}/details": _post(
        lambda _: {"name": "Ann Ash", "email": "ann.ash@wexcombe.example"}
    ),
    f"GET {PERSON}/departure": Door(),
    f"POST {PERSON}/departure": _post(),
    "GET /{partnership}/agencies": Door(),
    "GET /{partnership}/agencies/new": Door(),
    "POST /{partnership}/agencies": _post(lambda _: {"name": "New agency", "kind": "school"}),
    "GET /{partnership}/agencies/{agency}": Door(),
    "POST /{partnership}/agencies/{agency}/name": _post(lambda _: {"name": "Another name"}),
    "GET /{partnership}/subgroups": Door(),
    "GET /{partnership}/subgroups/new": Door(),
    "POST /{partnership}/subgroups": _post(lambda _: {"name": "New subgroup"}),
    "GET /{partnership}/subgroups/{subgroup}": Door(),
    "POST /{partnership}/subgroups/{subgroup}/name": _post(lambda _: {"name": "Another name"}),
    "POST /{partnership}/subgroups/{subgroup}/seats": _post(
        lambda f: {"person": f.ref("person.nurse")}
    ),
    "POST /{partnership}/subgroups/{subgroup}/seats/{person}/end": _post(
        names={"person": "person.subgroup_member"}
    ),
    "GET /{partnership}/trail": Door(),
}
_LIBRARY: Mapping[str, Door] = {
    "GET /{partnership}/audit-tools": Door(),
    f"GET {TOOL}": Door(),
    f"GET {TOOL}/{{question_set}}/preview": Door(),
    f"GET {TOOL}/{{question_set}}/booklet": Door(),
    f"GET {TOOL}/differences": Door(),
    f"GET {TOOL}/{{question_set}}/trial": Door(),
    f"POST {TOOL}/{{question_set}}/trial": _post(
        lambda _: {"asked": "parts_played", "parts_played": "referrer"}, opens=frozenset({200})
    ),
    "GET /{partnership}/themes/{theme}": Door(),
    "GET /{partnership}/bank/{block}/{bank_question}": Door(),
}
_ROUNDS: Mapping[str, Door] = {
    "GET /{partnership}/rounds": Door(),
    "GET /{partnership}/rounds/new": Door(),
    "POST /{partnership}/rounds": _post(
        lambda _: {
            "ref": "2345678923",
            "tool": "mash.1",
            "title": "New round",
            "purpose": "To learn",
            "lines_of_enquiry": "",
            "question_sets": ["referral-form"],
            **DAYS,
        }
    ),
    f"GET {ROUND}": Door(also=(OF_B, OF_C)),
    f"GET {ROUND}/plan": Door(doing=D.PLAN),
    f"POST {ROUND}/plan": _post(
        lambda f: {
            "version": f.version("round", "round.a"),
            "title": "Another title",
            "purpose": "Another purpose",
            "lines_of_enquiry": "",
        },
        D.PLAN,
        stage=S.SAMPLING,
    ),
    f"GET {ROUND}/dates": Door(doing=D.STAFF),
    f"POST {ROUND}/dates": _post(
        lambda f: {"version": f.version("round", "round.a"), **DAYS}, D.STAFF
    ),
    f"GET {ROUND}/agencies": Door(doing=D.ADD_AGENCY),
    f"POST {ROUND}/agencies": _post(
        lambda f: {
            "version": f.version("round", "round.a"),
            "agencies": [f.ref(f"agency.{n}") for n in ("social_care", "police", "health")],
        },
        D.PLAN,
        stage=S.DRAFT,
    ),
    f"GET {ROUND}/people": Door(doing=D.STAFF),
    f"POST {ROUND}/people": _post(
        lambda f: {
            "version": f.version("round", "round.a"),
            "lead": f.ref("person.coordinator"),
            "panel": [f.ref("person.panel_police")],
        },
        D.STAFF,
    ),
    f"GET {ROUND}/subgroups": Door(doing=D.PLAN),
    f"POST {ROUND}/subgroups": _post(
        lambda f: {"version": f.version("round", "round.a"), "subgroups": []},
        D.PLAN,
        stage=S.SAMPLING,
    ),
    f"GET {ROUND}/planning": Door(also=(OF_B, OF_C)),
    f"GET {ROUND}/copy": Door(also=(OF_B,)),
    f"POST {ROUND}/copy": _post(lambda _: {"ref": "2345678924", "title": "Once more", **DAYS}),
    f"GET {ROUND}/tool-version": Door(doing=D.STRANDS, stage=S.DRAFT),
    f"POST {ROUND}/tool-version": _post(
        lambda f: {"version": f.version("round", "round.a"), "tool": "mash.1"},
        D.STRANDS,
        stage=S.DRAFT,
    ),
    f"GET {ROUND}/newer-version": Door(doing=D.NEWER_VERSION),
    f"POST {ROUND}/newer-version": _post(
        lambda f: {"version": f.version("round", "round.a"), "tool": "mash.1", "digest": "0" * 64},
        D.NEWER_VERSION,
    ),
    f"GET {ROUND}/strands": Door(doing=D.STRANDS, stage=S.DRAFT),
    f"POST {ROUND}/strands": _post(
        lambda f: {"version": f.version("round", "round.a"), "question_sets": ["referral-form"]},
        D.STRANDS,
        stage=S.DRAFT,
    ),
    f"GET {ROUND}/contacts": Door(doing=D.STAFF),
    f"POST {ROUND}/contacts": _post(
        lambda f: {
            "version": f.version("round", "round.a"),
            "agencies": [f.ref(f"agency.{n}") for n in AGENCIES],
            "contacts": [f.ref(f"person.{n}_lead") for n in AGENCIES],
        },
        D.STAFF,
    ),
    f"GET {ROUND}/judgement-rule": Door(doing=D.SET_RULE),
    f"POST {ROUND}/judgement-rule": _post(
        lambda f: {"version": f.version("round", "round.a"), "rule": "own", "words": "By a vote"},
        D.SET_RULE,
    ),
    f"GET {ROUND}/priorities": Door(doing=D.SET_RULE),
    f"POST {ROUND}/priorities": _post(
        lambda f: {"version": f.version("round", "round.a"), "priorities": ["VC"]}, D.SET_RULE
    ),
    f"GET {ROUND}/retention": Door(doing=D.KEEP),
    f"POST {ROUND}/retention": _post(
        lambda f: {
            "version": f.version("round", "round.a"),
            "lists": "1",
            "local_records": "2",
            "answers": "12",
            "agreed_answers": "12",
            "trail": "84",
        },
        D.KEEP,
    ),
    f"GET {ROUND}/data-protection": Door(doing=D.KEEP),
    f"POST {ROUND}/data-protection": _post(
        lambda f: {
            "version": f.version("round", "round.a"),
            "dpia": "DPIA 2026/14",
            "lawful_basis": "A public task",
        },
        D.KEEP,
    ),
    f"GET {ROUND}/stage": Door(also=(OF_B,)),
    f"POST {ROUND}/stage": _post(
        lambda f: {"version": f.version("round", "round.a"), "to": "moderation", "reason": ""},
        stage=S.RETURNS_CLOSED,
    ),
}
_SAMPLES: Mapping[str, Door] = {
    f"GET {SAMPLE}": Door(also=(LISTED, OF_B, OF_C)),
    f"GET {SAMPLE}/check": Door(),
    f"GET {SAMPLE}/list": Door(names=LISTED, doing=D.SAMPLE),
    f"POST {SAMPLE}/list": _post(doing=D.SAMPLE, names=LISTED, stage=S.SAMPLING, file="list"),
    f"GET {SAMPLE}/list/{{list}}": Door(names=LISTED, doing=D.SAMPLE),
    f"POST {SAMPLE}/list/{{list}}": Door(
        names=LISTED, doing=D.SAMPLE, form=lambda f: f.grounds.columns["a"], stage=S.SAMPLING
    ),
    f"POST {SAMPLE}/list/{{list}}/frame": _post(
        lambda f: {
            **f.grounds.columns["a"],
            "replaces": f.ref("frame.a"),
        },
        D.SAMPLE,
        names=LISTED,
        stage=S.SAMPLING,
    ),
    f"GET {SAMPLE}/list/{{list}}/removal": Door(names=LISTED),
    f"POST {SAMPLE}/list/{{list}}/removal": _post(names=LISTED),
    f"GET {SAMPLE}/rows": Door(names=LISTED),
    f"GET {SAMPLE}/rows/{{row}}/exclusion": Door(names=LISTED, also=({"row": "row.a.out"},)),
    f"POST {SAMPLE}/rows/{{row}}/exclusion": _post(
        lambda _: {"reason": "Closed before it began"}, D.SAMPLE, names=LISTED, stage=S.SAMPLING
    ),
    f"POST {SAMPLE}/rows/{{row}}/inclusion": _post(
        doing=D.SAMPLE, names={**LISTED, "row": "row.a.out"}, stage=S.SAMPLING
    ),
    f"GET {SAMPLE}/draw": Door(names=LISTED, doing=D.SAMPLE),
    f"POST {SAMPLE}/draw/preview": Door(
        names=LISTED, doing=D.SAMPLE, form=lambda _: DESIGN, stage=S.SAMPLING
    ),
    f"POST {SAMPLE}/draw": _post(
        lambda f: {**DESIGN, "digest": f.ref("digest.a")},
        D.SAMPLE,
        names=LISTED,
        stage=S.SAMPLING,
    ),
    f"GET {SAMPLE}/subjects/new": Door(names=LISTED, doing=D.SAMPLE),
    f"POST {SAMPLE}/subjects": _post(
        lambda _: {
            "label": "R-2345",
            "stratum": "section_17",
            "re_referred": "no",
            "reason": "The panel asked for it",
        },
        D.SAMPLE,
        names=LISTED,
        stage=S.SAMPLING,
    ),
    f"GET {SAMPLE}/subjects/{{subject}}/replacement": Door(doing=D.REPLACE),
    f"POST {SAMPLE}/subjects/{{subject}}/replacement": _post(
        lambda f: {
            "reason": "The file is at court",
            "reserve": f.ref("reserve.a"),
        },
        D.REPLACE,
        names={"subject": "subject.a.spare"},
    ),
}
_ASSIGNMENTS: Mapping[str, Door] = {
    f"GET {ROUND}/assignments": Door(also=(OF_B, OF_C)),
    f"POST {ROUND}/assignments": _post(
        lambda f: {
            "do": "auditor",
            "subject": [f.ref("subject.a.1"), f.ref("subject.a.2")],
            "auditor": f.ref("membership.nurse"),
        },
        D.ASSIGN,
        opens=SEEN_OTHER_OR_UNFIT,
    ),
    f"GET {ROUND}/second-auditors": Door(doing=D.SECOND),
    f"POST {ROUND}/second-auditors": _post(
        lambda f: {"agency": [f.ref("agency.police")], "share": "50", "labels": ""}, D.SECOND
    ),
    f"POST {ROUND}/assignments/withdrawal/preview": Door(
        doing=D.ASSIGN,
        form=lambda f: {"subject": [f.ref("subject.a.1")], "agency": [f.ref("agency.school")]},
    ),
    f"POST {ROUND}/assignments/withdrawal": _post(
        lambda f: {"assignment": [f.ref("assignment.a.school.1")]}, D.ASSIGN
    ),
    f"GET {ROUND}/returns": Door(also=(OF_B, OF_C)),
    "GET /{partnership}/assignments": Door(),
    f"GET {MINE}/local-record": Door(also=EVERY_ASSIGNMENT),
    f"POST {MINE}/local-record": _post(lambda _: {"number": "LCS 7"}),
    f"GET {ROUND}/reference-sheet": Door(),
}
_RESPONSES: Mapping[str, Door] = {
    f"GET {MINE}": Door(also=EVERY_ASSIGNMENT),
    f"GET {MINE}/sections/{{section}}": Door(
        doing=D.ANSWER, also=tuple({"section": name} for name in SECTIONS)
    ),
    f"GET {MINE}/check": Door(also=(NOT_KNOWN, *EVERY_ASSIGNMENT)),
    f"GET {MINE}/declaration": Door(doing=D.ANSWER),
    f"POST {MINE}/declaration": _post(
        lambda f: {"version": f.of_response("assignment.a.police.3")}, D.ANSWER
    ),
    f"GET {MINE}/sending": Door(names=DECLARED, doing=D.ANSWER),
    f"POST {MINE}/sending": _post(
        lambda f: {"version": f.of_response("assignment.a.police.2")}, D.ANSWER, names=DECLARED
    ),
    f"GET {MINE}/hand-back": Door(names=DECLARED, doing=D.ANSWER),
    f"POST {MINE}/hand-back": _post(
        lambda f: {
            "version": f.of_response("assignment.a.police.2"),
            "words": "Look at the first section again",
        },
        D.ANSWER,
        names=DECLARED,
    ),
    f"GET {MINE}/files": Door(also=EVERY_ASSIGNMENT),
    f"POST {MINE}/files": _post(lambda _: {"question": "worked_well"}, D.ANSWER, file="attachment"),
    f"POST {MINE}/files/{{attachment}}": Door(also=EVERY_ATTACHMENT),
    f"GET {MINE}/files/{{attachment}}/removal": Door(doing=D.ANSWER),
    f"POST {MINE}/files/{{attachment}}/removal": _post(doing=D.ANSWER),
    f"GET {MINE}/sharing": Door(doing=D.ANSWER),
    f"POST {MINE}/sharing": _post(
        lambda f: {"section": ["decision"], "shown": [f.value(_HOLDS)], "auditor": [""]}, D.ANSWER
    ),
    f"POST {MINE}/sections-complete": _post(lambda _: {"complete": "no"}, D.ANSWER),
    f"GET {MINE}/conflict-of-interest": Door(doing=D.ANSWER),
    f"POST {MINE}/conflict-of-interest": _post(lambda _: {"kind": "knows"}, D.ANSWER),
    f"GET {MINE}/nil-return": Door(doing=D.ANSWER),
    f"POST {MINE}/nil-return": _post(
        lambda f: {
            "version": f.of_response("assignment.a.police.3"),
            "searched": "All our systems",
            "note": "",
        },
        D.ANSWER,
    ),
    f"POST {MINE}/nil-return/withdrawal": _post(
        lambda f: {"version": f.of_response("assignment.b.police.2")},
        D.ANSWER,
        names=NOT_KNOWN,
    ),
    f"GET {MINE}/queries": Door(names=SENT_BY_POLICE, doing=D.QUERY),
    f"POST {MINE}/queries": _post(
        lambda f: {
            "version": f.of_response("assignment.a.police.1"),
            "question": ["form_worry"],
            "words": ["What shows it?"],
        },
        D.QUERY,
        names=SENT_BY_POLICE,
    ),
    f"GET {MINE}/versions": Door(also=EVERY_ASSIGNMENT),
    f"GET {MINE}/token": Door(query=lambda f: f"?person={f.ref('person.officer')}"),
    f"POST {MINE}/answers": _post(
        lambda f: {
            "page": "2345678925",
            "base": f.of_response("assignment.a.police.3"),
            "section": "about",
            "asked": ["worked_well"],
            "worked_well": "The call was quick",
        },
        D.ANSWER,
    ),
}
_COMPARISONS: Mapping[str, Door] = {
    f"GET {ROUND}/comparisons": Door(doing=D.COMPARE, also=(OF_B, OF_C)),
    f"GET {ROUND}/agreement": Door(doing=D.COMPARE, also=(OF_B, OF_C)),
    f"GET {SUBJECT}": Door(
        doing=D.COMPARE,
        also=({"subject": "subject.a.2"}, OF_B, OF_C),
    ),
    f"GET {SUBJECT}/{{question}}": Door(doing=D.COMPARE, also=(OF_B, OF_C)),
    f"POST {SUBJECT}/{{question}}": _post(
        lambda _: {"decision": "~not_agreed", "reason": "Both views stand", "version": "1"},
        D.AGREE,
        stage=S.MODERATION,
    ),
}
_CONCERNS: Mapping[str, Door] = {
    f"GET {MINE}/concern": Door(also=EVERY_ASSIGNMENT),
    f"POST {MINE}/concern": _post(also=EVERY_ASSIGNMENT),
    f"GET {CASE}/concern": Door(doing=D.COMPARE, also=({"subject": "subject.a.2"}, OF_B, OF_C)),
    f"POST {CASE}/concern": _post(doing=D.COMPARE),
    f"GET {ROUND}/concerns": Door(also=(OF_B, OF_C)),
    f"POST {ROUND}/concerns/{{concern}}/acknowledgement": _post(
        lambda _: {"outcome": "front_door"}, also=({**OF_B, "concern": "concern.b"},)
    ),
    "GET /{partnership}/danger-advice": Door(),
    "POST /{partnership}/danger-advice": _post(
        lambda f: {
            "line": "Ring 999",
            "words": "Ring the front door",
            "version": f.value("SELECT max(version) FROM concern_advice"),
        }
    ),
}
_ALIKE = mash().question_sets[0].question["form_child_voice"]
_SAID = Answer(State.ANSWERED, ("yes",))
"""What both agencies said, and the panel put off."""
_MEETINGS: Mapping[str, Door] = {
    f"POST {SUBJECT}/{{question}}/learning-points": _post(
        lambda _: {"words": "Ask for the worry first"},
        D.AGREE,
        stage=S.MODERATION,
        # The page again, with the point noted, where something beside it is not saved.
        opens=frozenset({303, 200}),
    ),
    f"POST {SUBJECT}/{{question}}/reason": _post(
        lambda _: {"reason": "Both views stand", "version": "1"}, D.AGREE, stage=S.MODERATION
    ),
    f"GET {CASE}/alike": Door(doing=D.AGREE, stage=S.MODERATION),
    f"POST {CASE}/alike": _post(
        lambda _: {"questions": [_ALIKE.id], "seen": [shown_as(_ALIKE, _SAID, 1)]},
        D.AGREE,
        stage=S.MODERATION,
    ),
    f"GET {CASE}/judgement": Door(doing=D.COMPARE, also=({"subject": "subject.a.2"}, OF_B, OF_C)),
    f"POST {CASE}/judgement": _post(
        lambda _: {"level": "good", "reason": "As the files show", "version": "1"},
        D.AGREE,
        stage=S.MODERATION,
    ),
    f"GET {ROUND}/judgements": Door(doing=D.COMPARE, also=(OF_B, OF_C)),
    f"GET {ROUND}/meetings": Door(doing=D.COMPARE, also=(OF_B, OF_C)),
    f"POST {ROUND}/meetings": _post(
        lambda _: {"others": "A minute taker"}, D.AGREE, stage=S.MODERATION
    ),
    f"GET {ROUND}/panels": Door(doing=D.AGREE),
    f"POST {ROUND}/panels": _post(
        lambda f: {"name": "Panel B", "cases": f.ref("subject.a.1"), "others": "A minute taker"},
        D.AGREE,
        stage=S.MODERATION,
    ),
    f"GET {MEETING}": Door(doing=D.COMPARE, also=({**OF_B, "meeting": "meeting.b"}, OF_C)),
    f"POST {MEETING}/room": _post(
        lambda _: {"others": "A minute taker", "version": "1"}, D.AGREE, stage=S.MODERATION
    ),
    f"POST {MEETING}/document": Door(
        doing=D.PREPARE_PACK,
        also=({**OF_B, "meeting": "meeting.b"}, OF_C),
        stage=S.REPORTED,
    ),
    f"GET {MEETING}/end": Door(doing=D.AGREE),
    f"POST {MEETING}/end": _post(lambda _: {"version": "1"}, D.AGREE, stage=S.MODERATION),
}
_FINDINGS: Mapping[str, Door] = {
    f"GET {ROUND}/results": Door(also=(OF_B, OF_C)),
    f"GET {ROUND}/results/{{question}}": Door(also=(OF_B, OF_C)),
    f"GET {ROUND}/findings": Door(also=(OF_B, OF_C)),
    f"GET {ROUND}/findings/new": Door(doing=D.WRITE_FINDINGS),
    f"POST {ROUND}/findings": _post(
        lambda f: {
            "kind": "strength",
            "title": "A new finding",
            "words": "What was learnt",
            "subject": f.ref("subject.a.1"),
            "question": "form_worry",
        },
        D.WRITE_FINDINGS,
        stage=S.MODERATION,
    ),
    f"GET {FINDING}": Door(also=(AGREED, OF_B, OF_C)),
    f"GET {FINDING}/wording": Door(doing=D.WRITE_FINDINGS),
    f"POST {FINDING}/wording": _post(
        lambda f: {
            "kind": "good_practice",
            "title": "Another title",
            "words": "Other words",
            "version": f.version("finding", "finding.a.draft"),
        },
        D.WRITE_FINDINGS,
        stage=S.MODERATION,
    ),
    f"POST {FINDING}/evidence": _post(
        lambda f: {"subject": f.ref("subject.a.2"), "question": "form_worry"},
        D.WRITE_FINDINGS,
        stage=S.MODERATION,
    ),
    f"POST {FINDING}/evidence/withdrawal": _post(
        lambda f: {"subject": f.ref("subject.a.1"), "question": "form_worry"},
        D.WRITE_FINDINGS,
        stage=S.MODERATION,
    ),
    f"GET {FINDING}/agreement": Door(doing=D.WRITE_FINDINGS),
    f"POST {FINDING}/agreement": _post(
        lambda f: {"version": f.version("finding", "finding.a.draft")},
        D.WRITE_FINDINGS,
        stage=S.MODERATION,
    ),
}
_ACTIONS: Mapping[str, Door] = {
    "GET /{partnership}/actions": Door(),
    f"GET {FINDING}/actions/new": Door(names=AGREED, doing=D.PLAN_ACTIONS),
    f"POST {FINDING}/actions": _post(
        lambda f: {
            "what": "Teach it",
            "how_we_will_know": "Dip sample",
            "agency": f.ref("agency.police"),
            "owner": f.ref("person.officer"),
            "due.day": "1",
            "due.month": "3",
            "due.year": "2027",
        },
        D.PLAN_ACTIONS,
        names=AGREED,
        stage=S.MODERATION,
    ),
    "GET /{partnership}/actions/{action}": Door(
        also=({"action": "action.b"}, {"action": "action.c", "partnership": "harrowmere"})
    ),
    "GET /{partnership}/actions/{action}/dates": Door(doing=D.UPDATE_ACTIONS, stage=S.REPORTED),
    "POST /{partnership}/actions/{action}/dates": _post(
        lambda f: {
            "due.day": "1",
            "due.month": "3",
            "due.year": "2027",
            "why": "No room",
            "version": f.version("action", "action.a"),
        },
        D.UPDATE_ACTIONS,
        stage=S.REPORTED,
    ),
    "GET /{partnership}/actions/{action}/owner": Door(doing=D.UPDATE_ACTIONS, stage=S.REPORTED),
    "POST /{partnership}/actions/{action}/owner": _post(
        lambda f: {
            "owner": f.ref("person.nurse"),
            "why": "She knows the service",
            "version": f.version("action", "action.a"),
        },
        D.UPDATE_ACTIONS,
        stage=S.REPORTED,
    ),
    "POST /{partnership}/actions/{action}/updates": _post(
        lambda f: {"to": "agreed", "words": "Begun", "version": f.version("action", "action.a")},
        D.UPDATE_ACTIONS,
        stage=S.REPORTED,
    ),
}
_EXPORTS: Mapping[str, Door] = {
    "GET /{partnership}/packs": Door(),
    f"GET {ROUND}/packs/{{subgroup}}": Door(doing=D.PREPARE_PACK, also=(OF_B,)),
    f"POST {ROUND}/packs/{{subgroup}}/document": Door(doing=D.PREPARE_PACK, stage=S.REPORTED),
    f"GET {ROUND}/letters": Door(doing=D.PREPARE_PACK, also=(OF_B, OF_C)),
    f"GET {LETTER}": Door(names=POLICE, doing=D.PREPARE_PACK, also=LETTERS),
    f"POST {LETTER}/document": Door(names=POLICE, doing=D.PREPARE_PACK, stage=S.REPORTED),
    f"GET {ROUND}/briefing": Door(doing=D.PREPARE_PACK, also=(OF_B,)),
    f"POST {ROUND}/briefing/document": Door(doing=D.PREPARE_PACK, stage=S.REPORTED),
    f"GET {ROUND}/report": Door(doing=D.PREPARE_PACK, also=(OF_B,)),
    f"POST {ROUND}/report/document": Door(doing=D.PREPARE_PACK, stage=S.REPORTED),
    f"GET {DOCUMENT}": Door(doing=D.PREPARE_PACK, also=({**OF_B, "document": "document.b"},)),
    f"POST {DOCUMENT}/file": Door(doing=D.PREPARE_PACK, stage=S.REPORTED),
    f"GET {ROUND}/papers/{{paper}}/wording": Door(doing=D.PREPARE_PACK, also=PAPERS),
    f"POST {ROUND}/papers/{{paper}}/wording": _post(
        lambda _: {"section": "tomorrow", "words": "Talk about it", "version": "1"},
        D.PREPARE_PACK,
        stage=S.REPORTED,
    ),
    f"GET {ROUND}/papers/{{paper}}/draft-again": Door(doing=D.PREPARE_PACK, also=PAPERS),
    f"POST {ROUND}/papers/{{paper}}/draft-again": _post(
        lambda _: {"section": "", "version": "1"}, D.PREPARE_PACK, stage=S.REPORTED
    ),
    f"GET {ROUND}/exports": Door(doing=D.COMPARE),
    f"POST {ROUND}/exports/answers": Door(doing=D.COMPARE),
    f"GET {ROUND}/exports/codebook": Door(also=(OF_B, OF_C)),
    "GET /{partnership}/exports/actions": Door(query=lambda _: "?show=all"),
    "POST /{partnership}/exports/actions": _post(
        lambda f: {"format": "csv", "show": "all", "round": f.ref("round.a")},
        stage=S.REPORTED,
        opens=frozenset({200, 409}),
    ),
    "GET /{partnership}/calendar": Door(),
    "POST /{partnership}/calendar/link": Door(),
    "POST /{partnership}/calendar/link/end": _post(),
    "GET /{partnership}/retention": Door(),
    f"GET {ROUND}/purge": Door(doing=D.PURGE, stage=S.CLOSED, also=(OF_B,)),
    f"POST {ROUND}/purge": _post(
        lambda _: {"kinds": ["lists", "answers"], "title": "Round a"}, D.PURGE, stage=S.CLOSED
    ),
    f"GET {ROUND}/hold": Door(doing=D.HOLD, also=(OF_B, OF_C)),
    f"POST {ROUND}/hold": _post(lambda _: {"reason": "An inquest has been opened"}, D.HOLD),
    f"POST {ROUND}/hold/end": _post(doing=D.HOLD, names={"round": "round.b"}),
    f"GET {ROUND}/trail": Door(also=(OF_B, OF_C)),
}

DOORS: Mapping[str, Door] = {
    **_PUBLIC,
    **_SIGNED_IN,
    **_PEOPLE,
    **_LIBRARY,
    **_ROUNDS,
    **_SAMPLES,
    **_ASSIGNMENTS,
    **_RESPONSES,
    **_COMPARISONS,
    **_CONCERNS,
    **_MEETINGS,
    **_FINDINGS,
    **_ACTIONS,
    **_EXPORTS,
}
"""A row for every route, by method and path."""
