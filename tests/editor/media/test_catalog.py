"""What the shelf knows, where it finds it, and what it notices."""

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
def clip(tmp_path, film):
    """A film of one's own, in a folder of one's own."""
    (tmp_path / "films").mkdir()
    return shutil.copy(film(), tmp_path / "films" / "clip.mp4")


@pytest.fixture
def hashings(monkeypatch):
    """Which files were really hashed."""
    hashed = []
    real = content_hash.hash_file
    monkeypatch.setattr(
        content_hash, "hash_file", lambda path, progress=None: (hashed.append(path), real(path, progress))[1]
    )
    return hashed


def test_a_file_is_known_by_its_content(shelf, clip):
    media = shelf.add_file(clip)
    assert (media.kind, media.name, media.size) == ("video", "clip.mp4", clip.stat().st_size)
    assert (media.width, media.height, media.has_audio) == (320, 180, True)
    assert shelf.find_media(media.sha256) == media
    assert shelf.find_path(media.sha256) == clip
    assert shelf.get_state(media.sha256) == "ready"


def test_what_nobody_took_in_is_not_known(shelf):
    assert shelf.find_media("0" * 64) is None
    assert shelf.find_path("0" * 64) is None
    assert shelf.get_state("0" * 64) == "missing"
    assert shelf.list_notices("0" * 64) == ()
    with pytest.raises(KnownError, match=r"media\.missing"):
        shelf.require_path("0" * 64)


def test_nothing_is_hashed_twice(shelf, clip, hashings):
    media = shelf.add_file(clip)
    assert shelf.add_file(clip) == media
    assert MediaCatalog(shelf.cache.parent).add_file(clip) == media
    assert hashings == [clip]


def test_hashing_tells_its_progress_and_can_be_given_up(shelf, tmp_path):
    big = tmp_path / "big.wav"
    with big.open("wb") as file:
        file.write(b"RIFF")
        file.truncate(64 << 20)
    told = []
    content_hash.hash_file(big, Progress(lambda done, total: told.append((done, total))))
    assert told[-1] == (64 << 20, 64 << 20)
    assert told == sorted(told)
    progress = Progress(lambda *_: progress.cancel())
    with pytest.raises(CancelledError):
        shelf.add_file(big, progress)
    assert not list((shelf.cache.parent).rglob("*.json"))


def test_a_file_over_four_gigabytes_is_hashed(tmp_path):
    """Sparse, so that it takes no room; given up after the first of its gigabytes."""
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


def test_a_file_changed_in_place_is_missing_for_what_it_was(shelf, clip, film):
    old = shelf.add_file(clip)
    shutil.copy(film(seconds=2), clip)
    assert shelf.find_path(old.sha256) is None
    assert shelf.get_state(old.sha256) == "missing"
    new = shelf.add_file(clip)
    assert new.sha256 != old.sha256
    assert shelf.get_state(new.sha256) == "ready"
    assert shelf.find_media(old.sha256) == old


def test_changed_to_the_same_size_is_noticed_too(shelf, clip):
    old = shelf.add_file(clip)
    data = bytearray(clip.read_bytes())
    data[-1] ^= 1
    clip.write_bytes(data)
    assert shelf.get_state(old.sha256) == "missing"


def test_any_of_several_places_will_do(shelf, clip, tmp_path):
    copy = tmp_path / "copy.mp4"
    shutil.copy(clip, copy)
    media = shelf.add_file(clip)
    shelf.add_file(copy)
    clip.unlink()
    assert shelf.find_path(media.sha256) == copy
    copy.unlink()
    assert shelf.get_state(media.sha256) == "missing"
    with pytest.raises(KnownError) as caught:
        shelf.require_path(media.sha256)
    assert caught.value.facts == {"name": "clip.mp4"}


def test_a_file_written_to_while_it_is_read_is_refused(shelf, clip):
    def append(done, total):
        with clip.open("ab") as file:
            file.write(b"more")

    with pytest.raises(KnownError, match=r"media\.changing"):
        shelf.add_file(clip, Progress(append))


def test_the_cache_may_go_at_any_time(shelf, clip, pptx):
    media, slides = shelf.add_file(clip), shelf.add_file(pptx)
    shutil.rmtree(shelf.cache)
    assert shelf.find_media(media.sha256) == media
    assert shelf.find_path(media.sha256) == clip
    assert shelf.add_file(clip) == media
    assert shelf.get_state(slides.sha256) == "unprepared"
    assert shelf.require_pdf(slides.sha256).exists()
    assert shelf.get_state(slides.sha256) == "ready"


def test_damaged_facts_are_found_out_again(shelf, clip):
    media = shelf.add_file(clip)
    for file in (shelf.cache.parent / "media" / "facts").iterdir():
        file.write_bytes(b"{")
    assert shelf.find_media(media.sha256) is None
    assert shelf.add_file(clip) == media


