"""The forms of "I went too far"."""

from wtforms import DateField, IntegerField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from classroom.core.i18n import _l
from classroom.web.forms import BaseForm, OnceForm


class TooFarForm(OnceForm):
    day = DateField(_l("When was it?"), [InputRequired(_l("Say on which day it was."))])
    text = TextAreaField(
        _l("What happened?"), [DataRequired(_l("Say what happened, in your own words.")), Length(max=4000)]
    )


class EntryForm(OnceForm):
    text = TextAreaField(_l("Your words"), [DataRequired(_l("Write something first.")), Length(max=4000)])


class TermsForm(BaseForm):
    hours = IntegerField(
        _l("How many hours after the day it happened"),
        [
            InputRequired(_l("Say how many hours.")),
            NumberRange(min=1, max=1000, message=_l("Between 1 and 1000 hours.")),
        ],
    )
    follows = TextAreaField(
        _l("What follows for whoever tells you in time"),
        [DataRequired(_l("Say what follows: that is what lets people speak.")), Length(max=2000)],
    )
