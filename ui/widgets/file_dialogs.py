"""The file dialogs of media bin and inspector: which files they offer, and in which folder they open."""

from collections.abc import Iterable
from contextlib import suppress
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from editor.media.formats.file_suffixes import MEDIA_SUFFIXES, SUBTITLE_SUFFIXES
from editor.settings import Settings


def _make_filter(label: str, suffixes: Iterable[str]) -> str:
    """Return a filter of Qt's file dialog, such as "Images (*.png *.jpg)"."""
    return f"{label} ({' '.join(f'*{suffix}' for suffix in suffixes)})"


class FileDialogs(QObject):
    """The dialogs that ask for media files and folders; each opens in the folder that was used last.

    All of them block until the dialog is closed, and return None (or no files) if the user cancels. They offer files
    by extension, and all files by a second filter.
    """

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    @property
    def _folder(self) -> str:
        movies = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)
        stored = str(self._settings["window"].get("media_folder", movies))
        # QFileDialog takes a folder that does not exist for the name of a file.
        return stored if Path(stored).is_dir() else str(Path.home())

    def _store_folder(self, folder: str) -> None:
        with suppress(OSError):  # the folder is remembered until the application ends
            self._settings["window"] = {**self._settings["window"], "media_folder": folder}

    def choose_media(self, over: QWidget) -> tuple[Path, ...]:
        """Ask for media of any kind, several at once; block, and return no files if the user cancels."""
        # Media are recognized by content, so "All files" offers those without a known extension.
        return self._choose_files(
            over,
            self.tr("Import media"),
            _make_filter(self.tr("Media"), chain(*MEDIA_SUFFIXES.values())),
            self.tr("All files") + " (*)",
        )

    def choose_recording(self, over: QWidget) -> Path | None:
        """Ask for one video that was made with another tool; block, and return None if the user cancels."""
        return self._choose_file(
            over, self.tr("Import a recording"), _make_filter(self.tr("Videos"), MEDIA_SUFFIXES["video"])
        )

    def choose_replacement(self, over: QWidget, name: str) -> Path | None:
        """Ask for one file of any kind to replace a media with; block, and return None if the user cancels.

        Args:
            over: the widget under the dialog.
            name: name of the media, which the title shows.
        """
        return self._choose_file(
            over,
            self.tr("Replace {name}").format(name=name),
            _make_filter(self.tr("Media"), chain(*MEDIA_SUFFIXES.values())),
        )

    def choose_picture(self, over: QWidget) -> Path | None:
        """Ask for one picture; block, and return None if the user cancels."""
        return self._choose_file(
            over, self.tr("Choose a picture"), _make_filter(self.tr("Images"), MEDIA_SUFFIXES["image"])
        )

    def choose_sound(self, over: QWidget) -> Path | None:
        """Ask for one sound track; block, and return None if the user cancels."""
        return self._choose_file(
            over, self.tr("Choose a sound track"), _make_filter(self.tr("Sound"), MEDIA_SUFFIXES["audio"])
        )

    def choose_subtitles(self, over: QWidget, name: str) -> Path | None:
        """Ask for one subtitle file (SubRip or WebVTT) for a media; block, and return None if the user cancels.

        Args:
            over: the widget under the dialog.
            name: name of the media, which the title shows.
        """
        return self._choose_file(
            over,
            self.tr("Subtitles for {name}").format(name=name),
            _make_filter(self.tr("Subtitles"), SUBTITLE_SUFFIXES),
        )

    def choose_folder(self, over: QWidget) -> Path | None:
        """Ask for a folder to search for missing files; block, and return None if the user cancels."""
        chosen = QFileDialog.getExistingDirectory(over, self.tr("Look for missing files in"), self._folder)
        if not chosen:
            return None
        self._store_folder(chosen)
        return Path(chosen)

    def _choose_file(self, over: QWidget, title: str, kinds: str) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(over, title, self._folder, f"{kinds};;{self.tr('All files')} (*)")
        if not chosen:
            return None
        self._store_folder(str(Path(chosen).parent))
        return Path(chosen)

    def _choose_files(self, over: QWidget, title: str, *kinds: str) -> tuple[Path, ...]:
        chosen, _ = QFileDialog.getOpenFileNames(over, title, self._folder, ";;".join(kinds))
        if chosen:
            self._store_folder(str(Path(chosen[0]).parent))
        return tuple(Path(path) for path in chosen)
