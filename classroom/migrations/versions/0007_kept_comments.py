"""Comments that are kept beside the pen, to be sent with others"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None
INDEX, COLUMNS = "uq_comments_one_draft", ["author_id", "post_id"]


def upgrade() -> None:
    op.add_column("comments", sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index(INDEX, "comments")
    in_pen = sa.text("state = 'draft' AND kept_at IS NULL")
    op.create_index(INDEX, "comments", COLUMNS, unique=True, sqlite_where=in_pen, postgresql_where=in_pen)


def downgrade() -> None:
    kept = sa.table("comments", sa.column("kept_at"))
    op.execute(kept.delete().where(kept.c.kept_at.is_not(None)))
    op.drop_index(INDEX, "comments")
    draft = sa.text("state = 'draft'")
    op.create_index(INDEX, "comments", COLUMNS, unique=True, sqlite_where=draft, postgresql_where=draft)
    op.drop_column("comments", "kept_at")
