"""The full report of a round: with counts, for lead, coordinator and scrutineer alone."""

from collections.abc import Iterator

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
from app.exports.paper import SENSITIVE, Block, Bullets, Paper, Section, Table
from app.exports.told import Counted, LastTime, Told
from app.findings.rules import FindingKind
from app.rounds.retention import Kept

VOICE, DIVERSITY = "VC", "EDI"
"""Themes of the cross-cutting block that every report has a part for."""


HOW_JUDGED = (
    "Each agency graded its own part before it saw any other grade. The panel then judged each "
    "case as a whole: its judgement is decided with a reason and never computed."
)
ANSWERS_GONE = (
    "Purged on {}: what each agency graded in each case. How often each grade was given stands in "
    "the results."
)
GONE = ((Kept.ANSWERS, ANSWERS_GONE), (Kept.AGREED_ANSWERS, "Purged on {}: what the panel judged."))
COMPARED_GONE = "Purged on {}: the answers that were compared."
HOW_COMPARED = (
    "How often agencies that answered the same question about the same case said the same. Answers "
    "in words, and about an agency's own part, are left out. Agencies look at different files, so "
    "a difference shows where their views part and says nothing of who is right."
)
HOW_ALIKE = (
    "Findings are put side by side where they carry a theme in common; whether they are about the "
    "same matter is for the panel to say. Grades are compared only for questions that both rounds "
    "asked in the same words, and of different cases."
)
NO_LAST_TIME = (
    "No earlier round with this audit tool was reported, or whoever made this report may not read "
    "it."
)


def report_paper(told: Told, counted: Counted, last: LastTime | None) -> Paper:
    """Return the full report, with its counts; `last` is what the round before is compared by."""
    actions = [a for group in told.groups for finding in group.findings for a in finding.actions]
    sections = [
        Section(1, "Executive summary", _summary(told), "summary"),
        Section(1, "Purpose and key lines of enquiry"),
        *about(told),
        Section(1, "Method and sample", (_method(told), *told.sample), "method"),
        Section(1, "Agencies contributing", (_returns(counted),)),
        bulleted(1, "Case profile", counted.profile, "No case was audited.", "profile"),
        *(_findings(told) or [Section(1, "Findings", (NO_FINDINGS,))]),
        *_themed(told, counted, VOICE, "Voice of the child and family", "voice"),
        *_themed(told, counted, DIVERSITY, "Equality, diversity and inclusion", "diversity"),
        *_grades(counted),
        *_compared(counted),
        *_last_time(last),
        Section(1, "Results", (HOW_COUNTED,)),
        *(Section(2, heading, (result_table(heading, rows),)) for heading, rows in counted.results),
        Section(1, "Limitations", (Bullets(tuple(_limitations(counted))),), "limitations"),
        bulleted(1, "Recommendations", _recommended(told), NO_FINDINGS, "recommendations"),
        Section(1, "Actions", (action_table(actions),) if actions else (NO_ACTIONS,)),
        Section(1, "Appendix: the questions", (_questions(counted),)),
    ]
    left_out = (NO_DRAFTS, "Answers in words", "Responses that have not been sent")
    return framed(told, "Full report", SENSITIVE, sections, left_out)


def _summary(told: Told) -> tuple[Block, ...]:
    if not told.groups:
        return (NO_FINDINGS,)
    blocks: list[Block] = []
    for group in told.groups:
        blocks.append(f"{group.heading}:")
        blocks.append(Bullets(tuple(finding.title for finding in group.findings)))
    return tuple(blocks)


def _method(told: Told) -> str:
    return (
        f"Each agency answered the questions of the {told.tool} about its own part in each case. "
        "No agency saw what others had answered before it had sent its own. The answers were then "
        "compared, and where they differed the panel agreed one or recorded that it could not."
    )


def _returns(counted: Counted) -> Table:
    heads = ("Agency", "Responses asked for", "Sent", "How it stands")
    return Table("Responses by agency", heads, counted.returns, (60, 35, 25, 50))


def _findings(told: Told) -> list[Section]:
    sections = []
    for group in told.groups:
        sections.append(Section(1, group.heading))
        for finding in group.findings:
            more = [f"It rests on {finding.rests_on}."]
            if not finding.actions:
                more.append("No actions are planned from this finding yet.")
            sections.append(in_full(finding, *more))
    return sections


def _themed(told: Told, counted: Counted, theme: str, heading: str, key: str) -> Iterator[Section]:
    """Tell what was found and answered under one theme, whatever section it was asked in."""
    found = [f.title for group in told.groups for f in group.findings if theme in f.theme_ids]
    yield bulleted(1, heading, found, "No agreed finding carries this theme.", key)
    rows = counted.themed.get(theme)
    if rows:
        yield Section(2, f"What was answered: {heading.lower()}", (result_table(heading, rows),))


def _grades(counted: Counted) -> Iterator[Section]:
    if not counted.grades:
        return
    purged = [words.format(counted.gone[kind]) for kind, words in GONE if kind in counted.gone]
    yield Section(1, "Grades and what the panel judged", (HOW_JUDGED, *purged), "grades")
    heads = ("Agency", "Grades that it gave", "The panel judged, beside them")
    for title, questions, rows in counted.grades:
        tables = (Table(title, heads, rows, (55, 75, 40)),) if rows else ()
        yield Section(2, title, (Bullets(questions), *tables))


def _compared(counted: Counted) -> Iterator[Section]:
    if Kept.ANSWERS in counted.gone:
        words = COMPARED_GONE.format(counted.gone[Kept.ANSWERS])
        yield Section(1, "Comparison between agencies", (words,), "compared")
        return
    yield Section(1, "Comparison between agencies", (HOW_COMPARED,), "compared")
    heads = ("Section", "Compared", "The same", "Different", "Decided by the panel")
    if counted.compared:
        table = Table("Answers of several agencies", heads, counted.compared, (70, 25, 25, 25, 25))
        yield Section(2, "How often agencies said the same", (table,))


def _last_time(last: LastTime | None) -> Iterator[Section]:
    if last is None:
        yield Section(1, "Comparison with last time", (NO_LAST_TIME,), "last_time")
        return
    words = f"The round before with this audit tool was “{last.round}”. {HOW_ALIKE}"
    yield Section(1, "Comparison with last time", (words,), "last_time")
    if last.areas:
        heads = ("Area for development then", "What works now", "What needs to change still")
        table = Table("Areas for development of last time", heads, last.areas, (56, 57, 57))
        yield Section(2, "What became of its areas for development", (table,))
    if last.grades:
        heads = ("Question", "Then", "Now")
        yield Section(2, "Grades", (Table("Grades", heads, last.grades, (70, 50, 50)),))


def _recommended(told: Told) -> Iterator[str]:
    for finding in found(told, FindingKind.AREA_FOR_DEVELOPMENT):
        actions = "; ".join(action.what for action in finding.actions if not action.given_up)
        yield f"{finding.title}: {actions}" if actions else f"{finding.title}: no action yet"


def _limitations(counted: Counted) -> Iterator[str]:
    yield "Agencies judged their own work. The comparison tests this, and cannot remove it."
    yield "The cases are a sample. Where few answered, one case moves a result a long way."
    yield from (
        f"{agency}: {sent} of {asked} responses were sent."
        for agency, asked, sent, _ in counted.returns
        if asked != sent
    )


def _questions(counted: Counted) -> Table:
    return Table("Questions", ("Id", "Question"), counted.questions, (40, 130))
