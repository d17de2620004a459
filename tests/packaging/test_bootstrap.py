"""The set-up that `./matinee` does, against the real script and the real package manager's answers."""

import ast
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
import bootstrap  # noqa: E402
import build_web  # noqa: E402


def make_built_pages(checkout):
    """The attendees' pages look built."""
    built = checkout / "resources" / "web"
    built.mkdir(parents=True)
    (built / build_web.STAMP_NAME).write_text(build_web.compute_fingerprint(checkout / "hosting" / "web"))


@pytest.fixture
def checkout(tmp_path):
    """A checkout whose environment looks made: only the stamp decides whether set-up runs again."""
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
    """What set-up would have started, instead of a network."""
    calls = []

    def note(command, **_):
        calls.append([str(part) for part in command])
        return subprocess.CompletedProcess(command, 0, stdout="install ok installed", stderr="")

    monkeypatch.setattr(bootstrap.subprocess, "run", note)
    return calls


def test_the_second_start_starts_nothing(checkout, started_commands):
    bootstrap.set_up(checkout, bootstrap.RUN, dict(os.environ))
    assert any("--require-hashes" in call for call in started_commands)
    assert not any("venv" in call for call in started_commands)
    started_commands.clear()
    prepared_checkout = bootstrap.set_up(checkout, bootstrap.RUN, dict(os.environ))
    assert started_commands == []
    assert prepared_checkout.python == checkout / ".venv" / "bin" / "python"


def test_a_server_needs_no_system_package_and_no_translations(checkout, started_commands):
    bootstrap.set_up(checkout, bootstrap.HOST, dict(os.environ))
    assert not any("apt-get" in call or "dpkg-query" in call for call in started_commands)
    assert any(str(checkout / "packaging" / "requirements" / "hosting.txt") in call for call in started_commands)


def test_where_the_tests_are_set_up_so_is_the_program_and_not_the_other_way(checkout, started_commands):
    bootstrap.set_up(checkout, bootstrap.FULL, dict(os.environ))
    started_commands.clear()
    bootstrap.set_up(checkout, bootstrap.RUN, dict(os.environ))
    bootstrap.set_up(checkout, bootstrap.DEMO, dict(os.environ))
    assert started_commands == []
    (checkout / ".venv" / "ready-full").unlink()
    bootstrap.set_up(checkout, bootstrap.RUN, dict(os.environ))
    started_commands.clear()
    bootstrap.set_up(checkout, bootstrap.FULL, dict(os.environ))
    assert any("dev.txt" in call[-1] for call in started_commands)


def test_changed_requirements_are_installed_anew(checkout, started_commands):
    bootstrap.set_up(checkout, bootstrap.RUN, dict(os.environ))
    started_commands.clear()
    (checkout / "packaging" / "requirements" / "desktop.txt").write_text("example==2\n")
    bootstrap.set_up(checkout, bootstrap.RUN, dict(os.environ))
    assert any("--require-hashes" in call for call in started_commands)


def test_another_python_behind_the_link_means_a_new_environment(checkout, started_commands):
    bootstrap.set_up(checkout, bootstrap.RUN, dict(os.environ))
    started_commands.clear()
    (checkout / ".venv" / "pyvenv.cfg").write_text("executable = /usr/bin/python3.0\n")
    bootstrap.set_up(checkout, bootstrap.RUN, dict(os.environ))
    assert any("--clear" in call for call in started_commands)


def test_an_interrupted_set_up_is_begun_anew_with_a_path_full_of_spaces(tmp_path):
    checkout = tmp_path / "my own “films”"
    (checkout / "packaging" / "requirements").mkdir(parents=True)
    (checkout / "packaging" / "requirements" / "desktop.txt").write_text("# nothing, for there is no network here\n")
    make_built_pages(checkout)
    needs_nothing = bootstrap.Profile("run", (), "desktop.txt", ())
    prepared_checkout = bootstrap.Checkout(checkout)
    # As a kill in the middle would have left it: a Python without pip, and the mark that somebody was at it.
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(prepared_checkout.environment)], check=True)
    prepared_checkout.unfinished_marker.parent.mkdir()
    prepared_checkout.unfinished_marker.touch()
    assert not bootstrap.is_ready(prepared_checkout, needs_nothing)
    bootstrap.set_up(checkout, needs_nothing, dict(os.environ))
    assert bootstrap.is_ready(prepared_checkout, needs_nothing)
    assert bootstrap.run(prepared_checkout, ["-c", "import pip"], {**os.environ, "PYTHONHOME": "/nowhere"}) == 0


