"""The lesson in what is taken out: its steps and who is where; one's own words to oneself alone."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select

from classroom.core.i18n import _
from classroom.insights.exports.bundle import Sheet, stream
from classroom.insights.exports.cast import Cast
from classroom.insights.exports.person_world import World
from classroom.lessons.models import LessonJudgement, LessonMark, LessonProgress, LessonText
from classroom.lessons.queries import lesson_of


def lesson_sheets(cast: Cast) -> list[Sheet]:
    """For a course; what students wrote in it is theirs, and not here."""
    return [_steps(cast), _progress(cast), _judgements(cast)]


def _steps(cast: Cast) -> Sheet:
    columns = {
        "key": _("the step's key; other tables name steps by it"),
        "kind": _("read, judge, improve, write, model or example"),
        "title": _("its title"),
        "text": _("its text, in Markdown"),
        "explains": _("the move that it explains, if it does"),
        "content": _("its comments, works and examples"),
    }
    rows = (
        (one.key, one.kind, one.title, one.body, one.explains, dict(one.content))
        for one in lesson_of(cast.course.id).every
    )
    return Sheet("lesson", _("The steps of the lesson on meaningful comments."), columns, rows)


def _progress(cast: Cast) -> Sheet:
    columns = {
        "person": _("the id of the person in people"),
        "begun_at": _("when they began"),
        "finished_at": _("when they had done every step"),
        "steps": _("how many steps they have done"),
    }
    done = (
        select(func.count())
        .where(
            LessonMark.course_id == LessonProgress.course_id, LessonMark.person_id == LessonProgress.person_id
        )
        .correlate(LessonProgress)
        .scalar_subquery()
    )
    asked = select(LessonProgress, done).where(LessonProgress.course_id == cast.course.id)
    rows = (
        (cast.who(one.person_id), one.begun_at, one.finished_at, count)
        for one, count in stream(asked.order_by(LessonProgress.id))
    )
    return Sheet("lesson_progress", _("Who began the lesson, and who finished it."), columns, rows)


def _judgements(cast: Cast) -> Sheet:
    columns = {
        "person": _("the id of the person in people"),
        "step": _("the key of the step"),
        "comment": _("the key of the comment in it"),
        "counts": _("whether they thought that it counts"),
        "at": _("when"),
    }
    asked = select(LessonJudgement).where(LessonJudgement.course_id == cast.course.id)
    rows = (
        (cast.who(one.person_id), one.step_key, one.item_key, one.counts, one.at)
        for (one,) in stream(asked.order_by(LessonJudgement.id))
    )
    return Sheet("lesson_judgements", _("What they said of the lesson's comments."), columns, rows)


def own_lesson_sheets(world: World) -> list[Sheet]:
    """For a person: how far they are, what they said, and, to themselves alone, what they wrote."""
    return [_own_steps(world), _own_judgements(world), _own_texts(world)]


def _own_steps(world: World) -> Sheet:
    columns = {"course": _("the course"), "step": _("the key of the step"), "at": _("when you had done it")}
    asked = select(LessonMark).where(
        LessonMark.person_id == world.me, LessonMark.course_id.in_(world.courses)
    )
    rows = (
        (world.course(one.course_id), one.step_key, one.at)
        for (one,) in stream(asked.order_by(LessonMark.id))
    )
    return Sheet("lesson_steps", _("What you have done of the lesson on meaningful comments."), columns, rows)


def _own_judgements(world: World) -> Sheet:
    columns = {
        "course": _("the course"),
        "step": _("the key of the step"),
        "comment": _("the key of the comment in it"),
        "counts": _("whether you thought that it counts"),
        "at": _("when"),
    }
    asked = select(LessonJudgement).where(
        LessonJudgement.person_id == world.me, LessonJudgement.course_id.in_(world.courses)
    )
    rows = (
        (world.course(one.course_id), one.step_key, one.item_key, one.counts, one.at)
        for (one,) in stream(asked.order_by(LessonJudgement.id))
    )
    return Sheet("lesson_judgements", _("What you said of the lesson's comments."), columns, rows)


def _own_texts(world: World) -> Sheet:
    columns = {
        "course": _("the course"),
        "step": _("the key of the step"),
        "draft": _("what lies in the pen"),
        "text": _("what you were content with"),
        "counts": _("whether it would count"),
        "at": _("when you wrote it last"),
    }
    says = _("What you wrote in the lesson; nobody else reads it.")
    return Sheet("lesson_texts", says, columns, _own_text_rows(world))


def _own_text_rows(world: World) -> Iterator[Sequence[Any]]:
    if world.actor.borrowed:
        return
    asked = select(LessonText).where(
        LessonText.person_id == world.me, LessonText.course_id.in_(world.courses)
    )
    for (one,) in stream(asked.order_by(LessonText.id)):
        yield world.course(one.course_id), one.step_key, one.draft, one.sent, one.counts, one.saved_at
