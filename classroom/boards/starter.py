"""Boards ready to open: what holds one back from helping, and when it came easily."""

from dataclasses import dataclass

from classroom.core.i18n import LazyString, _l

BARRIERS, EASE, BOTH = "barriers", "ease", "both"


@dataclass(frozen=True)
class Template:
    """A board's title and prompts, and when to use it."""

    key: str
    title: LazyString
    prompts: tuple[LazyString, ...]
    use: LazyString


_HOLDS_BACK = _l("What holds you back from helping one another?")
_EASILY = _l("When did helping come easily?")
_MIND = _l("What went through your mind?")
TEMPLATES = (
    Template(
        BARRIERS,
        _HOLDS_BACK,
        (_HOLDS_BACK,),
        _l("For the first week. Everyone sees that they are not alone with their fear."),
    ),
    Template(
        EASE,
        _l("When did helping come easily, and what went through your mind?"),
        (_EASILY, _MIND),
        _l("For after the first comments. What made it easy once can be made again."),
    ),
    Template(
        BOTH,
        _l("What holds us back, and what makes it easy"),
        (_HOLDS_BACK, _EASILY),
        _l("Both at once, side by side, for one meeting."),
    ),
)


def template(key: str) -> Template | None:
    return next((one for one in TEMPLATES if one.key == key), None)
