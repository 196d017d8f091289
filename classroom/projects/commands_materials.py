"""Writes of materials: what is handed out, what staff keep, and the answer key that students never see."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from classroom.core import storage
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import RuleBroken, TooLarge
from classroom.core.events import announce
from classroom.core.files import clean_name, inspect
from classroom.core.i18n import _l
from classroom.core.richtext import render, text_of
from classroom.projects.models import Material, Project


@dataclass(frozen=True)
class BytesDropped:
    """No row names the file under this key any more."""

    key: str


@dataclass(frozen=True)
class Kept:
    """A file that lies in the storage already."""

    key: str
    name: str
    media_type: str
    size: int


class KeyStaysHidden(RuleBroken):
    """An answer key that students could see."""

    message = _l("An answer key is never shown to students. Choose one or the other.")


class EmptyMaterial(RuleBroken):
    """Neither words nor a file."""

    message = _l("Write something, or choose a file.")


def keep_file(name: str, data: bytes, *, max_bytes: int) -> Kept:
    """Look at a file and keep its bytes. Raises `TooLarge`, `FileRefused`, `StorageDown`."""
    name = clean_name(name)
    if len(data) > max_bytes:
        limit = max_bytes // (1024 * 1024)
        raise TooLarge(_l("“%(name)s” is larger than %(limit)s MB.", name=name, limit=limit))
    kind = inspect(name, data)
    return Kept(storage.store().put(data), name, kind.media_type, len(data))


def copy_file(material: Material) -> Kept | None:
    """The material's file once more, under a key of its own: either may go without the other."""
    if material.file_key is None:
        return None
    key = storage.store().put(storage.store().get(material.file_key))
    return Kept(key, material.file_name or "file", material.file_type or "", material.file_size or 0)


def add_material(
    project: Project,
    title: str,
    body: str = "",
    *,
    visible: bool = False,
    answer_key: bool = False,
    file: Kept | None = None,
    once: str | None = None,
) -> Material:
    """Add a material; staff only, unless it is `visible`. A form sent twice adds it once."""
    made = _made_by(project.id, once)
    if made is not None:
        return made
    material = Material(course_id=project.course_id, project_id=project.id, once=once)
    _take(material, title, body, visible=visible, answer_key=answer_key, file=file)
    try:
        with db.session.begin_nested():
            db.session.add(material)
    except IntegrityError:
        made = _made_by(project.id, once)
        if made is None:
            raise
        return made
    return material


def edit_material(
    material: Material,
    title: str,
    body: str,
    *,
    visible: bool,
    answer_key: bool,
    file: Kept | None = None,
    drop_file: bool = False,
) -> None:
    """Change a material; `file` takes the place of the one it has."""
    before = material.file_key
    if drop_file:
        material.file_key = material.file_name = material.file_type = material.file_size = None
    _take(material, title, body, visible=visible, answer_key=answer_key, file=file)
    db.session.flush()
    if before is not None and before != material.file_key:
        announce(BytesDropped(before))


def remove_material(material: Material) -> None:
    """Take a material away; it can be put back."""
    material.removed_at = material.removed_at or now()
    db.session.flush()


def put_back_material(material: Material) -> None:
    """Undo the removal."""
    material.removed_at = None
    db.session.flush()


def _made_by(project_id: int, once: str | None) -> Material | None:
    if not once:
        return None
    return db.session.scalar(select(Material).where(Material.project_id == project_id, Material.once == once))


def _take(
    material: Material, title: str, body: str, *, visible: bool, answer_key: bool, file: Kept | None
) -> None:
    if visible and answer_key:
        raise KeyStaysHidden
    if not body and file is None and material.file_key is None:
        raise EmptyMaterial
    material.title, material.body = title, body
    material.body_html = render(body)
    material.body_text = text_of(material.body_html)
    material.visible, material.is_answer_key = visible, answer_key
    if file is not None:
        material.file_key, material.file_name = file.key, file.name
        material.file_type, material.file_size = file.media_type, file.size
