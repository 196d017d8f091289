"""The forms of questions without a name."""

from wtforms import BooleanField, HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, Length

from classroom.core.i18n import _l
from classroom.core.ids import is_secret, secret_token
from classroom.guidelines.forms import RULINGS, ExampleForm, RestsOnClause
from classroom.web.forms import BaseForm


class AskForm(BaseForm):
    """`secret` is made with the page and only ever kept as a digest: pressed twice, it is asked once."""

    text = TextAreaField(
        _l("Would it be okay to…"),
        [DataRequired(_l("Describe the one thing that you wonder about.")), Length(min=10, max=1000)],
    )
    keep = BooleanField(_l("Remember it in this browser"))
    secret = HiddenField(default=secret_token)

    @property
    def own_secret(self) -> str:
        """As it was sent, where it can be one of ours; else a new one."""
        sent = self.secret.data or ""
        return sent if is_secret(sent) else secret_token()


class AskBackForm(BaseForm):
    text = TextAreaField(_l("Ask back"), [DataRequired(_l("Write what is still open.")), Length(max=1000)])


class AnswerForm(RestsOnClause):
    ruling = RadioField(_l("Ruling"), [DataRequired(_l("Choose a ruling."))], choices=RULINGS)
    why = TextAreaField(
        _l("Why"), [DataRequired(_l("Say why: that is what people learn from.")), Length(max=1000)]
    )


class SetAsideForm(BaseForm):
    note = TextAreaField(
        _l("Why there is nothing to rule on"),
        [DataRequired(_l("Say why: whoever asked reads it.")), Length(max=600)],
    )


class FromSituationForm(ExampleForm):
    nobody = BooleanField(
        _l("I have read it as a classmate would: nobody can be recognised"),
        [DataRequired(_l("Read it once as a classmate would, and say so."))],
    )
