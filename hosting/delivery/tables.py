"""The secret that media paths are signed with; it goes along in backups, so links outlive a restore."""

from sqlalchemy import Column, LargeBinary, Table

from hosting.db.database import METADATA

DELIVERY_SECRETS = Table(
    "delivery_secret",
    METADATA,
    Column("secret", LargeBinary, primary_key=True),
)
"""One row, made at the first start."""
