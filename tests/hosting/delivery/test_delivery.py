"""Media through the application: requests of an attendee's page, and guessed ones."""

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from editor.protocol.api import Account, CreateSessionRequest
from editor.schedule.clock import Skipped
from editor.schedule.model import Audio, CaptionTrack, Image, Media, Page, Presentation, Video, Webinar
from editor.schedule.session_events import ClockChanged
from hosting.context import HostingContext
from hosting.delivery.signing import make_media_base
from hosting.media.blob_store import BlobStore
from hosting.sessions.organizer import service as sessions
from tests.hosting.hosting_fixtures import FakeMedia, ManualClock, compute_version_hash, error_of, make_push_body

VTT = "WEBVTT\n\n00:08.000 --> 00:12.000\nEarly words.\n\n01:40.000 --> 01:44.000\nLate words.\n"
START_DELAY_MS = 30_000
"""Sessions begin this long after they are published."""


@pytest.fixture
def film() -> FakeMedia:
    return FakeMedia("film", 300_000, captions=VTT)


@pytest.fixture
def slides() -> FakeMedia:
    return FakeMedia("slides", 0, pages=4)


@pytest.fixture
def picture() -> FakeMedia:
    return FakeMedia("picture", 0)


def make_media(prepared: FakeMedia, *, pages: int = 0) -> Media:
    tracks = (CaptionTrack(sha256=prepared.source),) if prepared.manifest.captions else ()
    return Media(
        sha256=prepared.media,
        kind=prepared.manifest.kind,
        name="media",
        duration_ms=prepared.manifest.duration_ms,
        pages=pages,
        captions=tracks,
    )


@pytest.fixture
def webinar(film: FakeMedia, slides: FakeMedia, picture: FakeMedia) -> Webinar:
    """Build a webinar of five minutes of video, two minutes of pages, and an image."""
    return Webinar(
        id="webinar",
        title="Evening",
        start="2027-01-01T00:00:00",
        programme=(
            Video(id="a", start_ms=0, media=film.media, out_ms=300_000, captions=film.source),
            Presentation(
                id="b",
                start_ms=300_000,
                media=slides.media,
                pages=(Page(page=0, length_ms=60_000), Page(page=2, length_ms=60_000)),
                out_ms=120_000,
            ),
            Image(id="c", start_ms=420_000, media=picture.media, length_ms=60_000),
        ),
        media={
            film.media: make_media(film),
            slides.media: make_media(slides, pages=4),
            picture.media: make_media(picture),
        },
    )


@pytest.fixture
def publish_webinar(
    client: TestClient[Any],
    team: dict[str, str],
    context: HostingContext,
    film: FakeMedia,
    slides: FakeMedia,
    picture: FakeMedia,
) -> Callable[..., str]:
    """Upload, push and publish a webinar; return the session's id."""

    def publish_and_upload(webinar: Webinar, *, in_ms: int = START_DELAY_MS, replay: bool = False) -> str:
        for one in (film, slides, picture):
            one.upload_all(client, team)
        body = make_push_body(webinar)
        answer = client.put(f"/api/webinars/{webinar.id}", content=body, headers=team | {"If-None-Match": "*"})
        assert answer.status_code == 200, answer.text
        account = client.get("/api/me", headers=team).json()
        request = CreateSessionRequest(
            webinar=webinar.id, version=compute_version_hash(webinar), test=True, in_ms=in_ms, replay=replay
        )
        with context.db.write() as connection:
            owner = Account(id=account["id"], email=account["email"])
            return sessions.publish(connection, owner, request, context.now(), waiting_ms=context.settings.waiting_ms)

    return publish_and_upload


@pytest.fixture
def media_prefix(publish_webinar: Callable[..., str], webinar: Webinar, context: HostingContext) -> str:
    return make_media_base(context, publish_webinar(webinar))


