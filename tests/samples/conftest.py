import pytest

from app.db import Database
from app.rounds.rules import Stage
from tests.audit import open_audit
from tests.browsing import Browser
from tests.samples.sampling import Sampling
from tests.world import World


@pytest.fixture
def sampling(database: Database, browse: Browser, world: World) -> Sampling:
    """A round at "Sampling" that has no list yet."""
    with database.writing() as session:
        audit = open_audit(session, world, Stage.SAMPLING)
    return Sampling(database, browse, world, audit)
