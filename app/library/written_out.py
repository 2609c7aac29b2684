"""The audit tools written out as documents: what each asks, of whom, and what it leans on.

Made from the same files as the pages, so that whoever reads a repository and whoever opens the
product read the same questions.
"""

from collections.abc import Iterable, Iterator, Mapping

from app.library.rules import (
    Met,
    answers_in_words,
    as_met_by,
    asked_only_of,
    counts_of,
)
from app.tools import AgencyKind, Coded, QuestionSet, Tool

NOTE = "Written by `make docs` from the files in `audit_tools`: change those and not this."

_ABOUT = (
    "What each tool asks, of whom, and what it leans on. Counts are of questions asked whatever "
    "was answered before; in brackets, with all that earlier answers may open. What each role may "
    "object to, and what a partnership checks first, is on its page of objections. How to write "
    "one is in [Writing an audit tool](../audit-tools.md)."
)

Versions = Mapping[tuple[str, int], Tool]


def newest(tools: Versions) -> list[Tool]:
    """Return the newest version of every tool, in the order of their names."""
    found: dict[str, Tool] = {}
    for (slug, _), tool in sorted(tools.items()):
        found[slug] = tool
    return list(found.values())


def index_markdown(tools: Versions) -> str:
    """Write the index of the audit tools: sets, subjects, counts, themes and frameworks."""
    told = ["# The audit tools", "", NOTE, "", _ABOUT, ""]
    for tool in newest(tools):
        told += _tool(tool, sorted(version for slug, version in tools if slug == tool.slug))
    return "\n".join(told).rstrip() + "\n"


def _tool(tool: Tool, versions: Iterable[int]) -> Iterator[str]:
    yield from (f"## {tool.title}", "", tool.summary, "")
    known = ", ".join(map(str, versions))
    yield (
        f"`{tool.slug}`, version {tool.version} (on file: {known}). "
        f"[All questions]({tool.slug}-questions.md). [Objections]({tool.slug}.md)."
    )
    yield ""
    yield from ("| question set | about each | asked of | questions |", "|---|---|---|---|")
    for question_set in tool.question_sets:
        for row in counts_of(question_set):
            every = len(row.kinds) == len(AgencyKind)
            kinds = "every kind" if every else ", ".join(kind.words for kind in row.kinds)
            about = question_set.subject.words.lower()
            yield f"| {question_set.title} | {about} | {kinds} | {row.at_once} ({row.total}) |"
    yield ""
    if tool.themes:
        yield f"Themes: {'; '.join(f'{each.title} ({each.id})' for each in tool.themes)}."
        yield ""
    for framework in tool.frameworks:
        version = f" ({framework.version})" if framework.version else ""
        yield f"- **{framework.name}**{version}. {_line(framework.note)}".rstrip()
    if tool.frameworks:
        yield ""


def questions_markdown(tool: Tool) -> str:
    """Write out everything that one version asks, set by set, in the order asked."""
    told = [f"# {tool.title}, version {tool.version}: all questions", "", NOTE, ""]
    if tool.scales:
        told += ["## Scales", ""]
    for scale in tool.scales:
        order = scale.polarity.replace("_", " ")
        told += [f"**{scale.title}** (`{scale.id}`, {order})", ""]
        told += [f"- {level.label}: {_line(level.descriptor)}" for level in scale.levels]
        told.append("")
    for question_set in tool.question_sets:
        told += _set(question_set)
    return "\n".join(told).rstrip() + "\n"


def _set(question_set: QuestionSet) -> Iterator[str]:
    yield from (f"## {question_set.title}", "")
    yield f"About each {question_set.subject.words.lower()}. {_line(question_set.introduction)}"
    yield ""
    for subject in question_set.subjects:
        yield f"- {subject.title}: {_line(subject.guidance)}".rstrip(": ")
    if question_set.subjects:
        yield ""
    for each in as_met_by(question_set, None):
        yield from (f"### {each.section.title}", "")
        if each.section.guidance:
            yield from (_line(each.section.guidance), "")
        for met in each.questions:
            yield from _question(met, asked_only_of(each.section, met.question))
            yield ""


def _question(met: Met, only_of: str) -> Iterator[str]:
    question = met.question
    block = f", from the block {question.block}" if question.block else ""
    yield f"**{met.number}. {_line(question.text)}** (`{question.id}`{block})"
    yield ""
    if only_of:
        yield f"- Asked only of: {only_of}."
    if met.condition:
        yield f"- Only if {met.condition}."
    if question.guidance:
        yield f"- {_line(question.guidance)}"
    yield f"- {answers_in_words(question)}{_options(met)}"
    if question.absences:
        why = ", and why must be said" if question.absence_reason == "required" else ""
        yield f"- Or: {'; '.join(words for _, words in question.offered_absences)}{why}."
    if question.reason == "required":
        yield "- A reason must be given."
    if not question.required:
        yield "- May be left empty."
    if question.themes:
        yield f"- Themes: {', '.join(question.themes)}."


def _options(met: Met) -> str:
    question = met.question
    if not isinstance(question, Coded) or question.kind == "yes_no":
        return "."
    told = (f"**{o.label}**{f' ({_line(o.hint)})' if o.hint else ''}" for o in question.offered())
    return f": {'; '.join(told)}"


def _line(text: str) -> str:
    return " ".join(text.split())
