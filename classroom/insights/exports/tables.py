"""What staff may take out of a course as tables: a meaning for every column, and an order that stays."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Executable, and_, exists, select
from sqlalchemy.orm import aliased

from classroom.access import Actor
from classroom.accounts.models import Person
from classroom.celebrations.models import Highlight
from classroom.celebrations.rules import MOVES, moves_in
from classroom.comments.coverage import coverage_for
from classroom.comments.models import Comment, Thanks
from classroom.comments.participation import Participant
from classroom.comments.queries_participation import participants
from classroom.comments.tallies import SENT, counting
from classroom.core.i18n import _
from classroom.courses.models import Course, Membership
from classroom.courses.policy import in_care_of
from classroom.courses.queries import Member, member_in, sections_of
from classroom.helpfulness.queries import left_out_in
from classroom.insights.exports.bundle import Sheet, stream
from classroom.insights.queries_matrix import NOTHING, begun_projects, outcomes
from classroom.posts.models import Post
from classroom.projects.models import Project
from classroom.projects.naming import shown_to

Rows = Iterator[Sequence[Any]]


@dataclass(frozen=True)
class Table:
    """One kind of table: its meaning and columns in the reader's language, and where its rows come from."""

    says: Callable[[], str]
    columns: Callable[[], dict[str, str]]
    rows: Callable[[Actor, Course], Rows]


def sheet_of(name: str, actor: Actor, course: Course) -> Sheet:
    """The table with the rows that the actor may see; they are read when it is written."""
    table = TABLES[name]
    return Sheet(name, table.says(), table.columns(), table.rows(actor, course))


def dictionary(names: Sequence[str]) -> Sheet:
    """Every column of these tables with its meaning, itself as a table."""
    rows = [(name, column, says) for name in names for column, says in TABLES[name].columns().items()]
    return Sheet("dictionary", _("What every column means."), dictionary_columns(), rows)


def dictionary_columns() -> dict[str, str]:
    return {
        "table": _("the table, or the sheet"),
        "column": _("the column"),
        "meaning": _("what stands in it"),
    }


def _each(actor: Actor, course: Course) -> Iterator[tuple[Project, list[Participant]]]:
    """The projects that have begun with the students in the actor's care by name; one project in memory."""
    for project in begun_projects(actor, course.id):
        people = sorted(
            participants(actor, project), key=lambda one: (one.member.name.casefold(), one.member.number)
        )
        yield project, people


def _student(project: Project, sections: Mapping[int | None, str], one: Participant) -> tuple[str, ...]:
    section = sections.get(one.member.section_id, "")
    return project.public_id, project.title, one.member.public_id, one.member.name, section


def _student_columns() -> dict[str, str]:
    return {
        "project_id": _("the project, as in its address"),
        "project": _("the project's title"),
        "student_id": _("the student, as in the address of their page"),
        "student": _("the student's name"),
        "section": _("the student's section"),
    }


def _sections(course: Course) -> dict[int | None, str]:
    return {one.id: one.name for one in sections_of(course.id)}


def _matrix_columns() -> dict[str, str]:
    return _student_columns() | {
        "posted": _("yes once the post is handed in, also while it waits for a person"),
        "post_late": _("yes if the post came after its date"),
        "more_time": _("yes if the student has dates of their own"),
        "comments_counted": _("on how many posts a comment of theirs counts; one that is held counts"),
        "comments_wanted": _("how many were wanted of them; never more than there were posts to read"),
        "comments_owed": _("how many of those are still missing"),
        "late": _("yes if something is missing after its date"),
        "received": _("from how many people a comment that counts came on their post"),
        "thanked": _(
            "how many of their comments were thanked for, not counting pairs that thank only each other"
        ),
        "acted_on": _("how many of their comments were acted on"),
        "celebrated": _("how many of their comments staff celebrated"),
    }


def _matrix(actor: Actor, course: Course) -> Rows:
    sections, apart = _sections(course), left_out_in(course.id)
    for project, people in _each(actor, course):
        became = outcomes([project.id], apart=apart)
        for one in people:
            work, led = one.work, became.get((project.id, one.member.person_id), NOTHING)
            yield (
                *_student(project, sections, one),
                *(one.posted, work.posted_late, one.extension is not None),
                *(work.given, work.wanted, one.owes_comments, one.late, work.received),
                *(led.thanked, led.acted_on, led.highlighted),
            )


def _people_columns() -> dict[str, str]:
    return _student_columns() | {
        "how_far": _("not_started, in_progress, waiting (for others) or done"),
        "late": _("yes if something is missing after its date"),
        "post_state": _("draft, visible, held, returned, removed or withdrawn; empty without a post"),
        "posted_at": _("when they posted first"),
        "revised": _("yes if the post was revised"),
        "comments_held": _("how many of their comments that count wait for a person"),
        "comments_returned": _("how many of their comments came back and wait for them"),
        "asked_not_begun": _("on how many posts they were asked to comment and have not begun"),
        "last_at": _("when they last wrote or saved something in the project"),
        "post_by": _("their own date for posting, if they have one"),
        "comment_by": _("their own date for commenting, if they have one"),
        "revise_by": _("their own date for revising, if they have one"),
    }


