"""Examples of great comments"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("examples", schema=None) as batch_op:
        batch_op.add_column(sa.Column("highlight_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_examples_highlight_id"), "highlights", ["highlight_id"], ["id"])
        batch_op.create_index(op.f("ix_examples_highlight_id"), ["highlight_id"])


def downgrade() -> None:
    with op.batch_alter_table("examples", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_examples_highlight_id"))
        batch_op.drop_constraint(op.f("fk_examples_highlight_id"), type_="foreignkey")
        batch_op.drop_column("highlight_id")
