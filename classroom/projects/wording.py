"""The words of projects as people read them: names of dates, choices and moves, and who sees which name."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from classroom.core.i18n import LazyString, _, _l
from classroom.projects.models import Anonymity, LatePolicy, PairingPolicy, Wanted
from classroom.projects.setup import Setup, changed

DATE_NAMES: dict[str, LazyString] = {
    "opens_at": _l("Opens"),
    "post_by": _l("Post by"),
    "comment_by": _l("Comment by"),
    "revise_by": _l("Revise by"),
}
PART_NAMES: dict[str, LazyString] = {
    "wants_text": _l("A text"),
    "wants_link": _l("A link to the student's own site"),
    "wants_files": _l("Files"),
}
WANTED_NAMES: list[tuple[str, LazyString]] = [
    (Wanted.REQUIRED.value, _l("Required")),
    (Wanted.OPTIONAL.value, _l("If they like")),
    (Wanted.NO.value, _l("No")),
]
NAMES_SHOWN: list[tuple[str, LazyString]] = [
    (Anonymity.NAMED.value, _l("By name")),
    (Anonymity.PSEUDONYMOUS.value, _l("Under pseudonyms")),
    (Anonymity.ANONYMOUS.value, _l("Without names")),
]
WHO_SEES: dict[str, LazyString] = {
    Anonymity.NAMED.value: _l("Students see one another's names. So do you."),
    Anonymity.PSEUDONYMOUS.value: _l(
        "Students see one another as Teal Heron or Amber Finch, in this project only. You see names."
    ),
    Anonymity.ANONYMOUS.value: _l("Students see “A classmate”. You see names."),
}
WHO_SEES_STUDENTS: dict[str, LazyString] = {
    Anonymity.NAMED.value: _l("Classmates see your name, and you theirs."),
    Anonymity.PSEUDONYMOUS.value: _l(
        "Classmates see you under a pseudonym, which belongs to this project only. "
        "Your instructor sees your name."
    ),
    Anonymity.ANONYMOUS.value: _l("Classmates see “A classmate”. Your instructor sees your name."),
}
PAIRING_NAMES: list[tuple[str, LazyString]] = [
    (PairingPolicy.ASSIGNED.value, _l("Assigned, balanced")),
    (PairingPolicy.OPEN.value, _l("Open choice")),
    (PairingPolicy.EVERYONE.value, _l("Everyone on everyone")),
]
PAIRING_HINTS: dict[str, LazyString] = {
    PairingPolicy.ASSIGNED.value: _l(
        "Each student gets as many posts as you ask for below, and each post as many comments. "
        "Late posts and people who leave are balanced out."
    ),
    PairingPolicy.OPEN.value: _l("Students choose. Posts that have waited longest are offered first."),
    PairingPolicy.EVERYONE.value: _l("Each student comments on every other post. For classes of up to nine."),
}
HINTS = {"hints": PAIRING_HINTS, "who": WHO_SEES}  # what the set-up page says beside its choices
MOVE_NAMES: list[tuple[str, LazyString]] = [
    ("suggestion", _l("A suggestion")),
    ("reason", _l("A reason")),
    ("problem", _l("A problem, named exactly")),
    ("question", _l("A genuine question")),
    ("praise", _l("A strength")),
]
LATE_NAMES: list[tuple[str, LazyString]] = [
    (LatePolicy.MARKED.value, _l("Late work is taken and marked as late")),
    (LatePolicy.CLOSED.value, _l("Closed: nothing more is taken")),
]
FIELD_NAMES: dict[str, LazyString] = {
    **DATE_NAMES,
    **PART_NAMES,
    "title": _l("Title"),
    "brief": _l("Brief"),
    "prompts": _l("Questions"),
    "late": _l("After a date"),
    "anonymity": _l("Names"),
    "pairing": _l("Who comments on whom"),
    "comments_wanted": _l("Comments each"),
    "post_first": _l("Post before seeing others"),
    "floor_words": _l("Fewest words"),
    "needs": _l("Each comment must also have"),
    "coach": _l("A coach while writing"),
}
_CHOICES: Mapping[str, str | LazyString] = dict(
    [*WANTED_NAMES, *NAMES_SHOWN, *PAIRING_NAMES, *MOVE_NAMES, *LATE_NAMES]
)


@dataclass(frozen=True)
class Difference:
    """One field of which two people saved different values."""

    field: str
    label: str
    saved: str
    yours: str


def difference(saved: Setup, yours: Setup, zone: ZoneInfo) -> list[Difference]:
    """What differs between what is saved and what was typed, in the words of the page."""
    what = changed(saved, yours)
    return [
        Difference(
            field.name,
            str(FIELD_NAMES[field.name]),
            as_words(getattr(saved, field.name), zone),
            as_words(getattr(yours, field.name), zone),
        )
        for field in fields(Setup)
        if field.name in what
    ]


def as_words(value: object, zone: ZoneInfo) -> str:
    """A value of the set-up as text."""
    if value is None or value in ((), ""):
        return _("nothing")
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, StrEnum):
        return str(_CHOICES[value.value])
    if isinstance(value, tuple):
        return "\n".join(str(_CHOICES.get(item, item)) for item in value)
    return str(value)
