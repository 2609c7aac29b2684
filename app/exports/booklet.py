"""A blank question set as a paper: to be printed, read by those who will answer, or filled in.

It holds nothing about any child, and so no classification beyond what is public.
"""

from collections.abc import Iterator, Sequence
from html import escape

from app.exports.paper import OFFICIAL, Block, Bullets, Paper, Section
from app.library.rules import Met, answers_in_words, as_met_by, asked_only_of
from app.tools import AgencyKind, Coded, QuestionSet, Tool

NO_NAMES = (
    "Write no name, address, date of birth or NHS number of a child, parent or practitioner. "
    "Write “the mother”, “the health visitor”, “child 2”."
)
_BOX = "[   ] "
_LINE = "_" * 74
_LINES = {"long_text": 5, "short_text": 1}


def booklet_paper(tool: Tool, sets: Sequence[QuestionSet], kind: AgencyKind | None) -> Paper:
    """Return question sets as one kind of agency meets them, or all that they ask of anybody."""
    sections: list[Section] = []
    for question_set in sets:
        sections += _set(question_set, kind)
    return Paper(
        title=tool.title,
        called=f"Blank question set{'s' * (len(sets) != 1)}, "
        f"{f'as asked of {kind.words}' if kind else 'everything that is asked of anybody'}",
        classification=OFFICIAL,
        about=(tool.summary,) if tool.summary else (),
        warning=NO_NAMES,
        sections=tuple(sections),
        left_out=(),
        made=f"Audit tool {tool.slug}, version {tool.version}",
    )


def _set(question_set: QuestionSet, kind: AgencyKind | None) -> Iterator[Section]:
    front: list[Block] = [each for each in question_set.introduction.splitlines() if each.strip()]
    front += [f"{label}: {_LINE[:40]}" for label in ("Reference", "Agency", "Completed by (role)")]
    if question_set.subjects:
        front.append(f"Answered once for each of these {question_set.subject.several}:")
        front.append(Bullets(tuple(each.title for each in question_set.subjects)))
    met = as_met_by(question_set, kind)
    if not met:
        front.append("This question set asks nothing of this kind of agency.")
    yield Section(1, question_set.title, tuple(front))
    for each in met:
        words = [each.section.guidance] if each.section.guidance else []
        if each.evidence:
            words.append(f"Where to look: {each.evidence}")
        yield Section(2, each.section.title, tuple(words))
        for question in each.questions:
            of = "" if kind else asked_only_of(each.section, question.question)
            yield Section(
                3, f"{question.number}. {question.question.text}", (*_asked(question, of),)
            )


def _asked(met: Met, only_of: str) -> Iterator[Block]:
    """Give what stands under a question: when and how it is answered, and room to write."""
    question = met.question
    if only_of:
        yield f"Asked only of: {only_of}."
    if met.condition:
        yield f"Only if {met.condition}."
    if question.guidance:
        yield question.guidance
    absences = tuple(f"{_BOX}{words}" for _, words in question.offered_absences)
    if isinstance(question, Coded):
        options = (f"{o.label}: {o.hint}" if o.hint else o.label for o in question.offered())
        yield Bullets((*(f"{_BOX}{words}" for words in options), *absences))
    else:
        yield f"{answers_in_words(question)}:"
        yield from [_LINE if question.kind in _LINES else _LINE[:24]] * _LINES.get(question.kind, 1)
        if absences:
            yield Bullets(absences)
    if question.absences and question.absence_reason == "required":
        yield f"Why there is no answer (must be said): {_LINE[:34]}"
    if question.reason != "none":
        yield "Reason (must be given):" if question.reason == "required" else "Comment:"
        yield from [_LINE] * (3 if question.reason == "required" else 1)


_STYLE = (
    "body{font:11pt/1.4 Arial,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;"
    "color:#0b0c0c;overflow-wrap:anywhere}ul{list-style:none;padding-left:0}"
    "h2{border-top:2px solid;padding-top:.5rem}h2,h3,h4{break-after:avoid}"
    "@media print{body{margin:0;max-width:none}}"
)


def booklet_html(paper: Paper) -> bytes:
    """Return a booklet as one page that leans on nothing else, for reading and printing."""
    body = [f"<h1>{escape(paper.title)}</h1>"]
    front = (paper.called, *paper.about, paper.warning, paper.made)
    body += [f"<p>{escape(line)}</p>" for line in front]
    for section in paper.sections:
        level = section.level + 1
        body.append(f"<h{level}>{escape(section.heading)}</h{level}>")
        body += map(_html, section.blocks)
    title = escape(paper.full_title)
    page = (
        f'<!doctype html>\n<html lang="en-GB">\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n<main>\n"
    )
    return (page + "\n".join(body) + "\n</main>\n</html>\n").encode()


def _html(block: Block) -> str:
    if isinstance(block, Bullets):
        return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in block.lines)}</ul>"
    return f"<p>{escape(str(block))}</p>"


def booklet_text(paper: Paper) -> str:
    """Return a booklet as plain text, for a terminal."""
    told = [paper.title, paper.called, *paper.about, paper.warning, paper.made]
    for section in paper.sections:
        heading = section.heading.upper() if section.level == 1 else section.heading
        told += ["", "#" * section.level + " " + heading]
        for block in section.blocks:
            told += block.lines if isinstance(block, Bullets) else [str(block)]
    return "\n".join(told) + "\n"
