"""Reads of notices: one person's, and what a letter needs."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from classroom.access import Role
from classroom.comments.models import Comment
from classroom.core.db import db
from classroom.core.paging import SIZE, Page
from classroom.courses.models import Membership
from classroom.notices.models import Notice
from classroom.posts.models import Post
from classroom.projects.models import Project


def unseen_of(person_id: int, limit: int = 20) -> Sequence[Notice]:
    """What someone has not seen yet, the newest first."""
    return db.session.scalars(
        select(Notice)
        .where(Notice.person_id == person_id, Notice.seen_at.is_(None))
        .order_by(Notice.created_at.desc(), Notice.id.desc())
        .limit(limit)
    ).all()


def page_of(person_id: int, number: int) -> Page[Notice]:
    """All that someone was told, the newest first."""
    mine = Notice.person_id == person_id
    total = db.session.scalar(select(func.count()).where(mine)) or 0
    rows = db.session.scalars(
        select(Notice)
        .where(mine)
        .order_by(Notice.created_at.desc(), Notice.id.desc())
        .limit(SIZE)
        .offset((number - 1) * SIZE)
    ).all()
    return Page(rows, number, total)


def to_mail(notice_ids: Collection[int]) -> Sequence[Notice]:
    """Notices with their people, to be put into letters; those who left the course are not written to."""
    return db.session.scalars(
        select(Notice)
        .join(
            Membership,
            (Membership.person_id == Notice.person_id)
            & (Membership.course_id == Notice.course_id)
            & Membership.left_at.is_(None),
        )
        .where(Notice.id.in_(notice_ids))
        .options(joinedload(Notice.person))
        .order_by(Notice.id)
    ).all()


def students_of(course_id: int) -> Sequence[int]:
    return db.session.scalars(
        select(Membership.person_id).where(
            Membership.course_id == course_id, Membership.role == Role.STUDENT, Membership.left_at.is_(None)
        )
    ).all()


def comment_with_post(comment_id: int) -> Comment:
    """A comment with its post and project."""
    return db.session.scalars(
        select(Comment)
        .where(Comment.id == comment_id)
        .options(joinedload(Comment.post).joinedload(Post.project))
    ).one()


def post_with_project(post_id: int) -> Post:
    return db.session.scalars(select(Post).where(Post.id == post_id).options(joinedload(Post.project))).one()


def project(project_id: int) -> Project:
    return db.session.get_one(Project, project_id)