def test_a_video_is_delivered_while_it_plays(client, media_prefix, film, clock: ManualClock):
    clock.advance(START_DELAY_MS)
    master = client.get(f"{media_prefix}/{film.media}/index.m3u8")
    assert master.headers["content-type"] == "application/vnd.apple.mpegurl"
    assert master.text.count("#EXT-X-STREAM-INF") == 2
    playlist = client.get(f"{media_prefix}/{film.media}/720.m3u8")
    assert playlist.headers["cache-control"] == "no-store"
    assert playlist.text.count("#EXTINF") == 16
    rung = film.find_rung("720")
    chunk = rung.chunks[3]
    span = f"bytes={chunk.offset}-{chunk.offset + chunk.size - 1}"
    part = client.get(f"{media_prefix}/{film.media}/720.mp4", headers={"Range": span})
    assert part.status_code == 206
    assert part.content == film.content_of(rung)[chunk.offset : chunk.offset + chunk.size]
    assert part.headers["content-range"] == f"{span.replace('=', ' ')}/{rung.file.size}"
    assert "immutable" in part.headers["cache-control"]
    assert part.headers["etag"] == f'"{rung.file.sha256}"'
    assert part.headers["content-type"] == "video/mp4"


@pytest.mark.parametrize("name", ["720", "360", "audio-128"])
def test_every_byte_beyond_the_lead_is_refused(client, media_prefix, film, clock: ManualClock, name):
    clock.advance(START_DELAY_MS)
    rung = film.find_rung(name)
    first = rung.chunks[16]
    url = f"{media_prefix}/{film.media}/{name}.mp4"
    spans = [
        f"bytes={first.offset}-{first.offset}",
        f"bytes={first.offset - 1}-{first.offset}",
        f"bytes=0-{first.offset}",
        f"bytes={first.offset}-",
        f"bytes={rung.file.size - 1}-",
        "bytes=-1",
        f"bytes=-{rung.file.size}",
        "bytes=0-1,5-6",
        "bytes=abc",
        "chunks=1-2",
    ]
    for span in spans:
        response = client.get(url, headers={"Range": span})
        assert error_of(response) == (403, "room.too_early"), span
        assert "etag" not in response.headers
    assert error_of(client.get(url)) == (403, "room.too_early")
    etag = f'"{rung.file.sha256}"'
    assert error_of(client.get(url, headers={"If-None-Match": etag})) == (403, "room.too_early")
    stale_range = {"Range": "bytes=0-9", "If-Range": '"another"'}
    assert error_of(client.get(url, headers=stale_range)) == (403, "room.too_early")
    assert client.get(url, headers={"Range": f"bytes=0-{first.offset - 1}"}).status_code == 206
    rest = client.get(url, headers={"Range": "bytes=10-"})
    assert rest.status_code == 206, "all the rest is given as far as it may be"
    assert rest.content == film.content_of(rung)[10 : first.offset]
    assert rest.headers["content-range"] == f"bytes 10-{first.offset - 1}/{rung.file.size}"
    assert client.get(url, headers={"Range": f"bytes={rung.file.size}-"}).status_code == 416
    clock.advance(4_000)
    assert client.get(url, headers={"Range": f"bytes={first.offset}-{first.offset}"}).status_code == 206


def test_media_of_later_segments_are_refused_in_every_form(
    client, media_prefix, slides, picture, film, clock: ManualClock
):
    clock.advance(START_DELAY_MS)
    for url in (
        f"{slides.media}/manifest.json",
        f"{slides.media}/still/640-0.webp",
        f"{slides.media}/still/640-3.webp",
        f"{picture.media}/still/640.webp",
        f"{picture.media}/poster.webp",
        f"{picture.media}/manifest.json",
    ):
        assert error_of(client.get(f"{media_prefix}/{url}")) == (403, "room.too_early"), url
    clock.advance(240_000)
    assert client.get(f"{media_prefix}/{slides.media}/still/640-0.webp").status_code == 200
    assert error_of(client.get(f"{media_prefix}/{slides.media}/still/640-2.webp")) == (403, "room.too_early")
    public_manifest = client.get(f"{media_prefix}/{slides.media}/manifest.json").json()
    assert public_manifest["still_widths"] == [320, 640, 1280]
    assert "pages" not in public_manifest
    clock.advance(60_000)
    assert client.get(f"{media_prefix}/{slides.media}/still/640-2.webp").status_code == 200
    # A page of the document that the webinar never shows is not served.
    assert error_of(client.get(f"{media_prefix}/{slides.media}/still/640-1.webp")) == (403, "room.too_early")


