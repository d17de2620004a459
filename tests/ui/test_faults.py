import sys
import threading
from datetime import UTC, datetime

import pytest

from ui.faults import CAP_BYTES, Faults
from ui.messages import Messages


@pytest.fixture
def faults(qtbot, words, tmp_path):
    messages = Messages(words)
    made = Faults(messages, now=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    made.log = tmp_path / "matinee.log"
    made.heard = []
    messages.told.connect(made.heard.append)
    made.messages = messages
    return made


def fail(faults):
    try:
        raise ZeroDivisionError("by nought")
    except ZeroDivisionError as bug:
        faults.take(type(bug), bug, bug.__traceback__)


def test_a_bug_is_written_down_whole_and_told_in_one_sentence(faults, qtbot):
    with qtbot.waitSignal(faults.messages.told):
        fail(faults)
    written = faults.log.read_text("utf-8")
    assert "ZeroDivisionError: by nought" in written
    assert "test_faults.py" in written
    (message,) = faults.heard
    assert message.kind == "error"
    assert "Traceback" not in message.text
    assert str(faults.log) in message.text


def test_before_the_log_is_known_a_bug_goes_to_standard_error(faults, qtbot, capsys):
    faults.log = None
    with qtbot.waitSignal(faults.messages.told):
        fail(faults)
    assert "by nought" in capsys.readouterr().err
    assert "Nothing of your webinar is lost" in faults.heard[0].text


def test_where_the_log_cannot_be_written_nothing_is_lost_either(faults, qtbot, capsys, tmp_path):
    faults.log = tmp_path / "gone" / "matinee.log"
    with qtbot.waitSignal(faults.messages.told):
        fail(faults)
    assert "by nought" in capsys.readouterr().err


def test_the_log_does_not_grow_for_ever(faults, qtbot):
    faults.log.write_text("x" * (CAP_BYTES + 1))
    with qtbot.waitSignal(faults.messages.told):
        fail(faults)
    assert faults.log.stat().st_size < 10_000
    assert (faults.log.parent / "matinee.old.log").stat().st_size > CAP_BYTES


def test_threads_are_covered_too(faults, qtbot, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    faults.install()
    with qtbot.waitSignal(faults.messages.told):
        thread = threading.Thread(target=lambda: 1 // 0)
        thread.start()
        thread.join()
    assert "ZeroDivisionError" in faults.log.read_text("utf-8")


def test_ctrl_c_is_no_bug(faults, capsys):
    faults.take(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not faults.log.exists()
    capsys.readouterr()
