"""Composing the preview's frame content from a stage: the background, captions, offers and errors.

It never blocks. An image that is not loaded is requested, and the previous background stays until it is: a flash of
black or of a placeholder would be worse than an old image for some hundredths of a second. Where nothing comes for
long, a placeholder names the media.
"""

from collections import OrderedDict
from dataclasses import replace
from typing import assert_never

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from editor.errors import KnownError
from editor.media.libvlc.frame_buffer import VideoFrame
from editor.schedule.kinds import TRAITS
from editor.schedule.model import Timed, Webinar
from editor.schedule.stage import Stage, compute_stage
from ui.preview.frame_grabber import FrameGrabber, FrameRequest, StepRequest
from ui.preview.paint.frame_content import Background, FrameContent, Placeholder, ShownImage, Waveform
from ui.services.media_service import MediaService
from ui.style import theme
from ui.text.formatter import Formatter

PLACEHOLDER_DELAY_MS = 700
PREFETCH_MS = 1_500
"""Milliseconds before a freeze frame at which it is decoded."""
CACHED_FRAMES = 4
"""Number of decoded frames that are cached."""
MISSING_FILE_CODES = frozenset({"media.missing", "media.gone"})
"""Errors that end when the file is found."""


class Composer(QObject):
    """The maker of what the preview of one webinar shows, from images, frames, captions and errors.

    Used on the GUI thread. It decodes frames in a thread of its own: call `close` at the end.

    Args:
        media_service: Gives images, pages, waveforms, captions and locations of files.
        formatter: Formats errors.
        parent: Qt parent.
    """

    updated = Signal()
    """Something that was requested is loaded: compose again."""
    stepped = Signal(int)
    """The position in milliseconds of the frame that `step` looked for."""

    def __init__(self, media_service: MediaService, formatter: Formatter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._media_service = media_service
        self._formatter = formatter
        self.width = 1280
        """Width in pixels at which images are requested."""
        self._grabber = FrameGrabber(self)
        self._grabber.grabbed.connect(self._on_still)
        self._grabber.failed.connect(self._on_failed)
        self._grabber.stepped.connect(self._on_stepped)
        self._decoded: OrderedDict[FrameRequest, ShownImage] = OrderedDict()
        self._latest: ShownImage | None = None
        """The last decoded frame, shown for its neighbours while the user scrubs."""
        self._pending: FrameRequest | None = None
        self._failures: dict[FrameRequest, KnownError] = {}
        self._background: Background | None = None
        self._live_image: ShownImage | None = None
        self._shows_placeholder = False
        self._skips_decoding = False
        self._placeholder_timer = QTimer(self, singleShot=True, interval=PLACEHOLDER_DELAY_MS)
        self._placeholder_timer.timeout.connect(self._on_placeholder_timeout)
        media_service.previews_changed.connect(self._on_previews_changed)
        media_service.lost.connect(self._on_previews_changed)

    def close(self) -> None:
        """End the decoding thread.

        Blocks until the frame that is being decoded is done, some hundredths of a second.
        """
        self._grabber.close()

    def compose(
        self,
        webinar: Webinar,
        stage: Stage,
        live_frame: object | None = None,
        error: KnownError | None = None,
        *,
        skip_decoding: bool = False,
    ) -> FrameContent:
        """Compose the frame content of a stage from what is loaded now, and request the rest.

        While a background is not loaded, the previous one stays; after `PLACEHOLDER_DELAY_MS`, a placeholder takes its
        place. Compose again when `updated` is emitted.

        Args:
            webinar: The webinar of the stage.
            stage: The stage, from `compute_stage`.
            live_frame: The player's frame, a `VideoFrame`, where one is to be shown.
            error: Why a player does not play; an error of the stage's own files comes first.
            skip_decoding: Whether a player will show the position in a moment, so that decoding it here as well would
                only slow it down.
        """
        self._skips_decoding = skip_decoding
        missing, reason = self._find_error(webinar, stage)
        hidden = missing is not None and missing in {stage.media, stage.picture}
        background = None if hidden else self._find_background(webinar, stage, live_frame)
        if background is not None:
            self._background = background
            self._shows_placeholder = False
            self._placeholder_timer.stop()
        elif reason is not None or self._shows_placeholder or self._background is None:
            self._background = Placeholder("") if reason is not None else self._make_loading_placeholder(webinar, stage)
        elif not self._placeholder_timer.isActive():
            self._placeholder_timer.start()
        reason = reason or error
        if reason is not None and reason.code in MISSING_FILE_CODES and missing is None:
            missing = stage.audio or stage.media
        relink = None if reason is not None and reason.code == "stand_in.coming" else missing
        offers = (webinar.find_segment(offer.segment) for offer in stage.offers)
        return FrameContent(
            background=self._background,
            captions=self._find_captions(stage),
            offers=tuple(offer for offer in offers if offer is not None),  # type: ignore[misc]
            error_text="" if reason is None else self._formatter.format_message(reason),
            relink=relink,
            can_fetch=relink is not None and self._media_service.proxies.can_fetch(relink),
        )

    def prepare(self, webinar: Webinar, stage: Stage) -> None:
        """Request the image, page or freeze frame that follows a stage, so that it is loaded when it is due.

        Return at once. A freeze frame is decoded `PREFETCH_MS` before it is due, and not earlier.

        Args:
            webinar: The webinar of the stage.
            stage: The stage, from `compute_stage`.
        """
        if stage.next_change_ms is not None:
            upcoming = compute_stage(webinar, stage.next_change_ms)
            if upcoming.phase != "playing" and webinar.waiting_picture is not None:
                self._media_service.get_image(webinar.waiting_picture, self.width)
            elif upcoming.media is not None and upcoming.kind == "image":
                self._media_service.get_image(upcoming.media, self.width)
            elif upcoming.media is not None and upcoming.page is not None:
                self._media_service.get_page(upcoming.media, upcoming.page, self.width)
            elif upcoming.picture is not None:
                self._media_service.get_image(upcoming.picture, self.width)
            elif upcoming.holding and stage.next_change_ms - stage.position_ms <= PREFETCH_MS:
                self._request_frame(self._make_request(upcoming))

    def step(self, stage: Stage, *, forwards: bool) -> bool:
        """Look for the frame beside a stage's in the background; return False where no moving video is shown.

        It also returns False while the video has no file on this computer.

        `stepped` reports the frame's position; it is not emitted where there is no such frame or the file is damaged.

        Args:
            stage: the stage to go from.
            forwards: whether to look for the next frame, or the previous one.
        """
        path = self._media_service.get_preview_path(stage.media) if stage.media is not None else None
        is_moving = stage.kind is not None and TRAITS[stage.kind].is_video and not stage.holding
        if path is None or stage.media_ms is None or not is_moving:
            return False
        self._grabber.step(StepRequest(path, stage.media_ms, forwards, stage.position_ms))
        return True

    # ---------------------------------------------------------------------------------------- the background

    def _find_background(self, webinar: Webinar, stage: Stage, live: object | None) -> Background | None:
        """Return the background of a stage; None while it is not loaded."""
        if stage.phase != "playing" or stage.media is None:
            return self._make_placeholder(webinar, stage)
        match stage.kind:
            case "image":
                return self._make_image(stage.media, "image", 0, self._media_service.get_image(stage.media, self.width))
            case "presentation":
                page = stage.page or 0
                return self._make_image(
                    stage.media, "page", page, self._media_service.get_page(stage.media, page, self.width)
                )
            case "audio":
                return self._find_sound_background(webinar, stage)
            case "video" | "recording":
                media = webinar.media.get(stage.media)
                if media is not None and media.kind == "audio":
                    return self._find_sound_background(webinar, stage)
                if live is not None:
                    return self._make_live_image(webinar, stage, live)
                return self._find_still(webinar, stage)
            case "cta" | "survey" | None:  # none of these is ever on stage
                return self._make_placeholder(webinar, stage)
            case _:
                assert_never(stage.kind)

    def _find_sound_background(self, webinar: Webinar, stage: Stage) -> Background | None:
        """Return the picture beside a sound, or its waveform; None while it is not loaded."""
        if stage.picture is None:
            return self._make_waveform(webinar, stage)
        return self._make_image(stage.picture, "image", 0, self._media_service.get_image(stage.picture, self.width))

    def _make_placeholder(self, webinar: Webinar, stage: Stage) -> Placeholder:
        title = webinar.title or self.tr("Untitled webinar")
        waiting = webinar.waiting_picture
        picture = self._media_service.get_image(waiting, self.width) if waiting is not None else None
        if not webinar.segments:
            return Placeholder(
                self.tr("Nothing plays yet"),
                self.tr("Drop a video on the timeline, or press Ctrl+I to import one."),
                "kind-video",
            )
        if stage.phase == "gap":
            return Placeholder(title, self.tr("Continues shortly"), picture=picture)
        if stage.phase == "before":
            return Placeholder(title, webinar.waiting_text or self.tr("Starts shortly"), picture=picture)
        return Placeholder(title, self.tr("The webinar has ended."), picture=picture)

    def _make_waveform(self, webinar: Webinar, stage: Stage) -> Waveform | None:
        assert stage.media is not None
        assert stage.media_ms is not None
        peaks = self._media_service.get_peaks(stage.media)
        segment = webinar.find_segment(stage.segment or "")
        if peaks is None or not isinstance(segment, Timed):
            return None
        name = self._display_title(webinar, stage)
        return Waveform(name, peaks.values, peaks.step_ms, segment.in_ms, segment.out_ms, stage.media_ms)

    def _make_image(self, sha256: str, source: str, at: int, image: QImage | None) -> ShownImage | None:
        if image is None:
            return None
        shown = self._background
        if isinstance(shown, ShownImage) and shown.image.cacheKey() == image.cacheKey() and shown.source == source:
            return shown
        return ShownImage(image, (0, 0), "page" if source == "page" else "image", sha256, at)

    def _make_live_image(self, webinar: Webinar, stage: Stage, live: object) -> ShownImage:
        assert isinstance(live, VideoFrame)
        self._latest = None  # after playback it would be an outdated frame
        if self._live_image is None or self._live_image.owner is not live:
            image = QImage(live.pixels, live.width, live.height, live.pitch, QImage.Format.Format_RGB32)
            self._live_image = ShownImage(
                image, self._media_size(webinar, stage), "live", stage.media or "", stage.media_ms or 0, live
            )
        return self._live_image

    def _find_still(self, webinar: Webinar, stage: Stage) -> ShownImage | None:
        """Return the exact frame; until it is decoded, the last decoded frame of the same media."""
        request = self._make_request(stage)
        if not self._skips_decoding:
            self._request_frame(request)
        shown = self._decoded.get(request) if request is not None else None
        if shown is None and self._latest is not None and self._latest.sha256 == stage.media:
            shown = self._latest
        if shown is not None and request is not None and shown.size != (size := self._media_size(webinar, stage)):
            shown = replace(shown, size=size)
            self._store_frame(request if shown.at == request.at_ms else None, shown)
        return shown

    def _request_frame(self, request: FrameRequest | None) -> None:
        """Decode a frame, unless it is decoded, being decoded, or has failed."""
        if (
            request is not None
            and request != self._pending
            and request not in self._decoded
            and request not in self._failures
        ):
            self._pending = request
            self._grabber.grab(request)

    def _store_frame(self, request: FrameRequest | None, shown: ShownImage) -> None:
        self._latest = shown
        if request is not None:
            self._decoded[request] = shown
            self._decoded.move_to_end(request)
            while len(self._decoded) > CACHED_FRAMES:
                self._decoded.popitem(last=False)

    def _make_request(self, stage: Stage) -> FrameRequest | None:
        path = self._media_service.get_preview_path(stage.media) if stage.media is not None else None
        if path is None or stage.media is None:
            return None
        return FrameRequest(stage.media, path, stage.media_ms or 0, self.width)

    def _media_size(self, webinar: Webinar, stage: Stage) -> tuple[int, int]:
        media = webinar.media.get(stage.media or "")
        return (0, 0) if media is None else (media.width, media.height)

    # --------------------------------------------------------------------------------- captions and errors

    def _find_captions(self, stage: Stage) -> tuple[str, ...]:
        if stage.captions is None or stage.caption_ms is None:
            return ()
        cues = self._media_service.get_cues(stage.captions)
        if not cues:
            return ()
        from editor.media.formats.captions import find_active_texts  # imports libraries that a quick start must avoid

        return find_active_texts(cues, stage.caption_ms)

    def _find_error(self, webinar: Webinar, stage: Stage) -> tuple[str | None, KnownError | None]:
        """Return the media whose file is missing, if any, and why a media of this stage cannot be shown."""
        for sha256 in (stage.media, stage.picture, stage.audio):
            if sha256 is not None and self._media_service.get_state(sha256) == "missing":
                media = webinar.media.get(sha256)
                name = sha256[:12] if media is None else media.name
                percent = self._media_service.proxies.get_progress(sha256)
                if percent is not None:
                    return sha256, KnownError("stand_in.coming", name=name, percent=percent)
                return sha256, KnownError("media.missing", name=name)
        request = self._make_request(stage)
        return None, self._failures.get(request) if request is not None else None

    def _display_title(self, webinar: Webinar, stage: Stage) -> str:
        segment = webinar.find_segment(stage.segment or "")
        media = webinar.media.get(stage.media or "")
        return (segment.title if segment is not None else "") or (media.name if media is not None else "")

    def _make_loading_placeholder(self, webinar: Webinar, stage: Stage) -> Placeholder:
        """Return the placeholder for a background that loads for long."""
        unprepared = stage.media is not None and self._media_service.get_state(stage.media) == "unprepared"
        icon = theme.KIND_ICONS[stage.kind] if stage.kind is not None else ""
        return Placeholder(
            self._display_title(webinar, stage), self.tr("Converting the slides…") if unprepared else "", icon
        )

    # ---------------------------------------------------------------------------------------------- events

    @Slot(object, QImage)
    def _on_still(self, request: FrameRequest, image: QImage) -> None:
        self._clear_pending(request)
        self._store_frame(request, ShownImage(image, (0, 0), "still", request.sha256, request.at_ms))
        self.updated.emit()

    @Slot(object, object)
    def _on_failed(self, request: FrameRequest, error: KnownError) -> None:
        self._clear_pending(request)
        self._failures[request] = error
        self.updated.emit()

    def _clear_pending(self, request: FrameRequest) -> None:
        if request == self._pending:
            self._pending = None

    @Slot(object, int)
    def _on_stepped(self, step: StepRequest, media_ms: int) -> None:
        assert isinstance(step.token, int)
        self.stepped.emit(step.token + media_ms - step.at_ms)

    @Slot(str)
    def _on_previews_changed(self, sha256: str) -> None:
        for request in [request for request in self._failures if request.sha256 == sha256]:
            del self._failures[request]
        self.updated.emit()

    @Slot()
    def _on_placeholder_timeout(self) -> None:
        self._shows_placeholder = True
        self.updated.emit()
