"""Revision plans"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("choice", sa.String(32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("once", sa.String(32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(revision IS NULL) = (told_at IS NULL)", name=op.f("ck_plan_items_told_pair")),
        sa.CheckConstraint("choice = 'will' OR words <> ''", name=op.f("ck_plan_items_reason_given")),
        sa.CheckConstraint("comment_id IS NOT NULL OR words <> ''", name=op.f("ck_plan_items_own_words")),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_plan_items_course_id")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_plan_items_post_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_plan_items_comment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_items")),
        sa.UniqueConstraint("public_id", name=op.f("uq_plan_items_public_id")),
        sa.UniqueConstraint("comment_id", name=op.f("uq_plan_items_comment_id")),
        sa.UniqueConstraint("post_id", "once", name=op.f("uq_plan_items_post_id_once")),
    )
    op.create_index("ix_plan_items_course_id_post_id", "plan_items", ["course_id", "post_id"])
    op.create_table(
        "plan_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("once", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_plan_replies_course_id")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_plan_replies_post_id")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_plan_replies_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_replies")),
        sa.UniqueConstraint("public_id", name=op.f("uq_plan_replies_public_id")),
        sa.UniqueConstraint("author_id", "once", name=op.f("uq_plan_replies_author_id_once")),
    )
    op.create_index("ix_plan_replies_course_id_post_id", "plan_replies", ["course_id", "post_id"])


def downgrade() -> None:
    op.drop_table("plan_replies")
    op.drop_table("plan_items")
