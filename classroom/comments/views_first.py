"""What comes before a first comment: the guidelines, and perhaps the lesson or a sample to practise on."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor
from classroom.comments.queries_lesson import must_learn
from classroom.comments.queries_practice import must_practise
from classroom.comments.reading import Reading
from classroom.core.i18n import _
from classroom.guidelines.queries import must_acknowledge


def first_of_all(actor: Actor, reading: Reading) -> tuple[str, str] | None:
    """In words, and where to; None when nothing does."""
    here, course_id = url_for("comments.show", post_id=reading.post.public_id), reading.course.public_id
    if must_acknowledge(actor, reading.course_id):
        line = url_for("guidelines.acknowledge", course_id=course_id, next=here)
        return _("First, the line between helping and cheating."), line
    if must_learn(actor, reading.course_id):
        lesson = url_for("lessons.show", course_id=course_id, next=here)
        return _("First, the lesson: ten minutes, no grade. Then you come back here."), lesson
    if (sample_id := must_practise(actor, reading.project)) is not None:
        sample = url_for("calibration.show", sample_id=sample_id, next=here)
        return _("First, one to practise on: five minutes, no grade."), sample
    return None


def led_to(first: tuple[str, str], kept: str) -> ResponseReturnValue:
    """There, saying first that nothing is lost."""
    flash(f"{kept} {first[0]}", "info")
    return redirect(first[1], 303)
