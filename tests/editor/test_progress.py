"""Progress of long work: it waits while paused, stops when cancelled, and estimates the remaining time."""

import threading

import pytest

from editor.errors import CancelledError
from editor.progress import Progress, RemainingTimeEstimator


def test_work_waits_while_it_is_paused_and_goes_on():
    reports, standing, finished = [], threading.Event(), threading.Event()
    progress = Progress(lambda part, _total: reports.append(part))

    def work():
        progress.report(1, 3)
        progress.pause()
        standing.set()
        progress.report(2, 3)
        finished.set()

    worker = threading.Thread(target=work)
    worker.start()
    assert standing.wait(5)
    assert not finished.wait(0.05)
    assert progress.is_paused
    assert reports == [1]
    progress.resume()
    worker.join(5)
    assert reports == [1, 2]
    assert progress.paused_s > 0


def test_a_cancel_ends_paused_work():
    progress = Progress()
    progress.pause()
    errors = []

    def work():
        with pytest.raises(CancelledError):
            progress.report(1, 2)
        errors.append(True)

    worker = threading.Thread(target=work)
    worker.start()
    progress.cancel()
    worker.join(5)
    assert errors
    assert not progress.is_paused


def test_a_part_pauses_and_stops_with_its_parent():
    whole = Progress()
    part = Progress(parent=whole)
    whole.pause()
    assert part.is_paused
    whole.cancel()
    assert (part.is_paused, part.is_cancelled) == (False, True)
    with pytest.raises(CancelledError):
        part.wait()


def test_a_part_reports_its_share_of_the_whole_and_stops_with_it():
    reports = []
    whole = Progress(lambda done, total: reports.append((done, total)))
    part = whole.part(200, 600, 1_000)
    for done, total in ((0, 0), (1, 4), (9, 4)):
        part.report(done, total)
    assert reports == [(200, 1_000), (300, 1_000), (600, 1_000)]
    whole.cancel()
    with pytest.raises(CancelledError):
        part.report(4, 4)


def test_the_remaining_time_follows_the_recent_pace_without_pauses():
    now = [100.0]
    progress = Progress()
    pace = RemainingTimeEstimator(progress, lambda: now[0])
    assert pace.estimate_remaining_ms(400, 1_000) is None
    now[0] += 10
    assert pace.estimate_remaining_ms(600, 1_000) == 20_000
    progress.paused_s += 5
    now[0] += 5
    assert pace.estimate_remaining_ms(600, 1_000) == 20_000
    # A part is slower: after a while only its pace counts.
    for _ in range(50):
        now[0] += 1
        remaining_ms = pace.estimate_remaining_ms(601 + round(now[0] - 115), 1_000)
    assert 345_000 <= remaining_ms <= 355_000
