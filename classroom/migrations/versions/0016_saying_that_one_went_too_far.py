"""Saying "I went too far": the terms of a course, who said so, and what both sides said"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "self_report_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("window_hours", sa.Integer(), nullable=False),
        sa.Column("follows", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_self_report_terms_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_report_terms")),
        sa.UniqueConstraint("course_id", name=op.f("uq_self_report_terms_course_id")),
    )
    op.create_table(
        "self_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(length=32), nullable=False),
        sa.Column("happened_on", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("window_hours", sa.Integer(), nullable=False),
        sa.Column("within", sa.Boolean(), nullable=False),
        sa.Column("follows", sa.Text(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_self_reports_course_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_self_reports_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_reports")),
        sa.UniqueConstraint("person_id", "once", name=op.f("uq_self_reports_person_id_once")),
        sa.UniqueConstraint("public_id", name=op.f("uq_self_reports_public_id")),
    )
    op.create_index("ix_self_reports_course_id_waiting", "self_reports", ["course_id", "waiting"])
    op.create_table(
        "self_report_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_self_report_entries_by_id")),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_self_report_entries_course_id")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["self_reports.id"], name=op.f("fk_self_report_entries_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_report_entries")),
        sa.UniqueConstraint("report_id", "once", name=op.f("uq_self_report_entries_report_id_once")),
    )
    op.create_index(op.f("ix_self_report_entries_course_id"), "self_report_entries", ["course_id"])


def downgrade() -> None:
    for table in ("self_report_entries", "self_reports", "self_report_terms"):
        op.drop_table(table)
