"""A data folder is used by one hosting at a time, and is never taken for a new one while it holds somebody's media."""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import requests

from editor.errors import KnownError
from hosting import cli
from hosting.db.data_folder import DATABASE_FILE, has_database
from hosting.db.database import HostingDatabase
from tests.hosting import version_0_1
from tests.hosting.hosting_fixtures import OWNER, HostingServer, upload_content


def run_cli(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hosting.cli", *arguments], capture_output=True, text=True, timeout=60, check=False
    )


def test_a_second_hosting_on_a_folder_is_refused_and_names_the_first(serve: Callable[..., HostingServer]):
    first = serve()
    for port in (0, first.address[1]):
        second = run_cli("serve", "--data", str(first.folder), "--port", str(port))
        assert second.returncode == 1
        assert second.stdout == ""
        assert re.search(rf"process {first.process.pid}, since \d{{4}}-\d\d-\d\dT", second.stderr), second.stderr
        assert str(first.folder) in second.stderr
    first.sign_in_owner()


def test_a_killed_hosting_leaves_no_lock_behind(serve: Callable[..., HostingServer]):
    first = serve()
    first.kill()
    second = serve(folder=first.folder)
    assert str(second.process.pid) in run_cli("serve", "--data", str(first.folder), "--port", "0").stderr
    assert second.stop() == 0
    serve(folder=first.folder)


def test_the_folder_of_a_running_hosting_is_neither_restored_nor_migrated(tmp_path: Path):
    version_0_1.restore_version_0_1(tmp_path)
    HostingDatabase(tmp_path).close()
    assert run_cli("backup", str(tmp_path / "copy.db"), "--data", str(tmp_path)).returncode == 0
    running = HostingDatabase(tmp_path, exclusive=True)
    restored = run_cli("restore", str(tmp_path / "copy.db"), "--data", str(tmp_path))
    assert (restored.returncode, "running" in restored.stderr) == (1, True)
    with running.write() as connection:  # as an older hosting has it, beside which a newer command is started
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(KnownError) as error_info:
        HostingDatabase(tmp_path)
    assert (error_info.value.code, error_info.value.facts["pid"]) == ("hosting.running", str(os.getpid()))
    running.close()


def empty_file(path: Path) -> None:
    path.write_bytes(b"")


def empty_tables(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")


@pytest.mark.parametrize("empty", [Path.unlink, empty_file, empty_tables])
def test_a_missing_database_beside_media_is_refused(
    serve: Callable[..., HostingServer], empty: Callable[[Path], None], tmp_path: Path
):
    first = serve()
    upload_content(requests, first.sign_in_owner(), b"a film", first.url)
    assert run_cli("backup", str(tmp_path / "copy.db"), "--data", str(first.folder)).returncode == 0
    assert first.stop() == 0
    empty(first.folder / DATABASE_FILE)
    before = sorted(path.name for path in first.folder.iterdir())
    second = run_cli("serve", "--data", str(first.folder), "--port", "0")
    assert (second.returncode, second.stdout) == (1, "")
    assert "matinee-host restore" in second.stderr
    assert sorted(path.name for path in first.folder.iterdir()) == before
    assert not has_database(first.folder)
    assert run_cli("restore", str(tmp_path / "copy.db"), "--data", str(first.folder)).returncode == 0
    assert serve(folder=first.folder).sign_in_owner()


def test_a_write_ahead_log_without_its_database_is_refused(tmp_path: Path):
    (tmp_path / f"{DATABASE_FILE}-wal").write_bytes(b"transactions")
    with pytest.raises(KnownError) as error_info:
        HostingDatabase(tmp_path)
    assert error_info.value.code == "hosting.emptied"
    assert (tmp_path / f"{DATABASE_FILE}-wal").read_bytes() == b"transactions"


def test_a_first_start_that_was_killed_is_no_loss(tmp_path: Path):
    (tmp_path / "media" / "files").mkdir(parents=True)
    (tmp_path / DATABASE_FILE).touch()
    HostingDatabase(tmp_path).close()


def test_an_owner_is_created_where_there_is_a_hosting_or_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = tmp_path / "data"
    words = ["owner", OWNER["email"], "--password", OWNER["password"], "--data", str(folder)]
    assert cli.main(words) == 1
    captured = capsys.readouterr()
    assert str(folder) in captured.err
    assert "--create" in captured.err
    assert not folder.exists()
    assert cli.main([*words, "--create"]) == 0
    second = ["owner", "second@example.org", "--password", OWNER["password"], "--data", str(folder)]
    assert cli.main(second) == 0


@pytest.mark.parametrize("words", [["--port", "0", "--data"], ["--data"]])
def test_options_without_a_command_mean_serve(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from hosting.server import uvicorn_runner

    started = []
    monkeypatch.setattr(uvicorn_runner, "run", started.append)
    assert cli.main([*words, str(tmp_path)]) == 0
    monkeypatch.setenv("MATINEE_HOST_DATA", str(tmp_path))
    assert cli.main([]) == 0
    assert [settings.data_folder for settings in started] == [tmp_path, tmp_path]


def test_help_lists_the_commands(capsys: pytest.CaptureFixture[str]):
    assert cli.main(["--help"]) == 0
    printed = capsys.readouterr().out
    assert all(command in printed for command in ("serve", "owner", "backup", "restore"))
