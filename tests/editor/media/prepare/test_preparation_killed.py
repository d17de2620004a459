"""Preparing in a child process that is killed, paused and closed: it continues where it was and leaves nothing."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from editor.errors import CancelledError
from editor.media.catalog import MediaCatalog
from editor.media.prepare.preparation import find_prepared, prepare
from editor.progress import Progress

ROOT = Path(__file__).parents[4]
PROGRAM = """
import sys
from pathlib import Path
from editor.media.prepare.preparation import prepare
from editor.media.catalog import MediaCatalog
from editor.progress import Progress
catalog = MediaCatalog(Path(sys.argv[1]))
media = catalog.find_media(sys.argv[2])
prepare(catalog, media, Progress(lambda done, total: print(done, flush=True)))
print("whole", flush=True)
"""


@pytest.fixture
def catalog(tmp_path):
    return MediaCatalog(tmp_path)


@pytest.fixture
def media(catalog, make_video):
    """Some seconds' work."""
    return catalog.add_file(make_video("long.mp4", seconds=12, size="960x540", extra=("-c:v", "mpeg4", "-q:v", "5")))


@pytest.fixture
def encoders(catalog):
    """Return the ffmpeg processes that work for this catalog."""

    def find():
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                command_line = (process / "cmdline").read_bytes()
                state = (process / "stat").read_text().rpartition(") ")[2][0]
            except OSError:
                continue  # it has just ended
            if b"ffmpeg" in command_line and os.fsencode(catalog.cache) in command_line and state != "Z":
                found.append((int(process.name), state))
        return found

    return find


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_after_kill_9_it_goes_on_at_the_step_where_it_was(catalog, media, encoders):
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, catalog.cache.parent, media.sha256],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with program:
        for line in program.stdout:
            if int(line) > 60:
                break  # the loudness is measured, the rungs are under way
        assert encoders()
        program.send_signal(signal.SIGKILL)
    # The child dies with the program, since its output would have no reader.
    until(lambda: not encoders())
    place = catalog.cache / "prepared" / media.sha256
    (measured,) = place.glob("step-loudness-*")
    before = measured.stat().st_mtime_ns
    assert list(place.glob(".making-*"))
    assert find_prepared(catalog, media) is None
    prepare(catalog, media)
    assert measured.stat().st_mtime_ns == before
    assert not list(place.glob(".making-*"))
    assert find_prepared(catalog, media)


def test_paused_it_leaves_the_processor_to_others_and_closing_leaves_nothing(catalog, media, encoders):
    reached = threading.Event()
    ended = []
    progress = Progress(lambda done, _total: reached.set() if done > 60 else None)

    def work():
        try:
            prepare(catalog, media, progress)
        except CancelledError:
            ended.append("cancelled")

    worker = threading.Thread(target=work)
    worker.start()
    assert reached.wait(60)
    progress.pause()
    until(lambda: [state for _, state in encoders()] == ["T"])
    progress.resume()
    until(lambda: [state for _, state in encoders()] != ["T"])
    progress.pause()
    until(lambda: [state for _, state in encoders()] in (["T"], []))
    progress.cancel()
    worker.join(60)
    assert ended == ["cancelled"]
    assert encoders() == []
    assert not list((catalog.cache / "prepared" / media.sha256).glob(".making-*"))


def test_two_at_once_encode_once(catalog, make_video, monkeypatch):
    media = catalog.add_file(make_video())
    started = []
    real = subprocess.Popen

    def count_call(command, *others, **options):
        if "-progress" in command:
            started.append(command)
        return real(command, *others, **options)

    monkeypatch.setattr("editor.media.prepare.ffmpeg_process.subprocess.Popen", count_call)
    manifests = []
    workers = [threading.Thread(target=lambda: manifests.append(prepare(catalog, media))) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert len(manifests) == 2
    assert manifests[0] == manifests[1]
    assert len(started) == 1


def test_a_file_truncated_by_a_power_cut_is_prepared_again(catalog, make_video):
    media = catalog.add_file(make_video())
    manifest = prepare(catalog, media)
    truncated_file = catalog.cache / "prepared" / media.sha256 / "files" / manifest.rungs[0].file.sha256
    os.truncate(truncated_file, 100)
    assert find_prepared(catalog, media) is None
    prepare(catalog, media)
    assert truncated_file.stat().st_size == manifest.rungs[0].file.size
