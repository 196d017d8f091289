"""For staff: who has begun and finished, where the class struggles, and one thing to do about it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.core.paging import page_of
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.lessons import queries, queries_class, rules
from classroom.lessons.views import bp
from classroom.lessons.wording import CALLED, IN_CLASS, WELL
from classroom.web.numbers import whole


@bp.get("/courses/<course_id>/lesson/class")
@allow("lesson:follow", course_for)
def follow(actor: Actor, course: Course) -> ResponseReturnValue:
    lesson = queries.lesson_of(course.id)
    far, struggles = queries_class.how_far(actor, lesson), queries_class.struggles_of(actor, lesson)
    top = rules.hardest(struggles)
    finished = sum(one.finished_at is not None for one in far)
    begun = sum(one.begun_at is not None for one in far) - finished
    return render_template(
        "lessons/class.html",
        course=course,
        lesson=lesson,
        finished=finished,
        begun=begun,
        not_yet=len(far) - finished - begun,
        struggles=struggles if rules.enough_tried(struggles) else [],
        top=top,
        advice=IN_CLASS[top.move] if top else WELL,
        called=CALLED,
        paging=page_of(far, request.args.get("page", 1, type=whole)),
    )
