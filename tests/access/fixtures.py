"""Fixtures of the access walk, which the security tests share."""

import pytest

from tests.access import scene as scenes
from tests.access.walk import Walker, steps

# The first is there in the demo only; the second tells how the database is, which no migration has made here.
NOT_OF_A_CLASS = {"web.style", "insights.health"}


@pytest.fixture
def scene(make):
    built = scenes.build(make)
    built.values |= {name: name for name in scenes.OWN}
    return built


@pytest.fixture
def walker(app, connection, scene):
    return Walker(app, connection, scene)


@pytest.fixture
def road(app, scene):
    return [step for step in steps(app, scene) if step.endpoint not in NOT_OF_A_CLASS]
