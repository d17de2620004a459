"""What an account may do: how long an automated webinar lasts, and how many events run at a time.

An account runs one event at a time, whatever its kind. A session spans its start and its length, half-open, so one may
begin at the very instant at which another ends. A session watched on demand runs on each
viewer's own clock and does not count.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from editor.schedule.model import MINUTE, RoomType

PlanCode = Literal["trial", "automated"]


class AccountLimits(msgspec.Struct, frozen=True):
    """What an account may do on one plan: the longest webinar and the number of events at a time; immutable.

    `longest_ms` is in milliseconds, None for no limit but the timeline's own 24 h. `LIMITS_BY_PLAN` has one for each
    plan.
    """

    code: PlanCode
    longest_ms: int | None
    """The longest automated webinar; None where only the timeline's own 24 h bound it."""
    parallel: int = 1
    """How many events may run at a time: one, and as many more as the add-on gives a paid account."""


LIMITS_BY_PLAN: dict[PlanCode, AccountLimits] = {
    "trial": AccountLimits("trial", 15 * MINUTE),
    "automated": AccountLimits("automated", None),
}


class SessionSpan(msgspec.Struct, frozen=True):
    """The time that one session takes: from `start` (UTC) for `length_ms` milliseconds, its end not included.

    It is immutable; `session` is the session's id.
    """

    session: str
    start: datetime
    """UTC."""
    length_ms: int
    room: RoomType = "automated"

    @property
    def end(self) -> datetime:
        """The instant (UTC) at which the session ends, the first one after it."""
        return self.start + timedelta(milliseconds=self.length_ms)


def find_overlapping(
    planned: SessionSpan, others: Iterable[SessionSpan], limits: AccountLimits
) -> tuple[SessionSpan, ...]:
    """Return the sessions that forbid a planned one, in order of start; none where the account's plan allows it.

    With `limits.parallel` events at a time, a session forbids the planned one if at some instant within it that many
    sessions run already, this one among them. Sessions on demand, and the planned one itself, do not count.

    Args:
        planned: The session to be planned; one on demand is always allowed.
        others: The account's sessions, in any order.
        limits: What the account's plan allows.
    """
    if planned.room == "on_demand":
        return ()
    candidates = sorted(
        (
            span
            for span in others
            if span.room != "on_demand"
            and span.session != planned.session
            and span.start < planned.end
            and planned.start < span.end
        ),
        key=lambda span: (span.start, span.session),
    )
    # The number of running sessions grows only where one begins, so it is enough to look at these instants.
    blocking: set[str] = set()
    for instant in {max(planned.start, span.start) for span in candidates}:
        running = [span.session for span in candidates if span.start <= instant < span.end]
        if len(running) >= limits.parallel:
            blocking.update(running)
    return tuple(span for span in candidates if span.session in blocking)
