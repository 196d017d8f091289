"""Who has taken part in a project: a row for every student in the actor's care, fit for a gradebook."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Subquery, and_, func, or_, select, true
from sqlalchemy.orm import aliased

from classroom.access import Actor, Role
from classroom.accounts.models import Person
from classroom.comments.duties import wanted_of
from classroom.comments.models import Comment
from classroom.comments.participation import HANDED_IN
from classroom.comments.tallies import counting
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.i18n import _
from classroom.courses.models import Membership, Section
from classroom.courses.policy import in_care_of
from classroom.insights.exports.bundle import cell, csv_line
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.models import Project

SENT = (State.VISIBLE, State.HELD, State.RETURNED, State.REMOVED)
# As the gradebooks of Canvas and Moodle name their columns; our own roster import reads them back.
HEADINGS = (
    "Student",
    "SIS User ID",
    "Email",
    "Section",
    "Done",
    "Posted",
    "Posted at",
    "Late",
    "Comments sent",
    "Comments counted",
    "Comments wanted",
    "Comments late",
    "Comments received",
)


@dataclass(frozen=True)
class Part:
    """One student in one project."""

    seat_id: str
    name: str
    email: str
    number: str | None
    section: str | None
    left: bool
    posted: bool
    posted_at: datetime | None
    late: bool
    sent: int
    counted: int
    wanted: int
    late_comments: int
    received: int

    @property
    def done(self) -> bool:
        return self.posted and self.counted >= self.wanted


def parts_in(actor: Actor, project: Project, *, left: bool = False) -> list[Part]:
    """The students in the actor's care, by name; two statements. `left`: those who left, too."""
    open_posts = _open_posts(project)
    at = now()
    found = []
    for row in db.session.execute(_rows(actor, project, left=left)):
        others = len(open_posts - {row.person_id})
        wanted = wanted_of(project, others, row.gone or 0, at)
        found.append(
            Part(
                seat_id=row.public_id,
                name=row.name,
                email=row.email,
                number=row.external_id,
                section=row.section,
                left=row.left_at is not None,
                posted=row.state in HANDED_IN,
                posted_at=row.posted_at,
                late=bool(row.late),
                sent=row.sent or 0,
                counted=row.counted or 0,
                wanted=wanted,
                late_comments=row.late_comments or 0,
                received=row.received or 0,
            )
        )
    return found


def _open_posts(project: Project) -> set[int]:
    """The authors of the posts that can be commented on."""
    return set(
        db.session.scalars(
            select(Post.author_id)
            .join(
                Membership,
                and_(Membership.course_id == Post.course_id, Membership.person_id == Post.author_id),
            )
            .where(Post.project_id == project.id, Post.state == State.VISIBLE, Membership.left_at.is_(None))
        )
    )


def _rows(actor: Actor, project: Project, *, left: bool) -> Any:
    given, got = _given(project), _received(project)
    return (
        select(
            Membership.public_id,
            Membership.person_id,
            Membership.external_id,
            Membership.left_at,
            Person.name,
            Person.email,
            Section.name.label("section"),
            Post.state,
            Post.posted_at,
            Post.late,
            given.c.sent,
            given.c.counted,
            given.c.gone,
            given.c.late_comments,
            got.c.received,
        )
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(Section, Section.id == Membership.section_id)
        .outerjoin(
            Post,
            and_(
                Post.project_id == project.id,
                Post.author_id == Membership.person_id,
                Post.revision_number > 0,
            ),
        )
        .outerjoin(given, given.c.author_id == Membership.person_id)
        .outerjoin(got, got.c.post_id == Post.id)
        .where(
            Membership.course_id == project.course_id,
            Membership.role == Role.STUDENT,
            true() if left else Membership.left_at.is_(None),
            in_care_of(actor, Membership.course_id, Membership.person_id),
        )
        .order_by(func.lower(Person.name), Membership.number)
    )


def _given(project: Project) -> Subquery:
    """By writer: comments sent, posts on which one counts, those of them that are gone, and late ones."""
    seat = aliased(Membership)
    gone = and_(counting(), or_(Post.state != State.VISIBLE, seat.left_at.is_not(None)))
    return (
        select(
            Comment.author_id,
            func.count().label("sent"),
            func.count(Comment.post_id.distinct()).filter(counting()).label("counted"),
            func.count(Comment.post_id.distinct()).filter(gone).label("gone"),
            func.count().filter(Comment.late).label("late_comments"),
        )
        .join(Post, Post.id == Comment.post_id)
        .join(seat, and_(seat.course_id == Post.course_id, seat.person_id == Post.author_id))
        .where(Comment.project_id == project.id, Comment.state.in_(SENT))
        .group_by(Comment.author_id)
        .subquery()
    )


def _received(project: Project) -> Subquery:
    return (
        select(Comment.post_id, func.count(Comment.author_id.distinct()).label("received"))
        .where(Comment.project_id == project.id, counting())
        .group_by(Comment.post_id)
        .subquery()
    )


def gradebook(parts: Sequence[Part]) -> Iterator[bytes]:
    """The CSV of one project: `Done` is 1 or 0, which every gradebook takes."""
    yield csv_line(HEADINGS, bom=True)
    for one in parts:
        figures = (one.sent, one.counted, one.wanted, one.late_comments, one.received)
        posted = (int(one.posted), one.posted_at, int(one.late))
        row = (one.name, one.number, one.email, one.section, int(one.done), *posted, *figures)
        yield csv_line([cell(value) for value in row])


def meanings() -> dict[str, str]:
    """The columns of the same figures in the ZIP of a course."""
    return {
        "project": _("the id of the project"),
        "student": _("the id of the student in people"),
        "name": _("the student's name"),
        "left": _("whether they have left the course"),
        "done": _("whether they have posted and as many of their comments count as were wanted"),
        "posted": _("whether their post is handed in (visible, or held for a person)"),
        "posted_at": _("when they posted first"),
        "late": _("whether the post came after its date"),
        "comments_sent": _("how many comments they sent"),
        "comments_counted": _("on how many posts a comment of theirs counts; a held one counts"),
        "comments_wanted": _("how many were wanted of them; never more than there were posts to read"),
        "comments_late": _("how many of those sent came after the date"),
        "comments_received": _("from how many people a comment that counts came on their post"),
    }
