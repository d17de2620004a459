"""Conversion between dates and timestamps: integer milliseconds since 1970-01-01T00:00:00Z, exact both ways."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_datetime(timestamp_ms: int) -> datetime:
    """Return the instant of a timestamp in milliseconds, as an aware `datetime` in UTC."""
    return _EPOCH + timestamp_ms * _MILLISECOND


def to_timestamp_ms(date: datetime) -> int:
    """Return the timestamp of an aware `datetime` of any zone, in milliseconds; what is finer is cut off.

    Raises:
        TypeError: The date is naive.
    """
    return (date - _EPOCH) // _MILLISECOND
