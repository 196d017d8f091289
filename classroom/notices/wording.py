"""The words of a notice, made when it is shown or sent: a title, a line, and where it leads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from classroom.calibration.models import Reaction
from classroom.calibration.wording import TOLD
from classroom.core.i18n import _, _n, in_full
from classroom.notices.models import Notice, NoticeKind

Details = dict[str, Any]
SHORT = 200  # letters of an announcement in a list


@dataclass(frozen=True)
class Words:
    """What one notice says; `path` is on this site."""

    title: str
    line: str
    path: str
    tone: str = ""


def words_of(notice: Notice) -> Words:
    """The notice in the reader's language."""
    return _WORDS[notice.kind](notice.details)


def _comment_path(d: Details) -> str:
    return f"/posts/{d['post']}#c-{d['comment']}"


def _project_opened(d: Details) -> Words:
    return Words(
        _("“%(project)s” is open", project=d["project_title"]),
        _("Read the brief and begin."),
        f"/projects/{d['project']}",
    )


def _asked(d: Details) -> Words:
    return Words(
        _("Could you comment on one more post?") if d.get("one_more") else _("A post waits for your comment"),
        _("“%(title)s”, in “%(project)s”", title=d["title"], project=d["project_title"]),
        f"/posts/{d['post']}",
    )


def _received(d: Details) -> Words:
    return Words(
        _("A new comment on “%(title)s”", title=d["title"]),
        _("In “%(project)s”", project=d["project_title"]),
        _comment_path(d),
        "leaf",
    )


def _held(d: Details) -> Words:
    return Words(
        _("Your comment waits for a person"),
        _("It counts meanwhile. You can rewrite it, or leave it to them."),
        _comment_path(d),
        "clay",
    )


def _returned(d: Details) -> Words:
    return Words(_("A comment came back to you"), d.get("note", ""), _comment_path(d), "clay")


def _approved(d: Details) -> Words:
    return Words(
        _("Your comment is visible now"),
        _("A person has read it and found it fine."),
        _comment_path(d),
        "leaf",
    )


def _removed(d: Details) -> Words:
    line = d.get("note") or _("You can read why in its record.")
    return Words(_("A comment of yours was removed"), line, f"/moderation/comment/{d['comment']}", "clay")


def _restored(d: Details) -> Words:
    return Words(_("A comment of yours is back"), _("It is visible again."), _comment_path(d), "leaf")


def _not_counted(d: Details) -> Words:
    return Words(
        _("A comment does not count yet"), d.get("note") or _("You may improve it."), _comment_path(d), "clay"
    )


def _counted(d: Details) -> Words:
    return Words(_("Your comment counts"), _("A person agreed with you."), _comment_path(d), "leaf")


def _highlight_writer(d: Details) -> Words:
    return Words(_("Your comment was celebrated"), d.get("why", ""), _comment_path(d), "gold")


def _highlight_receiver(d: Details) -> Words:
    return Words(
        _("You got a great comment"), _("On “%(title)s”", title=d["title"]), _comment_path(d), "gold"
    )


def _posted(d: Details) -> Words:
    return Words(
        _("“%(title)s” is posted", title=d["title"]),
        _(
            "Revision %(n)s in “%(project)s”. The receipt says what happens next.",
            n=d["revision"],
            project=d["project_title"],
        ),
        f"/posts/{d['post']}/receipt",
        "leaf",
    )


def _replied(d: Details) -> Words:
    return Words(_("Someone answered under “%(title)s”", title=d["title"]), "", _comment_path(d))


def _undone(d: Details) -> Words:
    return Words(
        _("What you were told about a comment of yours was undone"),
        _("It stands as it did before. You need not do anything."),
        _comment_path(d),
    )


def _reminded(d: Details) -> Words:
    line = still_open(d["owes_post"], d["owes_comments"])
    if d.get("text"):
        line = _("Your instructors write: “%(text)s” %(open)s", text=d["text"], open=line)
    title = _("“%(project)s” waits for you", project=d["project_title"])
    return Words(title, line, f"/projects/{d['project']}")


