"""Where one asks: in a course, about a project, or on one's own post."""

from dataclasses import dataclass

from classroom.courses.models import Course
from classroom.posts.models import Post, Revision
from classroom.projects.models import Project


@dataclass(frozen=True)
class Place:
    """What a finder answers for the page on which one asks; `revision` is the post's latest."""

    course: Course
    project: Project | None = None
    post: Post | None = None
    revision: Revision | None = None

    @property
    def course_id(self) -> int:
        return self.course.id

    @property
    def author_id(self) -> int | None:
        """Whose post it is."""
        return self.post.author_id if self.post else None

    @property
    def brief(self) -> str:
        return self.project.brief_text if self.project else ""

    @property
    def work(self) -> str:
        return self.revision.text if self.revision else ""

    @property
    def title(self) -> str:
        return self.project.title if self.project else ""
