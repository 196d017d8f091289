"""Home: one list of what is to do, what waits for others, and what is done; most urgent first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, distinct, exists, func, or_, select

from classroom.access import Actor, Role
from classroom.boards.queries import held_in
from classroom.calibration.queries_class import unanswered
from classroom.celebrations.queries import waiting_for_word
from classroom.comments.duties import Duty
from classroom.comments.models import COUNTING, Comment
from classroom.comments.queries_duties import duties_for
from classroom.comments.queries_lesson import is_owed, is_under_way
from classroom.comments.queries_reading import fresh_on_own
from classroom.core.clock import now
from classroom.core.db import db
from classroom.courses.models import Course, Membership
from classroom.courses.policy import in_care_of
from classroom.guidelines.queries_situations import waiting_by_course
from classroom.help_requests.queries_lists import overdue_in
from classroom.moderation.models import Case
from classroom.notices.models import Notice, NoticeKind
from classroom.notices.muting import is_heard
from classroom.posts.models import Post
from classroom.posts.policy import drafts_too
from classroom.posts.states import State
from classroom.projects.models import Extension, Project, ProjectState
from classroom.projects.rules import Phase, due, is_closed, is_open

FIRST = frozenset({"returned", "lesson_first"})


@dataclass(frozen=True)
class Item:
    """One line of home. `kind` chooses the words, `path` is where its one press leads."""

    kind: str
    course: Course
    path: str
    title: str = ""
    line: str = ""
    due: datetime | None = None
    saved_at: datetime | None = None
    done: int = 0
    wanted: int = 0
    held: int = 0
    count: int = 0
    name: str = ""
    also: str = ""
    fresh: int = 0


@dataclass
class Home:
    """The three lists, and what is new."""

    courses: Sequence[Course]
    past: Sequence[Course] = ()  # over, and there to be read
    todo: list[Item] = field(default_factory=list)
    waiting: list[Item] = field(default_factory=list)
    done: list[Item] = field(default_factory=list)
    news: list[Notice] = field(default_factory=list)


@dataclass(frozen=True)
class OwnPost:
    """The actor's post in a project (or none), how many comments that count it has, and how many are new."""

    project: Project
    extension: Extension | None
    post: Post | None
    received: int
    fresh: int


def home_of(actor: Actor) -> Home:
    """Everything in a constant number of statements, however many courses and projects there are."""
    rows = db.session.execute(
        select(Course, is_owed(actor), is_under_way(actor))
        .where(Course.id.in_(actor.courses()))
        .order_by(Course.created_at.desc())
    ).all()
    every = [row[0] for row in rows]
    courses = [one for one in every if one.archived_at is None]
    home = Home(courses, [one for one in every if one.archived_at is not None])
    by_id = {one.id: one for one in courses}
    notices = _notices(actor, by_id)
    home.news = [one for one in notices if one.seen_at is None and not actor.borrowed]
    if any(seat.role is Role.STUDENT for seat in actor.seats.values()):
        _add_student(home, actor, by_id, notices)
        for course, owed, going in rows:
            if course.id in by_id and actor.studies(course.id):
                _add_lesson(home, course, owed=owed, going=going)
    if actor.courses_taught():
        _add_staff(home, actor, by_id)
    home.todo.sort(key=lambda item: (item.kind not in FIRST, item.due is None, item.due or now()))
    return home


def _notices(actor: Actor, courses: Collection[int]) -> list[Notice]:
    """What is new, and the notes of what came back, which stay until it is rewritten."""
    return list(
        db.session.scalars(
            select(Notice)
            .where(
                Notice.person_id == actor.person_id,
                Notice.course_id.in_(list(courses)),
                or_(Notice.seen_at.is_(None), Notice.kind == NoticeKind.RETURNED),
                is_heard(),
            )
            .order_by(Notice.created_at.desc(), Notice.id.desc())
            .limit(30)
        )
    )


