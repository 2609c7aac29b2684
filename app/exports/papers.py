"""What the papers that leave a round say, under the headings that boards use.

None of them holds a count of cases or a subject's label, since a small number can tell which family
it was. A letter adds what its own agency said, and nothing of any other agency's.
"""

from dataclasses import replace

from app.exports.drafting import (
    HOW_COUNTED,
    NO_ACTIONS,
    NO_DRAFTS,
    NO_FINDINGS,
    about,
    action_table,
    bulleted,
    found,
    framed,
    in_full,
    result_table,
)
from app.exports.paper import OFFICIAL, SENSITIVE, Bullets, Paper, Section, paragraphs
from app.exports.told import Own, Told, ToldFinding
from app.findings.rules import FindingKind

NO_CASES = "Counts of cases, and everything that names a subject"
WORKS = (FindingKind.STRENGTH, FindingKind.GOOD_PRACTICE)
CHANGE = FindingKind.AREA_FOR_DEVELOPMENT
NO_OTHERS = (
    "Grades, answers and reasons of every other agency",
    "Counts over all agencies, and everything that names a subject",
    "What the panel agreed about each case",
    "Your own answers in words, numbers and dates, and your reasons: they are in your responses",
    "Actions of other agencies",
    NO_DRAFTS,
)


def pack_paper(told: Told, subgroup: str) -> Paper:
    """Return a subgroup's pack: the findings that go to it, with their actions."""
    sections = [Section(1, "About this round"), *about(told)]
    sections.append(bulleted(2, "Agencies that took part", told.agencies))
    sections.append(Section(2, "How the cases were chosen", told.sample, "sample"))
    if not told.groups:
        sections.append(Section(1, "Findings", ("No agreed findings go to this subgroup.",)))
    for group in told.groups:
        sections.append(Section(1, group.heading))
        for finding in group.findings:
            if finding.actions:
                sections.append(in_full(finding))
                sections.append(Section(3, "Actions", (action_table(finding.actions),)))
            else:
                none = "No actions are planned from this finding yet."
                sections.append(in_full(finding, none))
    left_out = (NO_CASES, NO_DRAFTS, "Findings that go to other subgroups alone")
    return framed(told, f"Pack for the {subgroup}", SENSITIVE, sections, left_out)


def briefing_paper(told: Told) -> Paper:
    """Return one page for practitioners: what was learnt, and what they can do."""
    works, change = found(told, *WORKS), found(told, CHANGE)
    actions = [action.what for finding in change for action in finding.actions if action.settled]
    sections = [
        Section(1, "What we looked at", (*paragraphs(told.purpose), *told.sample), "looked_at"),
        bulleted(1, "What works well", map(_with_themes, works), NO_FINDINGS, "works"),
        bulleted(1, "What needs to change", map(_with_themes, change), NO_FINDINGS, "change"),
        bulleted(1, "What is being done", dict.fromkeys(actions), NO_ACTIONS),
        Section(
            1,
            "What you can do tomorrow",
            (
                Bullets(
                    (
                        "Talk about one of these findings in your next team meeting.",
                        "Take one case of yours to supervision, and look at it beside them.",
                    )
                ),
            ),
            "tomorrow",
        ),
        Section(
            1,
            "Where to read more",
            (f"Ask the safeguarding lead of your agency, or {told.partnership}.",),
            "more",
        ),
    ]
    left_out = (NO_CASES, NO_DRAFTS, "Who owns each action")
    paper = framed(told, "Practitioner briefing", OFFICIAL, sections, left_out)
    return replace(paper, one_page=True)


def _with_themes(finding: ToldFinding) -> str:
    return f"{finding.title} ({', '.join(finding.themes)})" if finding.themes else finding.title


def letter_paper(told: Told, own: Own) -> Paper:
    """Return the feedback letter to one agency; what is told holds its own actions alone."""
    actions = [a for group in told.groups for finding in group.findings for a in finding.actions]
    sections = [
        Section(1, "Thank you", (_thanks(own),), "thanks"),
        Section(1, "What was audited"),
        *about(told),
        Section(2, "How the cases were chosen", told.sample, "sample"),
        *_findings("What works well", found(told, *WORKS)),
        *_findings("What needs to change", found(told, CHANGE)),
        *_answers(own),
        Section(
            1,
            "Your actions",
            (action_table(actions),) if actions else ("No action is planned for your agency yet.",),
        ),
        bulleted(1, "What happens next", _NEXT, key="next"),
        Section(1, "Whom to ask", (_whom_to_ask(told, own),), "ask"),
    ]
    return framed(told, f"Feedback letter to {own.agency}", SENSITIVE, sections, NO_OTHERS)


_NEXT = (
    "Share this letter with those who took part and with the managers who can act on it.",
    "Say in Casefile how far each of your actions is, and what shows that it is done.",
    "Before the round is closed, the partnership looks at what has changed for children.",
)


def _thanks(own: Own) -> str:
    if not own.results:
        return (
            f"{own.agency} was asked to take part in this audit. It has sent no response, so this "
            "letter holds the findings of the round and no answers of yours."
        )
    return (
        f"Thank you to everybody at {own.agency} who gave time to this audit. It can find only "
        "what agencies say openly about their own work, and you did."
    )


def _findings(heading: str, findings: list[ToldFinding]) -> list[Section]:
    if not findings:
        return [Section(1, heading, (NO_FINDINGS,))]
    return [Section(1, heading), *map(in_full, findings)]


def _answers(own: Own) -> list[Section]:
    heading = "Your own grades and answers"
    if not own.results:
        return [Section(1, heading, ("You have sent no response.",), "answers")]
    said = f"These are the answers of {own.agency} alone. {HOW_COUNTED}"
    tables = (Section(2, title, (result_table(title, rows),)) for title, rows in own.results)
    return [Section(1, heading, (said,), "answers"), *tables]


def _whom_to_ask(told: Told, own: Own) -> str:
    return (
        f"Ask {own.lead}, who led this audit, or {told.partnership}."
        if own.lead
        else (f"Ask {told.partnership}.")
    )
