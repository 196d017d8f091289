"""The form of the editor."""

from typing import Any

from wtforms import HiddenField, MultipleFileField, StringField, TextAreaField
from wtforms.validators import Length

from classroom.core.i18n import _l
from classroom.core.richtext import MAX_CHARS
from classroom.posts.rules import MAX_HELP, MAX_LINK, MAX_TITLE, Typed
from classroom.web.forms import OnceForm


def _keep_indent(value: Any) -> Any:
    """Markdown gives meaning to spaces at the start of a line: only the end is trimmed."""
    if not isinstance(value, str):
        return value
    return value.replace("\x00", "").replace("\r\n", "\n").lstrip("\n").rstrip()


class PostForm(OnceForm):
    """Everything of a post but its files' bytes, which the page takes by themselves."""

    title = StringField(_l("Title"), [Length(max=MAX_TITLE)])
    text = TextAreaField(_l("Your text"), [Length(max=MAX_CHARS)], filters=[_keep_indent])
    link = StringField(_l("Link to your work"), [Length(max=MAX_LINK)])
    files = MultipleFileField(_l("Files"))
    help_wanted = TextAreaField(_l("What kind of feedback would help you?"), [Length(max=MAX_HELP)])
    version = HiddenField()

    @property
    def typed(self) -> Typed:
        """What was typed, without the files."""
        return Typed(
            self.title.data or "", self.text.data or "", self.link.data or "", self.help_wanted.data or ""
        )

    @property
    def seen_version(self) -> int:
        """The version of the draft that the page was made from."""
        given = self.version.data or "0"
        return int(given) if given.isdecimal() and len(given) < 9 else 0

    @classmethod
    def showing(cls, typed: Typed, version: int) -> "PostForm":
        """An unbound form that shows these words."""
        return cls(
            title=typed.title,
            text=typed.text,
            link=typed.link,
            help_wanted=typed.help_wanted,
            version=str(version),
        )
