"""Forms of materials and of personal dates."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, FileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from classroom.core.i18n import _, _l
from classroom.projects.dates import local
from classroom.projects.forms_fields import WallTime
from classroom.projects.models import Extension, Material
from classroom.projects.queries import Entitled
from classroom.projects.rules import Phase
from classroom.web.forms import BaseForm, OnceForm, choices

STAFF_ONLY, STUDENTS_TOO, ANSWER_KEY = "staff", "students", "key"


class MaterialForm(OnceForm):
    """Something handed out, or kept by staff."""

    title = StringField(
        _l("Title"),
        [DataRequired(_l("Give it a title.")), Length(max=200, message=_l("At most 200 letters."))],
    )
    body = TextAreaField(_l("Text"), [Length(max=40_000, message=_l("At most 40,000 letters."))])
    who = RadioField(
        _l("Who sees it"),
        choices=choices(
            [
                (STUDENTS_TOO, _l("Students and staff")),
                (STAFF_ONLY, _l("Staff only")),
                (ANSWER_KEY, _l("Staff only: it is the answer key")),
            ]
        ),
        default=STUDENTS_TOO,
    )

    file = FileField(_l("File"))
    drop_file = BooleanField(_l("Take the file away"))

    @property
    def upload(self) -> FileStorage | None:
        """The file that was sent, if there is one."""
        given = self.file.data
        return given if isinstance(given, FileStorage) and given.filename else None

    @classmethod
    def filled(cls, material: Material) -> "MaterialForm":
        who = STUDENTS_TOO if material.visible else ANSWER_KEY if material.is_answer_key else STAFF_ONLY
        return cls.from_request(data={"title": material.title, "body": material.body, "who": who})

    @property
    def visible(self) -> bool:
        return bool(self.who.data == STUDENTS_TOO)

    @property
    def answer_key(self) -> bool:
        return bool(self.who.data == ANSWER_KEY)


class ExtensionForm(BaseForm):
    """More time for one student of those whom the actor tends."""

    student = SelectField(_l("Student"), [DataRequired(_l("Choose a student."))])
    post_by = WallTime(_l("Post by"))
    comment_by = WallTime(_l("Comment by"))
    revise_by = WallTime(_l("Revise by"))
    reason = StringField(_l("Reason"), [Length(max=500, message=_l("At most 500 letters."))])

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        self.zone = ZoneInfo(zone)
        super().__init__(*args, **kwargs)

    @classmethod
    def among(
        cls, students: Sequence[Entitled], zone: str, chosen: Entitled | None = None
    ) -> "ExtensionForm":
        """The form with these students to choose from; `chosen` fills in what that student has."""
        form = cls.from_request(zone=zone, data=cls._values(chosen, zone))
        form.student.choices = choices(
            [
                ("", _("Choose…")),
                *((one.member.public_id, one.member.name) for one in students if not one.member.left),
            ]
        )
        return form

    @staticmethod
    def _values(chosen: Entitled | None, zone: str) -> dict[str, Any]:
        if chosen is None:
            return {}
        extension: Extension | None = chosen.extension
        values: dict[str, Any] = {"student": chosen.member.public_id}
        if extension is not None:
            dates = {phase.value: getattr(extension, phase.value) for phase in Phase}
            values |= {name: local(date, ZoneInfo(zone)) for name, date in dates.items() if date}
            values["reason"] = extension.reason
        return values

    @property
    def dates(self) -> dict[Phase, Any]:
        return {phase: self[phase.value].moment(self.zone) for phase in Phase}

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        for phase in Phase:
            self[phase.value].check_wall(self.zone)
        return not self.has_errors