def test_stills_are_at_least_as_wide_as_requested(client, media_prefix, film, clock: ManualClock):
    clock.advance(START_DELAY_MS)
    stills = {still.width: still.file.sha256 for still in film.manifest.stills}
    for requested_width, expected_width in ((1, 320), (320, 320), (321, 640), (1_000, 1_280), (4_000, 1_280)):
        answer = client.get(f"{media_prefix}/{film.media}/still/{requested_width}.webp")
        assert answer.headers["etag"] == f'"{stills[expected_width]}"'
        assert answer.headers["content-type"] == "image/webp"
        assert hashlib.sha256(answer.content).hexdigest() == stills[expected_width]
    poster = client.get(f"{media_prefix}/{film.media}/poster.webp", headers={"If-None-Match": f'"{stills[1_280]}"'})
    assert poster.status_code == 304
    assert poster.content == b""


def test_captions_grow_with_the_clock(client, media_prefix, film, clock: ManualClock):
    url = f"{media_prefix}/{film.media}/captions/{film.source}.vtt"
    assert error_of(client.get(f"{media_prefix}/{film.media}/captions/{'0' * 64}.vtt")) == (404, "media.not_here")
    clock.advance(START_DELAY_MS)
    now = client.get(url)
    assert now.headers["content-type"].startswith("text/vtt")
    assert now.headers["cache-control"] == "no-store"
    assert ("Early" in now.text, "Late" in now.text) == (True, False)
    clock.advance(40_000)
    assert "Late" in client.get(url).text


def test_nothing_is_delivered_before_the_lead_and_after_the_end(client, media_prefix, film, clock: ManualClock):
    clock.advance(START_DELAY_MS - 60_001)
    urls = ("index.m3u8", "720.m3u8", "720.mp4", "manifest.json", "poster.webp", f"captions/{film.source}.vtt")
    for name in urls:
        assert error_of(client.get(f"{media_prefix}/{film.media}/{name}")) == (403, "room.too_early"), name
    clock.advance(60_001 + 480_000)
    for name in urls:
        assert error_of(client.get(f"{media_prefix}/{film.media}/{name}")) == (403, "room.gone"), name


def test_a_replay_delivers_everything_after_the_end(
    client, publish_webinar, webinar, context, film, slides, clock: ManualClock
):
    base = make_media_base(context, publish_webinar(webinar, replay=True))
    clock.advance(START_DELAY_MS + 480_000)
    rung = film.find_rung("720")
    assert client.get(f"{base}/{film.media}/720.mp4").content == film.content_of(rung)
    assert "#EXT-X-ENDLIST" in client.get(f"{base}/{film.media}/720.m3u8").text
    assert "Late" in client.get(f"{base}/{film.media}/captions/{film.source}.vtt").text
    assert client.get(f"{base}/{slides.media}/still/640-2.webp").status_code == 200


def test_skipping_ahead_opens_media_and_skipping_back_keeps_them_open(
    client, publish_webinar, webinar, context, log_writer, film, slides, clock: ManualClock
):
    from editor.schedule.room import TEAM, Delivery

    session = publish_webinar(webinar)
    base = make_media_base(context, session)
    clock.advance(START_DELAY_MS + 1_000)
    for to_ms in (310_000, 5_000):
        with log_writer.write() as transaction:
            event = ClockChanged(event=Skipped(at_ms=context.now(), to_ms=to_ms))
            transaction.log.append(session, (Delivery(audience=TEAM, row=event),), context.now())
        assert client.get(f"{base}/{slides.media}/still/640-0.webp").status_code == 200
        clock.advance(1_000)
    whole = client.get(f"{base}/{film.media}/720.mp4")
    assert whole.content == film.content_of(film.find_rung("720"))


