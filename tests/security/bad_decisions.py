"""Kinds of bad input to the panel's meeting, to findings, and to the papers of a round."""

from collections.abc import Mapping

from app.rounds.rules import Stage
from tests.security.addresses import CASE, FINDING, MEETING, ROUND, SUBJECT
from tests.security.bad import Bad
from tests.security.bad_plans import RELOAD
from tests.security.doors import Facts

DECIDE, JUDGE, ALIKE = (
    f"POST {SUBJECT}/{{question}}",
    f"POST {CASE}/judgement",
    f"POST {CASE}/alike",
)
POINT, ROOM = f"POST {SUBJECT}/{{question}}/learning-points", f"POST {MEETING}/room"
FINDINGS, EVIDENCE = f"POST {ROUND}/findings", f"POST {FINDING}/evidence"
WORDING, AGAIN = (
    f"POST {ROUND}/papers/{{paper}}/wording",
    f"POST {ROUND}/papers/{{paper}}/draft-again",
)
MEANWHILE = "after you opened the page"
LONG = "x" * 5001


def _harrow(f: Facts) -> str:
    return f.ref("agency.harrowmere")


DECISIONS: Mapping[str, Bad] = {
    "a reason that says nothing": Bad(
        f"POST {SUBJECT}/{{question}}/reason", "Write the reason", {"reason": " \u200b "}
    ),
    "a reason of more than 5,000 characters, worded anew": Bad(
        f"POST {SUBJECT}/{{question}}/reason", "5,000 characters or fewer", {"reason": LONG}
    ),
    "minutes taken by somebody who may not": Bad(
        ROOM, "Choose from the panel and the coordinators", {"minutes": "nobodyhere"}
    ),
    "no decision": Bad(DECIDE, "Select what the panel agreed", {"decision": None}),
    "an answer that the question does not have": Bad(DECIDE, "Select", {"decision": "excellent"}),
    "two decisions, neither of which there is": Bad(DECIDE, "Select", {"decision": ["~", "~~"]}),
    "an answer that departs without a reason": Bad(
        DECIDE,
        "Give the reason: this is not the answer that most agencies gave",
        {"decision": "inadequate", "reason": "\u200b"},
    ),
    "a decision put off for nothing": Bad(
        DECIDE, "Say what the panel waits for", {"decision": "~put_off", "reason": " \n "}
    ),
    "a reason of more than 5,000 characters": Bad(
        DECIDE, "The reason must be 5,000 characters or fewer", {"reason": LONG}
    ),
    "dissent of an agency that was never asked": Bad(
        DECIDE,
        "Choose from the agencies of this comparison",
        lambda f: {f"dissent.{_harrow(f)}": "We do not agree"},
    ),
    "dissent of nobody": Bad(
        DECIDE, "Choose from the agencies of this comparison", {"dissent.": "We do not agree"}
    ),
    "dissent of more than 1,000 characters": Bad(
        DECIDE,
        "What an agency says must be 1,000 characters or fewer",
        lambda f: {f"dissent.{f.ref('agency.police')}": "x" * 1001},
    ),
    "a decision on a page without its version": Bad(DECIDE, RELOAD, {"version": None}),
    "a decision on a page of a negative version": Bad(DECIDE, RELOAD, {"version": "-1"}),
    "a decision on a page of a version in other digits": Bad(DECIDE, RELOAD, {"version": "\u0661"}),
    "a decision made over another's": Bad(DECIDE, MEANWHILE, {"version": "0"}, 409),
    "a decision on a version to come": Bad(DECIDE, MEANWHILE, {"version": "9"}, 409),
    "a question put off over another's decision": Bad(
        DECIDE, MEANWHILE, {"version": "0", "decision": "~put_off", "reason": "The file"}, 409
    ),
    "a grade of somebody's own": Bad(
        DECIDE, "This form does not ask for “grade”", {"grade": "outstanding"}
    ),
    "a decision before the panel meets": Bad(
        DECIDE, "done only at “Moderation”: agree answers", status=409, stage=Stage.RETURNS_CLOSED
    ),
    "nothing of what was said alike": Bad(
        ALIKE, "Choose at least one question that is still to be agreed", {"questions": None}
    ),
    "agreeing at once on what was decided apart": Bad(
        ALIKE, "Choose at least one question", {"questions": ["form_worry", "form_worry", "x"]}
    ),
    "agreeing at once over what was put off meanwhile": Bad(
        ALIKE, MEANWHILE, {"seen": ["form_child_voice 0 15dedf19cf158db7"]}, 409
    ),
    "agreeing at once to what nobody was shown": Bad(
        ALIKE, "Choose at least one question", {"seen": None}
    ),
    "a judgement without a reason": Bad(JUDGE, "Give the reason for the judgement", {"reason": ""}),
    "a judgement on no scale": Bad(JUDGE, "Select what the panel judged", {"level": "3"}),
    "a judgement in two levels at once": Bad(
        JUDGE, "Select what the panel judged", {"level": ["good", "average"]}
    ),
    "a judgement over another's": Bad(JUDGE, MEANWHILE, {"version": "0"}, 409),
    "a judgement of a version that no database holds": Bad(
        JUDGE, RELOAD, {"version": "99999999999"}
    ),
    "a judgement by arithmetic": Bad(
        JUDGE, "This form does not ask for “average”", {"average": "2.4"}
    ),
    "a learning point of nothing that can be seen": Bad(
        POINT, "Write what is to be learnt", {"words": "\u202e\u200b"}
    ),
    "a learning point of more than 5,000 characters": Bad(
        POINT, "Learning point must be 5,000 characters or fewer", {"words": LONG}
    ),
    "an empty room": Bad(ROOM, "Choose who is in the room", {"others": ""}),
    "somebody in the room who has no part in the round": Bad(
        ROOM,
        "Choose from the lead and the panel of the round",
        lambda f: {"present": [f.ref("person.nurse")]},
    ),
    "more others in the room than 5,000 characters": Bad(
        ROOM, "Others in the room must be 5,000 characters or fewer", {"others": LONG}
    ),
    "a room that somebody else has changed": Bad(ROOM, MEANWHILE, {"version": "7"}, 409),
    "a room without its version": Bad(ROOM, RELOAD, {"version": None}),
    "a meeting ended on an older page": Bad(
        f"POST {MEETING}/end", MEANWHILE, {"version": "2"}, 409
    ),
    "a meeting of another round": Bad(
        f"POST {MEETING}/end", "Page not found", status=404, names={"meeting": "meeting.b"}
    ),
    "a finding of no kind": Bad(FINDINGS, "Choose a kind of finding", {"kind": None}),
    "a finding of a kind that there is not": Bad(
        FINDINGS, "choose one of the answers offered", {"kind": "failing"}
    ),
    "a finding on a theme of another tool": Bad(
        FINDINGS, "choose from the themes of the audit tool", {"themes": ["VC", "../VC"]}
    ),
    "a finding for another partnership's subgroup": Bad(
        FINDINGS,
        "choose from the subgroups of the round",
        lambda f: {"subgroups": [f.ref("subgroup.harrowmere")]},
    ),
    "a finding from another round's subject": Bad(
        FINDINGS, "Page not found", lambda f: {"subject": f.ref("subject.b.1")}, 404
    ),
    "a finding from a question that there is not": Bad(
        FINDINGS, "Page not found", {"question": "form_worry'--"}, 404
    ),
    "evidence from another partnership": Bad(
        EVIDENCE, "Page not found", lambda f: {"subject": f.ref("subject.c.1")}, 404
    ),
    "evidence that names no question": Bad(EVIDENCE, RELOAD, {"question": None}),
    "a finding agreed on an older page": Bad(
        f"POST {FINDING}/agreement", MEANWHILE, {"version": "3"}, 409
    ),
    "an agreed finding agreed again": Bad(
        f"POST {FINDING}/agreement",
        "This finding is agreed already",
        status=409,
        names={"finding": "finding.a.agreed"},
    ),
    "an agreed finding written anew": Bad(
        f"POST {FINDING}/wording",
        "It can be read, and not changed",
        status=409,
        names={"finding": "finding.a.agreed"},
    ),
    "a section of a paper that there is not": Bad(
        WORDING, "Page not found", {"section": "results"}, 404
    ),
    "words for no section": Bad(WORDING, RELOAD, {"section": ""}),
    "a section of nothing": Bad(WORDING, "Write what the section says", {"words": "\r\n\x0b"}),
    "a section of more than 5,000 characters": Bad(
        WORDING, "Words must be 5,000 characters or fewer", {"words": LONG}
    ),
    "a section of a negative version": Bad(WORDING, RELOAD, {"version": "-1"}),
    "a section that somebody else wrote": Bad(WORDING, MEANWHILE, {"version": "0"}, 409),
    "a paper of another partnership's subgroup": Bad(
        WORDING, "Page not found", status=404, names={"paper": "subgroup.harrowmere"}
    ),
    "a paper drafted again on an older page": Bad(AGAIN, MEANWHILE, {"version": "4"}, 409),
    "a paper drafted again without its version": Bad(AGAIN, RELOAD, {"version": None}),
    "a paper as a program": Bad(
        f"POST {ROUND}/report/document", "choose one of the answers offered", {"format": "exe"}
    ),
    "answers as a database": Bad(
        f"POST {ROUND}/exports/answers", "choose one of the answers offered", {"format": "sql"}
    ),
    "answers of one agency": Bad(
        f"POST {ROUND}/exports/answers", "This form does not ask for “agency”", {"agency": "x"}
    ),
}