def _people(actor: Actor, course: Course) -> Rows:
    sections = _sections(course)
    for project, people in _each(actor, course):
        for one in people:
            work, own = one.work, one.extension
            dates = (own.post_by, own.comment_by, own.revise_by) if own else (None, None, None)
            yield (
                *_student(project, sections, one),
                *(one.where, one.late, work.post, work.posted_at, work.revised),
                *(work.held, work.returned, work.asked, work.last_at),
                *dates,
            )


def _comment_columns() -> dict[str, str]:
    return {
        "comment_id": _("the comment, as in its address"),
        "project_id": _("the project, as in its address"),
        "project": _("the project's title"),
        "writer_id": _("who wrote it, as in the address of their page"),
        "writer": _("the writer's name"),
        "writer_role": _("student, or what else the writer is in the course now"),
        "post_id": _("the post, as in its address"),
        "post_title": _("the post's title"),
        "post_author": _("who wrote the post, under the name that you see on its page"),
        "state": _("visible, held, returned or removed"),
        "counted": _("yes if it counts for the writer; one that is held does"),
        "posted_at": _("when it was sent"),
        "late": _("yes if it came after its date"),
        "moves": _("what the comment does: %(moves)s", moves=", ".join(MOVES)),
        "thanked": _("yes if the author of the post thanked for it"),
        "acted_on": _("yes if the author of the post acted on it"),
        "celebrated": _("yes if staff celebrated it"),
    }


def _comments(actor: Actor, course: Course) -> Rows:
    """A batch of rows in memory, however many comments there are."""
    by_id = {project.id: project for project in begun_projects(actor, course.id)}
    for row in stream(_comment_rows(actor, course)):
        project = by_id.get(row.project_id)
        if project is not None:
            yield (
                *(row.comment_id, project.public_id, project.title),
                *(row.writer_id, row.writer, row.writer_role, row.post_id, row.title),
                shown_to(actor, project, member_in(row)).name,
                *(row.state, row.counted, row.posted_at, row.late),
                moves_in(row.verdict),
                *(row.thanked, row.acted_at is not None, row.highlight is not None),
            )


def _comment_rows(actor: Actor, course: Course) -> Executable:
    """What students in the actor's care sent; with the whole course in care, what staff sent too."""
    seat, author, name = Membership, aliased(Membership), aliased(Person)
    return (
        select(
            Comment.public_id.label("comment_id"),
            Comment.project_id,
            seat.public_id.label("writer_id"),
            Person.name.label("writer"),
            seat.role.label("writer_role"),
            Post.public_id.label("post_id"),
            Post.title,
            Comment.state,
            counting().label("counted"),
            Comment.posted_at,
            Comment.late,
            Comment.verdict,
            Comment.acted_at,
            exists().where(Thanks.comment_id == Comment.id).label("thanked"),
            Highlight.id.label("highlight"),
            *(author.person_id, author.public_id, author.number, author.role, author.section_id),
            *(author.left_at, name.name, name.called),
        )
        .select_from(Comment)
        .join(Person, Person.id == Comment.author_id)
        .join(seat, and_(seat.course_id == Comment.course_id, seat.person_id == Comment.author_id))
        .join(Post, Post.id == Comment.post_id)
        .join(author, and_(author.course_id == Comment.course_id, author.person_id == Post.author_id))
        .join(name, name.id == Post.author_id)
        .outerjoin(Highlight, and_(Highlight.comment_id == Comment.id, Highlight.withdrawn_at.is_(None)))
        .where(
            Comment.course_id == course.id,
            Comment.state.in_(SENT),
            in_care_of(actor, Comment.course_id, Comment.author_id),
        )
        .order_by(Comment.project_id, Comment.id)
    )


def _coverage_columns() -> dict[str, str]:
    return {
        "project_id": _("the project, as in its address"),
        "project": _("the project's title"),
        "post_id": _("the post, as in its address"),
        "post_title": _("the post's title"),
        "author": _("who wrote the post"),
        "received": _("from how many people a comment that counts came"),
        "wanted": _("how many comments a post is meant to receive"),
        "on_the_way": _("how many students were asked and have not begun, or are writing"),
        "missing": _("how many nobody has taken on yet"),
        "what_happens": _("covered, on_the_way, will_be_offered, asked_volunteers or staff"),
    }


def _coverage(actor: Actor, course: Course) -> Rows:
    for project in begun_projects(actor, course.id):
        found = coverage_for(actor, project)
        for row in found.rows:
            yield (
                *(project.public_id, project.title, row.public_id, row.title, row.author.name),
                *(row.received, found.wanted, row.on_the_way, row.missing),
                row.step.value if row.step else "covered",
            )


TABLES = {
    "matrix": Table(
        lambda: _("A row for every student and project: what the cells of the matrix say."),
        _matrix_columns,
        _matrix,
    ),
    "who_is_where": Table(
        lambda: _("A row for every student and project: how far they are, and what waits."),
        _people_columns,
        _people,
    ),
    "comments": Table(
        lambda: _("A row for every comment that was sent: by whom, on what, and what became of it."),
        _comment_columns,
        _comments,
    ),
    "coverage": Table(
        lambda: _("A row for every post: how many comments it has, and what happens about the rest."),
        _coverage_columns,
        _coverage,
    ),
}
