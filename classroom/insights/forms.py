"""Forms of the acts on many students at once."""

from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from classroom.core.i18n import _l
from classroom.projects.forms_fields import WallTime
from classroom.projects.models import Project
from classroom.projects.rules import Phase
from classroom.projects.wording import DATE_NAMES
from classroom.web.forms import BaseForm, OnceForm, choices


class MoreTimeForm(BaseForm):
    """One date, moved for several students."""

    phase = RadioField(_l("Which date"), [DataRequired(_l("Choose a date."))])
    until = WallTime(_l("Until"))
    reason = StringField(_l("Reason"), [Length(max=500, message=_l("At most 500 letters."))])

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        self.zone = ZoneInfo(zone)
        super().__init__(*args, **kwargs)

    @classmethod
    def of(cls, project: Project, given: Any = None) -> "MoreTimeForm":
        """Empty, or filled from what was sent; only dates that the project has can be moved."""
        there = [phase for phase in Phase if getattr(project, phase.value) is not None]
        first = there[0].value if there else ""
        data = None if given is not None else {"phase": first}
        form = cls(given, zone=project.course.zone, data=data)
        form.phase.choices = choices([(phase.value, str(DATE_NAMES[phase.value])) for phase in there])
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        self.until.check_wall(self.zone)
        if self.until.wall is None and not self.until.errors:
            self.refuse(self.until, _l("Write the day and the time."))
        return not self.has_errors

    @property
    def moment(self) -> datetime:
        """Only once it is valid."""
        return cast("datetime", self.until.moment(self.zone))

    @property
    def chosen(self) -> Phase:
        return Phase(self.phase.data)


class AnnouncementForm(BaseForm):
    """What staff say to students, in plain words."""

    title = StringField(_l("What it is about"), [DataRequired(_l("Say what it is about.")), Length(max=120)])
    body = TextAreaField(
        _l("What you want to say"), [DataRequired(_l("Write something first.")), Length(max=4000)]
    )


class ReminderForm(BaseForm):
    """The words that go with a reminder; below them stands what is open."""

    text = TextAreaField(_l("Your words to them"), [Length(max=1000, message=_l("At most 1,000 letters."))])


class TalkForm(OnceForm):
    """That staff talked with a student, and what for."""

    text = TextAreaField(_l("What you agreed on"), [Length(max=2000, message=_l("At most 2,000 letters."))])
