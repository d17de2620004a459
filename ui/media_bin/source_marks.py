"""Source marks: decisions about a media in the bin before it is inserted, in-point, out-point and kind.

They last as long as the window; an inserted segment has its own copy. A media that the webinar already plays as a
recording is inserted as one by default.
"""

import msgspec
from PySide6.QtCore import QObject, Signal

from editor.schedule.model import Media, Recording, Video, Webinar


class SourceMark(msgspec.Struct, frozen=True):
    """The decisions about one media of the bin: the marked range, whether it is a recording, and its imported chat.

    Immutable; an empty one decides nothing.
    """

    in_ms: int | None = None
    out_ms: int | None = None
    """Milliseconds; None is the beginning, or the end, of the media."""
    recording: bool | None = None
    """None: as the webinar already plays it."""
    chat: str = ""
    """Text of the chat file, which becomes the segment's speaker notes."""


class SourceMarks(QObject):
    """The marks of one open webinar's media, by the hash of the media; kept in memory alone, while its page is open.

    `changed` is emitted with the hash of a media whose mark is another one now.
    """

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._marks: dict[str, SourceMark] = {}

    def get(self, sha256: str) -> SourceMark:
        """Return the mark of a media; an empty one where nothing was decided."""
        return self._marks.get(sha256, SourceMark())

    def set_range(self, media: Media, in_ms: int, out_ms: int) -> None:
        """Mark the range of a media to play, in milliseconds, as it is given; the whole media clears the range."""
        is_whole = (in_ms, out_ms) == (0, media.duration_ms)
        mark = self.get(media.sha256)
        self._set(
            media.sha256,
            msgspec.structs.replace(mark, in_ms=None if is_whole else in_ms, out_ms=None if is_whole else out_ms),
        )

    def set_recording(self, sha256: str, recording: bool, *, chat: str = "") -> None:
        """Mark a video as an imported recording or not, whatever the webinar plays it as.

        Args:
            sha256: the hash of the video.
            recording: whether it is a recording.
            chat: the text of its chat; an empty one keeps the text it has.
        """
        mark = self.get(sha256)
        self._set(sha256, msgspec.structs.replace(mark, recording=recording, chat=chat or mark.chat))

    def is_recording(self, media: Media, recordings: frozenset[str]) -> bool:
        """Return whether a media is inserted as a recording; always False for media that are no videos.

        Args:
            media: the media.
            recordings: hashes of the media that the webinar plays as recordings (`find_recordings`), which decide where
                there is no mark.
        """
        is_marked = self.get(media.sha256).recording
        return media.kind == "video" and (media.sha256 in recordings if is_marked is None else is_marked)

    def get_range(self, media: Media) -> tuple[int, int]:
        """Return the in-point and out-point (ms) with which a media will be inserted; the whole without a mark."""
        mark = self.get(media.sha256)
        return mark.in_ms or 0, media.duration_ms if mark.out_ms is None else mark.out_ms

    def _set(self, sha256: str, mark: SourceMark) -> None:
        if mark != self.get(sha256):
            self._marks[sha256] = mark
            self.changed.emit(sha256)


def find_recordings(webinar: Webinar) -> frozenset[str]:
    """Return the hashes of the media that the webinar plays as recordings and never as videos."""
    recordings = {each.media for each in webinar.programme if isinstance(each, Recording)}
    return frozenset(recordings - {each.media for each in webinar.programme if isinstance(each, Video)})
