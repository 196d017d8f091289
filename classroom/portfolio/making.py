"""A portfolio: comments that their writer chose, without anybody else in them, as Markdown or for a page."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from classroom.access import Actor
from classroom.core import richtext
from classroom.core.i18n import _
from classroom.courses.models import Course
from classroom.portfolio import queries
from classroom.portfolio.names import Others, others, without_names
from classroom.portfolio.queries import MyComment
from classroom.portfolio.quotes import Work, without_quotes
from classroom.portfolio.rules import Led

MOST = 60  # comments in one portfolio
FIRST = 12  # that are suggested


@dataclass(frozen=True)
class Piece:
    """One comment as it goes along: own words only. `month`: no day, which others could link."""

    id: str
    project: str
    month: datetime
    on_passage: bool
    text: str
    html: str
    thanked: bool
    acted: bool
    great: bool


@dataclass(frozen=True)
class Portfolio:
    """What is taken along. `by` is empty where the writer takes it without their name."""

    course: str
    by: str
    pieces: Sequence[Piece]


def suggested(mine: Sequence[MyComment]) -> set[str]:
    """What led to something; where nothing did, the newest ones that count."""
    led = [one for one in mine if any(one.led_to(kind) for kind in Led if kind is not Led.ALL)]
    return {one.id for one in (led or [one for one in mine if one.counts])[:FIRST]}


def portfolio(
    actor: Actor, course: Course, mine: Sequence[MyComment], chosen: Collection[str], *, named: bool
) -> Portfolio:
    """Of one's own visible comments those that are chosen, in the order of time; two statements."""
    taken = [one for one in reversed(mine) if one.shown and one.id in chosen][:MOST]
    works = queries.works_under(actor, [one.key for one in taken])
    student, staff = _("a classmate"), _("my instructor")
    of = others(queries.names_besides(actor, course, student=student, staff=staff))
    pieces = [_piece(one, works.get(one.key, ""), of) for one in taken]
    return Portfolio(course.title, actor.name if named else "", pieces)


def _piece(one: MyComment, work: str, of: Others) -> Piece:
    text = own_words(one.body, work, of)
    return Piece(
        id=one.id,
        project=one.project,
        month=one.posted_at,
        on_passage=one.quote is not None,
        text=text,
        html=richtext.render(text),
        thanked=bool(one.thanks),
        acted=one.acted_revision is not None,
        great=one.great,
    )


def own_words(body: str, work: str, of: Others) -> str:
    """First what is the work's goes, then names and addresses."""
    kept = without_quotes(body, Work(work))
    return without_names(kept, of, somebody=_("a classmate"), address=_("[address]"))


def led_words(piece: Piece) -> list[str]:
    """What a piece led to, without by whom."""
    said = [
        (piece.great, _("celebrated as a great comment")),
        (piece.acted, _("acted on")),
        (piece.thanked, _("thanked for")),
    ]
    return [words for there, words in said if there]


def markdown(made: Portfolio, month_of: dict[str, str]) -> str:
    """The same as Markdown; headings within comments are pushed down, so that they stay in their place."""
    title = _("Comments I wrote in %(course)s", course=made.course)
    parts = [f"# {_flat(title)}"]
    parts += [made.by] if made.by else []
    for piece in made.pieces:
        told = "; ".join([month_of[piece.id], *led_words(piece)])
        about = _("On a passage of a classmate's work.") if piece.on_passage else ""
        parts += [f"## {_flat(piece.project)}", f"*{told}*", *([about] if about else []), _lower(piece.text)]
    return "\n\n".join([*parts, f"*{left_out()}*"]) + "\n"


def left_out() -> str:
    """The last line of every portfolio."""
    return _("Names of others, and quotations of their work, are left out.")


def _flat(text: str) -> str:
    return " ".join(text.split())


def _lower(text: str) -> str:
    return re.sub(r"^(#{1,4})(?= )", r"##\1", text, flags=re.MULTILINE)
