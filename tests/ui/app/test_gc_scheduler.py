"""Circular garbage is collected on the GUI thread, whichever thread made it."""

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
    gc_scheduler = GcScheduler()
    yield gc_scheduler
    gc_scheduler.stop()


def test_a_worker_that_allocates_collects_nothing(scheduler):
    ended, references = [], []

    def work():
        ReferenceCycle(ended)
        references.extend([number] for number in range(100_000))

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert ended == []
    scheduler.collect_due()
    assert ended == [threading.main_thread()]


def test_it_happens_by_itself(scheduler, qtbot):
    ended = []
    ReferenceCycle(ended)
    references = [[number] for number in range(10_000)]
    qtbot.waitUntil(lambda: ended == [threading.main_thread()], timeout=5_000)
    assert len(references) == 10_000


def test_the_collector_is_given_back(qtbot):
    gc_scheduler = GcScheduler()
    assert not gc.isenabled()
    gc_scheduler.stop()
    assert gc.isenabled()
