"""The forms of the lesson: a judgement, a text, and what an instructor changes."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from classroom.core.i18n import _l
from classroom.lessons.models import Move, StepKind
from classroom.lessons.rules import MOST_CHARACTERS, Step, Whole
from classroom.web.forms import BaseForm, choices


class JudgementForm(BaseForm):
    item = HiddenField()
    says = HiddenField()

    @property
    def counts(self) -> bool | None:
        return {"yes": True, "no": False}.get(str(self.says.data or ""))


class TextForm(BaseForm):
    body = TextAreaField(
        _l("Your comment"),
        [
            DataRequired(_l("Write a sentence first.")),
            Length(max=MOST_CHARACTERS, message=_l("That is longer than a comment may be.")),
        ],
    )
    version = HiddenField(default="0")

    @property
    def seen(self) -> int:
        said = str(self.version.data or "")
        return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


MOVES = [
    ("", _l("none in particular")),
    (Move.POINT, _l("making a point")),
    (Move.PLACE, _l("naming the place")),
    (Move.WHY, _l("saying why")),
    (Move.NEXT, _l("offering a next step")),
    (Move.ASK, _l("asking")),
    (Move.KIND, _l("being kind")),
]
ABOUT = [*MOVES[2:], (Move.SHORT, _l("that short is fine"))]


class WordsForm(BaseForm):
    title = StringField(_l("Title"), [DataRequired(_l("Give the lesson a title.")), Length(max=200)])
    intro = TextAreaField(_l("Introduction"), [Length(max=2000)])


class StepForm(BaseForm):
    """What every step has; `content` is what its kind has besides."""

    title = StringField(_l("Title"), [DataRequired(_l("Give the step a title.")), Length(max=200)])
    body = TextAreaField(_l("What it says"), [Length(max=4000)])
    explains = SelectField(
        _l("The coach's tips lead here for"), choices=[(str(code), words) for code, words in MOVES]
    )
    names: tuple[str, ...] = ()

    def fill(self, step: Step) -> None:
        """What the step has now."""
        self.title.data, self.body.data, self.explains.data = step.title, step.body, step.explains
        for name in self.names:
            self[name].data = step.content.get(name, "")

    @property
    def content(self) -> dict[str, Any]:
        return {name: self[name].data or "" for name in self.names}

    @property
    def values(self) -> dict[str, Any]:
        return {
            "title": self.title.data,
            "body": self.body.data or "",
            "explains": self.explains.data or "",
            "content": self.content,
        }


class ReadForm(StepForm):
    """Up to two pairs of a weak and a strong comment."""

    research = TextAreaField(_l("What research says, in a sentence"), [Length(max=600)])
    source = StringField(_l("Where that stands"), [Length(max=200)])
    subject1 = StringField(_l("Subject"), [Length(max=80)])
    weak1 = TextAreaField(_l("Instead of"), [Length(max=600)])
    strong1 = TextAreaField(_l("say"), [Length(max=600)])
    subject2 = StringField(_l("Subject"), [Length(max=80)])
    weak2 = TextAreaField(_l("Instead of"), [Length(max=600)])
    strong2 = TextAreaField(_l("say"), [Length(max=600)])
    names = ("research", "source")

    def fill(self, step: Step) -> None:
        super().fill(step)
        for number, one in enumerate(step.content.get("examples", ())[:2], 1):
            for part in PAIR:
                self[f"{part}{number}"].data = one.get(part, "")

    @property
    def content(self) -> dict[str, Any]:
        pairs = [{part: self[f"{part}{number}"].data or "" for part in PAIR} for number in (1, 2)]
        return {**super().content, "examples": [one for one in pairs if one["weak"] or one["strong"]]}


PAIR = ("subject", "weak", "strong")


class WriteForm(StepForm):
    """A sample of work to comment on."""

    subject = StringField(_l("Subject"), [Length(max=80)])
    work_title = StringField(_l("Title of the work"), [Length(max=200)])
    brief = TextAreaField(_l("The task, in a sentence"), [Length(max=600)])
    work = TextAreaField(_l("The work"), [DataRequired(_l("Give a piece of work.")), Length(max=4000)])
    names: tuple[str, ...] = ("subject", "work_title", "brief", "work")


class ImproveForm(WriteForm):
    weak = TextAreaField(_l("The weak comment"), [DataRequired(_l("Give a weak comment.")), Length(max=1000)])
    names = (*WriteForm.names, "weak")


class ModelForm(StepForm):
    """A comment that helped, and what it does."""

    after = SelectField(_l("Shown once one has written in"), choices=[], validate_choice=False)
    comment = TextAreaField(_l("The comment"), [DataRequired(_l("Give the comment.")), Length(max=2000)])
    points = TextAreaField(_l("What it does, one point a line"), [Length(max=2000)])
    names = ("after", "comment")

    def offer(self, lesson: Whole) -> None:
        written = [(one.key, one.title) for one in lesson.every if one.kind is StepKind.WRITE]
        self.after.choices = choices([("", _l("any time")), *written])

    def fill(self, step: Step) -> None:
        super().fill(step)
        self.points.data = "\n".join(step.content.get("points", ()))

    @property
    def content(self) -> dict[str, Any]:
        lines = [line.strip() for line in (self.points.data or "").splitlines() if line.strip()]
        return {**super().content, "points": lines}


class ItemForm(BaseForm):
    """One comment of a judge step."""

    subject = StringField(_l("Subject"), [Length(max=80)])
    work_title = StringField(_l("Title of the work"), [Length(max=200)])
    work = TextAreaField(
        _l("The bit of work"), [DataRequired(_l("Give the work that it is about.")), Length(max=2000)]
    )
    comment = TextAreaField(_l("The comment"), [DataRequired(_l("Give the comment.")), Length(max=2000)])
    says = RadioField(
        _l("Does it count?"),
        [DataRequired(_l("Choose one."))],
        choices=[("yes", _l("It counts")), ("no", _l("Not yet"))],
    )
    why = TextAreaField(
        _l("Why"), [DataRequired(_l("Say why: that is what people learn from.")), Length(max=1000)]
    )
    about = SelectField(_l("It teaches"), choices=[(str(code), words) for code, words in ABOUT])
    names = ("subject", "work_title", "work", "comment", "why", "about")

    @property
    def item(self) -> dict[str, Any]:
        return {**{name: self[name].data or "" for name in self.names}, "counts": self.says.data == "yes"}


FORMS: dict[StepKind, type[StepForm]] = {
    StepKind.READ: ReadForm,
    StepKind.JUDGE: StepForm,
    StepKind.IMPROVE: ImproveForm,
    StepKind.WRITE: WriteForm,
    StepKind.MODEL: ModelForm,
    StepKind.EXAMPLE: StepForm,
}
