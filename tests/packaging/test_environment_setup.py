"""Setting up what Matinee needs, with the real package manager's answers where a test can have them."""

import os
import re
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "packaging" / "tools"))
import build_web  # noqa: E402 - found only once packaging/ is on the path
import environment_setup  # noqa: E402
import process_runner  # noqa: E402


def make_built_pages(checkout):
    """Leave the stamp of attendees' pages that were built from the checkout's present sources."""
    built = checkout / "resources" / "web"
    built.mkdir(parents=True)
    (built / build_web.STAMP_NAME).write_text(build_web.compute_fingerprint(checkout))


@pytest.fixture
def checkout(tmp_path):
    """Return a checkout with a finished environment, so that the stamp alone decides whether set-up runs again."""
    requirements = tmp_path / "packaging" / "requirements"
    requirements.mkdir(parents=True)
    for name in ("desktop.txt", "dev.txt", "hosting.txt"):
        (requirements / name).write_text("example==1\n")
    make_built_pages(tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    (tmp_path / ".venv" / "pyvenv.cfg").write_text(f"executable = {python.resolve()}\n")
    return tmp_path


@pytest.fixture
def started_commands(monkeypatch):
    """Collect the command lines that set-up starts; none is carried out."""
    calls = []

    def record(command, **_):
        calls.append([str(part) for part in command])
        return subprocess.CompletedProcess(command, 0, stdout="install ok installed", stderr="")

    monkeypatch.setattr(environment_setup.subprocess, "run", record)
    return calls


def test_a_second_start_runs_no_command(checkout, started_commands):
    environment_setup.set_up(checkout, environment_setup.RUN, dict(os.environ))
    assert any("--require-hashes" in call for call in started_commands)
    assert not any("venv" in call for call in started_commands)
    started_commands.clear()
    prepared_checkout = environment_setup.set_up(checkout, environment_setup.RUN, dict(os.environ))
    assert started_commands == []
    assert prepared_checkout.python == checkout / ".venv" / "bin" / "python"


def test_a_server_needs_no_system_package_and_no_translations(checkout, started_commands):
    environment_setup.set_up(checkout, environment_setup.HOST, dict(os.environ))
    assert not any("apt-get" in call or "dpkg-query" in call for call in started_commands)
    assert any(str(checkout / "packaging" / "requirements" / "hosting.txt") in call for call in started_commands)


def test_what_tests_need_contains_what_the_program_needs_and_not_the_reverse(checkout, started_commands):
    environment_setup.set_up(checkout, environment_setup.FULL, dict(os.environ))
    started_commands.clear()
    environment_setup.set_up(checkout, environment_setup.RUN, dict(os.environ))
    environment_setup.set_up(checkout, environment_setup.DEMO, dict(os.environ))
    assert started_commands == []
    (checkout / ".venv" / "ready-full").unlink()
    environment_setup.set_up(checkout, environment_setup.RUN, dict(os.environ))
    started_commands.clear()
    environment_setup.set_up(checkout, environment_setup.FULL, dict(os.environ))
    assert any("dev.txt" in call[-1] for call in started_commands)


def test_installs_again_when_the_requirements_change(checkout, started_commands):
    environment_setup.set_up(checkout, environment_setup.RUN, dict(os.environ))
    started_commands.clear()
    (checkout / "packaging" / "requirements" / "desktop.txt").write_text("example==2\n")
    environment_setup.set_up(checkout, environment_setup.RUN, dict(os.environ))
    assert any("--require-hashes" in call for call in started_commands)


def test_makes_a_new_environment_when_the_system_python_changes(checkout, started_commands):
    environment_setup.set_up(checkout, environment_setup.RUN, dict(os.environ))
    started_commands.clear()
    (checkout / ".venv" / "pyvenv.cfg").write_text("executable = /usr/bin/python3.0\n")
    environment_setup.set_up(checkout, environment_setup.RUN, dict(os.environ))
    assert any("--clear" in call for call in started_commands)


def test_repeats_an_interrupted_set_up_in_a_folder_with_spaces(tmp_path):
    checkout = tmp_path / "my own “films”"
    (checkout / "packaging" / "requirements").mkdir(parents=True)
    (checkout / "packaging" / "requirements" / "desktop.txt").write_text("# nothing, for there is no network here\n")
    make_built_pages(checkout)
    needs_nothing = environment_setup.Profile("run", (), "desktop.txt", ())
    prepared_checkout = environment_setup.Checkout(checkout)
    # What a kill in the middle leaves: a Python without pip, and the marker of an unfinished environment.
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(prepared_checkout.environment)], check=True)
    prepared_checkout.unfinished_marker.parent.mkdir()
    prepared_checkout.unfinished_marker.touch()
    assert not environment_setup.is_ready(prepared_checkout, needs_nothing)
    environment_setup.set_up(checkout, needs_nothing, dict(os.environ))
    assert environment_setup.is_ready(prepared_checkout, needs_nothing)
    assert process_runner.run(prepared_checkout, ["-c", "import pip"], {**os.environ, "PYTHONHOME": "/nowhere"}) == 0


