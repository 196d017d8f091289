"""Who sees what became of their own comments: the student alone, and nobody through their eyes."""

from classroom.access import STUDENTS, Actor, rule
from classroom.courses.models import Course


@rule("my_comments:see", STUDENTS, private=True)
def may_see_mine(actor: Actor, course: Course) -> bool:
    """Each student their own, and takes along the ones they choose; staff never, not through their eyes."""
    return actor.studies(course.course_id)
