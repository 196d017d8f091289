"""What staff did for single students"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tendings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("press", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_tendings_course_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_tendings_project_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_tendings_person_id")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_tendings_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tendings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_tendings_public_id")),
        sa.UniqueConstraint("person_id", "press", name=op.f("uq_tendings_person_id_press")),
    )
    op.create_index("ix_tendings_course_id_at", "tendings", ["course_id", "at"])


def downgrade() -> None:
    op.drop_table("tendings")
