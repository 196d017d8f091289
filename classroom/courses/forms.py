"""The forms of a course: what it is called, its sections, joining it."""

from collections.abc import Sequence

from wtforms import (
    EmailField,
    Field,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from classroom.accounts.forms import check_address
from classroom.core.i18n import _, _l
from classroom.courses.models import Section
from classroom.courses.rules import MOST_SECTIONS, SECTION_LENGTH, ZONES, section_names
from classroom.web.forms import BaseForm, choices


class CourseForm(BaseForm):
    title = StringField(
        _l("What is it called?"), [DataRequired(_l("Give the course a title.")), Length(max=200)]
    )
    term = StringField(_l("Term"), [Length(max=100)])
    zone = SelectField(_l("Time zone"), choices=[(zone, zone.replace("_", " ")) for zone in ZONES])


class SectionsForm(BaseForm):
    """Names by line or comma."""

    sections = TextAreaField(_l("Sections"))

    def validate_sections(self, field: Field) -> None:
        names = section_names(field.data or "")
        if len(names) > MOST_SECTIONS:
            raise ValidationError(_("At most %(n)s sections.", n=MOST_SECTIONS))
        if any(len(name) > SECTION_LENGTH for name in names):
            raise ValidationError(_("A section's name has at most %(n)s characters.", n=SECTION_LENGTH))

    @property
    def names(self) -> list[str]:
        return section_names(self.sections.data or "")


class NewCourseForm(CourseForm, SectionsForm):
    pass


class DeletionForm(BaseForm):
    title = StringField(_l("Its title, as it stands above"), [DataRequired(_l("Type the title."))])


class SettingsForm(CourseForm):
    help_hours = IntegerField(
        _l("Hours that a request for help may wait before it reaches staff"),
        [Optional(), NumberRange(1, 336, _l("From 1 to 336 hours."))],
    )
    version = HiddenField()

    @property
    def seen(self) -> int:
        said = str(self.version.data or "")  # without a field in the request it is the course's own number
        return int(said) if said.isdecimal() else 0


class SectionForm(BaseForm):
    name = StringField(_l("Name"), [DataRequired(_l("Give the section a name.")), Length(max=SECTION_LENGTH)])


class CodeForm(BaseForm):
    """A GET form: a code is no secret of the person who types it."""

    code = StringField(_l("Join code"), [Length(max=300)])


class JoinForm(BaseForm):
    """Someone signed in needs one press; a section, where there are some."""

    section = SelectField(_l("Your section"), [Optional()], validate_choice=True)
    next = HiddenField()

    def offer(self, sections: Sequence[Section]) -> None:
        """Put the sections in, or take the field out."""
        if not sections:
            del self.section
            return
        self.section.choices = choices(
            [("", _("I do not know yet")), *((one.public_id, one.name) for one in sections)]
        )

    def chosen(self, sections: Sequence[Section]) -> int | None:
        wanted = self.section.data if "section" in self else None
        return next((one.id for one in sections if one.public_id == wanted), None)


class NewcomerForm(JoinForm):
    name = StringField(
        _l("Your name"), [DataRequired(_l("Write your name, as you like to see it.")), Length(max=200)]
    )
    email = EmailField(
        _l("E-mail"), [DataRequired(_l("Write your e-mail address.")), Length(max=254), check_address]
    )
    password = PasswordField(_l("Password"), [Optional(), Length(max=256)])
