"""Drawing a step of the lesson, for every view that shows it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from classroom.celebrations.queries import OnWall
from classroom.celebrations.rules import move_words
from classroom.comments.coaching import Coaching
from classroom.lessons.forms import JudgementForm, TextForm
from classroom.lessons.models import LessonText
from classroom.lessons.queries import InLesson
from classroom.lessons.rules import Progress, Step, Tally
from classroom.web.forms import PlainForm
from classroom.web.sign_in import safe_path


@dataclass
class Shown:
    """A step as one person sees it."""

    here: InLesson
    progress: Progress
    may_take: bool
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    text: LessonText | None = None
    cards: Sequence[OnWall] = ()
    locked: bool = False
    form: TextForm | None = None
    coaching: Coaching | None = None
    theirs: str | None = None

    @property
    def number(self) -> int:
        return self.here.lesson.steps.index(self.here.step) + 1

    @property
    def before(self) -> Step | None:
        return self.here.lesson.beside(self.here.step.key, -1)

    @property
    def after(self) -> Step | None:
        return self.here.lesson.beside(self.here.step.key, 1)

    @property
    def is_done(self) -> bool:
        return self.here.step.key in self.progress.done

    @property
    def pen(self) -> TextForm:
        """What was sent just now, else what is kept, else the weak comment that is to be improved."""
        if self.form is not None:
            return self.form
        start = self.text.draft if self.text else str(self.here.step.content.get("weak", ""))
        return TextForm(data={"body": start, "version": str(self.text.version if self.text else 0)})


def draw(shown: Shown, status: int = 200) -> ResponseReturnValue:
    """The page of a step; each kind has a part of its own."""
    here = shown.here
    page = render_template(
        "lessons/step.html",
        shown=shown,
        course=here.course,
        lesson=here.lesson,
        step=here.step,
        going=safe_path(request.values.get("next")),
        move_words=move_words,
        judging=JudgementForm(),
        plain=PlainForm(),
    )
    return page, status


def one_item(shown: Shown, item_key: str) -> ResponseReturnValue:
    """One comment of a judge step, judged: for the page that stands there already."""
    here = shown.here
    values: dict[str, Any] = {"shown": shown, "course": here.course, "step": here.step}
    item = here.step.item(item_key)
    return render_template(
        "lessons/_judged.html",
        **values,
        item=item,
        number=list(here.step.items).index(item) + 1 if item else 0,
        swapped=True,
        going=safe_path(request.values.get("next")),
        judging=JudgementForm(),
        plain=PlainForm(),
    )
