"""Add the column `version` to webinars, so that an editor can compare versions by the list alone."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column `version` to the table of webinars, and fill it for existing ones."""
    op.add_column("webinar", sa.Column("version", sa.String(), server_default="", nullable=False))
    op.execute(
        "UPDATE webinar SET version = coalesce("
        "(SELECT version.hash FROM version WHERE version.account = webinar.account "
        "AND version.webinar = webinar.id AND version.body = webinar.body ORDER BY version.number DESC LIMIT 1), '')"
    )
