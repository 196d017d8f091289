"""Where one asks: in a course, about a project, or on one's own post; and what one asks there."""

from dataclasses import dataclass

from classroom.courses.models import Course
from classroom.help_requests.models import Audience, HelpKind, Size
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
    def draft_key(self) -> str:
        """The `once` of what is being asked here, so that the database keeps one draft in each place.

        Once it is sent, its key is that of the press, as with every request.
        """
        if self.post is not None:
            return f"draft post {self.post.id}"
        return f"draft project {self.project.id}" if self.project else f"draft course {self.course_id}"

    @property
    def brief(self) -> str:
        return self.project.brief_text if self.project else ""

    @property
    def work(self) -> str:
        return self.revision.text if self.revision else ""

    @property
    def title(self) -> str:
        return self.project.title if self.project else ""


@dataclass(frozen=True)
class Asked:
    """What someone asks; only `trying` must say something."""

    trying: str
    tried: str = ""
    breaks: str = ""
    kind: HelpKind = HelpKind.HINT
    size: Size = Size.TEN_MINUTES
    audience: Audience = Audience.NAME
    quote: str | None = None

    @property
    def text(self) -> str:
        return "\n\n".join(part for part in (self.trying, self.tried, self.breaks) if part.strip())
