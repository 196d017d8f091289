"""The lesson: what a course changed of it, and what each person did in it"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _fixed() -> tuple[sa.Column, ...]:  # type: ignore[type-arg]
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
    )


def _of(table: str, *uniques: str, person: bool = True) -> list[sa.Constraint]:
    found: list[sa.Constraint] = [
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f(f"fk_{table}_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(*uniques, name=op.f(f"uq_{table}_{'_'.join(uniques)}")),
    ]
    if person:
        found.append(
            sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f(f"fk_{table}_person_id"))
        )
    return found


def upgrade() -> None:
    op.create_table(
        "lessons",
        *_fixed(),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("required_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_of("lessons", "course_id", person=False),
    )
    op.create_table(
        "lesson_steps",
        *_fixed(),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("explains", sa.String(length=20), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("highlight_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["highlight_id"], ["highlights.id"], name=op.f("fk_lesson_steps_highlight_id")
        ),
        *_of("lesson_steps", "course_id", "key", person=False),
    )
    op.create_index(op.f("ix_lesson_steps_highlight_id"), "lesson_steps", ["highlight_id"])
    _of_people()


def _of_people() -> None:
    op.create_table(
        "lesson_progress",
        *_fixed(),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        *_of("lesson_progress", "course_id", "person_id"),
    )
    op.create_index("ix_lesson_progress_person_id", "lesson_progress", ["person_id"])
    op.create_table(
        "lesson_marks",
        *_fixed(),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("step_key", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_of("lesson_marks", "course_id", "person_id", "step_key"),
    )
    op.create_table(
        "lesson_judgements",
        *_fixed(),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("step_key", sa.String(length=40), nullable=False),
        sa.Column("item_key", sa.String(length=40), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_of("lesson_judgements", "course_id", "step_key", "item_key", "person_id"),
    )
    op.create_table(
        "lesson_texts",
        *_fixed(),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("step_key", sa.String(length=40), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("sent", sa.Text(), nullable=True),
        sa.Column("counts", sa.Boolean(), nullable=True),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("missing_now", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_of("lesson_texts", "course_id", "person_id", "step_key"),
    )


def downgrade() -> None:
    for table in (
        "lesson_texts",
        "lesson_judgements",
        "lesson_marks",
        "lesson_progress",
        "lesson_steps",
        "lessons",
    ):
        op.drop_table(table)
