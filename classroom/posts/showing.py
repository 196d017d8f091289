"""A post as one person sees it: the work of one revision, with files under names that give nobody away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from classroom.access import Actor
from classroom.posts.models import Post, PostFile, Revision
from classroom.posts.rules import link_host
from classroom.projects.models import Anonymity, Project


@dataclass(frozen=True)
class ShownFile:
    """A file in a list. `scrubbed` and `left_in` are told to its author and to staff only."""

    public_id: str
    name: str
    size: int
    media_type: str
    inline: bool
    sha256: str
    scrubbed: Sequence[str] = ()
    left_in: Sequence[str] = ()

    @property
    def is_picture(self) -> bool:
        return self.inline and self.media_type.startswith("image/")


@dataclass(frozen=True)
class Work:
    """One revision as it is read; `html` is safe to show."""

    post_id: str
    title: str
    html: str
    link: str
    link_host: str
    help_wanted: str
    files: Sequence[ShownFile]
    number: int
    latest: int
    posted_at: datetime | None
    revised_at: datetime
    late: bool

    @property
    def is_latest(self) -> bool:
        return self.number == self.latest

    @property
    def edited(self) -> bool:
        return self.number > 1


def knows_names(viewer: Actor, project: Project, author_id: int) -> bool:
    """May the viewer know who the author is?"""
    return (
        project.anonymity is Anonymity.NAMED
        or viewer.person_id == author_id
        or viewer.teaches(project.course_id)
    )


def file_name(viewer: Actor, project: Project, author_id: int, file: PostFile) -> str:
    """The file's own name, or one that tells nothing."""
    return file.name if knows_names(viewer, project, author_id) else file.neutral_name


def files_shown(
    viewer: Actor, project: Project, author_id: int, files: Sequence[PostFile]
) -> list[ShownFile]:
    """Files as the viewer sees them listed."""
    close = viewer.person_id == author_id or viewer.teaches(project.course_id)
    return [
        ShownFile(
            public_id=file.public_id,
            name=file_name(viewer, project, author_id, file),
            size=file.size,
            media_type=file.media_type,
            inline=file.inline,
            sha256=file.sha256,
            scrubbed=file.scrubbed if close else (),
            left_in=file.left_in if close else (),
        )
        for file in files
    ]


def work_shown(
    viewer: Actor, project: Project, post: Post, revision: Revision, files: Sequence[PostFile]
) -> Work:
    """What `posts/_work.html` shows; `dataclasses.replace(work, html=…)` puts marks into the text."""
    return Work(
        post_id=post.public_id,
        title=revision.title,
        html=revision.html,
        link=revision.link,
        link_host=link_host(revision.link),
        help_wanted=revision.help_wanted,
        files=files_shown(viewer, project, post.author_id, files),
        number=revision.number,
        latest=post.revision_number,
        posted_at=post.posted_at,
        revised_at=revision.created_at,
        late=post.late or revision.late,
    )
