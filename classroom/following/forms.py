"""The forms of following. Where they are sent tells nothing: which thing, and what of it, is in the body."""

from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import AnyOf, DataRequired, Length

from classroom.core.i18n import _l
from classroom.following.models import Stance, Thing
from classroom.following.rules import Span
from classroom.web.forms import BaseForm, choices

FORGET = "neither"
WAYS = (
    ("follow:good", _l("Follow")),
    ("mute:day", _l("Mute for a day")),
    ("mute:week", _l("Mute for a week")),
    ("mute:good", _l("Mute for good")),
)


class ChoiceForm(BaseForm):
    """One press: this thing, and follow, mute for so long, or neither."""

    thing = HiddenField(validators=[AnyOf([one.value for one in Thing])])
    what = HiddenField(validators=[Length(max=40)])
    way = HiddenField(validators=[AnyOf([FORGET, *(value for value, _words in WAYS)])])

    @property
    def stance(self) -> Stance | None:
        return None if self.way.data == FORGET else Stance(self.way.data.partition(":")[0])

    @property
    def span(self) -> Span:
        return Span(self.way.data.partition(":")[2])


class WordForm(ChoiceForm):
    """A word to follow or to mute."""

    thing = HiddenField(default=Thing.WORD.value, validators=[AnyOf([Thing.WORD.value])])
    what = StringField(_l("Word"), [DataRequired(_l("Write the word first.")), Length(max=40)])
    way = SelectField(_l("What to do"), choices=choices(WAYS))
