"""The first tables: webinars with their drafts, versions, notes.

A migration names types and columns by itself and never through `tables`, which goes on changing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables `webinars`, `versions` and `notes`, empty."""
    op.create_table(
        "webinars",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("start", sa.String(19)),
        sa.Column("zone", sa.String, nullable=False),
        sa.Column("room", sa.String, nullable=False),
        sa.Column("length_ms", sa.Integer, nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("changed", sa.Integer, nullable=False),
        sa.Column("edited_at", sa.Integer, nullable=False),
        sa.Column("unsaved", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("archived", sa.Boolean(create_constraint=False), nullable=False, server_default=sa.false()),
        sa.Column("template", sa.Boolean(create_constraint=False), nullable=False, server_default=sa.false()),
        sa.Column("deleted_at", sa.Integer),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_index("webinars_by_change", "webinars", ["changed"])
    op.create_table(
        "versions",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("webinar", sa.String(64), sa.ForeignKey("webinars.id", ondelete="CASCADE"), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("parents", sa.String, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("saved_at", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("webinar", "ordinal", name="versions_in_order"),
    )
    op.create_table(
        "notes",
        sa.Column("webinar", sa.String(64), sa.ForeignKey("webinars.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("segment", sa.String(64), primary_key=True),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("edited_at", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables `webinars`, `versions` and `notes` with all that is in them."""
    op.drop_table("notes")
    op.drop_table("versions")
    op.drop_index("webinars_by_change", "webinars")
    op.drop_table("webinars")
