"""A committed edit, and opening a webinar, at 60, 500 and 10,000 segments.

The baseline of a commit is a bare sqlite3 update of a row of the same size in the same mode (WAL, synchronous=FULL);
that of opening is reading the row and decoding it.
"""

import itertools
import sqlite3
import statistics
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from editor.schedule import serialization
from editor.schedule.model import Cta, Media, Video, Webinar, new_id
from editor.schedule.operations import Move
from editor.workspace import Workspace

pytestmark = pytest.mark.benchmark_table
SHA = "a" * 64


def make_webinar(count):
    half = count // 2
    media = Media(sha256=SHA, kind="video", name="talk.mp4", duration_ms=3_600_000, has_audio=True)
    programme = tuple(
        Video(id=new_id(), start_ms=n * 4_000, title=f"Part {n}", media=SHA, out_ms=1_500, hold_ms=500)
        for n in range(half)
    )
    interactions = tuple(
        Cta(id=new_id(), start_ms=n * 4_000, length_ms=2_000, title=f"Offer {n}", offer=new_id(), label="Go")
        for n in range(half)
    )
    return Webinar(id=new_id(), title="Long", programme=programme, interactions=interactions, media={SHA: media})


def compute_quantiles(samples):
    ordered = sorted(samples)
    return statistics.median(ordered), ordered[int(len(ordered) * 0.95)]


def measure_ms(work):
    started_at = time.perf_counter()
    work()
    return (time.perf_counter() - started_at) * 1_000


def measure_sqlite_commits(path, body, rounds):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE draft (id TEXT PRIMARY KEY, body BLOB, rev INTEGER)")
    connection.execute("INSERT INTO draft VALUES ('w', ?, 0)", (body,))

    # Two bodies without a common page alternate, because SQLite does not write unchanged pages.
    bodies = itertools.cycle([bytes(255 - byte for byte in body), body])

    def commit():
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE draft SET body = ?, rev = rev + 1 WHERE id = 'w'", (next(bodies),))
        connection.execute("COMMIT")

    samples = [measure_ms(commit) for _ in range(rounds)]
    connection.close()
    return samples


@pytest.mark.parametrize("count", [60, 500, 10_000])
def test_a_committed_edit(count, tmp_path):
    webinar = make_webinar(count)
    with Workspace(tmp_path) as workspace:
        workspace.library.create(webinar)
        document = workspace.open(webinar.id)
        steps = [Move(segments=(webinar.programme[count // 4].id,), delta_ms=delta) for delta in (700, -700)] * 50
        samples = [measure_ms(lambda step=step: document.apply(step)) for step in steps]
    body = serialization.encode(webinar)
    bare = measure_sqlite_commits(tmp_path / "bare.db", body, 100)
    median, p95 = compute_quantiles(samples)
    bare_median, bare_p95 = compute_quantiles(bare)
    print(
        f"\ncommitted edit, {count} segments ({len(body) // 1024} KB): median {median:.1f} ms, p95 {p95:.1f} ms; "
        f"bare sqlite {bare_median:.1f} / {bare_p95:.1f} ms; ratio {median / bare_median:.2f}"
    )
    assert p95 <= 10 or p95 <= 3 * bare_p95


@pytest.mark.parametrize("count", [60, 500, 10_000])
def test_opening(count, tmp_path):
    webinar = make_webinar(count)
    with Workspace(tmp_path) as workspace:
        workspace.library.create(webinar)
    body = serialization.encode(webinar)
    decoder = msgspec.json.Decoder(serialization.WebinarDocument)

    def bare():
        connection = sqlite3.connect(tmp_path / "bare.db")
        connection.execute("CREATE TABLE IF NOT EXISTS draft (body BLOB)")
        connection.execute("SELECT body FROM draft").fetchall()
        connection.close()
        decoder.decode(body)

    def opening():
        with Workspace(tmp_path) as workspace:
            assert len(workspace.open(webinar.id).webinar.segments) == count

    opening()
    median, p95 = compute_quantiles([measure_ms(opening) for _ in range(15)])
    bare_median, _ = compute_quantiles([measure_ms(bare) for _ in range(15)])
    print(
        f"\nopen library and webinar, {count} segments: median {median:.0f} ms, p95 {p95:.0f} ms; "
        f"bare read and decode {bare_median:.1f} ms; ratio {median / bare_median:.1f}"
    )
    assert p95 <= 1_000


MEMORY_SCRIPT = """
import sys
from pathlib import Path
from bench_library import Move, Workspace, make_webinar

def peak():
    # ru_maxrss would include the parent process, from which exec inherits it.
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) // 1024

with Workspace(Path(sys.argv[1])) as workspace:
    workspace.library
    before = peak()
    webinar = make_webinar(10_000)
    workspace.library.create(webinar)
    document = workspace.open(webinar.id)
    for number in range(100):
        document.apply(Move(segments=(webinar.programme[number].id,), delta_ms=700))
    print(before, peak())
"""


def test_memory_of_ten_thousand_segments(tmp_path):
    # In another process, because the peak of this one includes other tests.
    here = Path(__file__)
    result = subprocess.run(
        [sys.executable, "-c", MEMORY_SCRIPT, str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": f"{here.parent}:{here.parents[2]}"},
    )
    before, after = map(int, result.stdout.split())
    print(f"\n10,000 segments, open, with 100 undo steps: peak {after} MB, {after - before} MB of them its own")
    assert after - before < 200
