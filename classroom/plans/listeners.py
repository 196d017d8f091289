"""A plan hears that its revision stands in the class."""

from classroom.core.db import db
from classroom.core.events import listens
from classroom.plans.commands import settle
from classroom.posts.events import PostMoved, PostPublished
from classroom.posts.models import Post
from classroom.posts.states import State


@listens(PostPublished)
def revision_posted(event: PostPublished) -> None:
    settle(db.session.get_one(Post, event.post_id))


@listens(PostMoved)
def shown_again(event: PostMoved) -> None:
    """The revision waited for a person, and is in the class now."""
    if event.after is State.VISIBLE:
        settle(db.session.get_one(Post, event.post_id))
