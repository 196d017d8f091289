"""Boards: their columns, notes, groups, and "me too"."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _fixed() -> tuple[sa.Column, ...]:  # type: ignore[type-arg]
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
    )


def _of(table: str, *uniques: tuple[str, ...], **keys: str) -> list[sa.Constraint]:
    """The primary key, the unique ones, and foreign keys as column=table."""
    found: list[sa.Constraint] = [sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))]
    found += [sa.UniqueConstraint(*one, name=op.f(f"uq_{table}_{'_'.join(one)}")) for one in uniques]
    for column, other in {"course_id": "courses", **keys}.items():
        found.append(sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}")))
    return found


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "boards",
        *_fixed(),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("once", sa.String(32), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("names", sa.Boolean(), nullable=False),
        sa.Column("reveal", sa.String(32), nullable=False),
        sa.Column("reveal_count", sa.Integer(), nullable=True),
        sa.Column("reveal_at", moment, nullable=True),
        sa.Column("revealed_at", moment, nullable=True),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("again_of_id", sa.Integer(), nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.CheckConstraint(
            "(reveal = 'count') = (reveal_count IS NOT NULL)", name=op.f("ck_boards_count_given")
        ),
        sa.CheckConstraint("(reveal = 'time') = (reveal_at IS NOT NULL)", name=op.f("ck_boards_time_given")),
        *_of("boards", ("public_id",), ("course_id", "once"), opened_by_id="people", again_of_id="boards"),
    )
    op.create_index(op.f("ix_boards_again_of_id"), "boards", ["again_of_id"])
    op.create_table(
        "board_columns",
        *_fixed(),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("prompt", sa.String(200), nullable=False),
        *_of("board_columns", ("board_id", "position"), board_id="boards"),
    )
    op.create_index(op.f("ix_board_columns_course_id"), "board_columns", ["course_id"])
    op.create_table(
        "board_groups",
        *_fixed(),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", moment, nullable=True),
        *_of("board_groups", ("public_id",), board_id="boards", column_id="board_columns"),
    )
    op.create_index(op.f("ix_board_groups_course_id"), "board_groups", ["course_id"])
    op.create_index("ix_board_groups_board_id", "board_groups", ["board_id"])
    _notes(moment)


def _notes(moment: sa.DateTime) -> None:
    op.create_table(
        "board_notes",
        *_fixed(),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("once", sa.String(32), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("section", sa.String(100), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", moment, nullable=True),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)", name=op.f("ck_board_notes_decided_pair")
        ),
        *_of(
            "board_notes",
            ("public_id",),
            ("board_id", "once"),
            board_id="boards",
            column_id="board_columns",
            group_id="board_groups",
            author_id="people",
            decided_by_id="people",
        ),
    )
    op.create_index(op.f("ix_board_notes_course_id"), "board_notes", ["course_id"])
    op.create_index(op.f("ix_board_notes_group_id"), "board_notes", ["group_id"])
    op.create_index("ix_board_notes_board_id_mark", "board_notes", ["board_id", "mark"])
    op.create_table(
        "board_me_toos",
        *_fixed(),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("section", sa.String(100), nullable=True),
        *_of("board_me_toos", ("note_id", "mark"), note_id="board_notes"),
    )
    op.create_index(op.f("ix_board_me_toos_course_id"), "board_me_toos", ["course_id"])


def downgrade() -> None:
    for table in ("board_me_toos", "board_notes", "board_groups", "board_columns", "boards"):
        op.drop_table(table)
