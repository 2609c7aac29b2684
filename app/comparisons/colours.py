"""The colour of an answer: it never stands alone, the word is always there too."""

from app.tools import Answer, Grade, Question, State, Tool

GRADE = "grade"
_COLOURS = ("green", "teal", "yellow", "red")
"""From the best level of a scale to the worst."""


def colour_of(tool: Tool, question: Question, answer: Answer | None) -> str:
    """Return the colour of an answer's tag: a grade's by how good it is, grey for no answer."""
    if answer is None or answer.state is not State.ANSWERED:
        return "grey"
    if not isinstance(question, Grade):
        return "blue"
    levels = [level.id for level in tool.scale[question.scale].best_first]
    place = levels.index(answer.chosen[0]) / max(1, len(levels) - 1)
    return _COLOURS[round(place * (len(_COLOURS) - 1))]
