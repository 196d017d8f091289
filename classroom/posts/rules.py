"""Pure rules of posts: what a project wants of one, when it may still be changed, what it is called."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from classroom.core.errors import ChangedMeanwhile, Refused, RuleBroken
from classroom.core.i18n import LazyString, _, _l
from classroom.core.richtext import MAX_CHARS, excerpt, text_of
from classroom.posts.states import State
from classroom.projects.models import Extension, Project, Wanted
from classroom.projects.rules import Phase, due, is_closed, is_over

MAX_TITLE = 200
MAX_LINK = 2000
MAX_HELP = 1000


MISSING: dict[str, LazyString] = {
    "text": _l("Write your text: this project asks for it."),
    "link": _l("Paste the link to your work: this project asks for it."),
    "files": _l("Add a file: this project asks for one."),
}


@dataclass(frozen=True)
class Typed:
    """What the author typed: the draft's own words, without files."""

    title: str = ""
    text: str = ""
    link: str = ""
    help_wanted: str = ""


class BothTexts(ChangedMeanwhile):
    """Another tab saved another text first; `details` holds `theirs` and `version`."""

    message = _l("This was changed in another tab or on another device. Both texts are kept: choose below.")


class TooLong(RuleBroken):
    """Over the limit of a column; `details['field']` names it."""

    message = _l("That is longer than fits.")


class Incomplete(RuleBroken):
    """Parts that the project asks for are missing; `details['missing']` says which, by field."""

    message = _l("Something is still missing.")


class PostingClosed(RuleBroken):
    """The date is over, and the project takes nothing late."""

    message = _l(
        "Posting has closed for this project. Your draft is kept; ask your instructor if you need more time."
    )


class RevisingClosed(RuleBroken):
    """The same for revisions."""

    message = _l("The time to revise is over. Your post stays as it is, and your draft is kept.")


class NotOpen(Refused):
    """The project has not opened."""

    message = _l("This project has not opened yet. Your draft is kept.")


class WasRemoved(Refused):
    """Staff removed the post; only staff bring it back."""

    message = _l("Your instructor removed this post. Ask them before you post again; your draft is kept.")


def check_length(typed: Typed) -> None:
    """A draft may be anything but longer than what holds it."""
    limits = {"title": MAX_TITLE, "text": MAX_CHARS, "link": MAX_LINK, "help_wanted": MAX_HELP}
    for field, most in limits.items():
        if len(getattr(typed, field)) > most:
            raise TooLong(_("At most %(n)s characters fit here.", n=most), field=field)


def wanted_parts(project: Project, typed: Typed, files: Sequence[str]) -> tuple[Typed, Sequence[str]]:
    """What is typed and carried, without the parts that the project does not take."""
    text = typed.text if project.wants_text is not Wanted.NO else ""
    link = typed.link if project.wants_link is not Wanted.NO else ""
    kept = files if project.wants_files is not Wanted.NO else ()
    return Typed(typed.title, text, link, typed.help_wanted), kept


def check_complete(project: Project, typed: Typed, files: int) -> None:
    """Raise `Incomplete` with a sentence for each part that is missing."""
    wanted = {"text": project.wants_text, "link": project.wants_link, "files": project.wants_files}
    there = {"text": bool(typed.text.strip()), "link": bool(typed.link), "files": files > 0}
    missing = {
        field: MISSING[field] for field in wanted if wanted[field] is Wanted.REQUIRED and not there[field]
    }
    if not missing and not any(there.values()):
        first = next((field for field in wanted if wanted[field] is not Wanted.NO), "text")
        missing[first] = _l("There is nothing to post yet: add something of your work.")
    if missing:
        raise Incomplete(missing=missing)


def check_in_time(
    project: Project, at: datetime, extension: Extension | None, *, posted_before: bool
) -> bool:
    """Is it late? Raise if the project takes nothing late."""
    phase = Phase.REVISE if posted_before else Phase.POST
    # Until the date for posting is over, a post may be changed whatever the date for revising says.
    if (
        posted_before
        and due(project, Phase.POST, extension)
        and not is_over(project, Phase.POST, at, extension)
    ):
        return False
    if is_closed(project, phase, at, extension):
        raise RevisingClosed if posted_before else PostingClosed
    return is_over(project, phase, at, extension)


@dataclass(frozen=True)
class Deadline:
    """The date that matters to an author now. `moved_from` is the project's own where theirs is another."""

    phase: Phase
    moment: datetime
    moved_from: datetime | None
    over: bool
    closed: bool

    def soon(self, at: datetime) -> bool:
        return not self.over and self.moment - at < timedelta(hours=24)


def deadline_of(
    project: Project, at: datetime, extension: Extension | None, *, posted_before: bool
) -> Deadline | None:
    """The date for posting until it is over, then the one for revising for who has posted."""
    phase = Phase.POST
    if posted_before and (due(project, phase, extension) is None or is_over(project, phase, at, extension)):
        phase = Phase.REVISE
    moment, base = due(project, phase, extension), due(project, phase)
    if moment is None:
        return None
    return Deadline(
        phase=phase,
        moment=moment,
        moved_from=base if base != moment else None,
        over=is_over(project, phase, at, extension),
        closed=is_closed(project, phase, at, extension),
    )


def check_not_removed(state: State) -> None:
    if state is State.REMOVED:
        raise WasRemoved


class BadLink(RuleBroken):
    """Not an address of a page."""

    message = _l("That is not the address of a page. It looks like https://example.org/my-page.")


def clean_link(typed: str) -> str:
    """The link as an http(s) address, or empty; `BadLink` for anything else."""
    link = typed.strip()
    if not link:
        return ""
    if not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?!\d)", link):
        link = "https://" + link.removeprefix("//")
    try:
        parts = urlsplit(link)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise BadLink from error
    if parts.scheme.lower() not in {"http", "https"} or not host or re.search(r"[\s\x00-\x1f<>\"\\]", link):
        raise BadLink
    if "@" in parts.netloc:
        raise BadLink(_("Leave the name and password out of the address: classmates would see them."))
    if "." not in host and host != "localhost" and ":" not in host:
        raise BadLink
    return link


def link_host(link: str) -> str:
    """The host of a link, for people."""
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def title_of(typed: Typed, plain: str) -> str:
    """The title as typed, else the first line of the text, else the link's host."""
    first = next((line for line in plain.splitlines() if line.strip()), "")
    return typed.title or excerpt(first, 80) or link_host(typed.link) or _("Untitled work")


def below_title(title: str, html: str) -> str:
    """The text without a first heading that only says the title again; never nothing."""
    first = re.match(r"\s*<(h[1-6])\b[^>]*>.*?</\1>\s*", html, re.DOTALL)
    if first is None or text_of(first[0]) != title or not html[first.end() :].strip():
        return html
    return html[first.end() :]


def digest_of(title: str, typed: Typed, hashes: Sequence[str]) -> str:
    """SHA-256 over everything that was published, files by their own hashes."""
    content = {"title": title, "text": typed.text, "link": typed.link, "help": typed.help_wanted}
    told = json.dumps({**content, "files": list(hashes)}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def names_in(text: str, names: Sequence[str]) -> list[str]:
    """Which of someone's names stand in their own text. One word must be written as a name: not "will"."""
    found = []
    for name in dict.fromkeys(name.strip() for name in names):
        flags = re.IGNORECASE if " " in name else 0
        if len(name) > 2 and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, flags):
            found.append(name)
    return found
