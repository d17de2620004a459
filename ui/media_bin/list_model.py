"""The list model of the bin: first the files being imported, then the webinar's media by name.

Its rows are computed from the webinar, the media service and the source marks when Qt asks for them.
"""

import re
from collections.abc import Iterable

import msgspec
from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt

from editor.schedule.media_use import find_required_media
from editor.schedule.model import Kind, Media
from ui.media_bin.source_marks import SourceMarks, find_recordings
from ui.services.drag_mime import MEDIA_MIME_TYPE, DragPayload, encode_payloads
from ui.services.media_import import ImportingFile
from ui.services.media_service import MediaService
from ui.state.document_controller import DocumentChange, DocumentController
from ui.text.formatter import Formatter
from ui.text.plain_text import to_tooltip

ROW_ROLE = Qt.ItemDataRole.UserRole
AnyIndex = QModelIndex | QPersistentModelIndex


class BinRow(msgspec.Struct, frozen=True):
    """The values that one row of the bin shows: a media of the webinar, or a file that is being imported; immutable."""

    name: str
    kind: Kind | None
    """None while the file is being imported."""
    facts: str
    """Length, size or number of pages, as text."""
    state: str
    """"ready", "hosted" (a proxy), "missing", "coming" (downloading), "arriving" (importing) or "drawing"."""
    state_text: str
    percent: int | None = None
    media: Media | None = None
    used: bool = False
    part: str = ""
    """The marked range as text; empty for the whole media."""


