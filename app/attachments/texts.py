"""Plain text: words and nothing else."""

from app.attachments.problems import FileProblem, not_what_it_says

_ALLOWED = frozenset("\t\n\r\f")
_BEGINS_ANOTHER = ("<!doctype", "<html", "<script", "<svg", "<?xml", "<?php", "#!", "{\\rtf")


def check_text(data: bytes) -> bytes:
    """Return plain text in UTF-8; refuse what is no text, or begins as a page or a program."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
        if "\ufffd" in text:
            raise not_what_it_says("txt") from None
    if not text.strip():
        raise FileProblem("This file is empty. Choose the file that shows your answer.")
    if any(letter < " " and letter not in _ALLOWED for letter in text):
        raise not_what_it_says("txt")
    if text.lstrip().lower().startswith(_BEGINS_ANOTHER):
        raise not_what_it_says("txt")
    return text.encode()
