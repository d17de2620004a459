"""The state of a session at a server time: its phase, its clock line, what was played, and the times of grace."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from editor.schedule.clock import RESUME_AFTER_MS, AnyClockEvent, RoomClock, Started, replay_events
from editor.schedule.model import MINUTE, SECOND, Webinar

SessionPhase = Literal["planned", "waiting", "running", "held", "closing", "over", "cancelled"]

WAITING_MS = 30 * MINUTE
"""How long before the start the waiting room opens, unless the session says otherwise."""
LEAD_MS = 60 * SECOND
"""How far ahead of the room clock attendees get cues and media."""
MESSAGE_GRACE_MS = 30 * SECOND
"""How long after the end messages that were on their way are accepted."""
RESPONSE_GRACE_MS = 10 * MINUTE
"""How long after the end an offer that was opened accepts clicks, and a survey answers."""
REPLY_GRACE_MS = 15 * MINUTE
"""How long after the end moderators can reply on the end page."""


class ClockLine(msgspec.Struct, frozen=True, kw_only=True):
    """The straight line of one generation of the room clock, from server time (ms since the epoch) to position (ms).

    It is immutable. With a `stop_reason` the position does not move. With the defaults it is the line of a viewer on a
    clock of their own: "server time" is the position.
    """

    generation: int = 0
    begins_ms: int = 0
    """The server time from which this generation holds."""
    since_ms: int = 0
    from_ms: int = 0
    """The position at `since_ms`."""
    stop_reason: Literal["held", "ended"] | None = None
    """Why the position does not move, if it does not."""

    def to_server_ms(self, position_ms: int) -> int:
        """Return the server time (ms since the epoch) at which a moving line is at a position, not a stopped one."""
        return self.since_ms + position_ms - self.from_ms

    def to_position_ms(self, server_ms: int) -> int:
        """Return the position (ms) at a server time (ms since the epoch); it does not stop at the programme's end."""
        return self.from_ms if self.stop_reason else self.from_ms + server_ms - self.since_ms