def still_open(post: bool, comments: int) -> str:
    """What someone still owes, in a sentence."""
    count = _n("%(num)s comment", "%(num)s comments", comments)
    if post and comments:
        return _("Still open: your post, and %(comments)s.", comments=count)
    return _("Still open: your post.") if post else _("Still open: %(comments)s.", comments=count)


def _due(d: Details) -> str:
    moment = in_full(datetime.fromisoformat(d["due"]), ZoneInfo(d["zone"]))
    return _("Your own date: %(due)s", due=moment) if d.get("own_date") else _("By %(due)s", due=moment)


def _post_soon(d: Details) -> Words:
    title = _("“%(project)s” still waits for your post", project=d["project_title"])
    return Words(title, _due(d), f"/projects/{d['project']}/post", "clay")


def _comment_soon(d: Details) -> Words:
    title = _n(
        "%(num)s comment is still yours to write in “%(project)s”",
        "%(num)s comments are still yours to write in “%(project)s”",
        d["left"],
        project=d["project_title"],
    )
    return Words(title, _due(d), f"/projects/{d['project']}/next", "clay")


def _more_time(d: Details) -> Words:
    title = _("You have more time for “%(project)s”", project=d["project_title"])
    words = {"post_by": _("to post"), "comment_by": _("to comment"), "revise_by": _("to revise")}
    zone = ZoneInfo(d["zone"])
    lines = [
        _("%(what)s: %(until)s", what=words[phase], until=in_full(datetime.fromisoformat(date), zone))
        for phase, date in d["dates"].items()
    ]
    return Words(title, "; ".join(lines), f"/projects/{d['project']}", "leaf")


def _seen_otherwise(d: Details) -> Words:
    title = _("Your instructor answered what you said about “%(title)s”", title=d["title"])
    line = str(TOLD[Reaction(d["reaction"])])
    path = f"/samples/{d['sample']}#on-{d['criterion']}"
    return Words(title, f"{line} {d['note']}".strip(), path, "leaf" if d["reaction"] == "agreed" else "")


def _help_path(d: Details) -> str:
    anchor = f"#a-{d['answer']}" if d.get("answer") else ""
    return f"/help-requests/{d['help']}{anchor}"


def _help_answered(d: Details) -> Words:
    title = _("Somebody answers you") if d["mine"] else _("Somebody added to a request that you answered")
    return Words(title, d["title"], _help_path(d), "leaf")


def _help_helped(d: Details) -> Words:
    return Words(_("Your answer helped"), d["title"], _help_path(d), "leaf")


def _help_shown(d: Details) -> Words:
    title = _("Your answer is visible now") if d.get("answer") else _("Your request for help is visible now")
    return Words(title, d.get("note") or d["title"], _help_path(d), "leaf")


def _help_back(d: Details) -> Words:
    """A request, or an answer to one, was returned or removed."""
    answer = d.get("answer")
    if d["state"] != "removed":
        title = _("An answer came back to you") if answer else _("A request came back to you")
        return Words(title, d.get("note", ""), _help_path(d), "clay")
    title = _("An answer of yours was removed") if answer else _("A request of yours was removed")
    kind, row = ("help_answer", answer) if answer else ("help", d["help"])
    line = d.get("note") or _("You can read why in its record.")
    return Words(title, line, f"/moderation/{kind}/{row}", "clay")


def _announced(d: Details) -> Words:
    text = " ".join(d["text"].split())
    line = text if len(text) <= SHORT else f"{text[:SHORT].rsplit(' ', 1)[0]} …"
    return Words(d["title"], line, f"/announcements/{d['announcement']}", "sky")


def _followed_post(d: Details) -> Words:
    line = _("“%(title)s”, in “%(project)s”", title=d["title"], project=d["project_title"])
    return Words(_("A new post in what you follow"), line, f"/posts/{d['post']}")


def _followed_talk(d: Details) -> Words:
    return Words(_("A new comment on “%(title)s”, which you follow", title=d["title"]), "", _comment_path(d))


