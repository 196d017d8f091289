"""The made-up class on boards: a wall open for weeks, and a board on which some have written."""

from typing import Any

from classroom.access import Actor
from classroom.boards import commands, commands_groups
from classroom.boards.models import Board, BoardNote, NoteState
from classroom.core import clock
from classroom.courses.queries import seats_of
from classroom.sample.people import Cast
from classroom.sample.reading import read


def ask_the_class(cast: Cast, instructor: str) -> None:
    """What held them back in the first week; and since this morning, when it came easily."""
    told, calendar = read("boards"), cast.calendar
    students = [_eyes(cast, key) for key in cast.students]
    with clock.at(calendar.moment(-34, "09:00")):
        past = _open(cast, instructor, told["past"])
        notes = _write(past, told["past"], students)
        commands.reveal(past)
    with clock.at(calendar.moment(-34, "12:40")):
        _answer(past, told["past"], notes)
    with clock.at(calendar.before(calendar.moment(0, "08:10"))):
        _write(_open(cast, instructor, told["now"]), told["now"], students)


def _eyes(cast: Cast, key: str) -> Actor:
    person = cast.people[key]
    return Actor(person.id, person.name, person.friendly, seats=seats_of(person.id))


def _open(cast: Cast, instructor: str, told: dict[str, Any]) -> Board:
    by_id = cast.id_of(instructor)
    return commands.open_board(
        cast.course, by_id, title=told["title"], prompts=told["prompts"], once=told["title"][:32]
    )


def _write(board: Board, told: dict[str, Any], students: list[Actor]) -> list[BoardNote]:
    """Each note by another student; then who feels the same."""
    notes = []
    for number, one in enumerate(told["notes"]):
        column, once, holds = one.get("column", 1), str(number), one.get("held", False)
        notes.append(commands.write(students[number], board, column, one["text"], once=once, holds=holds))
    for one, note in zip(told["notes"], notes, strict=True):
        for number in one.get("me_too", ()):
            commands.feel_the_same(students[number], note)
    return notes


def _answer(board: Board, told: dict[str, Any], notes: list[BoardNote]) -> None:
    for group in told["groups"]:
        alike = [
            note.public_id
            for one, note in zip(told["notes"], notes, strict=True)
            if one.get("group") == group["title"] and note.state is NoteState.VISIBLE
        ]
        made, _count = commands_groups.put_together(board, alike, title=group["title"])
        commands_groups.answer(made, title=group["title"], words=group.get("answer", ""))
