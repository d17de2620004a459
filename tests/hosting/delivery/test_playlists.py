"""Playlists as RFC 8216 wants them."""

import re

import pytest

from editor.protocol.manifest import Chunk, PreparedFile, Rung
from hosting.delivery.playlists import render_media_playlist


def make_rung(*lengths_ms):
    """Build a rung whose chunks have these lengths."""
    chunks, start_ms, offset = [], 0, 10
    for length_ms in lengths_ms:
        chunks.append(Chunk(start_ms=start_ms, length_ms=length_ms, offset=offset, size=100))
        start_ms, offset = start_ms + length_ms, offset + 100
    return Rung(
        name="720",
        kind="video",
        file=PreparedFile(sha256="a" * 64, size=offset, type="video/mp4"),
        init_size=10,
        codecs="avc1.64001f",
        bandwidth=1,
        chunks=tuple(chunks),
    )


@pytest.mark.parametrize(
    ("lengths_ms", "target_s"),
    [((4_000, 4_000), 4), ((4_000, 4_001), 5), ((4_001, 2_000), 5), ((5_999,), 6), ((1,), 1)],
)
def test_the_target_duration_is_no_shorter_than_any_chunk(lengths_ms, target_s):
    """RFC 8216 section 4.3.3.1: no segment may be longer than the target duration; so it is rounded up, never down."""
    playlist = render_media_playlist(make_rung(*lengths_ms), ((0, sum(lengths_ms)),), complete=True)
    assert re.findall(r"#EXT-X-TARGETDURATION:(.*)", playlist) == [str(target_s)]
    durations = [float(text) for text in re.findall(r"#EXTINF:(.*),", playlist)]
    assert durations == [length_ms / 1_000 for length_ms in lengths_ms]
    assert max(durations) <= target_s


def test_the_target_duration_does_not_change_while_the_playlist_grows():
    """RFC 8216 section 6.2.1: it must not change, so a longer chunk still to come counts at once."""
    rung = make_rung(4_000, 6_000)
    beginning = render_media_playlist(rung, ((0, 4_000),), complete=False)
    assert beginning.count("#EXTINF") == 1
    assert "#EXT-X-TARGETDURATION:6\n" in beginning
