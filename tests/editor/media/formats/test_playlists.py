"""A playlist that is called film.mp4 makes nothing open the addresses that it names."""

import threading
from collections.abc import Iterator

import pytest

from editor.errors import KnownError
from editor.media.formats.av_container import find_demuxer, open_media
from editor.media.formats.file_format import find_playlist_format
from editor.media.formats.probe import probe
from editor.media.frames.frame_reader import FrameReader
from editor.media.libvlc.engine import VlcEngine
from editor.media.prepare.encode_ladder import SourceStreams, build_arguments, inspect_streams
from editor.media.prepare.ffmpeg_process import run_ffmpeg
from editor.media.prepare.loudness import measure_loudness
from editor.media.sidecars import find_sidecars
from tests.editor.media.libvlc.test_vlc_player import RecordingListener
from tests.recording_server import RecordingServer, run_recording_server

PLAYLISTS = {
    "M3U": "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n{url}/hls.ts\n#EXT-X-ENDLIST\n",
    "M3U after blank lines": "\ufeff\n \n#EXTM3U\n#EXTINF:4,x\n{url}/m3u.mp4\n",
    "PLS": "[Playlist]\r\nFile1={url}/pls.mp4\r\nNumberOfEntries=1\r\n",
    "ASX": "<ASX version='3.0'><entry><ref href='{url}/asx.mp4'/></entry></ASX>",
    "ASX of references": "[Reference]\r\nRef1={url}/ref.mp4\r\n",
    "SMIL": "<smil><body><video src='{url}/smil.mp4'/></body></smil>",
    "XSPF": "<?xml version='1.0'?>\n<!-- mine -->\n<playlist version='1' xmlns='http://xspf.org/ns/0/'>"
    "<trackList><track><location>{url}/xspf.mp4</location></track></trackList></playlist>",
    "DASH": "<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011' type='static'"
    " mediaPresentationDuration='PT4S' profiles='urn:mpeg:dash:profile:isoff-on-demand:2011'><Period><AdaptationSet"
    " mimeType='video/mp4'><Representation id='1' bandwidth='1'><BaseURL>{url}/dash.mp4</BaseURL></Representation>"
    "</AdaptationSet></Period></MPD>",
    "QTL": "<?xml version='1.0'?><?quicktime type='application/x-quicktime-media-link'?><embed src='{url}/qtl.mp4'/>",
    "CONCAT": "ffconcat version 1.0\nfile {url}/concat.mp4\n",
    "SDP": "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=video 5004 RTP/AVP 96\r\n",
    "URL": "[InternetShortcut]\r\nURL={url}/url.mp4\r\n",
}


@pytest.fixture
def server() -> Iterator[RecordingServer]:
    with run_recording_server() as server:
        yield server


@pytest.fixture(params=PLAYLISTS)
def playlist(request, tmp_path, server):
    file = tmp_path / "film.mp4"
    file.write_bytes(PLAYLISTS[request.param].format(url=server.url).encode())
    return file


def find_code(read) -> str:
    with pytest.raises(KnownError) as caught:
        read()
    return caught.value.code


def test_a_playlist_is_refused_by_its_name(playlist, request, server):
    with pytest.raises(KnownError) as caught:
        probe(playlist)
    kind = request.node.callspec.params["playlist"].partition(" ")[0]
    assert (caught.value.code, caught.value.facts) == ("media.playlist", {"name": "film.mp4", "found": kind})
    assert server.requests == []


def test_no_reader_opens_what_a_playlist_names(playlist, tmp_path, server):
    assert find_code(lambda: find_demuxer(playlist)) == "media.playlist"
    streams = SourceStreams(duration_ms=1_000, width=320, height=180, video=0)
    for read in (
        lambda: FrameReader(playlist).read_frame(0, 320),
        lambda: measure_loudness(playlist),
        lambda: inspect_streams(playlist, 1_000, 320, 180),
        lambda: run_ffmpeg(
            build_arguments(playlist, tmp_path, streams, None, find_demuxer(playlist)),
            tmp_path / "out.mp4",
            length_ms=1_000,
        ),
        lambda: open_media(playlist).__enter__(),
    ):
        assert find_code(read) in {"media.playlist", "media.unreadable"}
    find_sidecars(playlist)
    assert server.requests == []


@pytest.mark.parametrize("tail", [b"", b"\x47" + bytes(187)], ids=["alone", "before a transport stream"])
def test_the_player_opens_nothing_that_a_playlist_names(tmp_path, server, tail):
    engine = VlcEngine(sound=False)
    try:
        for number, text in enumerate(PLAYLISTS.values()):
            file = tmp_path / f"film-{number}.mp4"
            file.write_bytes(text.format(url=server.url).encode() + tail * 40)
            listener = RecordingListener(engine)
            assert listener.wait_for_error(listener.player.open(file)).code == "media.playlist"
    finally:
        engine.close()
    assert server.requests == []


def test_libvlc_keeps_to_the_format_that_was_found(tmp_path, make_video, server):
    """A file that turns into a playlist after it was recognized is still read in the format that was found."""
    film = tmp_path / "film.mp4"
    film.write_bytes(make_video().read_bytes())
    engine = VlcEngine(sound=False)
    try:
        media = engine.create_media(film)
        film.write_text(PLAYLISTS["M3U"].format(url=server.url), "utf-8")
        player = engine.load()[1].media_player_new()
        player.set_media(media)
        media.release()
        ended = threading.Event()
        vlc = engine.load()[0]
        for kind in (vlc.EventType.MediaPlayerEndReached, vlc.EventType.MediaPlayerEncounteredError):
            player.event_manager().event_attach(kind, lambda _event: ended.set())
        player.play()
        assert ended.wait(20)
        player.stop()
        player.release()
    finally:
        engine.close()
    assert server.requests == []


def test_media_are_no_playlists():
    for head in (
        b"\0\0\0\x18ftypmp42",
        b"\x1aE\xdf\xa3",
        b"RIFF",
        b"ID3\x04",
        b"<html>",
        b"v=1\n",
        b"",
        b"\xff\xfb\x90",
    ):
        assert find_playlist_format(head) == ""
    assert find_playlist_format("#EXTM3U\n".encode("utf-16")) == "M3U"
