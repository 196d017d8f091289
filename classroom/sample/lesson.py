"""How far the made-up students are in the lesson: some finished it, some are half-way, most are not in it."""

from datetime import timedelta
from typing import Any

from classroom.comments.judging import judge_practice
from classroom.core import clock
from classroom.lessons import commands
from classroom.lessons.models import StepKind
from classroom.lessons.queries import InLesson, lesson_of
from classroom.lessons.rules import Step
from classroom.sample.people import Cast
from classroom.sample.reading import read

FIRST = 2  # the students before stay without it: somebody can still begin in the demo


def take_lesson(cast: Cast) -> None:
    """Each on an evening of their own, in the weeks before the first comments."""
    lesson = lesson_of(cast.course.id)
    for number, told in enumerate(read("lesson")["takers"]):
        person_id = cast.id_of(cast.students[FIRST + number])
        begins = cast.calendar.moment(number // 3 - 34, "17:10") + timedelta(minutes=47 * (number % 3))
        for place, step in enumerate(lesson.steps[: told["steps"]]):
            with clock.at(begins + timedelta(minutes=place)):
                _take(InLesson(cast.course, lesson, step), person_id, told)


def _take(here: InLesson, person_id: int, told: dict[str, Any]) -> None:
    kind = here.step.kind
    if kind is StepKind.JUDGE:
        for item in here.step.items:
            commands.judge(
                here, person_id, item["key"], counts=item["counts"] != (item["key"] in told["wrong"])
            )
    elif kind in {StepKind.IMPROVE, StepKind.WRITE}:
        words = told[kind.value]
        commands.send_text(here, person_id, words, _verdict(here.step, words))
    else:
        commands.finish_reading(here, person_id)


def _verdict(step: Step, words: str) -> dict[str, Any]:
    return judge_practice(words, brief=step.content["brief"], work=step.content["work"]).verdict
