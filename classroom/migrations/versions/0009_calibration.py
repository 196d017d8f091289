"""Sample posts to practise on, with the instructor's comments, and what students make of them."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None
MOMENT = sa.DateTime(timezone=True)


def _table(name: str, parents: dict[str, str], *parts: SchemaItem) -> None:
    """A table with its key, and a key to each parent by column."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        *parts,
        *(
            sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=op.f(f"fk_{name}_{column}"))
            for column, parent in parents.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _number(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _text(name: str, most: int | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(most) if most else sa.Text(), nullable=nullable)


def _public(name: str) -> tuple[sa.Column[Any], sa.UniqueConstraint]:
    unique = sa.UniqueConstraint("public_id", name=op.f(f"uq_{name}_public_id"))
    return _text("public_id", 16), unique


def _anchor(name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint("(quote IS NULL) = (quote_start IS NULL)", name=op.f(f"ck_{name}_anchor_pair"))


def upgrade() -> None:
    name = "calibrations"
    _table(
        name,
        {"course_id": "courses", "project_id": "projects"},
        _number("course_id"),
        _number("project_id"),
        sa.Column(
            "use",
            sa.Enum("off", "optional", "first", name="use", native_enum=False, length=32),
            nullable=False,
        ),
        sa.UniqueConstraint("project_id", name=op.f(f"uq_{name}_project_id")),
    )
    op.create_index(op.f(f"ix_{name}_course_id"), name, ["course_id"])
    name = "calibration_samples"
    _table(
        name,
        {"course_id": "courses", "project_id": "projects"},
        *_public(name),
        _number("course_id"),
        _number("project_id"),
        _number("position"),
        _text("title", 200),
        *(_text(part) for part in ("body", "body_html", "body_text")),
        _text("consent", 300),
        _text("once", 32, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.UniqueConstraint("project_id", "once", name=op.f(f"uq_{name}_project_id_once")),
    )
    op.create_index(op.f(f"ix_{name}_course_id_project_id"), name, ["course_id", "project_id"])
    _models()
    _answers()
    _disputes()


def _models() -> None:
    name = "calibration_models"
    _table(
        name,
        {"course_id": "courses", "sample_id": "calibration_samples", "prompt_id": "prompts"},
        *_public(name),
        _number("course_id"),
        _number("sample_id"),
        _number("prompt_id", nullable=True),
        _text("body"),
        _text("body_html"),
        _text("quote", nullable=True),
        _number("quote_start", nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        _text("own_words"),
        sa.Column("verdict", sa.JSON(), nullable=False),
        _text("once", 32, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.UniqueConstraint("sample_id", "once", name=op.f(f"uq_{name}_sample_id_once")),
        _anchor(name),
    )
    op.create_index(op.f(f"ix_{name}_course_id"), name, ["course_id"])


def _answers() -> None:
    name = "calibration_answers"
    parents = {"sample_id": "calibration_samples", "author_id": "people", "prompt_id": "prompts"}
    _table(
        name,
        {"course_id": "courses", **parents},
        *_public(name),
        _number("course_id"),
        _number("sample_id"),
        _number("author_id"),
        _number("prompt_id", nullable=True),
        _text("body"),
        _text("body_html"),
        _text("quote", nullable=True),
        _number("quote_start", nullable=True),
        sa.Column("verdict", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        _number("version"),
        sa.UniqueConstraint("sample_id", "author_id", name=op.f(f"uq_{name}_sample_id_author_id")),
        _anchor(name),
    )
    op.create_index(op.f(f"ix_{name}_course_id_author_id"), name, ["course_id", "author_id"])


def _disputes() -> None:
    name = "calibration_disputes"
    parents = {"answer_id": "calibration_answers", "model_id": "calibration_models", "author_id": "people"}
    _table(
        name,
        {"course_id": "courses", **parents, "decided_by_id": "people"},
        *_public(name),
        _number("course_id"),
        _number("answer_id"),
        _number("model_id"),
        _number("author_id"),
        _text("criterion", 20),
        _text("why"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column(
            "reaction",
            sa.Enum("agreed", "both", "kept", name="reaction", native_enum=False, length=32),
            nullable=True,
        ),
        _text("note"),
        sa.Column("decided_at", MOMENT, nullable=True),
        _number("decided_by_id", nullable=True),
        sa.UniqueConstraint(
            "answer_id", "model_id", "criterion", name=op.f(f"uq_{name}_answer_id_model_id_criterion")
        ),
        sa.CheckConstraint("(reaction IS NULL) = (decided_at IS NULL)", name=op.f(f"ck_{name}_decided_pair")),
    )
    op.create_index(op.f(f"ix_{name}_course_id_decided_at"), name, ["course_id", "decided_at"])


def downgrade() -> None:
    for name in ("disputes", "answers", "models", "samples"):
        op.drop_table(f"calibration_{name}")
    op.drop_table("calibrations")
