"""Instants as the API and the database have them (integer milliseconds) and as dates; exact both ways."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime.fromtimestamp(0, UTC)
_MS = timedelta(milliseconds=1)


def to_datetime(timestamp_ms: int) -> datetime:
    """The date of an instant, UTC."""
    return _EPOCH + timestamp_ms * _MS


def to_timestamp_ms(date: datetime) -> int:
    """The instant of an aware date."""
    return (date - _EPOCH) // _MS
