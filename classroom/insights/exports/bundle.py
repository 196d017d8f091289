"""A ZIP of tables, texts and files, written as it is read: never more than a batch of rows is in memory."""

import csv
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import IO, Any, Self

from sqlalchemy import Executable

from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.i18n import _
from classroom.core.storage import FileGone, store
from classroom.courses.roster.cells import neutral
from classroom.insights.exports.book import Book

BATCH = 100
IN_MEMORY = 1024 * 1024
PIECE = 64 * 1024
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')  # what no system's file name may hold


@dataclass(frozen=True)
class Sheet:
    """One table: `columns` tell what each means, `rows` are read when it is written."""

    name: str
    says: str
    columns: Mapping[str, str]
    rows: Iterable[Sequence[Any]]


@dataclass
class Bundle:
    """The ZIP on its way out. `missing` are files that rows name and the storage has not."""

    out: IO[bytes]
    sheets: list[Sheet] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    files: int = 0
    rows: int = 0

    def __enter__(self) -> Self:
        self._zip = zipfile.ZipFile(self.out, "w", zipfile.ZIP_DEFLATED)
        self._workbook = tempfile.SpooledTemporaryFile(IN_MEMORY)
        self._book = Book(self._workbook)
        return self

    def __exit__(self, *_error: object) -> None:
        self._zip.close()
        self._workbook.close()

    def sheet(self, sheet: Sheet) -> None:
        """As CSV, as JSON and in the workbook, in one reading of its rows."""
        names = list(sheet.columns)
        add = self._book.sheet(sheet.name, names)
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as aside:
            with self._entry(f"tables/{sheet.name}.csv") as entry:
                self.rows += _write_all(entry, aside, add, names, sheet.rows)
            aside.seek(0)
            self._put(f"json/{sheet.name}.json", iter(lambda: aside.read(PIECE), b""))
        self.sheets.append(sheet)

    def lines(self, name: str, lines: Iterable[bytes]) -> None:
        self._put(name, lines)

    def text(self, name: str, words: str) -> None:
        self._put(name, [words.encode()])

    def file(self, name: str, key: str) -> None:
        """The bytes under `key`; if they are gone, the ZIP is made without them and says so."""
        try:
            pieces = store().stream(key)
        except FileGone:
            self.missing.append(name)
            return
        self._put(name, pieces, zipfile.ZIP_STORED)
        self.files += 1

    def explain(self, title: str, notes: Sequence[str]) -> None:
        """The workbook, and the page about every table, come last, when all is known."""
        self._book.close()
        self._workbook.seek(0)
        self._put("tables.xlsx", iter(lambda: self._workbook.read(PIECE), b""), zipfile.ZIP_STORED)
        self.text("README.txt", readme(title, notes, self.sheets, self.missing))

    def _put(self, name: str, pieces: Iterable[bytes], how: int = zipfile.ZIP_DEFLATED) -> None:
        with self._entry(name, how) as entry:
            for piece in pieces:
                entry.write(piece)

    def _entry(self, name: str, how: int = zipfile.ZIP_DEFLATED) -> IO[bytes]:
        told = zipfile.ZipInfo(name, date_time=now().timetuple()[:6])
        told.compress_type = how
        told.external_attr = 0o600 << 16
        return self._zip.open(told, "w", force_zip64=True)


def stream(query: Executable) -> Iterator[Any]:
    """The rows of a query, a batch at a time."""
    yield from db.session.execute(query.execution_options(yield_per=BATCH))


def as_csv(sheet: Sheet) -> Iterator[bytes]:
    """One table alone, line by line."""
    yield csv_line(list(sheet.columns), bom=True)
    for row in sheet.rows:
        yield csv_line([cell(value) for value in row])


def as_book(sheets: Iterable[Sheet], out: IO[bytes]) -> None:
    """Several tables as the sheets of one workbook, row by row."""
    book = Book(out)
    for sheet in sheets:
        add = book.sheet(sheet.name, list(sheet.columns))
        for row in sheet.rows:
            add([_shown(value) for value in row])
    book.close()


def _write_all(
    table: IO[bytes],
    aside: IO[bytes],
    add: Callable[[Sequence[Any]], None],
    names: list[str],
    rows: Iterable[Sequence[Any]],
) -> int:
    count = 0
    table.write(csv_line(names, bom=True))
    aside.write(b"[")
    for row in rows:
        shown = [_shown(value) for value in row]
        table.write(csv_line([cell(one) for one in shown]))
        add(shown)
        said = {name: _plain(value) for name, value in zip(names, row, strict=True)}
        aside.write((b",\n" if count else b"\n") + json.dumps(said, ensure_ascii=False).encode())
        count += 1
    aside.write(b"\n]\n")
    return count


def csv_line(cells: Sequence[Any], *, bom: bool = False) -> bytes:
    """One line as spreadsheets read it: UTF-8 with its mark, and CRLF."""
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return (("\ufeff" if bom else "") + line.getvalue()).encode()


def cell(value: Any) -> Any:
    """A value as a spreadsheet takes it from a CSV: numbers as numbers, words never as a formula."""
    shown = _shown(value)
    return neutral(shown) if isinstance(shown, str) else shown


def _shown(value: Any) -> str | int | float:
    """A number, or a text for people."""
    plain = _plain(value)
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    if isinstance(plain, int | float):
        return plain
    if isinstance(plain, list) and all(isinstance(one, str) for one in plain):
        plain = "; ".join(plain)
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple | set | frozenset) else value


def fit(name: str) -> str:
    """A file's name that every system takes and that leads out of no folder."""
    return _UNFIT.sub("_", name).strip(". ")[-120:] or "file"


def readme(title: str, notes: Sequence[str], sheets: Sequence[Sheet], missing: Sequence[str]) -> str:
    """What lies in the ZIP, table by table and column by column."""
    lines = [title, "=" * len(title), "", _("Made %(when)s.", when=now().strftime("%Y-%m-%d %H:%M UTC"))]
    lines += ["", *notes, "", _how_to_read(), ""]
    for sheet in sheets:
        lines += ["", sheet.name, "-" * len(sheet.name), str(sheet.says)]
        lines += [f"  {name}: {says}" for name, says in sheet.columns.items()]
    if missing:
        lines += ["", _("Named in a table, and not to be found in the storage any more:"), *missing]
    return "\r\n".join(lines) + "\r\n"


def _how_to_read() -> str:
    return _(
        "Every table lies in tables/ as CSV (UTF-8), in json/ as JSON, and as a sheet of tables.xlsx, with "
        "the same columns; a cell of the workbook ends after 32,767 characters. Times are "
        "UTC. In the CSV a text that a spreadsheet could take for a formula begins with an apostrophe, "
        "which does not belong to it; the JSON has every text as it was written. Lists are joined with "
        "semicolons. A column may be added by a later version; none changes its meaning."
    )
