"""What an act on many students would do, before it is confirmed; nothing is written by looking."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import Field

from classroom.core.ids import digest
from classroom.web.forms import BaseForm, PlainForm
from classroom.web.saying import say

Lines = list[tuple[str, str]]
MOST_LINES = 50


@dataclass(frozen=True)
class Part:
    """One group of a preview: what happens to these, with a line for each.

    `acts` if it is the act itself; `aside` for those who stay as they are.
    """

    title: str
    lines: Lines
    tone: str = ""
    acts: bool = False
    aside: bool = False

    @property
    def more(self) -> int:
        return max(0, len(self.lines) - MOST_LINES)

    @property
    def shown(self) -> Lines:
        return self.lines[:MOST_LINES]


@dataclass(frozen=True)
class Act:
    """Where the form leads, what its button says, which fields travel along, and where one goes back to.

    `fields` of `form` may still be changed before the press; they are no part of what is sealed.
    """

    url: str
    press: str
    back: str
    kept: Collection[tuple[str, str]] = ()
    form: BaseForm | None = None
    fields: Collection[Field] = ()


def seal(*parts: object) -> str:
    """What was looked over, in short: if it is another when it is confirmed, one looks again."""
    return digest(repr(parts))[:24]


def confirming(key: str) -> bool:
    """The press that writes, of someone who looked at just this."""
    return request.form.get("confirmed") == key


def pressed() -> bool:
    """Something was confirmed, perhaps another state of things."""
    return "confirmed" in request.form


def preview(
    title: str, lead: str, parts: Iterable[Part], act: Act, key: str, notes: Collection[str] = ()
) -> ResponseReturnValue:
    """The page that says what would happen; 409 when it is not what was confirmed any more, 422 when what was
    typed beside it does not do."""
    wrong = act.form is not None and act.form.has_errors
    shown = [part for part in parts if part.lines]
    page = render_template(
        "layout/act.html",
        title=title,
        lead=lead,
        parts=shown,
        acts=any(part.acts for part in shown),
        act=act,
        kept=[*act.kept, ("confirmed", key)],
        notes=notes,
        changed=pressed() and not wrong,
        plain=act.form or PlainForm(),
    )
    return page, 422 if wrong else 409 if pressed() else 200


def back_with(words: str, back: str, tone: str = "good", *, undo: str | None = None) -> ResponseReturnValue:
    say(words, tone, undo=undo)
    return redirect(back, 303)
