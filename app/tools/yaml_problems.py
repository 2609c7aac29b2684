"""What stops a file from being read as YAML, in plain words with what to write instead."""

import yaml


class Misread(Exception):
    """What stops a file from being read at all, and on which line."""

    def __init__(self, line: int, words: str) -> None:
        self.line = line
        self.words = words
        super().__init__(words)


_IN_PLAIN_WORDS = {
    "mapping values are not allowed in this context": (
        'a colon stands where none can. Put text that has ": " in it in quotes, '
        "or check how far the line is indented"
    ),
    "did not find expected key": (
        "this line is not indented like the lines around it, or a quote is left open above it. "
        "Indent it like its neighbours and close the quote"
    ),
    "did not find expected '-' indicator": (
        "a list goes on without a dash. Start the line with a dash, or indent it further"
    ),
    "could not find expected ':'": (
        "a key is written without its colon. Write a colon and a space after the key"
    ),
    "found unexpected end of stream": "a quote is left open. Close it where the text ends",
    "found character that cannot start any token": (
        "the line starts with a tab or a sign that YAML keeps for itself. "
        "Indent with spaces, and put such text in quotes"
    ),
    "found a tab character that violates indentation": "a tab stands here. Indent with spaces",
    "did not find expected ',' or ']'": (
        "a list in square brackets is not closed. Write a comma between its parts and close it"
    ),
    "did not find expected ',' or '}'": (
        "a group in braces is not closed. Write a comma between its parts and close it"
    ),
    "block sequence entries are not allowed in this context": (
        "a dash stands where no list can. Put the list on its own lines under its key"
    ),
}


_BEGUN_ABOVE = (
    "found unexpected end of stream",
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
)
"""What is met at its end and has to be mended where it begins."""


def syntax(error: yaml.YAMLError, written: bytes) -> Misread:
    """Put what the YAML reader met in plain words."""
    if isinstance(error, yaml.MarkedYAMLError):
        begun = error.problem in _BEGUN_ABOVE and error.context_mark
        mark = begun or error.problem_mark or error.context_mark
        words = _IN_PLAIN_WORDS.get(error.problem or "")
        what = (
            words or f"this cannot be read as YAML ({error.problem}). Check quotes and indentation"
        )
        return Misread(mark.line + 1 if mark else 1, what)
    before = written[: getattr(error, "position", 0) or 0]
    return Misread(
        before.count(b"\n") + 1,
        "there is a character here that cannot be printed. Delete it and type the text again",
    )
