"""How a response goes: from draft to the agency lead, and from there to the round."""

from collections.abc import Iterable
from enum import StrEnum

from app.access import NotNow
from app.rounds.rules import Doing, Stage, require
from app.tools import Question, SubjectKind


class ResponseState(StrEnum):
    """Where a response has got to. A response that was never saved has no row and no state."""

    DRAFT = "draft"
    WITH_AGENCY_LEAD = "with_agency_lead"
    SENT = "sent"

    @property
    def words(self) -> str:
        """The state as pages name it."""
        return self.value.replace("_", " ").capitalize()


def minutes_for(questions: Iterable[Question]) -> int:
    """Reckon how many minutes some questions take: one each, three where somebody has to write.

    A reckoning and not a measurement; the page says so, and that finding the place in the file
    comes on top.
    """
    return sum(3 if q.kind == "long_text" or q.reason == "required" else 1 for q in questions)


def check_open(state: ResponseState) -> None:
    """Refuse to change answers that have left the auditor's hands."""
    if state is not ResponseState.DRAFT:
        raise NotNow(
            "This response has been declared complete"
            + (" and sent" if state is ResponseState.SENT else " and is with the agency lead")
            + ". It can be read, and not changed."
        )


def check_answerable(stage: Stage | str, subject_state: str, state: ResponseState | str) -> None:
    """Refuse, in words, to take answers that the round, the subject or the response is closed to.

    >>> check_answerable("open", "replaced", "draft")
    Traceback (most recent call last):
    app.access.refusals.NotNow: This subject was replaced by another. Its answers are kept and ...
    """
    if subject_state != "chosen":
        raise NotNow(
            "This subject was replaced by another. Its answers are kept and can no longer be "
            "changed; ask your agency lead which subject to audit instead."
        )
    check_open(ResponseState(state))
    require(stage, Doing.ANSWER)


def check_about_a_child(subject: SubjectKind) -> None:
    """Refuse, in words, a nil return about what is no child's file.

    >>> check_about_a_child(SubjectKind.PROCESS)
    Traceback (most recent call last):
    app.access.refusals.NotNow: This is not about one child, so that no child can be unknown ...
    """
    if not subject.about_a_child:
        raise NotNow(
            "This is not about one child, so that no child can be unknown to the agency. "
            "Answer the questions instead."
        )


def check_queryable(stage: Stage | str, subject_state: str, state: str | None) -> None:
    """Refuse to query what is not with the round, or could not be answered and sent again."""
    if state != ResponseState.SENT:
        raise NotNow("This response is with its agency already, so there is nothing to query.")
    if subject_state != "chosen":
        raise NotNow("This subject was replaced by another, so its response is not returned.")
    require(stage, Doing.QUERY)


def check_with_agency_lead(stage: Stage | str, subject_state: str, state: str | None) -> None:
    """Refuse to send, or hand back, what is not with the agency lead."""
    if state != ResponseState.WITH_AGENCY_LEAD:
        raise NotNow(
            "This response has been sent already."
            if state == ResponseState.SENT
            else "This response is not with the agency lead: its auditor has not declared it "
            "complete."
        )
    if subject_state != "chosen":
        raise NotNow("This subject was replaced by another, so its response is not sent.")
    require(stage, Doing.ANSWER)
