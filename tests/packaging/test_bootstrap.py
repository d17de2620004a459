"""The commands of `./matinee`, against the real script."""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "packaging" / "tools"))
import bootstrap  # noqa: E402 - found only once packaging/ is on the path
import environment_setup  # noqa: E402


def test_a_python_too_old_to_run_the_launcher_can_still_read_it():
    text = (ROOT / "matinee").read_bytes()
    ast.parse(text.decode("ascii"), feature_version=(3, 4))
    assert text.index(b"sys.version_info <") < text.index(b"from pathlib")


def test_help_lists_the_launchers_commands_before_the_editors(capfd, monkeypatch):
    monkeypatch.setattr(bootstrap, "set_up", lambda *_: environment_setup.Checkout(ROOT))
    monkeypatch.setattr(bootstrap, "exec_program", lambda _checkout, arguments, _environment: print(*arguments))
    bootstrap.main(ROOT, ["-h"], {})
    output = capfd.readouterr().out
    assert all(f"./matinee {word}" in output for word in ("demo", "host", "test", "lint", "bench", "mutate"))
    assert "-m editor.cli --help" in output


def test_mutate_runs_its_script_in_the_projects_python(monkeypatch):
    started = []
    monkeypatch.setattr(bootstrap, "set_up", lambda _root, profile, _environment: profile)
    monkeypatch.setattr(bootstrap, "run", lambda *call: started.append(call) or 0)
    assert bootstrap.main(ROOT, ["mutate", "editor/schedule", "--seed", "7"], {}) == 0
    script = str(ROOT / "packaging" / "tools" / "mutate.py")
    assert started == [(environment_setup.TEST_CODE, [script, "editor/schedule", "--seed", "7"], {})]
