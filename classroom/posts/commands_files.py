"""Writes of files: taken in after a look at what they are, cleaned of names, dropped when unneeded."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from classroom.core import storage
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import RuleBroken, TooLarge
from classroom.core.events import announce
from classroom.core.files import clean_name, inspect, neutral_name
from classroom.core.i18n import _l
from classroom.core.scrub import Scrubbed, scrub
from classroom.posts.commands import own_post
from classroom.posts.events import FileDropped
from classroom.posts.models import Post, PostFile, RevisionFile
from classroom.posts.queries import revision_of
from classroom.projects.models import Anonymity, Project, Wanted


class TooManyFiles(RuleBroken):
    """More than a post carries."""


class NoFilesWanted(RuleBroken):
    """The project takes none."""

    message = _l("This project takes no files.")


@dataclass(frozen=True)
class Given:
    """A file as it came."""

    name: str
    data: bytes


def add_file(project: Project, author_id: int, given: Given, *, max_bytes: int, max_files: int) -> PostFile:
    """Put a file into the draft. The bytes are kept before the row is: a row without bytes cannot be.

    Raises `TooLarge`, `TooManyFiles`, `NoFilesWanted`, `FileRefused`, `StorageDown`. In a blind project
    names are taken out. The same file sent again, by a second press, is the one that is there.
    """
    name = clean_name(given.name)
    if project.wants_files is Wanted.NO:
        raise NoFilesWanted
    if len(given.data) > max_bytes:
        limit = max_bytes // (1024 * 1024)
        raise TooLarge(_l("“%(name)s” is larger than %(limit)s MB.", name=name, limit=limit))
    kind = inspect(name, given.data)
    blind = project.anonymity is not Anonymity.NAMED
    cleaned = scrub(kind, given.data) if blind else Scrubbed(given.data)
    sha256 = hashlib.sha256(cleaned.data).hexdigest()
    post = own_post(project, author_id)
    files = db.session.scalars(select(PostFile).where(PostFile.post_id == post.id)).all()
    carried = [file for file in files if file.in_draft]
    if (same := next((one for one in carried if (one.name, one.sha256) == (name, sha256)), None)) is not None:
        return same
    if len(carried) >= max_files:
        raise TooManyFiles(_l("A post carries at most %(n)s files. Take one out first.", n=max_files))
    file = PostFile(
        course_id=project.course_id,
        post_id=post.id,
        name=name,
        neutral_name=neutral_name(_next_number(files), kind),
        media_type=kind.media_type,
        inline=kind.inline,
        size=len(cleaned.data),
        key=storage.store().put(cleaned.data),
        sha256=sha256,
        scrubbed=list(cleaned.removed),
        left_in=list(cleaned.left_in),
        cleaned=blind,
    )
    db.session.add(file)
    post.draft_saved_at = now()
    db.session.flush()
    return file


def _next_number(files: Sequence[PostFile]) -> int:
    """One more than any file of the post has had, so that two never share a neutral name."""
    numbers = (re.search(r"(\d+)(?:\.\w+)?$", file.neutral_name) for file in files)
    return max((int(found[1]) for found in numbers if found), default=0) + 1


def remove_file(file: PostFile) -> None:
    """Take a file out of the draft; a revision that carries it keeps it."""
    db.session.get_one(Post, file.post_id).draft_saved_at = now()
    if db.session.scalar(select(RevisionFile.id).where(RevisionFile.file_id == file.id).limit(1)):
        file.in_draft = False
    else:
        _drop(file)
    db.session.flush()


def drop_draft(post: Post) -> None:
    """Forget what was changed since the latest revision, files too."""
    latest = revision_of(post)
    if latest is None:
        return
    post.draft_title, post.draft_text = latest.title, latest.source
    post.draft_link, post.draft_help = latest.link, latest.help_wanted
    post.draft_version += 1
    post.draft_saved_at, post.draft_tab = latest.created_at, None
    _carry_again(post, latest.id)


def _carry_again(post: Post, revision_id: int) -> None:
    """Let the draft carry what the revision carries, and nothing else."""
    rows = db.session.execute(
        select(PostFile, RevisionFile.revision_id)
        .outerjoin(RevisionFile, RevisionFile.file_id == PostFile.id)
        .where(PostFile.post_id == post.id)
    )
    carriers: dict[PostFile, set[int | None]] = {}
    for file, carrier in rows:
        carriers.setdefault(file, set()).add(carrier)
    for file, revisions in carriers.items():
        file.in_draft = revision_id in revisions
        if revisions == {None}:
            _drop(file)
    db.session.flush()


def _drop(file: PostFile) -> None:
    db.session.delete(file)
    announce(FileDropped(file.key))


def bytes_for_peers(file: PostFile) -> bytes:
    """A file without its author's name, for a project that hid its names after the file came."""
    data = storage.store().get(file.key)
    return scrub(inspect(file.name, data), data).data