class BinListModel(QAbstractListModel):
    """The Qt model of the bin: first the files being imported, then the media of the webinar by name ("2" before "10").

    The role `ROW_ROLE` gives a `BinRow`. The model follows the webinar and the media service by itself.

    Args:
        controller: the open webinar.
        media_service: the library's media.
        marks: the marked ranges of media.
        formatter: words times and errors in the language of the window.
    """

    def __init__(
        self, controller: DocumentController, media_service: MediaService, marks: SourceMarks, formatter: Formatter
    ) -> None:
        super().__init__()
        self._controller = controller
        self._media_service = media_service
        self._marks = marks
        self._formatter = formatter
        self._media: list[Media] = []
        self._imports: tuple[ImportingFile, ...] = ()
        self._used: frozenset[str] = frozenset()
        self._recordings: frozenset[str] = frozenset()
        controller.changed.connect(self._on_changed)
        media_service.previews_changed.connect(self._on_previews_changed)
        media_service.lost.connect(self._on_previews_changed)
        media_service.imports_changed.connect(self._on_imports_changed)
        marks.changed.connect(self._on_previews_changed)
        formatter.language_changed.connect(self._emit_all_changed)
        self._reset()

    def media_at(self, row: int) -> Media | None:
        """Return the media in a row; None for a file being imported, and for a row that does not exist."""
        index = row - len(self._imports)
        return self._media[index] if 0 <= index < len(self._media) else None

    def find_row(self, sha256: str) -> int | None:
        """Return the row of a media; None where it is not in the bin."""
        for index, media in enumerate(self._media):
            if media.sha256 == sha256:
                return index + len(self._imports)
        return None

    def get_row(self, number: int) -> BinRow:
        """Return the content of a row, as it is now.

        Raises:
            IndexError: there are fewer rows.
        """
        if number < len(self._imports):
            arrival = self._imports[number]
            state_text = self.tr("importing, {percent} %").format(percent=arrival.percent)
            return BinRow(arrival.path.name, None, "", "arriving", state_text, arrival.percent)
        media = self._media[number - len(self._imports)]
        media_state, percent = (
            self._media_service.get_state(media.sha256),
            self._media_service.get_progress(media.sha256),
        )
        if media_state == "missing" and (percent := self._media_service.proxies.get_progress(media.sha256)) is not None:
            state, state_text = "coming", self.tr("downloading the prepared copy, {percent} %").format(percent=percent)
        elif media_state == "missing":
            state, state_text = "missing", self.tr("missing")
        elif media_state == "hosted":
            state, state_text = "hosted", self.tr("prepared copy from the server")
        elif percent is not None:
            state, state_text = "drawing", self.tr("making previews, {percent} %").format(percent=percent)
        else:
            state, state_text = "ready", self.tr("ready")
        recording = self._marks.is_recording(media, self._recordings)
        return BinRow(
            media.name,
            "recording" if recording else media.kind,
            self._format_facts(media),
            state,
            state_text,
            percent,
            media,
            media.sha256 in self._used,
            self._format_range(media),
        )

    # ---------------------------------------------------------------------------------------------- texts

    def _format_facts(self, media: Media) -> str:
        facts = []
        if media.duration_ms:
            facts.append(self._formatter.format_duration(media.duration_ms))
        if media.kind == "presentation":
            facts.append(self.tr("%n page(s)", "", media.pages))
        elif media.kind == "video" and media.height:
            facts.append(f"{min(media.width, media.height)}p")
        elif media.width and media.height:
            facts.append(f"{media.width} × {media.height}")
        return " · ".join(facts)

    def _format_range(self, media: Media) -> str:
        mark = self._marks.get(media.sha256)
        if mark.in_ms is None and mark.out_ms is None:
            return ""
        in_ms, out_ms = self._marks.get_range(media)
        return self.tr("{start} to {end}").format(
            start=self._formatter.format_duration(in_ms), end=self._formatter.format_duration(out_ms)
        )

    def _format_tooltip(self, row: BinRow) -> str:
        media = row.media
        if media is None or row.kind is None:
            return row.name
        lines = [row.name, self._formatter.format_kind(row.kind)]
        if row.facts:
            lines[-1] += f" · {row.facts}"
        if media.kind == "video":
            lines.append(self.tr("{width} × {height} pixels").format(width=media.width, height=media.height))
        lines.append(self._formatter.format_size(media.size))
        if media.kind == "video" and not media.has_audio:
            lines.append(self.tr("no sound"))
        lines += [self.tr("subtitles: {name}").format(name=track.name) for track in media.captions]
        if row.part:
            lines.append(self.tr("will be placed: {part}").format(part=row.part))
        path = self._media_service.get_path(media.sha256)
        if path is not None:
            lines.append(str(path))
        elif row.state == "missing":
            lines.append(self.tr("The file is not where it was. Choose Relink… to look for it elsewhere."))
        elif row.state in {"hosted", "coming"}:
            lines.append(self.tr("The file is not on this computer. Previews show the server's prepared copy."))
        return "\n".join(lines)

    def _format_spoken(self, row: BinRow) -> str:
        kind = self._formatter.format_kind(row.kind) if row.kind else ""
        return ", ".join(part for part in (row.name, kind, row.facts, row.part, row.state_text) if part)

    # ------------------------------------------------------------------------------------ Qt's model methods

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """Return the number of files being imported and of media."""
        return 0 if parent is not None and parent.isValid() else len(self._imports) + len(self._media)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row's name, tooltip or accessible text, or for `ROW_ROLE` the whole `BinRow`.

        Other roles give None.
        """
        if not index.isValid():
            return None
        row = self.get_row(index.row())
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return to_tooltip(self._format_tooltip(row))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._format_spoken(row)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Return the flags of a row: media can be selected and dragged, files being imported cannot."""
        flags = Qt.ItemFlag.ItemIsEnabled
        if not index.isValid() or self.media_at(index.row()) is None:
            return flags
        return flags | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Return the MIME types of a drag of media out of the bin."""
        return [MEDIA_MIME_TYPE]

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:
        """Return the drag data of rows, in the order in which they are shown; empty if none of them is a media."""
        data = QMimeData()
        payloads = [self._make_payload(media) for i in sorted(indexes) if (media := self.media_at(i.row())) is not None]
        if payloads:
            data.setData(MEDIA_MIME_TYPE, encode_payloads(tuple(payloads)))
        return data

    def _make_payload(self, media: Media) -> DragPayload:
        mark = self._marks.get(media.sha256)
        return DragPayload(media.sha256, mark.in_ms, mark.out_ms, self._marks.is_recording(media, self._recordings))

    # ------------------------------------------------------------------------------------------- changes

    def _reset(self) -> None:
        webinar = self._controller.webinar
        self.beginResetModel()
        self._imports = self._media_service.imports
        self._media = sorted(webinar.media.values(), key=lambda media: _natural_sort_key(media.name))
        self._used, self._recordings = find_required_media(webinar), find_recordings(webinar)
        self.endResetModel()

    def _on_changed(self, change: DocumentChange) -> None:
        if change.before.media != change.after.media:
            self._reset()
        else:
            self._used, self._recordings = find_required_media(change.after), find_recordings(change.after)
            self._emit_all_changed()

    def _on_imports_changed(self) -> None:
        if [each.path for each in self._imports] != [each.path for each in self._media_service.imports]:
            self._reset()
        else:
            self._imports = self._media_service.imports
            if self._imports:
                self.dataChanged.emit(self.index(0), self.index(len(self._imports) - 1))

    def _on_previews_changed(self, sha256: str) -> None:
        row = self.find_row(sha256)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))

    def _emit_all_changed(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))


def _natural_sort_key(name: str) -> tuple[list[tuple[int, str]], str]:
    """Return a sort key that puts "slide 2" before "slide 10"."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], name
