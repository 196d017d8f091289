"""Writes of files: taken in after a look at what they are, cleaned of names, dropped when unneeded."""

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select, update

from classroom.core import storage
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import ChangedMeanwhile, RuleBroken, TooLarge
from classroom.core.events import announce
from classroom.core.files import clean_name, inspect, neutral_name
from classroom.core.i18n import _l
from classroom.core.scrub import Scrubbed, scrub
from classroom.posts.commands import own_post, save_draft
from classroom.posts.events import FileDropped
from classroom.posts.models import Post, PostFile, RevisionFile
from classroom.posts.queries import draft_files_of, revision_of
from classroom.posts.rules import Typed
from classroom.projects.models import Anonymity, Project, Wanted


class TooManyFiles(RuleBroken):
    """More than a post carries."""


def too_many(most: int) -> TooManyFiles:
    return TooManyFiles(_l("A post carries at most %(n)s files. Take one out first.", n=most))


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
        raise too_many(max_files)
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
    """Take a file out of the draft; a revision that carries it keeps it. Until then it can be put back."""
    _touch(file, in_draft=False)


def put_back_file(file: PostFile, *, max_files: int) -> None:
    """Undo that, unless others have taken its place."""
    if len(draft_files_of(file.post_id)) >= max_files:
        raise too_many(max_files)
    _touch(file, in_draft=True)


def _touch(file: PostFile, *, in_draft: bool) -> None:
    db.session.get_one(Post, file.post_id).draft_saved_at = now()
    file.in_draft = in_draft
    db.session.flush()


def forget_left_out(condition: ColumnElement[bool]) -> None:
    """Drop the files that neither the draft nor any revision carries, of the posts that `condition` names."""
    carried = exists().where(RevisionFile.file_id == PostFile.id)
    asked = select(PostFile).join(PostFile.post).where(condition, ~PostFile.in_draft, ~carried)
    for file in db.session.scalars(asked).all():
        db.session.delete(file)
        announce(FileDropped(file.key))
    db.session.flush()


def drop_draft(post: Post) -> None:
    """Back to the latest revision, files too."""
    latest = revision_of(post)
    if latest is None:
        return
    post.draft_title, post.draft_text = latest.title, latest.source
    post.draft_link, post.draft_help = latest.link, latest.help_wanted
    post.draft_version += 1
    post.draft_saved_at, post.draft_tab = latest.created_at, None
    carried = select(RevisionFile.file_id).where(RevisionFile.revision_id == latest.id)
    _carry(post, PostFile.id.in_(carried))


def take_up_draft(post: Post, typed: Typed, files: Collection[str], *, version: int) -> None:
    """Undo that: the words and files (by public id) that the draft had; `version` is the dropped one's."""
    if post.draft_version != version:
        raise ChangedMeanwhile
    save_draft(post.project, post.author_id, typed)
    _carry(post, PostFile.public_id.in_(files))


def _carry(post: Post, which: ColumnElement[bool]) -> None:
    """Let the draft carry these files of the post, and nothing else."""
    db.session.execute(
        update(PostFile)
        .where(PostFile.post_id == post.id)
        .values(in_draft=which)
        .execution_options(synchronize_session="fetch")
    )


def bytes_for_peers(file: PostFile) -> bytes:
    """A file without its author's name, for a project that hid its names after the file came."""
    data = storage.store().get(file.key)
    return scrub(inspect(file.name, data), data).data
