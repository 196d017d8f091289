"""A preview's rows as a page shows them: one list at a time, a page of it, each line with its words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from classroom.core.i18n import _, _l
from classroom.core.paging import Page
from classroom.courses.queries_roster import Preview
from classroom.courses.roster import Addition, Change, Difference, Enrolled, RosterRow, Skipped, Source, Why
from classroom.courses.words import ROLE_WORDS

WHY = {
    Why.BEFORE_HEADING: _l("Stands above the heading."),
    Why.HEADING_AGAIN: _l("The heading once more."),
    Why.POINTS_POSSIBLE: _l("The points that can be had; no person."),
    Why.TEST_STUDENT: _l("The test student of the system."),
    Why.UNAVAILABLE: _l("Marked as no longer available in the system."),
}
SOURCES = {
    Source.CANVAS: _l("This is a gradebook from Canvas."),
    Source.MOODLE: _l("This is an export from Moodle."),
    Source.BLACKBOARD: _l("This is a gradebook from Blackboard."),
    Source.GENERIC: _l("This is a table."),
    Source.ADDRESSES: _l("This is a list of addresses."),
}
# For each list: its name, its tone, the heading of its last column, and what becomes of it.
LISTS = {
    "wrong": (
        _l("Left out"),
        "clay",
        _l("What is wrong"),
        _l("These rows are left out. Mend them in the file and bring it again, or go on without them."),
    ),
    "add": (
        _l("New"),
        "leaf",
        _l("Beside it"),
        _l("They get a place in the course. They sign in by a link that is mailed to their address."),
    ),
    "change": (
        _l("Changes"),
        "gold",
        _l("What changes"),
        _l("The file says something else. What people have said of themselves stays as it is."),
    ),
    "missing": (
        _l("Missing in the file"),
        "",
        _l("Section"),
        _l("They are students in the course and not in the file. They stay, unless you choose otherwise."),
    ),
    "same": (_l("As before"), "", _l("Section"), _l("The file says what the course knows already.")),
    "staff": (_l("Staff"), "", _l("What happens"), _l("The file has them with fewer rights.")),
    "skipped": (_l("Nobody"), "", _l("Why"), _l("These lines of the file are no people.")),
}
FIELD_WORDS = {
    "name": _l("name"),
    "email": _l("address"),
    "external_id": _l("number"),
    "section": _l("section"),
    "role": _l("role"),
}


@dataclass(frozen=True)
class Line:
    """One row of the preview."""

    line: int | None
    name: str
    email: str
    words: Sequence[str]


@dataclass(frozen=True)
class Shown:
    """The lists with their counts, and a page of the one that is shown."""

    counts: dict[str, int]
    show: str
    page: Page[Line]


def lists_of(preview: Preview, show: str, number: int) -> Shown:
    """Only the lines of the asked page are put into words."""
    makers = _makers(preview.found, preview.table.skipped)
    counts = {name: len(rows) for name, (rows, _words) in makers.items()}
    asked = show if counts.get(show) else next((name for name, count in counts.items() if count), "add")
    rows, words = makers[asked]
    page = Page[Line]([], 1, len(rows))
    number = min(max(number, 1), page.pages)
    start = (number - 1) * page.size
    return Shown(
        counts, asked, Page([words(row) for row in rows[start : start + page.size]], number, len(rows))
    )


def _makers(
    found: Difference | None, skipped: Sequence[Skipped]
) -> dict[str, tuple[Sequence[Any], Callable[[Any], Line]]]:
    """What needs a look stands first."""
    there = found or Difference()
    return {
        "wrong": (there.errors, _wrong),
        "add": (there.add, _added),
        "change": (there.change, _changed),
        "missing": (there.missing, _person),
        "same": (there.same, _person),
        "staff": (there.staff_kept, _kept),
        "skipped": (skipped, _skipped),
    }


def _wrong(row: RosterRow) -> Line:
    return Line(row.line, row.name, row.email, [problem.sentence for problem in row.errors])


def _added(addition: Addition) -> Line:
    row = addition.row
    words = [_("was in the course before and comes back")] if addition.returning else []
    words += [str(ROLE_WORDS[row.role])] if row.role_stated else []
    words += [_("section %(name)s", name=row.section)] if row.section else []
    words += [row.external_id] if row.external_id else []
    return Line(row.line, row.name, row.email, words)


def _changed(change: Change) -> Line:
    words = [
        _("%(field)s: %(before)s → %(after)s", field=FIELD_WORDS[name], before=_said(name, shift.before),
          after=_said(name, shift.after))
        for name, shift in change.fields.items()
    ]  # fmt: skip
    return Line(change.row.line, change.person.name, change.person.email, words)


def _said(name: str, value: str) -> str:
    if name == "role":
        return next((str(words) for role, words in ROLE_WORDS.items() if role == value), value)
    return value or _("none")


def _person(person: Enrolled) -> Line:
    return Line(None, person.name, person.email, [person.section] if person.section else [])


def _kept(person: Enrolled) -> Line:
    words = _("stays %(role)s: a file never takes rights away from staff", role=ROLE_WORDS[person.role])
    return Line(None, person.name, person.email, [words])


def _skipped(one: Skipped) -> Line:
    return Line(one.line, ", ".join(cell for cell in one.cells if cell)[:120], "", [str(WHY[one.why])])
