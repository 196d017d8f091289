"""The forms of a roster: handing it in, saying what its columns hold, confirming it."""

from collections.abc import Mapping

from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, Field, FileField, HiddenField, SelectField, TextAreaField, ValidationError
from wtforms.validators import Optional

from classroom.core.i18n import _, _l
from classroom.courses.roster import ENCODINGS, FIELDS, Problem, Table
from classroom.web.forms import BaseForm, choices

LABELS = {
    "name": _l("Whole name"),
    "first": _l("First name"),
    "last": _l("Last name"),
    "email": _l("E-mail"),
    "external_id": _l("Student number"),
    "login": _l("Login, if it is an address"),
    "section": _l("Section"),
    "role": _l("Role"),
}
_ENCODING_WORDS = {
    "utf-8": _l("Unicode (UTF-8)"),
    "utf-16": _l("Unicode (UTF-16)"),
    "windows-1252": _l("Western European (Windows)"),
    "mac-roman": _l("Western European (Mac)"),
    "windows-1250": _l("Central European"),
    "windows-1251": _l("Cyrillic"),
    "windows-1253": _l("Greek"),
    "windows-1254": _l("Turkish"),
    "windows-1255": _l("Hebrew"),
    "windows-1256": _l("Arabic"),
    "shift_jis": _l("Japanese"),
    "euc-kr": _l("Korean"),
    "gb18030": _l("Chinese, simplified"),
    "big5": _l("Chinese, traditional"),
}


class RosterForm(BaseForm):
    """A file or pasted text; its spaces and tabs are part of it."""

    file = FileField(_l("A file"))
    text = TextAreaField(_l("Or paste it"), filters=[])

    def validate_file(self, _field: Field) -> None:
        if self.upload is None and not (self.text.data or "").strip():
            raise ValidationError(_("Choose a file, or paste the list."))

    @property
    def upload(self) -> FileStorage | None:
        """A browser sends a nameless file where none was chosen; others may send words."""
        sent = self.file.data
        return sent if isinstance(sent, FileStorage) and sent.filename else None


class ColumnsForm(BaseForm):
    """One choice for each thing that can be read from a roster."""

    name = SelectField(LABELS["name"], [Optional()])
    first = SelectField(LABELS["first"], [Optional()])
    last = SelectField(LABELS["last"], [Optional()])
    email = SelectField(LABELS["email"], [Optional()])
    external_id = SelectField(LABELS["external_id"], [Optional()])
    login = SelectField(LABELS["login"], [Optional()])
    section = SelectField(LABELS["section"], [Optional()])
    role = SelectField(LABELS["role"], [Optional()])
    encoding = SelectField(_l("How the file is written"), [Optional()])

    def offer(self, table: Table) -> None:
        """Name each column as the file does, with what stands in it."""
        columns = [(str(index), _column(table, index)) for index in range(table.width)]
        for name in FIELDS:
            self[name].choices = choices([("", _("Not in this file")), *columns])
        self.encoding.choices = choices([(one, _ENCODING_WORDS.get(one, one)) for one in ENCODINGS])

    @property
    def wanted(self) -> dict[str, int | None]:
        return {name: int(self[name].data) if self[name].data else None for name in FIELDS}

    def refuse_all(self, problems: Mapping[str, Problem]) -> None:
        for name, problem in problems.items():
            self.refuse(name if name in FIELDS else None, problem.sentence)


def _column(table: Table, index: int) -> str:
    heading = table.header[index] if table.header and index < len(table.header) else ""
    sample = next((cell for record in table.records[:20] if (cell := record.cell(index))), "")
    title = heading[:60] or _("Column %(n)s", n=index + 1)
    return f"{title} ({sample[:30]})" if sample else title


class ConfirmForm(BaseForm):
    drop = BooleanField(_l("Also take off the list who is missing in the file"))
    mail = BooleanField(_l("Mail each new person a link"))
    seen = HiddenField()
