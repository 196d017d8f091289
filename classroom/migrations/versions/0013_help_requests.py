"""Help requests and their answers; what waits for a person may belong to no project"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
MOMENT = sa.DateTime(timezone=True)


def _table(name: str, parents: dict[str, str], *parts: SchemaItem) -> None:
    """A table with its keys, its public id and what both tables have; a key to each parent by column."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        _text("public_id", 16),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("verdict", sa.JSON(), nullable=False),
        _text("hold_reason", 40, nullable=True),
        _text("once", 32, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        *(_moment(one) for one in ("posted_at", "shown_at", "edited_at")),
        sa.Column("version", sa.Integer(), nullable=False),
        *parts,
        *(
            sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=op.f(f"fk_{name}_{column}"))
            for column, parent in parents.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{name}_public_id")),
        sa.UniqueConstraint("author_id", "once", name=op.f(f"uq_{name}_author_id_once")),
    )


def _text(name: str, most: int | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(most) if most else sa.Text(), nullable=nullable)


def _moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, MOMENT, nullable=True)


PARENTS = {"course_id": "courses", "project_id": "projects", "author_id": "people"}


def upgrade() -> None:
    op.add_column("courses", sa.Column("help_hours", sa.Integer(), nullable=False, server_default="24"))
    for name in ("cases", "moderation_log"):
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.alter_column("project_id", existing_type=sa.Integer(), nullable=True)
    name = "help_requests"
    _table(
        name,
        {**PARENTS, "post_id": "posts", "taken_by_id": "people"},
        sa.Column("post_id", sa.Integer(), nullable=True),
        *(sa.Column(one, sa.String(32), nullable=False) for one in ("audience", "kind", "size")),
        *(_text(one) for one in ("trying", "tried", "breaks")),
        _text("quote", nullable=True),
        *(_moment(one) for one in ("taken_at", "answered_at", "reopened_at", "shared_at")),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(taken_at IS NULL) = (taken_by_id IS NULL)", name=op.f(f"ck_{name}_taken_pair")),
        sa.CheckConstraint(
            "post_id IS NULL OR project_id IS NOT NULL", name=op.f(f"ck_{name}_post_in_project")
        ),
        sa.CheckConstraint("quote IS NULL OR post_id IS NOT NULL", name=op.f(f"ck_{name}_quote_of_post")),
    )
    op.create_index(op.f(f"ix_{name}_course_id_state"), name, ["course_id", "state"])
    op.create_index(op.f(f"ix_{name}_post_id"), name, ["post_id"])
    name = "help_answers"
    _table(
        name,
        {**PARENTS, "request_id": "help_requests"},
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(32), nullable=True),
        *(_text(one) for one in ("body", "body_html")),
        _moment("helped_at"),
    )
    op.create_index(op.f(f"ix_{name}_course_id"), name, ["course_id"])
    op.create_index(op.f(f"ix_{name}_request_id_state"), name, ["request_id", "state"])


def downgrade() -> None:
    op.drop_table("help_answers")
    op.drop_table("help_requests")
    for name in ("moderation_log", "cases"):
        op.execute(sa.text(f"DELETE FROM {name} WHERE project_id IS NULL"))  # noqa: S608 - a name of ours
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.alter_column("project_id", existing_type=sa.Integer(), nullable=False)
    op.drop_column("courses", "help_hours")
