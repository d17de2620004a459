"""Backups of a running hosting, and restoring one."""

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

from editor.errors import KnownError
from editor.schedule.model import Webinar
from hosting.db import backups
from hosting.db.database import HostingDatabase
from tests.hosting.hosting_fixtures import HostingServer, make_push_body

WEBINAR = Webinar(id="evening", title="Evening")


def run_cli(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hosting.cli", *arguments], capture_output=True, text=True, timeout=60, check=False
    )


def push_revision(served: HostingServer, team: dict[str, str], rev: int) -> requests.Response:
    headers = team | {"If-Match": f'"{rev}"'}
    body = make_push_body(replace(WEBINAR, title=f"Evening {rev}"))
    return requests.put(f"{served.url}/api/webinars/evening", data=body, headers=headers, timeout=20)


def test_a_backup_of_a_running_hosting_is_restored_with_a_new_epoch(
    serve: Callable[..., HostingServer], tmp_path: Path
):
    folder, file = tmp_path / "served", tmp_path / "backup.db"
    served = serve()
    team = served.sign_in_owner()
    assert push_revision(served, team, 0).status_code == 200
    stop = threading.Event()
    pushed = [1]

    def keep_pushing() -> None:
        while not stop.is_set():
            assert push_revision(served, team, pushed[0]).status_code == 200
            pushed[0] += 1

    busy = threading.Thread(target=keep_pushing)
    busy.start()
    completed = run_cli("backup", str(file), "--data", str(folder))
    stop.set()
    busy.join()
    assert (completed.returncode, completed.stdout.strip()) == (0, str(file)), completed.stderr
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rev = connection.execute("SELECT rev FROM webinar").fetchone()[0]
    assert 1 <= rev <= pushed[0]
    push_revision(served, team, pushed[0])

    response = run_cli("restore", str(file), "--data", str(folder))
    assert response.returncode == 1
    assert "Stop it" in response.stderr
    assert requests.get(f"{served.url}/api/webinars", headers=team, timeout=20).status_code == 200

    epoch = served.epoch
    assert served.stop() == 0
    restored = run_cli("restore", str(file), "--data", str(folder))
    assert restored.returncode == 0, restored.stderr
    assert "before-restore" in restored.stdout
    again = serve()
    listed: dict[str, Any] = requests.get(f"{again.url}/api/webinars", headers=team, timeout=20).json()
    assert listed["webinars"][0]["rev"] == rev
    assert listed["epoch"] == again.epoch != epoch
    assert again.stop() == 0


def test_the_epoch_survives_a_kill_and_a_restart(serve: Callable[..., HostingServer]):
    first = serve()
    first.sign_in_owner()
    first.kill()
    second = serve()
    assert second.epoch == first.epoch
    assert second.first_key == ""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make the data folder of a hosting that does not run."""
    HostingDatabase(tmp_path / "hosting").close()
    return tmp_path / "hosting"


def test_restoring_an_invalid_backup_changes_nothing(folder: Path, tmp_path: Path):
    before = (folder / "hosting.db").read_bytes()
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE something (it)")
    truncated_backup = tmp_path / "torn.db"
    backups.create_backup(folder, truncated_backup)
    truncated_backup.write_bytes(truncated_backup.read_bytes()[:8_192])
    text = tmp_path / "text.db"
    text.write_text("no database")
    for wrong in (other, truncated_backup, text, tmp_path / "missing.db", tmp_path):
        with pytest.raises(KnownError) as error_info:
            backups.restore_backup(folder, wrong)
        assert error_info.value.code == "backup.unreadable", wrong
    assert (folder / "hosting.db").read_bytes() == before


def test_a_failed_backup_keeps_the_previous_one(folder: Path, tmp_path: Path):
    with pytest.raises(KnownError) as error_info:
        backups.create_backup(folder, tmp_path / "missing" / "backup.db")
    assert error_info.value.code == "backup.unwritable"
    with pytest.raises(KnownError) as error_info:
        backups.create_backup(tmp_path / "nothing", tmp_path / "backup.db")
    assert error_info.value.code == "hosting.no_database"
    backups.create_backup(folder, tmp_path / "backup.db")
    backups.create_backup(folder, tmp_path / "backup.db")
    assert [path.name for path in tmp_path.glob("*backup.db*")] == ["backup.db"]


def test_a_backup_is_restored_into_an_empty_folder(folder: Path, tmp_path: Path):
    backups.create_backup(folder, tmp_path / "backup.db")
    assert backups.restore_backup(tmp_path / "new", tmp_path / "backup.db") is None
    database = HostingDatabase(tmp_path / "new")
    epoch = database.load_epoch()
    database.close()
    old = HostingDatabase(folder)
    assert old.load_epoch() != epoch
    old.close()
