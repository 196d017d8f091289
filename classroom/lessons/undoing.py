"""How what an instructor took out of the lesson comes back."""

from classroom.access import Actor
from classroom.core.db import db
from classroom.core.i18n import _
from classroom.core.rows import packed, unpacked
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.lessons.commands_edit import lesson_row, rows_of
from classroom.lessons.models import LessonStep
from classroom.undo.commands import Kept, TooLate, undoes


def whole_lesson(course_id: int) -> Kept:
    """Its words and steps, before it becomes the starter again."""
    found = lesson_row(course_id)
    steps = [packed(one) for one in rows_of(course_id)]
    return {"title": found.title, "intro": found.intro, "steps": steps, "own": found.own}


@undoes("lessons.remove_step", "lesson:edit", course_for)
def step_is_back(_actor: Actor, course: Course, kept: Kept) -> str:
    """At its place; what students did in it counts again."""
    there = {one.key for one in rows_of(course.id)}
    if not lesson_row(course.id).own or kept["step"]["key"] in there:
        raise TooLate
    db.session.add(unpacked(LessonStep, kept["step"]))
    db.session.flush()
    return _("The step is back.")


@undoes("lessons.reset", "lesson:edit", course_for)
def own_lesson_is_back(_actor: Actor, course: Course, kept: Kept) -> str:
    found = lesson_row(course.id)
    if found.own or not kept["own"]:
        raise TooLate
    found.own, found.title, found.intro = True, kept["title"], kept["intro"]
    db.session.add_all(unpacked(LessonStep, one) for one in kept["steps"])
    db.session.flush()
    return _("Your own lesson is back.")
