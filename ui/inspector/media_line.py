"""Which file a segment shows: its picture, its name, what it is; and another in its place."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from editor.schedule.model import Media
from ui import parts, theme
from ui.media_bin.waveform import paint_peaks
from ui.media_desk import MediaDesk
from ui.words import Words


class Thumbnail(QWidget):
    """A small picture of a media: a video's frame, the image, a page."""

    def __init__(self, desk: MediaDesk, parent: QWidget | None = None, *, size: QSize | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._media: Media | None = None
        self._at = 0
        self.setFixedSize(size or QSize(64, 36))
        desk.pictured.connect(self._on_pictured)

    def show_media(self, media: Media | None, at: int = 0) -> None:
        """Show a media at a time in ms, or at a page."""
        self._media, self._at = media, at
        self.update()

    def _on_pictured(self, sha256: str) -> None:
        if self._media is not None and sha256 == self._media.sha256:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, or the kind's icon while there is none."""
        del event
        look = theme.look_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), look.sunken)
        media = self._media
        if media is None:
            return
        wide = round(self.width() * self.devicePixelRatioF())
        if media.kind == "audio" and (peaks := self._desk.peaks(media.sha256)) is not None:
            colour = theme.KIND_COLOURS["audio"]
            wave = colour.lighter(120) if look.dark else colour
            paint_peaks(painter, QRectF(self.rect()).adjusted(3, 4, -3, -4), peaks, 0, media.duration_ms, wave)
            return
        if media.kind == "presentation":
            image = self._desk.page(media.sha256, self._at, wide)
        elif media.kind == "audio":
            image = None
        else:
            image = self._desk.thumbnail(media.sha256, self._at)
        if image is None:
            icon = theme.pixmap(theme.KIND_ICONS[media.kind], 18, look.quiet, self.devicePixelRatioF())
            painter.drawPixmap(self.rect().center() - QPoint(8, 8), icon)
            return
        target = QRect(QPoint(0, 0), image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio))
        target.moveCenter(self.rect().center())
        painter.drawImage(target, image)


class MediaLine(QWidget):
    """The file of a segment; where it is missing it says so, with the way out."""

    replace_asked = Signal()
    relink_asked = Signal()

    def __init__(self, desk: MediaDesk, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._words = words
        self._media: Media | None = None
        self._at = 0
        self._picture = Thumbnail(desk, self)
        self._name = parts.label()
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._facts = parts.label("quiet")
        self._facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._missing = parts.label("error")
        self._missing.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._hosted = parts.label("quiet", wrap=True)
        self._button = parts.button("link")
        self._button.clicked.connect(self._on_button)
        self._get = parts.button("link")
        self._get.clicked.connect(self._on_get)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(self._name)
        texts.addWidget(self._facts)
        texts.addWidget(self._missing)
        texts.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._picture)
        row.addLayout(texts, 1)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._hosted)
        column.addWidget(self._get, 0, Qt.AlignmentFlag.AlignRight)
        desk.pictured.connect(self._on_pictured)
        desk.lost.connect(self._on_pictured)

    def show_media(self, media: Media | None, at: int = 0) -> None:
        """Show a media, at a time in ms or at a page."""
        self._media, self._at = media, at
        self._picture.show_media(media, at)
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As much of the name as there is room for."""
        super().resizeEvent(event)
        self._refresh()

    def retranslate(self) -> None:
        """Say it in the language in force."""
        self._refresh()

    def _refresh(self) -> None:
        media = self._media
        state = self._desk.state(media.sha256) if media is not None else "ready"
        coming = self._desk.stand_ins.percent(media.sha256) if media is not None and state == "missing" else None
        missing = state == "missing" and coming is None
        self._get.setText(self.tr("Get from the hosting"))
        self._get.setVisible(missing and media is not None and self._desk.stand_ins.can_get(media.sha256))
        self._hosted.setVisible(state == "hosted" or coming is not None)
        self._hosted.setText(
            self.tr("prepared copy from the hosting")
            if coming is None
            else self.tr("getting the prepared copy {percent} %").format(percent=coming)
        )
        self._button.setText(self.tr("Relink…") if missing else self.tr("Replace…"))
        self._missing.setVisible(missing)
        self._missing.setText(self.tr("missing"))
        self._facts.setVisible(not missing)
        if media is None:
            return
        room = self._name.width()
        self._name.setText(self._name.fontMetrics().elidedText(media.name, Qt.TextElideMode.ElideMiddle, room))
        self.setToolTip(media.name)
        facts = self._words.duration(media.duration_ms) if media.duration_ms else ""
        if media.kind == "presentation":
            facts = self.tr("%n page(s)", "", media.pages)
        elif media.width and media.height:
            facts = " · ".join(part for part in (facts, f"{media.width} × {media.height}") if part)
        self._facts.setText(facts)

    def _on_button(self) -> None:
        missing = self._media is not None and self._desk.state(self._media.sha256) == "missing"
        (self.relink_asked if missing else self.replace_asked).emit()

    def _on_get(self) -> None:
        if self._media is not None:
            self._desk.stand_ins.get([self._media.sha256])

    def _on_pictured(self, sha256: str) -> None:
        if self._media is not None and sha256 == self._media.sha256:
            self._refresh()
