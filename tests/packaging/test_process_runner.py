"""Running the project's Python, and the virtual screen."""

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "packaging" / "tools"))
import process_runner  # noqa: E402 - found only once packaging/ is on the path
from environment_setup import Checkout  # noqa: E402


@pytest.fixture
def checkout(tmp_path):
    """Return a checkout whose Python is the one that runs the tests."""
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    return Checkout(tmp_path)


def test_a_signal_that_ends_a_program_is_a_failure(checkout):
    result = process_runner.run(checkout, ["-c", "import os; os.kill(os.getpid(), 9)"], dict(os.environ))
    assert result == 128 + 9


def test_a_virtual_screen_lasts_as_long_as_its_context():
    with process_runner.provide_display({**os.environ, "DISPLAY": ":12345"}, always=True) as environment:
        assert environment["DISPLAY"] != ":12345"
        number = environment["DISPLAY"].removeprefix(":")
        assert Path(f"/tmp/.X11-unix/X{number}").exists()
    assert not Path(f"/tmp/.X11-unix/X{number}").exists()


def test_uses_the_display_that_is_there():
    with process_runner.provide_display({"DISPLAY": ":12345"}) as environment:
        assert environment == {"DISPLAY": ":12345"}


def test_prints_the_minutes_of_each_part_and_fails_if_one_failed(capfd):
    timer = process_runner.PartTimer({})
    timer.run("Types", lambda: 0)
    timer.run("Window", lambda: -9)
    assert timer.finish() == 9
    table = capfd.readouterr().err
    assert "0.0 min  Types\n" in table
    assert "0.0 min  Window  (failed)\n" in table


def test_collects_the_minutes_of_several_commands_in_one_file(tmp_path, capfd):
    table = tmp_path / "minutes"
    for name in ("Types", "Window"):
        timer = process_runner.PartTimer({"MATINEE_MINUTES_FILE": str(table)})
        timer.run(name, lambda: 0)
        assert timer.finish() == 0
    assert [line.split()[2] for line in table.read_text().splitlines()] == ["Types", "Window"]
    assert " min " not in capfd.readouterr().err
