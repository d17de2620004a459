"""Bundles: a whole one is read back unchanged, and a damaged or hostile one is refused with a reason."""

import hashlib
import json
import os
import shutil
import warnings
import zipfile

import pytest

from editor.errors import CancelledError, KnownError
from editor.interchange import bundle
from editor.progress import Progress
from editor.schedule import serialization
from editor.schedule.model import CaptionTrack, Cta, Image, Media, Webinar, new_id

PICTURE = b"\x89PNG a picture " * 999
CUES = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"
PICTURE_HASH = hashlib.sha256(PICTURE).hexdigest()
CUES_HASH = hashlib.sha256(CUES).hexdigest()


@pytest.fixture
def webinar():
    media = Media(
        sha256=PICTURE_HASH,
        kind="image",
        name="a “quoted”\n name 🎬 שלום.png",
        size=len(PICTURE),
        captions=(CaptionTrack(sha256=CUES_HASH, language="en", name="talk.en.vtt"),),
    )
    return Webinar(
        id=new_id(),
        title="Onboarding",
        programme=(Image(id="a", start_ms=0, length_ms=10_000, media=PICTURE_HASH),),
        interactions=(Cta(id="b", start_ms=2_000, length_ms=5_000, offer="o", label="Go"),),
        media={PICTURE_HASH: media},
    )


@pytest.fixture
def files(tmp_path):
    (tmp_path / "picture.bin").write_bytes(PICTURE)
    (tmp_path / "talk.vtt").write_bytes(CUES)
    return {PICTURE_HASH: tmp_path / "picture.bin", CUES_HASH: tmp_path / "talk.vtt"}


@pytest.fixture
def bundle_path(tmp_path, webinar, files):
    target = tmp_path / "talk.matinee"
    bundle.write(target, webinar, {"a": "Speak slowly"}, files)
    return target


def assert_refused(code, path):
    with pytest.raises(KnownError) as error_info:
        bundle.unpack(bundle.read(path), path.parent / "out")
    assert error_info.value.code == code
    out = path.parent / "out"
    assert not out.exists() or list(out.iterdir()) == []


