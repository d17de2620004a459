"""Circular garbage is collected on the GUI thread, whoever makes it."""

import gc
import threading

import pytest

from ui.collecting import Collector


class Circle:
    def __init__(self, ended):
        self.itself = self
        self.ended = ended

    def __del__(self):
        self.ended.append(threading.current_thread())


@pytest.fixture
def collector(qtbot):
    made = Collector()
    yield made
    made.end()


def test_a_worker_that_allocates_collects_nothing(collector):
    ended, held = [], []

    def work():
        Circle(ended)
        held.extend([number] for number in range(100_000))

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert ended == []
    collector.collect()
    assert ended == [threading.main_thread()]


def test_it_happens_by_itself(collector, qtbot):
    ended = []
    Circle(ended)
    held = [[number] for number in range(10_000)]
    qtbot.waitUntil(lambda: ended == [threading.main_thread()], timeout=5_000)
    assert len(held) == 10_000


def test_the_collector_is_given_back(qtbot):
    made = Collector()
    assert not gc.isenabled()
    made.end()
    assert gc.isenabled()
