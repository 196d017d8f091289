"""What made-up authors planned to do with their comments, before they revised."""

from datetime import timedelta

from sqlalchemy import select

from classroom.comments.models import Comment
from classroom.core import clock
from classroom.core.db import db
from classroom.plans.commands import add_own, decide, set_done
from classroom.plans.commands_replies import reply
from classroom.plans.models import Choice
from classroom.posts.models import Post
from classroom.projects.models import Project
from classroom.sample.people import Cast
from classroom.sample.reading import read


def plan_revisions(cast: Cast, number: int, project: Project, instructor: str) -> None:
    """Some hours before the date of the comments is over, and before anybody revises."""
    end = cast.calendar.before(project.comment_by or cast.calendar.present)
    for told in read("plans")["plans"]:
        if told["number"] != number:
            continue
        post = cast.posts[number, told["of"]]
        with clock.at(end - timedelta(days=1, hours=1)):
            for place, row in enumerate(told["items"]):
                _plan(cast, post, row, place)
            if told.get("reply"):
                reply(post, cast.id_of(instructor), told["reply"], "demo")


def _plan(cast: Cast, post: Post, row: dict[str, str], place: int) -> None:
    if "by" not in row:
        item = add_own(post, row["words"], f"demo {place}")
    else:
        comment = db.session.scalars(
            select(Comment).where(Comment.post_id == post.id, Comment.author_id == cast.id_of(row["by"]))
        ).one()
        item = decide(comment, Choice(row["choice"]), row["words"])
    if row.get("done"):
        set_done(item, done=True)
