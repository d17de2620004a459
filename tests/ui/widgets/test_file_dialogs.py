from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from ui.widgets.file_dialogs import FileDialogs


def test_dialogs_open_where_the_last_file_was_and_at_home_when_that_is_gone(settings, tmp_path):
    there = tmp_path / "films"
    there.mkdir()
    choosing = FileDialogs(settings)
    choosing._store_folder(str(there))
    assert choosing._folder == str(there)
    there.rmdir()
    assert choosing._folder == str(Path.home())


def test_the_dialog_for_pictures_offers_the_suffixes_of_images_and_all_files(settings, monkeypatch):
    filters = []

    def note_filter(_parent, _title, _folder, offered):
        filters.append(offered)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", note_filter)
    assert FileDialogs(settings).choose_picture(None) is None
    assert filters == ["Images (*.png *.jpg *.jpeg *.webp);;All files (*)"]
