"""A class of any size, as rows: what is measured is how a page reads them, not how they are made."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import insert, select

from classroom.access import Role
from classroom.accounts.models import Person
from classroom.comments.models import Comment, Standing
from classroom.core.clock import now
from classroom.core.db import db
from classroom.courses.models import Membership
from classroom.posts.models import Post, Revision
from classroom.posts.states import State

_numbers = itertools.count(1)


@pytest.fixture
def fill(context: None) -> Callable[[Any, int], None]:
    """`fill(group, n)`: n more students in the section, each with a post and a comment on the next two."""

    def rows(kind: type, made: list[dict[str, Any]]) -> list[int]:
        return list(db.session.scalars(insert(kind).returning(kind.id, sort_by_parameter_order=True), made))

    def add(group: Any, n: int) -> None:
        course_id, project = group.course.id, group.project
        ids = {"course_id": course_id, "project_id": project.id}
        first = (
            db.session.scalar(
                select(Membership.number)
                .where(Membership.course_id == course_id)
                .order_by(Membership.number.desc())
                .limit(1)
            )
            or 0
        )
        mails = [f"crowd{next(_numbers)}@example.edu" for _ in range(n)]
        people = rows(
            Person, [{"name": f"Student {i}", "email": m, "email_key": m} for i, m in enumerate(mails)]
        )
        seat = {"course_id": course_id, "role": Role.STUDENT, "section_id": group.section.id}
        rows(
            Membership,
            [seat | {"person_id": who, "number": first + i} for i, who in enumerate(people, start=1)],
        )
        shown = {"state": State.VISIBLE, "posted_at": now()}
        posts = rows(Post, [ids | shown | {"author_id": who, "revision_number": 1} for who in people])
        text = {"course_id": course_id, "number": 1, "title": "", "digest": "0"}
        revisions = rows(Revision, [text | {"post_id": post} for post in posts])
        counts = {"standing": Standing.COUNTS, "version": 1, "verdict": {"moves": {"reason": True}}}
        said = [
            ids | shown | counts | {"author_id": who, "post_id": posts[to], "revision_id": revisions[to]}
            for i, who in enumerate(people)
            for to in ((i + 1) % n, (i + 2) % n)
        ]
        rows(Comment, said)
        db.session.expire_all()

    return add
