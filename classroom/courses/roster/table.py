"""The shapes a roster takes on its way: text, table, record, and what was left out and why."""

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Where a file comes from, told by its headers."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    BLACKBOARD = "blackboard"
    GENERIC = "generic"
    ADDRESSES = "addresses"


class Why(StrEnum):
    """Why a line of the file is nobody's."""

    BEFORE_HEADING = "before_heading"
    HEADING_AGAIN = "heading_again"
    POINTS_POSSIBLE = "points_possible"
    TEST_STUDENT = "test_student"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class Text:
    """A file's characters; `certain` is false where the encoding could only be guessed."""

    content: str
    encoding: str
    certain: bool = True


@dataclass(frozen=True)
class Record:
    """One row with the lines it stands on, counted from 1 as an editor shows them."""

    line: int
    last_line: int
    cells: tuple[str, ...]

    def cell(self, index: int | None) -> str:
        return "" if index is None or index >= len(self.cells) else self.cells[index]


@dataclass(frozen=True)
class Skipped:
    line: int
    why: Why
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """What stands in the file; `header` is None where there was no heading."""

    delimiter: str
    header: tuple[str, ...] | None
    records: tuple[Record, ...]
    width: int
    source: Source = Source.GENERIC
    skipped: tuple[Skipped, ...] = ()