def test_a_wrong_signature_or_name_finds_nothing(client, publish_webinar, webinar, context, film, clock: ManualClock):
    session = publish_webinar(webinar)
    base = make_media_base(context, session)
    clock.advance(START_DELAY_MS)
    signature = base.rpartition("/")[2]
    for wrong in (
        f"/m/{session}/{signature[:-1]}x",
        f"/m/{session}/é",
        f"/m/{'0' * 32}/{signature}",
        f"/m/{session}/ ",
    ):
        for name in ("index.m3u8", "720.mp4", "still/640.webp", f"captions/{film.source}.vtt"):
            assert error_of(client.get(f"{wrong}/{film.media}/{name}")) == (404, "media.unsigned")
    assert error_of(client.get(f"{make_media_base(context, 'nobody')}/{film.media}/index.m3u8"))[0] == 404
    for name in (
        "1080.mp4",
        "1080.m3u8",
        "720.mp3",
        "720",
        ".mp4",
        "still/0-0-0.webp",
        "still/a.webp",
        "captions/x.srt",
    ):
        assert error_of(client.get(f"{base}/{film.media}/{name}")) == (404, "media.not_here"), name
    for media in ("0" * 64, "x", "..", "%2e%2e"):
        assert client.get(f"{base}/{media}/index.m3u8").status_code == 404
    assert client.get(f"{base}/..%2f..%2fhosting.db/index.m3u8").status_code == 404
    assert client.get(f"{base}/{film.media}/..%2f720.mp4").status_code == 404


def test_audio_without_video(client, publish_webinar, context, film, clock: ManualClock, team):
    song = FakeMedia("song", 20_000, video=False)
    song.upload_all(client, team)
    webinar = Webinar(
        id="radio",
        programme=(Audio(id="a", start_ms=0, media=song.media, out_ms=20_000),),
        media={song.media: make_media(song)},
    )
    base = make_media_base(context, publish_webinar(webinar))
    clock.advance(START_DELAY_MS)
    public_manifest = client.get(f"{base}/{song.media}/manifest.json").json()
    assert (public_manifest["video"], public_manifest["audio"], public_manifest["rungs"]) == (
        False,
        True,
        ["audio-128"],
    )
    assert "audio-128.m3u8" in client.get(f"{base}/{song.media}/index.m3u8").text
    part = client.get(f"{base}/{song.media}/audio-128.mp4", headers={"Range": "bytes=0-9"})
    assert part.headers["content-type"] == "audio/mp4"


def test_media_that_the_disk_has_lost_are_missing_and_may_be_sent_again(
    client, team, media_prefix, film, context: HostingContext, clock: ManualClock
):
    """As after a restore of the database without the media folder."""
    clock.advance(START_DELAY_MS)
    urls = [f"{media_prefix}/{film.media}/{name}" for name in ("360.mp4", "poster.webp", f"captions/{film.source}.vtt")]
    span = {"Range": "bytes=0-9"}
    hashes = [hashlib.sha256(content).hexdigest() for content in film.files]
    for sha256 in hashes:
        BlobStore(context.media_folder).find_path(sha256).unlink()
    for url in urls:
        assert error_of(client.get(url, headers=span)) == (404, "media.not_here")
    assert error_of(client.get(f"/api/media/files/{hashes[0]}", headers=team)) == (404, "media.not_here")
    body = {"sha256": [film.media, *hashes]}
    assert client.post("/api/media/have", json=body, headers=team).json() == {"files": [], "manifests": []}
    manifest = msgspec.json.encode(film.manifest)
    response = client.put(f"/api/media/{film.media}/manifest", content=manifest, headers=team)
    assert (error_of(response), len(response.json()["facts"]["missing"])) == (
        (422, "manifest.missing"),
        len(set(hashes)),
    )
    film.upload_all(client, team)
    assert [client.get(url, headers=span).status_code for url in urls] == [206, 206, 200]
