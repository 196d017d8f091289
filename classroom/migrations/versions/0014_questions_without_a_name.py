"""Questions without a name, what was said to them, and how often an example answered one"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "situations",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("asked_on", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("ruling", sa.String(length=32), nullable=True),
        sa.Column("clause_number", sa.Integer(), nullable=True),
        sa.Column("answered_on", sa.DateTime(timezone=True), nullable=True),
        sa.Column("thanked", sa.Boolean(), nullable=False),
        sa.Column("made_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_situations_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_situations")),
        sa.UniqueConstraint("public_id", name=op.f("uq_situations_public_id")),
        sa.UniqueConstraint("secret_digest", name=op.f("uq_situations_secret_digest")),
    )
    op.create_index("ix_situations_course_id_state", "situations", ["course_id", "state"])
    op.create_table(
        "situation_turns",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("situation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("said_on", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_situation_turns_by_id")),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_situation_turns_course_id")),
        sa.ForeignKeyConstraint(
            ["situation_id"], ["situations.id"], name=op.f("fk_situation_turns_situation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_situation_turns")),
        sa.UniqueConstraint(
            "situation_id", "position", name=op.f("uq_situation_turns_situation_id_position")
        ),
    )
    op.create_index(op.f("ix_situation_turns_course_id"), "situation_turns", ["course_id"])
    op.create_table(
        "example_readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("passed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_example_readings_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_example_readings")),
        sa.UniqueConstraint("course_id", "mark", name=op.f("uq_example_readings_course_id_mark")),
    )


def downgrade() -> None:
    for table in ("example_readings", "situation_turns", "situations"):
        op.drop_table(table)
