"""The forms of celebrations."""

from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from classroom.celebrations.models import Consent
from classroom.core.i18n import _l
from classroom.web.forms import BaseForm

MOVE_CHOICES = [
    ("specific", _l("Names a place")),
    ("praise", _l("Sees a strength")),
    ("reason", _l("Says why")),
    ("problem", _l("Finds a problem")),
    ("suggestion", _l("Offers a next step")),
    ("question", _l("Asks")),
]


class HighlightForm(BaseForm):
    why = TextAreaField(
        _l("Why it is great"),
        [DataRequired(_l("Say why it is great: that is what others learn from.")), Length(max=600)],
    )
    moves = SelectMultipleField(
        _l("What it does"),
        [DataRequired(_l("Choose at least one thing that it does."))],
        choices=MOVE_CHOICES,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class NominationForm(BaseForm):
    why = TextAreaField(
        _l("Why it is great"),
        [DataRequired(_l("Say why it is great: that is what others learn from.")), Length(max=600)],
    )


class ConsentForm(BaseForm):
    consent = RadioField(
        _l("May it stand on the wall of great comments?"),
        [DataRequired(_l("Choose one."))],
        choices=[
            (Consent.NAME.value, _l("Yes, with my name")),
            (Consent.PSEUDONYM.value, _l("Yes, under a made-up name")),
            (Consent.DECLINED.value, _l("No, I keep it to myself")),
        ],
    )
