"""A table's records read as people: each row with what it says and what is wrong with it."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from email_validator import EmailNotValidError, validate_email

from classroom.access import Role
from classroom.accounts.rules import email_key
from classroom.courses.roster.cells import header_key, tidy
from classroom.courses.roster.columns import Columns
from classroom.courses.roster.names import joined, whole_name
from classroom.courses.roster.problems import Code, Problem
from classroom.courses.roster.table import Record, Source, Table
from classroom.courses.roster.vocabulary import ROLES

NAME_LENGTH = 200
EMAIL_LENGTH = 254
NUMBER_LENGTH = 100
SECTION_LENGTH = 100

_ROUNDED = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)
_MADE_A_FRACTION = re.compile(r"(\d+)\.0")
_LINE_BREAK = re.compile("[\r\n]")


@dataclass(frozen=True)
class RosterRow:
    """One person as the file names them; None means that the file says nothing about it."""

    line: int
    last_line: int
    name: str
    email: str
    email_key: str
    external_id: str | None = None
    section: str | None = None
    role: Role = Role.STUDENT
    role_stated: bool = False
    errors: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.errors

    @property
    def number_key(self) -> str:
        return number_key(self.external_id)


def number_key(number: str | None) -> str:
    """Student numbers compared without case and spaces; leading zeros belong to them."""
    return "".join(unicodedata.normalize("NFKC", number or "").casefold().split())


def rows(table: Table, columns: Columns) -> list[RosterRow]:
    """Every record as a row, in the file's order, with the errors that only the whole file can show."""
    found = [_row(table, columns, record) for record in table.records]
    found = _with_repeated_emails(found)
    return _with_repeated_numbers(found)


def _row(table: Table, columns: Columns, record: Record) -> RosterRow:
    email, email_errors = _email(columns, record)
    number, number_errors = _number(columns, record)
    section = None if columns.section is None else tidy(record.cell(columns.section))
    role, stated, role_errors = _role(columns, record)
    name, name_errors = _name(columns, record)
    errors = [
        *_shape_errors(table, columns, record),
        *name_errors,
        *email_errors,
        *number_errors,
        *_too_long(section or "", SECTION_LENGTH, Code.SECTION_TOO_LONG),
        *role_errors,
    ]
    return RosterRow(
        line=record.line,
        last_line=record.last_line,
        name=name,
        email=email,
        email_key=email_key(email),
        external_id=number or None,
        section=section,
        role=role,
        role_stated=stated,
        errors=tuple(errors),
    )


def _shape_errors(table: Table, columns: Columns, record: Record) -> Iterable[Problem]:
    if len(record.cells) > table.width:
        yield Problem(Code.TOO_MANY_CELLS, {"found": len(record.cells), "expected": table.width})
    read = (record.cell(index) for field, index in columns.chosen().items() if field != "section")
    if any("@" in cell and _LINE_BREAK.search(cell) for cell in read):
        yield Problem(Code.QUOTE_MISSING, {"first": record.line, "last": record.last_line})


def _name(columns: Columns, record: Record) -> tuple[str, list[Problem]]:
    if columns.name is not None:
        name = whole_name(record.cell(columns.name))
    else:
        name = joined(first=record.cell(columns.first), last=record.cell(columns.last))
    if not name:
        # A bare list of addresses brings no names; people give their own when they come in.
        return "", [] if columns.source is Source.ADDRESSES else [Problem(Code.NAME_MISSING)]
    if len(name) > NAME_LENGTH:
        return name[:NAME_LENGTH], _too_long(name, NAME_LENGTH, Code.NAME_TOO_LONG)
    return name, [Problem(Code.NAME_IS_ADDRESS, {"name": name})] if "@" in name else []


def _email(columns: Columns, record: Record) -> tuple[str, list[Problem]]:
    login = tidy(record.cell(columns.login))
    email = tidy(record.cell(columns.email)).strip("<>").removeprefix("mailto:")
    if not email and "@" in login:
        email = login
    if not email:
        return "", [
            Problem(Code.LOGIN_IS_NO_ADDRESS, {"login": login}) if login else Problem(Code.EMAIL_MISSING)
        ]
    if len(email) > EMAIL_LENGTH:
        return email[:EMAIL_LENGTH], _too_long(email, EMAIL_LENGTH, Code.EMAIL_TOO_LONG)
    try:
        checked = validate_email(unicodedata.normalize("NFKC", email), check_deliverability=False)
    except EmailNotValidError:
        return email, [Problem(Code.EMAIL_MALFORMED, {"email": email})]
    return checked.normalized, []


def _number(columns: Columns, record: Record) -> tuple[str, list[Problem]]:
    number = tidy(record.cell(columns.external_id)).removeprefix("#")
    if _ROUNDED.fullmatch(number):
        return number, [Problem(Code.NUMBER_ROUNDED, {"number": number})]
    if len(number) > NUMBER_LENGTH:
        return number[:NUMBER_LENGTH], _too_long(number, NUMBER_LENGTH, Code.NUMBER_TOO_LONG)
    fraction = _MADE_A_FRACTION.fullmatch(number)
    return (fraction[1] if fraction else number), []


def _role(columns: Columns, record: Record) -> tuple[Role, bool, list[Problem]]:
    """The role, whether the file states it, and an error rather than a default for an unknown word."""
    word = tidy(record.cell(columns.role))
    if not word:
        return Role.STUDENT, False, []
    role = ROLES.get(header_key(word))
    if role is None:
        return Role.STUDENT, False, [Problem(Code.ROLE_UNKNOWN, {"role": word[:NAME_LENGTH]})]
    return role, True, []


def _too_long(value: str, limit: int, code: Code) -> list[Problem]:
    return [Problem(code, {"limit": limit})] if len(value) > limit else []


def _with_repeated_emails(found: list[RosterRow]) -> list[RosterRow]:
    marked = list(found)
    for together in _repeated([row.email_key for row in found]):
        # The very same person written twice costs one row; where rows differ, none of them can be believed.
        for index in together if _differ(found, together) else together[1:]:
            values = {"email": found[index].email, "lines": _lines(found, together)}
            marked[index] = _with_error(marked[index], Problem(Code.EMAIL_TWICE, values))
    return marked


def _with_repeated_numbers(found: list[RosterRow]) -> list[RosterRow]:
    marked = list(found)
    for together in _repeated([row.number_key for row in found]):
        if len({found[index].email_key for index in together}) == 1:
            continue
        for index in together:
            values = {"number": found[index].external_id, "lines": _lines(found, together)}
            marked[index] = _with_error(marked[index], Problem(Code.NUMBER_TWICE, values))
    return marked


def _repeated(keys: list[str]) -> list[list[int]]:
    places = defaultdict(list)
    for index, key in enumerate(keys):
        if key:
            places[key].append(index)
    return [indices for indices in places.values() if len(indices) > 1]


def _differ(found: list[RosterRow], together: list[int]) -> bool:
    return len({replace(found[index], line=0, last_line=0, email="") for index in together}) > 1


def _lines(found: list[RosterRow], together: list[int]) -> str:
    return ", ".join(str(found[index].line) for index in together)


def _with_error(row: RosterRow, problem: Problem) -> RosterRow:
    return replace(row, errors=(*row.errors, problem))
