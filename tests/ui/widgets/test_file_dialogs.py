from pathlib import Path

from ui.widgets.file_dialogs import FileDialogs


def test_dialogs_open_where_the_last_file_was_and_at_home_when_that_is_gone(settings, tmp_path):
    there = tmp_path / "films"
    there.mkdir()
    choosing = FileDialogs(settings)
    choosing._store_folder(str(there))
    assert choosing._folder == str(there)
    there.rmdir()
    assert choosing._folder == str(Path.home())
