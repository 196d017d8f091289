"""The participation matrix, pure: a line for every student with a cell for every project; never a ranking."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from classroom.comments.participation import Participant
from classroom.comments.queries_participation import Turnout
from classroom.courses.queries import Member

BY_NAME, BY_OWED = "name", "owed"


class Owing(StrEnum):
    """Which of the students are listed, by what is open in the projects that are shown."""

    ALL = ""
    OWES = "owes"
    LATE = "late"
    CLEAR = "clear"


@dataclass(frozen=True)
class Line:
    """One student in all the projects that are shown, in their order."""

    member: Member
    cells: tuple[Participant, ...]
    owed_posts: int
    owed_comments: int
    late: bool

    @property
    def owed(self) -> int:
        return self.owed_posts + self.owed_comments

    def fits(self, owing: Owing) -> bool:
        if owing is Owing.LATE:
            return self.late
        return owing is Owing.ALL or (self.owed > 0) is (owing is Owing.OWES)


def lines_of(turnouts: Sequence[Turnout]) -> list[Line]:
    """Every project has the same students, in the same order."""
    by_student = zip(*(one.people for one in turnouts), strict=True)
    return [_line(cells) for cells in by_student]


def _line(cells: tuple[Participant, ...]) -> Line:
    return Line(
        cells[0].member,
        cells,
        owed_posts=sum(one.owes_post for one in cells),
        owed_comments=sum(one.owes_comments for one in cells),
        late=any(one.late for one in cells),
    )


def among(
    lines: Iterable[Line], owing: Owing = Owing.ALL, section_id: int | None = None, words: str = ""
) -> list[Line]:
    """Those whom all filters list."""
    parts = words.casefold().split()
    return [
        line
        for line in lines
        if line.fits(owing)
        and section_id in {None, line.member.section_id}
        and all(part in f"{line.member.name} {line.member.called or ''}".casefold() for part in parts)
    ]


def counts(lines: Sequence[Line], section_id: int | None = None) -> dict[Owing, int]:
    """How many each filter lists in a section, or in all."""
    there = [line for line in lines if section_id in {None, line.member.section_id}]
    return {owing: sum(line.fits(owing) for line in there) for owing in Owing}


def in_order(
    lines: Iterable[Line], by: str, *, column: int | None = None, turned: bool = False
) -> list[Line]:
    """By name, or by what is still open, in all or in one column; never by how good it is."""
    named = sorted(lines, key=_name)
    if column is not None:
        return sorted(named, key=lambda line: _open(line.cells[column]), reverse=not turned)
    if by == BY_OWED:
        return sorted(named, key=lambda line: (line.late, line.owed), reverse=not turned)
    return named[::-1] if turned else named


def _open(one: Participant) -> tuple[bool, bool, int]:
    return one.late, one.owes_post, one.owes_comments


def _name(line: Line) -> tuple[str, int]:
    return line.member.name.casefold(), line.member.number
