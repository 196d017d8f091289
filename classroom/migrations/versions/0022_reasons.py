"""How comments helped"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KINDS = ("showed_where", "told_why", "next_step", "made_me_think", "too_vague", "not_understood")


def upgrade() -> None:
    op.create_table(
        "comment_reasons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="reasonkind", native_enum=False, length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_comment_reasons_course_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_comment_reasons_comment_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_comment_reasons_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_reasons")),
        sa.UniqueConstraint(
            "comment_id",
            "person_id",
            "kind",
            name=op.f("uq_comment_reasons_comment_id_person_id_kind"),
        ),
    )
    op.create_index("ix_comment_reasons_course_id_told_at", "comment_reasons", ["course_id", "told_at"])


def downgrade() -> None:
    op.drop_table("comment_reasons")