def test_notices_are_kept(shelf, tmp_path, film):
    whole = film("film.mkv", seconds=8).read_bytes()
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(whole[: len(whole) // 2])
    media = shelf.add_file(cut)
    (notice,) = shelf.list_notices(media.sha256)
    assert (notice.code, notice.facts["name"]) == ("media.cut_short", "cut.mkv")


def test_what_another_shelf_knew_is_known_without_a_file(shelf, clip, tmp_path):
    media = shelf.add_file(clip)
    other = MediaCatalog(tmp_path / "other")
    other.add_known(media)
    assert other.find_media(media.sha256) == media
    assert other.get_state(media.sha256) == "missing"
    other.add_location(media.sha256, clip)
    assert other.find_path(media.sha256) == clip


def test_a_place_that_holds_something_else_is_refused(shelf, clip, film):
    media = shelf.add_file(clip)
    with pytest.raises(KnownError, match=r"media\.other"):
        shelf.add_location(media.sha256, film(seconds=2))


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


def test_a_full_disk_is_told_and_leaves_no_half_file(shelf, clip):
    """As full as a program can be told: no file may grow beyond 10 bytes."""
    child = subprocess.run(
        [sys.executable, "-c", FULL, str(shelf.cache.parent), str(clip)],
        capture_output=True,
        check=True,
        cwd=Path.cwd(),
    )
    assert child.stdout.decode().strip() == "media.unwritable"
    assert not [file for file in shelf.cache.parent.rglob("*") if file.is_file()]


def test_a_folder_that_cannot_be_made(tmp_path, clip):
    (tmp_path / "library").write_text("a file stands where the folder should be")
    with pytest.raises(KnownError) as caught:
        MediaCatalog(tmp_path / "library").add_file(clip)
    assert caught.value.code == "media.unwritable"
    assert "library" in caught.value.facts["folder"]


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
def test_odd_names_are_taken_found_and_shown(shelf, tmp_path, film, name):
    from editor.media.previews import image_previews

    path = tmp_path / name
    shutil.copy(film(), path)
    media = shelf.add_file(path)
    assert shelf.find_path(media.sha256) == path
    media.name.encode()  # may be shown and stored
    assert "\n" not in media.name
    assert image_previews.make_peaks(shelf, media).values
    image_previews.make_thumbnails(shelf, media)
    with image_previews.FrameReader(path) as reader:
        assert reader.read_frame(1_000, 160).width == 160
    path.rename(tmp_path / "elsewhere.mp4")
    assert shelf.relink([tmp_path], [media.sha256]) == {media.sha256: tmp_path / "elsewhere.mp4"}


def test_odd_names_of_other_kinds(shelf, tmp_path, pdf, odp, picture):
    from editor.media.previews import page_images

    folder = tmp_path / os.fsdecode(b"odd \xff\n'\"")
    folder.mkdir()
    for source in (pdf, odp):
        media = shelf.add_file(shutil.copy(source, folder / f"שקפים \n{source.name}"))
        assert page_images.make_page_image(shelf, media.sha256, 1, 320).exists()
    assert shelf.add_file(shutil.copy(picture(), folder / "b'\xff.png")).kind == "image"
    captions = folder / "'\n.vtt"
    captions.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n")
    track = shelf.attach_captions(media, captions).captions[0]
    assert shelf.load_cues(track.sha256)[0].text == "Hello"


# ---------------------------------------------------------------------------------------------- finding again


def test_a_moved_and_renamed_file_is_found_by_its_content(shelf, clip, tmp_path, hashings, film):
    media = shelf.add_file(clip)
    deep = tmp_path / "else" / "where" / "deep"
    deep.mkdir(parents=True)
    shutil.copy(film(seconds=2), tmp_path / "else" / "another.mp4")
    moved = shutil.move(clip, deep / "renamed.bin")
    hashings.clear()
    assert shelf.get_state(media.sha256) == "missing"
    assert shelf.relink([tmp_path / "else"], {media.sha256}) == {media.sha256: moved}
    assert shelf.find_path(media.sha256) == moved
    assert hashings == [moved]  # the other is of another size


def test_a_touched_file_is_found_where_it_was(shelf, clip):
    media = shelf.add_file(clip)
    os.utime(clip, ns=(1, 1))
    assert shelf.get_state(media.sha256) == "missing"
    assert shelf.relink([], [media.sha256]) == {media.sha256: clip}
    assert shelf.get_state(media.sha256) == "ready"


def test_of_unknown_size_every_file_is_looked_at(shelf, clip, tmp_path, film):
    wanted = MediaCatalog(tmp_path / "other").add_file(clip).sha256
    shutil.copy(film(seconds=2), clip.parent / "a.mp4")
    assert shelf.relink([clip.parent], [wanted]) == {wanted: clip}


def test_looking_in_vain_and_in_places_that_cannot_be_read(shelf, clip, tmp_path):
    media = shelf.add_file(clip)
    clip.unlink()
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    assert shelf.relink([tmp_path, tmp_path / "not there", tmp_path / "pipe"], [media.sha256]) == {}


def test_the_search_tells_its_progress_and_can_be_given_up(shelf, clip, tmp_path, film):
    media = shelf.add_file(clip)
    other = shelf.add_file(shutil.copy(film(seconds=2), tmp_path / "films" / "other.mp4"))
    new = tmp_path / "new"
    new.mkdir()
    for file in (clip, tmp_path / "films" / "other.mp4"):
        shutil.move(file, new / file.name)
    told = []
    shelf.relink([new], [media.sha256, other.sha256], Progress(lambda done, total: told.append((done, total))))
    total = media.size + other.size
    assert told[-1] == (total, total)
    cancelled = Progress()
    cancelled.cancel()
    with pytest.raises(CancelledError):
        shelf.relink([new], [media.sha256], cancelled)


# --------------------------------------------------------------------------------------------- many at once

TAKER = """
import sys
from pathlib import Path
from editor.media.catalog import MediaCatalog
print(MediaCatalog(Path(sys.argv[1])).add_file(Path(sys.argv[2])).sha256)
"""


def test_two_programs_take_the_same_file_at_once(shelf, clip):
    command = [sys.executable, "-c", TAKER, str(shelf.cache.parent), str(clip)]
    children = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path.cwd()) for _ in range(3)]
    answers = {child.communicate()[0].decode().strip() for child in children}
    assert [child.returncode for child in children] == [0, 0, 0]
    (sha256,) = answers
    assert shelf.get_state(sha256) == "ready"
    assert not [file for file in shelf.cache.parent.rglob(".*") if file.is_file()], "nothing half-written is left"


