"""Preparing a minute of 1080p against one plain ffmpeg run that makes the same ladder and nothing else, in one run.

The preparation also measures and levels the loudness, reads every rung back, and makes poster and sprite. CPU time is
compared, since an encoder keeps every core busy and other programs run meanwhile; wall time is printed as well. Then
the same file is prepared again, and a video that needs no encoding.
"""

import resource
import statistics
import subprocess
import time
from pathlib import Path

import pytest

from editor.media.catalog import MediaCatalog
from editor.media.formats.av_container import find_demuxer
from editor.media.prepare import encode_ladder
from editor.media.prepare.preparation import prepare

pytestmark = [pytest.mark.benchmark_table, pytest.mark.timeout(1_800)]
ROUNDS = 3
SECONDS = 60


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """Make the same film twice: in a format that no browser plays, and in one that needs no encoding."""
    folder = tmp_path_factory.mktemp("films")
    raw, ready = folder / "raw.mkv", folder / "ready.mp4"
    picture = f"testsrc2=size=1920x1080:rate=30:duration={SECONDS}"
    sound = f"anoisesrc=d={SECONDS}:c=pink:a=0.2"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, "-ac", "2"]
    subprocess.run([*command, "-c:v", "mpeg4", "-q:v", "4", "-c:a", "pcm_s16le", str(raw)], check=True)
    h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "30", "-g", "60", "-pix_fmt", "yuv420p"]
    subprocess.run([*command, *h264, "-maxrate", "6M", "-bufsize", "6M", "-c:a", "aac", str(ready)], check=True)
    return raw, ready


@pytest.fixture
def count_encodes(tmp_path, monkeypatch):
    """Wrap ffmpeg, and return a function that counts how often it was started to encode."""
    folder = tmp_path / "bin"
    folder.mkdir()
    log = folder / "starts"
    real = subprocess.run(["which", "ffmpeg"], check=True, capture_output=True, text=True).stdout.strip()
    wrapper = folder / "ffmpeg"
    wrapper.write_text(f'#!/bin/sh\n[ "$1" = -version ] || echo "$$" >> "{log}"\nexec {real} "$@"\n')
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{Path(real).parent}:/usr/bin:/bin")

    def count():
        return len(log.read_text().splitlines()) if log.exists() else 0

    return count


def measure_cost(work):
    """Return the seconds of wall time and of CPU time, child processes included."""
    before = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    started_at = time.perf_counter()
    work()
    wall = time.perf_counter() - started_at
    after = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    used = sum(b.ru_utime + b.ru_stime - a.ru_utime - a.ru_stime for a, b in zip(before, after, strict=True))
    return wall, used


def test_preparing_a_minute_of_1080p(films, tmp_path, count_encodes):
    raw, ready = films
    plain, ours = [], []
    for number in range(ROUNDS):
        folder, root = tmp_path / f"plain-{number}", tmp_path / f"catalog-{number}"
        folder.mkdir()
        root.mkdir()
        catalog = MediaCatalog(root)
        media = catalog.add_file(raw)
        source = encode_ladder.inspect_streams(raw, media.duration_ms, media.width, media.height)
        arguments = encode_ladder.build_arguments(raw, folder, source, None, find_demuxer(raw))
        command = ["ffmpeg", "-v", "error", "-nostdin", *arguments]
        plain.append(measure_cost(lambda command=command: subprocess.run(command, check=True)))
        before = count_encodes()
        ours.append(measure_cost(lambda catalog=catalog, media=media: prepare(catalog, media)))
        assert count_encodes() - before == 1
        print(f"\n  round {number + 1}: plain {plain[-1][1]:.1f} s of the processor, ours {ours[-1][1]:.1f}", end="")
    walls, used = ([statistics.median(each[part] for each in rounds) for rounds in (plain, ours)] for part in (0, 1))
    before = count_encodes()
    second = measure_cost(lambda: prepare(catalog, media))[0] * 1_000
    encodes = count_encodes() - before
    copied = catalog.add_file(ready)
    copying = encode_ladder.inspect_streams(ready, copied.duration_ms, copied.width, copied.height)
    names = [step.name for step in encode_ladder.choose_video_steps(copying) if step.copied]
    copy_cost = measure_cost(lambda: prepare(catalog, copied))[1]
    print(f"\nprepare of {SECONDS} s of 1080p30, three rungs and sound, median of {ROUNDS}:")
    print(f"  processor: plain ffmpeg {used[0]:6.1f} s; ours {used[1]:6.1f} s; ratio {used[0] / used[1]:.3f}")
    print(f"  wall:      plain ffmpeg {walls[0]:6.1f} s; ours {walls[1]:6.1f} s; ratio {walls[0] / walls[1]:.3f}")
    print(f"  a second time: {encodes} ffmpeg, {second:.0f} ms")
    print(f"  H.264 that complies: {', '.join(names)} copied, {copy_cost:.1f} s of the processor")
    assert encodes == 0
    assert names == ["1080"]
    assert used[0] / used[1] >= 0.95
