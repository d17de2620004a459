"""Backups of a hosting that runs, and going back to one."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests
from msgspec.structs import replace

from editor.errors import Known
from editor.schedule.model import Webinar
from hosting import backups
from hosting.db import Database
from tests.hosting.tools import Served, push_body

WEBINAR = Webinar(id="evening", title="Evening")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hosting.cli", *words], capture_output=True, text=True, timeout=60, check=False
    )


def push(served: Served, team: dict[str, str], rev: int) -> requests.Response:
    headers = team | {"If-Match": f'"{rev}"'}
    body = push_body(replace(WEBINAR, title=f"Evening {rev}"))
    return requests.put(f"{served.url}/api/webinars/evening", data=body, headers=headers, timeout=20)


def test_a_backup_while_it_runs_and_back_to_it_with_a_new_epoch(serve: Callable[..., Served], tmp_path: Path):
    folder, file = tmp_path / "served", tmp_path / "backup.db"
    served = serve()
    team = served.own()
    assert push(served, team, 0).status_code == 200
    stop = threading.Event()
    pushed = [1]

    def keep_pushing() -> None:
        while not stop.is_set():
            assert push(served, team, pushed[0]).status_code == 200
            pushed[0] += 1

    busy = threading.Thread(target=keep_pushing)
    busy.start()
    made = run("backup", str(file), "--data", str(folder))
    stop.set()
    busy.join()
    assert (made.returncode, made.stdout.strip()) == (0, str(file)), made.stderr
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rev = connection.execute("SELECT rev FROM webinar").fetchone()[0]
    assert 1 <= rev <= pushed[0]
    push(served, team, pushed[0])

    refused = run("restore", str(file), "--data", str(folder))
    assert refused.returncode == 1
    assert "Stop it" in refused.stderr
    assert requests.get(f"{served.url}/api/webinars", headers=team, timeout=20).status_code == 200

    epoch = served.epoch
    assert served.stop() == 0
    restored = run("restore", str(file), "--data", str(folder))
    assert restored.returncode == 0, restored.stderr
    assert "before-restore" in restored.stdout
    again = serve()
    listed: dict[str, Any] = requests.get(f"{again.url}/api/webinars", headers=team, timeout=20).json()
    assert listed["webinars"][0]["rev"] == rev
    assert listed["epoch"] == again.epoch != epoch
    assert again.stop() == 0


def test_killed_and_started_again_it_is_of_the_same_epoch(serve: Callable[..., Served]):
    first = serve()
    first.own()
    first.kill()
    second = serve()
    assert second.epoch == first.epoch
    assert second.first_key == ""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A hosting's folder that nobody has open."""
    Database(tmp_path / "hosting").close()
    return tmp_path / "hosting"


def test_what_is_no_backup_changes_nothing(folder: Path, tmp_path: Path):
    before = (folder / "hosting.db").read_bytes()
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE something (it)")
    torn = tmp_path / "torn.db"
    backups.make(folder, torn)
    torn.write_bytes(torn.read_bytes()[:8_192])
    text = tmp_path / "text.db"
    text.write_text("no database")
    for wrong in (other, torn, text, tmp_path / "missing.db", tmp_path):
        with pytest.raises(Known) as refused:
            backups.restore(folder, wrong)
        assert refused.value.code == "backup.unreadable", wrong
    assert (folder / "hosting.db").read_bytes() == before


def test_a_backup_that_cannot_be_written_leaves_the_one_before(folder: Path, tmp_path: Path):
    with pytest.raises(Known) as refused:
        backups.make(folder, tmp_path / "missing" / "backup.db")
    assert refused.value.code == "backup.unwritable"
    with pytest.raises(Known) as refused:
        backups.make(tmp_path / "nothing", tmp_path / "backup.db")
    assert refused.value.code == "hosting.no_database"
    backups.make(folder, tmp_path / "backup.db")
    backups.make(folder, tmp_path / "backup.db")
    assert [path.name for path in tmp_path.glob("*backup.db*")] == ["backup.db"]


def test_into_an_empty_folder(folder: Path, tmp_path: Path):
    backups.make(folder, tmp_path / "backup.db")
    assert backups.restore(tmp_path / "new", tmp_path / "backup.db") is None
    database = Database(tmp_path / "new")
    epoch = database.epoch()
    database.close()
    old = Database(folder)
    assert old.epoch() != epoch
    old.close()
