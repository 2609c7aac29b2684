"""A section's questions as HTML, prepared once and filled in for each answer.

Rendering a hundred questions through macros costs milliseconds every time and gives the same HTML
but for what is ticked and typed. So each question is rendered once with marks where those go, cut
at the marks, and kept; a page is then a list of strings with the gaps put in. Everything typed is
escaped here, and this is the only module of the step that declares HTML safe.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup, escape
from sqlmodel import Session

from app.library.rules import Met, MetSection, as_met_by
from app.responses.given import Given, ticks
from app.tools import AgencyKind, Answer, Asked, Coded, QuestionSet
from app.tools.coded import Option
from app.tools.dates import Date
from app.web.filters import plural
from app.web.pages import environment

_OPEN, _SHUT = "\ue000", "\ue001"
_GAP = re.compile(rf'( (?:checked|value|data-closed)=")?{_OPEN}([^{_SHUT}]*){_SHUT}(?(1)")')
_CHECKED, _CLOSED = ' checked=""', ' data-closed=""'


def _mark(name: str) -> str:
    return f"{_OPEN}{name}{_SHUT}"


@dataclass(frozen=True)
class _Marks:
    """Stands in for an answer, with a mark for everything that an answer could put there."""

    met: Met

    @property
    def options(self) -> tuple[Option, ...]:
        question = self.met.question
        return question.offered() if isinstance(question, Coded) else ()

    @property
    def text(self) -> str:
        return _mark("text")

    @property
    def reason(self) -> str:
        return _mark("reason")

    def ticked(self, value: str) -> str:
        return _mark(f"tick {value}")

    def box(self, name: str) -> str:
        return _mark(name)


@dataclass(frozen=True)
class Cut:
    """A question's HTML cut at its gaps: the pieces, with the gaps empty, and where each gap is."""

    pieces: tuple[str, ...]
    ticks: Mapping[str, int]
    words: tuple[tuple[str, int, bool], ...]
    """The name and place of each gap for words, and whether it is an attribute of a field."""
    closed: int

    def filled(self, met: Met, answer: Answer, problem: str | None, *, closed: bool) -> str:
        """Put an answer into the gaps."""
        pieces = list(self.pieces)
        for value in ticks(answer):
            pieces[self.ticks[value]] = _CHECKED
        if closed:
            pieces[self.closed] = _CLOSED
        for name, place, attribute in self.words:
            if words := _words(met, answer, problem, name):
                pieces[place] = f' value="{escape(words)}"' if attribute else str(escape(words))
        return "".join(pieces)

    def holds(self, answer: Answer) -> bool:
        """Whether there is a gap for everything ticked: there is none for a retired option."""
        return all(value in self.ticks for value in ticks(answer))


def _words(met: Met, answer: Answer, problem: str | None, name: str) -> str:
    if name == "text":
        return answer.text
    if name == "reason":
        return answer.reason
    if name == "problem":
        return problem or ""
    question = met.question
    return str(getattr(question.boxes(answer), name)) if isinstance(question, Date) else ""


@dataclass(frozen=True)
class Blank:
    """One question ready to be filled in, as it is and with something wrong with its answer."""

    met: Met
    right: Cut
    wrong: Cut

    def filled(self, answer: Answer, problem: str | None, *, closed: bool) -> str:
        """Return the question's HTML with its answer in it."""
        cut = self.wrong if problem else self.right
        if not cut.holds(answer):
            return rendered(self.met, answer, problem, closed=closed)
        return cut.filled(self.met, answer, problem, closed=closed)


def rendered(met: Met, answer: Answer, problem: str | None, *, closed: bool) -> str:
    """Render one question through its template: what the prepared pieces must be equal to."""
    given = Given(met.question, answer)
    template = environment().get_template(f"questions/{met.question.kind}.html")
    return template.render(met=met, given=given, problem=problem, closed="" if closed else None)


def blank(met: Met) -> Blank:
    """Prepare one question."""
    return Blank(met, _cut(met, None), _cut(met, _mark("problem")))