def test_what_interrupts_a_set_up_is_remembered(checkout, started_commands, monkeypatch):
    monkeypatch.setattr(bootstrap, "compile_translations", lambda *_: signal.raise_signal(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        bootstrap.set_up(checkout, bootstrap.RUN, dict(os.environ))
    monkeypatch.undo()
    assert not bootstrap.is_complete(bootstrap.Checkout(checkout))


def test_what_dies_of_a_signal_has_not_gone_well(checkout):
    died = bootstrap.run(bootstrap.Checkout(checkout), ["-c", "import os; os.kill(os.getpid(), 9)"], dict(os.environ))
    assert died == 128 + 9


HOLD_LOCK_SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import bootstrap
with bootstrap.alone(Path(sys.argv[2])):
    print("in", flush=True)
    bootstrap.carry_out([sys.executable, "-c", "import sys; sys.stdin.readline()"], {})
"""


def test_of_two_starts_at_once_one_waits_for_the_other(tmp_path):
    def start():
        command = [sys.executable, "-c", HOLD_LOCK_SCRIPT, str(ROOT / "packaging" / "tools"), str(tmp_path)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    with start() as one, start() as other:
        # Whoever came second has said so. The first is killed; what it had started is not, and is waited for as well.
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


def test_a_checkout_that_cannot_be_written_is_told(checkout, started_commands):
    (checkout / ".build").write_text("in the way")
    with pytest.raises(bootstrap.SetupError, match="cannot be set up in") as error_info:
        bootstrap.set_up(checkout, bootstrap.RUN, dict(os.environ))
    assert str(checkout / ".build") in str(error_info.value)


def test_a_system_without_apt_is_told_what_to_install(checkout, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path / "nothing-here"))
    with pytest.raises(bootstrap.SetupError) as error_info:
        bootstrap.set_up(checkout, bootstrap.RUN, dict(os.environ))
    assert "ffmpeg" in str(error_info.value)
    assert "dnf install" in str(error_info.value)
    assert not (checkout / ".venv" / "ready-run").exists()


def test_who_is_no_administrator_and_has_no_sudo_is_told_what_to_run(checkout, monkeypatch, tmp_path):
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("apt-get", "dpkg-query"):
        (programs / name).symlink_to(f"/usr/bin/{name}")
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(os, "geteuid", lambda: 1_000)
    wanting = bootstrap.Profile("run", ("libc6", "no-such-package-anywhere"), "desktop.txt", ())
    with pytest.raises(bootstrap.SetupError) as error_info:
        bootstrap.set_up(checkout, wanting, dict(os.environ))
    assert "apt-get install --no-install-recommends no-such-package-anywhere\n" in str(error_info.value)


def test_what_is_only_wished_for_is_left_out_where_apt_has_none(monkeypatch, tmp_path):
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("dpkg-query", "apt-cache"):
        (programs / name).symlink_to(f"/usr/bin/{name}")
    (programs / "apt-get").write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n')
    (programs / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(bootstrap, "OPTIONAL_PACKAGES", {"no-such-browser"})
    wanting = bootstrap.Profile("demo", ("no-such-browser", "no-such-package"), "desktop.txt", ())
    bootstrap.install_packages(wanting, dict(os.environ))
    assert (tmp_path / "asked").read_text().splitlines()[-1].endswith("--no-install-recommends no-such-package")


def test_the_launcher_can_be_read_by_a_python_too_old_to_run_it():
    text = (ROOT / "matinee").read_bytes()
    ast.parse(text.decode("ascii"), feature_version=(3, 4))
    assert text.index(b"sys.version_info <") < text.index(b"from pathlib")


def test_dpkg_is_believed():
    assert bootstrap.is_installed("libc6")
    assert not bootstrap.is_installed("no-such-package-anywhere")


def test_a_virtual_screen_is_started_and_ended(monkeypatch):
    with bootstrap.provide_display({**os.environ, "DISPLAY": ":12345"}, always=True) as there:
        assert there["DISPLAY"] != ":12345"
        number = there["DISPLAY"].removeprefix(":")
        assert Path(f"/tmp/.X11-unix/X{number}").exists()
    assert not Path(f"/tmp/.X11-unix/X{number}").exists()


def test_a_display_that_is_there_is_used():
    with bootstrap.provide_display({"DISPLAY": ":12345"}) as there:
        assert there == {"DISPLAY": ":12345"}


def test_requirements_are_hashed_and_name_no_index():
    for path in (ROOT / "packaging" / "requirements").glob("*.txt"):
        text = path.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "pyside6-essentials==6.12.0" not in text


def test_what_the_tests_need_holds_what_the_program_needs():
    pinned = {
        path.name: set(re.findall(r"^[a-z0-9].*==\S+", path.read_text(), re.MULTILINE))
        for path in (ROOT / "packaging" / "requirements").glob("*.txt")
    }
    assert pinned["desktop.txt"] <= pinned["dev.txt"]


def test_help_names_the_launchers_own_words(capfd, monkeypatch):
    monkeypatch.setattr(bootstrap, "is_set_up", lambda *_: bootstrap.Checkout(ROOT))
    monkeypatch.setattr(bootstrap, "exec_program", lambda _place, arguments, _environment: print(*arguments))
    bootstrap.main(ROOT, ["-h"], {})
    output = capfd.readouterr().out
    assert all(f"./matinee {word}" in output for word in ("demo", "test", "lint", "bench"))
    assert "-m editor.cli --help" in output
