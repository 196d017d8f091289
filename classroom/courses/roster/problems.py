"""What can be wrong with a roster, file by file and row by row, each in a plain sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from classroom.core.errors import RuleBroken
from classroom.core.i18n import _l


class CannotRead(RuleBroken):
    """The whole file is refused; each kind carries the sentence the person reads."""

    message = _l("This file cannot be read as a roster.")

    def __init__(self, **values: object) -> None:
        super().__init__(str(self.message) % values, **values)


class EmptyFile(CannotRead):
    message = _l("This file is empty.")


class NobodyInFile(CannotRead):
    message = _l("There is a heading in this file, but nobody below it.")


class FileTooLarge(CannotRead):
    message = _l("This file has %(size)s MB. A roster may have at most %(limit)s MB.")
    status = 413


class TooManyRows(CannotRead):
    message = _l("This file has more than %(limit)s rows. Split it into several files.")


class ExcelWorkbook(CannotRead):
    message = _l("This is an Excel workbook, not a CSV file. In Excel choose File → Save as → CSV UTF-8.")


class LockedWorkbook(CannotRead):
    message = _l(
        "This is an Excel workbook with a password, not a CSV file. "
        "Open it in Excel and choose File → Save as → CSV UTF-8."
    )


class OldExcelWorkbook(CannotRead):
    message = _l(
        "This is a workbook of an older Excel, not a CSV file. In Excel choose File → Save as → CSV UTF-8."
    )


class OpenDocument(CannotRead):
    message = _l(
        "This is an OpenDocument spreadsheet, not a CSV file. "
        "In LibreOffice choose File → Save as → Text CSV, with the character set UTF-8."
    )


class NumbersDocument(CannotRead):
    message = _l("This is a Numbers document, not a CSV file. In Numbers choose File → Export to → CSV.")


class WordDocument(CannotRead):
    message = _l("This is a text document, not a CSV file. Copy the addresses out of it and paste them here.")


class ZipArchive(CannotRead):
    message = _l("This is a ZIP archive, not a CSV file. Unpack it and choose the CSV file inside.")


class PdfDocument(CannotRead):
    message = _l("This is a PDF, not a CSV file. Export the list again as CSV.")


class CompressedFile(CannotRead):
    message = _l("This file is compressed. Unpack it and choose the CSV file inside.")


class WebPage(CannotRead):
    message = _l(
        "This is a web page, not a CSV file, whatever its name says. "
        "Open it in a spreadsheet program and save it as CSV UTF-8."
    )


class BinaryFile(CannotRead):
    message = _l("This is not a text file. Export the list as CSV, or paste it here.")


class DamagedText(CannotRead):
    message = _l(
        "Line %(line)s holds characters that cannot be read as %(encoding)s. "
        "Save the file again as CSV UTF-8."
    )


class UnknownEncoding(CannotRead):
    message = _l("Files in “%(encoding)s” cannot be read. Save the file again as CSV UTF-8.")


class LineTooLong(CannotRead):
    message = _l("Line %(line)s is longer than any roster's line. Is this the right file?")


class TooManyColumns(CannotRead):
    message = _l("Line %(line)s has %(found)s columns. A roster may have at most %(limit)s.")


class UnclosedQuote(CannotRead):
    message = _l("A quotation mark is opened in line %(line)s and never closed. Close it and try again.")


class Code(StrEnum):
    EMAIL_MISSING = "email_missing"
    LOGIN_IS_NO_ADDRESS = "login_is_no_address"
    EMAIL_MALFORMED = "email_malformed"
    EMAIL_TOO_LONG = "email_too_long"
    EMAIL_TWICE = "email_twice"
    NUMBER_TWICE = "number_twice"
    NUMBER_ROUNDED = "number_rounded"
    NUMBER_TOO_LONG = "number_too_long"
    NAME_MISSING = "name_missing"
    NAME_TOO_LONG = "name_too_long"
    NAME_IS_ADDRESS = "name_is_address"
    SECTION_TOO_LONG = "section_too_long"
    ROLE_UNKNOWN = "role_unknown"
    TOO_MANY_CELLS = "too_many_cells"
    QUOTE_MISSING = "quote_missing"
    TWO_PEOPLE = "two_people"
    NUMBER_OF_ANOTHER = "number_of_another"
    SAME_PERSON_TWICE = "same_person_twice"
    EMAIL_TAKEN = "email_taken"
    COLUMN_TWICE = "column_twice"
    COLUMN_UNKNOWN = "column_unknown"
    FIELD_UNKNOWN = "field_unknown"
    NO_NAME_COLUMN = "no_name_column"
    NAME_AND_PARTS = "name_and_parts"
    NO_EMAIL_COLUMN = "no_email_column"


SENTENCES = {
    Code.EMAIL_MISSING: _l("There is no e-mail address in this row."),
    Code.LOGIN_IS_NO_ADDRESS: _l(
        "There is no e-mail address in this row, and the login “%(login)s” is not one. "
        "Add a column with the addresses."
    ),
    Code.EMAIL_MALFORMED: _l("“%(email)s” is not an e-mail address."),
    Code.EMAIL_TOO_LONG: _l("This e-mail address is longer than %(limit)s characters."),
    Code.EMAIL_TWICE: _l("%(email)s stands in more than one row: lines %(lines)s."),
    Code.NUMBER_TWICE: _l("The number %(number)s stands beside different addresses: lines %(lines)s."),
    Code.NUMBER_ROUNDED: _l(
        "The number “%(number)s” was shortened by a spreadsheet. Show the column as text and export again."
    ),
    Code.NUMBER_TOO_LONG: _l("This number is longer than %(limit)s characters."),
    Code.NAME_MISSING: _l("There is no name in this row."),
    Code.NAME_TOO_LONG: _l("This name is longer than %(limit)s characters."),
    Code.NAME_IS_ADDRESS: _l("“%(name)s” stands where the name belongs. Are the columns right?"),
    Code.SECTION_TOO_LONG: _l("The name of the section is longer than %(limit)s characters."),
    Code.ROLE_UNKNOWN: _l("“%(role)s” is not a role. Use student, assistant, instructor or observer."),
    Code.TOO_MANY_CELLS: _l(
        "This row has %(found)s cells where %(expected)s are expected. "
        "A name with a separator in it needs quotation marks around it."
    ),
    Code.QUOTE_MISSING: _l(
        "This row runs from line %(first)s to line %(last)s. A quotation mark is probably missing."
    ),
    Code.TWO_PEOPLE: _l(
        "The number %(number)s belongs to %(number_name)s and the address %(email)s to %(email_name)s."
    ),
    Code.NUMBER_OF_ANOTHER: _l(
        "The number %(number)s belongs to %(known)s in this course, but this row names %(name)s."
    ),
    Code.SAME_PERSON_TWICE: _l("Lines %(lines)s mean the same person in this course. Only one can be right."),
    Code.EMAIL_TAKEN: _l("%(email)s belongs to someone else already, so it cannot become this person's."),
    Code.COLUMN_TWICE: _l("This column is already used for something else."),
    Code.COLUMN_UNKNOWN: _l("There is no such column in this file."),
    Code.FIELD_UNKNOWN: _l("Nothing of that kind is read from a roster."),
    Code.NO_NAME_COLUMN: _l("Choose the column with the name, or those with first and last name."),
    Code.NAME_AND_PARTS: _l("Choose either one column for the whole name, or first and last name."),
    Code.NO_EMAIL_COLUMN: _l("Choose the column with the e-mail addresses."),
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, by a code for programs and a sentence for people."""

    code: Code
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.code]) % self.values

    def __str__(self) -> str:
        return self.sentence
