"""Preparing in a program of its own that is killed, paused and closed: it goes on where it was, and leaves nothing."""

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
shelf = MediaCatalog(Path(sys.argv[1]))
media = shelf.find_media(sys.argv[2])
prepare(shelf, media, Progress(lambda done, total: print(done, flush=True)))
print("whole", flush=True)
"""


@pytest.fixture
def shelf(tmp_path):
    return MediaCatalog(tmp_path)


@pytest.fixture
def media(shelf, film):
    """Some seconds' work."""
    return shelf.add_file(film("long.mp4", seconds=12, size="960x540", extra=("-c:v", "mpeg4", "-q:v", "5")))


@pytest.fixture
def encoders(shelf):
    """The ffmpeg processes that work for this shelf."""

    def find():
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                told = (process / "cmdline").read_bytes()
                state = (process / "stat").read_text().rpartition(") ")[2][0]
            except OSError:
                continue  # it has just ended
            if b"ffmpeg" in told and os.fsencode(shelf.cache) in told and state != "Z":
                found.append((int(process.name), state))
        return found

    return find


def until(wanted, seconds=60):
    end = time.monotonic() + seconds
    while not wanted():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_after_kill_9_it_goes_on_at_the_step_where_it_was(shelf, media, encoders):
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, shelf.cache.parent, media.sha256],
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
    # The child dies with the program: nobody would read what it makes.
    until(lambda: not encoders())
    place = shelf.cache / "prepared" / media.sha256
    (measured,) = place.glob("step-loudness-*")
    before = measured.stat().st_mtime_ns
    assert list(place.glob(".making-*"))
    assert find_prepared(shelf, media) is None
    prepare(shelf, media)
    assert measured.stat().st_mtime_ns == before
    assert not list(place.glob(".making-*"))
    assert find_prepared(shelf, media)


def test_paused_it_leaves_the_processor_to_others_and_closing_leaves_nothing(shelf, media, encoders):
    reached = threading.Event()
    ended = []
    progress = Progress(lambda done, _total: reached.set() if done > 60 else None)

    def work():
        try:
            prepare(shelf, media, progress)
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
    assert not list((shelf.cache / "prepared" / media.sha256).glob(".making-*"))


def test_two_at_once_encode_once(shelf, film, monkeypatch):
    media = shelf.add_file(film())
    started = []
    real = subprocess.Popen

    def counted(command, *others, **options):
        if "-progress" in command:
            started.append(command)
        return real(command, *others, **options)

    monkeypatch.setattr("editor.media.prepare.ffmpeg_process.subprocess.Popen", counted)
    made = []
    workers = [threading.Thread(target=lambda: made.append(prepare(shelf, media))) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert len(made) == 2
    assert made[0] == made[1]
    assert len(started) == 1


def test_a_file_that_a_power_cut_made_shorter_is_made_anew(shelf, film):
    media = shelf.add_file(film())
    manifest = prepare(shelf, media)
    torn = shelf.cache / "prepared" / media.sha256 / "files" / manifest.rungs[0].file.sha256
    os.truncate(torn, 100)
    assert find_prepared(shelf, media) is None
    prepare(shelf, media)
    assert torn.stat().st_size == manifest.rungs[0].file.size
