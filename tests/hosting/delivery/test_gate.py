"""The gate, and the playlists and captions that depend on it, without a server."""

import pytest
from msgspec.structs import replace

from editor.errors import KnownError
from editor.protocol.manifest import Chunk, Manifest, PreparedFile, Rung
from editor.schedule import room
from editor.schedule.clock import Ended, Started
from editor.schedule.model import Video, Webinar
from hosting.delivery import captions, playlists
from hosting.delivery.gate import Gate, list_chunks, overlaps

MEDIA = "a" * 64
NOON = 1_790_000_000_000
LENGTH = 600_000


def make_rung(chunk_ms: int = 4_000, length_ms: int = LENGTH, init: int = 100, size: int = 1_000) -> Rung:
    chunks = tuple(
        Chunk(start_ms=start, length_ms=min(chunk_ms, length_ms - start), offset=init + index * size, size=size)
        for index, start in enumerate(range(0, length_ms, chunk_ms))
    )
    file = PreparedFile(sha256="b" * 64, size=init + size * len(chunks), type="video/mp4")
    return Rung(
        name="720", kind="video", file=file, init_size=init, codecs="avc1", bandwidth=2_000_000, width=1280, height=720,
        chunks=chunks,
    )  # fmt: skip


def make_gate(
    now: int, *segments: Video, events=(), replay: bool = False, cancelled: bool = False, room_type: str = "automated"
) -> Gate:
    programme = segments or (Video(id="v", start_ms=0, media=MEDIA, out_ms=LENGTH),)
    webinar = Webinar(id="w", programme=programme, room=room_type)
    clock_events = (Started(at_ms=NOON), *events)
    clock = room.make_clock(webinar, clock_events)
    return Gate(
        webinar=webinar,
        clock=clock,
        now_ms=NOON + now,
        reached_ms=room.find_furthest_ms(clock_events, clock, NOON + now),
        lead_ms=60_000,
        waiting_ms=1_800_000,
        replay=replay,
        cancelled=cancelled,
    )


def is_granted(session_gate: Gate, media: str, media_rung: Rung, begin: int, end: int) -> bool:
    """Return whether all of these bytes may be fetched."""
    return session_gate.find_reach(media, media_rung, begin, end) >= end


def find_reachable_bytes(session_gate: Gate) -> int:
    """Return how many bytes from the beginning may be fetched."""
    media_rung = make_rung()
    low, high = 0, media_rung.file.size
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if is_granted(session_gate, MEDIA, media_rung, 0, middle) else (low, middle - 1)
    return low


def test_the_first_bytes_are_allowed_one_lead_before_the_start():
    one = make_rung()
    assert not is_granted(make_gate(-60_001), MEDIA, one, 0, 1)
    assert is_granted(make_gate(-60_000), MEDIA, one, 0, 100)
    assert is_granted(make_gate(-60_000), MEDIA, one, 0, 1_100)
    assert make_gate(-60_000).find_reach(MEDIA, one, 50, one.file.size) == 1_100
    assert not is_granted(make_gate(-60_000), MEDIA, one, 0, 1_101)


@pytest.mark.parametrize("now", [-59_999, 0, 1, 3_999, 4_000, 100_000, 333_333])
def test_bytes_end_with_the_chunk_in_which_the_lead_ends(now):
    last_ms = now + 60_000
    assert find_reachable_bytes(make_gate(now)) == 100 + 1_000 * (last_ms // 4_000 + 1)


def test_no_range_gets_a_byte_beyond_the_lead():
    at, one = make_gate(0), make_rung()
    beyond = 100 + 1_000 * 16
    for begin in (0, 50, 100, 5_000, beyond - 1, beyond, beyond + 1, one.file.size - 1):
        for end in (beyond + 1, beyond + 1_000, one.file.size):
            if begin < end:
                assert not is_granted(at, MEDIA, one, begin, end)
    assert is_granted(at, MEDIA, one, beyond - 1, beyond)


def test_bytes_between_the_initialisation_and_the_first_chunk_are_not_served():
    shifted = make_rung()
    chunks = tuple(replace(chunk, offset=chunk.offset + 7) for chunk in shifted.chunks)
    shifted = replace(shifted, chunks=chunks)
    at = make_gate(0)
    assert is_granted(at, MEDIA, shifted, 0, 100)
    assert not is_granted(at, MEDIA, shifted, 0, 101)
    assert not is_granted(at, MEDIA, shifted, 100, 107)
    assert is_granted(at, MEDIA, shifted, 107, 2_107)


def test_after_the_end_only_a_replay_delivers_media():
    one = make_rung()
    assert not is_granted(make_gate(LENGTH), MEDIA, one, 0, 1)
    assert is_granted(make_gate(LENGTH, replay=True), MEDIA, one, 0, one.file.size)
    ended = Ended(at_ms=NOON + 10_000)
    assert not is_granted(make_gate(10_000, events=(ended,)), MEDIA, one, 0, 1)


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (make_gate(-70_000), "room.too_early"),
        (make_gate(LENGTH + 1), "room.gone"),
        (make_gate(0, cancelled=True), "room.cancelled"),
    ],
)
def test_a_refusal_has_the_code_of_its_reason(at, code):
    with pytest.raises(KnownError) as error_info:
        at.require(is_granted(at, MEDIA, make_rung(), 0, 1))
    assert error_info.value.code == code


