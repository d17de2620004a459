"""Instants as the API and the database have them (integer milliseconds) and as dates; exact both ways."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime.fromtimestamp(0, UTC)
_MS = timedelta(milliseconds=1)


def date_of(instant: int) -> datetime:
    """The date of an instant, UTC."""
    return _EPOCH + instant * _MS


def instant_of(date: datetime) -> int:
    """The instant of an aware date."""
    return (date - _EPOCH) // _MS
