"""Media are uploaded once: what the hosting has stays, and a file that several media share is sent one time."""

import hashlib
from pathlib import Path

import pytest

from editor.progress import Progress
from editor.protocol.api import FileLookupResult
from editor.protocol.manifest import Manifest, PreparedFile, Still
from editor.schedule.model import Media, Webinar
from editor.sync import media_upload
from editor.sync.media_upload import upload_media


class FakeClient:
    """A hosting that has some files and manifests, and records what else it gets."""

    def __init__(self, files=(), manifests=()):
        self.files, self.manifests = set(files), set(manifests)
        self.calls = []

    def find_available_media(self, hashes):
        return FileLookupResult(
            files=tuple(each for each in hashes if each in self.files),
            manifests=tuple(each for each in hashes if each in self.manifests),
        )

    def put_manifest(self, manifest):
        self.calls.append(("manifest", manifest.media))


@pytest.fixture
def sent(monkeypatch):
    """Record the hashes of uploaded files instead of sending them."""
    hashes = []

    def upload_file(client, _path, file, progress, _rate_limit):
        hashes.append(file.sha256)
        client.calls.append(("file", file.sha256))
        progress.report(file.size, file.size)

    monkeypatch.setattr(media_upload.tus_client, "upload_file", upload_file)
    return hashes


def sha256_of(text):
    """Return a hash that is valid and stands for a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def make_media(name):
    """Return an image of a name."""
    return Media(sha256=sha256_of(name), name=name, kind="image", size=100, width=640, height=360)


def make_manifest(media, *contents):
    """Return the manifest of an image whose stills have these contents."""
    stills = tuple(
        Still(page=0, width=640, height=360, file=PreparedFile(sha256=sha256_of(each), size=10, type="image/webp"))
        for each in contents
    )
    return Manifest(media=media.sha256, kind="image", stills=stills)


def upload(client, contents_by_media):
    """Upload a webinar of images, each with the contents of its stills."""
    manifests = {media.sha256: make_manifest(media, *contents) for media, contents in contents_by_media.items()}
    webinar = Webinar(id="w", media={media.sha256: media for media in contents_by_media})

    def prepare(media, progress):
        progress.report(1, 1)
        return manifests[media.sha256], Path

    upload_media(client, webinar, prepare, Progress())


def test_a_file_that_two_media_share_is_sent_once(sent):
    client = FakeClient()
    upload(client, {make_media("one"): ("shared", "own"), make_media("two"): ("shared", "other")})
    assert sorted(sent) == sorted(map(sha256_of, ("shared", "own", "other")))


def test_a_file_that_a_media_uses_twice_is_sent_once(sent):
    upload(FakeClient(), {make_media("one"): ("same", "same")})
    assert sent == [sha256_of("same")]


def test_what_the_hosting_has_is_not_sent(sent):
    client = FakeClient(files=[sha256_of("there")], manifests=[make_media("known").sha256])
    upload(client, {make_media("new"): ("there", "missing"), make_media("known"): ("unasked",)})
    assert sent == [sha256_of("missing")]
    assert [what for what, _ in client.calls] == ["file", "manifest"]


def test_a_manifest_follows_all_of_its_files(sent):
    client = FakeClient()
    first, second = sorted((make_media("one"), make_media("two")), key=lambda media: media.sha256)
    upload(client, {first: ("shared", "own"), second: ("shared",)})
    assert client.calls == [
        ("file", sha256_of("shared")),
        ("file", sha256_of("own")),
        ("manifest", first.sha256),
        ("manifest", second.sha256),
    ]
    assert len(sent) == 2
