"""Importing a minute of 1080p with thumbnails and waveform, against the same work with nothing but PyAV.

The baseline hashes the file, opens it, saves a small picture of every key frame, and decodes the sound to its peaks. An
import does the same through the media catalog, which also validates, caches and writes durably. Both run in alternation
in one process, with a new catalog each time.
"""

import hashlib
import statistics
import subprocess
import time

import av
import pytest
from av.audio.resampler import AudioResampler

from editor.media.catalog import MediaCatalog
from editor.media.previews import image_previews

pytestmark = pytest.mark.benchmark_table
ROUNDS = 5
PARTS = ("hash and probe", "thumbnails", "peaks")


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    path = tmp_path_factory.mktemp("film") / "talk.mp4"
    picture = "testsrc2=size=1920x1080:rate=30:duration=60"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=duration=60"]
    command += ["-c:v", "libx264", "-preset", "ultrafast", "-g", "60", "-pix_fmt", "yuv420p", "-c:a", "aac", "-ac", "2"]
    subprocess.run([*command, str(path)], check=True)
    return path


def measure_each_ms(works):
    """Return the milliseconds of each function."""
    times = []
    for work in works:
        started_at = time.perf_counter()
        work()
        times.append((time.perf_counter() - started_at) * 1_000)
    return times


def make_baseline_steps(film, folder):
    """Return the steps of the baseline, which writes thumbnails and peaks to `folder`."""

    def hash_and_probe():
        with film.open("rb") as file:
            hashlib.file_digest(file, "sha256")
        with av.open(film) as container:
            assert container.duration
            assert container.streams.video[0].codec_context.width == 1920

    def make_thumbnails():
        with av.open(film) as container:
            stream = container.streams.video[0]
            stream.codec_context.skip_frame = "NONKEY"
            for number, frame in enumerate(container.decode(stream)):
                frame.reformat(284, 160, "rgb24").to_image().save(folder / f"{number}.jpg", quality=85)

    def measure_peaks():
        values = bytearray()
        with av.open(film) as container:
            stream = container.streams.audio[0]
            resampler = AudioResampler("u8", "stereo", stream.rate, frame_size=stream.rate // 100)
            for frame in container.decode(stream):
                for even in resampler.resample(frame):
                    samples = memoryview(even.planes[0])[: even.samples * 2]
                    values.append(max(max(samples) - 128, 128 - min(samples)))
        (folder / "peaks").write_bytes(values)

    return hash_and_probe, make_thumbnails, measure_peaks


def make_import_steps(film, root):
    """Return the steps of an import into a new catalog."""
    root.mkdir()
    catalog = MediaCatalog(root)
    media = []
    return (
        lambda: media.append(catalog.add_file(film)),
        lambda: image_previews.make_thumbnails(catalog, media[0]),
        lambda: image_previews.make_peaks(catalog, media[0]),
    )


def test_importing_a_minute_of_1080p(film, tmp_path):
    baseline, imports = [], []
    for number in range(ROUNDS):
        folder = tmp_path / f"bare-{number}"
        folder.mkdir()
        baseline.append(measure_each_ms(make_baseline_steps(film, folder)))
        root = tmp_path / f"catalog-{number}"
        imports.append(measure_each_ms(make_import_steps(film, root)))
    thumbnails = len(list(root.rglob("*.jpg")))
    assert thumbnails == len(list(folder.glob("*.jpg"))) == 30
    print(f"\nimport of 60 s of 1080p ({film.stat().st_size >> 20} MB, {thumbnails} key frames), median of {ROUNDS}:")
    for part, name in enumerate(PARTS):
        mine, least = (statistics.median(each[part] for each in rounds) for rounds in (imports, baseline))
        print(f"  {name:15} {mine:6.0f} ms; bare PyAV {least:6.0f} ms; ratio {mine / least:.2f}")
    mine, least = (statistics.median(sum(each) for each in rounds) for rounds in (imports, baseline))
    print(f"  {'altogether':15} {mine:6.0f} ms; bare PyAV {least:6.0f} ms; ratio {mine / least:.2f}")
    assert mine <= 1.5 * least
