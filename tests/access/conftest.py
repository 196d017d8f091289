"""The scene, someone to walk through it, and the road: every route that belongs to a class."""

from tests.access.fixtures import road, scene, walker

__all__ = ["road", "scene", "walker"]
