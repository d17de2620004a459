"""What is known of each hosting, and which versions came from one."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables `lines`, `hostings` and `synced`, empty: the first sync finds by hashes what is there."""
    op.create_table(
        "lines",
        sa.Column("version", sa.String(64), sa.ForeignKey("versions.hash", ondelete="CASCADE"), primary_key=True),
        sa.Column("line", sa.String, nullable=False),
        sa.Column("over", sa.String(64)),
        sa.Column("draft_before", sa.String(64)),
        sa.Column("draft_after", sa.String(64)),
    )
    op.create_table(
        "hostings",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("epoch", sa.String, nullable=False),
    )
    op.create_table(
        "synced",
        sa.Column("hosting", sa.String, sa.ForeignKey("hostings.name", ondelete="CASCADE"), primary_key=True),
        sa.Column("webinar", sa.String(64), sa.ForeignKey("webinars.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("notes_rev", sa.Integer, nullable=False),
        sa.Column("notes", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables `lines`, `hostings` and `synced` with all that is in them."""
    op.drop_table("synced")
    op.drop_table("hostings")
    op.drop_table("lines")
