"""Read-only figures: whether the database is the one this code needs."""

from dataclasses import dataclass

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import OperationalError

from classroom.core.db import db


@dataclass(frozen=True)
class DatabaseState:
    """`migration` is 'current', 'behind', 'unknown' or 'away'."""

    database: str
    migration: str

    @property
    def ok(self) -> bool:
        return self.migration == "current"


def database_state(migrations: str) -> DatabaseState:
    """Ask the database for its revision and compare it with the newest one in `migrations`."""
    config = Config()
    config.set_main_option("script_location", migrations)
    newest = ScriptDirectory.from_config(config).get_current_head()
    try:
        connection = db.session.connection()
        here = MigrationContext.configure(connection).get_current_revision()
    except OperationalError:
        return DatabaseState("away", "away")
    name = connection.dialect.name
    return DatabaseState(name, "current" if here == newest else "behind" if here else "unknown")
