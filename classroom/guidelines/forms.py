"""The forms of guidelines: words, clauses, examples, publishing."""

from wtforms import BooleanField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from classroom.core.i18n import _l
from classroom.guidelines.models import Ruling
from classroom.web.forms import BaseForm

RULINGS = [
    (Ruling.ENCOURAGED.value, _l("Encouraged")),
    (Ruling.FINE.value, _l("Fine, although it looks like cheating")),
    (Ruling.ASK_FIRST.value, _l("Ask first")),
    (Ruling.CHEATING.value, _l("Cheating")),
]


class WordsForm(BaseForm):
    title = StringField(_l("Title"), [DataRequired(_l("Give the page a title.")), Length(max=200)])
    intro = TextAreaField(_l("Introduction"), [Length(max=4000)])


class ClauseForm(BaseForm):
    title = StringField(_l("In a few words"), [DataRequired(_l("Say it in a few words.")), Length(max=120)])
    text = TextAreaField(_l("What it means"), [DataRequired(_l("Say what it means.")), Length(max=2000)])


class ExampleForm(BaseForm):
    situation = TextAreaField(
        _l("Is it okay to…"), [DataRequired(_l("Describe the situation.")), Length(max=600)]
    )
    ruling = RadioField(_l("Ruling"), [DataRequired(_l("Choose a ruling."))], choices=RULINGS)
    why = TextAreaField(
        _l("Why"), [DataRequired(_l("Say why: that is what people learn from.")), Length(max=1000)]
    )
    clause_number = IntegerField(_l("Rests on clause"), [Optional(), NumberRange(1, 99)])
    quiz = BooleanField(_l("Ask students about it before they agree"))


class PublishForm(BaseForm):
    note = StringField(_l("What changed, in one sentence"), [Length(max=500)])
    major = RadioField(
        _l("Is it a big change?"),
        [DataRequired(_l("Choose one."))],
        choices=[("minor", _l("Small: nobody is asked again")), ("major", _l("Big: everyone agrees again"))],
        default="minor",
    )
