"""Long work waits while it is paused, stops when it is given up, and says how long it will take."""

import threading

import pytest

from editor.errors import Cancelled
from editor.progress import Pace, Progress


def test_work_waits_while_it_is_paused_and_goes_on():
    told, standing, done = [], threading.Event(), threading.Event()
    progress = Progress(lambda part, _total: told.append(part))

    def work():
        progress.report(1, 3)
        progress.pause()
        standing.set()
        progress.report(2, 3)
        done.set()

    worker = threading.Thread(target=work)
    worker.start()
    assert standing.wait(5)
    assert not done.wait(0.05)
    assert progress.paused
    assert told == [1]
    progress.resume()
    worker.join(5)
    assert told == [1, 2]
    assert progress.stood_s > 0


def test_a_cancel_ends_what_is_paused():
    progress = Progress()
    progress.pause()
    ended = []

    def work():
        with pytest.raises(Cancelled):
            progress.report(1, 2)
        ended.append(True)

    worker = threading.Thread(target=work)
    worker.start()
    progress.cancel()
    worker.join(5)
    assert ended
    assert not progress.paused


def test_a_part_stands_and_stops_with_the_whole():
    whole = Progress()
    part = Progress(part_of=whole)
    whole.pause()
    assert part.paused
    whole.cancel()
    assert (part.paused, part.cancelled) == (False, True)
    with pytest.raises(Cancelled):
        part.wait()


def test_what_remains_is_told_by_the_pace_of_late_without_pauses_and_without_what_was_there():
    now = [100.0]
    progress = Progress()
    pace = Pace(progress, lambda: now[0])
    assert pace.remaining_ms(400, 1_000) is None
    now[0] += 10
    assert pace.remaining_ms(600, 1_000) == 20_000
    progress.stood_s += 5
    now[0] += 5
    assert pace.remaining_ms(600, 1_000) == 20_000
    # A part that goes slower: after a while only that counts.
    for _ in range(50):
        now[0] += 1
        told = pace.remaining_ms(601 + round(now[0] - 115), 1_000)
    assert 345_000 <= told <= 355_000
