"""The forms of the lesson: a judgement, a text, and what an instructor changes."""

from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from classroom.core.i18n import _l
from classroom.lessons.rules import MOST_CHARACTERS
from classroom.web.forms import BaseForm


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
