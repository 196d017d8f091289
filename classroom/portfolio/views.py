"""My comments: what they led to, which moves they make, how they grew; and the portfolio to take along."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from classroom.access import Actor, allow
from classroom.celebrations.rules import move_words
from classroom.celebrations.rules_nominations import week_of
from classroom.comments.reasons import WORDS
from classroom.core.i18n import _
from classroom.core.paging import page_of
from classroom.core.serving import serving_headers
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.helpfulness.queries import told_of
from classroom.portfolio import drawing, making, queries, rules
from classroom.portfolio.making import Portfolio
from classroom.portfolio.queries import MyComment
from classroom.portfolio.rules import Led
from classroom.web.numbers import whole
from classroom.web.templating import frame, zone_here

bp = Blueprint("portfolio", __name__)
WEEKS = "weeks"


@bp.get("/courses/<course_id>/my-comments")
@allow("my_comments:see", course_for)
def mine(actor: Actor, course: Course) -> ResponseReturnValue:
    found = queries.my_comments(actor, course)
    led = Led(request.args["led"]) if request.args.get("led") in set(Led) else Led.ALL
    shown = [rules.Mine(one.project, one.posted_at, one.moves) for one in found if one.shown]
    by_week = request.args.get("by") == WEEKS
    steps = rules.steps(shown, _week(course) if by_week else lambda one: one.project)
    chosen = [one for one in found if one.led_to(led)]
    told = told_of(actor.person_id, [course.id])[course.id]
    return render_template(
        "portfolio/mine.html",
        course=course,
        total=len(shown),
        any=bool(found),
        chips=_chips(course, found, led),
        paging=page_of(chosen, request.args.get("page", 1, type=whole)),
        told=[(str(WORDS[kind]), count) for kind, count in told.items()],
        moves=[(move_words(move), count) for move, count in rules.counted(shown).items()],
        steps=steps,
        most=max((step.each for step in steps), default=0),
        grown=[move_words(move) for move in rules.grown(steps)],
        tabs=_tabs(course, by_week=by_week),
    )


def _week(course: Course) -> Callable[[rules.Mine], str]:
    zone = ZoneInfo(course.zone)
    return lambda one: _(
        "week of %(day)s", day=format_date(week_of(one.posted_at, zone)[0].date(), "d MMMM y")
    )


def _chips(course: Course, found: list[MyComment], led: Led) -> list[dict[str, object]]:
    words = {
        Led.ALL: (_("All"), ""),
        Led.THANKED: (_("Thanked for"), "leaf"),
        Led.ACTED: (_("Acted on"), "leaf"),
        Led.GREAT: (_("Celebrated"), "gold"),
    }
    return [
        {
            "label": label,
            "count": sum(one.led_to(kind) for one in found),
            "tone": tone,
            "url": url_for(".mine", course_id=course.public_id, led=kind.value or None, _anchor="comments"),
            "current": kind is led,
        }
        for kind, (label, tone) in words.items()
    ]


def _tabs(course: Course, *, by_week: bool) -> list[dict[str, object]]:
    return [
        {
            "label": label,
            "url": url_for(".mine", course_id=course.public_id, by=value, _anchor="growth"),
            "current": by_week == (value is not None),
        }
        for label, value in ((_("By project"), None), (_("By week"), WEEKS))
    ]


@bp.get("/courses/<course_id>/my-comments/portfolio")
@allow("my_comments:see", course_for)
def choose(actor: Actor, course: Course) -> ResponseReturnValue:
    """Which comments go in, and what would be taken along. Nothing is saved: the choice is the address."""
    found = queries.my_comments(actor, course)
    made, chosen = _asked_for(actor, course, found)
    return render_template(
        "portfolio/choose.html",
        course=course,
        offered=[one for one in found if one.shown],
        chosen=chosen,
        made=made,
        months=_months(made),
        led_words=making.led_words,
        named=bool(made.by),
        most=making.MOST,
        downloads={kind: _address(course, made, kind) for kind in (".page", ".text")},
    )


def _asked_for(actor: Actor, course: Course, found: list[MyComment]) -> tuple[Portfolio, set[str]]:
    """What the address says; at first what is suggested, with one's name."""
    asked = "chosen" in request.args
    chosen = set(request.args.getlist("c")) if asked else making.suggested(found)
    named = bool(request.args.get("named")) or not asked
    return making.portfolio(actor, course, found, chosen, named=named), chosen


def _address(course: Course, made: Portfolio, endpoint: str) -> str:
    named = {"named": "1"} if made.by else {}
    chosen = [piece.id for piece in made.pieces]
    return url_for(endpoint, course_id=course.public_id, chosen="1", c=chosen, **named)  # type: ignore[arg-type]


def _months(made: Portfolio) -> dict[str, str]:
    return {
        piece.id: str(format_date(piece.month.astimezone(zone_here()).date(), "MMMM y"))
        for piece in made.pieces
    }


@bp.get("/courses/<course_id>/my-comments/portfolio.html")
@allow("my_comments:see", course_for)
def page(actor: Actor, course: Course) -> ResponseReturnValue:
    """One page that needs nothing else, to keep or to print."""
    made, _chosen = _asked_for(actor, course, queries.my_comments(actor, course))
    around = frame()
    written = drawing.page(made, _months(made), lang=around.lang, direction=around.dir)
    headers = serving_headers("text/html; charset=utf-8", "portfolio.html", inline=False)
    return Response(written, headers=headers)


@bp.get("/courses/<course_id>/my-comments/portfolio.md")
@allow("my_comments:see", course_for)
def text(actor: Actor, course: Course) -> ResponseReturnValue:
    """The same as Markdown."""
    made, _chosen = _asked_for(actor, course, queries.my_comments(actor, course))
    headers = serving_headers("text/markdown; charset=utf-8", "portfolio.md", inline=False)
    return Response(making.markdown(made, _months(made)), headers=headers)
