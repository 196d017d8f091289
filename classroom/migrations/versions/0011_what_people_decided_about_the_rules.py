"""What people decided about the rules, and rules that rest"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "labels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("words", sa.String(300), nullable=False),
        sa.Column("fine", sa.Boolean(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_labels_course_id_courses")),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_labels_comment_id_comments")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_labels_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labels")),
    )
    op.create_index("ix_labels_course_id_code", "labels", ["course_id", "code"])
    op.create_index("ix_labels_comment_id_code", "labels", ["comment_id", "code"])
    op.create_table(
        "rule_rests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by_id IS NULL)", name=op.f("ck_rule_rests_ended_pair")
        ),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_rule_rests_course_id_courses")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_rule_rests_by_id_people")),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["people.id"], name=op.f("fk_rule_rests_ended_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_rests")),
        sa.UniqueConstraint("public_id", name=op.f("uq_rule_rests_public_id")),
    )
    open_ = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_rule_rests_one_open",
        "rule_rests",
        ["course_id", "code"],
        unique=True,
        sqlite_where=open_,
        postgresql_where=open_,
    )


def downgrade() -> None:
    op.drop_table("rule_rests")
    op.drop_table("labels")
