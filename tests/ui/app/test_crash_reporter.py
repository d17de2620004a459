import sys
import threading
from datetime import UTC, datetime

import pytest

from ui.app.crash_reporter import MAX_LOG_BYTES, CrashReporter
from ui.services.notifications import Notifications


@pytest.fixture
def crash_reporter(qtbot, formatter, tmp_path):
    messages = Notifications(formatter)
    reporter = CrashReporter(messages, now=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    reporter.log_path = tmp_path / "matinee.log"
    reporter.events = []
    messages.posted.connect(reporter.events.append)
    reporter.messages = messages
    return reporter


def report_error(faults):
    try:
        raise ZeroDivisionError("by nought")
    except ZeroDivisionError as bug:
        faults.report(type(bug), bug, bug.__traceback__)


def test_a_bug_is_written_down_whole_and_told_in_one_sentence(crash_reporter, qtbot):
    with qtbot.waitSignal(crash_reporter.messages.posted):
        report_error(crash_reporter)
    written = crash_reporter.log_path.read_text("utf-8")
    assert "ZeroDivisionError: by nought" in written
    assert "test_crash_reporter.py" in written
    (message,) = crash_reporter.events
    assert message.kind == "error"
    assert "Traceback" not in message.text
    assert str(crash_reporter.log_path) in message.text


def test_before_the_log_is_known_a_bug_goes_to_standard_error(crash_reporter, qtbot, capsys):
    crash_reporter.log_path = None
    with qtbot.waitSignal(crash_reporter.messages.posted):
        report_error(crash_reporter)
    assert "by nought" in capsys.readouterr().err
    assert "Your webinar is safe" in crash_reporter.events[0].text


def test_where_the_log_cannot_be_written_nothing_is_lost_either(crash_reporter, qtbot, capsys, tmp_path):
    crash_reporter.log_path = tmp_path / "gone" / "matinee.log"
    with qtbot.waitSignal(crash_reporter.messages.posted):
        report_error(crash_reporter)
    assert "by nought" in capsys.readouterr().err


def test_the_log_does_not_grow_for_ever(crash_reporter, qtbot):
    crash_reporter.log_path.write_text("x" * (MAX_LOG_BYTES + 1))
    with qtbot.waitSignal(crash_reporter.messages.posted):
        report_error(crash_reporter)
    assert crash_reporter.log_path.stat().st_size < 10_000
    assert (crash_reporter.log_path.parent / "matinee.old.log").stat().st_size > MAX_LOG_BYTES


def test_threads_are_covered_too(crash_reporter, qtbot, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    crash_reporter.install()
    with qtbot.waitSignal(crash_reporter.messages.posted):
        thread = threading.Thread(target=lambda: 1 // 0)
        thread.start()
        thread.join()
    assert "ZeroDivisionError" in crash_reporter.log_path.read_text("utf-8")


def test_ctrl_c_is_no_bug(crash_reporter, capsys):
    crash_reporter.report(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not crash_reporter.log_path.exists()
    capsys.readouterr()
