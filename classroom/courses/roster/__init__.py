"""The roster import without a database: bytes to text, to a table, to people, to what would change."""

from classroom.accounts.rules import email_key
from classroom.courses.roster.columns import FIELDS, Columns, ColumnsRefused, guess_columns, with_columns
from classroom.courses.roster.decoding import ENCODINGS, decode, megabytes, pasted
from classroom.courses.roster.difference import Addition, Change, Difference, Enrolled, Shift, difference
from classroom.courses.roster.problems import CannotRead, Code, FileTooLarge, Problem
from classroom.courses.roster.reading import read
from classroom.courses.roster.rows import RosterRow, rows
from classroom.courses.roster.table import Record, Skipped, Source, Table, Text, Why

__all__ = [
    "ENCODINGS",
    "FIELDS",
    "Addition",
    "CannotRead",
    "Change",
    "Code",
    "Columns",
    "ColumnsRefused",
    "Difference",
    "Enrolled",
    "FileTooLarge",
    "Problem",
    "Record",
    "RosterRow",
    "Shift",
    "Skipped",
    "Source",
    "Table",
    "Text",
    "Why",
    "decode",
    "difference",
    "email_key",
    "guess_columns",
    "megabytes",
    "pasted",
    "read",
    "rows",
    "with_columns",
]
