"""What the editor keeps is for its user alone, whatever the mask; what it exports on purpose keeps the mask."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from editor.media.prepare.preparation import prepare
from editor.private_files import make_private_folder, tighten_permissions
from editor.sync.connections import Connection
from editor.workspace import Workspace


@pytest.fixture
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


def fill_library(root: Path) -> str:
    """Make a library with a file of every kind; return the webinar's id."""
    picture = root.parent / "picture.png"
    Image.new("RGB", (64, 48), "red").save(picture)
    captions = root.parent / "words.vtt"
    captions.write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n")
    with Workspace(root) as workspace:
        assert workspace.library
        workspace.settings["daily_copies"] = 3
        webinar_id = workspace.create_webinar("Evening", zone="Europe/Paris")
        media = workspace.catalog.add_file(picture)
        workspace.catalog.store_captions(captions)
        prepare(workspace.catalog, media)
        workspace.save_version(webinar_id, "first")
        workspace.connections.save(Connection(address="https://webinars.example.org"), "token")
        assert (root / "library.db-wal").exists()
        assert list_public(root) == []
    return webinar_id


@pytest.mark.usefixtures("open_mask")
def test_a_library_is_private_whatever_the_mask(tmp_path: Path):
    root = tmp_path / "library"
    fill_library(root)
    with Workspace(root) as workspace:  # a backup is made at the next day's start, here by force
        assert workspace.library
        from editor.library.backups import make_backup, restore_backup

        assert make_backup(root, workspace._now().date(), keep=3, force=True)
    restore_backup(root)
    assert list_public(root) == []


@pytest.mark.usefixtures("open_mask")
def test_a_library_of_an_earlier_version_becomes_private(tmp_path: Path):
    root = tmp_path / "library"
    fill_library(root)
    for path in (root, *root.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (root / "of-the-user.txt").write_text("not ours")
    with Workspace(root) as workspace:
        assert workspace.library
    assert list_public(root) == ["666 of-the-user.txt"]


@pytest.mark.usefixtures("open_mask")
def test_a_bundle_keeps_the_mask(tmp_path: Path):
    root = tmp_path / "library"
    webinar_id = fill_library(root)
    with Workspace(root) as workspace:
        workspace.export_bundle(webinar_id, tmp_path / "evening.matinee")
        assert stat.S_IMODE((tmp_path / "evening.matinee").stat().st_mode) == 0o666
        workspace.import_bundle(tmp_path / "evening.matinee")
    assert list_public(root) == []


@pytest.mark.usefixtures("open_mask")
def test_links_are_not_followed(tmp_path: Path):
    (tmp_path / "outside").mkdir(mode=0o755)
    (tmp_path / "outside" / "file").write_text("of somebody else")
    make_private_folder(tmp_path / "a" / "b")
    (tmp_path / "a" / "b" / "link").symlink_to(tmp_path / "outside")
    tighten_permissions([tmp_path / "a", tmp_path / "a" / "b" / "link", tmp_path / "absent"])
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("outside", "outside/file", "a", "a/b")] == [
        0o755,
        0o666,
        0o700,
        0o700,
    ]
