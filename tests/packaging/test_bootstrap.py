"""The set-up that `./matinee` does, against the real script and the real package manager's answers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "packaging"))
import bootstrap  # noqa: E402


@pytest.fixture
def checkout(tmp_path):
    """A checkout whose environment looks made: only the stamp decides whether set-up runs again."""
    requirements = tmp_path / "packaging" / "requirements"
    requirements.mkdir(parents=True)
    for name in ("desktop.txt", "dev.txt"):
        (requirements / name).write_text("example==1\n")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    return tmp_path


@pytest.fixture
def started(monkeypatch):
    """What set-up would have started, instead of a network."""
    calls = []

    def note(command, **_):
        calls.append([str(part) for part in command])
        return subprocess.CompletedProcess(command, 0, stdout="install ok installed", stderr="")

    monkeypatch.setattr(bootstrap.subprocess, "run", note)
    return calls


def test_the_second_start_starts_nothing(checkout, started):
    bootstrap.set_up(checkout, bootstrap.RUN, dict(os.environ))
    assert any("--require-hashes" in call for call in started)
    started.clear()
    place = bootstrap.set_up(checkout, bootstrap.RUN, dict(os.environ))
    assert started == []
    assert place.python == checkout / ".venv" / "bin" / "python"


def test_changed_requirements_are_installed_anew(checkout, started):
    bootstrap.set_up(checkout, bootstrap.RUN, dict(os.environ))
    started.clear()
    (checkout / "packaging" / "requirements" / "desktop.txt").write_text("example==2\n")
    bootstrap.set_up(checkout, bootstrap.RUN, dict(os.environ))
    assert any("--require-hashes" in call for call in started)


def test_a_system_without_apt_is_told_what_to_install(checkout, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path / "nothing-here"))
    with pytest.raises(bootstrap.CannotSetUp) as told:
        bootstrap.set_up(checkout, bootstrap.RUN, dict(os.environ))
    assert "ffmpeg" in str(told.value)
    assert "dnf install" in str(told.value)
    assert not (checkout / ".venv" / "ready-run").exists()


def test_dpkg_is_believed():
    assert bootstrap.is_installed("libc6")
    assert not bootstrap.is_installed("no-such-package-anywhere")


def test_a_virtual_screen_is_started_and_ended(monkeypatch):
    with bootstrap.screen({**os.environ, "DISPLAY": ":12345"}, always=True) as there:
        assert there["DISPLAY"] != ":12345"
        number = there["DISPLAY"].removeprefix(":")
        assert Path(f"/tmp/.X11-unix/X{number}").exists()
    assert not Path(f"/tmp/.X11-unix/X{number}").exists()


def test_a_display_that_is_there_is_used():
    with bootstrap.screen({"DISPLAY": ":12345"}) as there:
        assert there == {"DISPLAY": ":12345"}


def test_requirements_are_hashed_and_name_no_index():
    for path in (ROOT / "packaging" / "requirements").glob("*.txt"):
        text = path.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "pyside6-essentials==6.12.0" not in text
