"""The media catalog: facts, locations, captions, and what it does when files change."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from editor.errors import CancelledError, KnownError
from editor.media import content_hash
from editor.media.catalog import MediaCatalog
from editor.progress import Progress
from editor.schedule.model import Media


@pytest.fixture
def clip(tmp_path, make_video):
    """Copy a video into a folder of this test."""
    (tmp_path / "films").mkdir()
    return shutil.copy(make_video(), tmp_path / "films" / "clip.mp4")


@pytest.fixture
def hashings(monkeypatch):
    """Which files were really hashed."""
    hashed = []
    real = content_hash.hash_file
    monkeypatch.setattr(
        content_hash, "hash_file", lambda path, progress=None: (hashed.append(path), real(path, progress))[1]
    )
    return hashed


def test_a_file_is_known_by_its_content(catalog, clip):
    media = catalog.add_file(clip)
    assert (media.kind, media.name, media.size) == ("video", "clip.mp4", clip.stat().st_size)
    assert (media.width, media.height, media.has_audio) == (320, 180, True)
    assert catalog.find_media(media.sha256) == media
    assert catalog.find_path(media.sha256) == clip
    assert catalog.get_state(media.sha256) == "ready"


def test_a_file_that_was_not_added_is_not_in_the_catalog(catalog):
    assert catalog.find_media("0" * 64) is None
    assert catalog.find_path("0" * 64) is None
    assert catalog.get_state("0" * 64) == "missing"
    assert catalog.list_notices("0" * 64) == ()
    with pytest.raises(KnownError, match=r"media\.missing"):
        catalog.require_path("0" * 64)


def test_nothing_is_hashed_twice(catalog, clip, hashings):
    media = catalog.add_file(clip)
    assert catalog.add_file(clip) == media
    assert MediaCatalog(catalog.cache.parent).add_file(clip) == media
    assert hashings == [clip]


def test_hashing_tells_its_progress_and_can_be_given_up(catalog, tmp_path):
    big = tmp_path / "big.wav"
    with big.open("wb") as file:
        file.write(b"RIFF")
        file.truncate(64 << 20)
    reports = []
    content_hash.hash_file(big, Progress(lambda done, total: reports.append((done, total))))
    assert reports[-1] == (64 << 20, 64 << 20)
    assert reports == sorted(reports)
    progress = Progress(lambda *_: progress.cancel())
    with pytest.raises(CancelledError):
        catalog.add_file(big, progress)
    assert not list((catalog.cache.parent).rglob("*.json"))


def test_a_file_over_four_gigabytes_is_hashed(tmp_path):
    """The file is sparse, so it takes no space; hashing is cancelled after the first gigabyte."""
    big = tmp_path / "big.mp4"
    with big.open("wb") as file:
        file.truncate(5 << 30)
    seen = []

    def listen(done, total):
        seen.append(total)
        if done > 1 << 28:
            progress.cancel()

    progress = Progress(listen)
    with pytest.raises(CancelledError):
        content_hash.hash_file(big, progress)
    assert set(seen) == {5 << 30}


def test_a_file_changed_in_place_is_missing_for_what_it_was(catalog, clip, make_video):
    old = catalog.add_file(clip)
    shutil.copy(make_video(seconds=2), clip)
    assert catalog.find_path(old.sha256) is None
    assert catalog.get_state(old.sha256) == "missing"
    new = catalog.add_file(clip)
    assert new.sha256 != old.sha256
    assert catalog.get_state(new.sha256) == "ready"
    assert catalog.find_media(old.sha256) == old


def test_changed_to_the_same_size_is_noticed_too(catalog, clip):
    old = catalog.add_file(clip)
    data = bytearray(clip.read_bytes())
    data[-1] ^= 1
    clip.write_bytes(data)
    assert catalog.get_state(old.sha256) == "missing"


def test_any_of_several_locations_is_found(catalog, clip, tmp_path):
    copy = tmp_path / "copy.mp4"
    shutil.copy(clip, copy)
    media = catalog.add_file(clip)
    catalog.add_file(copy)
    clip.unlink()
    assert catalog.find_path(media.sha256) == copy
    copy.unlink()
    assert catalog.get_state(media.sha256) == "missing"
    with pytest.raises(KnownError) as error_info:
        catalog.require_path(media.sha256)
    assert error_info.value.facts == {"name": "clip.mp4"}


def test_a_file_written_to_while_it_is_read_is_refused(catalog, clip):
    def append(done, total):
        with clip.open("ab") as file:
            file.write(b"more")

    with pytest.raises(KnownError, match=r"media\.changing"):
        catalog.add_file(clip, Progress(append))


def test_the_cache_may_go_at_any_time(catalog, clip, pptx):
    media, slides = catalog.add_file(clip), catalog.add_file(pptx)
    shutil.rmtree(catalog.cache)
    assert catalog.find_media(media.sha256) == media
    assert catalog.find_path(media.sha256) == clip
    assert catalog.add_file(clip) == media
    assert catalog.get_state(slides.sha256) == "unprepared"
    assert catalog.require_pdf(slides.sha256).exists()
    assert catalog.get_state(slides.sha256) == "ready"


def test_damaged_facts_are_found_out_again(catalog, clip):
    media = catalog.add_file(clip)
    for file in (catalog.cache.parent / "media" / "facts").iterdir():
        file.write_bytes(b"{")
    assert catalog.find_media(media.sha256) is None
    assert catalog.add_file(clip) == media


def test_notices_are_kept(catalog, tmp_path, make_video):
    whole = make_video("film.mkv", seconds=8).read_bytes()
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(whole[: len(whole) // 2])
    media = catalog.add_file(cut)
    (notice,) = catalog.list_notices(media.sha256)
    assert (notice.code, notice.facts["name"]) == ("media.cut_short", "cut.mkv")


def test_facts_from_another_catalog_are_kept_without_a_file(catalog, clip, tmp_path):
    media = catalog.add_file(clip)
    other = MediaCatalog(tmp_path / "other")
    other.add_known(media)
    assert other.find_media(media.sha256) == media
    assert other.get_state(media.sha256) == "missing"
    other.add_location(media.sha256, clip)
    assert other.find_path(media.sha256) == clip


def test_a_location_with_other_content_is_refused(catalog, clip, make_video):
    media = catalog.add_file(clip)
    with pytest.raises(KnownError, match=r"media\.other"):
        catalog.add_location(media.sha256, make_video(seconds=2))


FULL = """
import resource, sys
from pathlib import Path
from editor.errors import KnownError
from editor.media.catalog import MediaCatalog
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
try:
    MediaCatalog(Path(sys.argv[1])).add_file(Path(sys.argv[2]))
