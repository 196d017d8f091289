"""The ways in which an act can be refused, each with the sentence the person will read."""

from typing import Any

from classroom.core.i18n import LazyString, _l


class RuleBroken(Exception):  # noqa: N818 - named for what happened, as people read it
    """A rule said no; `message` is shown to the person, `status` is the answer's code."""

    message: "str | LazyString" = _l("That is not possible.")
    status = 422

    def __init__(self, message: "str | LazyString | None" = None, **details: Any) -> None:
        if message is not None:
            self.message = message
        self.details = details
        super().__init__(type(self).__name__)


class Refused(RuleBroken):
    """The person may not, and is told who to ask."""

    message = _l("Your part in this course does not include it.")
    status = 403


class Private(Refused):
    """Staff look through a student's eyes, and this is the student's alone."""

    message = _l(
        "This is theirs alone. You see what the course shows them, not their drafts, news and settings."
    )


class OnlyLooking(Refused):
    """Staff look through a student's eyes; whatever they press changes nothing."""

    message = _l("You see this as someone else, so nothing can be changed. Stop, then do it as yourself.")


class CourseIsOver(Refused):
    """An archived course is there to be read."""

    message = _l("This course is over. Everything in it stays to be read; nothing new is taken.")


class NotFound(RuleBroken):
    """There is no such thing, or the person may not know of it: the answer is the same."""

    message = _l("There is nothing here, or it is not yours to see.")
    status = 404


class ChangedMeanwhile(RuleBroken):
    """Another tab or person was first; both texts are kept."""

    message = _l("Someone changed this meanwhile. Have a look again.")
    status = 409


class TooMuch(RuleBroken):
    """Too many tries; `details['retry_after']` are seconds."""

    message = _l("Too many tries. Please wait a little.")
    status = 429


class TooLarge(RuleBroken):
    """More than the limit, which the message names."""

    message = _l("That is too large.")
    status = 413


class Unavailable(RuleBroken):
    """Something we depend on does not answer; the text is kept."""

    message = _l("Something on our side does not answer. Your text is kept; please try again.")
    status = 503
