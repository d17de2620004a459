"""The start of a webinar: converts a local date and time in a zone to an instant, and a position to a time of day.

A start is kept as people say it ("2026-03-29T19:00:00" in "Europe/Paris"), so that it stays at seven in the evening
whatever the organizer's own zone is. Twice a year that does not name one instant:

* The hour that exists **twice** (clocks go back) means the first of the two; `dst_problem` is "twice", a warning.
* The hour that does **not exist** (clocks go forward) has no instant of its own. `ResolvedStart.instant` is then the
  same reading shifted forward by what the clocks skip (02:30 becomes 03:30). Repeats take that (`shift=True`, no
  problem). Without `shift`, `dst_problem` is "missing" and nothing is published until the organizer chose another time.

Positions are elapsed milliseconds, so a time of day is computed from the instant and only then converted to the zone: a
webinar that runs across a change of the clocks shows 01:59:59 and then 03:00:00, as the attendees' clocks do.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from editor.errors import KnownError
from editor.schedule.model import Webinar

_LOCAL_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", re.ASCII)


class ResolvedStart(msgspec.Struct, frozen=True):
    """The instant (UTC) of a local start, and whether a change of the clocks makes it ambiguous or impossible.

    It is immutable. `dst_problem` is "twice" for an hour that exists twice (`instant` is the first), "missing" for one
    that the clocks skip (`instant` is shifted forward by what they skip), else None.
    """

    instant: datetime
    dst_problem: Literal["twice", "missing"] | None = None


def load_zone(name: str) -> ZoneInfo:
    """Return the time zone of an IANA name, such as "Europe/Paris".

    Raises:
        KnownError: `start.zone`, there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # OSError: the name of a folder, or one too long for a file
        raise KnownError("start.zone", zone=name) from error


def resolve_start(local: str, zone: str, *, shift: bool = False) -> ResolvedStart:
    """Return the instant of a local start in a time zone.

    Args:
        local: The date and time, "YYYY-MM-DDTHH:MM:SS".
        zone: The IANA name of the zone.
        shift: Take the shifted instant of an hour that the clocks skip without reporting it as "missing".

    Raises:
        KnownError: `start.zone`, there is no such zone; `start.invalid`, there is no such day or time.
    """
    tzinfo = load_zone(zone)
    if not _LOCAL_TIME.fullmatch(local):
        raise KnownError("start.invalid", start=local)
    try:
        first = datetime.fromisoformat(local).replace(tzinfo=tzinfo)
        instant = first.astimezone(UTC)
        before, after = first.utcoffset(), first.replace(fold=1).utcoffset()
    except (ValueError, OverflowError) as error:  # the 30th of February, or outside the calendar
        raise KnownError("start.invalid", start=local) from error
    assert before is not None
    assert after is not None
    if before > after:
        return ResolvedStart(instant, "twice")
    # Read with the offset from before the change, a skipped time lands behind the change by the length that was
    # skipped.
    return ResolvedStart(instant, "missing" if before < after and not shift else None)


def compute_time_of_day(webinar: Webinar, position_ms: int) -> datetime | None:
    """Return the time of day at a position (ms) in the webinar's zone; None without a valid start and zone.

    A start in an hour that the clocks skip counts as shifted forward; negative positions are before the start.
    """
    if webinar.start is None:
        return None
    try:
        start = resolve_start(webinar.start, webinar.zone).instant
        return (start + timedelta(milliseconds=position_ms)).astimezone(ZoneInfo(webinar.zone))
    except (KnownError, OverflowError):
        return None
