"""Text to a table: cells, lines, heading, and the rows of an export that are nobody's."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from classroom.courses.roster.addresses import address_list
from classroom.courses.roster.cells import header_key, is_address, restored, tidy
from classroom.courses.roster.delimiters import best_delimiter, named_delimiter
from classroom.courses.roster.lines import LONGEST, lines_of
from classroom.courses.roster.problems import (
    LineTooLong,
    NobodyInFile,
    TooManyColumns,
    TooManyRows,
    UnclosedQuote,
)
from classroom.courses.roster.sources import Heading, reason_to_skip, source_of
from classroom.courses.roster.table import Record, Skipped, Table, Text, Why
from classroom.courses.roster.vocabulary import KNOWN

MAX_ROWS = 20_000
MAX_COLUMNS = 1000
_HEADING_WITHIN = 10
_NOBODYS_ROWS = 100


def read(text: Text, *, max_rows: int = MAX_ROWS) -> Table:
    """The table in a text; blank lines are passed over, and lines are counted as an editor shows them."""
    delimiter, body = named_delimiter(text.content.removeprefix("\ufeff"))
    first_line = 2 if delimiter else 1
    if not delimiter:
        found = address_list(body, first_line=first_line, max_rows=max_rows)
        if found:
            return found
        delimiter = best_delimiter(body)
    records = list(_records(body, delimiter, first_line, max_rows))
    return _table(delimiter, records, max_rows)


@dataclass
class _Tape:
    """Hands lines to the reader and keeps those of the row being read, to look at when it never ends."""

    lines: Iterator[str]
    first_line: int
    kept: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[str]:
        for number, line in enumerate(self.lines, start=self.first_line):
            if len(line) > LONGEST:
                raise LineTooLong(line=number)
            self.kept.append(line)
            yield line


def _records(body: str, delimiter: str, first_line: int, max_rows: int) -> Iterator[Record]:
    tape = _Tape(lines_of(body.rstrip("\x1a")), first_line)  # the end mark of old DOS programs
    reader = csv.reader(tape, delimiter=delimiter, skipinitialspace=True)
    start, found = first_line, 0
    while True:
        tape.kept.clear()
        try:
            row = next(reader, None)
        except csv.Error as error:
            # One cell swallowed over 128 KB.
            raise (UnclosedQuote if '"' in tape.kept[0] else LineTooLong)(line=start) from error
        if row is None:
            return
        after = first_line + reader.line_num
        if any(cell.strip() for cell in row):
            _check_row(row, tape.kept, delimiter, start)
            found += 1
            yield Record(start, after - 1, tuple(restored(cell).strip() for cell in row))
        start = after
        # Headings and the like are no people; blank lines are cheap, yet not for ever.
        if found > max_rows + _NOBODYS_ROWS or start > 20 * (max_rows + _NOBODYS_ROWS):
            raise TooManyRows(limit=f"{max_rows:,}")


def _check_row(row: list[str], kept: list[str], delimiter: str, start: int) -> None:
    if len(row) > MAX_COLUMNS:
        raise TooManyColumns(line=start, found=f"{len(row):,}", limit=f"{MAX_COLUMNS:,}")
    if len(kept) == 1 and kept[0].count('"') % 2 == 0:
        return
    try:
        list(csv.reader(kept, delimiter=delimiter, skipinitialspace=True, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise UnclosedQuote(line=start) from error


def _table(delimiter: str, records: list[Record], max_rows: int) -> Table:
    at = _heading_at(records)
    header = tuple(tidy(cell) for cell in records[at].cells) if at is not None else None
    source = source_of(header)
    skipped = [Skipped(record.line, Why.BEFORE_HEADING, record.cells) for record in records[: at or 0]]
    heading = Heading(header or ())
    people = []
    for record in records[at + 1 :] if at is not None else records:
        why = reason_to_skip(record, heading, source)
        if why:
            skipped.append(Skipped(record.line, why, record.cells))
        else:
            people.append(record)
    if not people:
        raise NobodyInFile
    if len(people) > max_rows:
        raise TooManyRows(limit=f"{max_rows:,}")
    width = len(header) if header else _usual_width(people)
    kept = tuple(_without_empty_tail(record, width) for record in people)
    return Table(delimiter, header, kept, width, source, tuple(skipped))


def _usual_width(records: list[Record]) -> int:
    return Counter(len(record.cells) for record in records).most_common(1)[0][0]


def _without_empty_tail(record: Record, width: int) -> Record:
    cells = record.cells
    while len(cells) > width and not cells[-1]:
        cells = cells[:-1]
    return Record(record.line, record.last_line, cells)


def _heading_at(records: list[Record]) -> int | None:
    """The first row of known words; titles may stand above it, a person's row may not."""
    for index, record in enumerate(records[:_HEADING_WITHIN]):
        if any(is_address(cell) for cell in record.cells):
            break
        known = sum(1 for cell in record.cells if header_key(cell) in KNOWN)
        if known >= 2 or (known == 1 and index == 0):
            return index
    return 0 if records and _heads_addresses(records) else None


def _heads_addresses(records: list[Record]) -> bool:
    """A heading in a language we do not know: a word, and not a gap, above a column of addresses."""
    columns = Counter(
        index for record in records[1:50] for index, cell in enumerate(record.cells) if is_address(cell)
    )
    if not columns:
        return False
    above = records[0].cell(columns.most_common(1)[0][0])
    return bool(above) and "@" not in above
