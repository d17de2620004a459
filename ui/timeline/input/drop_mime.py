"""Reads the MIME data of a drag that enters the timeline: files, or media from the bin."""

from pathlib import Path

from PySide6.QtCore import QMimeData

from editor.schedule import segment_factory
from editor.schedule.model import AnySegment, Media
from editor.settings import Settings
from ui.services.drag_mime import MEDIA_MIME_TYPE, DragPayload, decode_payloads
from ui.state.document_controller import DocumentController
from ui.timeline.input.drops import DropGesture
from ui.timeline.input.gestures import GestureContext
from ui.timeline.media_previews import MediaPreviewSource


class DropReader:
    """The reader of drags that enter the timeline: it makes the gesture of a drag from its MIME data.

    Files are looked up among the media of the webinar, so that known ones are previewed with their real length.
    """

    def __init__(self, controller: DocumentController, media_service: MediaPreviewSource, settings: Settings) -> None:
        self._controller = controller
        self._media_service = media_service
        self._settings = settings

    def read_files(self, data: QMimeData) -> tuple[Path, ...]:
        """Return the local files of a drag; none if it comes from the bin."""
        if data.hasFormat(MEDIA_MIME_TYPE):
            return ()
        return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())

    def make_gesture(self, data: QMimeData, context: GestureContext) -> DropGesture | None:
        """Return the gesture of a drag; None if it carries nothing for the timeline.

        From the first file on that is not one of the webinar's media, files have to be imported. Media of the bin that
        the webinar does not have are left out.
        """
        if data.hasFormat(MEDIA_MIME_TYPE):
            payloads = decode_payloads(bytes(data.data(MEDIA_MIME_TYPE).data()))
            known = self._controller.webinar.media
            segments = self._make_segments([(known[each.sha256], each) for each in payloads if each.sha256 in known])
            media = tuple(known[each.sha256] for each in payloads if each.sha256 in known)
            return DropGesture(context, segments, media) if segments else None
        files = self.read_files(data)
        if not files:
            return None
        media_by_path = self._find_known_files()
        known_files: list[tuple[Media, DragPayload]] = []
        for path in files:
            media_item = media_by_path.get(path)
            if media_item is None:
                break
            known_files.append((media_item, DragPayload(media_item.sha256)))
        return DropGesture(context, self._make_segments(known_files), (), files[len(known_files) :])

    def _find_known_files(self) -> dict[Path, Media]:
        """Return the media of the webinar by the paths of their files."""
        found: dict[Path, Media] = {}
        for sha256, media in self._controller.webinar.media.items():
            path = self._media_service.get_path(sha256)
            if path is not None:
                found[path] = media
        return found

    def _make_segments(self, items: list[tuple[Media, DragPayload]]) -> list[AnySegment]:
        defaults = segment_factory.SegmentDefaults.from_settings(self._settings)
        segments: list[AnySegment] = []
        for media, payload in items:
            segments.append(
                segment_factory.make_segment(
                    media,
                    segments[-1].end_ms if segments else 0,
                    defaults,
                    recording=payload.recording,
                    in_ms=payload.in_ms,
                    out_ms=payload.out_ms,
                )
            )
        return segments