def _add_student(home: Home, actor: Actor, courses: dict[int, Course], notices: list[Notice]) -> None:
    duties = {duty.project.id: duty for duty in duties_for(actor)}
    for own in _own_posts(actor):
        course = courses.get(own.project.course_id)
        if course is not None and is_open(own.project, now()):
            _add_post(home, course, own)
            _add_duty(home, course, own, duties.get(own.project.id), notices)
    for made in waiting_for_word(actor):
        if made.course_id in courses:
            path = f"/highlights/{made.public_id}"
            home.todo.append(Item("consent", courses[made.course_id], path, line=made.why))


def _add_lesson(home: Home, course: Course, *, owed: bool, going: bool) -> None:
    """The lesson where it comes before the first comment, and where it was begun and not finished."""
    if owed or going:
        path, kind = f"/courses/{course.public_id}/lesson", "lesson_first" if owed else "lesson"
        home.todo.append(Item(kind, course, path, count=int(going)))


def _own_posts(actor: Actor) -> list[OwnPost]:
    studied = [seat.course_id for seat in actor.seats.values() if seat.role is Role.STUDENT]
    received = (
        select(func.count(distinct(Comment.author_id)))
        .where(Comment.post_id == Post.id, Comment.state == State.VISIBLE, Comment.standing.in_(COUNTING))
        .correlate(Post)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Project, Extension, Post, received, fresh_on_own(actor))
        .outerjoin(
            Extension, and_(Extension.project_id == Project.id, Extension.person_id == actor.person_id)
        )
        .outerjoin(
            Post,
            and_(Post.project_id == Project.id, Post.author_id == actor.person_id, drafts_too(actor)),
        )
        .where(Project.course_id.in_(studied), Project.state == ProjectState.PUBLISHED)
        .order_by(Project.post_by, Project.id)
    )
    return [
        OwnPost(project, extension, post, count or 0, fresh or 0)
        for project, extension, post, count, fresh in rows
    ]


def _add_post(home: Home, course: Course, own: OwnPost) -> None:
    project, post = own.project, own.post
    path, until = f"/projects/{project.public_id}/post", due(project, Phase.POST, own.extension)
    if post is None or post.state in {State.DRAFT, State.WITHDRAWN}:
        if not is_closed(project, Phase.POST, now(), own.extension):
            saved = post.draft_saved_at if post else None
            home.todo.append(Item("write", course, path, project.title, due=until, saved_at=saved))
        return
    if post.state is State.RETURNED:
        home.todo.append(Item("post_returned", course, path, project.title))
    elif own.received < project.comments_wanted:
        place = f"/posts/{post.public_id}"
        count, wanted = own.received, project.comments_wanted
        home.waiting.append(
            Item("comments", course, place, project.title, done=count, wanted=wanted, fresh=own.fresh)
        )
    else:
        revise = due(project, Phase.REVISE, own.extension)
        if revise is not None and post.revision_number == 1 and now() < revise:
            place = f"/posts/{post.public_id}"
            home.todo.append(
                Item(
                    "revise",
                    course,
                    path,
                    project.title,
                    due=revise,
                    count=own.received,
                    fresh=own.fresh,
                    also=place,
                )
            )


def _add_duty(home: Home, course: Course, own: OwnPost, duty: Duty | None, notices: list[Notice]) -> None:
    if duty is None or duty.wanted == 0:
        return
    project, written = own.project, own.post is not None and own.post.revision_number > 0
    numbers: dict[str, Any] = {"done": duty.shown, "wanted": duty.wanted, "held": min(duty.held, duty.shown)}
    if duty.came_back:
        note = next((n for n in notices if n.details.get("comment") == duty.came_back), None)
        path = (
            f"/posts/{note.details['post']}#c-{duty.came_back}" if note else f"/projects/{project.public_id}"
        )
        home.todo.append(Item("returned", course, path, project.title, note.details["note"] if note else ""))
    if duty.is_done:
        if written:
            home.done.append(Item("finished", course, f"/projects/{project.public_id}", project.title))
    elif duty.next_post is not None:
        path = f"/posts/{duty.next_post.public_id}"
        home.todo.append(Item("comment", course, path, project.title, due=duty.due, **numbers))
    elif duty.to_improve and duty.waiting_reason == "more_posts":
        path = f"/comments/{duty.to_improve}/edit"
        home.todo.append(Item("improve", course, path, project.title, due=duty.due, **numbers))
    elif duty.waiting_reason in {"no_posts", "more_posts"}:
        path = f"/projects/{project.public_id}"
        home.waiting.append(Item("posts", course, path, project.title, **numbers))


