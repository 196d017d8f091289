"""The class as a picture, put together from its pairs: pure. Nobody is set before anybody else."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from classroom.courses.models import Membership, Section
from classroom.insights.network import Drawing, draw
from classroom.insights.queries_picture import Pair
from classroom.insights.small import Share, is_small, share_of

Apart = Collection[frozenset[int]]
MOST = 200  # so many dots can still be told apart


@dataclass
class Student:
    """One dot: `gave` and `got` name those with whom they are linked in the picture, by number."""

    number: int
    name: str
    seat_id: str
    section: str | None
    section_id: int | None
    gave: list[int] = field(default_factory=list)
    got: list[int] = field(default_factory=list)
    given: int = 0  # posts that they commented on, also of people who are not in this picture
    received: int = 0  # people whose comments they got

    @property
    def both(self) -> list[int]:
        return [one for one in self.gave if one in self.got]


@dataclass(frozen=True)
class Balance:
    """One section: what its people give and get each, and how much of it stays among themselves."""

    name: str
    section_id: str
    people: int
    given: float | None
    received: float | None
    inside: Share | None

    @property
    def small(self) -> bool:
        return self.given is None


@dataclass(frozen=True)
class Picture:
    """What is drawn or said from the pairs; `drawing` is None for a class that is too large or too small."""

    students: list[Student]
    small: bool
    drawing: Drawing | None
    reciprocity: Share | None
    meaningful: Share | None
    commenting: Share | None

    @property
    def alone(self) -> list[Student]:
        return [one for one in self.students if not one.given and not one.received]

    @property
    def unheard(self) -> list[Student]:
        return [one for one in self.students if one.given and not one.received]

    @property
    def silent(self) -> list[Student]:
        return [one for one in self.students if one.received and not one.given]


def picture_of(
    seats: Sequence[Membership],
    names: Mapping[int, str],
    pairs: Collection[Pair],
    shown: Section | None,
    apart: Apart = frozenset(),
) -> Picture:
    """`seats` are the students in the reader's care, by name; with a section, only its own are drawn.

    The drawing shows what happened; the figures leave out what two say only of each other (`apart`).
    """
    wanted = [seat for seat in seats if shown is None or seat.section_id == shown.id]
    numbers = {seat.person_id: number for number, seat in enumerate(wanted)}
    students = [
        Student(number, seat.person.name, seat.public_id, names.get(seat.section_id or 0), seat.section_id)
        for number, seat in enumerate(wanted)
    ]
    links = _link(students, numbers, pairs)
    giving = sum(1 for one in students if one.given)
    small = is_small(len(students), giving)
    free = without(pairs, apart)
    sent = sum(one.sent for one in free if one.giver in numbers)
    counted = sum(one.counted for one in free if one.giver in numbers)
    bound = {tuple(numbers.get(person, -1) for person in sorted(pair)) for pair in apart}
    open_links = [(a, b) for a, b in links if (a, b) not in bound and (b, a) not in bound]
    drawing = draw(len(students), links) if not small and len(students) <= MOST else None
    return Picture(
        students,
        small,
        drawing,
        None if small else reciprocity_of(open_links),
        None if small else share_of(counted, sent),
        None if small else share_of(giving, len(students)),
    )


def _link(
    students: list[Student], numbers: Mapping[int, int], pairs: Collection[Pair]
) -> set[tuple[int, int]]:
    """Notes who gave to whom, in the order of names; answers the links as numbers."""
    links: set[tuple[int, int]] = set()
    for pair in pairs:
        if not pair.counted or pair.giver == pair.receiver:
            continue
        giver, receiver = numbers.get(pair.giver), numbers.get(pair.receiver)
        if giver is not None:
            students[giver].given += 1
        if receiver is not None:
            students[receiver].received += 1
        if giver is not None and receiver is not None:
            links.add((giver, receiver))
    for giver, receiver in sorted(links):
        students[giver].gave.append(receiver)
        students[receiver].got.append(giver)
    return links


def reciprocity_of(links: Collection[tuple[int, int]]) -> Share | None:
    """Of the pairs of people where one helped, in how many both did."""
    pairs = {(min(a, b), max(a, b)) for a, b in links}
    there = set(links)
    return share_of(sum(1 for a, b in pairs if (a, b) in there and (b, a) in there), len(pairs))


def without(pairs: Collection[Pair], apart: Apart) -> list[Pair]:
    """The pairs that count in figures."""
    return [one for one in pairs if frozenset((one.giver, one.receiver)) not in apart]


def balances_of(
    seats: Sequence[Membership], sections: Sequence[Section], pairs: Collection[Pair]
) -> list[Balance]:
    """Each section with students in the reader's care, by name; small ones without figures."""
    section_of = {seat.person_id: seat.section_id for seat in seats}
    counted = [one for one in pairs if one.counted]
    found = []
    for section in sections:
        people = {person for person, where in section_of.items() if where == section.id}
        if not people:
            continue
        given = [one for one in counted if one.giver in people]
        received = sum(1 for one in counted if one.receiver in people)
        small = is_small(len(people), len({one.giver for one in given}))
        inside = share_of(sum(1 for one in given if one.receiver in people), len(given))
        found.append(
            Balance(
                section.name,
                section.public_id,
                len(people),
                None if small else len(given) / len(people),
                None if small else received / len(people),
                None if small else inside,
            )
        )
    return found