except KnownError as error:
    print(error.code)
"""


def test_a_full_disk_is_an_error_and_leaves_no_partial_file(catalog, clip):
    """Simulate a full disk: no file may grow beyond 10 bytes."""
    child = subprocess.run(
        [sys.executable, "-c", FULL, str(catalog.cache.parent), str(clip)],
        capture_output=True,
        check=True,
        cwd=Path.cwd(),
    )
    assert child.stdout.decode().strip() == "media.unwritable"
    assert not [file for file in catalog.cache.parent.rglob("*") if file.is_file()]


def test_a_folder_that_cannot_be_made(tmp_path, clip):
    (tmp_path / "library").write_text("a file stands where the folder should be")
    with pytest.raises(KnownError) as error_info:
        MediaCatalog(tmp_path / "library").add_file(clip)
    assert error_info.value.code == "media.unwritable"
    assert "library" in error_info.value.facts["folder"]


ODD = [
    "with blank.mp4",
    'it\'s "quoted".mp4',
    "two\nlines.mp4",
    "🎬 film.mp4",
    "שלום עולם.mp4",
    "-i.mp4",
    "100%d.mp4",
    "http:film.mp4",
    "concat:a|b.mp4",
    os.fsdecode(b"caf\xe9 \xff\xfe.mp4"),
]


@pytest.mark.parametrize("name", ODD)
def test_odd_names_are_taken_found_and_shown(catalog, tmp_path, make_video, name):
    from editor.media.previews import image_previews

    path = tmp_path / name
    shutil.copy(make_video(), path)
    media = catalog.add_file(path)
    assert catalog.find_path(media.sha256) == path
    media.name.encode()  # may be shown and stored
    assert "\n" not in media.name
    assert image_previews.make_peaks(catalog, media).values
    image_previews.make_thumbnails(catalog, media)
    with image_previews.FrameReader(path) as reader:
        assert reader.read_frame(1_000, 160).width == 160
    path.rename(tmp_path / "elsewhere.mp4")
    assert catalog.relink([tmp_path], [media.sha256]) == {media.sha256: tmp_path / "elsewhere.mp4"}


def test_odd_names_of_other_kinds(catalog, tmp_path, pdf, odp, make_image):
    from editor.media.previews import page_images

    folder = tmp_path / os.fsdecode(b"odd \xff\n'\"")
    folder.mkdir()
    for source in (pdf, odp):
        media = catalog.add_file(shutil.copy(source, folder / f"שקפים \n{source.name}"))
        assert page_images.make_page_image(catalog, media.sha256, 1, 320).exists()
    assert catalog.add_file(shutil.copy(make_image(), folder / "b'\xff.png")).kind == "image"
    captions = folder / "'\n.vtt"
    captions.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n")
    track = catalog.attach_captions(media, captions).captions[0]
    assert catalog.load_cues(track.sha256)[0].text == "Hello"


# ---------------------------------------------------------------------------------------------- finding again


def test_a_moved_and_renamed_file_is_found_by_its_content(catalog, clip, tmp_path, hashings, make_video):
    media = catalog.add_file(clip)
    deep = tmp_path / "else" / "where" / "deep"
    deep.mkdir(parents=True)
    shutil.copy(make_video(seconds=2), tmp_path / "else" / "another.mp4")
    moved = shutil.move(clip, deep / "renamed.bin")
    hashings.clear()
    assert catalog.get_state(media.sha256) == "missing"
    assert catalog.relink([tmp_path / "else"], {media.sha256}) == {media.sha256: moved}
    assert catalog.find_path(media.sha256) == moved
    assert hashings == [moved]  # the other is of another size


def test_a_touched_file_is_found_where_it_was(catalog, clip):
    media = catalog.add_file(clip)
    os.utime(clip, ns=(1, 1))
    assert catalog.get_state(media.sha256) == "missing"
    assert catalog.relink([], [media.sha256]) == {media.sha256: clip}
    assert catalog.get_state(media.sha256) == "ready"


def test_of_unknown_size_every_file_is_looked_at(catalog, clip, tmp_path, make_video):
    sha256 = MediaCatalog(tmp_path / "other").add_file(clip).sha256
    shutil.copy(make_video(seconds=2), clip.parent / "a.mp4")
    assert catalog.relink([clip.parent], [sha256]) == {sha256: clip}


def test_a_search_without_a_match_and_in_unreadable_folders(catalog, clip, tmp_path):
    media = catalog.add_file(clip)
    clip.unlink()
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    assert catalog.relink([tmp_path, tmp_path / "not there", tmp_path / "pipe"], [media.sha256]) == {}


def test_the_search_tells_its_progress_and_can_be_given_up(catalog, clip, tmp_path, make_video):
    media = catalog.add_file(clip)
    other = catalog.add_file(shutil.copy(make_video(seconds=2), tmp_path / "films" / "other.mp4"))
    new = tmp_path / "new"
    new.mkdir()
    for file in (clip, tmp_path / "films" / "other.mp4"):
        shutil.move(file, new / file.name)
    reports = []
    catalog.relink([new], [media.sha256, other.sha256], Progress(lambda done, total: reports.append((done, total))))
    total = media.size + other.size
    assert reports[-1] == (total, total)
    cancelled = Progress()
    cancelled.cancel()
    with pytest.raises(CancelledError):
        catalog.relink([new], [media.sha256], cancelled)


# --------------------------------------------------------------------------------------------- many at once

TAKER = """
import sys
from pathlib import Path
from editor.media.catalog import MediaCatalog
print(MediaCatalog(Path(sys.argv[1])).add_file(Path(sys.argv[2])).sha256)
"""


def test_two_programs_add_the_same_file_at_once(catalog, clip):
    command = [sys.executable, "-c", TAKER, str(catalog.cache.parent), str(clip)]
    children = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path.cwd()) for _ in range(3)]
    answers = {child.communicate()[0].decode().strip() for child in children}
    assert [child.returncode for child in children] == [0, 0, 0]
    (sha256,) = answers
    assert catalog.get_state(sha256) == "ready"
    assert not [file for file in catalog.cache.parent.rglob(".*") if file.is_file()], "nothing half-written is left"


def test_many_threads_add_and_look_up_at_once(catalog, clip, make_video):
    others = [make_video(seconds=seconds) for seconds in (1, 2, 3)]
    faults = []

    def work():
        try:
            for _ in range(5):
                for path in (clip, *others):
                    media = catalog.add_file(path)
                    assert catalog.find_path(media.sha256) is not None
                    assert catalog.find_media(media.sha256).kind == "video"
        except Exception as error:  # noqa: BLE001 - told below
            faults.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


# -------------------------------------------------------------------------------------------------- subtitles

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n"


def test_subtitles_are_attached_and_stay(catalog, clip, tmp_path):
    media = catalog.add_file(clip)
    file = tmp_path / "clip.fr.vtt"
    file.write_text(VTT)
    better = catalog.attach_captions(media, file)
    (track,) = better.captions
    assert (track.language, track.name) == ("fr", "clip.fr.vtt")
    file.unlink()
    assert [cue.text for cue in catalog.load_cues(track.sha256)] == ["Hello"]
    assert catalog.find_captions_file(track.sha256).read_text() == VTT
    assert catalog.find_media(media.sha256) == better
    assert catalog.add_file(clip) == better
    shutil.rmtree(catalog.cache)
    assert [cue.text for cue in catalog.load_cues(track.sha256)] == ["Hello"]


def test_several_tracks_are_attached_once_each(catalog, clip, tmp_path):
    media = catalog.add_file(clip)
    for language in ("en", "fr", "en"):
        file = tmp_path / f"clip.{language}.srt"
        file.write_text(f"1\n00:00:01,000 --> 00:00:02,000\n{language}\n")
        media = catalog.attach_captions(media, file)
    assert sorted(track.language for track in media.captions) == ["en", "fr"]
    assert catalog.find_media(media.sha256).captions == media.captions


def test_broken_subtitles_are_refused_and_nothing_is_attached(catalog, clip, tmp_path):
    media = catalog.add_file(clip)
    file = tmp_path / "broken.srt"
    file.write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:03,000 -> 00:00:04,000\nBroken\n")
    with pytest.raises(KnownError) as error_info:
        catalog.attach_captions(media, file)
    assert (error_info.value.code, error_info.value.facts["line"]) == ("media.captions_unreadable", 6)
    assert catalog.find_media(media.sha256).captions == ()
    with pytest.raises(KnownError, match=r"media\.captions_missing"):
        catalog.load_cues("0" * 64)


def test_a_language_is_taken_from_the_name_only_where_it_is_one(catalog, clip, tmp_path):
    media = catalog.add_file(clip)
    for number, (name, language) in enumerate(
        (
            ("talk.srt", ""),
            ("talk.v2.srt", ""),
            ("talk.final.srt", ""),
            ("talk.pt-BR.srt", "pt-BR"),
            ("talk.de.srt", "de"),
        )
    ):
        file = tmp_path / name
        file.write_text(f"1\n00:00:01,000 --> 00:00:02,000\nnumber {number}\n")
        assert catalog.attach_captions(media, file).captions[-1].language == language
    assert isinstance(media, Media)
