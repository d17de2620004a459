"""Fixtures and checks for every test: no thread left running, no unexpected log line, no screen unless asked for.

Imports no Qt, so the tests of `editor/` and `hosting/` run where PySide6 is not installed.
"""

import logging
import os
import re
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure(config: pytest.Config) -> None:
    """Keep Qt's windows off the screen, unless the tests marked `screen` are asked for."""
    if config.option.markexpr != "screen":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if not hasattr(config, "workerinput") and "MATINEE_WITHOUT_QT" not in os.environ:
        _compile_changed_translations()


def _compile_changed_translations() -> None:
    """Compile the window's texts where they have changed, so that tests find those of the sources."""
    sys.path.insert(0, str(ROOT / "packaging" / "tools"))
    import environment_setup

    checkout = environment_setup.Checkout(ROOT)
    for source in environment_setup.list_translations(checkout):
        compiled = source.with_suffix(".qm")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            environment_setup.compile_translations(checkout, dict(os.environ))
            return


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run the tests marked `screen` with ``-m screen`` alone, and the others without it."""
    screen_only = config.option.markexpr == "screen"
    others = [item for item in items if (item.get_closest_marker("screen") is not None) != screen_only]
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in set(others)]


class _UnexpectedLogHandler(logging.Handler):
    """Collects the log lines above INFO."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture
def expected_logs() -> list[str]:
    """Return a list to which a test appends the patterns of the log lines above INFO that it expects."""
    return []


@pytest.fixture(autouse=True)
def _no_unexpected_log_line(expected_logs: list[str]) -> Iterator[None]:
    handler = _UnexpectedLogHandler()
    root = logging.getLogger()
    root.addHandler(handler)
    yield
    root.removeHandler(handler)
    unexpected_lines = [
        line for line in handler.lines if not any(re.search(pattern, line) for pattern in expected_logs)
    ]
    assert not unexpected_lines, "unexpected log lines:\n" + "\n".join(unexpected_lines)


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    threads_before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 5
    for thread in set(threading.enumerate()) - threads_before:
        # Threads of a C library that called into Python (libvlc's) cannot be joined from here.
        if not isinstance(thread, threading._DummyThread):  # type: ignore[attr-defined]
            thread.join(max(0.0, deadline - time.monotonic()))
    leftover = [
        thread
        for thread in set(threading.enumerate()) - threads_before
        if thread.is_alive() and not isinstance(thread, threading._DummyThread)  # type: ignore[attr-defined]
    ]
    assert not leftover, f"threads left behind: {leftover}"
