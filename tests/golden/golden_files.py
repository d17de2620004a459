"""Comparison of values with golden files, and the switch that rewrites the files.

`MATINEE_REGENERATE_GOLDEN=1 ./matinee test tests/golden tests/ui/test_golden_window.py` rewrites them. Do that only
where a format is meant to change, and read the diff: what it shows is on people's disks and on the wire.
"""

import json
import os
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
REGENERATE = os.environ.get("MATINEE_REGENERATE_GOLDEN") == "1"


def compare(name: str, value: dict[str, Any] | list[Any]) -> None:
    """Assert that plain values are those of a golden JSON file, in the same order."""
    compare_text(f"{name}.json", _format(value))


def compare_text(name: str, text: str) -> None:
    """Assert that a text is that of a golden file."""
    path = FOLDER / name
    if REGENERATE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    assert path.exists(), f"{path} is missing: {__doc__}"
    # Lines, because pytest shows those that differ.
    assert text.split("\n") == path.read_text("utf-8").split("\n"), f"not as in {path}"


def _format(value: dict[str, Any] | list[Any]) -> str:
    """Format as JSON with one entry a line, so that a diff shows which entry changed."""
    if isinstance(value, list):
        return "[\n" + ",\n".join(f" {_line(each)}" for each in value) + "\n]\n"
    return "{\n" + ",\n".join(f" {_line(name)}: {_entry(each)}" for name, each in value.items()) + "\n}\n"


def _entry(value: Any) -> str:
    """Format a list of objects over several lines, everything else on one."""
    if isinstance(value, list) and value and isinstance(value[0], dict | list):
        return "[\n" + ",\n".join(f"  {_line(each)}" for each in value) + "\n ]"
    return _line(value)


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