def test_many_threads_take_and_ask_at_once(shelf, clip, film):
    others = [film(seconds=seconds) for seconds in (1, 2, 3)]
    faults = []

    def work():
        try:
            for _ in range(5):
                for path in (clip, *others):
                    media = shelf.add_file(path)
                    assert shelf.find_path(media.sha256) is not None
                    assert shelf.find_media(media.sha256).kind == "video"
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


def test_subtitles_are_attached_and_stay(shelf, clip, tmp_path):
    media = shelf.add_file(clip)
    file = tmp_path / "clip.fr.vtt"
    file.write_text(VTT)
    better = shelf.attach_captions(media, file)
    (track,) = better.captions
    assert (track.language, track.name) == ("fr", "clip.fr.vtt")
    file.unlink()
    assert [cue.text for cue in shelf.load_cues(track.sha256)] == ["Hello"]
    assert shelf.find_captions_file(track.sha256).read_text() == VTT
    assert shelf.find_media(media.sha256) == better
    assert shelf.add_file(clip) == better
    shutil.rmtree(shelf.cache)
    assert [cue.text for cue in shelf.load_cues(track.sha256)] == ["Hello"]


def test_several_tracks_once_each_and_taken_away_again(shelf, clip, tmp_path):
    media = shelf.add_file(clip)
    for language in ("en", "fr", "en"):
        file = tmp_path / f"clip.{language}.srt"
        file.write_text(f"1\n00:00:01,000 --> 00:00:02,000\n{language}\n")
        media = shelf.attach_captions(media, file)
    assert sorted(track.language for track in media.captions) == ["en", "fr"]
    french = next(track for track in media.captions if track.language == "fr")
    media = shelf.detach_captions(media, french.sha256)
    assert [track.language for track in media.captions] == ["en"]
    assert shelf.find_media(media.sha256).captions == media.captions


def test_broken_subtitles_are_refused_and_nothing_is_attached(shelf, clip, tmp_path):
    media = shelf.add_file(clip)
    file = tmp_path / "broken.srt"
    file.write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:03,000 -> 00:00:04,000\nBroken\n")
    with pytest.raises(KnownError) as caught:
        shelf.attach_captions(media, file)
    assert (caught.value.code, caught.value.facts["line"]) == ("media.captions_unreadable", 6)
    assert shelf.find_media(media.sha256).captions == ()
    with pytest.raises(KnownError, match=r"media\.captions_missing"):
        shelf.load_cues("0" * 64)


def test_a_language_is_taken_from_the_name_only_where_it_is_one(shelf, clip, tmp_path):
    media = shelf.add_file(clip)
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
        assert shelf.attach_captions(media, file).captions[-1].language == language
    assert isinstance(media, Media)
