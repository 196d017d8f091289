"""The forms of moderation: a note that goes back, and a report."""

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, Length

from classroom.core.i18n import _l
from classroom.guidelines.forms import RestsOnClause
from classroom.moderation.rules import FLAG_REASONS
from classroom.web.forms import BaseForm

FLAG_CHOICES = [
    ("hurts", _l("It hurts someone")),
    ("gives_answer", _l("It gives the answer away")),
    ("private", _l("It tells something private")),
    ("copied", _l("It is copied")),
    ("other", _l("Something else")),
]


class NoteForm(RestsOnClause):
    """A decision with words; `reason` is the preset's code."""

    note = TextAreaField(
        _l("Your note to the writer"),
        [DataRequired(_l("Write a sentence that tells the writer what to do next.")), Length(max=2000)],
    )
    reason = HiddenField()


class OptionalNoteForm(BaseForm):
    note = TextAreaField(_l("A word to the writer"), [Length(max=2000)])


class FlagForm(BaseForm):
    reason = RadioField(
        _l("What is the matter?"), [DataRequired(_l("Choose what fits best."))], choices=FLAG_CHOICES
    )
    note = TextAreaField(_l("Anything else that we should know"), [Length(max=1000)])


__all__ = ["FLAG_REASONS", "FlagForm", "NoteForm", "OptionalNoteForm"]
