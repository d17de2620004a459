"""What may be tried again, when, and how often."""

import pytest

from editor.errors import KnownError
from editor.sync.retry import BACKGROUND_SYNC_RETRY, CHUNK_RETRY, STALE_RETRY, is_transient


@pytest.mark.parametrize(
    ("error", "transient"),
    [
        (KnownError("sync.offline"), True),
        (KnownError("sync.trouble", status=500), True),
        (KnownError("hosting.busy", status=503), True),
        (KnownError("request.slow", status=408), True),
        (KnownError("request.early", status=425), True),
        (KnownError("room.fast", status=429), True),
        (KnownError("sync.not_matinee", status=499), False),
        (KnownError("account.signed_out", status=401), False),
        (KnownError("webinar.stale", status=412), False),
        (KnownError("sync.signed_out"), False),
        (KnownError("sync.stopped"), False),
        (KnownError("sync.address"), False),
        (KnownError("sync.no_owner"), False),
    ],
)
def test_what_the_hosting_has_decided_is_not_transient(error, transient):
    assert is_transient(error) is transient


def test_background_sync_waits_longer_and_longer_and_never_gives_up():
    error = KnownError("sync.offline")
    delays = [BACKGROUND_SYNC_RETRY.next_delay_ms(error, failures) for failures in (1, 2, 3, 4, 1_000)]
    assert delays == [5_000, 15_000, 60_000, 60_000, 60_000]
    assert BACKGROUND_SYNC_RETRY.next_delay_ms(KnownError("account.signed_out", status=401), 1) is None


@pytest.mark.parametrize("code", ["webinar.stale", "notes.stale"])
def test_a_stale_push_is_tried_five_times_at_once(code):
    assert [STALE_RETRY.next_delay_ms(KnownError(code), failures) for failures in range(1, 6)] == [0, 0, 0, 0, None]
    assert STALE_RETRY.next_delay_ms(KnownError("webinar.unknown"), 1) is None


def test_a_chunk_is_sent_again_and_waits_for_an_earlier_sender():
    assert CHUNK_RETRY.next_delay_ms(KnownError("upload.checksum"), 1) == 0
    assert CHUNK_RETRY.next_delay_ms(KnownError("upload.offset"), 4) == 0
    assert CHUNK_RETRY.next_delay_ms(KnownError("upload.in_use"), 4) == 500
    assert CHUNK_RETRY.next_delay_ms(KnownError("upload.in_use"), 5) is None
    assert CHUNK_RETRY.next_delay_ms(KnownError("upload.quota"), 1) is None
