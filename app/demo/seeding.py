"""Filling an empty database with the demo: everything through the same commands as the pages use.

Nothing here writes an answer, a draw or a finding behind the product's back, so what a visitor
sees is what the product does. The same day gives the same demo.
"""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from sqlmodel import select

from app.config import Settings
from app.db import Database, key_of
from app.db.clock import LONDON, system_clock
from app.demo.clock import DemoClock
from app.demo.concerns import raise_two
from app.demo.learning import follow, learn
from app.demo.lessons import CSA_LESSONS, MASH_LESSONS
from app.demo.panel import Sittings, conclude, moderate
from app.demo.people import AGENCIES, PASSWORD, SLUG, Cast, people_of_the_demo
from app.demo.planning import DrawnFrom, Outline, draw_the_sample, plan_round, type_cases_in
from app.demo.spring import SPRING_LESSONS
from app.demo.unusual import go_other_ways, with_a_file
from app.demo.work import Far, answer_and_send, give_out, number_files, responses_to_make
from app.events import Happened, record
from app.events.models import Event
from app.identity.models import Partnership, Person
from app.library.queries import load_tools
from app.rounds.rules import Stage
from app.tools import Tool

Say = Callable[[str], object]

FINISHED, PARTLY = 24, 42
"""Of the 60 subjects of the first round: those that every agency has sent, and how many single
responses were sent besides. Together half of the 420."""

COMPARED = 6
"""Subjects of the first round whose differences its panel has decided; the next is half done."""

EVERYBODY = tuple(name for name, *_ in AGENCIES)
FIVE = ("care", "police", "visiting", "school", "health")
CASES = 12

FIRST = DrawnFrom(
    title="MASH referrals, autumn",
    purpose="To learn whether referrals reach the right children in time, and what the front door "
    "and its partners make of them.",
    lines_of_enquiry="Does the form say what the child says or shows?\n"
    "Is the history weighed, above all where a child was referred again?\n"
    "Do referrers and families learn what was decided, and why?",
    planned=49,
    drawn=42,
    opened=40,
    due_in=(-9, 12, 40),
    question_set="referral-form",
    agencies=EVERYBODY,
    rows=400,
    places=(15, 15, 15, 15),
    minimum=15,
    seed="40 25 61 33 dice of the autumn meeting",
)
SECOND = DrawnFrom(
    title="MASH referrals, winter dip sample",
    purpose="To see on a few referrals whether the new letter to referrers is used.",
    lines_of_enquiry="Is the reason for the decision in the letter?",
    planned=12,
    drawn=9,
    opened=8,
    due_in=(13, 27, 55),
    question_set="referral-form",
    agencies=EVERYBODY,
    shared=11,
    rows=120,
    places=(3, 3, 3, 3),
    minimum=3,
    seed="17 02 88 54 dice of the winter meeting",
)


EARLIER = Outline(
    title="Child sexual abuse, last year",
    purpose="To learn how agencies notice, decide and help when sexual abuse of a child is known "
    "or suspected.",
    lines_of_enquiry="Are signs read together?\nIs the child listened to?",
    planned=350,
    drawn=340,
    opened=338,
    due_in=(-310, -290, -260),
    question_set="case-file",
    agencies=FIVE,
)
SPRING = DrawnFrom(
    title="MASH referrals, spring",
    purpose="To learn what families are told, and whether a second referral is read with the "
    "first.",
    lines_of_enquiry="Do families learn what was decided, from whom, and in words they can use?",
    planned=250,
    drawn=245,
    opened=243,
    due_in=(-220, -205, -180),
    question_set="referral-form",
    agencies=("care", "police", "visiting", "school"),
    rows=80,
    places=(2, 2, 2, 2),
    minimum=2,
    seed="31 08 77 12 dice of the spring meeting",
)
THEMATIC = Outline(
    title="Child sexual abuse, thematic audit",
    purpose="To see whether practice has changed since last year's audit: signs read together, "
    "children listened to, help that lasts.",
    lines_of_enquiry="Are signs read together, across agencies?\n"
    "Are children listened to at their pace?\nDoes help go on after the investigation?",
    planned=58,
    drawn=50,
    opened=48,
    due_in=(-14, 5, 33),
    question_set="case-file",
    agencies=FIVE,
)


class CutShort(Exception):
    """An earlier seeding did not reach its end."""


