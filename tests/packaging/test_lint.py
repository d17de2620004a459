"""Ruff, with the project's configuration, reports what the style guide forbids."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

GOOD = '''"""A module."""


class TrackError(Exception):
    """A track is missing."""


def find_track(name: str) -> str:
    """Return the track of a name."""
    return name
'''


def lint(tmp_path: Path, text: str) -> set[str]:
    """Return the codes that ruff reports for a module of `editor/` with this text."""
    completed = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--output-format=json", "--stdin-filename=editor/module.py", "-"],
        cwd=ROOT,
        input=text,
        capture_output=True,
        text=True,
        env={"RUFF_CACHE_DIR": str(tmp_path)},
        check=False,
    )
    return {finding["code"] for finding in json.loads(completed.stdout)}


def test_accepts_a_good_module(tmp_path):
    assert lint(tmp_path, GOOD) == set()


@pytest.mark.parametrize(
    ("good", "bad", "code"),
    [
        ("Return the track of a name.", "Return the track of a name", "D400"),
        ("Return the track of a name.", "The track of a name.", "D401"),
        ("Return the track of a name.", "Return the track\n    of a name.", "D205"),
        ('"""Return the track of a name."""', "pass", "D103"),
        ("class TrackError", "class Track", "N818"),
    ],
)
def test_reports_a_bad_docstring_and_a_bad_name(tmp_path, good, bad, code):
    assert good in GOOD
    assert code in lint(tmp_path, GOOD.replace(good, bad))
