"""The tables of an export as the sheets of one workbook, written row by row."""

from collections.abc import Callable, Sequence
from itertools import count
from typing import IO

from xlsxwriter import Workbook

LONGEST_CELL = 32_767  # characters; a spreadsheet takes no more
LONGEST_NAME = 31
# A text stays a text, whatever it begins with; only numbers are numbers.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class Book:
    """An XLSX file on its way out; no more than a row is in memory."""

    def __init__(self, out: IO[bytes]) -> None:
        self._book = Workbook(out, OPTIONS)
        self._head = self._book.add_format({"bold": True})

    def sheet(self, name: str, columns: Sequence[str]) -> Callable[[Sequence[str | int | float]], None]:
        """The next sheet, with its headings; answers what adds a row to it."""
        sheet = self._book.add_worksheet(name[:LONGEST_NAME])
        sheet.freeze_panes(1, 0)
        for place, words in enumerate(columns):
            sheet.write_string(0, place, words, self._head)
        rows = count(1)

        def add(values: Sequence[str | int | float]) -> None:
            row = next(rows)
            for place, value in enumerate(values):
                if isinstance(value, str):
                    sheet.write_string(row, place, value[:LONGEST_CELL])
                else:
                    sheet.write_number(row, place, value)

        return add

    def close(self) -> None:
        self._book.close()
