"""The text of letters: one person's news, where they lead, why they come, and how to stop them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from classroom.core import links, signed
from classroom.core.i18n import LazyString, _, _l, _n, in_full
from classroom.core.mail import Letter
from classroom.core.mail_page import Entry, Part, page
from classroom.notices.models import Group, Notice, NoticeKind
from classroom.notices.rules import GROUP_OF
from classroom.notices.wording import Words, words_of

STOP = "stop-mail"  # what the token in a letter is good for
DAILY = "daily"  # the same in a daily letter: everything that comes daily
GROUPS: dict[Group, LazyString] = {
    Group.ASKED: _l("What you are asked to do"),
    Group.SOON: _l("Reminders before a date"),
    Group.CAME_BACK: _l("What came back to you, or was removed"),
    Group.HELP: _l("Answers to what you asked"),
    Group.TALK: _l("Comments, replies and decisions about yours"),
    Group.CELEBRATED: _l("Great comments"),
    Group.SAID: _l("What your instructor tells you"),
    Group.FOLLOWED: _l("What you follow"),
    Group.BOARDS: _l("Boards of your course"),
    Group.RECEIPTS: _l("Receipts of your posts"),
}


@dataclass(frozen=True)
class Beside:
    """What a letter of several news tells beside them: what is owed, one great comment, one open request."""

    owed: Sequence[Entry] = ()
    great: Entry | None = None
    request: Entry | None = None

    def parts(self) -> list[Part]:
        shown = (
            (_("Still yours to do"), self.owed),
            (_("A great comment of the week"), [self.great] if self.great else []),
            (_("You could help with this"), [self.request] if self.request else []),
        )
        return [Part(heading, entries) for heading, entries in shown if entries]


def single(notice: Notice) -> Letter:
    """One piece of news, with one link that leads to the exact thing after signing in."""
    words, group = words_of(notice), GROUP_OF[notice.kind]
    line, link = (
        "\n".join(line for line in (_whole(notice, words), _receipt(notice)) if line),
        _link(notice, words),
    )
    text = _(
        "Hello %(name)s,\n\n%(title)s.\n%(line)s\n\n%(link)s\n",
        name=notice.person.friendly,
        title=words.title,
        line=line,
        link=link,
    )
    why = _(
        "You get this letter because “%(kind)s” comes to you at once.",
        kind=GROUPS.get(group or Group.ASKED),
    )
    parts = [Part("", [Entry(words.title, line, link)])]
    return _with_foot(notice, words.title, text, parts, why, group.value if group else DAILY)


def daily(notices: Sequence[Notice], beside: Beside | None = None) -> Letter:
    """What is new since the last one, course by course; then what is told beside it."""
    parts = [
        Part(title, [_entry(one) for one in told])
        for title, told in groupby(notices, key=lambda one: one.course.title)
    ]
    parts += beside.parts() if beside else []
    text = [_("Hello %(name)s,", name=notices[0].person.friendly)]
    for part in parts:
        text += [part.heading, *map(_plain, part.entries)]
    subject = _n("%(num)s piece of news for you", "%(num)s pieces of news for you", len(notices))
    why = _(
        "You get this letter once a day or a week, and only if there is something that you have not seen."
    )
    return _with_foot(notices[0], subject, "\n\n".join(text) + "\n", parts, why, DAILY)


def _entry(notice: Notice) -> Entry:
    words = words_of(notice)
    return Entry(words.title, words.line, _link(notice, words))


def _plain(entry: Entry) -> str:
    return "\n  ".join(line for line in (f"- {entry.title}", entry.line, entry.url) if line)


def _link(notice: Notice, words: Words) -> str:
    """To the exact thing: a place within a page would be lost on the way through the sign-in page."""
    path, _mark, place = words.path.partition("#")
    comment = notice.details.get("comment")
    return links.absolute(f"/comments/{comment}" if place and comment else path)


def _whole(notice: Notice, words: Words) -> str:
    """An announcement is read in the letter; lists show its beginning."""
    return str(notice.details["text"]) if notice.kind is NoticeKind.ANNOUNCED else words.line


def _receipt(notice: Notice) -> str:
    """When a post arrived and what it held, so that the letter proves it."""
    digest = notice.details.get("digest")
    if notice.kind is not NoticeKind.POSTED or not digest:
        return ""
    moment = in_full(notice.created_at, ZoneInfo(notice.course.zone))
    return _("Received: %(moment)s\nFingerprint (SHA-256): %(digest)s", moment=moment, digest=digest)


def _with_foot(first: Notice, subject: str, text: str, parts: Sequence[Part], why: str, about: str) -> Letter:
    stop = links.absolute(f"/mail/stop/{signed.sign(STOP, first.person.public_id, about)}")
    settings = links.absolute("/settings/mail")
    foot = _(
        "\n-- \n%(why)s\nChoose what comes by mail: %(settings)s\n"
        "Stop these letters, without signing in: %(stop)s\n",
        why=why,
        settings=settings,
        stop=stop,
    )
    name = f"<{signed.mark('letter', str(first.id))}@{links.host()}>"
    html = page(
        title=subject,
        hello=_("Hello %(name)s,", name=first.person.friendly),
        parts=parts,
        foot=[
            (why, ""),
            (_("Choose what comes by mail"), settings),
            (_("Stop these letters, without signing in"), stop),
        ],
        lang="en",
    )
    return Letter(first.person.email, subject, text + foot, html=html, message_id=name, stop=stop)