class PlayedSpan(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of positions (ms) that was played without a break, and the clock line it was played on; immutable."""

    from_ms: int
    to_ms: int
    line: ClockLine
    interrupted_ms: int | None
    """The server time of the event that ended it; None for the stretch that is still being played."""


def make_clock(
    webinar: Webinar, events: Iterable[AnyClockEvent], *, resume_after_ms: int = RESUME_AFTER_MS
) -> RoomClock:
    """Return the room clock of a session that plays `webinar`; the first event is `Started`, at the start instant.

    Raises:
        KnownError: Those of `editor.schedule.clock.replay_events`.
    """
    return replay_events(events, length_ms=webinar.length_ms, resume_after_ms=resume_after_ms)


def make_line(clock: RoomClock, now_ms: int, *, waiting_ms: int = WAITING_MS) -> ClockLine:
    """Return the clock line that is in force at a server time (ms since the epoch).

    A time before the clock's latest event counts as that event's. A hold that has lasted for `resume_after_ms` is over:
    the line moves again, and its generation is one higher than the clock's.
    """
    now_ms = max(now_ms, clock.latest_ms)
    if clock.ended or (clock.held and now_ms < clock.since_ms + clock.resume_after_ms):
        return ClockLine(
            generation=clock.generation,
            begins_ms=clock.latest_ms,
            since_ms=clock.since_ms,
            from_ms=clock.from_ms,
            stop_reason="ended" if clock.ended else "held",
        )
    if clock.held:  # the hold ended by itself, for which there is no event
        resumed_ms = clock.since_ms + clock.resume_after_ms
        return ClockLine(
            generation=clock.generation + 1, begins_ms=resumed_ms, since_ms=resumed_ms, from_ms=clock.from_ms
        )
    return ClockLine(
        generation=clock.generation,
        # Before the first event since the start the line reaches back to where the waiting room opens.
        begins_ms=max(clock.latest_ms, clock.since_ms - waiting_ms)
        if _is_unchanged_since_start(clock)
        else clock.latest_ms,
        since_ms=clock.since_ms,
        from_ms=clock.from_ms,
    )


def find_phase(
    clock: RoomClock,
    now_ms: int,
    *,
    waiting_ms: int = WAITING_MS,
    cancelled: bool = False,
    on_demand: bool = False,
) -> SessionPhase:
    """Return the phase of a session at a server time; an on-demand room runs from its start on, without an end.

    It is "planned" until the waiting room opens, then "waiting" until the start.

    Args:
        clock: The room clock.
        now_ms: The server time, in ms since the epoch.
        waiting_ms: How long before the start the waiting room opens.
        cancelled: The session was cancelled.
        on_demand: The room is on demand.
    """
    if cancelled:
        return "cancelled"
    clock_phase = clock.read(now_ms).phase
    if clock_phase == "waiting":
        opens_ms = make_line(clock, now_ms, waiting_ms=waiting_ms).to_server_ms(0) - waiting_ms
        return "waiting" if now_ms >= opens_ms else "planned"
    return "running" if on_demand else clock_phase


def find_end_ms(clock: RoomClock, now_ms: int) -> int | None:
    """Return the server time (ms since the epoch) at which the session ended, or None while it is not over."""
    if clock.read(now_ms).phase != "over":
        return None
    return (
        clock.latest_ms if clock.ended else make_line(clock, now_ms).to_server_ms(clock.length_ms + clock.extension_ms)
    )


def is_within_grace(clock: RoomClock, now_ms: int, grace_ms: int) -> bool:
    """Return whether the session is not over, or has been for less than `grace_ms` milliseconds.

    Args:
        clock: The room clock.
        now_ms: The server time, in ms since the epoch.
        grace_ms: Such as `MESSAGE_GRACE_MS`.
    """
    over_ms = find_end_ms(clock, now_ms)
    return over_ms is None or now_ms < over_ms + grace_ms


def find_played_spans(events: Iterable[AnyClockEvent], clock: RoomClock, now_ms: int) -> tuple[PlayedSpan, ...]:
    """Return every stretch that was played until `now_ms`, in order of time; stretches overlap after a skip back.

    Args:
        events: The events of the room clock; unless the first is `Started`, nothing was played.
        clock: The clock after these events.
        now_ms: The server time, in ms since the epoch.
    """
    spans: list[PlayedSpan] = []
    clock_before: RoomClock | None = None
    for event in events:
        if clock_before is None:
            if not isinstance(event, Started):
                break
            clock_before = RoomClock(
                length_ms=clock.length_ms, since_ms=event.at_ms, resume_after_ms=clock.resume_after_ms
            )
            continue
        clock_after = clock_before.apply_event(event)
        spans += _make_played_spans(clock_before, clock_after.latest_ms, interrupted=True)
        clock_before = clock_after
    if clock_before is not None:
        spans += _make_played_spans(clock_before, now_ms, interrupted=False)
    return tuple(spans)


def find_furthest_ms(events: Iterable[AnyClockEvent], clock: RoomClock, now_ms: int) -> int:
    """Return the furthest position (ms) that was ever reached; negative before the start.

    Args:
        events: The events of the room clock.
        clock: The clock after these events.
        now_ms: The server time, in ms since the epoch.
    """
    return max(
        (span.to_ms for span in find_played_spans(events, clock, now_ms)),
        default=min(-1, clock.read(now_ms).position_ms),
    )


def _make_played_spans(clock: RoomClock, until_ms: int, *, interrupted: bool) -> list[PlayedSpan]:
    """Return the stretch that a clock played from its last event until a server time."""
    from_ms = clock.read(clock.latest_ms).position_ms
    to_ms = clock.read(until_ms).position_ms
    if to_ms < 0 or clock.ended:
        return []
    line = make_line(clock, until_ms)
    return [
        PlayedSpan(from_ms=max(0, from_ms), to_ms=to_ms, line=line, interrupted_ms=until_ms if interrupted else None)
    ]


def _is_unchanged_since_start(clock: RoomClock) -> bool:
    """Return whether there was no event after the start (an extension before the start does not count)."""
    return clock.latest_ms < clock.since_ms
