"""A bare list of addresses as people paste it: one a line, or `Maya Adler <maya@…>`, or a mail's To field."""

import re
from collections.abc import Iterator
from itertools import islice

from classroom.courses.roster.cells import header_key, is_address, tidy
from classroom.courses.roster.lines import lines_of
from classroom.courses.roster.names import whole_name
from classroom.courses.roster.problems import TooManyRows
from classroom.courses.roster.table import Record, Source, Table
from classroom.courses.roster.vocabulary import KNOWN, WORDS

_BREAK = re.compile("[,;]")
_SAMPLE = 200
_SAMPLE_LENGTH = 4000


def address_list(content: str, *, first_line: int, max_rows: int) -> Table | None:
    """The people of such a list, or None where this is a table with columns."""
    if not _looks_like_a_list(content):
        return None
    records: list[Record] = []
    for number, line in enumerate(lines_of(content), start=first_line):
        if not records and _is_heading(line):
            continue
        for person in _people_in(line):
            records.append(Record(number, number, person))
            if len(records) > max_rows:
                raise TooManyRows(limit=f"{max_rows:,}")
    return Table("", None, tuple(records), width=2, source=Source.ADDRESSES)


def _looks_like_a_list(content: str) -> bool:
    sample = [line for line in islice(lines_of(content), _SAMPLE) if line.strip()]
    if sample and _heads_a_table(sample[0]):
        return False
    if sample and _is_heading(sample[0]):
        sample = sample[1:]
    clean = sum(1 for line in sample if _is_clean(line))
    return bool(sample) and clean * 2 >= len(sample)


def _is_heading(line: str) -> bool:
    return header_key(line) in WORDS["email"]


def _heads_a_table(line: str) -> bool:
    return sum(1 for cell in re.split("[,;\t]", line[:_SAMPLE_LENGTH]) if header_key(cell) in KNOWN) > 1


def _is_clean(line: str) -> bool:
    """Nothing but addresses, each alone or with a name directly before it."""
    if "\t" in line:
        return False
    found = waiting = False
    for chunk in _beginning(line):
        if not chunk.strip():
            continue
        closed = chunk.rstrip().endswith(">") and "<" in chunk
        if not closed and (waiting or not _split_at_space(chunk)):
            waiting = True
            continue
        if closed and not is_address(_in_brackets(chunk)[1]):
            return False
        found, waiting = True, False
    return found and not waiting


def _beginning(line: str) -> list[str]:
    """The chunks of a line; of a very long one enough to tell, and none cut in two."""
    chunks = _BREAK.split(line[:_SAMPLE_LENGTH])
    return chunks[:-1] if len(line) > _SAMPLE_LENGTH else chunks


def _people_in(line: str) -> Iterator[tuple[str, str]]:
    """Name and address; what belongs to no address comes back as one, to be refused in its row."""
    names: list[str] = []
    for chunk in _BREAK.split(line.replace("\t", ", ")):
        if chunk.rstrip().endswith(">") and "<" in chunk:
            name, address = _in_brackets(chunk)
        elif found := _split_at_space(chunk):
            name, address = found
        else:
            names.extend([chunk] if chunk.strip() else [])
            continue
        yield whole_name(",".join(part for part in [*names, name] if part.strip())), tidy(address)
        names = []
    if names:
        yield "", tidy(",".join(names))


def _in_brackets(chunk: str) -> tuple[str, str]:
    name, _, rest = chunk.rpartition("<")
    return name, rest.rstrip().removesuffix(">").removeprefix("mailto:").strip()


def _split_at_space(chunk: str) -> tuple[str, str] | None:
    name, _, address = chunk.strip().rpartition(" ")
    address = address.strip("\"'")
    return (name, address) if is_address(address) and "@" not in name else None
