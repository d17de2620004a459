"""Log lines are JSON objects with the keys that log tools know."""

import json
import logging
import sys
from datetime import datetime

from hosting.server.logging_setup import _JsonFormatter


def format_record(level=logging.WARNING, facts=None, exc_info=None):
    """Format one record of the logger `hosting.test`; return the decoded line."""
    record = logging.LogRecord("hosting.test", level, __file__, 1, "disk %s", ("full",), exc_info)
    if facts is not None:
        record.facts = facts
    line = _JsonFormatter().format(record)
    assert "\n" not in line
    return json.loads(line)


def test_a_line_has_the_common_keys_first_and_then_its_facts():
    line = format_record(facts={"free": 3, "folder": "/data"})
    assert list(line) == ["timestamp", "level", "logger", "event", "free", "folder"]
    assert (line["level"], line["logger"], line["event"], line["free"]) == ("warning", "hosting.test", "disk full", 3)
    assert datetime.fromisoformat(line["timestamp"]).utcoffset().total_seconds() == 0


def test_an_exception_comes_with_its_traceback_before_the_facts():
    try:
        raise RuntimeError("broken")
    except RuntimeError:
        line = format_record(logging.ERROR, {"session": "s"}, sys.exc_info())
    assert list(line) == ["timestamp", "level", "logger", "event", "exception", "session"]
    assert line["exception"].startswith("Traceback")
    assert line["exception"].endswith("RuntimeError: broken")


def test_a_fact_does_not_replace_one_of_the_common_keys():
    line = format_record(facts={"level": "fine", "event": "nothing"})
    assert (line["level"], line["event"]) == ("warning", "disk full")
