"""Reads of celebrations: the wall, and what waits for a writer's word."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from classroom.access import Actor
from classroom.celebrations.models import Consent, Highlight
from classroom.celebrations.policy import on_wall, visible_to
from classroom.comments.models import Comment
from classroom.comments.queries import comment_for
from classroom.core.db import db
from classroom.core.ids import digest
from classroom.courses.models import Course
from classroom.courses.queries import has_in_care, members_of
from classroom.posts.models import Post
from classroom.projects.models import Project
from classroom.projects.pseudonyms import pseudonym


@dataclass(frozen=True)
class OnWall:
    """One card of the wall; `name` is the one that the writer chose."""

    public_id: str
    quote: str | None
    body_html: str
    why: str
    moves: list[str]
    name: str
    project_title: str
    project_id: str
    mine: bool
    place: str | None


@dataclass(frozen=True)
class Pinned:
    """A card of the wall as the filters see it, without its text."""

    id: int
    moves: list[str]
    project_title: str
    project_id: str


def pinned(actor: Actor, course: Course) -> list[Pinned]:
    """All consented highlights of a course. The order follows their random ids: nobody is first."""
    rows = db.session.execute(
        select(Highlight.id, Highlight.moves, Project.title, Project.public_id)
        .join(Comment, Comment.id == Highlight.comment_id)
        .join(Project, Project.id == Highlight.project_id)
        .where(Highlight.course_id == course.id, on_wall(actor))
        .order_by(Highlight.public_id)
    )
    return [Pinned(*row) for row in rows]


def cards_of(actor: Actor, course: Course, highlight_ids: Sequence[int]) -> list[OnWall]:
    """These highlights as cards, in the order of the wall."""
    rows = (
        db.session.execute(
            select(Highlight, Comment, Post, Project)
            .join(Comment, Comment.id == Highlight.comment_id)
            .join(Post, Post.id == Comment.post_id)
            .join(Project, Project.id == Highlight.project_id)
            .where(Highlight.id.in_(highlight_ids), on_wall(actor))
            .order_by(Highlight.public_id)
        )
    ).all()
    members = members_of(course.id, {row.Comment.author_id for row in rows})
    cards = []
    for made, comment, post, project in rows:
        member = members[comment.author_id]
        mine = comment.author_id == actor.person_id
        named = made.consent is Consent.NAME
        tended = actor.tends(course.id, member.section_id)
        own_place = mine or post.author_id == actor.person_id or tended
        cards.append(
            OnWall(
                public_id=made.public_id,
                quote=comment.quote,
                body_html=comment.body_html,
                why=made.why,
                moves=list(made.moves),
                name=(member.called or member.name) if named else wall_name(project, member.number),
                project_title=project.title,
                project_id=project.public_id,
                mine=mine,
                place=f"/posts/{post.public_id}#c-{comment.public_id}" if own_place else None,
            )
        )
    return cards


def wall_name(project: Project, number: int) -> str:
    """A pseudonym for the wall alone: it cannot be linked with the one in the project."""
    return pseudonym(digest(f"wall:{project.secret}"), number)


def comment_in_care(actor: Actor, comment_id: str) -> Comment | None:
    """A comment that the actor sees; for assistants of sections, one of their own students'."""
    found = comment_for(actor, comment_id)
    if found is None or not actor.teaches(found.course_id):
        return found
    return found if has_in_care(actor, found.course_id, found.author_id) else None


def highlight_for(actor: Actor, highlight_id: str) -> Highlight | None:
    """A highlight with its comment, post and project, for the writer and the staff."""
    return db.session.scalar(
        select(Highlight)
        .join(Highlight.comment)
        .where(Highlight.public_id == highlight_id, visible_to(actor))
        .options(contains_eager(Highlight.comment).joinedload(Comment.post).joinedload(Post.project))
    )


def highlight_of(comment_id: int) -> Highlight | None:
    """The highlight of a comment, if it is celebrated now."""
    return db.session.scalar(
        select(Highlight).where(Highlight.comment_id == comment_id, Highlight.withdrawn_at.is_(None))
    )


def highlighted_among(comment_ids: Sequence[int]) -> dict[int, Highlight]:
    """Which of these comments are celebrated."""
    rows = db.session.scalars(
        select(Highlight).where(Highlight.comment_id.in_(comment_ids), Highlight.withdrawn_at.is_(None))
    )
    return {one.comment_id: one for one in rows}


def waiting_for_word(actor: Actor) -> Sequence[Highlight]:
    """Celebrated comments of the actor about which they have not said yes or no."""
    return db.session.scalars(
        select(Highlight)
        .join(Highlight.comment)
        .where(
            Comment.author_id == actor.person_id,
            Highlight.course_id.in_(actor.courses()),
            Highlight.consent == Consent.ASKED,
            Highlight.withdrawn_at.is_(None),
        )
        .options(contains_eager(Highlight.comment), joinedload(Highlight.comment, Comment.post))
    ).all()


def moves_celebrated(person_id: int, course_id: int) -> frozenset[str]:
    """What someone was celebrated for in a course; only they are told what follows from it."""
    rows = db.session.scalars(
        select(Highlight.moves)
        .join(Comment, Comment.id == Highlight.comment_id)
        .where(
            Highlight.course_id == course_id,
            Highlight.withdrawn_at.is_(None),
            Comment.author_id == person_id,
        )
    )
    return frozenset(move for moves in rows for move in moves)
