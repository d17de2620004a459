"""Circular garbage is collected on the GUI thread, whoever makes it."""

import gc
import threading

import pytest

from ui.app.gc_scheduler import GcScheduler


class ReferenceCycle:
    def __init__(self, ended):
        self.itself = self
        self.ended = ended

    def __del__(self):
        self.ended.append(threading.current_thread())


@pytest.fixture
def scheduler(qtbot):
    made = GcScheduler()
    yield made
    made.stop()


def test_a_worker_that_allocates_collects_nothing(scheduler):
    ended, held = [], []

    def work():
        ReferenceCycle(ended)
        held.extend([number] for number in range(100_000))

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert ended == []
    scheduler.collect_due()
    assert ended == [threading.main_thread()]


def test_it_happens_by_itself(scheduler, qtbot):
    ended = []
    ReferenceCycle(ended)
    held = [[number] for number in range(10_000)]
    qtbot.waitUntil(lambda: ended == [threading.main_thread()], timeout=5_000)
    assert len(held) == 10_000


def test_the_collector_is_given_back(qtbot):
    made = GcScheduler()
    assert not gc.isenabled()
    made.stop()
    assert gc.isenabled()
