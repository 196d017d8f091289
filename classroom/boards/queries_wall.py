"""The wall of a revealed board: its notes in no order of time, groups, and how many feel the same."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from classroom.access import Actor
from classroom.boards.marks import marks_of
from classroom.boards.models import Board, BoardColumn, BoardGroup, BoardMeToo, BoardNote, NoteState
from classroom.boards.policy import visible_to
from classroom.boards.queries import class_size
from classroom.boards.rules import by_section, people_in
from classroom.core.db import db
from classroom.courses.queries import members_of


@dataclass(frozen=True)
class OnWall:
    """One note: `me_too` others feel the same; `pressed`: the actor is among them, or wrote it."""

    public_id: str
    body: str
    me_too: int
    pressed: bool
    name: str | None
    people: frozenset[str] = field(repr=False)


@dataclass(frozen=True)
class Group:
    """Notes that say the same. `people` are how many different ones wrote or felt it."""

    public_id: str
    title: str
    answer: str
    notes: Sequence[OnWall]
    people: int
    sections: list[tuple[str, int]] | None = None


@dataclass(frozen=True)
class Column:
    """One prompt with its groups, the one that most feel first, and the notes in none."""

    position: int
    prompt: str
    groups: Sequence[Group]
    loose: Sequence[OnWall]

    @property
    def notes(self) -> Iterator[tuple[Group | None, OnWall]]:
        yield from ((group, note) for group in self.groups for note in group.notes)
        yield from ((None, note) for note in self.loose)


@dataclass(frozen=True)
class Wall:
    """All of it. `mine` are the actor's own notes; `waiting` and `taken_off` are for staff alone."""

    columns: Sequence[Column]
    size: int
    mine: Sequence[BoardNote]
    waiting: Sequence[BoardNote]
    taken_off: Sequence[BoardNote]

    @property
    def groups(self) -> list[Group]:
        """Those with notes, the one that most feel first."""
        found = [group for column in self.columns for group in column.groups if group.notes]
        return sorted(found, key=lambda one: -one.people)

    @property
    def findings(self) -> list[Group]:
        """What may be said of the class: what three or more share."""
        return [one for one in self.groups if one.people >= 3]

    @property
    def count(self) -> int:
        return sum(1 for column in self.columns for _ in column.notes)


def wall_of(actor: Actor, board: Board) -> Wall:
    """Four statements, and one more for staff where the board has names."""
    mine = [] if actor.borrowed else marks_of(board.public_id, actor.person_id)
    shown = or_(visible_to(actor), BoardNote.mark.in_(mine)) if mine else visible_to(actor)
    notes = db.session.scalars(
        select(BoardNote).where(BoardNote.board_id == board.id, shown).order_by(BoardNote.public_id)
    ).all()
    staff = actor.teaches(board.course_id)
    felt = _felt(board)
    names = _names(actor, board, notes) if staff and board.names else {}
    cards = {one.id: _card(one, felt[one.id], mine, names) for one in notes if one.state is NoteState.VISIBLE}
    opened = board.revealed_at or board.reveal_at or board.created_at
    size = class_size(board.course_id, opened)
    columns = list(_columns(board, notes, cards, _sections(notes, felt) if staff else None))
    people = people_in(card.people for card in cards.values())
    return Wall(
        columns,
        max(size, people),
        [one for one in notes if one.mark in mine],
        [one for one in notes if staff and one.state is NoteState.HELD],
        [one for one in notes if staff and one.state is NoteState.REMOVED],
    )


def _felt(board: Board) -> dict[int, list[BoardMeToo]]:
    found: dict[int, list[BoardMeToo]] = defaultdict(list)
    asked = select(BoardMeToo).join(BoardNote, BoardNote.id == BoardMeToo.note_id)
    for one in db.session.scalars(asked.where(BoardNote.board_id == board.id)):
        found[one.note_id].append(one)
    return found


def _names(actor: Actor, board: Board, notes: Sequence[BoardNote]) -> dict[int, str]:
    """Where the board said so before anyone wrote: names of the students in the actor's care."""
    members = members_of(board.course_id, {one.author_id for one in notes if one.author_id})
    return {key: one.name for key, one in members.items() if actor.tends(board.course_id, one.section_id)}


def _card(one: BoardNote, felt: Sequence[BoardMeToo], mine: Sequence[str], names: dict[int, str]) -> OnWall:
    marks = frozenset(each.mark for each in felt)
    people = marks | {one.mark}
    pressed = not people.isdisjoint(mine)
    return OnWall(one.public_id, one.body, len(marks), pressed, names.get(one.author_id or 0), people)


def _sections(notes: Sequence[BoardNote], felt: dict[int, list[BoardMeToo]]) -> dict[str, str | None]:
    """The section of each mark, where one was kept."""
    kept = {one.mark: one.section for one in notes}
    return kept | {one.mark: one.section for some in felt.values() for one in some}


def _columns(
    board: Board,
    notes: Sequence[BoardNote],
    cards: dict[int, OnWall],
    sections: dict[str, str | None] | None,
) -> Iterator[Column]:
    """In one statement columns with their groups."""
    rows = db.session.execute(
        select(BoardColumn, BoardGroup)
        .outerjoin(BoardGroup, BoardGroup.column_id == BoardColumn.id)
        .where(BoardColumn.board_id == board.id)
        .order_by(BoardColumn.position, BoardGroup.id)
    ).all()
    by_group: dict[tuple[int, int | None], list[OnWall]] = defaultdict(list)
    for one in notes:
        if one.id in cards:
            by_group[one.column_id, one.group_id].append(cards[one.id])
    for column in dict.fromkeys(column for column, _group in rows):
        groups = [
            _group(group, by_group[column.id, group.id], sections)
            for other, group in rows
            if group is not None and other.id == column.id
        ]
        groups.sort(key=lambda one: -one.people)
        yield Column(column.position, column.prompt, groups, by_group[column.id, None])


def _group(
    group: BoardGroup,
    notes: Sequence[OnWall],
    sections: dict[str, str | None] | None,
) -> Group:
    people = {mark for note in notes for mark in note.people}
    told = by_section({mark: sections.get(mark) for mark in people}) if sections is not None else None
    return Group(group.public_id, group.title, group.answer, notes, len(people), told)


def group_for(actor: Actor, group_id: str) -> BoardGroup | None:
    """A group of one of the actor's courses."""
    return db.session.scalar(
        select(BoardGroup).where(BoardGroup.public_id == group_id, BoardGroup.course_id.in_(actor.courses()))
    )


def home_of(group: BoardGroup) -> Board:
    """The board that a group is on, with its course."""
    return db.session.scalars(
        select(Board).where(Board.id == group.board_id).options(joinedload(Board.course))
    ).one()