def _too_far_said(d: Details) -> Words:
    """No name: it may be read over a shoulder."""
    return Words(_("A student told you something in confidence"), "", f"/too-far/{d['report']}")


def _too_far_answered(d: Details) -> Words:
    return Words(_("Your instructors answered you in confidence"), "", f"/too-far/{d['report']}", "leaf")


def _advice_answered(d: Details) -> Words:
    """Kindly: what is not followed was read and thought about, and says why."""
    names = {"title": d["title"], "n": d["revision"], "project": d["project_title"]}
    if d["outcome"] == "taken_up":
        title = _("Your advice on “%(title)s” was taken up", **names)
        line = d["note"] or _("Revision %(n)s in “%(project)s” follows it.", **names)
    elif d["outcome"] == "partly":
        title = _("A part of your advice on “%(title)s” was taken up", **names)
        line = (
            _("Partly, because: %(reason)s", reason=d["note"]) if d["note"] else _("The rest not this time.")
        )
    else:
        title = _("Your comment on “%(title)s” was thought about", **names)
        line = _("Not this time, because: %(reason)s", reason=d["note"]) if d["note"] else _("Not this time.")
    return Words(title, line, _comment_path(d), "leaf" if d["outcome"] == "taken_up" else "")


def _plan_replied(d: Details) -> Words:
    title = _("Your instructor answered your plan for “%(title)s”", title=d["title"])
    return Words(title, _("Have a look before you revise."), f"/posts/{d['post']}/plan#replies")


def _board_opened(d: Details) -> Words:
    """Never how many have written, nor what."""
    line = _("Write what you think. Nobody sees a note before all appear at once.")
    return Words(_("A board is open: “%(title)s”", title=d["title"]), line, f"/boards/{d['board']}")


def _board_revealed(d: Details) -> Words:
    title = _("The wall is open: “%(title)s”", title=d["title"])
    return Words(title, _("See what your class has written."), f"/boards/{d['board']}", "leaf")


_WORDS: dict[NoticeKind, Callable[[Details], Words]] = {
    NoticeKind.PROJECT_OPENED: _project_opened,
    NoticeKind.ASKED_TO_COMMENT: _asked,
    NoticeKind.COMMENT_RECEIVED: _received,
    NoticeKind.HELD: _held,
    NoticeKind.RETURNED: _returned,
    NoticeKind.APPROVED: _approved,
    NoticeKind.REMOVED: _removed,
    NoticeKind.RESTORED: _restored,
    NoticeKind.NOT_COUNTED: _not_counted,
    NoticeKind.COUNTED: _counted,
    NoticeKind.HIGHLIGHT_WRITER: _highlight_writer,
    NoticeKind.HIGHLIGHT_RECEIVER: _highlight_receiver,
    NoticeKind.POSTED: _posted,
    NoticeKind.REPLIED: _replied,
    NoticeKind.UNDONE: _undone,
    NoticeKind.REMINDED: _reminded,
    NoticeKind.POST_SOON: _post_soon,
    NoticeKind.COMMENT_SOON: _comment_soon,
    NoticeKind.MORE_TIME: _more_time,
    NoticeKind.SEEN_OTHERWISE: _seen_otherwise,
    NoticeKind.TOO_FAR_SAID: _too_far_said,
    NoticeKind.TOO_FAR_ANSWERED: _too_far_answered,
    NoticeKind.ADVICE_ANSWERED: _advice_answered,
    NoticeKind.PLAN_REPLIED: _plan_replied,
    NoticeKind.HELP_ANSWERED: _help_answered,
    NoticeKind.HELP_HELPED: _help_helped,
    NoticeKind.HELP_SHOWN: _help_shown,
    NoticeKind.HELP_BACK: _help_back,
    NoticeKind.ANNOUNCED: _announced,
    NoticeKind.FOLLOWED_POST: _followed_post,
    NoticeKind.FOLLOWED_TALK: _followed_talk,
    NoticeKind.BOARD_OPENED: _board_opened,
    NoticeKind.BOARD_REVEALED: _board_revealed,
}
