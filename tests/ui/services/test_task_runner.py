import threading

import pytest

from editor.errors import KnownError
from editor.errors.messages import ERRORS
from editor.errors.spec import ErrorSpec
from ui.services.notifications import Notifications
from ui.services.task_runner import TaskRunner


@pytest.fixture
def notifications(formatter):
    return Notifications(formatter)


@pytest.fixture
def tasks(notifications):
    runner = TaskRunner(notifications)
    yield runner
    runner.shutdown()


def test_work_is_done_elsewhere_and_the_result_arrives_on_the_gui_thread(qtbot, tasks):
    here = threading.get_ident()
    where = []

    def work(_progress):
        where.append(threading.get_ident())
        return 42

    def done(result):
        where.append(threading.get_ident())
        where.append(result)

    with qtbot.waitSignal(tasks.ended):
        tasks.run("Counting", work, done=done)
    assert where[0] != here
    assert where[1:] == [here, 42]
    assert tasks.running == ()


def test_the_library_does_one_thing_after_another(qtbot, tasks):
    order = []
    gate = threading.Event()
    tasks.run("first", lambda _p: (gate.wait(5), order.append(1)), executor="library")
    last = tasks.run("second", lambda _p: order.append(2), executor="library")
    gate.set()
    qtbot.waitUntil(lambda: last.state == "done")
    assert order == [1, 2]


def test_two_heavy_things_run_at_once(qtbot, tasks):
    both = threading.Barrier(2, timeout=5)
    one = tasks.run("one", lambda _p: both.wait())
    other = tasks.run("other", lambda _p: both.wait())
    qtbot.waitUntil(lambda: one.state == other.state == "done")


def test_a_cancelled_task_ends_at_its_next_report_and_calls_nobody(qtbot, tasks):
    has_begun, go_on = threading.Event(), threading.Event()
    results = []

    def work(progress):
        has_begun.set()
        go_on.wait(5)
        progress.report(1, 10)

    task = tasks.run("Long", work, done=results.append, failed=results.append)
    assert has_begun.wait(5)
    task.cancel()
    with qtbot.waitSignal(tasks.ended):
        go_on.set()
    assert task.state == "cancelled"
    assert results == []


def test_a_task_cancelled_before_it_began_never_begins(qtbot, tasks):
    gate = threading.Event()
    runs = []
    tasks.run("in the way", lambda _p: gate.wait(5), executor="library")
    task = tasks.run("behind", lambda _p: runs.append(1), executor="library")
    task.cancel()
    gate.set()
    qtbot.waitUntil(lambda: task.state == "cancelled")
    assert runs == []


def test_progress_is_told_and_the_remaining_time_follows_from_it(qtbot, notifications):
    now = [100.0]
    tasks = TaskRunner(notifications, clock=lambda: now[0])
    gate = threading.Event()
    reported = threading.Event()

    def work(progress):
        progress.report(0, 100)
        now[0] += 2
        progress.report(25, 100)
        reported.set()
        gate.wait(5)

    task = tasks.run("Hashing", work)
    qtbot.waitUntil(lambda: task.done == 25)
    assert task.remaining_ms(tasks.now()) == 6_000
    gate.set()
    qtbot.waitUntil(lambda: task.state == "done")
    tasks.shutdown()


def test_progress_is_told_ten_times_a_second_at_most_and_always_at_the_end(qtbot, notifications):
    tasks = TaskRunner(notifications, clock=lambda: 5.0)
    reports = []
    tasks.progressed.connect(lambda task: reports.append(task.done))

    def work(progress):
        for part in range(1001):
            progress.report(part, 1000)

    with qtbot.waitSignal(tasks.ended):
        tasks.run("Hashing", work)
    assert reports == [0, 1000]
    tasks.shutdown()


def test_a_foreseen_failure_goes_to_whoever_asked(qtbot, tasks):
    def work(_progress):
        raise KnownError("test.gone", name="x")

    failures = []
    with qtbot.waitSignal(tasks.ended):
        tasks.run("Reading", work, failed=failures.append)
    assert failures[0].code == "test.gone"


def test_a_foreseen_failure_that_nobody_takes_is_told(qtbot, tasks, notifications, monkeypatch):
    monkeypatch.setitem(ERRORS, "test.gone", ErrorSpec("{name} is gone."))

    def work(_progress):
        raise KnownError("test.gone", name="x")

    with qtbot.waitSignal(notifications.posted) as posted:
        tasks.run("Reading", work)
    assert posted.args[0].text == "x is gone."
    assert posted.args[0].kind == "error"


def test_a_bug_is_raised_on_the_gui_thread(qtbot, tasks):
    with qtbot.captureExceptions() as raised, qtbot.waitSignal(tasks.ended):
        tasks.run("Dividing", lambda _p: 1 // 0)
    assert [kind for kind, _bug, _where in raised] == [ZeroDivisionError]


def test_shutting_down_waits_for_edits_and_cancels_the_rest(qtbot, notifications):
    tasks = TaskRunner(notifications)
    finished_edits = []
    has_begun = threading.Event()

    def endless(progress):
        has_begun.set()
        while True:
            progress.report(0, 0)

    tasks.run("endless", endless)
    tasks.run("edit", lambda _p: finished_edits.append("durable"), executor="library")
    assert has_begun.wait(5)
    tasks.shutdown()
    assert finished_edits == ["durable"]
    with pytest.raises(RuntimeError):
        tasks.run("late", lambda _p: None)
