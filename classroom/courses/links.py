"""The address that lets people into a course."""

from classroom.core.links import absolute
from classroom.courses.models import Course


def join_url(course: Course) -> str:
    """Absolute, for a board or a mail; its host comes from the settings."""
    return absolute(f"/join/{course.join_code}")
