"""Nominations"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "nominations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_nominations_course_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_nominations_comment_id")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_nominations_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nominations")),
        sa.UniqueConstraint("public_id", name=op.f("uq_nominations_public_id")),
        sa.UniqueConstraint("comment_id", "by_id", name=op.f("uq_nominations_comment_id_by_id")),
    )
    op.create_index("ix_nominations_course_id_by_id", "nominations", ["course_id", "by_id"])


def downgrade() -> None:
    op.drop_table("nominations")
