"""Where a session stands: its phase, its line of time, how far it has come, and what is still taken after the end."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from editor.schedule.clock import RESUME_AFTER_MS, AnyEvent, RoomClock, Started, replay
from editor.schedule.model import MINUTE, SECOND, Webinar

Phase = Literal["planned", "waiting", "running", "held", "closing", "over", "cancelled"]

WAITING_MS = 30 * MINUTE
"""How long before the start the waiting room opens, unless the session says otherwise."""
LEAD_MS = 60 * SECOND
"""How far ahead of the room clock attendees get anything."""
MESSAGES_MS = 30 * SECOND
"""How long after the end messages that were in flight are taken."""
SURVEYS_MS = 10 * MINUTE
"""How long after the end a survey that was opened may be answered."""
REPLIES_MS = 15 * MINUTE
"""How long after the end moderators may reply on the end page."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """The straight line of one generation of the room clock: server time to position and back.

    With the defaults it is the line of somebody who watches on a clock of their own: "server time" is the position.
    """

    generation: int = 0
    begins_ms: int = 0
    """The server time from which this generation holds."""
    since_ms: int = 0
    from_ms: int = 0
    """The position at `since_ms`."""
    stands: Literal["held", "ended"] | None = None
    """Why the position does not move, if it does not."""

    def at(self, position_ms: int) -> int:
        """The server time at which a line that moves is at a position."""
        return self.since_ms + position_ms - self.from_ms

    def position(self, server_ms: int) -> int:
        """The position at a server time; nothing stops it at the programme's end."""
        return self.from_ms if self.stands else self.from_ms + server_ms - self.since_ms


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of positions that was played, and the line it was played on."""

    from_ms: int
    to_ms: int
    line: Line
    bent_ms: int | None
    """The server time at which something bent the line; None for the stretch that is still being played."""


def clock_of(webinar: Webinar, events: Iterable[AnyEvent], *, resume_after_ms: int = RESUME_AFTER_MS) -> RoomClock:
    """The room clock of a session that plays `webinar`; the first event is `Started`, at the start instant.

    Raises:
        Known: what `editor.schedule.clock.replay` raises.
    """
    return replay(events, length_ms=webinar.length_ms, resume_after_ms=resume_after_ms)


def line_of(clock: RoomClock, now_ms: int, *, waiting_ms: int = WAITING_MS) -> Line:
    """The line that holds at a server time."""
    now_ms = max(now_ms, clock.latest_ms)
    if clock.ended or (clock.held and now_ms < clock.since_ms + clock.resume_after_ms):
        return Line(
            generation=clock.generation,
            begins_ms=clock.latest_ms,
            since_ms=clock.since_ms,
            from_ms=clock.from_ms,
            stands="ended" if clock.ended else "held",
        )
    if clock.held:  # it went on by itself, which no event says
        resumed_ms = clock.since_ms + clock.resume_after_ms
        return Line(generation=clock.generation + 1, begins_ms=resumed_ms, since_ms=resumed_ms, from_ms=clock.from_ms)
    return Line(
        generation=clock.generation,
        # Before the first event since the start the line reaches back to where the waiting room opens.
        begins_ms=max(clock.latest_ms, clock.since_ms - waiting_ms) if _unbent(clock) else clock.latest_ms,
        since_ms=clock.since_ms,
        from_ms=clock.from_ms,
    )


def phase(
    clock: RoomClock,
    now_ms: int,
    *,
    waiting_ms: int = WAITING_MS,
    cancelled: bool = False,
    on_demand: bool = False,
) -> Phase:
    """What a session is doing at a server time; an on-demand room runs from its start on, for good."""
    if cancelled:
        return "cancelled"
    told = clock.read(now_ms).phase
    if told == "waiting":
        opens_ms = line_of(clock, now_ms, waiting_ms=waiting_ms).at(0) - waiting_ms
        return "waiting" if now_ms >= opens_ms else "planned"
    return "running" if on_demand else told


def over_since(clock: RoomClock, now_ms: int) -> int | None:
    """The server time at which the session ended, or None while it is not over."""
    if clock.read(now_ms).phase != "over":
        return None
    return clock.latest_ms if clock.ended else line_of(clock, now_ms).at(clock.length_ms + clock.extension_ms)


def takes(clock: RoomClock, now_ms: int, grace_ms: int) -> bool:
    """Whether what may come in until `grace_ms` after the end is still taken (`MESSAGES_MS`, `SURVEYS_MS`, …)."""
    over_ms = over_since(clock, now_ms)
    return over_ms is None or now_ms < over_ms + grace_ms


def travelled(events: Iterable[AnyEvent], clock: RoomClock, now_ms: int) -> tuple[Span, ...]:
    """Every stretch of positions that was played until `now_ms`, in order of time; `clock` is that of `events`."""
    spans: list[Span] = []
    past: RoomClock | None = None
    for event in events:
        if past is None:
            if not isinstance(event, Started):
                break
            past = RoomClock(length_ms=clock.length_ms, since_ms=event.at_ms, resume_after_ms=clock.resume_after_ms)
            continue
        then = past.after(event)
        spans += _between(past, then.latest_ms, bent=True)
        past = then
    if past is not None:
        spans += _between(past, now_ms, bent=False)
    return tuple(spans)


def reached(events: Iterable[AnyEvent], clock: RoomClock, now_ms: int) -> int:
    """The furthest position ever reached, whatever was skipped back since; negative before the start."""
    return max(
        (span.to_ms for span in travelled(events, clock, now_ms)), default=min(-1, clock.read(now_ms).position_ms)
    )


def _between(clock: RoomClock, until_ms: int, *, bent: bool) -> list[Span]:
    """What a clock played from its last event until a server time."""
    from_ms = clock.read(clock.latest_ms).position_ms
    to_ms = clock.read(until_ms).position_ms
    if to_ms < 0 or clock.ended:
        return []
    line = line_of(clock, until_ms)
    return [Span(from_ms=max(0, from_ms), to_ms=to_ms, line=line, bent_ms=until_ms if bent else None)]


def _unbent(clock: RoomClock) -> bool:
    """Whether nothing happened yet since the start was set (an extension given in the waiting room aside)."""
    return clock.latest_ms < clock.since_ms
