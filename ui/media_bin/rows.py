"""The bin's rows: the files on their way in, then the webinar's media by name, with what is to be said of each.

A Qt list model over three sources that it holds no copy of: the bridge's webinar, the media desk, the marks.
"""

import re
from collections.abc import Iterable

import msgspec
from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt

from editor.schedule.model import Audio, Kind, Media, Presentation, Webinar
from ui.bridge import Bridge, Change
from ui.media_bin.marks import Marks, recordings_of
from ui.media_bin.parcel import MIME, Parcel, pack
from ui.media_desk import Arrival, MediaDesk
from ui.words import Words

ROW = Qt.ItemDataRole.UserRole
AnyIndex = QModelIndex | QPersistentModelIndex


class Row(msgspec.Struct, frozen=True):
    """What one line of the bin shows."""

    name: str
    kind: Kind | None
    """None while it is on its way in."""
    facts: str
    """Length, size or pages, in words."""
    state: str
    """"ready", "hosted", "missing", "coming" (from the hosting), "arriving" or "drawing"."""
    state_text: str
    percent: int | None = None
    media: Media | None = None
    used: bool = False
    part: str = ""
    """The part that will be placed, in words, where it is not the whole."""


class Rows(QAbstractListModel):
    """Rows for the bin's list; `ROW` gives the `Row`."""

    def __init__(self, bridge: Bridge, desk: MediaDesk, marks: Marks, words: Words) -> None:
        super().__init__()
        self._bridge = bridge
        self._desk = desk
        self._marks = marks
        self._words = words
        self._media: list[Media] = []
        self._arrivals: tuple[Arrival, ...] = ()
        self._used: frozenset[str] = frozenset()
        self._recordings: frozenset[str] = frozenset()
        bridge.changed.connect(self._on_changed)
        desk.pictured.connect(self._on_pictured)
        desk.lost.connect(self._on_pictured)
        desk.arrivals_changed.connect(self._on_arrivals)
        marks.changed.connect(self._on_pictured)
        words.language_changed.connect(self._all_changed)
        self._reset()

    def media_at(self, row: int) -> Media | None:
        """The media in a row; None for a file on its way in."""
        place = row - len(self._arrivals)
        return self._media[place] if 0 <= place < len(self._media) else None

    def row_of(self, sha256: str) -> int | None:
        """Where a media is shown."""
        for place, media in enumerate(self._media):
            if media.sha256 == sha256:
                return place + len(self._arrivals)
        return None

    def row(self, number: int) -> Row:
        """All that a row shows."""
        if number < len(self._arrivals):
            arrival = self._arrivals[number]
            told = self.tr("importing {percent} %").format(percent=arrival.percent)
            return Row(arrival.path.name, None, "", "arriving", told, arrival.percent)
        media = self._media[number - len(self._arrivals)]
        at_hand, percent = self._desk.state(media.sha256), self._desk.percent(media.sha256)
        if at_hand == "missing" and (percent := self._desk.stand_ins.percent(media.sha256)) is not None:
            state, told = "coming", self.tr("getting the prepared copy {percent} %").format(percent=percent)
        elif at_hand == "missing":
            state, told = "missing", self.tr("missing")
        elif at_hand == "hosted":
            state, told = "hosted", self.tr("prepared copy from the hosting")
        elif percent is not None:
            state, told = "drawing", self.tr("drawing {percent} %").format(percent=percent)
        else:
            state, told = "ready", self.tr("ready")
        recording = self._marks.is_recording(media, self._recordings)
        return Row(
            media.name,
            "recording" if recording else media.kind,
            self._facts(media),
            state,
            told,
            percent,
            media,
            media.sha256 in self._used,
            self._part(media),
        )

    # -------------------------------------------------------------------------------------- what is said

    def _facts(self, media: Media) -> str:
        facts = []
        if media.duration_ms:
            facts.append(self._words.duration(media.duration_ms))
        if media.kind == "presentation":
            facts.append(self.tr("%n page(s)", "", media.pages))
        elif media.kind == "video" and media.height:
            facts.append(f"{min(media.width, media.height)}p")
        elif media.width and media.height:
            facts.append(f"{media.width} × {media.height}")
        return " · ".join(facts)

    def _part(self, media: Media) -> str:
        mark = self._marks.of(media.sha256)
        if mark.in_ms is None and mark.out_ms is None:
            return ""
        in_ms, out_ms = self._marks.part(media)
        return self.tr("{start} to {end}").format(start=self._words.duration(in_ms), end=self._words.duration(out_ms))

    def _tooltip(self, row: Row) -> str:
        media = row.media
        if media is None or row.kind is None:
            return row.name
        lines = [row.name, self._words.kind_name(row.kind)]
        if row.facts:
            lines[-1] += f" · {row.facts}"
        if media.kind == "video":
            lines.append(self.tr("{width} × {height} pixels").format(width=media.width, height=media.height))
        lines.append(self._words.size(media.size))
        if media.kind == "video" and not media.has_audio:
            lines.append(self.tr("no sound"))
        lines += [self.tr("subtitles: {name}").format(name=track.name) for track in media.captions]
        if row.part:
            lines.append(self.tr("places {part}").format(part=row.part))
        path = self._desk.path(media.sha256)
        if path is not None:
            lines.append(str(path))
        elif row.state == "missing":
            lines.append(self.tr("No file with this content is where it was. Relink… looks for it elsewhere."))
        elif row.state in {"hosted", "coming"}:
            lines.append(self.tr("The file is not on this computer; previews show the hosting's prepared copy of it."))
        return "\n".join(lines)

    def _spoken(self, row: Row) -> str:
        kind = self._words.kind_name(row.kind) if row.kind else ""
        return ", ".join(part for part in (row.name, kind, row.facts, row.part, row.state_text) if part)

    # ---------------------------------------------------------------------------------- Qt's own questions

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """The files on their way in and the media."""
        return 0 if parent is not None and parent.isValid() else len(self._arrivals) + len(self._media)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A row's name, tooltip, spoken text, or all of it."""
        if not index.isValid():
            return None
        row = self.row(index.row())
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """What is known and there can be dragged; what is on its way in cannot be chosen."""
        flags = Qt.ItemFlag.ItemIsEnabled
        if not index.isValid() or self.media_at(index.row()) is None:
            return flags
        return flags | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """What a drag from here carries."""
        return [MIME]

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:
        """The media of these rows, in the order they are shown."""
        data = QMimeData()
        parcels = [self._parcel(media) for i in sorted(indexes) if (media := self.media_at(i.row())) is not None]
        if parcels:
            data.setData(MIME, pack(tuple(parcels)))
        return data

    def _parcel(self, media: Media) -> Parcel:
        mark = self._marks.of(media.sha256)
        return Parcel(media.sha256, mark.in_ms, mark.out_ms, self._marks.is_recording(media, self._recordings))

    # ------------------------------------------------------------------------------------------- changes

    def _reset(self) -> None:
        webinar = self._bridge.webinar
        self.beginResetModel()
        self._arrivals = self._desk.arrivals
        self._media = sorted(webinar.media.values(), key=lambda media: _natural(media.name))
        self._used, self._recordings = used(webinar), recordings_of(webinar)
        self.endResetModel()

    def _on_changed(self, change: Change) -> None:
        if change.before.media != change.after.media:
            self._reset()
        else:
            self._used, self._recordings = used(change.after), recordings_of(change.after)
            self._all_changed()

    def _on_arrivals(self) -> None:
        if [each.path for each in self._arrivals] != [each.path for each in self._desk.arrivals]:
            self._reset()
        else:
            self._arrivals = self._desk.arrivals
            if self._arrivals:
                self.dataChanged.emit(self.index(0), self.index(len(self._arrivals) - 1))

    def _on_pictured(self, sha256: str) -> None:
        row = self.row_of(sha256)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))

    def _all_changed(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))


def used(webinar: Webinar) -> frozenset[str]:
    """Every media that the webinar shows somewhere."""
    found: set[str | None] = {webinar.waiting_picture}
    for segment in webinar.programme:
        found.add(segment.media)
        if isinstance(segment, Audio):
            found.add(segment.picture)
        elif isinstance(segment, Presentation):
            found.add(segment.audio)
    return frozenset(sha256 for sha256 in found if sha256)


def _natural(name: str) -> tuple[list[tuple[int, str]], str]:
    """Sort key that puts "slide 2" before "slide 10"."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], name
