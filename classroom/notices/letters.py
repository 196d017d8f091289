"""The text of letters: one person's news, where they lead, why they come, and how to stop them."""

from collections.abc import Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from classroom.core import links, signed
from classroom.core.i18n import LazyString, _, _l, _n, in_full
from classroom.core.mail import Letter
from classroom.notices.models import Group, Notice, NoticeKind
from classroom.notices.rules import GROUP_OF
from classroom.notices.wording import Words, words_of

STOP = "stop-mail"  # what the token in a letter is good for
DAILY = "daily"  # the same in a daily letter: everything that comes daily
GROUPS: dict[Group, LazyString] = {
    Group.ASKED: _l("What you are asked to do"),
    Group.SOON: _l("Reminders before a date"),
    Group.CAME_BACK: _l("What came back to you, or was removed"),
    Group.TALK: _l("Comments, replies and decisions about yours"),
    Group.CELEBRATED: _l("Great comments"),
    Group.FOLLOWED: _l("What you follow"),
    Group.RECEIPTS: _l("Receipts of your posts"),
}


def single(notice: Notice) -> Letter:
    """One piece of news, with one link that leads to the exact thing after signing in."""
    words, group = words_of(notice), GROUP_OF[notice.kind]
    text = _(
        "Hello %(name)s,\n\n%(title)s.\n%(line)s\n\n%(link)s\n",
        name=notice.person.friendly,
        title=words.title,
        line="\n".join(line for line in (words.line, _receipt(notice)) if line),
        link=_link(notice, words),
    )
    why = _(
        "You get this letter because “%(kind)s” comes to you at once.",
        kind=GROUPS.get(group or Group.ASKED),
    )
    return _with_foot(notice, words.title, text, why, group.value if group else DAILY)


def daily(notices: Sequence[Notice]) -> Letter:
    """What is new since the last one, course by course."""
    parts = [_("Hello %(name)s,", name=notices[0].person.friendly)]
    for title, told in groupby(notices, key=lambda one: one.course.title):
        parts.append(title)
        parts += [_entry(one) for one in told]
    subject = _n("%(num)s piece of news for you", "%(num)s pieces of news for you", len(notices))
    why = _("You get this letter once a day, and only when there is something that you have not seen.")
    return _with_foot(notices[0], subject, "\n\n".join(parts) + "\n", why, DAILY)


def _entry(notice: Notice) -> str:
    words = words_of(notice)
    lines = (f"- {words.title}", words.line, _link(notice, words))
    return "\n  ".join(line for line in lines if line)


def _link(notice: Notice, words: Words) -> str:
    """To the exact thing: a place within a page would be lost on the way through the sign-in page."""
    path, _mark, place = words.path.partition("#")
    comment = notice.details.get("comment")
    return links.absolute(f"/comments/{comment}" if place and comment else path)


def _receipt(notice: Notice) -> str:
    """When a post arrived and what it held, so that the letter proves it."""
    digest = notice.details.get("digest")
    if notice.kind is not NoticeKind.POSTED or not digest:
        return ""
    moment = in_full(notice.created_at, ZoneInfo(notice.course.zone))
    return _("Received: %(moment)s\nFingerprint (SHA-256): %(digest)s", moment=moment, digest=digest)


def _with_foot(first: Notice, subject: str, text: str, why: str, about: str) -> Letter:
    stop = links.absolute(f"/mail/stop/{signed.sign(STOP, first.person.public_id, about)}")
    foot = _(
        "\n-- \n%(why)s\nChoose what comes by mail: %(settings)s\n"
        "Stop these letters, without signing in: %(stop)s\n",
        why=why,
        settings=links.absolute("/settings/mail"),
        stop=stop,
    )
    name = f"<{signed.mark('letter', str(first.id))}@{links.host()}>"
    return Letter(first.person.email, subject, text + foot, message_id=name, stop=stop)
