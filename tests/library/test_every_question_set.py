"""Every question set whose rounds come later, completed in the trial by every kind of agency.

The trial checks and counts through the same function as a response, and keeps nothing.
"""

import re

import pytest

from app.db import Database
from tests.browsing import Browser, Visitor
from tests.tools.shipped import OTHERS, PROVE, Fields, alike, fields, newest
from tests.tools.walks import Walk, ways_through
from tests.world import World

COUNTED = re.compile(r"(\d+) of (\d+) answered")


@pytest.mark.parametrize(("slug", "name"), OTHERS)
def test_every_kind_of_agency_completes_it_in_the_trial_with_every_condition_taken_both_ways(
    browse: Browser, database: Database, world: World, slug: str, name: str
) -> None:
    tool, question_set = newest(slug, name)
    at = f"/wexcombe/audit-tools/{tool.slug}/{tool.version}/{question_set.id}/trial"
    officer = browse.as_(world.officer)
    groups = alike(question_set)
    if not PROVE and "sqlite" not in database.url:
        groups = [groups[0][:1]]
    for kinds in groups:
        for kind in kinds:
            found = ways_through(question_set, kind)
            assert not found.never, "no answer opens or closes these"
            # Of kinds that may be asked the very same, one goes all the ways.
            for walk in found.walks if PROVE or kind is kinds[0] else found.walks[:1]:
                assert completed(officer, f"{at}?kind={kind}", walk)


def completed(officer: Visitor, at: str, walk: Walk) -> bool:
    """Answer all that is asked, and say whether the page finds nothing missing and counts so."""
    posted: Fields = {}
    for each in walk.filled.asked:
        posted |= fields(each.question, each.answer)
    posted["asked"] = [each.question.id for each in walk.filled.asked]
    answer = officer.post(at, posted)
    assert answer.status_code == 200
    counted = COUNTED.search(answer.text)
    assert counted
    assert tuple(map(int, counted.groups())) == walk.filled.progress
    return "Complete: it could be declared and sent." in answer.text
