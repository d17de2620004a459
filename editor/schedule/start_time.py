"""When a webinar begins: a local date and time in a zone becomes one instant, and a position becomes a time of day.

A start is kept as people say it ("2026-03-29T19:00:00" in "Europe/Paris"), so that it stays at seven in the evening
whatever the organizer's own zone is. Twice a year that is not enough to name an instant:

* The hour that exists **twice** (clocks go back) means the first of the two; `Start.trouble` is "twice", a warning.
* The hour that does **not exist** (clocks go forward) has no instant of its own. `Start.instant` is then the same
  reading shifted forward by what the clocks skip (02:30 becomes 03:30), which is what a repeat takes (`shift=True`:
  no trouble). Without `shift`, `trouble` is "missing" and nothing may be published from it until the organizer chose
  another time.

Positions are real milliseconds, so the event's own clock is reckoned from the instant and only then read in the zone: a
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
    """The instant a local start means (UTC), and what is the matter with it."""

    instant: datetime
    dst_problem: Literal["twice", "missing"] | None = None


def load_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name.

    Raises:
        Known: `start.zone`, there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # OSError: the name of a folder, or one too long for a file
        raise KnownError("start.zone", zone=name) from error


def resolve_start(local: str, zone: str, *, shift: bool = False) -> ResolvedStart:
    """The instant that a local start ("YYYY-MM-DDTHH:MM:SS") in an IANA zone means; see this module's essay.

    Raises:
        Known: `start.zone`, there is no such zone; `start.invalid`, there is no such day or time.
    """
    tzinfo = load_zone(zone)
    if not _LOCAL_TIME.fullmatch(local):
        raise KnownError("start.invalid", start=local)
    try:
        first = datetime.fromisoformat(local).replace(tzinfo=tzinfo)
        instant = first.astimezone(UTC)
        before, after = first.utcoffset(), first.replace(fold=1).utcoffset()
    except (ValueError, OverflowError) as error:  # the 30th of February, or off the ends of the calendar
        raise KnownError("start.invalid", start=local) from error
    assert before is not None
    assert after is not None
    if before > after:
        return ResolvedStart(instant, "twice")
    # Read with the offset of before the change, a time that was skipped lands behind the change by just that much.
    return ResolvedStart(instant, "missing" if before < after and not shift else None)


def compute_time_of_day(webinar: Webinar, position_ms: int) -> datetime | None:
    """The time of day at a position, in the webinar's zone; None where the start or the zone does not say."""
    if webinar.start is None:
        return None
    try:
        start = resolve_start(webinar.start, webinar.zone).instant
        return (start + timedelta(milliseconds=position_ms)).astimezone(ZoneInfo(webinar.zone))
    except (KnownError, OverflowError):
        return None
