"""Looking through a student's eyes"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STEPS = sa.Enum("started", "stopped", "exported", name="viewingstep", native_enum=False, length=32)


def upgrade() -> None:
    op.create_table(
        "viewings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("step", STEPS, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_viewings_by_id")),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_viewings_course_id")),
        sa.ForeignKeyConstraint(["student_id"], ["people.id"], name=op.f("fk_viewings_student_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_viewings")),
        sa.UniqueConstraint("key", "step", name=op.f("uq_viewings_key_step")),
    )
    op.create_index("ix_viewings_course_id_student_id", "viewings", ["course_id", "student_id"])


def downgrade() -> None:
    op.drop_index("ix_viewings_course_id_student_id", table_name="viewings")
    op.drop_table("viewings")
