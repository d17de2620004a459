"""A webinar's row names the version that its document is, so that a list is enough to compare by."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the name, and find it for what is there."""
    op.add_column("webinar", sa.Column("version", sa.String(), server_default="", nullable=False))
    op.execute(
        "UPDATE webinar SET version = coalesce("
        "(SELECT version.hash FROM version WHERE version.account = webinar.account "
        "AND version.webinar = webinar.id AND version.body = webinar.body ORDER BY version.number DESC LIMIT 1), '')"
    )
