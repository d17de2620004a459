"""The file of a segment in the inspector: picture, name and details, with buttons to replace or find it."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from editor.schedule.model import Media
from ui.services.media_service import MediaService
from ui.style import theme
from ui.text.formatter import Formatter
from ui.text.plain_text import to_tooltip
from ui.widgets import basics
from ui.widgets.waveform import paint_peaks


class MediaThumbnail(QWidget):
    """A widget with a small picture of a file: a frame of a video, an image, a page, a waveform; 64 × 36 by default."""

    def __init__(
        self, media_service: MediaService, parent: QWidget | None = None, *, size: QSize | None = None
    ) -> None:
        super().__init__(parent)
        self._media_service = media_service
        self._media: Media | None = None
        self._position = 0
        self.setFixedSize(size or QSize(64, 36))
        media_service.previews_changed.connect(self._on_media_changed)

    def show_media(self, media: Media | None, position: int = 0) -> None:
        """Show a file's picture as soon as it is made, its icon until then; None shows an empty field.

        Args:
            media: The file.
            position: Milliseconds in a video, of which the nearest thumbnail is shown; the page of a presentation,
                counted from 0. Without meaning for images and sound.
        """
        self._media, self._position = media, position
        self.update()

    def _on_media_changed(self, sha256: str) -> None:
        if self._media is not None and sha256 == self._media.sha256:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, or the icon of its kind while there is none."""
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
        pixel_width = round(self.width() * self.devicePixelRatioF())
        if media.kind == "audio" and (peaks := self._media_service.get_peaks(media.sha256)) is not None:
            colour = theme.KIND_COLOURS["audio"]
            wave = colour.lighter(120) if look.dark else colour
            paint_peaks(painter, QRectF(self.rect()).adjusted(3, 4, -3, -4), peaks, 0, media.duration_ms, wave)
            return
        if media.kind == "presentation":
            image = self._media_service.get_page(media.sha256, self._position, pixel_width)
        elif media.kind == "audio":
            image = None
        else:
            image = self._media_service.get_thumbnail(media.sha256, self._position)
        if image is None:
            icon = theme.pixmap(theme.KIND_ICONS[media.kind], 18, look.quiet, self.devicePixelRatioF())
            painter.drawPixmap(self.rect().center() - QPoint(8, 8), icon)
            return
        target = QRect(QPoint(0, 0), image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio))
        target.moveCenter(self.rect().center())
        painter.drawImage(target, image)


class MediaRow(QWidget):
    """The row of the inspector for a segment's file: picture, name, details, and buttons.

    One button asks to replace the file, or to relink a missing one; the other downloads the prepared copy of a missing
    file from the server.
    """

    replace_requested = Signal()
    relink_requested = Signal()

    def __init__(self, media_service: MediaService, formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._media_service = media_service
        self._formatter = formatter
        self._media: Media | None = None
        self._position = 0
        self._picture = MediaThumbnail(media_service, self)
        self._name = basics.make_label()
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._details = basics.make_label("quiet")
        self._details.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._missing_label = basics.make_label("error")
        self._missing_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._proxy_label = basics.make_label("quiet", wrap=True)
        self._button = basics.make_button("link")
        self._button.clicked.connect(self._on_button)
        self._download_button = basics.make_button("link")
        self._download_button.clicked.connect(self._on_download)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(self._name)
        texts.addWidget(self._details)
        texts.addWidget(self._missing_label)
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
        column.addWidget(self._proxy_label)
        column.addWidget(self._download_button, 0, Qt.AlignmentFlag.AlignRight)
        media_service.previews_changed.connect(self._on_media_changed)
        media_service.lost.connect(self._on_media_changed)

    def show_media(self, media: Media | None, position: int = 0) -> None:
        """Show a file's picture, name and details; None empties the picture and leaves name and details as they are.

        Args:
            media: The file.
            position: Milliseconds in a video, or the page of a presentation, counted from 0, that the picture shows.
        """
        self._media, self._position = media, position
        self._picture.show_media(media, position)
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elide name and details anew for another width."""
        super().resizeEvent(event)
        self._refresh()

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        Its owner calls this after a change of language.
        """
        self._refresh()

    def _refresh(self) -> None:
        media = self._media
        state = self._media_service.get_state(media.sha256) if media is not None else "ready"
        download_percent = (
            self._media_service.proxies.get_progress(media.sha256) if media is not None and state == "missing" else None
        )
        is_missing = state == "missing" and download_percent is None
        self._download_button.setText(self.tr("Get from the server"))
        self._download_button.setVisible(
            is_missing and media is not None and self._media_service.proxies.can_fetch(media.sha256)
        )
        self._proxy_label.setVisible(state == "hosted" or download_percent is not None)
        self._proxy_label.setText(
            self.tr("prepared copy from the server")
            if download_percent is None
            else self.tr("downloading the prepared copy, {percent} %").format(percent=download_percent)
        )
        self._button.setText(self.tr("Relink…") if is_missing else self.tr("Replace…"))
        self._missing_label.setVisible(is_missing)
        self._missing_label.setText(self.tr("missing"))
        self._details.setVisible(not is_missing)
        if media is None:
            return
        max_width = self._name.width()
        self._name.setText(self._name.fontMetrics().elidedText(media.name, Qt.TextElideMode.ElideMiddle, max_width))
        self.setToolTip(to_tooltip(media.name))
        details = self._formatter.format_duration(media.duration_ms) if media.duration_ms else ""
        if media.kind == "presentation":
            details = self.tr("%n page(s)", "", media.pages)
        elif media.width and media.height:
            details = " · ".join(part for part in (details, f"{media.width} × {media.height}") if part)
        self._details.setText(details)

    def _on_button(self) -> None:
        is_missing = self._media is not None and self._media_service.get_state(self._media.sha256) == "missing"
        (self.relink_requested if is_missing else self.replace_requested).emit()

    def _on_download(self) -> None:
        if self._media is not None:
            self._media_service.proxies.fetch([self._media.sha256])

    def _on_media_changed(self, sha256: str) -> None:
        if self._media is not None and sha256 == self._media.sha256:
            self._refresh()
