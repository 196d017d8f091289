"""A post as one person reads it: the row, its project, the revision shown, and whose it is."""

from dataclasses import dataclass
from datetime import datetime

from classroom.courses.models import Course
from classroom.courses.queries import Member
from classroom.posts.models import Post, Revision
from classroom.projects.models import Extension, Project


@dataclass(frozen=True)
class Reading:
    """What the finder answers for the post page; `extension` and `read_at` are the reader's own."""

    course: Course
    post: Post
    project: Project
    revision: Revision
    author: Member
    extension: Extension | None = None
    read_at: datetime | None = None

    @property
    def course_id(self) -> int:
        return self.post.course_id

    def is_new_to(self, person_id: int, author_id: int, shown_at: datetime | None) -> bool:
        """Came since that person last read; at first all is new to the post's author, to others nothing."""
        if shown_at is None or author_id == person_id:
            return False
        if self.read_at is None:
            return self.post.author_id == person_id
        return shown_at > self.read_at

    @property
    def is_latest(self) -> bool:
        return self.revision.number == self.post.revision_number
