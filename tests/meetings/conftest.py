"""A round in moderation, for the tests of its meetings."""

import pytest

from app.db import Database
from tests.comparisons.scene import Scene, stage_scene
from tests.world import World


@pytest.fixture
def scene(database: Database, world: World) -> Scene:
    with database.writing() as session:
        return stage_scene(session, world)
