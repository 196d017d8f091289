"""Fields of the project pages: a time on the course's wall, and a whole number."""

from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from wtforms import DateField, DateTimeLocalField, IntegerField
from wtforms.validators import Optional, ValidationError

from classroom.core.i18n import _
from classroom.projects.dates import Wall, local, read

FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]


class WallTime(DateTimeLocalField):  # type: ignore[misc]
    """A date and time without a zone; the form knows whose wall is meant and asks for the moment."""

    def __init__(self, label: Any = None, validators: Any = (), **kwargs: Any) -> None:
        super().__init__(label, [Optional(), sensible, *validators], format=FORMATS, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = [value.strip() for value in valuelist if value.strip()]
        if not typed:
            self.data = None
            return
        try:
            super().process_formdata(typed)
        except ValueError as error:
            raise ValueError(_("Write the day and the time, such as 2026-11-27 22:00.")) from error

    @property
    def wall(self) -> datetime | None:
        """What was typed, if it could be read."""
        return cast("datetime | None", self.data)

    def moment(self, zone: ZoneInfo) -> datetime | None:
        """The moment that is meant, or None when nothing was given."""
        return read(self.wall, zone).moment if self.wall else None

    @property
    def has_errors(self) -> bool:
        return bool(self.errors)

    def check_wall(self, zone: ZoneInfo) -> None:
        """Refuse a time that the clocks jump over that day; says which one comes next."""
        if self.wall is None or self.has_errors:
            return
        reading = read(self.wall, zone)
        if reading.wall is Wall.NEVER:
            self.errors = [
                _(
                    "The clocks go forward over this time that day. The next one there is: %(time)s.",
                    time=local(reading.moment, zone).strftime("%H:%M"),
                ),
            ]

    def twice(self, zone: ZoneInfo) -> bool:
        """Does the wall show this time twice that day?"""
        wall = self.wall
        return bool(wall and read(wall, zone).wall is Wall.TWICE)


class WallDay(DateField):  # type: ignore[misc]
    """A day on the course's calendar."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError as error:
            raise ValueError(_("Write the day, such as 2026-11-27.")) from error


def sensible(_form: object, field: Any) -> None:
    """A year in which a course could be held."""
    if field.data is not None and not 2000 <= field.data.year <= 2100:
        raise ValidationError(_("Is the year right?"))


class WholeNumber(IntegerField):  # type: ignore[misc]
    """A whole number; what is no number is told in plain words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value.strip()[:9] for value in valuelist])
        except ValueError as error:
            raise ValueError(_("Write a whole number.")) from error
