"""What every template may use: assets, times as people say them, and the page's frame."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, request, session, url_for
from flask_babel import format_date, format_time, format_timedelta, get_locale
from markupsafe import Markup

from classroom.access import Actor, current_actor
from classroom.core.clock import now
from classroom.core.i18n import _, in_full
from classroom.web.compiled import CompiledTemplates
from classroom.web.forms import PlainForm
from classroom.web.sign_in import seen_now

# Pages that stand under another page's link: a post is a part of its project.
BELONGS = dict.fromkeys(("posts", "comments", "participation", "calibration"), "projects") | {
    "matrix": "courses"
}


@dataclass(frozen=True)
class NavItem:
    """One link of the course's navigation; `count` is shown when it is not zero."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class PageCourse:
    """What the frame of a page says of its course."""

    title: str
    public_id: str
    role: str
    zone: str
    over: bool = False


@dataclass
class PageFrame:
    """Everything around a page's own content; `layout/base.html` reads it."""

    actor: Actor | None = None
    course: PageCourse | None = None
    seen_as: str = ""  # the name of the student through whose eyes staff look
    nav: list[NavItem] = field(default_factory=list)
    demo: bool = False
    theme: str = "auto"
    keys: bool = True
    lang: str = "en"
    dir: str = "ltr"
    home_url: str = "/"
    account_url: str = "/settings"
    sign_in_url: str = "/sign-in"


def init_app(app: Flask, course_frame: Callable[[Actor, int], Any]) -> None:
    """`course_frame(actor, course_id)` tells title, public_id, role, zone and links of a course."""
    app.extensions["classroom.course_frame"] = course_frame
    app.jinja_env.filters.update(when=when, clock=clock_time, day=day, soon=soon)
    app.jinja_env.filters.update(relative=relative, span=span, alone=alone)
    app.jinja_env.globals.update(asset=asset, now=now, csrf_token=csrf_token)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.bytecode_cache = CompiledTemplates(Path(app.root_path) / "templates")
    app.context_processor(lambda: {"page": frame(), "page_has_errors": g.get("page_has_errors", False)})


def csrf_token() -> str:
    """The token for buttons that belong to no form of their own; made once a page."""
    if "csrf_token" not in g:
        g.csrf_token = PlainForm().csrf_token.current_token
    return str(g.csrf_token)


def frame() -> PageFrame:
    """The frame of this request's page; made once, when the template first asks."""
    if "frame" not in g:
        locale = get_locale()
        g.frame = PageFrame(
            actor=_actor_or_none(),
            seen_as=seen.name if (seen := seen_now()) else "",
            demo=bool(current_app.config.get("DEMO")),
            theme=session.get("theme", "auto"),
            keys=session.get("keys", True),
            lang=str(locale).replace("_", "-") if locale else "en",
            dir="rtl" if locale and locale.text_direction == "rtl" else "ltr",
        )
        _add_course(g.frame)
    return g.frame  # type: ignore[no-any-return]


def _actor_or_none() -> Actor | None:
    try:
        return current_actor()
    except Exception:
        return None


def in_course(course_id: int) -> None:
    """The page belongs to this course; the guard calls it for every row that knows its course."""
    g.course_id = course_id
    g.pop("frame", None)


def as_nobody(title: str, public_id: str, zone: str) -> None:
    """The page is made as for nobody, in the frame of a course: it does not say whose browser this is."""
    course = PageCourse(title, public_id, "", zone)
    g.frame = replace(frame(), actor=None, seen_as="", course=course, nav=[])


def _add_course(shown: PageFrame) -> None:
    course_id = g.get("course_id")
    if shown.actor is None or course_id is None:
        return
    found = current_app.extensions["classroom.course_frame"](shown.actor, course_id)
    if found is None:
        return
    shown.course = PageCourse(found.title, found.public_id, found.role.value, found.zone, found.over)
    shown.nav = [NavItem(_("Home"), url_for("insights.home"), request.endpoint == "insights.home")]
    for label, endpoint, count in found.links:
        here = BELONGS.get(request.blueprint or "", request.blueprint) == endpoint.partition(".")[0]
        shown.nav.append(NavItem(label, url_for(endpoint, course_id=found.public_id), here, count))


@lru_cache(maxsize=256)
def _address(name: str, path: str, _changed: int, _root: str) -> str:
    return url_for("static", filename=name, v=hashlib.sha256(Path(path).read_bytes()).hexdigest()[:10])


def asset(name: str) -> str:
    """The URL of a static file with the hash of its content: it may be cached for ever."""
    path = f"{current_app.static_folder}/{name}"
    return _address(name, path, os.stat(path).st_mtime_ns, request.script_root)


def zone_here() -> ZoneInfo:
    """The zone that this page speaks in: the course's, else the person's."""
    shown = frame()
    return ZoneInfo(shown.course.zone if shown.course else shown.actor.zone if shown.actor else "UTC")


def relative(moment: datetime) -> str:
    """'in 3 hours', '2 days ago'."""
    return str(format_timedelta(moment - now(), add_direction=True, threshold=1.2))


def span(length: timedelta) -> str:
    """'5 hours': how long something takes."""
    return str(format_timedelta(length, threshold=1.2))


def clock_time(moment: datetime) -> str:
    """'14:02' in the page's zone."""
    return str(format_time(moment.astimezone(zone_here()), "HH:mm", rebase=False))


def day(moment: datetime) -> str:
    """'today', 'yesterday', 'tomorrow', 'Friday' within six days, else 'Friday 27 November'."""
    local, today = moment.astimezone(zone_here()).date(), now().astimezone(zone_here()).date()
    near: dict[int, Callable[[], str]] = {
        0: lambda: _("today"),
        1: lambda: _("tomorrow"),
        -1: lambda: _("yesterday"),
    }
    distance = (local - today).days
    if distance in near:
        return near[distance]()
    pattern = "EEEE d MMMM" if local.year == today.year else "d MMMM y"
    return str(format_date(local, pattern))


def when(moment: datetime | None, style: str = "both") -> Markup:
    """A <time>. `both`: 'today 22:00 Berlin, in 3 hours'; `absolute` or `relative`: one half of it."""
    if moment is None:
        return Markup("")
    zone = zone_here()
    city = zone.key.rsplit("/", 1)[-1].replace("_", " ")
    absolute = f"{day(moment)} {clock_time(moment)} {city}"
    full = in_full(moment, zone)
    text = {"absolute": absolute, "relative": relative(moment)}.get(style, f"{absolute}, {relative(moment)}")
    return Markup('<time datetime="{iso}" title="{full}" data-relative="{style}">{text}</time>').format(
        iso=moment.isoformat(timespec="minutes"), full=full, style=style, text=text
    )


def alone(words: str) -> Markup:
    """A name in any script, kept from turning the words and numbers around it."""
    return Markup("<bdi>{words}</bdi>").format(words=words)


def soon(moment: datetime | None) -> bool:
    """Is it due within a day?"""
    return moment is not None and moment - now() < timedelta(hours=24)