def seed(settings: Settings, say: Say) -> None:
    """Fill the database once; a database that has the demo already is left as it is."""
    clock = DemoClock(system_clock().astimezone(LONDON).date())
    database = Database(settings.database_url, clock)
    try:
        if _is_there(database):
            say("The demo is there already; what was entered in it is kept.")
        else:
            _fill(database, clock, load_tools(settings.audit_tools), say)
        _tell_accounts(database, settings, say)
    finally:
        database.close()


def _is_there(database: Database) -> bool:
    with database.reading() as session:
        begun = session.exec(select(Partnership).where(Partnership.slug == SLUG)).one_or_none()
        finished = session.exec(
            select(Event).where(Event.scope == SLUG, Event.kind == Happened.PARTNERSHIP_CREATED)
        ).one_or_none()
    if begun and not finished:
        raise CutShort(
            "The demo was cut short while it was being made. Delete its database and start again: "
            "rm data/demo.db*"
        )
    return begun is not None


def _fill(
    database: Database, clock: DemoClock, tools: Mapping[tuple[str, int], Tool], say: Say
) -> None:
    say("An invented partnership, its agencies and people ...")
    with database.writing() as session:
        cast = people_of_the_demo(session, clock)
    _earlier_round(database, clock, cast, tools["csa-thematic", 1], say)
    _spring_round(database, clock, cast, tools["mash", 1], say)
    _thematic_round(database, clock, cast, tools["csa-thematic", 2], say)
    _first_round(database, clock, cast, tools["mash", 1], say)
    _second_round(database, clock, cast, tools["mash", 1], say)
    with database.writing() as session:
        record(
            session,
            None,
            Happened.PARTNERSHIP_CREATED,
            partnership_id=key_of(cast.partnership),
            scope=SLUG,
            about=SLUG,
        )


def _first_round(database: Database, clock: DemoClock, cast: Cast, tool: Tool, say: Say) -> None:
    say(f"Round “{FIRST.title}”: 60 referrals drawn from a list of {FIRST.rows} ...")
    ref = plan_round(database, clock, cast, tool, FIRST)
    draw_the_sample(database, clock, cast, ref, FIRST, say)
    give_out(database, clock, cast, ref, FIRST)
    chance = Random(FIRST.seed)  # noqa: S311 - invented
    others = [(place, name) for place in range(FINISHED, 60) for name in cast.agencies]
    besides = set(chance.sample(others, PARTLY))
    begun = set(chance.sample(sorted(set(others) - besides), 30))

    def wanted(place: int, agency: str) -> tuple[Far, float] | None:
        days = 34 - place / 60 * 22 + chance.random()
        if place < FINISHED or (place, agency) in besides:
            return Far.SENT, days
        return (Far.BEGUN, days) if (place, agency) in begun else None

    made = with_a_file(responses_to_make(database, cast, ref, wanted), ("care", "police"), clock)
    answer_and_send(database, clock, cast, tool, made, say)
    say("  the panel compares, agrees, finds and plans ...")
    meetings = ((6, range(3)), (5, range(3, COMPARED + 1)))
    moderate(database, clock, cast, ref, Sittings(8, meetings, half=COMPARED))
    learn(database, clock, cast, ref, list(zip((5, 5, 4, 3), MASH_LESSONS, strict=True)))


def _second_round(database: Database, clock: DemoClock, cast: Cast, tool: Tool, say: Say) -> None:
    say(f"Round “{SECOND.title}”: 12 referrals, open for answers ...")
    ref = plan_round(database, clock, cast, tool, SECOND)
    draw_the_sample(database, clock, cast, ref, SECOND, say)
    give_out(database, clock, cast, ref, SECOND)

    def wanted(place: int, agency: str) -> tuple[Far, float] | None:
        begun = Far.BEGUN if agency != "school" else None
        far = (Far.SENT, Far.SENT, begun, Far.DECLARED, Far.HANDED_BACK)
        done = far[place] if place < len(far) else None
        return (done, 5 - place) if done else None

    made = responses_to_make(database, cast, ref, wanted)
    answer_and_send(database, clock, cast, tool, with_a_file(made, ("visiting",), clock), say)
    say("  a nil return, a query, a conflict of interest, second auditors ...")
    go_other_ways(database, clock, cast, tool, ref, made)
    raise_two(database, clock, cast, ref)


