"""Writes of files: taken in after a look at what they are, cleaned of names, dropped when unneeded."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import func, select

from classroom.core import storage
from classroom.core.db import db
from classroom.core.errors import RuleBroken, TooLarge
from classroom.core.events import announce
from classroom.core.files import clean_name, inspect, neutral_name
from classroom.core.i18n import _l
from classroom.core.scrub import Scrubbed, scrub
from classroom.posts.commands import own_post
from classroom.posts.events import FileDropped
from classroom.posts.models import PostFile, RevisionFile
from classroom.projects.models import Anonymity, Project


class TooManyFiles(RuleBroken):
    """More than a post carries."""


@dataclass(frozen=True)
class Given:
    """A file as it came."""

    name: str
    data: bytes


def add_file(project: Project, author_id: int, given: Given, *, max_bytes: int, max_files: int) -> PostFile:
    """Put a file into the draft. The bytes are kept before the row is: a row without bytes cannot be.

    Raises `TooLarge`, `TooManyFiles`, `FileRefused`, `StorageDown`. In a blind project names are taken out.
    """
    name = clean_name(given.name)
    if len(given.data) > max_bytes:
        limit = max_bytes // (1024 * 1024)
        raise TooLarge(_l("“%(name)s” is larger than %(limit)s MB.", name=name, limit=limit))
    kind = inspect(name, given.data)
    post = own_post(project, author_id)
    carried = db.session.scalar(
        select(func.count()).where(PostFile.post_id == post.id, PostFile.in_draft.is_(True))
    )
    if (carried or 0) >= max_files:
        raise TooManyFiles(_l("A post carries at most %(n)s files. Take one out first.", n=max_files))
    blind = project.anonymity is not Anonymity.NAMED
    cleaned = scrub(kind, given.data) if blind else Scrubbed(given.data)
    number = db.session.scalar(select(func.count()).where(PostFile.post_id == post.id)) or 0
    file = PostFile(
        course_id=project.course_id,
        post_id=post.id,
        name=name,
        neutral_name=neutral_name(number + 1, kind),
        media_type=kind.media_type,
        inline=kind.inline,
        size=len(cleaned.data),
        key=storage.store().put(cleaned.data),
        sha256=hashlib.sha256(cleaned.data).hexdigest(),
        scrubbed=list(cleaned.removed),
        left_in=list(cleaned.left_in),
    )
    db.session.add(file)
    db.session.flush()
    return file


def remove_file(file: PostFile) -> None:
    """Take a file out of the draft; a revision that carries it keeps it."""
    if db.session.scalar(select(RevisionFile.id).where(RevisionFile.file_id == file.id).limit(1)):
        file.in_draft = False
    else:
        db.session.delete(file)
        announce(FileDropped(file.key))
    db.session.flush()
