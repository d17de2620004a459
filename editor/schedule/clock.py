"""The room clock: maps server time to the position of a session's programme.

A session plays one version from its start instant on. If the team never intervened, the position would simply be the
time since the start. People do: they hold with a note, resume, skip, extend, end. Each of these is an **event**, kept
in the session's log. The clock is computed from those events alone, so a restarted server that has the log has the
clock. It reads no system clock: server time (milliseconds since the epoch) is an argument.

**A straight line between events.** At every event the clock notes the server time and the position (`since_ms`,
`from_ms`); until the next one the position either stands (held, over) or moves at one millisecond a millisecond.
Before the start it is negative on that same line, which is the waiting room's countdown.

**Held.** The position stops. A hold that is not ended resumes by itself after `resume_after_ms` (15 minutes unless set
otherwise). No row of the log says so, because the server may be away at that time; it follows from the server time
alone. `ClockReading.resumes_ms` lets the control room warn.

**Extended.** The programme is not stretched. The event stays open behind it by so much, with the closing card
(`closing`). It must be given before the event is over; a negative one takes back what is not used yet, never more.

**Skipped** may go back as well as forward, also while held (then it stays held there) and from the closing card (then
the programme plays again). **Ended** is final.

**Generations.** Cues are sent ahead, with the absolute time at which they are due. An event that bends the line makes
them wrong, so each event, and a resume by itself, begins a new generation, and cues of an older one are dropped.

**Time never runs backwards.** Should the server's clock be set back, an event counts as of the latest time the log
knows; the position then waits rather than repeats. Events that make no sense where the clock stands (a resume of what
is not held, anything after the end) are refused with a `KnownError`; callers use `apply_event` *before* they write the
log, so a stored log always replays.
"""

from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from editor.errors import KnownError
from editor.schedule.model import MAX_WEBINAR_MS, MINUTE, Ms

RESUME_AFTER_MS = 15 * MINUTE
"""After how many milliseconds a hold ends by itself, unless the settings say otherwise."""

ClockPhase = Literal["waiting", "running", "held", "closing", "over"]


class ClockEvent(msgspec.Struct, frozen=True, kw_only=True, tag_field="event", omit_defaults=True):
    """The base of the events of a session's log that its room clock follows: the start, and what the team did.

    They are immutable; `at_ms` is the server time at which one takes effect, in ms since the epoch.
    """

    at_ms: int
    """The server time at which it takes effect, in milliseconds since the epoch."""


class Started(ClockEvent, frozen=True, kw_only=True, tag="started"):
    """The first clock event of every log, and only the first: the programme begins at `at_ms`, maybe still to come."""


class Held(ClockEvent, frozen=True, kw_only=True, tag="held"):
    """A clock event: the team stops the programme where it stands; `note` is what attendees read meanwhile.

    Unless it is resumed, the programme goes on by itself after `RoomClock.resume_after_ms` milliseconds.
    """

    note: str = ""


class Resumed(ClockEvent, frozen=True, kw_only=True, tag="resumed"):
    """A clock event: the team ends a hold, and the programme goes on from the position at which it stands."""


class Skipped(ClockEvent, frozen=True, kw_only=True, tag="skipped"):
    """A clock event: the team moves the programme to position `to_ms` (ms), forward or back.

    Where it is held, it stays held there.
    """

    to_ms: Ms


class Extended(ClockEvent, frozen=True, kw_only=True, tag="extended"):
    """A clock event: the session stays open behind the programme for `by_ms` milliseconds longer.

    Attendees see the closing card then. A negative `by_ms` takes back what is not used yet of earlier extensions, and
    no more than that.
    """

    by_ms: Annotated[int, Meta(ge=-MAX_WEBINAR_MS, le=MAX_WEBINAR_MS)]


class Ended(ClockEvent, frozen=True, kw_only=True, tag="ended"):
    """A clock event: the session is over, even if part of the programme is left; no event can follow."""


AnyClockEvent = Started | Held | Resumed | Skipped | Extended | Ended


class ClockReading(msgspec.Struct, frozen=True, kw_only=True):
    """What `RoomClock.read` returns for one server time: the position (ms), phase and generation of the clock.

    It is immutable. The times are ms since the epoch.
    """

    position_ms: int
    """Where the programme stands; negative before the start, the programme's length and more on the closing card."""
    phase: ClockPhase
    generation: int
    note: str = ""
    """While held."""
    resumes_ms: int | None = None
    """While held: the server time at which it goes on by itself."""
    over_ms: int | None = None
    """The server time at which the session ends if there is no further event; None when it is over."""