def test_an_interruption_leaves_the_environment_unfinished(checkout, started_commands, monkeypatch):
    monkeypatch.setattr(environment_setup, "compile_translations", lambda *_: signal.raise_signal(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        environment_setup.set_up(checkout, environment_setup.RUN, dict(os.environ))
    monkeypatch.undo()
    assert not environment_setup.is_complete(environment_setup.Checkout(checkout))


HOLD_LOCK_SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import environment_setup
with environment_setup.hold_setup_lock(Path(sys.argv[2])):
    print("in", flush=True)
    environment_setup.run_step([sys.executable, "-c", "import sys; sys.stdin.readline()"], {})
"""


def test_the_second_of_two_starts_waits_for_the_first(tmp_path):
    def start():
        command = [sys.executable, "-c", HOLD_LOCK_SCRIPT, str(ROOT / "packaging" / "tools"), str(tmp_path)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    with start() as one, start() as other:
        # The second prints that it waits. The first is killed; the program it started still holds the lock.
        pipes = {each.stderr.fileno(): each for each in (one, other)}
        (waiting,) = (pipes[ready] for ready in select.select(list(pipes), [], [], 60)[0])
        assert b"Waiting" in waiting.stderr.readline()
        first = other if waiting is one else one
        assert first.stdout.readline() == b"in\n"
        first.kill()
        first.wait()
        assert select.select([waiting.stdout], [], [], 0.2)[0] == []
        first.stdin.close()
        assert waiting.stdout.readline() == b"in\n"
        waiting.communicate(b"\n")
        assert waiting.returncode == 0


def test_names_the_file_that_cannot_be_written(checkout, started_commands):
    (checkout / ".build").write_text("in the way")
    with pytest.raises(environment_setup.SetupError, match="cannot be set up in") as error_info:
        environment_setup.set_up(checkout, environment_setup.RUN, dict(os.environ))
    assert str(checkout / ".build") in str(error_info.value)


def test_says_what_to_install_where_there_is_no_apt(checkout, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path / "nothing-here"))
    with pytest.raises(environment_setup.SetupError) as error_info:
        environment_setup.set_up(checkout, environment_setup.RUN, dict(os.environ))
    assert "ffmpeg" in str(error_info.value)
    assert "dnf install" in str(error_info.value)
    assert not (checkout / ".venv" / "ready-run").exists()


def test_prints_the_command_for_root_where_there_is_no_sudo(checkout, monkeypatch, tmp_path):
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("apt-get", "dpkg-query"):
        (programs / name).symlink_to(f"/usr/bin/{name}")
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(os, "geteuid", lambda: 1_000)
    wanting = environment_setup.Profile("run", ("libc6", "no-such-package-anywhere"), "desktop.txt", ())
    with pytest.raises(environment_setup.SetupError) as error_info:
        environment_setup.set_up(checkout, wanting, dict(os.environ))
    assert "apt-get install --no-install-recommends no-such-package-anywhere\n" in str(error_info.value)


def test_leaves_out_an_optional_package_that_apt_lacks(monkeypatch, tmp_path):
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("dpkg-query", "apt-cache"):
        (programs / name).symlink_to(f"/usr/bin/{name}")
    (programs / "apt-get").write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n')
    (programs / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(environment_setup, "OPTIONAL_PACKAGES", {"no-such-browser"})
    wanting = environment_setup.Profile("demo", ("no-such-browser", "no-such-package"), "desktop.txt", ())
    environment_setup.install_packages(wanting, dict(os.environ))
    assert (tmp_path / "asked").read_text().splitlines()[-1].endswith("--no-install-recommends no-such-package")


def test_asks_dpkg_whether_a_package_is_installed():
    assert environment_setup.is_installed("libc6")
    assert not environment_setup.is_installed("no-such-package-anywhere")


def test_requirements_are_hashed_and_name_no_index():
    for path in (ROOT / "packaging" / "requirements").glob("*.txt"):
        text = path.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text
        # 6.12.0 aborts on Python 3.11; see pyproject.toml.
        assert "pyside6-essentials==6.12.0" not in text


def test_the_tests_pin_the_same_versions_as_the_program():
    pinned = {
        path.name: set(re.findall(r"^[a-z0-9].*==\S+", path.read_text(), re.MULTILINE))
        for path in (ROOT / "packaging" / "requirements").glob("*.txt")
    }
    assert pinned["desktop.txt"] <= pinned["dev.txt"]


def test_tests_of_code_need_neither_system_packages_nor_pages(checkout, started_commands):
    environment_setup.set_up(checkout, environment_setup.TEST_CODE, dict(os.environ))
    assert [call for call in started_commands if "--require-hashes" not in call] == []
    # A change to a page or a translation concerns them as little.
    (checkout / "hosting" / "web").mkdir(parents=True)
    (checkout / "hosting" / "web" / "index.html").write_text("new")
    started_commands.clear()
    environment_setup.set_up(checkout, environment_setup.TEST_CODE, dict(os.environ))
    assert started_commands == []
    assert not environment_setup.is_ready(environment_setup.Checkout(checkout), environment_setup.TEST_WINDOW)
