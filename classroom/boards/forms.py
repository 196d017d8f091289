"""The forms of boards: opening one, a note, groups and answers, what becomes of a held note."""

from typing import Any, Self
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional

from classroom.boards import rules
from classroom.boards.commands import Planned
from classroom.boards.models import Board, Reveal
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _l
from classroom.projects.dates import local
from classroom.projects.forms_fields import WallTime, WholeNumber
from classroom.web.forms import BaseForm, OnceForm

REVEALS = [
    (Reveal.PRESS.value, _l("When I press")),
    (Reveal.COUNT.value, _l("When so many have written")),
    (Reveal.TIME.value, _l("At a time")),
]


class PlanForm(OnceForm):
    """What a board asks, and what opens its wall; times are on the wall of the course in `zone`."""

    title = StringField(_l("Title"), [DataRequired(_l("Give the board a title.")), Length(max=200)])
    prompt1 = StringField(_l("Question"), [DataRequired(rules.NoPrompt.message), Length(max=200)])
    prompt2 = StringField(_l("Second question"), [Optional(), Length(max=200)])
    prompt3 = StringField(_l("Third question"), [Optional(), Length(max=200)])
    prompt4 = StringField(_l("Fourth question"), [Optional(), Length(max=200)])
    reveal = RadioField(
        _l("When does the wall open?"),
        [DataRequired(_l("Choose one."))],
        choices=REVEALS,
        default=REVEALS[0][0],
    )
    count = WholeNumber(_l("How many people"), [Optional()])
    moment = WallTime(_l("Day and time"))

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        self.zone = ZoneInfo(zone)
        super().__init__(*args, **kwargs)

    @property
    def prompt_fields(self) -> list[Field]:
        return [self[f"prompt{number}"] for number in range(1, rules.MOST_COLUMNS + 1)]

    @property
    def prompts(self) -> list[str]:
        return [one.data or "" for one in self.prompt_fields]

    def fill_prompts(self, prompts: list[str]) -> Self:
        for one, words in zip(self.prompt_fields, prompts, strict=False):
            one.data = words
        return self

    def fill(self, board: Board, prompts: list[str]) -> Self:
        """How the board is now."""
        self.title.data, self.reveal.data = board.title, board.reveal.value
        self.count.data = board.reveal_count
        self.moment.process(None, local(board.reveal_at, self.zone) if board.reveal_at else None)
        return self.fill_prompts(prompts)

    @property
    def plan(self) -> Planned:
        reveal = Reveal(self.reveal.data)
        count = self.count.data if reveal is Reveal.COUNT else None
        return Planned(reveal, count, self.moment.moment(self.zone) if reveal is Reveal.TIME else None)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        super().validate(*args, **kwargs)
        self.moment.check_wall(self.zone)
        return not self.has_errors

    def refuse_by(self, error: RuleBroken) -> None:
        """The rule's words beside the field that they are about."""
        fields = {rules.CountTooSmall: "count", rules.TimeMissing: "moment", rules.PromptsStand: "prompt1"}
        self.refuse(fields.get(type(error)), error.message)


class OpenForm(PlanForm):
    names = BooleanField(_l("Staff will see who wrote what"))
    again = HiddenField()


class NoteForm(OnceForm):
    body = TextAreaField(
        _l("Your note"),
        [
            DataRequired(rules.NothingWritten.message),
            Length(max=rules.MOST_LETTERS, message=rules.TooLong.message),
        ],
    )
    column = HiddenField()

    @property
    def position(self) -> int:
        said = str(self.column.data or "")
        return int(said) if said.isascii() and said.isdigit() and len(said) < 3 else 0

    def under(self, position: int) -> Self:
        """The same form under each question of a page."""
        self.body.id, self.column.data = f"note-{position}", str(position)
        return self


class DecisionForm(BaseForm):
    shown = HiddenField()
    reason = StringField(_l("Why it stays out"), [Optional(), Length(max=300)])

    def under(self, note_id: str) -> Self:
        self.reason.id = f"reason-{note_id}"
        return self


class NotesForm(BaseForm):
    """Notes chosen on the wall, and the group they go to: one that is there, or a new one.

    `back` names the part of the page, of which there are several, that the form stands in.
    """

    notes = SelectMultipleField(choices=[], validate_choice=False)
    group = HiddenField()
    title = StringField(_l("What these notes say"), [Optional(), Length(max=120)])
    back = HiddenField()

    def under(self, part: str, title: str = "") -> Self:
        self.title.id, self.back.data, self.title.data = f"title-{part}", part, title
        return self


class GroupForm(BaseForm):
    title = StringField(
        _l("What these people say"), [DataRequired(rules.GroupNameless.message), Length(max=120)]
    )
    answer = TextAreaField(_l("What I will do about it"), [Optional(), Length(max=1000)])
