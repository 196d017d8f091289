"""Who wrote a note, kept so that only they find it again: a keyed hash of board and person."""

from classroom.core.signed import mark, marks

PURPOSE = "board note"


def mark_of(board_id: str, person_id: int) -> str:
    """What is stored in place of a name; without the installation's secret key nobody can make it."""
    return mark(PURPOSE, f"{board_id}:{person_id}")


def marks_of(board_id: str, person_id: int) -> list[str]:
    """What may have been stored, by the key in use and by older ones."""
    return marks(PURPOSE, f"{board_id}:{person_id}")
