"""The forms of asking and helping."""

from collections.abc import Sequence
from typing import Self

from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from classroom.core.i18n import _, _l
from classroom.help_requests.models import Audience, HelpKind, HelpRequest, Level, Size
from classroom.help_requests.placing import Asked
from classroom.help_requests.rules import MOST_CHARACTERS, MOST_IN_ANSWER, MOST_IN_QUOTE
from classroom.web.forms import OnceForm

LEVELS = [
    (Level.POINTER.value, _l("A pointer: where to look")),
    (Level.HINT.value, _l("A hint: a question or a first step")),
    (Level.EXAMPLE.value, _l("Another case, worked out")),
]


def _number(data: str | None) -> int:
    said = (data or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


class AskForm(OnceForm):
    """Four short boxes; only the first must say something."""

    trying = TextAreaField(
        _l("What are you trying to do?"),
        [DataRequired(_l("Say in a sentence what you are trying to do.")), Length(max=MOST_CHARACTERS)],
    )
    tried = TextAreaField(_l("What did you try?"), [Optional(), Length(max=MOST_CHARACTERS)])
    breaks = TextAreaField(_l("Where does it break?"), [Optional(), Length(max=MOST_CHARACTERS)])
    kind = RadioField(
        _l("What kind of help do you want?"),
        [Optional()],
        default=HelpKind.HINT.value,
        choices=[
            (HelpKind.HINT.value, _l("A hint")),
            (HelpKind.CHECK.value, _l("A check: is this sound?")),
            (HelpKind.EXPLANATION.value, _l("An explanation")),
            (HelpKind.RESOURCE.value, _l("Something to read or watch")),
            (HelpKind.BETTER.value, _l("How could this be better?")),
        ],
    )
    size = RadioField(
        _l("How much of someone’s time may it take?"),
        [Optional()],
        default=Size.TEN_MINUTES.value,
        choices=[
            (Size.TWO_MINUTES.value, _l("Two minutes")),
            (Size.TEN_MINUTES.value, _l("Ten minutes")),
            (Size.REAL_THINK.value, _l("A real think")),
        ],
    )
    audience = RadioField(_l("Who may read it?"), [DataRequired(_l("Choose who may read it."))], choices=[])
    quote = StringField(_l("The words you mean"), [Optional(), Length(max=MOST_IN_QUOTE)])
    start = HiddenField()
    version = HiddenField(default="0")

    def offer(self, audiences: Sequence[Audience]) -> Self:
        """Who may be asked here; the first of them is chosen unless something else was."""
        words = {
            Audience.NAME: _("My class, under my name"),
            Audience.PEER_NAME: _("My class, under the name they know me by here"),
            Audience.STAFF: _("Only my instructor and assistants"),
        }
        self.audience.choices = [(one.value, words[one]) for one in audiences]
        if self.audience.data is None:
            self.audience.data = audiences[0].value
        return self

    def fill(self, row: HelpRequest) -> Self:
        """Put a request in, to be rewritten."""
        self.trying.data, self.tried.data, self.breaks.data = row.trying, row.tried, row.breaks
        self.kind.data, self.size.data, self.audience.data = (
            row.kind.value,
            row.size.value,
            row.audience.value,
        )
        self.quote.data, self.version.data = row.quote or "", str(row.version)
        return self

    @property
    def known_version(self) -> int:
        return _number(self.version.data)

    @property
    def drafted(self) -> Asked:
        """What was typed, however unfinished; a choice that is none is left as it would be at first."""
        self.validate()
        for one in (self.kind, self.size, self.audience):
            if one.errors:
                one.data = one.choices[0][0]
        return self.asked

    @property
    def asked(self) -> Asked:
        return Asked(
            trying=self.trying.data or "",
            tried=self.tried.data or "",
            breaks=self.breaks.data or "",
            kind=HelpKind(self.kind.data or HelpKind.HINT),
            size=Size(self.size.data or Size.TEN_MINUTES),
            audience=Audience(self.audience.data),
            quote=self.quote.data or None,
        )


class AnswerForm(OnceForm):
    """An answer, and how much it gives."""

    level = RadioField(_l("What you give"), [Optional()], default=Level.HINT.value, choices=LEVELS)
    body = TextAreaField(
        _l("Your answer"), [DataRequired(_l("Write your answer first.")), Length(max=MOST_IN_ANSWER)]
    )
    version = HiddenField(default="0")

    @property
    def known_version(self) -> int:
        return _number(self.version.data)

    @property
    def given(self) -> Level:
        return Level(self.level.data or Level.HINT)
