"""Making a backup: one zip of one moment, while the class goes on."""

import hashlib
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, MetaData, Table, select

from classroom.cli.backup_rows import FILE_COLUMNS, LEFT_OUT, lines_of, tables_in
from classroom.cli.new_file import new_file
from classroom.core.clock import now
from classroom.core.storage import FileGone, Storage

FORMAT = 1
MANIFEST = "manifest.json"


class NothingHere(Exception):  # noqa: N818 - named for what was found
    """The database has no schema yet."""


@dataclass
class Written:
    """What a backup holds; `missing` are files that rows name and the storage has not."""

    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    revision: str | None = None

    @property
    def rows(self) -> int:
        return sum(int(one["rows"]) for one in self.tables.values())


def write_backup(engine: Engine, storage: Storage, path: Path) -> Written:
    """Raises FileExistsError rather than touch a file that is there."""
    with new_file(path) as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        return _fill(archive, engine, storage)


def _fill(archive: zipfile.ZipFile, engine: Engine, storage: Storage) -> Written:
    written, keys = Written(), set[str]()
    with snapshot(engine) as connection:
        written.revision = MigrationContext.configure(connection).get_current_revision()
        if written.revision is None:
            raise NothingHere
        for table in tables_in(connection):
            lines = (_noting(line, values, table.name, keys) for line, values in lines_of(connection, table))
            count, told = _entry(archive, f"tables/{table.name}.jsonl", lines)
            written.tables[table.name] = {"rows": count, "sha256": told["sha256"]}
    for key in sorted(keys):
        try:
            pieces = storage.stream(key)
        except FileGone:
            written.missing.append(key)
        else:
            written.files[key] = _entry(archive, f"files/{key}", pieces, zipfile.ZIP_STORED)[1]
    written.missing = _still_named(engine, written.missing)
    archive.writestr(MANIFEST, json.dumps(_manifest(written), indent=1))
    return written


def snapshot(engine: Engine) -> Connection:
    """One moment of the database: what is committed meanwhile is not seen, and nobody waits for us."""
    connection = engine.connect()
    if engine.dialect.name == "postgresql":
        connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return connection


def _noting(line: bytes, values: dict[str, Any], table: str, keys: set[str]) -> bytes:
    key = values.get(FILE_COLUMNS.get(table, ""))
    if key:
        keys.add(key)
    return line


def _entry(
    archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes], how: int = zipfile.ZIP_DEFLATED
) -> tuple[int, dict[str, Any]]:
    """Write pieces as they come; answer how many, and the size and sha256 of the whole."""
    count, size, digest = 0, 0, hashlib.sha256()
    entry = zipfile.ZipInfo(name, date_time=now().timetuple()[:6])
    entry.compress_type = how
    entry.external_attr = 0o600 << 16
    with archive.open(entry, "w", force_zip64=True) as out:
        for piece in pieces:
            count, size = count + 1, size + len(piece)
            digest.update(piece)
            out.write(piece)
    return count, {"size": size, "sha256": digest.hexdigest()}


def _still_named(engine: Engine, missing: list[str]) -> list[str]:
    """Of the files that were not there, those that rows still name: the others were removed meanwhile."""
    if not missing:
        return []
    named: set[str] = set()
    with engine.connect() as connection:
        found = MetaData()
        found.reflect(connection, only=list(FILE_COLUMNS))
        for name, column in FILE_COLUMNS.items():
            table: Table = found.tables[name]
            named.update(connection.scalars(select(table.c[column]).where(table.c[column].in_(missing))))
    return [key for key in missing if key in named]


def _manifest(written: Written) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": now().isoformat(timespec="seconds"),
        "version": version(),
        "revision": written.revision,
        "left_out": sorted(LEFT_OUT),
        "tables": written.tables,
        "files": written.files,
        "missing": written.missing,
    }


def version() -> str:
    """The installed version; from a bare checkout, none."""
    try:
        return metadata.version("classroom")
    except metadata.PackageNotFoundError:
        return ""
