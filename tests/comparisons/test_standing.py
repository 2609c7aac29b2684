"""The queue's counts: what was found once is kept exactly as long as it is true."""

from collections.abc import Callable

from sqlalchemy import delete, event

from app.comparisons.blindness import Sight
from app.comparisons.queries import compare, subjects_in_sight
from app.comparisons.rules import Verdict
from app.comparisons.standing import standings
from app.db import Database
from app.library.numbers import numbers_of
from app.responses.models import Answer, AnswerText, Response
from app.responses.rules import ResponseState
from app.rounds.models import Round
from app.rounds.rules import Stage
from tests.audit import assign, respond, subject
from tests.browsing import Browser, words
from tests.comparisons.scene import HAD_A_PART, Scene, grade, move_to
from tests.factories import ident
from tests.world import World


def queue_of(browse: Browser, world: World, scene: Scene) -> Callable[[], str]:
    """Return what reads the lead's queue, once it has been read before."""

    def read() -> str:
        return words(browse.as_(world.lead).page(f"{scene.at}/comparisons"))

    assert "Referral R-7F3K 2 of 3 agencies 2 0 2" in read()
    return read


def save_again(database: Database, scene: Scene, saved: Response, question: str, to: str) -> None:
    """Change a sent answer as handing back, saving and sending again do."""
    with database.writing() as session:
        numbers = numbers_of(session, scene.audit.tool)
        row = session.get_one(Answer, (ident(saved), numbers.number[question]))
        response = session.get_one(Response, saved.id)
        response.version += 1
        row.code, row.version = numbers.options[question][to], response.version


def test_an_answer_that_was_changed_and_sent_again_is_counted_anew(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    read = queue_of(browse, world, scene)
    save_again(database, scene, scene.police, "form_worry", "good")
    assert "Referral R-7F3K 2 of 3 agencies 1 0 1" in read()


def test_a_response_that_was_handed_back_no_longer_differs_from_anything(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    read = queue_of(browse, world, scene)
    with database.writing() as session:
        session.get_one(Response, scene.police.id).state = ResponseState.DRAFT
    assert "Referral R-7F3K 1 of 3 agencies 0 0 0" in read()


def test_what_another_agency_sends_is_counted(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    read = queue_of(browse, world, scene)
    with database.writing() as session:
        given = {**HAD_A_PART, "form_child_voice": grade("no")}
        respond(session, scene.audit, assign(session, scene.subject, world.school, None), given)
    assert "Referral R-7F3K 3 of 4 agencies 3 0 3" in read()


def test_what_the_panel_decides_is_left_no_more(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    read = queue_of(browse, world, scene)
    decided = {"decision": "good", "reason": "It is so."}
    browse.as_(world.lead).submit(f"{scene.comparison}/form_worry", decided)
    assert "Referral R-7F3K 2 of 3 agencies 2 1 1" in read()


def test_of_a_closed_round_nothing_is_kept_that_may_be_purged(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    read = queue_of(browse, world, scene)
    move_to(database, scene, Stage.CLOSED)
    with database.writing() as session:
        for table in (AnswerText, Answer):
            session.connection().execute(delete(table))
    assert "Referral R-7F3K 2 of 3 agencies 0 0 0" in read()


def test_looking_again_reads_no_answer(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    read, seen = queue_of(browse, world, scene), []
    bind = database._connection  # type: ignore[attr-defined]  # noqa: SLF001

    def note(_: object, __: object, statement: str, *___: object) -> None:
        seen.append(statement)

    event.listen(bind, "before_cursor_execute", note)
    read()
    event.remove(bind, "before_cursor_execute", note)
    assert any("FROM assignment" in each for each in seen)
    assert not [each for each in seen if "FROM answer" in each]


def test_what_the_lead_looked_at_opens_nothing_to_the_panel(
    browse: Browser, world: World, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        other = subject(session, scene.audit, "R-2BBB", 2)
        respond(session, scene.audit, assign(session, other, world.social_care, None), HAD_A_PART)
        assign(session, other, world.police, None)
    assert "R-2BBB" in queue_of(browse, world, scene)()
    told = words(browse.as_(world.panel_police).page(f"{scene.at}/comparisons"))
    assert "Referral R-7F3K 2 of 3 agencies 2 0 2" in told
    assert "R-2BBB" not in told


def test_the_counts_are_those_of_the_table(database: Database, world: World, scene: Scene) -> None:
    with database.writing() as session:
        for place, level in enumerate(("good", "inadequate", "outstanding"), 2):
            other = subject(session, scene.audit, f"R-2BB{place}", place)
            given = {**HAD_A_PART, "form_worry": grade(level)}
            for agency in (world.police, world.health)[: place - 1]:
                respond(session, scene.audit, assign(session, other, agency, None), given)
            given = {**HAD_A_PART, "form_worry": grade("good")}
            respond(session, scene.audit, assign(session, other, world.school, None), given)
    with database.reading() as session:
        seen = session.get_one(Round, ident(scene.audit.round))
        sight = Sight(seen, everything=True, agencies=frozenset())
        found = subjects_in_sight(session, sight)
        subjects = [each.subject for each in found]
        for _ in ("first", "again"):
            standing = standings(session, sight, found[0].strand, subjects)
            for each in found:
                table = compare(session, sight, each)
                differ = table.counts.get(Verdict.DIFFERS, 0)
                assert standing[ident(each.subject)] == (
                    table.sent,
                    len(table.sides),
                    differ,
                    table.agreed,
                    table.left,
                )
