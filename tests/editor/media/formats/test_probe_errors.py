"""Broken, unusual and unsupported files: each is read as far as possible, or refused with a reason."""

import gzip
import io
import os
import stat
import struct
import subprocess
import wave
import zipfile
import zlib

import pytest
from PIL import Image

from editor.errors import CancelledError, KnownError, messages
from editor.media.formats import office, still_images
from editor.media.formats.probe import probe
from editor.progress import Progress


def probe_error(path):
    with pytest.raises(KnownError) as error_info:
        probe(path)
    sentence = messages.format_message(error_info.value.code, error_info.value.facts)
    assert path.name.split("\n")[0][:8] in sentence or error_info.value.code == "media.no_file"
    assert "{" not in sentence
    return error_info.value


def write_file(path, data):
    path.write_bytes(data)
    return path


# ------------------------------------------------------------------------------------------ something else


def zip_bytes(names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"Dear all,\nhere is the film.\n", "TXT"),
        ("Grüße aus Köln, schöne Filme\n".encode("latin-1"), "TXT"),
        ("Bonjour à tous\n".encode("utf-16"), "TXT"),
        (b"<!doctype html><html><body><video></body></html>", "HTML"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"></svg>', "SVG"),
        (b"\x7fELF\x02\x01\x01" + bytes(100), "ELF"),
        (b"MZ\x90\x00" + bytes(200), "EXE"),
        (b"#!/bin/sh\necho film\n", "TXT"),
        (gzip.compress(b"film", mtime=0), "GZIP"),
        (zip_bytes({"film.txt": "x"}), "ZIP"),
        (zip_bytes({"word/document.xml": "<w/>"}), "DOCX"),
        (zip_bytes({"mimetype": "application/vnd.oasis.opendocument.text"}), "ODT"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64), "HEIC"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "PowerPoint Document".encode("utf-16-le"), "PPT"),
    ],
)
@pytest.mark.parametrize("name", ["film.mp4", "slides.pptx", "picture.png"])
def test_what_is_no_media_is_refused_by_what_it_is(tmp_path, data, found, name):
    error = probe_error(write_file(tmp_path / name, data))
    assert (error.code, error.facts["found"]) == ("media.kind", found)


def test_an_animated_picture_is_refused(tmp_path):
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "moving.gif", save_all=True, append_images=frames[1:])
    assert probe_error(tmp_path / "moving.gif").code == "media.kind"
    frames[0].save(tmp_path / "moving.webp", save_all=True, append_images=frames[1:], duration=100)
    assert probe_error(tmp_path / "moving.webp").code == "media.animated"


