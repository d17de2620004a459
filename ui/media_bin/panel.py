"""The media bin: what the webinar has to show, how it stands, and the ways in and out of it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QMessageBox, QToolButton, QVBoxLayout, QWidget

from editor.schedule.model import Media
from editor.schedule.operations import ForgetMedia, KnowMedia, ReplaceMedia
from editor.settings import Settings
from ui import parts, theme
from ui.bridge import Bridge
from ui.media_bin.choosing import Choosing
from ui.media_bin.companions import Along, found_beside
from ui.media_bin.delegate import RowDelegate
from ui.media_bin.marks import Marks
from ui.media_bin.rows import ROW, Row, Rows
from ui.media_bin.trim import TrimEditor
from ui.media_bin.view import BinView
from ui.media_desk import MediaDesk
from ui.selection import Selection
from ui.tasks import Tasks
from ui.words import Words


class MediaBin(QWidget):
    """Lists the webinar's media; imports, trims, relinks, replaces and forgets them; offers them for placing."""

    place_asked = Signal(object, object, object)
    """A `Media`, its in-point and its out-point (None for its beginning, its end), to be placed at the playhead; or a
    tuple of several, one after another, each as it is marked."""

    def __init__(
        self,
        bridge: Bridge,
        desk: MediaDesk,
        tasks: Tasks,
        words: Words,
        settings: Settings,
        *,
        selection: Selection,
        marks: Marks,
        choosing: Choosing | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._desk = desk
        self._tasks = tasks
        self._words = words
        self._selection = selection
        self._marks = marks
        self._remembered: tuple[tuple[str, ...], int] = ((), 0)
        self._choosing = choosing or Choosing(settings, self)
        self._rows = Rows(bridge, desk, marks, words)
        self._rows.setParent(self)
        self._view = BinView(self)
        self._view.setModel(self._rows)
        self._view.setItemDelegate(RowDelegate(desk, self._view))
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._trim = TrimEditor(desk, marks, words, self)
        self._missing = parts.label("error", wrap=True)
        self._hosted = parts.label("quiet", wrap=True)
        self._relink = parts.button("link")
        self._get = parts.button("link")
        self._lost = QWidget(self)
        self._import = _wide_button()
        self._record = _wide_button()
        self._lay_out()
        self._view.files_given.connect(self.take)
        self._view.place_wanted.connect(self._place_selected)
        self._view.remove_wanted.connect(self._forget_selected)
        self._view.customContextMenuRequested.connect(self._open_menu)
        self._view.selectionModel().selectionChanged.connect(self._show_trim)
        self._rows.modelAboutToBeReset.connect(self._remember_selected)
        self._rows.modelReset.connect(self._select_again)
        self._rows.dataChanged.connect(self._count_missing)
        self._rows.modelReset.connect(self._count_missing)
        self._relink.clicked.connect(self.ask_relink)
        self._get.clicked.connect(lambda: self._desk.stand_ins.get(self._gettable()))
        self._import.clicked.connect(self.ask_import)
        self._record.clicked.connect(self.ask_recording)
        words.language_changed.connect(self.retranslate)
        bridge.read_only_changed.connect(self._show_read_only)
        self.retranslate()
        self._show_read_only()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 6, 8, 6)
        head.setSpacing(8)
        head.addWidget(self._import)
        head.addWidget(self._record)
        head.addStretch(1)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self._missing)
        said.addWidget(self._hosted)
        first = QHBoxLayout()
        first.addLayout(said, 1)
        first.addWidget(self._relink)
        lost = QVBoxLayout(self._lost)
        lost.setContentsMargins(12, 4, 8, 4)
        lost.setSpacing(0)
        lost.addLayout(first)
        lost.addWidget(self._get, 0, Qt.AlignmentFlag.AlignRight)
        self._lost.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._lost)
        column.addWidget(self._view, 1)
        column.addWidget(self._trim)

    def retranslate(self) -> None:
        """Say it in the language in force."""
        self._view.setAccessibleName(self.tr("Media"))
        self._import.setText(self.tr("Import…"))
        self._import.setToolTip(self.tr("Import media (Ctrl+I)"))
        self._record.setText(self.tr("Recording…"))
        self._record.setToolTip(self.tr("Import a video from another tool, with its captions and chat (Ctrl+Shift+I)"))
        self._relink.setText(self.tr("Relink…"))
        self._relink.setToolTip(self.tr("Look for them in another folder, by their content"))
        self._get.setToolTip(self.tr("Show the copies that the hosting prepared of them"))
        self._count_missing()
        self._dress()
        self._view.viewport().update()

    def _dress(self) -> None:
        colour = theme.look_of(self).text
        self._import.setIcon(theme.icon("import", colour))
        self._record.setIcon(theme.icon("kind-recording", colour))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_record"):
            self._dress()

    def _show_read_only(self) -> None:
        self._record.setEnabled(not self._bridge.read_only)
        self._import.setEnabled(not self._bridge.read_only)
        self._view.setAcceptDrops(not self._bridge.read_only)

    # ---------------------------------------------------------------------------------------------- the way in

    def ask_import(self) -> None:
        """Choose files and take them in (Ctrl+I)."""
        paths = self._choosing.media(self)
        if paths:
            self.take(paths)

    def take(self, paths: tuple[Path, ...]) -> None:
        """Take files in; each shows in the list as soon as it is known what it is."""
        self._desk.take(paths, self._know)

    def ask_recording(self) -> None:
        """Choose the video of another tool, and look in the background for what lies beside it."""
        path = self._choosing.recording(self)
        if path is None:
            return

        def found(along: Along) -> None:
            wanted = self._offer_companions(along)
            if wanted is not None:
                self.take_recording(path, wanted)

        self._tasks.run(
            self.tr("Looking what belongs to {name}").format(name=path.name),
            lambda _: found_beside(path),
            done=found,
            quiet=True,
        )

    def take_recording(self, path: Path, along: Along) -> None:
        """Take a video in as a recording, with these subtitles and this chat."""

        def came(media: tuple[Media, ...]) -> None:
            self._marks.call_recording(media[0].sha256, recording=True, chat=along.chat)
            self._know(media)
            self._attach_in_turn(media[0], along.captions)

        self._desk.take((path,), came)

    def _attach_in_turn(self, media: Media, captions: tuple[Path, ...]) -> None:
        """Attach one subtitle file after another: each knows of those before it."""
        if not captions:
            return

        def attached(better: Media) -> None:
            self._know((better,))
            self._attach_in_turn(better, captions[1:])

        self._desk.attach_captions(media, captions[0], attached)

    def _offer_companions(self, found: Along) -> Along | None:
        """Ask which of the files beside a recording come along; None gives the import up."""
        if not found.captions and found.chat_file is None:
            return found
        box = QMessageBox(self)
        box.setIconPixmap(theme.pixmap("kind-recording", 40, theme.look_of(self).text, self.devicePixelRatioF()))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("There are files that seem to belong to this recording. Import them with it?"))
        box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
        names = [self.tr("Subtitles: {name}").format(name=each.name) for each in found.captions]
        if found.chat_file is not None:
            names.append(self.tr("Chat, kept as speaker notes: {name}").format(name=found.chat_file.name))
        box.setInformativeText("\n".join(names))
        wanted = QCheckBox(self.tr("Import them too"), box)
        wanted.setChecked(True)
        box.setCheckBox(wanted)
        if box.exec() != QMessageBox.StandardButton.Ok:
            return None
        return found if wanted.isChecked() else Along()

    def _know(self, media: tuple[Media, ...]) -> None:
        """Make media known to the webinar, where it does not know them just so already."""
        known = self._bridge.webinar.media
        new = tuple(each for each in media if known.get(each.sha256) != each)
        if new:
            self._bridge.edit(KnowMedia(media=new), lambda _: self._select(new[0].sha256))

    def _remember_selected(self) -> None:
        self._remembered = (tuple(media.sha256 for media in self.selected()), self._view.verticalScrollBar().value())

    def _select_again(self) -> None:
        """Rows came or went; what was selected still is."""
        chosen, scrolled = self._remembered
        model = self._view.selectionModel()
        rows = [row for sha256 in chosen if (row := self._rows.row_of(sha256)) is not None]
        for row in rows:
            model.setCurrentIndex(self._rows.index(row), model.SelectionFlag.Select)
        self._view.verticalScrollBar().setValue(scrolled)
        self._show_trim()

    def _select(self, sha256: str) -> None:
        row = self._rows.row_of(sha256)
        if row is not None:
            self._view.setCurrentIndex(self._rows.index(row))

    # ---------------------------------------------------------------------------------------------- the way out

    def selected(self) -> tuple[Media, ...]:
        """The media selected in the list, in its order."""
        rows = sorted(index.row() for index in self._view.selectedIndexes())
        return tuple(media for row in rows if (media := self._rows.media_at(row)) is not None)

    def _place_selected(self) -> None:
        chosen = self.selected()
        if len(chosen) == 1:
            mark = self._marks.of(chosen[0].sha256)
            self.place_asked.emit(chosen[0], mark.in_ms, mark.out_ms)
        elif chosen:
            self.place_asked.emit(chosen, None, None)

    def _forget_selected(self) -> None:
        unused = tuple(row.media.sha256 for row in self._selected_rows() if row.media is not None and not row.used)
        if unused:
            self._bridge.edit(ForgetMedia(media=unused))

    def _selected_rows(self) -> list[Row]:
        return [index.data(ROW) for index in self._view.selectedIndexes()]

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
        """What can be done with what is selected; None where nothing is."""
        rows = self._selected_rows()
        chosen = self.selected()
        if not chosen:
            return None
        menu = QMenu(self)
        editable = not self._bridge.read_only
        one = chosen[0] if len(chosen) == 1 else None

        def add(icon: str, text: str, do: Callable[[], object], *, enabled: bool = True) -> None:
            action = menu.addAction(theme.icon(icon), text)
            action.triggered.connect(lambda _checked=False: do())
            action.setEnabled(enabled)

        add("play", self.tr("Place at the playhead"), self._place_selected, enabled=editable)
        if one is not None and one.kind == "video":
            recording = rows[0].kind == "recording"
            add(
                "kind-video" if recording else "kind-recording",
                self.tr("Place as a video") if recording else self.tr("Place as a recording"),
                lambda: self._marks.call_recording(one.sha256, not recording),
            )
        if one is not None and one.duration_ms:
            add("captions", self.tr("Attach subtitles…"), lambda: self._ask_subtitles(one), enabled=editable)
        segment = self._segment_to_fill()
        if one is not None and segment is not None:
            add(
                "replace",
                self.tr("Put into the selected segment"),
                lambda: self._bridge.edit(ReplaceMedia(segment=segment, media=one)),
                enabled=editable,
            )
        menu.addSeparator()
        if any(row.state in {"missing", "hosted"} for row in rows):
            add("relink", self.tr("Relink…"), self.ask_relink)
        gettable = [each.sha256 for each in chosen if each.sha256 in self._gettable()]
        if gettable:
            add("hosted", self.tr("Get from the hosting"), lambda: self._desk.stand_ins.get(gettable))
        path = self._desk.path(one.sha256) if one is not None else None
        if path is not None:
            add("folder", self.tr("Show in folder"), lambda: _show_in_folder(path))
        unused = any(not row.used for row in rows)
        add("remove", self.tr("Remove from bin"), self._forget_selected, enabled=editable and unused)
        return menu

    def _segment_to_fill(self) -> str | None:
        primary = self._selection.primary
        segment = self._bridge.webinar.find(primary) if primary is not None else None
        return segment.id if segment is not None and hasattr(segment, "media") else None

    def ask_replace(self, segment_id: str) -> None:
        """Choose a file that takes the place of a segment's media: same place, same offers."""
        segment = self._bridge.webinar.find(segment_id)
        sha256 = getattr(segment, "media", None)
        if segment is None or sha256 is None:
            return
        known = self._bridge.webinar.media.get(sha256)
        path = self._choosing.take(self, segment.title or (known.name if known is not None else ""))
        if path is not None:
            self._desk.take((path,), lambda media: self._bridge.edit(ReplaceMedia(segment=segment_id, media=media[0])))

    def _ask_subtitles(self, media: Media) -> None:
        path = self._choosing.subtitles(self, media.name)
        if path is not None:
            self._desk.attach_captions(media, path, lambda better: self._know((better,)))

    def _in_state(self, *states: str) -> list[str]:
        return [sha256 for sha256 in self._bridge.webinar.media if self._desk.state(sha256) in states]

    def _gettable(self) -> list[str]:
        """The missing media for which somebody may ask the hosting."""
        return [sha256 for sha256 in self._in_state("missing") if self._desk.stand_ins.can_get(sha256)]

    def _count_missing(self) -> None:
        """Say how many files are missing or only shown as copies, with the ways out."""
        stand_ins, hosted, gettable = self._desk.stand_ins, len(self._in_state("hosted")), self._gettable()
        lost = len([each for each in self._in_state("missing") if stand_ins.percent(each) is None])
        self._missing.setText(self.tr("%n file(s) missing", "", lost))
        self._missing.setVisible(lost > 0)
        self._hosted.setText(self.tr("%n prepared copy(ies) from the hosting", "", hosted))
        self._hosted.setVisible(hosted > 0)
        self._lost.setVisible(lost + hosted > 0)
        sizes = [stand_ins.size(each) for each in gettable]
        known = sum(size for size in sizes if size is not None)
        self._get.setText(
            self.tr("Get from the hosting ({size})").format(size=self._words.size(known))
            if gettable and None not in sizes
            else self.tr("Get from the hosting")
        )
        self._get.setVisible(bool(gettable))

    def ask_relink(self) -> None:
        """Choose a folder, and look there for every file of this webinar that is not here."""
        lost = self._in_state("missing", "hosted")
        folder = self._choosing.folder(self) if lost else None
        if folder is not None:
            self._desk.relink((folder,), lost)


def _wide_button() -> QToolButton:
    made = QToolButton()
    made.setObjectName("wide")
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setIconSize(QSize(16, 16))
    return made


def _show_in_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
