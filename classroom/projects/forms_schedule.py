"""The four dates of a project as a form has them, and the form that duplicates a project with other dates."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from classroom.core.i18n import _, _l
from classroom.courses.models import Course
from classroom.projects.forms_fields import WallDay, WallTime, sensible
from classroom.projects.preflight import order_of_dates
from classroom.projects.setup import DATES
from classroom.projects.wording import DATE_NAMES
from classroom.web.forms import OnceForm, choices


class ScheduleForm(OnceForm):
    """Opens, post by, comment by, revise by: times on the wall of the course in `zone`."""

    opens_at = WallTime(_l("Opens"))
    post_by = WallTime(_l("Post by"))
    comment_by = WallTime(_l("Comment by"))
    revise_by = WallTime(_l("Revise by"))

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        self.zone = ZoneInfo(zone)
        super().__init__(*args, **kwargs)

    @property
    def moments(self) -> dict[str, datetime | None]:
        """The dates as moments, by their names."""
        return {name: self[name].moment(self.zone) for name in DATES}

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: times that exist, and dates in their order."""
        super().validate(extra_validators)
        for name in DATES:
            self[name].check_wall(self.zone)
        if not any(self[name].errors for name in DATES):
            for earlier, later in order_of_dates(self.moments):
                self.refuse(self[later], _("This must come after “%(date)s”.", date=DATE_NAMES[earlier]))
        return not self.has_errors

    @property
    def notes(self) -> list[str]:
        """What was decided for the person: times that the wall shows twice."""
        return [
            _(
                "%(date)s: the clocks go back that night, and this time comes twice. We took the first.",
                date=DATE_NAMES[name],
            )
            for name in DATES
            if self[name].twice(self.zone)
        ]


class DuplicateForm(ScheduleForm):
    """Where a copy goes, what it takes along, and every date of it."""

    into = SelectField(_l("Into the course"))
    title = StringField(
        _l("Title"),
        [DataRequired(_l("Give the project a title.")), Length(max=200, message=_l("At most 200 letters."))],
    )
    copy = SelectMultipleField(
        _l("What comes along"),
        choices=choices(
            [
                ("brief", _l("The brief")),
                ("prompts", _l("The questions")),
                ("handouts", _l("Materials that students see")),
                ("kept", _l("Materials and answer keys that staff keep")),
                ("examples", _l("Its own examples of helping and cheating")),
                ("samples", _l("Samples to practise on, with your comments")),
            ]
        ),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    starts_on = WallDay(_l("The first date falls on"), [Optional(), sensible])

    @classmethod
    def among(cls, courses: Sequence[Course], zone: str, data: Mapping[str, Any]) -> "DuplicateForm":
        """The form as the request fills it, or with `data`."""
        return cls.from_request(zone=zone, data=data).offering(courses)

    @classmethod
    def showing(cls, courses: Sequence[Course], zone: str, data: Mapping[str, Any]) -> "DuplicateForm":
        """The form with `data`, whatever the request brings."""
        return cls(zone=zone, data=data).offering(courses)

    def offering(self, courses: Sequence[Course]) -> "DuplicateForm":
        self.into.choices = choices(
            [
                (course.public_id, f"{course.title} · {course.term}" if course.term else course.title)
                for course in courses
            ]
        )
        return self
