"""What was decided about a media in the bin before it is placed: the part to play, and that it is a recording.

Lasts as long as the window: once placed, the segment has it all. A media that the webinar already plays as a
recording is one, without being told so again.
"""

import msgspec
from PySide6.QtCore import QObject, Signal

from editor.schedule.model import Media, Recording, Video, Webinar


class SourceMark(msgspec.Struct, frozen=True):
    """The part of a media that will be played, as what, and the chat that came with it."""

    in_ms: int | None = None
    out_ms: int | None = None
    """None plays it from its beginning, or to its end."""
    recording: bool | None = None
    """None: as the webinar already has it."""
    chat: str = ""
    """The chat file's text, kept as the recording's notes once it is placed."""


class SourceMarks(QObject):
    """The marks of a window, by the media's hash."""

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._marks: dict[str, SourceMark] = {}

    def get(self, sha256: str) -> SourceMark:
        """What was decided about a media."""
        return self._marks.get(sha256, SourceMark())

    def set_range(self, media: Media, in_ms: int, out_ms: int) -> None:
        """Play only this part of it; the whole is no mark at all."""
        is_whole = (in_ms, out_ms) == (0, media.duration_ms)
        mark = self.get(media.sha256)
        self._set(
            media.sha256,
            msgspec.structs.replace(mark, in_ms=None if is_whole else in_ms, out_ms=None if is_whole else out_ms),
        )

    def set_recording(self, sha256: str, recording: bool, *, chat: str = "") -> None:
        """Say that a video comes from another tool, or that it does not."""
        mark = self.get(sha256)
        self._set(sha256, msgspec.structs.replace(mark, recording=recording, chat=chat or mark.chat))

    def is_recording(self, media: Media, recordings: frozenset[str]) -> bool:
        """Whether a media is placed as a recording; `recordings` are those the webinar already has as such."""
        decided = self.get(media.sha256).recording
        return media.kind == "video" and (media.sha256 in recordings if decided is None else decided)

    def get_range(self, media: Media) -> tuple[int, int]:
        """The in-point and out-point that it will have."""
        mark = self.get(media.sha256)
        return mark.in_ms or 0, media.duration_ms if mark.out_ms is None else mark.out_ms

    def _set(self, sha256: str, mark: SourceMark) -> None:
        if mark != self.get(sha256):
            self._marks[sha256] = mark
            self.changed.emit(sha256)


def find_recordings(webinar: Webinar) -> frozenset[str]:
    """The media that the webinar plays as recordings and never as videos."""
    recordings = {each.media for each in webinar.programme if isinstance(each, Recording)}
    return frozenset(recordings - {each.media for each in webinar.programme if isinstance(each, Video)})
