"""The set-up page's form: one for a new project and for editing."""

import re
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from classroom.core.clock import now
from classroom.core.i18n import _, _l, _n
from classroom.projects.dates import evening, local
from classroom.projects.forms_fields import WholeNumber
from classroom.projects.forms_schedule import ScheduleForm
from classroom.projects.models import Anonymity, LatePolicy, PairingPolicy, Wanted
from classroom.projects.setup import COLUMNS, DATES, MOST_PROMPTS, PARTS, Setup, usual_prompts
from classroom.projects.wording import (
    LATE_NAMES,
    MOVE_NAMES,
    NAMES_SHOWN,
    PAIRING_NAMES,
    PART_NAMES,
    WANTED_NAMES,
)
from classroom.web.forms import BaseForm, choices


def _wanted(label: Any, default: Wanted) -> RadioField:
    return RadioField(label, choices=choices(WANTED_NAMES), default=default.value)


class SetupForm(ScheduleForm):
    """Everything about a project; times are those on the wall of the course."""

    title = StringField(
        _l("Title"),
        [DataRequired(_l("Give the project a title.")), Length(max=200, message=_l("At most 200 letters."))],
    )
    brief = TextAreaField(_l("Brief"), [Length(max=40_000, message=_l("At most 40,000 letters."))])
    wants_text = _wanted(_l("A text"), Wanted.REQUIRED)
    wants_link = _wanted(_l("A link to the student's own site"), Wanted.NO)
    wants_files = _wanted(_l("Files"), Wanted.OPTIONAL)
    prompts = TextAreaField(_l("Questions, one to a line"))
    late = RadioField(
        _l("After a date"),
        choices=choices(LATE_NAMES),
        default=LatePolicy.MARKED.value,
    )
    anonymity = RadioField(_l("Names"), choices=choices(NAMES_SHOWN), default=Anonymity.NAMED.value)
    pairing = RadioField(
        _l("Who comments on whom"), choices=choices(PAIRING_NAMES), default=PairingPolicy.ASSIGNED.value
    )
    comments_wanted = WholeNumber(
        _l("Comments each"),
        [NumberRange(0, 20, message=_l("Between 0 and 20."))],
        default=3,
    )
    post_first = BooleanField(_l("Students post their own work before they see the others'"), default=True)
    floor_words = WholeNumber(
        _l("Fewest words"), [NumberRange(0, 200, message=_l("Between 0 and 200."))], default=8
    )
    needs = SelectMultipleField(
        _l("Each comment must also have"),
        choices=choices(MOVE_NAMES),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    coach = BooleanField(_l("A coach helps while a comment is written"), default=True)
    version = HiddenField()
    confirmed = HiddenField()

    @classmethod
    def new(cls, zone: str) -> "SetupForm":
        """An empty form with a schedule to begin from."""
        wall, moment = ZoneInfo(zone), now()
        return cls.from_request(
            zone=zone,
            data={
                "prompts": "\n".join(usual_prompts()),
                "post_by": evening(7, moment, wall),
                "comment_by": evening(11, moment, wall),
            },
        )

    @classmethod
    def filled(cls, setup: Setup, zone: str, version: int) -> "SetupForm":
        """The form with a set-up in it, or with what the request brings."""
        return cls.from_request(zone=zone, data=cls.values_of(setup, zone) | {"version": version})

    @classmethod
    def showing(cls, setup: Setup, zone: str) -> "SetupForm":
        """The form with a set-up in it, whatever the request brings."""
        return cls(zone=zone, data=cls.values_of(setup, zone))

    @staticmethod
    def values_of(setup: Setup, zone: str) -> dict[str, Any]:
        """A set-up as the fields hold it."""
        wall = ZoneInfo(zone)
        values: dict[str, Any] = {name: getattr(setup, name) for name in COLUMNS}
        values |= {name: local(values[name], wall) for name in DATES if values[name] is not None}
        values |= {name: str(values[name]) for name in (*PARTS, "late", "anonymity", "pairing")}
        return values | {"prompts": "\n".join(setup.prompts), "needs": list(setup.needs)}

    @property
    def questions(self) -> tuple[str, ...]:
        """The lines without bullets and numbers; each question once."""
        typed = (self.prompts.data or "").splitlines()
        lines = (re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+", "", line).strip() for line in typed)
        return tuple(dict.fromkeys(line for line in lines if line))

    @property
    def setup(self) -> Setup:
        """What was filled in; only after `validate`."""
        return Setup(
            title=self.title.data or "",
            brief=self.brief.data or "",
            wants_text=Wanted(self.wants_text.data),
            wants_link=Wanted(self.wants_link.data),
            wants_files=Wanted(self.wants_files.data),
            prompts=self.questions,
            opens_at=self.opens_at.moment(self.zone),
            post_by=self.post_by.moment(self.zone),
            comment_by=self.comment_by.moment(self.zone),
            revise_by=self.revise_by.moment(self.zone),
            late=LatePolicy(self.late.data),
            anonymity=Anonymity(self.anonymity.data),
            pairing=PairingPolicy(self.pairing.data),
            comments_wanted=self.comments_wanted.data,
            post_first=bool(self.post_first.data),
            floor_words=self.floor_words.data,
            needs=tuple(self.needs.data or ()),
            coach=bool(self.coach.data),
        )

    @property
    def seen_version(self) -> int:
        """The version that the person was editing; 0 when the page did not say."""
        typed = str(self.version.data or "")
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: something to post, and one to seven questions."""
        super().validate(extra_validators)
        self._check_prompts()
        if all(self[name].data == Wanted.NO.value for name in PARTS):
            self.refuse(self.wants_text, _("Ask for at least one of these: a text, a link or files."))
        return not self.has_errors

    def _check_prompts(self) -> None:
        if not 1 <= len(self.questions) <= MOST_PROMPTS:
            self.refuse(
                self.prompts,
                _("Ask one to seven questions; there are %(count)s.", count=len(self.questions)),
            )
        if any(len(question) > 300 for question in self.questions):
            self.refuse(self.prompts, _("A question has at most 300 letters."))

    @property
    def words(self) -> dict[str, str]:
        """What is set in each folded part of the page, in a few words."""
        parts = {name: self[name].data for name in PARTS}
        required = [str(PART_NAMES[name]) for name in PARTS if parts[name] == Wanted.REQUIRED.value]
        optional = [
            _("%(part)s, if they like", part=PART_NAMES[name])
            for name in PARTS
            if parts[name] == Wanted.OPTIONAL.value
        ]
        questions = len(self.questions)
        pairing = dict(PAIRING_NAMES).get(self.pairing.data, "")
        names = dict(NAMES_SHOWN).get(self.anonymity.data, "")
        moves = [str(label) for move, label in MOVE_NAMES if move in (self.needs.data or ())]
        floor = _("at least %(count)s words", count=self.floor_words.data)
        silent = [] if self.coach.data else [_("no coach")]
        return {
            "parts": " · ".join([*required, *optional]) or _("nothing"),
            "prompts": _n("%(num)s question", "%(num)s questions", questions),
            "pairing": str(pairing),
            "names": str(names),
            "standard": " · ".join([floor, *moves, *silent]),
            "late": str(dict(LATE_NAMES).get(self.late.data, "")),
        }

    @property
    def troubled(self) -> dict[str, bool]:
        """Which folded parts hold an error and must be open."""
        folds = {
            "parts": PARTS,
            "prompts": ("prompts",),
            "dates": ("opens_at", "revise_by", "late"),
            "pairing": ("pairing", "post_first", "anonymity"),
            "standard": ("floor_words", "needs"),
        }
        return {name: any(self[field].errors for field in held) for name, held in folds.items()}


class ConfirmForm(BaseForm):
    """Yes to what cannot be taken back."""

    yes = BooleanField(_l("Yes, show everyone's name on everything in this project"))