def forge(source, target, change):
    """Copy a bundle with entries changed: `change` maps a name to new bytes."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(name for name in change if name not in old.namelist())]:
            new.writestr(name, change[name] if name in change else old.read(name))
    return target


def test_what_goes_in_comes_out(bundle_path, webinar, tmp_path):
    contents = bundle.read(bundle_path)
    assert contents.decoded.webinar == webinar
    assert contents.body == serialization.encode(webinar)
    assert contents.notes == {"a": "Speak slowly"}
    places = bundle.unpack(contents, tmp_path / "out")
    assert places[PICTURE_HASH].read_bytes() == PICTURE
    assert places[PICTURE_HASH].suffix == ".png"
    assert places[CUES_HASH].read_bytes() == CUES


def test_the_same_webinar_gives_the_same_bytes(bundle_path, webinar, files, tmp_path):
    again = tmp_path / "again.matinee"
    bundle.write(again, webinar, {"a": "Speak slowly"}, files)
    assert again.read_bytes() == bundle_path.read_bytes()


def test_the_webinar_inside_can_be_compared_line_by_line(bundle_path):
    with zipfile.ZipFile(bundle_path) as archive:
        lines = archive.read("webinar.json").decode().splitlines()
    assert len(lines) > 20
    assert ' "title": "Onboarding"' in [line.rstrip(",") for line in lines]


@pytest.mark.parametrize("size", [0, 10, 200, 2_000])
def test_a_torn_bundle_is_refused(bundle_path, tmp_path, size):
    truncated_file = tmp_path / "torn.matinee"
    truncated_file.write_bytes(bundle_path.read_bytes()[:size])
    assert_refused("bundle.unreadable", truncated_file)


def test_a_bundle_that_is_not_there_is_not_called_torn(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "nowhere.matinee", tmp_path, tmp_path / "pipe", tmp_path / "x\0y"):
        with pytest.raises(KnownError) as error_info:
            bundle.read(path)
        assert error_info.value.code == "bundle.not_read"
        assert error_info.value.facts["reason"]


def test_a_zip_of_something_else_is_refused(tmp_path):
    other = tmp_path / "other.matinee"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert_refused("bundle.unreadable", other)


def test_a_newer_bundle_is_refused(bundle_path, tmp_path):
    assert_refused("bundle.newer", forge(bundle_path, tmp_path / "new.matinee", {"bundle.json": b'{"bundle": 99}'}))


def test_a_bundle_of_format_1_opens(bundle_path, tmp_path, webinar):
    body = json.dumps(json.loads(serialization.encode(webinar)) | {"format": 1}).encode()
    content = bundle.read(forge(bundle_path, tmp_path / "old.matinee", {"webinar.json": body}))
    assert content.decoded == serialization.DecodedDocument(webinar)
    assert json.loads(content.body)["format"] == 2


def test_a_newer_format_inside_is_refused(bundle_path, tmp_path, webinar):
    body = json.loads(serialization.encode(webinar))
    body["format"] = 99
    assert_refused(
        "wire.newer", forge(bundle_path, tmp_path / "new.matinee", {"webinar.json": json.dumps(body).encode()})
    )


def test_content_that_is_not_what_its_name_says_is_refused(bundle_path, tmp_path):
    forgery = forge(bundle_path, tmp_path / "forged.matinee", {f"media/{PICTURE_HASH}": b"x" * len(PICTURE)})
    assert_refused("bundle.damaged", forgery)


def test_a_file_larger_than_the_webinar_says_is_refused(bundle_path, tmp_path):
    oversized_bundle = forge(bundle_path, tmp_path / "bomb.matinee", {f"media/{PICTURE_HASH}": b"\0" * 200_000_000})
    assert oversized_bundle.stat().st_size < 1_000_000
    assert_refused("bundle.unsafe", oversized_bundle)


def test_json_that_swells_is_refused(bundle_path, tmp_path):
    assert_refused("bundle.unsafe", forge(bundle_path, tmp_path / "bomb.matinee", {"webinar.json": b" " * 70_000_000}))


def test_paths_that_climb_out_are_never_used(bundle_path, tmp_path, webinar):
    names = {"../../climbed": b"x", "/absolute": b"x", "media/../../climbed": b"x", "media\\climbed": b"x"}
    forgery = forge(bundle_path, tmp_path / "climbing.matinee", names)
    places = bundle.unpack(bundle.read(forgery), tmp_path / "deep" / "out")
    assert {path.parent for path in places.values()} == {tmp_path / "deep" / "out"}
    assert not list(tmp_path.rglob("climbed"))
    assert bundle.read(forgery).decoded.webinar == webinar


def test_an_entry_that_is_there_twice_is_refused(bundle_path, tmp_path):
    twice = shutil.copy(bundle_path, tmp_path / "twice.matinee")
    with warnings.catch_warnings(), zipfile.ZipFile(twice, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("webinar.json", "{}")
    assert_refused("bundle.unsafe", twice)


def test_too_many_entries_are_refused(bundle_path, tmp_path):
    many = forge(bundle_path, tmp_path / "many.matinee", {f"junk/{number}": b"" for number in range(6_000)})
    assert_refused("bundle.unsafe", many)


def test_a_locked_entry_is_refused(bundle_path, tmp_path):
    body = bytearray(bundle_path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = body.find(signature)
        while at >= 0:
            body[at + flags] |= 1
            at = body.find(signature, at + 4)
    locked = tmp_path / "locked.matinee"
    locked.write_bytes(body)
    assert_refused("bundle.unreadable", locked)


def test_an_export_that_fails_leaves_what_stood_there(bundle_path, webinar, files):
    before = bundle_path.read_bytes()
    with pytest.raises(KnownError) as error_info:
        bundle.write(bundle_path, webinar, {}, {PICTURE_HASH: files[PICTURE_HASH], CUES_HASH: bundle_path.parent})
    assert error_info.value.code == "bundle.unwritable"
    assert bundle_path.read_bytes() == before
    assert not [path for path in bundle_path.parent.iterdir() if path.name.startswith(".")]


def test_an_export_can_be_cancelled(bundle_path, webinar, files):
    before = bundle_path.read_bytes()
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        bundle.write(bundle_path, webinar, {}, files, progress)
    assert bundle_path.read_bytes() == before
    assert not [path for path in bundle_path.parent.iterdir() if path.name.startswith(".")]


def test_a_bundle_may_have_the_longest_name_there_is(webinar, tmp_path):
    target = tmp_path / ("x" * 247 + ".matinee")
    bundle.write(target, webinar, {}, {})
    assert list(tmp_path.iterdir()) == [target]
    assert bundle.read(target).decoded.webinar == webinar


def test_an_export_to_a_folder_that_is_not_there_says_so(tmp_path, webinar):
    with pytest.raises(KnownError) as error_info:
        bundle.write(tmp_path / "gone" / "x.matinee", webinar, {}, {})
    assert error_info.value.code == "bundle.unwritable"
