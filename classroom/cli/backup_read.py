"""Bringing a backup back: the whole of it, into an empty installation, or nothing."""

import hashlib
import json
import re
import zipfile
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, delete, func, select

from classroom.cli.backup_rows import LEFT_OUT, digest_of, go_on_counting, insert_lines, tables_in
from classroom.cli.backup_write import FORMAT, MANIFEST
from classroom.core.storage import Storage

NAME = re.compile(r"tables/[a-z_]{1,63}\.jsonl|files/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{32}")
PIECE = 256 * 1024
NEWER = "This backup was made by a newer version of Classroom. Install that version first."


class Unfit(Exception):  # noqa: N818 - named for what is wrong with it
    """This backup cannot be brought back here; the message says why."""


def open_backup(path: Path) -> tuple[zipfile.ZipFile, dict[str, Any]]:
    """The archive and its manifest, after every byte of it was compared with the manifest."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise Unfit("This is not a backup, or it was cut off: it cannot be opened as a zip.") from error
    try:
        manifest = json.loads(archive.read(MANIFEST))
        _check_names(archive, manifest)
        _check_contents(archive, manifest)
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError, NotImplementedError) as error:
        archive.close()
        raise Unfit("This zip is not a whole backup made by Classroom.") from error
    except Unfit:
        archive.close()
        raise
    return archive, manifest


def _check_names(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    if manifest["format"] != FORMAT:
        raise Unfit(NEWER)
    told = {f"tables/{name}.jsonl" for name in manifest["tables"]} | {f"files/{k}" for k in manifest["files"]}
    found = [entry.filename for entry in archive.infolist()]
    strange = sorted(name for name in told | set(found) - {MANIFEST} if not NAME.fullmatch(name))
    if strange:
        raise Unfit(f"This zip holds a name that no backup has: {strange[0]!r}.")
    if sorted(found) != sorted(told | {MANIFEST}):
        raise Unfit("This backup does not hold what its manifest names.")


def _check_contents(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    wanted = {f"tables/{name}.jsonl": told["sha256"] for name, told in manifest["tables"].items()}
    wanted |= {f"files/{key}": told["sha256"] for key, told in manifest["files"].items()}
    for name, sha256 in wanted.items():
        digest = hashlib.sha256()
        with archive.open(name) as entry:
            while piece := entry.read(PIECE):
                digest.update(piece)
        if digest.hexdigest() != sha256:
            raise Unfit(f"This backup is damaged: {name} is not what it was.")


def is_empty(connection: Connection) -> bool:
    """Nobody and nothing is here; a first instructor's link that nobody used does not count."""
    tables = tables_in(connection)
    return all(connection.scalar(select(func.count()).select_from(table)) == 0 for table in tables)


def restore(engine: Engine, storage: Storage, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Files first, then all rows in one transaction, which is committed when it reads like the backup."""
    put: list[str] = []
    try:
        for key in manifest["files"]:
            with archive.open(f"files/{key}") as entry:
                put.append(key)
                storage.put_back(key, entry)
            _check_file(storage, key, manifest["files"][key]["sha256"])
        with engine.begin() as connection:
            _restore_rows(connection, archive, manifest["tables"])
    except BaseException:
        for key in put:
            storage.delete(key)
        raise


def _check_file(storage: Storage, key: str, sha256: str) -> None:
    digest = hashlib.sha256()
    for piece in storage.stream(key):
        digest.update(piece)
    if digest.hexdigest() != sha256:
        raise Unfit(f"The storage did not keep the file {key} as it was.")


def _restore_rows(connection: Connection, archive: zipfile.ZipFile, told: dict[str, Any]) -> None:
    if not is_empty(connection):
        raise Unfit("Somebody began to use this installation meanwhile; nothing was changed.")
    tables = tables_in(connection)
    if {table.name for table in tables} != set(told):
        raise Unfit("This backup has other tables than this schema; nothing was changed.")
    _end_what_was_begun(connection)
    for table in tables:
        with archive.open(f"tables/{table.name}.jsonl") as lines:
            insert_lines(connection, table, lines)
        go_on_counting(connection, table)
    for table in tables:
        if digest_of(connection, table) != (told[table.name]["rows"], told[table.name]["sha256"]):
            raise Unfit(f"The rows of {table.name} do not read as they did; nothing was changed.")


def _end_what_was_begun(connection: Connection) -> None:
    """The first instructor's link of the empty installation must not work in the restored one."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _found: name in LEFT_OUT - {"alembic_version"})
    for table in reversed(found.sorted_tables):
        if table.name in LEFT_OUT:
            connection.execute(delete(table))
