"""Checks whether a later version may replace the one that a session plays."""

from editor.schedule.clock import RoomClock
from editor.schedule.model import Webinar
from editor.schedule.room.phases import LEAD_MS


def find_blocking_segments(
    old: Webinar, new: Webinar, clock: RoomClock, now_ms: int, *, reached_ms: int = -1, lead_ms: int = LEAD_MS
) -> tuple[str, ...]:
    """Return the ids of the segments that forbid replacing `old` by `new` now, in order of start; none allows it.

    What has begun, or begins within the lead, must be the same in both, because attendees have it already. This holds
    of the end too: where it lies within the lead in either version, nothing may be added or removed behind it.

    Args:
        old: The version that plays.
        new: The version to replace it.
        clock: The room clock.
        now_ms: The server time, in ms since the epoch.
        reached_ms: The furthest position that was ever reached (`find_furthest_ms`).
        lead_ms: How far ahead attendees get cues and media.
    """
    bound_ms = max(reached_ms, clock.read(now_ms).position_ms + lead_ms)
    if bound_ms < 0:
        return ()
    includes_end = min(old.length_ms, new.length_ms) <= bound_ms
    before = {one.id: one for one in old.segments if includes_end or one.start_ms <= bound_ms}
    after = {one.id: one for one in new.segments if includes_end or one.start_ms <= bound_ms}
    differing = [one for one in before.values() if after.get(one.id) != one]
    differing += [one for one in after.values() if one.id not in before]
    return tuple(one.id for one in sorted(differing, key=lambda one: (one.start_ms, one.id)))
