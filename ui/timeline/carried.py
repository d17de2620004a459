"""What a drag from elsewhere carries, read from its mime data."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData

from editor.schedule import build
from editor.schedule.model import AnySegment, Media
from editor.settings import Settings
from ui.bridge import Bridge
from ui.media_bin.parcel import MIME, Parcel, unpack
from ui.timeline.art import Desk
from ui.timeline.drops import DropGesture
from ui.timeline.gestures import Situation


class Carried:
    """Makes the gesture of a drag that enters the timeline.

    Files are looked up among the media that the webinar knows, so that those which are known show their real length.
    """

    def __init__(self, bridge: Bridge, desk: Desk, settings: Settings) -> None:
        self._bridge = bridge
        self._desk = desk
        self._settings = settings

    def files(self, data: QMimeData) -> tuple[Path, ...]:
        """The local files of a drag; none of what comes from the bin."""
        if data.hasFormat(MIME):
            return ()
        return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())

    def gesture(self, data: QMimeData, situation: Situation) -> DropGesture | None:
        """The gesture, or None where there is nothing for the timeline in it."""
        if data.hasFormat(MIME):
            parcels = unpack(bytes(data.data(MIME).data()))
            known = self._bridge.webinar.media
            segments = self._built([(known[each.sha256], each) for each in parcels if each.sha256 in known])
            media = tuple(known[each.sha256] for each in parcels if each.sha256 in known)
            return DropGesture(situation, segments, media) if segments else None
        files = self.files(data)
        if not files:
            return None
        places = self._places()
        read: list[tuple[Media, Parcel]] = []
        for path in files:
            media_of = places.get(path)
            if media_of is None:
                break
            read.append((media_of, Parcel(media_of.sha256)))
        return DropGesture(situation, self._built(read), (), files[len(read) :])

    def _places(self) -> dict[Path, Media]:
        """The media of the webinar by the files they are known to be."""
        path_of: Callable[[str], Path | None] | None = getattr(self._desk, "path", None)
        if path_of is None:
            return {}
        found: dict[Path, Media] = {}
        for sha256, media in self._bridge.webinar.media.items():
            path = path_of(sha256)
            if path is not None:
                found[path] = media
        return found

    def _built(self, several: list[tuple[Media, Parcel]]) -> list[AnySegment]:
        defaults = build.Defaults.of(self._settings)
        segments: list[AnySegment] = []
        for media, parcel in several:
            segments.append(
                build.segment_for(
                    media,
                    segments[-1].end_ms if segments else 0,
                    defaults,
                    recording=parcel.recording,
                    in_ms=parcel.in_ms,
                    out_ms=parcel.out_ms,
                )
            )
        return segments
