"""Read-only figures: whether the database is the one this code needs, and how much a course holds."""

from dataclasses import dataclass

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from classroom.comments.models import Comment
from classroom.core.db import db
from classroom.posts.models import Post
from classroom.projects.models import Project


@dataclass(frozen=True)
class DatabaseState:
    """`migration` is 'current', 'behind', 'unknown' or 'away'."""

    database: str
    migration: str

    @property
    def ok(self) -> bool:
        return self.migration == "current"


@dataclass(frozen=True)
class Size:
    """How much there is in a course."""

    projects: int
    posts: int
    comments: int


def size_of(course_id: int) -> Size:
    """One statement."""
    kinds: tuple[type[Project | Post | Comment], ...] = (Project, Post, Comment)
    counts = [
        select(func.count()).select_from(kind).where(kind.course_id == course_id).scalar_subquery()
        for kind in kinds
    ]
    projects, posts, comments = db.session.execute(select(*counts)).one()
    return Size(projects, posts, comments)


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
