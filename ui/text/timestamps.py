"""Conversion of the server's timestamps."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def from_epoch_ms(epoch_ms: int) -> datetime:
    """Return the UTC instant of a Unix timestamp in milliseconds."""
    return EPOCH + timedelta(milliseconds=epoch_ms)
