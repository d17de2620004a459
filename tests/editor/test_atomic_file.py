"""Files are replaced whole and durably, and the old file survives a failure."""

import os
import stat
from pathlib import Path

import pytest

from editor import atomic_file


@pytest.fixture
def disk_calls(monkeypatch):
    """Record what reaches the disk, and the rename, in their order."""
    calls = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(handle):
        calls.append("sync folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "sync file")
        real_fsync(handle)

    def replace(source, target, **options):
        calls.append("rename")
        real_replace(source, target, **options)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    return calls


def test_a_file_is_on_the_disk_before_it_gets_its_name_and_the_name_after(tmp_path, disk_calls):
    target = tmp_path / "settings.json"
    target.write_bytes(b"old")
    atomic_file.write_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert disk_calls == ["sync file", "rename", "sync folder"]
    assert list(tmp_path.iterdir()) == [target]


def test_a_cache_does_not_wait_for_the_disk(tmp_path, disk_calls):
    atomic_file.write_atomically(tmp_path / "thumbnail.jpg", b"new", durable=False)
    assert disk_calls == ["rename"]


def test_a_finished_file_is_on_the_disk_before_it_gets_its_name(tmp_path, disk_calls):
    finished, target = tmp_path / "part", tmp_path / "video.mp4"
    finished.write_bytes(b"new")
    target.write_bytes(b"old")
    atomic_file.replace_file(finished, target)
    assert target.read_bytes() == b"new"
    assert disk_calls == ["sync file", "rename", "sync folder"]
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    target = tmp_path / "settings.json"
    target.write_bytes(b"old")

    def write_half():
        with atomic_file.replace_atomically(target) as temporary:
            temporary.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    target = tmp_path / "settings.json"
    target.write_bytes(b"old")

    def fail(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        atomic_file.write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_is_private_from_its_first_byte(tmp_path, monkeypatch):
    modes = []
    real_write_bytes = Path.write_bytes

    def write_bytes(path, data):
        modes.append(stat.S_IMODE(path.stat().st_mode))
        return real_write_bytes(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    atomic_file.write_atomically(tmp_path / "secrets.json", b"{}")
    assert [*modes, stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode)] == [0o600, 0o600]


def test_the_longest_name_and_an_odd_suffix_can_be_replaced(tmp_path):
    for name in ("n" * 255, "a." + "s" * 253):
        atomic_file.write_atomically(tmp_path / name, b"new")
        assert (tmp_path / name).read_bytes() == b"new"


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_that_exists_is_never_moved_over(tmp_path, monkeypatch, has_links):
    if not has_links:
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(PermissionError(1, "no links here")))
    finished, target = tmp_path / "finished", tmp_path / "target"
    finished.write_bytes(b"new")
    atomic_file.move_without_replacing(finished, target)
    assert (target.read_bytes(), finished.exists()) == (b"new", False)
    finished.write_bytes(b"newer")
    with pytest.raises(FileExistsError):
        atomic_file.move_without_replacing(finished, target)
    assert target.read_bytes() == b"new"
