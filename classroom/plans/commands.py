"""Writes of revision plans: deciding, own ideas, the order, what is done, and what a revision settles."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from classroom.comments.commands_threads import mark_acted_on, unmark_acted_on
from classroom.comments.judging import judge_reply
from classroom.comments.models import Comment
from classroom.comments.queries_labels import rested_in
from classroom.comments.rules import BothTexts
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.events import announce
from classroom.plans import queries, rules
from classroom.plans.models import Choice, PlanItem
from classroom.posts.models import Post
from classroom.posts.states import State


@dataclass(frozen=True)
class AdviceAnswered:
    """A posted revision settled what was planned about a comment: its writer is told."""

    item_id: int
    comment_id: int
    course_id: int
    writer_id: int
    outcome: rules.Outcome


def decide(comment: Comment, choice: Choice, words: str, version: int = 0) -> PlanItem:
    """What the receiver makes of a comment. Another tab that said something else: `BothTexts`."""
    rules.check_choice(choice, words)
    if comment.state is not State.VISIBLE:
        raise rules.NotShown
    lock(comment.post)
    item = queries.item_about(comment.id)
    if item is None:
        withheld = may_hurt(comment, words)
        return _add(comment.post, comment_id=comment.id, choice=choice, words=words, withheld=withheld)
    if (item.choice, item.words) != (choice, words):
        _change(item, choice, words, version)
        item.withheld = may_hurt(comment, words)
        db.session.flush()
    return item


def may_hurt(comment: Comment, words: str) -> bool:
    """A reason may be blunt; one that may hurt is kept from the writer of the comment. Nothing is blocked."""
    if not words.strip():
        return False
    rested = rested_in(comment.course_id)
    judged = judge_reply(words, project=comment.post.project, post_text="", rested=rested)
    return judged.hold_reason is not None


def add_own(post: Post, words: str, once: str) -> PlanItem:
    """An idea of the author's own; the second press of the same button answers the first's."""
    rules.check_own(words)
    lock(post)
    there = db.session.scalar(select(PlanItem).where(PlanItem.post_id == post.id, PlanItem.once == once))
    return there or _add(post, words=words, once=once)


def reword_own(item: PlanItem, words: str, version: int) -> PlanItem:
    """Change the words of an idea of one's own."""
    rules.check_own(words)
    return _change(item, Choice.WILL, words, version)


def lock(post: Post) -> None:
    """Two presses at once come one after the other."""
    db.session.execute(select(Post.id).where(Post.id == post.id).with_for_update(key_share=True))


def _add(post: Post, **values: Any) -> PlanItem:
    item = PlanItem(
        course_id=post.course_id, post_id=post.id, position=queries.last_place(post.id) + 1, **values
    )
    db.session.add(item)
    db.session.flush()
    return item


def _change(item: PlanItem, choice: Choice, words: str, version: int) -> PlanItem:
    if (item.choice, item.words) == (choice, words):
        return item
    if item.revision is not None:
        raise rules.Told
    if item.version != version:
        raise BothTexts(theirs=item.words, choice=item.choice, yours=words, version=item.version)
    item.choice, item.words = choice, words
    item.version += 1
    item.changed_at = now()
    if choice is Choice.NOT:
        item.done_at = None
    db.session.flush()
    return item


def move(item: PlanItem, to: int) -> None:
    """Put it at that place among what is shown of the plan; the first is 0. Twice is once."""
    lock(item.post)
    waiting = [one for one in queries.waiting_in(item.post) if is_shown(one)]
    if item not in waiting:
        raise rules.Told
    places = sorted(one.position for one in waiting)
    for place, one in zip(places, rules.moved(waiting, item, to), strict=True):
        one.position = place
    db.session.flush()


def is_shown(item: PlanItem) -> bool:
    return item.comment is None or item.comment.state is State.VISIBLE


def set_done(item: PlanItem, *, done: bool) -> None:
    """Done in the text; nobody is told before the revision is posted."""
    if item.revision is not None:
        raise rules.Told
    if done is (item.done_at is not None):
        return
    item.done_at, item.changed_at = now() if done else None, now()
    db.session.flush()


def tick(post: Post, ids: Collection[str]) -> None:
    """What the editor's form says is done, of all that it shows."""
    for item in queries.waiting_in(post):
        if is_shown(item) and item.choice is not Choice.NOT:
            set_done(item, done=item.public_id in ids)


def take_out(item: PlanItem) -> dict[str, Any]:
    """Out of the plan; answers what brings it back."""
    if item.revision is not None:
        raise rules.Told
    kept = {
        "public_id": item.public_id,
        "comment_id": item.comment_id,
        "choice": item.choice.value,
        "words": item.words,
        "withheld": item.withheld,
        "position": item.position,
        "done": item.done_at is not None,
        "once": item.once,
    }
    db.session.delete(item)
    db.session.flush()
    return kept


def put_back(post: Post, kept: dict[str, Any]) -> bool:
    """Undo that; False when the comment has been planned for anew."""
    values = {**kept, "choice": Choice(kept["choice"]), "done_at": now() if kept["done"] else None}
    del values["done"]
    try:
        with db.session.begin_nested():
            db.session.add(PlanItem(course_id=post.course_id, post_id=post.id, **values))
    except IntegrityError:
        return False
    return True


def settle(post: Post) -> None:
    """A revision stands in the class: what it settles of the plan is told; the rest waits for the next."""
    if post.state is not State.VISIBLE or post.revised_at is None:
        return
    for item in queries.waiting_in(post):
        done = item.done_at is not None or (item.comment is not None and item.comment.acted_at is not None)
        if not is_shown(item) or item.changed_at > post.revised_at:
            continue
        if rules.settles(item.choice, done=done):
            item.revision, item.told_at = post.revision_number, now()
            _tell(item, post.revision_number)
    db.session.flush()


def _tell(item: PlanItem, revision: int) -> None:
    comment = item.comment
    if comment is None:
        return
    if item.choice is Choice.WILL:
        mark_acted_on(comment, revision)
    elif item.choice is Choice.NOT:
        unmark_acted_on(comment)
    outcome = rules.outcome_of(item.choice, acted=comment.acted_at is not None)
    if outcome is not None:
        announce(AdviceAnswered(item.id, comment.id, item.course_id, comment.author_id, outcome))
