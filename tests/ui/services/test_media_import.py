"""Which files an import means, and what happens to those that cannot be read."""

from pathlib import Path

import pytest

from editor.media.catalog import MediaCatalog
from editor.progress import Progress
from ui.services.media_import import expand_folders, import_all


@pytest.fixture
def locked_folder(tmp_path, monkeypatch) -> Path:
    """A folder that the system does not let us list."""
    folder = tmp_path / "locked"
    folder.mkdir()
    list_folder = Path.iterdir

    def refuse(path: Path):
        if path == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return list_folder(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    return folder


def test_a_folder_stands_for_the_visible_files_directly_in_it(tmp_path):
    for name in ("b.png", "a.png", ".hidden.png"):
        (tmp_path / name).touch()
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "c.png").touch()
    files = (tmp_path / "a.png", tmp_path / "b.png")
    assert expand_folders([tmp_path]) == files
    assert expand_folders([tmp_path / "b.png", tmp_path]) == (files[1], files[0])


def test_a_hidden_file_that_is_named_itself_is_meant(tmp_path):
    (tmp_path / ".hidden.png").touch()
    assert expand_folders([tmp_path / ".hidden.png"]) == (tmp_path / ".hidden.png",)


def test_a_folder_that_cannot_be_listed_is_one_failure_among_the_others(tmp_path, locked_folder):
    text = tmp_path / "notes.txt"
    text.write_text("no media")
    result = import_all(
        MediaCatalog(tmp_path / "library"),
        [locked_folder, text],
        Progress(),
        on_progress=lambda _path, _percent: None,
        on_known=lambda _path, _media: None,
    )
    assert [failure.path for failure in result.failures] == [locked_folder, text]
    assert result.failures[0].error.code == "media.no_file"
