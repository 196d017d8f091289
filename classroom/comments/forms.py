"""The forms of the post page: the pen, replies, one-press answers."""

from datetime import datetime
from typing import Any, Self

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from classroom.comments.commands import Written
from classroom.comments.models import Comment, ReasonKind, ThanksKind
from classroom.comments.queries_page import PromptLine
from classroom.comments.rules import MOST_CHARACTERS
from classroom.core.i18n import _l
from classroom.core.ids import public_id
from classroom.web.forms import BaseForm, OnceForm

EMPTY = _l("Write your comment first.")
LONG = _l("That is longer than a comment may be. Keep the part that helps most.")


def _number(field: Any) -> int | None:
    data = (field.data or "").strip()
    return int(data) if data.isascii() and data.isdigit() and len(data) < 10 else None


class PenForm(OnceForm):
    """What someone writes about a post: words, the passage they mean, the prompt they answer."""

    body = TextAreaField(_l("Your comment"), [DataRequired(EMPTY), Length(max=MOST_CHARACTERS, message=LONG)])
    quote = StringField(_l("The words you mean"), [Optional(), Length(max=2000)])
    start = HiddenField()
    before = HiddenField(filters=[])
    after = HiddenField(filters=[])
    prompt = SelectField(_l("Which question it answers"), [Optional()], choices=[], validate_choice=False)
    version = HiddenField(default="0")
    revision = HiddenField()

    def offer(self, prompts: list[PromptLine]) -> None:
        """The prompts that are asked now, and the one that was chosen; the first choice is none of them."""
        self.prompt.choices = [
            ("", _l("None in particular")),
            *((one.public_id, one.text) for one in prompts if one.asked or one.public_id == self.prompt.data),
        ]
        if self.prompt.data is None:
            self.prompt.data = ""

    def fill(self, comment: Comment, prompts: list[PromptLine], revision: int) -> None:
        """Put a draft or a comment into the pen."""
        self.body.data, self.quote.data = comment.body, comment.quote or ""
        placed = comment.quote_start is not None and comment.quote_start >= 0
        self.start.data = str(comment.quote_start) if placed else ""
        self.before.data, self.after.data = comment.quote_before, comment.quote_after
        answered = {one.id: one.public_id for one in prompts}
        self.prompt.data = answered.get(comment.prompt_id or 0, "")
        self.offer(prompts)
        self.version.data, self.revision.data = str(comment.version), str(revision)

    @property
    def known_version(self) -> int:
        return _number(self.version) or 0

    def written(self, prompts: list[PromptLine]) -> Written:
        """What was written, with a prompt of this project only."""
        answered = {one.public_id: one.id for one in prompts}
        return Written(
            body=self.body.data or "",
            quote=(self.quote.data or "")[:2000] or None,
            start=_number(self.start),
            prompt_id=answered.get(self.prompt.data or ""),
            revision=_number(self.revision),
        )


class ReplyForm(OnceForm):
    """A reply under a comment."""

    body = TextAreaField(
        _l("Your reply"), [DataRequired(_l("Write your reply first.")), Length(max=MOST_CHARACTERS)]
    )
    version = HiddenField(default="0")

    @property
    def known_version(self) -> int:
        return _number(self.version) or 0

    def under(self, comment_id: str) -> Self:
        """The same form for one of several comments on a page: its own id, its own key."""
        self.body.id, self.once.data = f"reply-{comment_id}", public_id()
        return self


class ThanksForm(BaseForm):
    """One press: the kind of help it was."""

    kind = RadioField(choices=[(kind.value, kind.value) for kind in ThanksKind])
    given = HiddenField()


class ReasonForm(BaseForm):
    """One press: why it helped, or did not yet."""

    kind = RadioField(choices=[(kind.value, kind.value) for kind in ReasonKind])
    given = HiddenField()


class ReadForm(BaseForm):
    """Until when someone has read: the moment at which their page was drawn."""

    until = HiddenField()

    @property
    def moment(self) -> datetime | None:
        """None for what is no moment: then it is now."""
        try:
            found = datetime.fromisoformat(self.until.data or "")
        except ValueError:
            return None
        return found if found.tzinfo else None