class RoomClock(msgspec.Struct, frozen=True, kw_only=True):
    """The immutable state of a session's room clock after its latest event: which position plays at which server time.

    `replay_events` makes it from a log, `apply_event` returns the next one, `read` gives the position. It never reads
    the system's clock. Server times are milliseconds since the epoch.
    """

    length_ms: int
    """How long the programme is."""
    since_ms: int
    """The server time from which `from_ms` counts."""
    from_ms: int = 0
    generation: int = 1
    held: bool = False
    note: str = ""
    resume_after_ms: int = RESUME_AFTER_MS
    extension_ms: int = 0
    ended: bool = False
    latest_ms: int = 0
    """The latest server time at which an event took effect."""

    def read(self, server_ms: int) -> ClockReading:
        """Return the clock's reading at a server time (ms since the epoch), with no further event until then.

        A time before the latest event counts as the time of that event. A hold that has lasted for `resume_after_ms`
        counts as ended. Once over by itself, the position is the end of the programme with all extensions; once ended
        by the team, where it stood.
        """
        server_ms = max(server_ms, self.latest_ms)
        now = _resume_if_due(self, server_ms)
        over_at = now.length_ms + now.extension_ms
        position = _compute_position(now, server_ms)
        if now.ended or (not now.held and position >= over_at):
            return ClockReading(position_ms=position if now.ended else over_at, phase="over", generation=now.generation)
        if now.held:
            resumes_ms = now.since_ms + now.resume_after_ms
            return ClockReading(
                position_ms=position,
                phase="held",
                generation=now.generation,
                note=now.note,
                resumes_ms=resumes_ms,
                over_ms=resumes_ms + over_at - position,
            )
        phase: ClockPhase = "waiting" if position < 0 else "running" if position < now.length_ms else "closing"
        over_ms = now.since_ms + over_at - now.from_ms
        return ClockReading(position_ms=position, phase=phase, generation=now.generation, over_ms=over_ms)

    def apply_event(self, event: AnyClockEvent) -> "RoomClock":
        """Return the clock after an event; one dated before the latest event counts as of the latest.

        This clock does not change, and nothing is stored.

        Raises:
            KnownError: The event makes no sense now: `clock.begun` (a second start), `clock.waiting` (the programme has
                not begun), `clock.over`, `clock.held` (already), `clock.not_held`, `clock.closing` (there is nothing
                left to hold), `clock.past_end` (`to_ms`, `length_ms`), `clock.unused` (there is nothing to take back).
        """
        at_ms = max(event.at_ms, self.latest_ms)
        now = _resume_if_due(self, at_ms)
        reading = now.read(at_ms)
        _require_valid_event(event, reading, now.length_ms)
        changed = msgspec.structs.replace(now, latest_ms=at_ms, generation=now.generation + 1)
        match event:
            case Extended():
                return msgspec.structs.replace(
                    changed, extension_ms=_compute_extension(now, event.by_ms, reading.position_ms)
                )
            case Skipped() if now.held:
                return msgspec.structs.replace(
                    changed, from_ms=event.to_ms
                )  # a skip during a hold does not restart the hold
            case _:
                return msgspec.structs.replace(
                    changed,
                    since_ms=at_ms,
                    from_ms=event.to_ms if isinstance(event, Skipped) else reading.position_ms,
                    held=isinstance(event, Held),
                    note=event.note if isinstance(event, Held) else "",
                    ended=isinstance(event, Ended),
                )


def replay_events(
    events: Iterable[AnyClockEvent], *, length_ms: int, resume_after_ms: int = RESUME_AFTER_MS
) -> RoomClock:
    """Return the room clock after all events of a log.

    Args:
        events: The events in the order of the log; the first is `Started`.
        length_ms: The length of the programme that plays, in ms.
        resume_after_ms: After how many ms a hold ends by itself.

    Raises:
        KnownError: `clock.waiting`, the log does not begin with a start; and those of `RoomClock.apply_event`.
    """
    log = iter(events)
    first = next(log, None)
    if not isinstance(first, Started):
        raise KnownError("clock.waiting")
    clock = RoomClock(length_ms=length_ms, since_ms=first.at_ms, resume_after_ms=resume_after_ms)
    for event in log:
        clock = clock.apply_event(event)
    return clock


def _require_valid_event(event: AnyClockEvent, reading: ClockReading, length_ms: int) -> None:
    """Refuse an event that makes no sense at a reading."""
    phase = reading.phase
    if isinstance(event, Started):
        raise KnownError("clock.begun")
    if phase == "over":
        raise KnownError("clock.over")
    if phase == "waiting" and not isinstance(event, Extended):
        raise KnownError("clock.waiting")
    if isinstance(event, Held) and phase in ("held", "closing"):
        raise KnownError(f"clock.{phase}")
    if isinstance(event, Resumed) and phase != "held":
        raise KnownError("clock.not_held")
    if isinstance(event, Skipped) and event.to_ms > length_ms:
        raise KnownError("clock.past_end", to_ms=event.to_ms, length_ms=length_ms)


def _resume_if_due(clock: RoomClock, server_ms: int) -> RoomClock:
    """Return the clock at a server time: a hold that has lasted long enough has ended by itself."""
    resumes_ms = clock.since_ms + clock.resume_after_ms
    if not clock.held or server_ms < resumes_ms:
        return clock
    return msgspec.structs.replace(clock, held=False, note="", since_ms=resumes_ms, generation=clock.generation + 1)


def _compute_position(clock: RoomClock, server_ms: int) -> int:
    is_stopped = clock.held or clock.ended
    return clock.from_ms if is_stopped else clock.from_ms + server_ms - clock.since_ms


def _compute_extension(clock: RoomClock, by_ms: int, position_ms: int) -> int:
    """Return the whole extension once `by_ms` is added; the part that has passed already cannot be taken back."""
    used_ms = max(0, position_ms - clock.length_ms)
    extension_ms = max(used_ms, clock.extension_ms + by_ms)
    if by_ms <= 0 and extension_ms == clock.extension_ms:
        raise KnownError("clock.unused")
    return extension_ms