def _cut(met: Met, problem: str | None) -> Cut:
    template = environment().get_template(f"questions/{met.question.kind}.html")
    marked = template.render(met=met, given=_Marks(met), problem=problem, closed=_mark("closed"))
    pieces: list[str] = []
    gaps: dict[str, int] = {}
    attributes: set[str] = set()
    end = 0
    for found in _GAP.finditer(marked):
        pieces += [marked[end : found.start()], ""]
        gaps[found[2]] = len(pieces) - 1
        if found[1]:
            attributes.add(found[2])
        end = found.end()
    pieces.append(marked[end:])
    return Cut(
        pieces=tuple(pieces),
        ticks={name[5:]: at for name, at in gaps.items() if name.startswith("tick ")},
        words=tuple(
            (name, at, name in attributes)
            for name, at in gaps.items()
            if not name.startswith("tick ") and name != "closed"
        ),
        closed=gaps["closed"],
    )


@dataclass(frozen=True)
class Files:
    """Where files are attached to the questions of a response, and how many each has already."""

    at: str
    attached: Mapping[str, int]

    def beside(self, html: str, each: Blank) -> str:
        """Put the way to attach a file last inside a question."""
        question, end = each.met.question.id, html.rindex("</")
        count = self.attached.get(question, 0)
        attached = f"<span>{plural(count, 'file')} attached</span>" if count else ""
        return (
            f'{html[:end]}<p class="app-question__files"><a class="govuk-link" '
            f'href="{escape(self.at)}?question={escape(question)}">Attach a file'
            f'<span class="govuk-visually-hidden"> to question {each.met.number}</span></a>'
            f"{attached}</p>{html[end:]}"
        )


@dataclass(frozen=True)
class Skeleton:
    """A question set as one kind of agency meets it, its questions ready to be filled in."""

    sections: tuple[MetSection, ...]
    blanks: Mapping[str, tuple[Blank, ...]]
    """The questions of each section, by the section's id."""

    def questions(
        self,
        section: str,
        asked: Mapping[str, Asked],
        stored: Mapping[str, Answer],
        warnings: Mapping[str, str] = MappingProxyType({}),
        files: Files | None = None,
    ) -> Markup:
        """Return a section's questions with their answers; closed ones are marked as closed.

        Each ends with the way to attach `files` to it. `warnings` are said after that, of the
        questions they are about (`suspected`).
        """
        html: Iterable[str] = _each(self.blanks[section], asked, stored)
        keys = [each.met.question.id for each in self.blanks[section]]
        if files is not None:
            html = map(files.beside, html, self.blanks[section])
        warned = (
            _warned(each, key, warnings[key]) if key in warnings and key in asked else each
            for each, key in zip(html, keys, strict=True)
        )
        return Markup("".join(warned))  # noqa: S704 - escaped above


def _each(
    blanks: Iterable[Blank],
    asked: Mapping[str, Asked],
    stored: Mapping[str, Answer],
) -> Iterator[str]:
    for each in blanks:
        key = each.met.question.id
        found = asked.get(key)
        if found is None:
            yield each.filled(stored.get(key, Answer()), None, closed=True)
            continue
        yield each.filled(found.answer, found.problem, closed=False)


def _warned(html: str, key: str, words: str) -> str:
    """Put a warning last inside a question, as the page's script does when one is saved."""
    end = html.rindex("</")
    note = f'<p class="app-question__warning" id="{key}-warning">{escape(words)}</p>'
    fields = _WRITTEN_IN.sub(lambda field: _described(field[0], f"{key}-warning"), html[:end])
    return f"{fields}{note}{html[end:]}"


_WRITTEN_IN = re.compile(r'<(?:textarea|input(?=[^>]* type="text"))[^>]*>')
_DESCRIBED = 'aria-describedby="'


def _described(field: str, by: str) -> str:
    """Say of a field that something more describes it."""
    if _DESCRIBED in field:
        return field.replace(_DESCRIBED, f"{_DESCRIBED}{by} ", 1)
    return f'{field[:-1]} {_DESCRIBED}{by}">'


def skeleton_of(
    session: Session, tool_version_id: int, question_set: QuestionSet, kind: AgencyKind
) -> Skeleton:
    """Return a question set's skeleton; a pinned version never changes, so it is prepared once."""
    cache: dict[object, object] = session.info["cache"]
    key = ("skeleton", tool_version_id, question_set.id, kind)
    known = cache.get(key)
    if not isinstance(known, Skeleton):
        known = cache[key] = prepared(question_set, kind)
    return known


def prepared(question_set: QuestionSet, kind: AgencyKind) -> Skeleton:
    """Prepare a question set as one kind of agency meets it."""
    sections = as_met_by(question_set, kind)
    blanks = {met.section.id: tuple(map(blank, met.questions)) for met in sections}
    return Skeleton(sections, blanks)