def test_subtitles_are_told_from_other_text(tmp_path):
    for text in (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n", b"1\n00:00:01,000 --> 00:00:02,000\nHello\n"):
        assert probe_error(write_file(tmp_path / "talk.mp4", text)).code == "media.subtitles"


def test_a_folder_and_a_pipe_are_no_files(tmp_path):
    assert probe_error(tmp_path).code == "media.no_file"
    os.mkfifo(tmp_path / "pipe.mp4")
    assert probe_error(tmp_path / "pipe.mp4").code == "media.no_file"


def test_a_file_that_is_not_there_or_not_ours(tmp_path):
    assert probe_error(tmp_path / "gone.mp4").code == "media.gone"
    assert probe_error(tmp_path / ("long" * 100)).code == "media.gone"
    shut = write_file(tmp_path / "shut.mp4", b"x")
    shut.chmod(0)
    if os.geteuid() != 0:  # nothing is shut for root
        assert probe_error(shut).code == "media.forbidden"
    shut.chmod(stat.S_IRWXU)


# ------------------------------------------------------------------------------------------------- broken


def test_an_empty_file(tmp_path):
    assert probe_error(write_file(tmp_path / "empty.mp4", b"")).code == "media.empty"


@pytest.mark.parametrize("name", ["noise.mp4", "noise.mp3", "noise.mkv", "noise", "noise.avi"])
def test_noise_is_unreadable(tmp_path, name):
    noise = bytes((number * 7919 + number // 251) % 251 for number in range(60_000))
    assert probe_error(write_file(tmp_path / name, noise)).code == "media.unreadable"


def test_an_mp4_cut_before_its_index_says_so(tmp_path, make_video):
    whole = make_video().read_bytes()  # its index lies at the end
    for share in (0.1, 0.5, 0.95):
        error = probe_error(write_file(tmp_path / "cut.mp4", whole[: int(len(whole) * share)]))
        assert error.code == "media.truncated"


@pytest.mark.parametrize(
    ("name", "extra"),
    [
        ("film.mp4", ("-movflags", "+faststart")),
        ("film.mkv", ()),
        ("film.avi", ("-c:v", "mpeg4")),
        ("film.webm", ("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus")),
    ],
)
def test_a_film_cut_in_the_middle_plays_as_far_as_it_goes(tmp_path, make_video, name, extra):
    whole = make_video(name, seconds=8, extra=extra).read_bytes()
    found = probe(write_file(tmp_path / name, whole[: len(whole) * 6 // 10]))
    assert 2_500 < found.duration_ms < 6_500
    assert [notice.code for notice in found.notices] == ["media.cut_short"]
    assert found.notices[0].facts["duration_ms"] == found.duration_ms
    assert 7_900 <= found.notices[0].facts["told_ms"] <= 8_200


def test_a_sound_cut_in_the_middle_plays_as_far_as_it_goes(tmp_path, make_audio):
    for name in ("tone.wav", "tone.mp3"):
        whole = make_audio(name).read_bytes()
        found = probe(write_file(tmp_path / name, whole[: len(whole) // 2]))
        assert 1_300 < found.duration_ms < 1_700


def test_a_picture_cut_in_the_middle(tmp_path, make_image):
    for name in ("torn.png", "torn.jpg"):
        whole = make_image(name, size=(900, 700)).read_bytes()
        assert probe_error(write_file(tmp_path / name, whole[: len(whole) // 2])).code in {
            "media.torn",
            "media.unreadable",
        }


def test_a_pdf_cut_at_the_beginning(tmp_path, pdf):
    whole = pdf.read_bytes()
    assert probe_error(write_file(tmp_path / "torn.pdf", whole[:200])).code == "media.unreadable"


def test_a_zip_cut_in_the_middle(tmp_path, odp):
    assert probe_error(write_file(tmp_path / "torn.odp", odp.read_bytes()[:300])).code == "media.truncated"


def test_nothing_to_play(tmp_path, ffmpeg):
    with wave.open(str(tmp_path / "silent.wav"), "wb") as file:
        file.setparams((1, 2, 44_100, 0, "NONE", ""))
        file.writeframes(b"")
    assert probe_error(tmp_path / "silent.wav").code == "media.no_duration"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=size=64x64:rate=5:duration=1", "-frames:v", "0", tmp_path / "zero.mp4")
    assert probe_error(tmp_path / "zero.mp4").code == "media.no_duration"


def test_a_codec_that_nobody_knows(tmp_path, make_video):
    data = make_video(extra=("-movflags", "+faststart"), sound=False).read_bytes()
    strange = write_file(tmp_path / "strange.mp4", data.replace(b"avc1", b"zzz1").replace(b"avcC", b"zzzC"))
    assert probe_error(strange).code == "media.codec"


@pytest.mark.parametrize("seed", range(12))
def test_damage_anywhere_is_never_a_bug(tmp_path, make_video, make_audio, make_image, pdf, odp, seed):
    """Overwritten bytes at random positions give a result or a `KnownError`, never another exception."""
    seen = set()
    for source in (
        make_video(),
        make_video("film.mkv"),
        make_audio(),
        make_image(),
        make_image("picture.jpg"),
        make_image("picture.webp"),
        pdf,
        odp,
    ):
        data = bytearray(source.read_bytes())
        for number in range(20):
            place = (seed * 104_729 + number * 15_485_863) % len(data)
            data[place] ^= (seed * 31 + number * 17) % 255 + 1
        if source == odp and zipfile.is_zipfile(io.BytesIO(data)):
            continue  # LibreOffice takes seconds to say what it thinks
        broken = write_file(tmp_path / source.name, bytes(data))
        try:
            assert probe(broken).kind
        except KnownError as error:
            seen.add(error.code.partition(".")[0])
    assert seen <= {"media"}


# ---------------------------------------------------------------------------------------------- odd but good


def test_a_video_without_sound_and_an_mp4_without_picture(make_video, make_audio):
    assert not probe(make_video(sound=False)).has_audio
    found = probe(make_audio("only.mp4", extra=("-c:a", "aac")))
    assert (found.kind, found.width, found.height) == ("audio", 0, 0)


def test_an_mp3_with_a_cover_is_audio(tmp_path, ffmpeg, make_audio, make_image):
    cover = ("-map", "0", "-map", "1", "-c", "copy", "-disposition:v", "attached_pic")
    ffmpeg("-i", make_audio(), "-i", make_image("cover.jpg"), *cover, tmp_path / "song.mp3")
    assert probe(tmp_path / "song.mp3").kind == "audio"
    ffmpeg("-i", make_audio("tone.m4a"), "-i", make_image("cover.jpg"), *cover, tmp_path / "song.m4a")
    assert probe(tmp_path / "song.m4a").kind == "audio"


def test_a_turned_film_is_measured_as_shown(tmp_path, ffmpeg, make_video):
    for turn, size in ((90, (180, 320)), (180, (320, 180)), (270, (180, 320))):
        ffmpeg("-i", make_video(), "-metadata:s:v", f"rotate={turn}", "-c", "copy", tmp_path / f"{turn}.mp4")
        found = probe(tmp_path / f"{turn}.mp4")
        assert (found.width, found.height) == size


def test_wide_pixels_are_measured_as_shown(make_video):
    found = probe(make_video("wide.mkv", extra=("-vf", "setsar=4/3")))
    assert (found.width, found.height) == (427, 180)


def test_an_exif_turned_picture_is_measured_as_shown(tmp_path):
    image = Image.new("RGB", (120, 60), "red")
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(tmp_path / "phone.jpg", exif=exif)
    found = probe(tmp_path / "phone.jpg")
    assert (found.width, found.height) == (60, 120)


@pytest.mark.parametrize("name", ["vfr.mp4", "vfr.mkv"])
def test_a_variable_frame_rate_lasts_as_long_as_it_plays(make_video, name):
    choose = "select='not(mod(n,7))+not(mod(n,5))+eq(n,199)'"
    found = probe(make_video(name, seconds=8, sound=False, extra=("-vf", choose, "-vsync", "vfr")))
    assert 7_960 <= found.duration_ms <= 8_040


def test_a_browsers_recording_without_a_length_is_counted(tmp_path, ffmpeg, make_video):
    """MediaRecorder writes WebM live: no length in the header."""
    source = make_video("film.webm", extra=("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus"))
    live = tmp_path / "recorded.webm"
    with live.open("wb") as file:
        subprocess.run(
            ["ffmpeg", "-v", "error", "-i", str(source), "-c", "copy", "-live", "1", "-f", "webm", "pipe:1"],
            check=True,
            stdout=file,
        )
    found = probe(live)
    assert 3_900 <= found.duration_ms <= 4_200
    assert found.notices == ()


def test_an_mp3_that_misjudges_its_length_is_counted(tmp_path, ffmpeg):
    """Without the table of a variable bit rate, the first packets tell a wrong length."""
    quiet_then_loud = "aevalsrc=if(lt(t\\,4)\\,0\\,random(0)-0.5):d=12:s=44100"
    ffmpeg(
        "-f",
        "lavfi",
        "-i",
        quiet_then_loud,
        "-c:a",
        "libmp3lame",
        "-q:a",
        "2",
        "-write_xing",
        "0",
        tmp_path / "vbr.mp3",
    )
    assert 11_900 <= probe(tmp_path / "vbr.mp3").duration_ms <= 12_150


def test_longer_than_a_day(tmp_path, ffmpeg):
    slow = ("-f", "lavfi", "-i", "color=size=32x32:rate=1/20:duration=93600", "-c:v", "mpeg4")
    ffmpeg(*slow, tmp_path / "long.mp4")
    found = probe(tmp_path / "long.mp4")
    assert found.duration_ms == 93_600_000
    assert [notice.code for notice in found.notices] == ["media.beyond_day"]


def test_over_four_gigabytes(tmp_path, make_video):
    """A box of five (sparse) gigabytes between the head and the index, as a long recording has."""
    data = make_video(extra=("-movflags", "+faststart")).read_bytes()
    big = tmp_path / "big.mp4"
    with big.open("wb") as file:
        file.write(data)
        file.write(struct.pack(">I4sQ", 1, b"free", 5 << 30))
        file.truncate(len(data) + (5 << 30))
    assert big.stat().st_size > 5 << 30
    found = probe(big)
    assert (found.kind, found.notices) == ("video", ())
    assert 3_950 <= found.duration_ms <= 4_050


def test_a_picture_too_large_for_memory_is_refused_unread(tmp_path):
    """A small file whose header claims 60,000 × 60,000 pixels is refused."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1_000)))
    error = probe_error(write_file(tmp_path / "bomb.png", data))
    assert (error.code, error.facts["width"]) == ("media.too_large", 60_000)
    assert still_images.MAX_PIXELS < 60_000 * 60_000


# ------------------------------------------------------------------------------------------------ LibreOffice


def test_without_libreoffice_the_sentence_says_what_to_do(pptx, monkeypatch):
    monkeypatch.setattr(office, "find_libreoffice", lambda: None)
    assert probe_error(pptx).code == "media.no_office"


def test_slides_that_libreoffice_cannot_read(tmp_path):
    fake = write_file(
        tmp_path / "fake.pptx", zip_bytes({"ppt/presentation.xml": "<not/>", "[Content_Types].xml": "<x/>"})
    )
    assert probe_error(fake).code == "media.office_failed"


def test_locked_slides_say_so(tmp_path):
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048) + "EncryptedPackage".encode("utf-16-le") + bytes(64)
    assert probe_error(write_file(tmp_path / "locked.pptx", locked)).code == "media.locked"


def test_a_conversion_can_be_given_up_and_leaves_no_process(tmp_path, pptx):
    progress = Progress()
    progress.cancel()
    target = tmp_path / "deck.pdf"
    with pytest.raises(CancelledError):
        office.convert_to_pdf(pptx, "pptx", target, progress)
    assert not target.exists()


def test_a_conversion_that_hangs_is_stopped(tmp_path, pptx):
    with pytest.raises(KnownError) as error_info:
        office.convert_to_pdf(pptx, "pptx", tmp_path / "deck.pdf", timeout_ms=1)
    assert error_info.value.code == "media.office_slow"
