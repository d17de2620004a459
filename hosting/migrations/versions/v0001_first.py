"""The first tables."""

from alembic import op

from hosting.tables import METADATA

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    METADATA.create_all(op.get_bind())
