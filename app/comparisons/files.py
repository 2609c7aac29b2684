"""The files that were sent with answers, beside those answers where they are compared.

Whoever may read a response takes its files here too. A panel member reads the answers of other
agencies and not their files (ADR 17): they learn that there is one, and ask for it in the room.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from app.access import Action, Actor, scope
from app.attachments.queries import sent_with
from app.attachments.rules import what_it_is
from app.db import Session
from app.samples.models import Subject


class FileBeside(NamedTuple):
    """One file beside an answer."""

    name: str
    """Empty for who may not take it: a name may say more than it should."""
    what: str
    """Its kind and its size: PDF, 120 KB."""
    take: str
    """Where it is taken; empty for who may not."""


Files = Mapping[int, Mapping[int, Sequence[FileBeside]]]
"""By question number, then by the agency's key."""


def files_beside(session: Session, actor: Actor, subject: Subject, slug: str) -> Files:
    """List the files beside the answers about a subject, as far as somebody may know of them."""
    listed: dict[int, dict[int, list[FileBeside]]] = {}
    within = scope(actor, Action.RESPONSE_SEE)
    for number, files in sent_with(session, within, subject, slug).items():
        of_question = listed.setdefault(number, {})
        for agency, attachment, take in files:
            what = what_it_is(attachment.ending, attachment.size)
            name = attachment.name if take else ""
            of_question.setdefault(agency, []).append(FileBeside(name, what, take))
    return listed


def file_in_cell(file: FileBeside, token: str) -> str:
    """Return a file as a cell of the comparison shows it; taking it is a form, so it is recorded.

    >>> file_in_cell(FileBeside("", "PDF, 1 KB", ""), "")
    '<p class="app-file">File attached: PDF, 1 KB</p>'
    """
    if not file.take:
        return f'<p class="app-file">File attached: {escape(file.what)}</p>'
    return (
        f'<form method="post" action="{escape(file.take)}" class="app-file">'
        f'<input type="hidden" name="token" value="{escape(token)}">'
        '<button type="submit" class="app-link-button">'
        '<span class="govuk-visually-hidden">Download </span>'
        f'<span dir="auto">{escape(file.name)}</span></button> {escape(file.what)}</form>'
    )
