"""Independence is the method: a word that one agency wrote is nowhere that it may not be.

Every answer, reason, record number, list reference and hand-back holds a canary. Everybody looks
everywhere, at stages from open to reported; what they could read is compared with who may read it.
"""

from app.rounds.rules import ALLOWED, Doing, Stage
from tests.security.addresses import LETTER
from tests.security.crawl import Visit, canaries_in, people_for, stages_for
from tests.security.furniture import ASKED_BY, SENT, SHARED, SHARER, STANDING, auditor_of
from tests.security.grounds import Canary
from tests.security.premises import Premises

LEADS = {
    "social_care": {"social_care_lead"},
    "police": {"police_lead"},
    "health": {"health_lead", "two_hats"},
    "school": {"school_lead"},
}
COORDINATORS = {
    "a": {"coordinator", "both"},
    "b": {"coordinator", "both"},
    "c": {"coordinator_elsewhere", "both"},
}
READERS = {
    "a": COORDINATORS["a"] | {"lead", "scrutineer"},
    "b": COORDINATORS["b"] | {"two_hats", "scrutineer"},
    "c": COORDINATORS["c"],
}
"""Leads of the round, coordinators and scrutineers: exempt from blindness."""

NOBODY: set[str] = set()
LETTERED = {
    "a": set[str]().union(*LEADS.values()),
    "b": set[str]().union(*LEADS.values()),
    "c": {"police_lead_elsewhere"},
}
"""Agency leads, who read the findings in the letter to their agency once the round is reported."""


def own_agency(of: Canary) -> set[str]:
    """The agency lead and the auditor of one response."""
    if of.round == "c":
        return {"officer_elsewhere", "police_lead_elsewhere"}
    auditor = auditor_of(of.round, of.agency, of.subject)
    # Whoever audited for an agency once, and no longer does, keeps nothing of it.
    audits = {auditor} - {None, "moved_on"}
    if (of.round, of.agency, of.subject) == SHARED:
        audits.add(SHARER)
    return LEADS[of.agency] | {who for who in audits if who}


def panel(of: Canary, stage: Stage) -> set[str]:
    """Once the own agency has sent, and the round is in moderation."""
    sent = STANDING[of.round].get(("police", of.subject)) is SENT
    on_it = of.round == "a" and stage is Stage.MODERATION and sent
    return {"panel_police"} if on_it else NOBODY


PANELS = ("agreed", "record", "recorddissent", "dissent", "putoff", "judgement", "point")
"""What the panel left on a subject."""


def may_read(of: Canary, stage: Stage) -> set[str]:
    """Who may read a word, as product.md and Settled 5 say."""
    return _of_one_response(of, stage) if of.agency else _of_a_round(of, stage)


def _of_one_response(of: Canary, stage: Stage) -> set[str]:
    own, sent = own_agency(of), STANDING[of.round][of.agency, of.subject] is SENT
    answers = own | READERS[of.round] | panel(of, stage) if sent else own
    table: dict[str, set[str]] = {
        "words": answers,
        "reason": answers,
        "file": own | READERS[of.round] if sent else own,
        "bytes": own | READERS[of.round] if sent else own,
        "number": own,
        "handed": NOBODY if sent else own,
        "before": NOBODY,
        "searched": own,
        "nilnote": own,
        # As it was sent, and what the lead asks about it: for who sees the whole response.
        "frozen": own | READERS[of.round] if sent else own,
        "query": own | READERS[of.round] if sent else own,
    }
    return table[of.what]


def _of_a_round(of: Canary, stage: Stage) -> set[str]:
    readers, learns = READERS[of.round], of.round != "c"
    received = stage in ALLOWED[Doing.RECEIVE_PACK]
    seated = {"subgroup_member"} if learns and received else NOBODY
    owners = {"owner"} | LEADS["health"]
    owners = owners if learns and stage in ALLOWED[Doing.READ_RESULTS] else NOBODY
    lettered = LETTERED[of.round] if received else NOBODY
    table: dict[str, set[str]] = {
        "dropped": NOBODY,
        "list": COORDINATORS[of.round],
        "exclusion": readers,
        "back": readers - {"scrutineer"},
        **dict.fromkeys(PANELS, readers | panel(Canary("agreed", of.round, subject=1), stage)),
        "document": {ASKED_BY[of.round]},
        "room": readers | ({"panel_police"} if of.round == "a" else NOBODY),
        "findingdraft": readers,
        "findingagreed": readers | seated | lettered,
        "action": readers | owners | seated,
        "update": readers | owners | seated,
        "moved": readers | owners | seated,
        "briefing": readers,
        "pack": readers | seated,
        "hold": readers,
    }
    return table[of.what]


SHOWN_NOWHERE = {"before", "dropped", "bytes"}
"""What an answer was before, columns that were dropped before storing, and what is in a file: it is
taken, and never shown."""


ON_EVERY_PAGE_OF_ITS_KIND = {"words", "reason", "number", "agreed", "findingagreed", "action"}


def seen_by(walked: list[Visit]) -> dict[tuple[Stage, str], set[str]]:
    """Who saw each canary at each stage."""
    seen: dict[tuple[Stage, str], set[str]] = {}
    for visit in walked:
        for word in visit.canaries:
            seen.setdefault((visit.stage, word), set()).add(visit.who)
    return seen


def leaks(premises: Premises, visits: list[Visit]) -> list[str]:
    """Every canary that somebody saw who may not."""
    known = {canary.word: canary for canary in premises.grounds.canaries}
    return [
        f"{stage}: {word} seen by {sorted(who - may_read(known[word], stage))}"
        for (stage, word), who in seen_by(visits).items()
        if who - may_read(known[word], stage)
    ]


def test_nobody_reads_what_they_may_not(premises: Premises, walked: list[Visit]) -> None:
    assert leaks(premises, walked) == []


def test_no_answer_to_a_form_says_what_its_sender_may_not_read(
    premises: Premises, sent: list[Visit]
) -> None:
    """Refusals, redirects and the banners they leave included."""
    assert leaks(premises, sent) == []


def test_whoever_may_read_it_can(premises: Premises, walked: list[Visit]) -> None:
    """Or the canaries would prove nothing: each is read by all who may."""
    seen, everybody = seen_by(walked), set(people_for(premises))
    unread = [
        f"{stage}: {canary.word} not seen by {sorted(missing)}"
        for stage in stages_for(premises)
        for canary in premises.grounds.canaries
        if canary.what in ON_EVERY_PAGE_OF_ITS_KIND
        and (missing := may_read(canary, stage) & everybody - seen.get((stage, canary.word), set()))
    ]

    assert unread == []
    kinds = {canary.what for canary in premises.grounds.canaries if canary.word in _words(seen)}
    assert kinds == {canary.what for canary in premises.grounds.canaries} - SHOWN_NOWHERE


def _words(seen: dict[tuple[Stage, str], set[str]]) -> set[str]:
    return {word for _, word in seen}


def test_a_letter_holds_agreed_findings_and_its_own_agencys_actions_and_nothing_else(
    premises: Premises,
) -> None:
    premises.stage(Stage.REPORTED)
    for who, agency, actions in (
        ("police_lead", "police", set()),
        ("health_lead", "health", {"zqactionaqz"}),
    ):
        reply = premises.look(who, f"GET {LETTER}", {"agency": f"agency.{agency}"})
        assert reply.status == 200
        assert canaries_in(reply) == {"zqfindingagreedaqz"} | actions
