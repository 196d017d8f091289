"""How Today says things: never with blame, always beside the class."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from classroom.core.i18n import _, _n
from classroom.courses.models import Course
from classroom.insights.queries_today import GOOD, Waits, Worth
from classroom.insights.today import Deed, Drift, Line, Mark, Outcome, Round, Sign
from classroom.moderation.models import Reason
from classroom.moderation.rules import reason_words
from classroom.notices.models import TendingKind
from classroom.web.templating import day

SHOWN = 12  # names of a line


@dataclass(frozen=True)
class Told:
    """A line in words, with where its one press leads."""

    title: str
    line: str
    url: str
    press: str
    waits: Waits | None = None
    of: Line | None = None
    names: tuple[str, ...] = ()


def waiting(course: Course, one: Waits) -> Told:
    """One kind of thing that waits, and exactly that list."""
    here: dict[str, Any] = {"course_id": course.public_id}
    if one.kind in set(Reason):
        reason = Reason(one.kind)
        url = url_for("moderation.queue", **here, reason=reason.value)
        return Told(reason_words(reason), _("in the queue"), url, _("Decide"), one)
    title, place, press = {
        "situations": (_("“Would this be okay?”, without a name"), "guidelines.situations", _("Answer")),
        "board_notes": (_("Held notes on boards whose wall is open"), "boards.listing", _("Decide")),
        "help": (_("Asked for help, and not answered"), "help_requests.listing", _("See who asks")),
        "nominations": (_("Found great by students"), "celebrations.nominations", _("Read")),
        "reports": (_("“I went too far”, in confidence"), "guidelines.self_reports", _("Answer")),
    }[one.kind]
    where = {**here, "show": "long"} if one.kind == "help" else here
    return Told(title, "", url_for(place, **where), press, one)


def days(number: int) -> str:
    return _n("%(num)s day", "%(num)s days", number)


def sign(one: Sign, quiet: int) -> str:
    """In a chip."""
    return {
        Sign.NO_POST: _("No post so far"),
        Sign.NO_COMMENT: _("No comment so far"),
        Sign.CAME_BACK: _("Something came back"),
        Sign.QUIET: _n("Quiet for %(num)s day", "Quiet for %(num)s days", quiet),
    }[one]


def line(one: Line, quiet: int) -> Told:
    """What of the class has, and who has not so far."""
    count, title = len(one.people), one.project.title if one.project else ""
    beside = {"done": one.done, "of": one.of}
    said = {
        Sign.NO_POST: _("%(done)s of %(of)s have posted in “%(title)s”", **beside, title=title),
        Sign.NO_COMMENT: _("%(done)s of %(of)s have begun to comment in “%(title)s”", **beside, title=title),
        Sign.CAME_BACK: _n(
            "Something came back to %(num)s of %(of)s in “%(title)s”",
            "Something came back to %(num)s of %(of)s in “%(title)s”",
            count,
            of=one.of,
            title=title,
        ),
        Sign.QUIET: _n(
            "%(done)s of %(of)s were at work, or have nothing open, in the last %(num)s day",
            "%(done)s of %(of)s were at work, or have nothing open, in the last %(num)s days",
            quiet,
            **beside,
        ),
    }[one.sign]
    press = _n("Remind %(num)s…", "Remind %(num)s…", count)
    if one.step.value == "more_time":
        press = _n("More time for %(num)s…", "More time for %(num)s…", count)
    names = tuple(each.member.name for each in one.people[:SHOWN])
    return Told(said, "", "", press, of=one, names=names)


def mark(one: Mark, quiet: int) -> str:
    """One sign of one student."""
    title, work = one.project.title, one.one.work
    if one.sign is Sign.CAME_BACK:
        return _("something came back in “%(title)s”", title=title)
    if one.sign is Sign.QUIET:
        return _n("nothing new for %(num)s day", "nothing new for %(num)s days", quiet)
    if one.sign is Sign.NO_POST:
        if work.post is not None:
            return _("a draft, no post so far in “%(title)s”", title=title)
        return _("no post so far in “%(title)s”", title=title)
    return _("0 of %(num)s comments so far in “%(title)s”", num=work.wanted, title=title)


def outcome(one: Outcome) -> str:
    """What came of it: “posted Wednesday”."""
    if one.at is None:
        return _("nothing new since")
    at = day(one.at)
    return {
        Deed.POSTED: _("posted %(day)s", day=at),
        Deed.COMMENTED: _("commented %(day)s", day=at),
        Deed.REVISED: _("revised %(day)s", day=at),
        Deed.BEGAN: _("began %(day)s", day=at),
    }[one.deed]


def last_done(one: Drift) -> str:
    """“Reminded Tuesday; posted Wednesday”, or nothing where nobody has turned to them."""
    if not one.tended:
        return ""
    return "; ".join((_done(one.tended[0].kind, day(one.tended[0].at)), outcome(one.outcome)))


def _done(kind: TendingKind, at: str) -> str:
    return _("Talked %(day)s", day=at) if kind is TendingKind.TALKED else _("Reminded %(day)s", day=at)


def act(kind: TendingKind, at: Any) -> str:
    return _done(kind, day(at))


def round_title(one: Round) -> str:
    """“Reminded Tuesday: 5 of 7 have gone on since”."""
    first, count = _done(one.first.kind, day(one.first.at)), len(one.rows)
    if count == 1:
        member, came = one.rows[0]
        return _("%(name)s: %(done)s; %(came)s", name=member.name, done=first, came=outcome(came))
    return _("%(done)s: %(moved)s of %(of)s have gone on since", done=first, moved=one.moved, of=count)


def good(course: Course, found: dict[str, int]) -> list[Told]:
    """What went well, each with where it can be seen."""
    here = course.public_id
    n = dict.fromkeys(GOOD, 0) | found
    words = {
        "great": _n("%(num)s comment was celebrated", "%(num)s comments were celebrated", n["great"]),
        "thanks": _n("%(num)s thank-you for a comment", "%(num)s thank-yous for comments", n["thanks"]),
        "acted": _n("%(num)s comment changed a post", "%(num)s comments changed posts", n["acted"]),
        "helped": _n(
            "%(num)s request for help was answered", "%(num)s requests for help were answered", n["helped"]
        ),
        "first": _n(
            "%(num)s student wrote a first comment", "%(num)s students wrote their first comment", n["first"]
        ),
    }
    week = url_for("celebrations.week", course_id=here)
    help_page = url_for("help_requests.listing", course_id=here, show="material")
    return [Told(words[kind], "", help_page if kind == "helped" else week, "") for kind in GOOD if n[kind]]


def why(one: Worth) -> str:
    """Why it is offered to be celebrated."""
    said = (
        (one.thanked, _("its reader said thank you")),
        (one.acted, _("it changed the post")),
        (one.first, _("their first comment here")),
    )
    return ", ".join(words for holds, words in said if holds)


def words_for(sign: Sign | None) -> str:
    """Kind words to begin with; staff change them before they are sent."""
    if sign is Sign.CAME_BACK:
        return _(
            "Something came back to you, with a note that says what to do next. "
            "A small change is often enough, and then it counts. If the note is unclear, ask me."
        )
    if sign is Sign.QUIET:
        return _(
            "I have not heard from you for a while, and I hope that you are well. "
            "Ten minutes are enough to begin again. If something holds you back, tell me, and we find a way."
        )
    if sign is Sign.NO_COMMENT:
        return _(
            "Your first comment need not be perfect: one thing that you noticed, and one question. "
            "If you do not know how to begin, the lesson shows it, and so do I."
        )
    return _(
        "I saw that something is still open for you. What you have so far is enough to begin with. "
        "If something holds you back, tell me, and we find a way."
    )
