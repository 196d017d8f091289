"""How the made-up class's comments helped, said quietly, and two who do not get on with each other's."""

from datetime import timedelta
from typing import Any

from classroom.comments.commands import Written, post_comment
from classroom.comments.commands_reasons import say
from classroom.comments.models import Comment, ReasonKind, ThanksKind
from classroom.comments.reasons import MOST
from classroom.core import clock
from classroom.helpfulness.commands import tell_writers
from classroom.sample.people import Cast
from classroom.sample.reading import read

BY_THANKS = {
    ThanksKind.USEFUL: ReasonKind.NEXT_STEP,
    ThanksKind.WILL_USE: ReasonKind.NEXT_STEP,
    ThanksKind.MADE_ME_THINK: ReasonKind.MADE_ME_THINK,
    ThanksKind.KIND: ReasonKind.TOLD_WHY,
}
THIN = {"praise_only", "generic", "fits_any"}


def say_quietly(row: dict[str, Any], comment: Comment, receiver_id: int) -> None:
    """What fits the thanks that its receiver gave, or did not give."""
    thanked = [BY_THANKS[ThanksKind(kind)] for kind in row.get("thanks", [])]
    kinds = [ReasonKind.SHOWED_WHERE, *thanked] if thanked and row.get("quote") else thanked
    if row["kind"] in THIN:
        kinds = [ReasonKind.TOO_VAGUE]
    for kind in list(dict.fromkeys(kinds))[:MOST]:
        say(comment, receiver_id, kind)


def misunderstand(cast: Cast) -> None:
    """Two who find each other's comments of no use, as happens; for whoever tends the class to see."""
    for place, row in enumerate(read("reasons")["comments"]):
        post = cast.posts[1, row["on"]]
        with clock.at((post.posted_at or cast.calendar.present) + timedelta(days=1, hours=place)):
            words = Written(row["body"], quote=row["quote"], revision=1)
            comment = post_comment(cast.id_of(row["by"]), post, words)
        with clock.at((comment.posted_at or cast.calendar.present) + timedelta(hours=9)):
            say(comment, post.author_id, ReasonKind(row["reason"]))


def tell(cast: Cast) -> None:
    """What the sweep of the day would have done."""
    with clock.at(cast.calendar.present):
        tell_writers(cast.calendar.present)
