"""What each paper of a round says, under the headings that boards use.

The subgroup pack and the practitioner briefing hold no count of cases and no subject's label: a
small number can tell which family it was.
"""

from collections.abc import Iterable, Iterator

from app.exports.paper import (
    OFFICIAL,
    SENSITIVE,
    Block,
    Bullets,
    Paper,
    Section,
    Table,
    paragraphs,
)
from app.exports.told import Counted, Told, ToldAction, ToldFinding
from app.findings.rules import FindingKind

PROVISIONAL = "Provisional: this round has not been reported yet, and its findings may change."
NO_FINDINGS = "No findings have been agreed."
NO_ACTIONS = "No actions are planned yet."
NO_CASES = "Counts of cases, and everything that names a subject"
NO_DRAFTS = "Findings that are not agreed"
_ACTION_HEADS = ("What will be done", "How we will know", "Owner", "Due", "State")
_ACTION_WIDTHS = (55, 42, 28, 22, 23)


def pack_paper(told: Told, subgroup: str) -> Paper:
    """Return a subgroup's pack: the findings that go to it, with their actions."""
    sections = [Section(1, "About this round"), *_about(told)]
    sections.append(_bulleted(2, "Agencies that took part", told.agencies))
    sections.append(Section(2, "How the cases were chosen", told.sample, "sample"))
    if not told.groups:
        sections.append(Section(1, "Findings", ("No agreed findings go to this subgroup.",)))
    sections += _findings(told)
    left_out = (NO_CASES, NO_DRAFTS, "Findings that go to other subgroups alone")
    return _paper(told, f"Pack for the {subgroup}", SENSITIVE, sections, left_out)


def briefing_paper(told: Told) -> Paper:
    """Return one page for practitioners: what was learnt, and what they can do."""
    works = [*_of(told, FindingKind.STRENGTH), *_of(told, FindingKind.GOOD_PRACTICE)]
    change = _of(told, FindingKind.AREA_FOR_DEVELOPMENT)
    actions = [action.what for finding in change for action in finding.actions]
    sections = [
        Section(1, "What we looked at", (*paragraphs(told.purpose), *told.sample), "looked_at"),
        _bulleted(1, "What works well", map(_with_themes, works), NO_FINDINGS, "works"),
        _bulleted(1, "What needs to change", map(_with_themes, change), NO_FINDINGS, "change"),
        _bulleted(1, "What is being done", dict.fromkeys(actions), NO_ACTIONS),
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
    return _paper(told, "Practitioner briefing", OFFICIAL, sections, left_out)


def report_paper(told: Told, counted: Counted) -> Paper:
    """Return the full report, with its counts: for lead, coordinator and scrutineer."""
    actions = [a for group in told.groups for finding in group.findings for a in finding.actions]
    sections = [
        Section(1, "Executive summary", _summary(told), "summary"),
        Section(1, "Purpose and key lines of enquiry"),
        *_about(told),
        Section(1, "Method and sample", (_method(told), *told.sample), "method"),
        Section(1, "Agencies contributing", (_returns(counted),)),
        *(_findings(told, rests_on=True) or [Section(1, "Findings", (NO_FINDINGS,))]),
        Section(1, "Results", (_HOW_COUNTED,)),
        *(Section(2, heading, (_results(heading, rows),)) for heading, rows in counted.results),
        Section(1, "Limitations", (Bullets(tuple(_limitations(counted))),), "limitations"),
        Section(
            1, "Actions", (_actions(actions),) if actions else ("No actions are planned yet.",)
        ),
        Section(1, "Appendix: the questions", (_questions(counted),)),
    ]
    left_out = (NO_DRAFTS, "Answers in words", "Responses that have not been sent")
    return _paper(told, "Full report", SENSITIVE, sections, left_out)


_HOW_COUNTED = (
    "How often each answer was given in the responses that were sent. Absences are counted apart, "
    "and grades are never averaged. Percentages are of answers, and only where there are ten or "
    "more."
)


def _paper(
    told: Told,
    called: str,
    classification: str,
    sections: Iterable[Section],
    left_out: tuple[str, ...],
) -> Paper:
    return Paper(
        title=told.round,
        called=called,
        classification=classification,
        about=(told.partnership, f"{told.tool}. Stage: {told.stage}."),
        warning=PROVISIONAL if told.provisional else "",
        sections=tuple(sections),
        left_out=left_out,
        made=f"Made by {told.made_by} on {told.made_at}.",
    )


def _about(told: Told) -> Iterator[Section]:
    yield Section(2, "Purpose", paragraphs(told.purpose), "purpose")
    if told.lines_of_enquiry:
        yield _bulleted(2, "Key lines of enquiry", told.lines_of_enquiry, key="lines")


def _bulleted(
    level: int, heading: str, lines: Iterable[str], nothing: str = "None.", key: str = ""
) -> Section:
    bullets = tuple(lines)
    return Section(level, heading, (Bullets(bullets) if bullets else nothing,), key)


def _of(told: Told, kind: FindingKind) -> list[ToldFinding]:
    return [f for group in told.groups if group.heading == kind.heading for f in group.findings]


def _with_themes(finding: ToldFinding) -> str:
    return f"{finding.title} ({', '.join(finding.themes)})" if finding.themes else finding.title


def _findings(told: Told, *, rests_on: bool = False) -> list[Section]:
    sections = []
    for group in told.groups:
        sections.append(Section(1, group.heading))
        for finding in group.findings:
            blocks: list[Block] = list(paragraphs(finding.words))
            if finding.themes:
                blocks.insert(0, f"Themes: {', '.join(finding.themes)}")
            if rests_on:
                each = "answer" if finding.rests_on == 1 else "answers"
                blocks.append(f"It rests on {finding.rests_on} compared {each}.")
            if not finding.actions:
                blocks.append("No actions are planned from this finding yet.")
            sections.append(Section(2, finding.title, tuple(blocks)))
            if finding.actions and not rests_on:
                sections.append(Section(3, "Actions", (_actions(finding.actions),)))
    return sections


def _actions(actions: Iterable[ToldAction]) -> Table:
    rows = tuple(
        (
            action.what,
            action.how_we_will_know,
            action.owner,
            action.due,
            f"{action.state}. {action.stands}" if action.stands else action.state,
        )
        for action in actions
    )
    return Table("Actions", _ACTION_HEADS, rows, _ACTION_WIDTHS)


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


def _results(caption: str, rows: tuple[tuple[str, ...], ...]) -> Table:
    heads = ("Question", "Answered of asked", "Answers", "Absences")
    return Table(caption, heads, rows, (60, 25, 50, 35))


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
