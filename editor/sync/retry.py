"""Which errors may be tried again, when, and how often: pure decisions, for every kind of work with a hosting.

What the hosting has decided (401, 403, 409, 412, 422) is never tried again blindly: that is for a person, or for
another look, to settle. What the network did to a request (no route, a timeout, a 5xx) is tried again later.
"""

from collections.abc import Callable, Sequence

import msgspec

from editor.errors import KnownError

PERMANENT_CODES = frozenset({"sync.signed_out", "sync.stopped", "sync.address", "sync.no_owner"})
"""Errors without an HTTP status that no other attempt resolves."""
RETRYABLE_STATUSES = frozenset({408, 425, 429})
"""Statuses below 500 that invite another attempt: Request Timeout, Too Early (RFC 8470), Too Many Requests."""
BACKOFF_MS = (5_000, 15_000, 60_000)
"""How long to wait after the first, the second and every later failure in a row."""
AT_ONCE = (0,)


class RetryPolicy(msgspec.Struct, frozen=True):
    """The rule of when one kind of work is tried again after an error; immutable, it waits for nothing itself.

    Args:
        find_delays: Gives the delays in milliseconds after the first, second … failure in a row (the last holds for all
            later ones), or None where the error is final.
        max_attempts: How many attempts there are at most, the first included; None without a limit.
    """

    find_delays: Callable[[KnownError], Sequence[int] | None]
    max_attempts: int | None = None

    def next_delay_ms(self, error: KnownError, failures: int) -> int | None:
        """Return how long to wait before the next attempt, in milliseconds, or None where there is to be none.

        Args:
            error: What the last attempt raised.
            failures: How many attempts have failed in a row, that one included, hence at least 1.
        """
        delays = self.find_delays(error)
        if delays is None or (self.max_attempts is not None and failures >= self.max_attempts):
            return None
        return delays[min(failures, len(delays)) - 1]


def is_transient(error: KnownError) -> bool:
    """Return whether an error may be gone at the next attempt without anybody doing anything.

    With an HTTP status: 5xx and `RETRYABLE_STATUSES`. Without one: all codes but `PERMANENT_CODES`.
    """
    status = error.facts.get("status")
    if isinstance(status, int):
        return status >= 500 or status in RETRYABLE_STATUSES
    return error.code not in PERMANENT_CODES


def _for_codes(*codes: str, delays: Sequence[int] = AT_ONCE) -> Callable[[KnownError], Sequence[int] | None]:
    return lambda error: delays if error.code in codes else None


def _find_chunk_delays(error: KnownError) -> Sequence[int] | None:
    if error.code == "upload.in_use":
        return (500,)  # until the server has noticed that an earlier sender is gone
    return AT_ONCE if error.code in {"upload.checksum", "upload.offset"} else None


BACKGROUND_SYNC_RETRY = RetryPolicy(lambda error: BACKOFF_MS if is_transient(error) else None)
"""Syncing of the whole library: again and again, until the hosting is reached."""
STALE_RETRY = RetryPolicy(_for_codes("webinar.stale", "notes.stale"), max_attempts=5)
"""Pushing over a revision: at once, over the newer one, where a colleague was quicker."""
CHUNK_RETRY = RetryPolicy(_find_chunk_delays, max_attempts=5)
"""Sending one chunk of a file: again from the offset that the hosting has."""
