"""What a manifest says becomes part of paths and playlists: only what the editor writes is taken."""

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import update

from editor.protocol.manifest import PreparedCaptions, PreparedFile
from editor.schedule.model import MAX_MEDIA_MS
from hosting.media import manifest_checks
from hosting.media.tables import MANIFESTS
from tests.hosting.hosting_fixtures import FakeMedia

FILM = FakeMedia("film", 20_000, captions="WEBVTT").manifest
DECK = FakeMedia("deck", 0, pages=2).manifest
LANDED_AS_LINES = 'avc1"\nhttps://evil.example/a.m3u8\n#'


def with_rung(**changes):
    sound, picture, *rest = FILM.rungs
    return replace(FILM, rungs=(sound, replace(picture, **changes), *rest))


def test_what_the_editor_makes_is_valid():
    assert manifest_checks.is_valid(FILM)
    assert manifest_checks.is_valid(DECK)
    assert manifest_checks.is_valid(with_rung(codecs="hvc1.1.6.L93.B0"))


@pytest.mark.parametrize(
    "manifest",
    [
        with_rung(codecs=LANDED_AS_LINES),
        with_rung(codecs="avc1\r\n#EXT-X-ENDLIST"),
        with_rung(codecs='avc1",URI="x'),
        with_rung(codecs="avc1,mp4a"),
        with_rung(codecs=""),
        with_rung(codecs="a" * 9),
        with_rung(codecs="avc1\n"),
        with_rung(name="720\n"),
        with_rung(width=-1),
        with_rung(width=0),
        with_rung(height=10**18),
        with_rung(bandwidth=-1),
        with_rung(bandwidth=10**30),
        with_rung(file=replace(FILM.rungs[1].file, type="text/html")),
        with_rung(chunks=(replace(FILM.rungs[1].chunks[0], length_ms=MAX_MEDIA_MS + 1),)),
        replace(FILM, duration_ms=-1),
        replace(FILM, duration_ms=10**15),
        replace(FILM, rungs=tuple(replace(FILM.rungs[1], name=f"r{number}") for number in range(33))),
        replace(FILM, captions=(replace(FILM.captions[0], language='fr"\n'),)),
        replace(FILM, captions=(replace(FILM.captions[0], language="x" * 21),)),
        replace(DECK, stills=(replace(DECK.stills[0], width=0),)),
        replace(DECK, stills=(replace(DECK.stills[0], height=16_385),)),
        replace(DECK, stills=(replace(DECK.stills[0], page=-1),)),
        replace(DECK, sprite=PreparedFile(sha256="a" * 64, size=1, type="image/svg+xml")),
        replace(DECK, captions=(PreparedCaptions(source="a" * 64, file=DECK.stills[0].file),)),
    ],
)
def test_what_no_editor_makes_is_refused(manifest):
    assert not manifest_checks.is_valid(manifest)


def test_a_manifest_that_was_stored_unchecked_counts_as_missing(client, team, context):
    film = FakeMedia("film", 20_000)
    film.upload_all(client, team)
    url = f"/api/media/{film.media}/manifest"
    assert client.get(url, headers=team).status_code == 200
    rungs = (replace(film.manifest.rungs[0], codecs=LANDED_AS_LINES), *film.manifest.rungs[1:])
    body = msgspec.json.encode(replace(film.manifest, rungs=rungs))
    assert client.put(url, content=body, headers=team).json()["code"] == "manifest.invalid"
    with context.db.write() as connection:
        connection.execute(update(MANIFESTS).values(body=body))
    assert client.get(url, headers=team).json()["code"] == "manifest.unknown"
    film.upload_all(client, team)
    assert client.get(url, headers=team).status_code == 200