def test_a_cancelled_session_delivers_nothing_not_even_the_waiting_picture():
    at = make_gate(-10_000, cancelled=True)
    at = replace(at, webinar=replace(at.webinar, waiting_picture=MEDIA))
    assert not at.is_allowed(room.StillImage(MEDIA))
    assert replace(at, cancelled=False).is_allowed(room.StillImage(MEDIA))
    assert at.find_windows(MEDIA) == ()


def test_a_playlist_lists_the_allowed_chunks_and_grows():
    one = make_rung()
    now, later, last = (make_gate(ms) for ms in (0, 8_000, LENGTH - 60_000))
    texts = [
        playlists.render_media_playlist(one, at.find_windows(MEDIA), complete=at.is_complete(MEDIA))
        for at in (now, later, last)
    ]
    assert [text.count("#EXTINF:4.000,") for text in texts] == [16, 18, 150]
    assert [text.count("#EXT-X-ENDLIST") for text in texts] == [0, 0, 1]
    assert "#EXT-X-GAP" not in "".join(texts)
    assert texts[1].startswith(texts[0].rstrip("\n"))
    assert '#EXT-X-MAP:URI="720.mp4",BYTERANGE="100@0"' in texts[0]
    assert "#EXT-X-BYTERANGE:1000@1100\n720.mp4" in texts[0]


def test_trimmed_parts_of_a_media_are_listed_as_gaps():
    at = make_gate(0, Video(id="v", start_ms=0, media=MEDIA, in_ms=21_000, out_ms=30_000))
    text = playlists.render_media_playlist(make_rung(), at.find_windows(MEDIA), complete=at.is_complete(MEDIA))
    assert text.count("#EXT-X-GAP\n#EXTINF") == 5
    assert text.count("#EXTINF") == 8
    assert text.endswith("#EXT-X-ENDLIST\n")


def test_a_media_that_comes_again_later_stays_open_until_then():
    twice = (
        Video(id="a", start_ms=0, media=MEDIA, out_ms=20_000),
        Video(id="b", start_ms=300_000, media=MEDIA, in_ms=100_000, out_ms=120_000),
    )
    assert not make_gate(0, *twice).is_complete(MEDIA)
    at = make_gate(270_000, *twice)
    assert at.is_complete(MEDIA)
    parts = [overlaps(at.find_windows(MEDIA), chunk) for chunk in list_chunks(make_rung(), at.find_windows(MEDIA))]
    assert parts == [True] * 5 + [False] * 20 + [True] * 5


def test_on_demand_all_media_are_allowed_from_the_start():
    assert not make_gate(-1, room_type="on_demand").find_windows(MEDIA)
    at = make_gate(0, room_type="on_demand")
    assert at.is_complete(MEDIA)
    assert is_granted(at, MEDIA, make_rung(), 0, make_rung().file.size)


def test_the_master_playlist_lists_video_with_the_best_audio_or_all_audio():
    sounds = tuple(
        replace(
            make_rung(),
            name=f"audio-{kbit}",
            kind="audio",
            codecs="mp4a.40.2",
            bandwidth=kbit * 1_000,
            width=0,
            height=0,
        )
        for kbit in (64, 128)
    )
    manifest = Manifest(media=MEDIA, kind="video", rungs=(make_rung(), *sounds))
    text = playlists.render_master(manifest)
    assert text.count("#EXT-X-STREAM-INF") == 1
    assert 'BANDWIDTH=2128000,RESOLUTION=1280x720,CODECS="avc1,mp4a.40.2",AUDIO="sound"\n720.m3u8' in text
    assert 'URI="audio-128.m3u8"' in text
    alone = playlists.render_master(replace(manifest, rungs=sounds))
    assert alone.index("audio-128.m3u8") < alone.index("audio-64.m3u8")
    assert "EXT-X-MEDIA:" not in alone


VTT = """WEBVTT - a title that tells too much

NOTE a remark

STYLE
::cue { color: red }

first
00:08.000 --> 00:12.000 align:left
Good evening.
All of you.

00:00:30.000 --> 00:00:34.000
Later.

01:00:00.500 --> 01:00:02.000
<v Anna>Much later.
"""


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        ((), ""),
        (((10_000, 20_000),), "Good evening."),
        (((0, 8_000),), ""),
        (((0, 8_001),), "Good evening."),
        (((12_000, 34_000),), "Later."),
        (((9_000, 10_000), (3_601_999, 3_700_000)), "Good evening. Much later."),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_captions_are_cut_to_the_windows(windows, expected, line_end):
    text = captions.cut_captions(VTT.replace("\n", line_end), windows)
    assert text.startswith("WEBVTT\n")
    for words in ("Good evening.", "Later.", "Much later."):
        assert (f"\n{words}" in text or f">{words}" in text) == (words in expected)
    assert "title" not in text
    assert "remark" not in text
