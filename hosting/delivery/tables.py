"""The table of the secret that signs media paths. Backups contain it, so paths stay valid after a restore."""

from sqlalchemy import Column, LargeBinary, Table

from hosting.db.database import METADATA

DELIVERY_SECRETS = Table(
    "delivery_secret",
    METADATA,
    Column("secret", LargeBinary, primary_key=True),
)
"""Has one row, inserted at the first start."""
