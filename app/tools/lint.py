"""Advice on an audit tool that is sound but could be asked better."""

from collections.abc import Iterator

from app.tools.coded import Grade
from app.tools.kinds import Question
from app.tools.schema import Tool


def advice(tool: Tool) -> tuple[str, ...]:
    """Say, question by question, what auditors are likely to stumble over."""
    return tuple(
        f"{tool.slug} v{tool.version}, {question.id}: {words}"
        for question_set in tool.question_sets
        for question in question_set.questions
        for words in _advice(question)
    )


def _advice(question: Question) -> Iterator[str]:
    if isinstance(question, Grade) and not question.guidance:
        yield "it is graded and has no guidance. Say where to look and what counts."
    if question.text.count("?") > 1:
        yield "it asks more than one thing. Ask one, and make the rest guidance or a follow-up."
    if "and/or" in question.text.lower():
        yield 'it says "and/or", which is read in two ways. Write "or", or ask two questions.'
