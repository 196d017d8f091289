"""Pure: what a change of a running project does to the students who are at work on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from classroom.projects.models import Anonymity, LatePolicy, Wanted
from classroom.projects.setup import DATES, PARTS, Setup


@dataclass(frozen=True)
class Progress:
    """How far the class is. `counted` holds, for each student, how many comments count."""

    students: int = 0
    posted: int = 0
    commenting: int = 0
    counted: tuple[int, ...] = ()

    def done(self, wanted: int) -> int:
        """How many have all the comments that are wanted."""
        return sum(1 for number in self.counted if number >= wanted)


@dataclass(frozen=True)
class Effect:
    """One effect of a change. A `loud` one needs a yes of its own: it cannot be taken back."""

    code: str
    field: str
    count: int = 0
    of: int = 0
    loud: bool = False
    before: datetime | None = None
    after: datetime | None = None


def effects(before: Setup, after: Setup, progress: Progress, at: datetime) -> list[Effect]:
    """What to say before saving, the loud first; nothing when nobody is at work."""
    if progress.students == 0:
        return []
    found = [
        *_names(before, after, progress),
        *_dates(before, after, progress, at),
        *_duty(before, after, progress),
        *_late(before, after, progress, at),
        *_parts(before, after, progress),
        *_words(before, after, progress),
    ]
    return sorted(found, key=lambda effect: not effect.loud)


def _names(before: Setup, after: Setup, progress: Progress) -> Iterator[Effect]:
    if before.anonymity is after.anonymity or not (progress.posted or progress.commenting):
        return
    if after.anonymity is Anonymity.NAMED:
        yield Effect("unblind", "anonymity", progress.posted, progress.students, loud=True)
    elif before.anonymity is Anonymity.NAMED:
        yield Effect("names_were_seen", "anonymity", progress.posted, progress.students)
    else:
        yield Effect("other_names", "anonymity", progress.posted, progress.students)


def _dates(before: Setup, after: Setup, progress: Progress, at: datetime) -> Iterator[Effect]:
    finished = {
        "opens_at": progress.posted,
        "post_by": progress.posted,
        "comment_by": progress.done(before.comments_wanted),
        "revise_by": 0,
    }
    for name in DATES:
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if name == "opens_at":
            if new is not None and new > at:
                yield Effect("hidden_again", name, progress.posted, progress.students, True, old, new)
            continue
        yield Effect(_moved(old, new), name, finished[name], progress.students, False, old, new)
        if new is not None and new <= at and (old is None or old > at):
            open_still = progress.students - finished[name]
            code = "over_at_once" if after.late is LatePolicy.CLOSED else "late_at_once"
            yield Effect(code, name, open_still, progress.students, False, old, new)


def _moved(old: datetime | None, new: datetime | None) -> str:
    if old is None:
        return "date_added"
    if new is None:
        return "date_removed"
    return "date_later" if new > old else "date_earlier"


def _duty(before: Setup, after: Setup, progress: Progress) -> Iterator[Effect]:
    old, new = before.comments_wanted, after.comments_wanted
    if before.pairing is not after.pairing:
        yield Effect("pairing", "pairing", progress.commenting, progress.students)
    if new > old:
        yield Effect(
            "more_comments", "comments_wanted", progress.done(old) - progress.done(new), progress.students
        )
    elif new < old:
        yield Effect("fewer_comments", "comments_wanted", progress.done(new), progress.students)
    if (before.floor_words, set(before.needs)) != (
        after.floor_words,
        set(after.needs),
    ) and progress.commenting:
        yield Effect("standard", "floor_words", progress.commenting, progress.students)


def _late(before: Setup, after: Setup, progress: Progress, at: datetime) -> Iterator[Effect]:
    if before.late is after.late or after.late is LatePolicy.MARKED:
        return
    if after.post_by is not None and after.post_by <= at:
        yield Effect("closed_now", "late", progress.students - progress.posted, progress.students)


def _parts(before: Setup, after: Setup, progress: Progress) -> Iterator[Effect]:
    for name in PARTS:
        old, new = getattr(before, name), getattr(after, name)
        if old is new or not progress.posted:
            continue
        if new is Wanted.REQUIRED:
            yield Effect("part_required", name, progress.posted, progress.students)
        elif new is Wanted.NO:
            yield Effect("part_dropped", name, progress.posted, progress.students)


def _words(before: Setup, after: Setup, progress: Progress) -> Iterator[Effect]:
    if before.brief != after.brief and progress.posted:
        yield Effect("brief", "brief", progress.posted, progress.students)
    if before.prompts != after.prompts and progress.commenting:
        yield Effect("prompts", "prompts", progress.commenting, progress.students)
