"""The media bin panel: listing, importing, trimming, relinking, replacing and removing the webinar's media."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QMessageBox, QToolButton, QVBoxLayout, QWidget

from editor.schedule.model import Media, Offer
from editor.schedule.operations import AddMedia, RemoveMedia, ReplaceMedia
from editor.settings import Settings
from ui.media_bin.delegate import RowDelegate
from ui.media_bin.list_model import ROW_ROLE, BinListModel, BinRow
from ui.media_bin.list_view import BinListView
from ui.media_bin.sidecars import RecordingSidecars, find_recording_sidecars
from ui.media_bin.source_marks import SourceMarks
from ui.media_bin.trim_editor import TrimEditor
from ui.services.media_service import MediaService
from ui.services.task_runner import TaskRunner
from ui.state.document_controller import DocumentController
from ui.state.selection import Selection
from ui.style import theme
from ui.text.formatter import Formatter
from ui.text.plain_text import to_mnemonic_text
from ui.widgets import basics
from ui.widgets.basics import make_message_box
from ui.widgets.file_dialogs import FileDialogs


class MediaBin(QWidget):
    """The panel that lists the webinar's media with the commands for them, and offers them for insertion.

    Inserting is only asked for, by `place_requested`. Edits of the document run in the background.

    Args:
        controller: the open webinar.
        media_service: the library's media.
        tasks: runs background tasks.
        formatter: words times and errors in the language of the window.
        settings: remember the folder of the file dialogs.
        selection: the selected segments.
        marks: the marked ranges of media, which the panel edits.
        file_dialogs: asks for files; None makes one.
        parent: Qt's owner.
    """

    place_requested = Signal(object, object, object)
    """A `Media`, its in-point and its out-point in milliseconds (None for its beginning, its end), to be inserted at
    the playhead; or a tuple of several, to be inserted one after another with their marked ranges."""

    def __init__(
        self,
        controller: DocumentController,
        media_service: MediaService,
        tasks: TaskRunner,
        formatter: Formatter,
        settings: Settings,
        *,
        selection: Selection,
        marks: SourceMarks,
        file_dialogs: FileDialogs | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._media_service = media_service
        self._tasks = tasks
        self._formatter = formatter
        self._selection = selection
        self._marks = marks
        self._saved_selection: tuple[tuple[str, ...], int] = ((), 0)
        self._file_dialogs = file_dialogs or FileDialogs(settings, self)
        self._rows = BinListModel(controller, media_service, marks, formatter)
        self._rows.setParent(self)
        self._view = BinListView(self)
        self._view.setModel(self._rows)
        self._view.setItemDelegate(RowDelegate(media_service, self._view))
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._trim = TrimEditor(media_service, marks, formatter, self)
        self._missing_label = basics.make_label("error", wrap=True)
        self._hosted_label = basics.make_label("quiet", wrap=True)
        self._relink_button = basics.make_button("link")
        self._get_button = basics.make_button("link")
        self._missing_bar = QWidget(self)
        self._import_button = _make_wide_button()
        self._record_button = _make_wide_button()
        self._lay_out()
        self._view.files_received.connect(self.import_files)
        self._view.place_requested.connect(self._place_selected)
        self._view.remove_requested.connect(self._remove_selected)
        self._view.customContextMenuRequested.connect(self._open_menu)
        self._view.selectionModel().selectionChanged.connect(self._show_trim)
        self._rows.modelAboutToBeReset.connect(self._save_selection)
        self._rows.modelReset.connect(self._restore_selection)
        self._rows.dataChanged.connect(self._show_missing_count)
        self._rows.modelReset.connect(self._show_missing_count)
        self._relink_button.clicked.connect(self.ask_relink)
        self._get_button.clicked.connect(lambda: self._media_service.proxies.fetch(self._find_fetchable()))
        self._import_button.clicked.connect(self.ask_import)
        self._record_button.clicked.connect(self.ask_recording)
        formatter.language_changed.connect(self.retranslate)
        controller.read_only_changed.connect(self._show_read_only)
        self.retranslate()
        self._show_read_only()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 6, 8, 6)
        head.setSpacing(8)
        head.addWidget(self._import_button)
        head.addWidget(self._record_button)
        head.addStretch(1)
        labels = QVBoxLayout()
        labels.setSpacing(0)
        labels.addWidget(self._missing_label)
        labels.addWidget(self._hosted_label)
        first = QHBoxLayout()
        first.addLayout(labels, 1)
        first.addWidget(self._relink_button)
        lost = QVBoxLayout(self._missing_bar)
        lost.setContentsMargins(12, 4, 8, 4)
        lost.setSpacing(0)
        lost.addLayout(first)
        lost.addWidget(self._get_button, 0, Qt.AlignmentFlag.AlignRight)
        self._missing_bar.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._missing_bar)
        column.addWidget(self._view, 1)
        column.addWidget(self._trim)

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        It is called by itself after a change of language.
        """
        self._view.setAccessibleName(self.tr("Media"))
        self._import_button.setText(self.tr("Import…"))
        self._import_button.setToolTip(self.tr("Import media (Ctrl+I)"))
        self._record_button.setText(self.tr("Recording…"))
        self._record_button.setToolTip(
            self.tr("Import a recording made with another tool, with its captions and chat (Ctrl+Shift+I)")
        )
        self._relink_button.setText(self.tr("Relink…"))
        self._relink_button.setToolTip(
            self.tr("Look for the missing files in another folder; their content decides, not their names")
        )
        self._get_button.setToolTip(self.tr("Show the server's prepared copies in previews"))
        self._show_missing_count()
        self._apply_theme()
        self._view.viewport().update()

    def _apply_theme(self) -> None:
        colour = theme.look_of(self).text
        self._import_button.setIcon(theme.icon("import", colour))
        self._record_button.setIcon(theme.icon("kind-recording", colour))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the buttons' icons in the colours of the theme anew when Qt reports another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_record_button"):
            self._apply_theme()

    def _show_read_only(self) -> None:
        self._record_button.setEnabled(not self._controller.read_only)
        self._import_button.setEnabled(not self._controller.read_only)
        self._view.setAcceptDrops(not self._controller.read_only)

    # -------------------------------------------------------------------------------------- importing files

    def ask_import(self) -> None:
        """Open a file dialog for media, and import the chosen files in the background (Ctrl+I).

        Nothing happens if the user cancels.
        """
        paths = self._file_dialogs.choose_media(self)
        if paths:
            self.import_files(paths)

    def import_files(self, paths: tuple[Path, ...]) -> None:
        """Import files in the background, and add their media to the webinar as one edit; the first one is selected.

        Media that the webinar has already are not added again. Failures are posted as one message.
        """
        self._media_service.import_files(paths, self._add_to_webinar)

    def ask_recording(self) -> None:
        """Open a file dialog for a recording, and import it, with its captions and chat if the user wants them.

        Captions and chat are looked for in the background, beside the recording.
        """
        path = self._file_dialogs.choose_recording(self)
        if path is None:
            return

        def on_found(found: RecordingSidecars) -> None:
            wanted = self._ask_sidecars(found)
            if wanted is not None:
                self.import_recording(path, wanted)

        self._tasks.run(
            self.tr("Looking for files that belong to {name}").format(name=path.name),
            lambda _: find_recording_sidecars(path),
            done=on_found,
            quiet=True,
        )

    def import_recording(self, path: Path, sidecars: RecordingSidecars) -> None:
        """Import a video in the background, mark it as a recording, and attach its captions.

        Args:
            path: the video.
            sidecars: the caption files and the chat, which becomes the speaker notes of a segment inserted later.
        """

        def on_imported(media: tuple[Media, ...]) -> None:
            self._marks.set_recording(media[0].sha256, recording=True, chat=sidecars.chat)
            self._add_to_webinar(media)
            self._attach_in_turn(media[0], sidecars.captions)

        self._media_service.import_files((path,), on_imported)

    def _attach_in_turn(self, media: Media, captions: tuple[Path, ...]) -> None:
        """Attach caption files one after another, since each needs the media with the tracks before it."""
        if not captions:
            return

        def on_attached(updated: Media) -> None:
            self._add_to_webinar((updated,))
            self._attach_in_turn(updated, captions[1:])

        self._media_service.attach_captions(media, captions[0], on_attached)

    def _ask_sidecars(self, sidecars: RecordingSidecars) -> RecordingSidecars | None:
        """Ask whether to import the files beside a recording; return None where the user cancels."""
        if not sidecars.captions and sidecars.chat_file is None:
            return sidecars
        box = make_message_box(self)
        box.setIconPixmap(theme.pixmap("kind-recording", 40, theme.look_of(self).text, self.devicePixelRatioF()))
        box.setText(self.tr("Some files beside this recording seem to belong to it. Import them as well?"))
        box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
        names = [self.tr("Subtitles: {name}").format(name=each.name) for each in sidecars.captions]
        if sidecars.chat_file is not None:
            names.append(self.tr("Chat, imported as speaker notes: {name}").format(name=sidecars.chat_file.name))
        box.setInformativeText("\n".join(names))
        checkbox = QCheckBox(self.tr("Import them too"), box)
        checkbox.setChecked(True)
        box.setCheckBox(checkbox)
        if box.exec() != QMessageBox.StandardButton.Ok:
            return None
        return sidecars if checkbox.isChecked() else RecordingSidecars()

    def _add_to_webinar(self, media: tuple[Media, ...]) -> None:
        """Add media to the webinar where it does not have them in exactly this form."""
        known = self._controller.webinar.media
        new = tuple(each for each in media if known.get(each.sha256) != each)
        if new:
            self._controller.edit(AddMedia(media=new), lambda _: self._select(new[0].sha256))

    def _save_selection(self) -> None:
        self._saved_selection = (
            tuple(media.sha256 for media in self.selected()),
            self._view.verticalScrollBar().value(),
        )

    def _restore_selection(self) -> None:
        """Restore selection and scroll position after the rows have changed."""
        chosen, scrolled = self._saved_selection
        model = self._view.selectionModel()
        rows = [row for sha256 in chosen if (row := self._rows.find_row(sha256)) is not None]
        for row in rows:
            model.setCurrentIndex(self._rows.index(row), model.SelectionFlag.Select)
        self._view.verticalScrollBar().setValue(scrolled)
        self._show_trim()

    def _select(self, sha256: str) -> None:
        row = self._rows.find_row(sha256)
        if row is not None:
            self._view.setCurrentIndex(self._rows.index(row))

    # -------------------------------------------------------------------------------------------- selection

    def selected(self) -> tuple[Media, ...]:
        """Return the media of the selected rows, in the order of the list; files being imported are left out."""
        rows = sorted(index.row() for index in self._view.selectedIndexes())
        return tuple(media for row in rows if (media := self._rows.media_at(row)) is not None)

    def _place_selected(self) -> None:
        chosen = self.selected()
        if len(chosen) == 1:
            mark = self._marks.get(chosen[0].sha256)
            self.place_requested.emit(chosen[0], mark.in_ms, mark.out_ms)
        elif chosen:
            self.place_requested.emit(chosen, None, None)

    def _remove_selected(self) -> None:
        unused = tuple(row.media.sha256 for row in self._selected_rows() if row.media is not None and not row.used)
        if unused:
            self._controller.edit(RemoveMedia(media=unused))

    def _selected_rows(self) -> list[BinRow]:
        return [index.data(ROW_ROLE) for index in self._view.selectedIndexes()]

    def _show_trim(self) -> None:
        chosen = self.selected()
        self._trim.show_media(chosen[0] if len(chosen) == 1 else None)

    # --------------------------------------------------------------------------------------------- the menu

    def _open_menu(self, where: QPoint) -> None:
        menu = self.menu()
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self._view.viewport().mapToGlobal(where))

    def menu(self) -> QMenu | None:
        """Return a new context menu of the selected media, owned by the panel; None where none is selected."""
        rows = self._selected_rows()
        chosen = self.selected()
        if not chosen:
            return None
        menu = QMenu(self)
        editable = not self._controller.read_only
        one = chosen[0] if len(chosen) == 1 else None

        def add(icon: str, text: str, do: Callable[[], object], *, enabled: bool = True) -> None:
            action = menu.addAction(theme.icon(icon), to_mnemonic_text(text))
            action.triggered.connect(lambda _checked=False: do())
            action.setEnabled(enabled)

        add("play", self.tr("Place at the playhead"), self._place_selected, enabled=editable)
        if one is not None and one.kind == "video":
            recording = rows[0].kind == "recording"
            add(
                "kind-video" if recording else "kind-recording",
                self.tr("Place as a video") if recording else self.tr("Place as an imported recording"),
                lambda: self._marks.set_recording(one.sha256, not recording),
            )
        if one is not None and one.duration_ms:
            add("captions", self.tr("Attach subtitles…"), lambda: self._ask_subtitles(one), enabled=editable)
        segment = self._segment_to_fill()
        if one is not None and segment is not None:
            add(
                "replace",
                self.tr("Use in the selected segment"),
                lambda: self._controller.edit(ReplaceMedia(segment=segment, media=one)),
                enabled=editable,
            )
        menu.addSeparator()
        if any(row.state in {"missing", "hosted"} for row in rows):
            add("relink", self.tr("Relink…"), self.ask_relink)
        gettable = [each.sha256 for each in chosen if each.sha256 in self._find_fetchable()]
        if gettable:
            add("hosted", self.tr("Get from the server"), lambda: self._media_service.proxies.fetch(gettable))
        path = self._media_service.get_path(one.sha256) if one is not None else None
        if path is not None:
            add("folder", self.tr("Show in folder"), lambda: _show_in_folder(path))
        unused = any(not row.used for row in rows)
        add("remove", self.tr("Remove from the bin"), self._remove_selected, enabled=editable and unused)
        return menu

    def _segment_to_fill(self) -> str | None:
        primary = self._selection.primary
        segment = self._controller.webinar.find_segment(primary) if primary is not None else None
        return None if segment is None or isinstance(segment, Offer) else segment.id

    def ask_replace(self, segment_id: str) -> None:
        """Open a file dialog for a file that replaces a segment's media; position and offers stay.

        The file is imported in the background first. Nothing happens for a segment without media, or one that is gone.
        """
        segment = self._controller.webinar.find_segment(segment_id)
        sha256 = getattr(segment, "media", None)
        if segment is None or sha256 is None:
            return
        known = self._controller.webinar.media.get(sha256)
        path = self._file_dialogs.choose_replacement(self, segment.title or (known.name if known is not None else ""))
        if path is not None:
            self._media_service.import_files(
                (path,), lambda media: self._controller.edit(ReplaceMedia(segment=segment_id, media=media[0]))
            )

    def _ask_subtitles(self, media: Media) -> None:
        path = self._file_dialogs.choose_subtitles(self, media.name)
        if path is not None:
            self._media_service.attach_captions(media, path, lambda updated: self._add_to_webinar((updated,)))

    def _in_state(self, *states: str) -> list[str]:
        return [sha256 for sha256 in self._controller.webinar.media if self._media_service.get_state(sha256) in states]

    def _find_fetchable(self) -> list[str]:
        """Return the missing media whose proxies can be requested from the server."""
        return [sha256 for sha256 in self._in_state("missing") if self._media_service.proxies.can_fetch(sha256)]

    def _show_missing_count(self) -> None:
        """Show how many files are missing or shown by proxies, with the buttons that help."""
        proxies, hosted, gettable = self._media_service.proxies, len(self._in_state("hosted")), self._find_fetchable()
        lost = len([each for each in self._in_state("missing") if proxies.get_progress(each) is None])
        self._missing_label.setText(self.tr("%n file(s) missing", "", lost))
        self._missing_label.setVisible(lost > 0)
        self._hosted_label.setText(self.tr("%n prepared copy(ies) from the server", "", hosted))
        self._hosted_label.setVisible(hosted > 0)
        self._missing_bar.setVisible(lost + hosted > 0)
        sizes = [proxies.get_size(each) for each in gettable]
        known = sum(size for size in sizes if size is not None)
        get_text = self.tr("Get from the server")
        if gettable and None not in sizes:
            get_text = self.tr("Get from the server ({size})").format(size=self._formatter.format_size(known))
        self._get_button.setText(to_mnemonic_text(get_text))
        self._get_button.setVisible(bool(gettable))

    def ask_relink(self) -> None:
        """Open a dialog for a folder, and search it in the background, by content, for every file that is missing here.

        Files of which only the server's prepared copy is here count as missing. Without missing files nothing happens.
        """
        lost = self._in_state("missing", "hosted")
        folder = self._file_dialogs.choose_folder(self) if lost else None
        if folder is not None:
            self._media_service.relink((folder,), lost)


def _make_wide_button() -> QToolButton:
    button = QToolButton()
    button.setObjectName("wide")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setIconSize(QSize(16, 16))
    return button


def _show_in_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
