"""The full report of a round: with counts, for lead, coordinator and scrutineer alone."""

from collections.abc import Iterator

from app.exports.drafting import (
    HOW_COUNTED,
    NO_ACTIONS,
    NO_DRAFTS,
    NO_FINDINGS,
    about,
    action_table,
    framed,
    in_full,
    result_table,
)
from app.exports.paper import SENSITIVE, Block, Bullets, Paper, Section, Table
from app.exports.told import Counted, Told


def report_paper(told: Told, counted: Counted) -> Paper:
    """Return the full report, with its counts."""
    actions = [a for group in told.groups for finding in group.findings for a in finding.actions]
    sections = [
        Section(1, "Executive summary", _summary(told), "summary"),
        Section(1, "Purpose and key lines of enquiry"),
        *about(told),
        Section(1, "Method and sample", (_method(told), *told.sample), "method"),
        Section(1, "Agencies contributing", (_returns(counted),)),
        *(_findings(told) or [Section(1, "Findings", (NO_FINDINGS,))]),
        Section(1, "Results", (HOW_COUNTED,)),
        *(Section(2, heading, (result_table(heading, rows),)) for heading, rows in counted.results),
        Section(1, "Limitations", (Bullets(tuple(_limitations(counted))),), "limitations"),
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
            each = "answer" if finding.rests_on == 1 else "answers"
            more = [f"It rests on {finding.rests_on} compared {each}."]
            if not finding.actions:
                more.append("No actions are planned from this finding yet.")
            sections.append(in_full(finding, *more))
    return sections


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
