"""What a page says after an act, with the press that takes it back."""

from flask import flash


def say(words: object, tone: str = "good", *, undo: str | None = None) -> None:
    """A message on the next page; `undo` is the token of what was done."""
    flash({"words": str(words), "undo": undo} if undo else str(words), tone)  # type: ignore[arg-type]