def _earlier_round(database: Database, clock: DemoClock, cast: Cast, tool: Tool, say: Say) -> None:
    say(f"Round “{EARLIER.title}”: six cases, closed ...")
    ref = _cases(database, clock, cast, tool, EARLIER, [330.0 - place for place in range(6)])
    meetings = ((300, range(3)), (299, range(3, 6)))
    moderate(database, clock, cast, ref, Sittings(305, meetings, half=6))
    number_files(database, clock, cast, ref, 336)
    planned = learn(database, clock, cast, ref, [(298, CSA_LESSONS[0]), (297, CSA_LESSONS[1])])
    conclude(database, clock, cast, ref, (290, 260, 250))
    follow(database, clock, cast, planned, (240, 220, 170, 160, 120, 110))
    conclude(database, clock, cast, ref, (100, 70), since=Stage.IMPACT_REVIEWED)


def _spring_round(database: Database, clock: DemoClock, cast: Cast, tool: Tool, say: Say) -> None:
    say(f"Round “{SPRING.title}”: 8 referrals, its actions under way ...")
    ref = plan_round(database, clock, cast, tool, SPRING)
    draw_the_sample(database, clock, cast, ref, SPRING, say)
    give_out(database, clock, cast, ref, SPRING)

    def wanted(place: int, agency: str) -> tuple[Far, float]:
        return Far.SENT, 238 - place - 0.1 * len(agency)

    returned = responses_to_make(database, cast, ref, wanted)
    answer_and_send(database, clock, cast, tool, returned, lambda _: None)
    moderate(database, clock, cast, ref, Sittings(218, ((210, range(8)),), half=8))
    lessons = list(zip((208, 208, 207), SPRING_LESSONS, strict=True))
    planned = learn(database, clock, cast, ref, lessons)
    conclude(database, clock, cast, ref, (200, 190, 185))
    follow(database, clock, cast, planned, (180, 150, 110, 60, 20, 6))


def _thematic_round(database: Database, clock: DemoClock, cast: Cast, tool: Tool, say: Say) -> None:
    say(f"Round “{THEMATIC.title}”: {CASES} cases, its panel half way through ...")
    ref = _cases(database, clock, cast, tool, THEMATIC, [40.0 - place for place in range(CASES)])
    panel = Sittings(12, ((7, range(4)), (1, range(4, 7))), half=6, goes_on=True)
    moderate(database, clock, cast, ref, panel)


def _cases(
    database: Database,
    clock: DemoClock,
    cast: Cast,
    tool: Tool,
    outline: Outline,
    sent: Sequence[float],
) -> str:
    """Plan a round of chosen cases; every agency answers about each, so many days ago."""
    ref = plan_round(database, clock, cast, tool, outline)
    type_cases_in(database, clock, cast, ref, outline, len(sent))
    give_out(database, clock, cast, ref, outline)

    def wanted(place: int, agency: str) -> tuple[Far, float]:
        return Far.SENT, sent[place] - 0.1 * len(agency)

    returned = responses_to_make(database, cast, ref, wanted)
    answer_and_send(database, clock, cast, tool, returned, lambda _: None)
    return ref


def _tell_accounts(database: Database, settings: Settings, say: Say) -> None:
    say(f"\nSign in at http://{settings.host}:{settings.port}/ with the password: {PASSWORD}\n")
    with database.reading() as session:
        everybody = session.exec(select(Person).order_by(Person.id)).all()  # type: ignore[arg-type]
        emails = [p.email for p in everybody if p.email.endswith(f"@{SLUG}.example")]
    for words, address in _by_role(emails):
        say(f"  {words:38} {address}")
    say("")


def _by_role(emails: list[str]) -> list[tuple[str, str]]:
    """Name one or two accounts of each role, in the order they are worth trying."""
    roles = (
        ("Coordinator", "coordinator"),
        ("Audit lead of every round", "lead"),
        ("Auditor (social care, work to do)", "care.auditor1"),
        ("Auditor (school, work to do)", "school.auditor1"),
        ("Agency lead (police)", "police.lead"),
        ("Agency lead (social care)", "care.lead"),
        ("Panel member (police)", "police.panel"),
        ("Panel member (community nursing)", "visiting.panel"),
        ("Scrutineer", "scrutineer"),
        ("Subgroup member (quality)", "subgroup1"),
        ("Subgroup member (learning)", "subgroup2"),
        ("Action owner", "owner"),
        ("System administrator", "administrator"),
    )
    known = {email.partition("@")[0]: email for email in emails}
    return [(words, known[name]) for words, name in roles if name in known]
