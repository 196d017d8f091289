"""The same scene and road as the access walk's."""

from tests.access.fixtures import road, scene, walker

__all__ = ["road", "scene", "walker"]
