"""What a hosting keeps is for its user alone, whatever the mask: database, logs, media, backups."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from hosting import cli
from hosting.db.data_folder import DATABASE_FILE, LOCK_FILE
from tests.hosting import version_0_1
from tests.hosting.hosting_fixtures import HostingServer, make_upload_headers, upload_content


@pytest.fixture(autouse=True)
def open_mask() -> Iterator[None]:
    """Let every file be readable and writable by everybody, if its maker does not say otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


def list_public(folder: Path) -> list[str]:
    """Return what others have any permission on: the folder itself, and everything in it."""
    return [
        f"{stat.S_IMODE(path.stat().st_mode):o} {path.relative_to(folder)}"
        for path in (folder, *folder.rglob("*"))
        if stat.S_IMODE(path.stat().st_mode) != (0o700 if path.is_dir() else 0o600)
    ]


def test_a_data_folder_is_private(serve: Callable[..., HostingServer], tmp_path: Path):
    running = serve(folder=tmp_path / "data")
    team = running.sign_in_owner()
    upload_content(requests, team, b"a film", running.url)
    started = requests.post(f"{running.url}/api/uploads", headers=team | make_upload_headers(b"part"), timeout=20)
    assert started.status_code == 201
    names = {path.name for path in running.folder.iterdir()}
    assert {DATABASE_FILE, f"{DATABASE_FILE}-wal", f"{DATABASE_FILE}-shm", LOCK_FILE, "media"} <= names
    assert list_public(running.folder) == []
    (tmp_path / "backups").mkdir()
    words = ("--data", str(running.folder))
    assert cli.main(["backup", str(tmp_path / "backups" / "today.db"), *words]) == 0
    assert stat.S_IMODE((tmp_path / "backups" / "today.db").stat().st_mode) == 0o600
    assert running.stop() == 0
    assert cli.main(["restore", str(tmp_path / "backups" / "today.db"), *words]) == 0
    assert any(path.name.startswith("before-restore-") for path in running.folder.iterdir())
    assert list_public(running.folder) == []


def test_a_data_folder_of_an_earlier_version_becomes_private(serve: Callable[..., HostingServer], tmp_path: Path):
    folder = tmp_path / "data"
    version_0_1.restore_first_revision(folder)
    for name in ("media/files/ab/abcd", "media/parts/1", "before-restore-1/hosting.db", "hosting.log"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"content")
    (folder / "of-the-user.txt").write_text("not ours")
    assert len(list_public(folder)) > 8
    serve(folder=folder)
    assert list_public(folder) == ["666 of-the-user.txt"]
    assert len(list((folder / "backups").iterdir())) == 1
