"""When pairings are mended: a post comes or goes, a student joins or leaves, the project changes."""

from classroom.access import Role
from classroom.comments.events import CommentMoved
from classroom.comments.pairing_work import repair, repair_course
from classroom.core.events import listens
from classroom.courses.commands import MemberJoined, MemberLeft, RosterApplied
from classroom.posts.events import PostMoved
from classroom.posts.states import State
from classroom.projects.commands import ProjectChanged, ProjectPublished
from classroom.projects.commands_extensions import DatesMoved

GONE = frozenset({State.REMOVED, State.WITHDRAWN})


@listens(PostMoved)
def post_moved(event: PostMoved) -> None:
    """A post became visible to the class, or is not any more."""
    if State.VISIBLE in {event.before, event.after}:
        repair(event.project_id)


@listens(MemberJoined)
def member_joined(event: MemberJoined) -> None:
    if event.role is Role.STUDENT and not event.together:
        repair_course(event.course_id)


@listens(MemberLeft)
def member_left(event: MemberLeft) -> None:
    if not event.together:
        repair_course(event.course_id)


@listens(RosterApplied)
def roster_applied(event: RosterApplied) -> None:
    """A whole class came or went: the pairings are mended once."""
    repair_course(event.course_id)


@listens(ProjectPublished)
def project_published(event: ProjectPublished) -> None:
    repair(event.project_id)


@listens(ProjectChanged)
def project_changed(event: ProjectChanged) -> None:
    repair(event.project_id)


@listens(DatesMoved)
def dates_moved(event: DatesMoved) -> None:
    """Whoever may post later reads nothing before that, so others are asked meanwhile."""
    repair(event.project_id)


@listens(CommentMoved)
def comment_moved(event: CommentMoved) -> None:
    """A comment that is gone leaves its post short; one that is back fills its place again."""
    if event.subject == "comment" and GONE & {event.before, event.after}:
        repair(event.project_id)
