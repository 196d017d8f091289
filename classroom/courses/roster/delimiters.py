"""Which character separates the cells: found by what the rows say under each, not by counting alone."""

import csv
import re
from collections import Counter
from itertools import islice

from classroom.courses.roster.cells import header_key, is_address
from classroom.courses.roster.lines import lines_of
from classroom.courses.roster.vocabulary import KNOWN

DELIMITERS = (",", ";", "\t")
_SEP_LINE = re.compile(r'"?sep=([,;\t])"?[ ,;\t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_SAMPLE_LINES = 80
_SAMPLE_LENGTH = 4000


def named_delimiter(content: str) -> tuple[str, str]:
    """The delimiter a first line `sep=;` names, and the text below that line."""
    found = _SEP_LINE.match(content)
    return (found[1], content[found.end() :]) if found else ("", content)


def best_delimiter(content: str) -> str:
    """Under the right one, headings become known words and addresses stand alone in their cells."""
    sample = [line[:_SAMPLE_LENGTH] for line in islice(lines_of(content), _SAMPLE_LINES)]
    return max(DELIMITERS, key=lambda delimiter: _score(sample, delimiter))


def _score(sample: list[str], delimiter: str) -> tuple[int, float, int]:
    rows = [row for row in csv.reader(sample, delimiter=delimiter, skipinitialspace=True) if any(row)]
    if not rows:
        return 0, 0.0, 0
    headings = sum(5 for row in rows[:10] for cell in row if header_key(cell) in KNOWN)
    addresses = sum(1 for row in rows for cell in row if is_address(cell))
    width, times = Counter(len(row) for row in rows).most_common(1)[0]
    return headings + addresses, times / len(rows) if width > 1 else 0.0, width
