"""A round in moderation with responses that agree here and differ there."""

from dataclasses import dataclass

from sqlmodel import Session

from app.db import Database
from app.responses.models import Response
from app.responses.rules import ResponseState
from app.rounds.models import Round
from app.rounds.rules import Stage
from app.samples.models import Subject
from app.tools import Answer, State, Tool
from tests.audit import Audit, assign, open_audit, respond, subject
from tests.world import World

CANARY = "only-the-police-file-says-heron"


def grade(level: str, reason: str = "") -> Answer:
    return Answer(State.ANSWERED, (level,), "", reason)


HAD_A_PART = {
    "parts_played": Answer(State.ANSWERED, ("referrer", "receiver")),
    "form_seen": Answer(State.ANSWERED, ("yes",)),
}
"""What opens the questions on the form to an agency."""


@dataclass(frozen=True)
class Scene:
    """A subject with three agencies: social care and police have sent, health is still writing."""

    audit: Audit
    subject: Subject
    social_care: Response
    police: Response
    health: Response

    @property
    def at(self) -> str:
        return f"/wexcombe/rounds/{self.audit.round.ref}"

    @property
    def comparison(self) -> str:
        return f"{self.at}/subjects/{self.subject.ref}/comparison"


def stage_scene(
    session: Session, world: World, stage: Stage = Stage.MODERATION, tool: Tool | None = None
) -> Scene:
    audit = open_audit(session, world, stage, tool)
    about = subject(session, audit)
    social_care = respond(
        session,
        audit,
        assign(session, about, world.social_care, world.social_worker),
        {
            **HAD_A_PART,
            "form_worry": grade("good", "The worry is in the first line."),
            "form_child_voice": grade("partly"),
            "age_band": Answer(State.ANSWERED, ("age_1_to_4",)),
            "sent_on": Answer(State.ANSWERED, (), "2026-03-03"),
            "support_then": Answer(State.NOT_RECORDED),
            "worked_well": Answer(State.ANSWERED, (), "The call was quick."),
        },
    )
    police = respond(
        session,
        audit,
        assign(session, about, world.police, world.officer),
        {
            **HAD_A_PART,
            "form_worry": grade("inadequate", CANARY),
            "form_child_voice": grade("partly"),
            "age_band": Answer(State.ANSWERED, ("age_5_to_10",)),
            "sent_on": Answer(State.ANSWERED, (), "2026-03-04"),
            "support_then": Answer(State.NOT_KNOWN),
            "worked_well": Answer(State.ANSWERED, (), "Officers stayed."),
        },
    )
    health = respond(
        session,
        audit,
        assign(session, about, world.health, world.nurse),
        {"form_worry": grade("outstanding", "unsent-health-words")},
        ResponseState.DRAFT,
    )
    return Scene(audit, about, social_care, police, health)


def move_to(database: Database, scene: Scene, stage: Stage) -> None:
    """Put the round at a stage, without the steps between."""
    with database.writing() as session:
        session.get_one(Round, scene.audit.round.id).stage = stage
