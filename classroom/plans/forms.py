"""The forms of revision plans."""

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, Length

from classroom.core.i18n import _l
from classroom.plans.models import Choice
from classroom.plans.rules import CHOICES, LONGEST
from classroom.web.forms import BaseForm, OnceForm


class Versioned(BaseForm):
    """A form that says which version its page was made from."""

    version = HiddenField(default="0")

    @property
    def known_version(self) -> int:
        given = self.version.data or "0"
        return int(given) if given.isdecimal() and len(given) < 9 else 0


class ChoiceForm(Versioned):
    """What one makes of a comment."""

    choice = RadioField(
        _l("What will you do with it?"),
        [DataRequired(_l("Choose one."))],
        choices=[(one.value, words) for one, words in CHOICES.items()],
    )
    words = TextAreaField(_l("How, or why not"), [Length(max=LONGEST)])

    @property
    def chosen(self) -> Choice:
        return Choice(self.choice.data)


class IdeaForm(OnceForm):
    """A new idea of one's own."""

    words = TextAreaField(
        _l("An idea of your own"), [DataRequired(_l("Write what you want to change.")), Length(max=LONGEST)]
    )


class RewordForm(Versioned):
    """An idea of one's own, in other words."""

    words = TextAreaField(
        _l("What you want to change"),
        [DataRequired(_l("Write what you want to change.")), Length(max=LONGEST)],
    )


class ReplyForm(OnceForm):
    """What staff say to a plan."""

    body = TextAreaField(
        _l("Your reply to the plan"), [DataRequired(_l("Write something first.")), Length(max=LONGEST)]
    )
