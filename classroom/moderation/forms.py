"""The forms of moderation: a note that goes back, and a report."""

from collections.abc import Mapping

from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from classroom.core.i18n import _, _l
from classroom.moderation.rules import FLAG_REASONS
from classroom.web.forms import BaseForm, choices

FLAG_CHOICES = [
    ("hurts", _l("It hurts someone")),
    ("gives_answer", _l("It gives the answer away")),
    ("private", _l("It tells something private")),
    ("copied", _l("It is copied")),
    ("other", _l("Something else")),
]


def _number(value: object) -> int | None:
    """The number of a clause, or none."""
    return int(str(value)) if value not in {None, "", "None"} else None


class NoteForm(BaseForm):
    """A decision with words; `reason` is the preset's code."""

    note = TextAreaField(
        _l("Your note to the writer"),
        [DataRequired(_l("Write a sentence that tells the writer what to do next.")), Length(max=2000)],
    )
    clause_number = SelectField(_l("Rests on clause"), coerce=_number, choices=[])
    reason = HiddenField()

    def offer(self, clauses: Mapping[int, str]) -> "NoteForm":
        """The clauses in force, by number and title: nobody knows them by heart."""
        named = [(number, f"{number}  {title}") for number, title in clauses.items()]
        self.clause_number.choices = choices([("", _("none in particular")), *named])
        return self


class OptionalNoteForm(BaseForm):
    note = TextAreaField(_l("A word to the writer"), [Length(max=2000)])


class FlagForm(BaseForm):
    reason = RadioField(
        _l("What is the matter?"), [DataRequired(_l("Choose what fits best."))], choices=FLAG_CHOICES
    )
    note = TextAreaField(_l("Anything else that we should know"), [Length(max=1000)])


__all__ = ["FLAG_REASONS", "FlagForm", "NoteForm", "OptionalNoteForm"]
