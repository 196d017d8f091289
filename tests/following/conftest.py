"""The scene of the access walk, and letters as people get them."""

from tests.access.fixtures import road, scene, walker
from tests.notices.conftest import letters

__all__ = ["letters", "road", "scene", "walker"]
