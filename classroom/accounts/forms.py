"""The forms of signing in and of one's own settings."""

from zoneinfo import available_timezones

from email_validator import EmailNotValidError, validate_email
from wtforms import EmailField, Field, HiddenField, PasswordField, StringField, ValidationError
from wtforms.validators import DataRequired, Length, Optional

from classroom.core.i18n import _l
from classroom.web.forms import BaseForm


def check_address(_form: BaseForm, field: Field) -> None:
    """An address as people write them, any script; whether it exists only a letter can tell."""
    try:
        validate_email(field.data or "", check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise ValidationError(
            _l("That does not look like an e-mail address, such as maya@example.edu.")
        ) from error


class SignInForm(BaseForm):
    email = EmailField(_l("E-mail"), [DataRequired(_l("Write your e-mail address.")), Length(max=320)])
    password = PasswordField(_l("Password"), [Optional(), Length(max=256)])
    next = HiddenField()


class PasskeyForm(BaseForm):
    """`credential` is what the browser answered; `email` was perhaps typed before, and is kept."""

    credential = HiddenField()
    email = HiddenField()
    next = HiddenField()


class PasskeyNameForm(BaseForm):
    name = StringField(
        _l("Name"), [DataRequired(_l("Give it a name that you will know it by.")), Length(max=100)]
    )


class LinkForm(BaseForm):
    email = EmailField(
        _l("E-mail"), [DataRequired(_l("Write your e-mail address.")), Length(max=320), check_address]
    )
    next = HiddenField()


class PersonForm(BaseForm):
    """Someone new: the name as they write it, an address, a password if they like."""

    name = StringField(
        _l("Your name"), [DataRequired(_l("Write your name, as you like to see it.")), Length(max=200)]
    )
    email = EmailField(
        _l("E-mail"), [DataRequired(_l("Write your e-mail address.")), Length(max=320), check_address]
    )
    password = PasswordField(_l("Password"), [DataRequired(_l("Choose a password.")), Length(max=256)])


class AboutForm(BaseForm):
    name = StringField(
        _l("Name"), [DataRequired(_l("Write your name, as you like to see it.")), Length(max=200)]
    )
    called = StringField(_l("What to call me"), [Length(max=100)])
    pronouns = StringField(_l("Pronouns"), [Length(max=60)])
    zone = StringField(_l("Time zone"), [Optional()])

    def validate_zone(self, field: Field) -> None:
        if field.data not in available_timezones():
            raise ValidationError(_l("Choose a zone such as Europe/Berlin."))


class PasswordForm(BaseForm):
    new_password = PasswordField(
        _l("New password"), [DataRequired(_l("Write the new password.")), Length(max=256)]
    )


class AppearanceForm(BaseForm):
    theme = StringField(_l("Appearance"), [Length(max=10)])
    keys = StringField(_l("Keyboard shortcuts"), [Length(max=10)])
