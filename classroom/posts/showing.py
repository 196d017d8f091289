"""Files of a post as one person sees them: under names that give nobody away."""

from collections.abc import Sequence
from dataclasses import dataclass

from classroom.access import Actor
from classroom.courses.queries import has_in_care
from classroom.posts.models import PostFile
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


def knows_names(viewer: Actor, project: Project, author_id: int) -> bool:
    """May the viewer know who the author is?"""
    return (
        project.anonymity is Anonymity.NAMED
        or viewer.person_id == author_id
        or has_in_care(viewer, project.course_id, author_id)
    )


def files_shown(
    viewer: Actor, project: Project, author_id: int, files: Sequence[PostFile]
) -> list[ShownFile]:
    """Files as the viewer sees them listed."""
    close = viewer.person_id == author_id or has_in_care(viewer, project.course_id, author_id)
    knows = close or project.anonymity is Anonymity.NAMED
    return [
        ShownFile(
            public_id=file.public_id,
            name=file.name if knows else file.neutral_name,
            size=file.size,
            media_type=file.media_type,
            inline=file.inline,
            sha256=file.sha256,
            scrubbed=file.scrubbed if close else (),
            left_in=file.left_in if close else (),
        )
        for file in files
    ]
