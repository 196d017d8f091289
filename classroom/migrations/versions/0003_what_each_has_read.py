"""What each person has read, and since when a comment is visible."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "last_reads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_last_reads_course_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_last_reads_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_last_reads_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_last_reads")),
        sa.UniqueConstraint("person_id", "post_id", name=op.f("uq_last_reads_person_id_post_id")),
    )
    op.create_index(op.f("ix_last_reads_course_id"), "last_reads", ["course_id"])
    op.create_index(op.f("ix_last_reads_post_id"), "last_reads", ["post_id"])
    for table in ("comments", "replies"):
        op.add_column(table, sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True))
        op.execute(sa.text(f"UPDATE {table} SET shown_at = posted_at WHERE state = 'visible'"))  # noqa: S608


def downgrade() -> None:
    for table in ("replies", "comments"):
        op.drop_column(table, "shown_at")
    op.drop_table("last_reads")
