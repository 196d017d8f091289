"""A post as one person reads it: the row, its project, the revision shown, and whose it is."""

from dataclasses import dataclass

from classroom.courses.models import Course
from classroom.courses.queries import Member
from classroom.posts.models import Post, Revision
from classroom.projects.models import Extension, Project


@dataclass(frozen=True)
class Reading:
    """What the finder answers for the post page; `extension` is the reader's own."""

    course: Course
    post: Post
    project: Project
    revision: Revision
    author: Member
    extension: Extension | None = None

    @property
    def course_id(self) -> int:
        return self.post.course_id

    @property
    def is_latest(self) -> bool:
        return self.revision.number == self.post.revision_number