def _add_boards(home: Home, actor: Actor, courses: dict[int, Course]) -> None:
    """Notes that were held, once their wall is open."""
    for board, count in held_in(actor):
        if board.course_id in courses:
            path = f"/boards/{board.public_id}#waiting"
            home.todo.append(Item("board", courses[board.course_id], path, board.title, count=count))


def _add_waiting(home: Home, actor: Actor, courses: dict[int, Course]) -> None:
    """What waits for staff in the courses themselves, each kind with where it is looked after."""
    cases = db.session.execute(
        select(Case.course_id, func.count(), func.min(Case.opened_at))
        .where(Case.closed_at.is_(None), in_care_of(actor, Case.course_id, Case.author_id))
        .group_by(Case.course_id)
    )
    kinds = (
        ("queue", "queue", cases),
        ("situations", "situations", waiting_by_course(actor)),
        ("help", "help-requests?show=long", overdue_in(actor, list(courses.values()))),
    )
    for kind, place, rows in kinds:
        for course_id, count, oldest in rows:
            if course_id in courses:
                path = f"/courses/{courses[course_id].public_id}/{place}"
                home.todo.append(Item(kind, courses[course_id], path, count=count, saved_at=oldest))
    _add_boards(home, actor, courses)


def _add_staff(home: Home, actor: Actor, courses: dict[int, Course]) -> None:
    _add_waiting(home, actor, courses)
    for project, count, oldest in unanswered(actor):
        if project.course_id in courses:
            path = f"/projects/{project.public_id}/calibration#otherwise"
            course = courses[project.course_id]
            home.todo.append(Item("otherwise", course, path, project.title, count=count, saved_at=oldest))
    taught = [course_id for course_id in actor.courses_taught() if course_id in courses]
    for course_id in _not_begun([one for one in taught if actor.leads(one)]):
        course = courses[course_id]
        home.todo.append(Item("begin", course, f"/courses/{course.public_id}", course.title))
    for project, posted in _projects_taught(taught):
        course = courses[project.course_id]
        if project.state is ProjectState.DRAFT:
            path = f"/projects/{project.public_id}/preflight"
            home.todo.append(Item("publish", course, path, project.title))
        else:
            path = f"/projects/{project.public_id}"
            until = next((d for d in (project.post_by, project.comment_by) if d and d > now()), None)
            home.waiting.append(Item("running", course, path, project.title, due=until, count=posted))


def _not_begun(course_ids: list[int]) -> Sequence[int]:
    """Those of the courses that have no project or no student so far."""
    student = (Membership.role == Role.STUDENT, Membership.left_at.is_(None))
    return db.session.scalars(
        select(Course.id).where(
            Course.id.in_(course_ids),
            or_(
                ~exists().where(Project.course_id == Course.id),
                ~exists().where(Membership.course_id == Course.id, *student),
            ),
        )
    ).all()


def _projects_taught(course_ids: list[int]) -> list[tuple[Project, int]]:
    posted = func.coalesce(func.sum(case((Post.state == State.VISIBLE, 1), else_=0)), 0)
    rows = db.session.execute(
        select(Project, posted)
        .outerjoin(Post, Post.project_id == Project.id)
        .where(Project.course_id.in_(course_ids))
        .group_by(Project.id)
        .order_by(Project.post_by.desc(), Project.id.desc())
        .limit(30)
    )
    return [(project, count) for project, count in rows]
