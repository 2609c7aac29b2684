"""Answers as the fields of a page, so that the demo's are saved exactly as typed ones are."""

from collections.abc import Mapping

from app.tools import ABSENCES, Answer, QuestionSet


def as_posted(question_set: QuestionSet, answers: Mapping[str, Answer]) -> dict[str, list[str]]:
    """Return what pages showing these questions would post for these answers."""
    posted: dict[str, list[str]] = {"asked": list(answers)}
    for key, answer in answers.items():
        question = question_set.question[key]
        if answer.state in ABSENCES:
            posted[question.absence_name] = [f"~{answer.state}"]
        elif answer.chosen:
            posted[key] = list(answer.chosen)
        elif question.kind == "date":
            year, month, day = answer.text.split("-")
            posted |= {f"{key}.day": [day], f"{key}.month": [month], f"{key}.year": [year]}
        elif answer.text:
            posted[key] = [answer.text]
        if answer.reason:
            posted[f"{key}.reason"] = [answer.reason]
    return posted
