"""What an instructor decides about a project, as one value: forms fill it in, rules judge it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from classroom.core.i18n import _
from classroom.projects.models import Anonymity, LatePolicy, PairingPolicy, Project, Prompt, Wanted

MOST_PROMPTS = 7
DATES = ("opens_at", "post_by", "comment_by", "revise_by")
MOVES = ("suggestion", "reason", "problem", "question", "praise")  # what a standard may ask for in addition


@dataclass(frozen=True)
class Setup:
    """All that can be set on the set-up page, with the values a new project begins with."""

    title: str
    brief: str = ""
    wants_text: Wanted = Wanted.REQUIRED
    wants_link: Wanted = Wanted.NO
    wants_files: Wanted = Wanted.OPTIONAL
    prompts: tuple[str, ...] = ()
    opens_at: datetime | None = None
    post_by: datetime | None = None
    comment_by: datetime | None = None
    revise_by: datetime | None = None
    late: LatePolicy = LatePolicy.MARKED
    anonymity: Anonymity = Anonymity.NAMED
    pairing: PairingPolicy = PairingPolicy.ASSIGNED
    comments_wanted: int = 3
    post_first: bool = True
    floor_words: int = 8
    needs: tuple[str, ...] = ()
    coach: bool = True

    def __post_init__(self) -> None:
        """The same text is the same however a browser ends its lines; a date is given to the minute."""
        object.__setattr__(self, "title", self.title.strip())
        object.__setattr__(self, "brief", self.brief.replace("\r\n", "\n").strip())
        for name in DATES:
            moment = getattr(self, name)
            if moment is not None:
                object.__setattr__(self, name, moment.replace(second=0, microsecond=0))


COLUMNS = tuple(field.name for field in fields(Setup) if field.name not in {"prompts", "needs"})
PARTS = ("wants_text", "wants_link", "wants_files")


def setup_of(project: Project, prompts: Sequence[Prompt]) -> Setup:
    """The set-up of a project as it stands."""
    values = {name: getattr(project, name) for name in COLUMNS}
    return Setup(prompts=tuple(prompt.text for prompt in prompts), needs=tuple(project.needs), **values)


def changed(before: Setup, after: Setup) -> frozenset[str]:
    """The names of what differs."""
    return frozenset(
        field.name for field in fields(Setup) if getattr(before, field.name) != getattr(after, field.name)
    )


def usual_prompts() -> tuple[str, ...]:
    """Three questions that suit most work: what is seen, where it stops working, what to try."""
    return (
        _("What works here, and why? Point at the place."),
        _("Where did you stop, stumble, or want to know more?"),
        _("What is the one thing to try next, and how?"),
    )
