"""The forms of the people of a course: one added, one changed."""

from collections.abc import Collection, Sequence

from wtforms import BooleanField, EmailField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from classroom.access import Role
from classroom.accounts.forms import check_address
from classroom.core.i18n import _, _l
from classroom.courses.models import Section
from classroom.courses.words import ROLE_WORDS
from classroom.web.forms import BaseForm, choices


class ChecksField(SelectMultipleField):  # type: ignore[misc]
    """Several of a few, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class MemberForm(BaseForm):
    role = RadioField(
        _l("Role"),
        [DataRequired(_l("Choose a role."))],
        choices=[(role.value, words) for role, words in ROLE_WORDS.items()],
        default=Role.STUDENT.value,
    )
    section = SelectField(_l("Section"), [Optional()])
    tended = ChecksField(_l("As an assistant, tends only"), [Optional()])

    def offer(self, sections: Sequence[Section]) -> None:
        """Put the course's sections in, or take the fields out."""
        if not sections:
            del self.section, self.tended
            return
        named = [(one.public_id, one.name) for one in sections]
        self.section.choices = choices([("", _("None")), *named])
        self.tended.choices = choices(named)

    def place(self, sections: Sequence[Section]) -> int | None:
        wanted = self.section.data if "section" in self else None
        return next((one.id for one in sections if one.public_id == wanted), None)

    def care(self, sections: Sequence[Section]) -> Collection[int]:
        wanted = (self.tended.data or []) if "tended" in self else []
        return [one.id for one in sections if one.public_id in wanted]


class InviteForm(MemberForm):
    name = StringField(_l("Name"), [DataRequired(_l("Write their name.")), Length(max=200)])
    email = EmailField(
        _l("E-mail"), [DataRequired(_l("Write their e-mail address.")), Length(max=254), check_address]
    )
    mail = BooleanField(_l("Mail them a link"))
