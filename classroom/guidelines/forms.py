"""The forms of guidelines: words, clauses, examples, publishing."""

from collections.abc import Mapping
from typing import Any, Self

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from classroom.core.i18n import _, _l
from classroom.guidelines.models import Ruling
from classroom.web.forms import BaseForm, choices

RULINGS = [
    (Ruling.ENCOURAGED.value, _l("Encouraged")),
    (Ruling.FINE.value, _l("Fine, although it looks like cheating")),
    (Ruling.ASK_FIRST.value, _l("Ask first")),
    (Ruling.CHEATING.value, _l("Cheating")),
]


def _number(value: object) -> int | None:
    """The number of a clause, or none."""
    return int(str(value)) if value not in {None, "", "None"} else None


class RestsOnClause(BaseForm):
    """What may rest on a clause, chosen by number and title: nobody knows them by heart."""

    clause_number = SelectField(_l("Rests on clause"), coerce=_number, choices=[])

    def offer(self, clauses: Mapping[int, str]) -> Self:
        named = [(number, f"{number}  {title}") for number, title in clauses.items()]
        self.clause_number.choices = choices([("", _("none in particular")), *named])
        return self


class WordsForm(BaseForm):
    title = StringField(_l("Title"), [DataRequired(_l("Give the page a title.")), Length(max=200)])
    intro = TextAreaField(_l("Introduction"), [Length(max=4000)])


class ClauseForm(BaseForm):
    title = StringField(_l("In a few words"), [DataRequired(_l("Say it in a few words.")), Length(max=120)])
    text = TextAreaField(_l("What it means"), [DataRequired(_l("Say what it means.")), Length(max=2000)])


class ExampleForm(RestsOnClause):
    situation = TextAreaField(
        _l("Is it okay to…"), [DataRequired(_l("Describe the situation.")), Length(max=600)]
    )
    ruling = RadioField(_l("Ruling"), [DataRequired(_l("Choose a ruling."))], choices=RULINGS)
    why = TextAreaField(
        _l("Why"), [DataRequired(_l("Say why: that is what people learn from.")), Length(max=1000)]
    )
    quiz = BooleanField(_l("Ask students about it before they agree"))


def example_values(form: ExampleForm) -> dict[str, Any]:
    """What the form says of an example, as commands take it."""
    return {
        "situation": form.situation.data,
        "ruling": Ruling(form.ruling.data),
        "why": form.why.data,
        "clause_number": form.clause_number.data,
        "quiz": bool(form.quiz.data),
    }


class PublishForm(BaseForm):
    note = StringField(_l("What changed, in one sentence"), [Length(max=500)])
    major = RadioField(
        _l("Is it a big change?"),
        [DataRequired(_l("Choose one."))],
        choices=[("minor", _l("Small: nobody is asked again")), ("major", _l("Big: everyone agrees again"))],
        default="minor",
    )
