"""The core is tested with PySide6 out of reach, as on a server that has none; and the command line as one runs it."""

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image as Picture

if os.environ.get("MATINEE_WITHOUT_QT"):
    for name in ("PySide6", "shiboken6"):
        assert name not in sys.modules, f"{name} was imported before the core's tests began"
        # None makes every later import of it fail as if it were not installed.
        sys.modules[name] = None  # type: ignore[assignment]


@pytest.fixture
def run_cli(tmp_path, capfd):
    """Run a command line in a library of its own; gives exit code, output and what was said beside it."""
    from editor.cli import main

    def run(word, *more, library=tmp_path / "library"):
        capfd.readouterr()
        code = main([word, "--library", str(library), *map(str, more)])
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def run_json(run_cli):
    """Run a command with --json and return its decoded output."""

    def run(word, *more, code=0, **where):
        exit_code, out, err = run_cli(word, "--json", *more, **where)
        assert exit_code == code, (out, err)
        return json.loads(out)

    return run


def _hash_files(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.stat().st_size and not path.name.endswith("-shm")
    }


@pytest.fixture
def hash_files() -> Callable[[Path], dict[str, str]]:
    """Every file of a library's folder by its content, but for an empty log and the log's index, which say nothing."""
    return _hash_files


@contextmanager
def run_unprivileged() -> Iterator[None]:
    """Run a block without the privileges of root, so that file permissions count in tests that run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def drop_privileges() -> Callable[[], object]:
    """Return a context manager within which file permissions count, also where the tests run as root."""
    return run_unprivileged


@pytest.fixture
def place() -> Iterator[Path]:
    """Provide a folder that every user can reach (pytest's own are root's alone)."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
        for path in (Path(folder), *Path(folder).rglob("*")):
            path.chmod(0o755)


@pytest.fixture(scope="module")
def in_memory(tmp_path_factory) -> Iterator[Path]:
    """Provide a folder in memory where the system has room for one.

    It is for tests of what is stored, not of whether the disk keeps it.
    """
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**30
    parent = memory if roomy else tmp_path_factory.getbasetemp()
    with tempfile.TemporaryDirectory(dir=parent) as folder:
        yield Path(folder)


@pytest.fixture
def write_edits(tmp_path):
    """Write a list of edits to a file and return its path."""

    def written(*edits, name="edits.json"):
        path = tmp_path / name
        path.write_text(json.dumps(edits), "utf-8")
        return path

    return written


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "agenda.png"
    Picture.new("RGB", (64, 36), "teal").save(path)
    return path


@pytest.fixture
def webinar(run_json, picture):
    """Create a webinar with a picture and a call to action."""
    webinar_id = run_json("new", "Onboarding")["id"]
    run_json("import", webinar_id, picture)
    return webinar_id


@pytest.fixture
def get_error_code() -> Callable[[dict], str]:
    """Return the code of an error reported by the command line, which must come with a finished sentence."""
    from editor.errors.messages import ERRORS

    def get(reply: dict) -> str:
        assert reply["error"]["code"] in ERRORS
        assert "{" not in reply["error"]["sentence"]
        return reply["error"]["code"]

    return get
