"""Making a sample through the pages, step by step, as the coordinator does."""

from dataclasses import dataclass
from functools import cache

from httpx import Response
from sqlalchemy import text
from sqlmodel import Session

from app.access import Actor, Held, Role
from app.db import Database
from app.rounds.rules import Stage
from app.samples.canonical import digest
from app.samples.choosing import suggested
from app.samples.commands import import_list, keep_list
from app.samples.drawing import draw_sample
from app.samples.forms import Confirmed, ImportOfList
from app.samples.lists import ReadList
from app.samples.models import Subject
from app.samples.queries import Sampled, frame_of, referrals_of, subjects_of
from app.samples.reading import read
from tests.audit import Audit
from tests.browsing import Browser, Values, Visitor, find_form, form_values, heading, soup
from tests.factories import ident
from tests.samples.files import referral_rows, workbook
from tests.world import World

TABLES = ("uploaded_list", "frame", "frame_row", "draw", "subject")
NOTHING = dict.fromkeys(TABLES, 0)
DESIGN = {
    "by": "number",
    "no_further_action": "5",
    "early_help": "5",
    "section_17": "4",
    "section_47": "4",
    "minimum": "6",
    "reserves": "2",
    "seed": "4 6 1 1 3 5",
}


@cache
def good_workbook() -> bytes:
    """120 referrals that can be imported as suggested."""
    return workbook(referral_rows())


@cache
def good_list() -> ReadList:
    """The same as the child process gives it back."""
    return read(good_workbook(), ".xlsx")


@dataclass(frozen=True)
class Sampling:
    """A round at "Sampling", its coordinator's browser, and the address of the sample."""

    database: Database
    browse: Browser
    world: World
    audit: Audit

    @property
    def at(self) -> str:
        return self.at_of(self.audit)

    @staticmethod
    def at_of(audit: Audit) -> str:
        return f"/wexcombe/rounds/{audit.round.ref}/strands/{audit.strand.ref}/sample"

    @property
    def coordinator(self) -> Visitor:
        return self.browse.as_(self.world.coordinator)

    def upload(self, data: bytes | None = None, name: str = "MASH referrals.xlsx") -> Response:
        data = good_workbook() if data is None else data
        return self.coordinator.post(
            f"{self.at}/list", files={"list": (name, data, "application/octet-stream")}
        )

    def list_at(self, data: bytes | None = None, name: str = "MASH referrals.xlsx") -> str:
        """Read a list; return the address where its columns are chosen."""
        answer = self.upload(data, name)
        assert answer.status_code == 303, heading(answer)
        return str(answer.headers["location"])

    def imported(self) -> None:
        """Read the good list and import it as suggested, without going through the pages."""
        found = good_list()
        with self.database.writing() as session:
            waiting = keep_list(session, self.actor, self.sampled, found, "MASH referrals.xlsx")
            given = ImportOfList(**suggested(found).model_dump())
            import_list(session, self.actor, self.sampled, waiting, given)

    def drawn(self) -> None:
        """Import the good list and draw from it, without going through the pages."""
        self.imported()
        with self.database.writing() as session:
            frame = frame_of(session, ident(self.audit.strand))
            assert frame
            given = Confirmed.model_validate(
                {**DESIGN, "digest": digest(referrals_of(session, frame))}
            )
            draw_sample(session, self.actor, self.sampled, given, seed_made=False)

    @property
    def sampled(self) -> Sampled:
        return Sampled(self.audit.round, self.audit.strand)

    @property
    def actor(self) -> Actor:
        who, where = self.world.coordinator, self.world.partnership
        return Actor(ident(who), ident(where), who.name, held=(Held(Role.COORDINATOR),))

    def confirm(self, preview: Response, form: str, **changed: str) -> Response:
        """Press the button on a page that showed what will happen."""
        answer = self.press(preview, form, **changed)
        assert answer.status_code == 303, heading(answer)
        return answer

    def press(self, shown: Response, form: str, **changed: str) -> Response:
        """Send a form of a page that came back from sending another."""
        found = find_form(soup(shown), form)
        given: Values = {**form_values(found), **changed}
        return self.coordinator.post(str(found["action"]), given)

    def preview(self, **design: str) -> Response:
        return self.coordinator.submit(f"{self.at}/draw", {**DESIGN, **design}, form="/preview")

    def subjects(self) -> list[Subject]:
        with self.database.reading() as session:
            return subjects_of(session, ident(self.audit.strand))

    def stage(self, to: Stage) -> None:
        with self.database.writing() as session:
            session.connection().execute(
                text("UPDATE round SET stage = :stage WHERE ref = :ref"),
                {"stage": to.value, "ref": self.audit.round.ref},
            )

    def counts(self) -> dict[str, int]:
        """How many rows each table of samples holds."""
        with self.database.reading() as session:
            return {table: _count(session, table) for table in TABLES}


def _count(session: Session, table: str) -> int:
    found = session.connection().execute(text(f'SELECT count(*) FROM "{table}"'))
    return int(found.scalar_one())
