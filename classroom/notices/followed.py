"""Telling those who follow something of what is new in it: whoever may read it, and nobody else."""

from typing import Any

from classroom.comments.models import Comment
from classroom.core.clock import now
from classroom.following.models import Thing
from classroom.following.queries import followers_of, place_of
from classroom.notices import queries
from classroom.notices.commands import tell, unsay
from classroom.notices.models import NoticeKind
from classroom.posts.models import Post
from classroom.projects.models import Anonymity
from classroom.projects.rules import Phase, is_over


def key_of_post(post_id: int) -> str:
    return f"followed:{post_id}"


def key_of_comment(comment_id: int) -> str:
    return f"talk:{comment_id}"


def tell_of_post(post: Post, /, **details: Any) -> None:
    """A post that the class can read now. Where names are hidden, whoever follows a person hears nothing."""
    project = post.project
    things = [(Thing.PROJECT, project.public_id)]
    if project.anonymity is Anonymity.NAMED:
        things.append((Thing.PERSON, place_of(post.course_id, post.author_id)))
    people = followers_of(post.course_id, things, post.title) - {post.author_id}
    if people and project.post_first and not is_over(project, Phase.POST, now()):
        people = queries.readers_in(project.id, people)
    if people:
        tell(post.course_id, people, NoticeKind.FOLLOWED_POST, key_of_post(post.id), **details)


def tell_of_comment(comment: Comment, /, **details: Any) -> None:
    """A comment on a post that someone follows; its receiver hears of it anyway."""
    post = comment.post
    people = followers_of(comment.course_id, [(Thing.POST, post.public_id)])
    people -= {comment.author_id, post.author_id}
    if people:
        tell(comment.course_id, people, NoticeKind.FOLLOWED_TALK, key_of_comment(comment.id), **details)


def untell(course_id: int, key: str) -> None:
    """It is not visible any more: whoever has not seen the news never will."""
    for person_id in queries.told_under(course_id, key):
        unsay(person_id, [key])
