"""The exact frame of a video at a time, as a picture the right way up.

`FrameReader` decides where to begin decoding (`editor.media.decoding` does it): it goes on from where it is when no key
frame lies nearer, else it seeks to the key frame before, and further back where that lands too late. Going back, it
has some frames before the wanted one decoded as well, for whoever steps back does so more than once.
"""

from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter
from av.video.stream import VideoStream

from editor.errors import Known
from editor.media.decoding import Exact, Plain
from editor.media.files import reading, regular, shown_name
from editor.media.streams import (
    base_of,
    colours_of,
    open_container,
    origin_of,
    quarter_turns,
    shown_size,
    unreadable,
    upright,
    video_of,
)

_EARLIER = (Fraction(0), Fraction(2), Fraction(15))
"""Seconds before the wanted time to seek to, one after the other, before beginning at the beginning."""
_GO_ON = Fraction(2)
"""Seconds to go on decoding rather than seek, where no index tells of key frames."""
_BACK = Fraction(1)
"""Seconds: going back by more is a jump, by less a step that others will follow."""
_STEPS_BACK = 12
"""Frames before the wanted one that are decoded, too, when stepping back."""


class Picture(msgspec.Struct, frozen=True):
    """A picture: rows of `width` × 3 bytes, red, green and blue, from the top, without gaps."""

    width: int
    height: int
    rgb: bytes


class FrameReader:
    """Gives exact frames of one file. For one thread at a time; close it, or use it in a `with`.

    Args:
        path: a video.
        like_player: take every video's colours for those of small old ones, as libvlc does when it hands out frames
            in memory (it heeds neither size nor tags), so that colours do not jump between playing and pausing.

    Raises:
        Known: media.no_picture when there is only sound; media.gone, media.unreadable and the like.
    """

    def __init__(self, path: Path, *, like_player: bool = False) -> None:
        self._path = path
        self._like_player = like_player
        self._container = self._open()
        video = video_of(self._container)
        if video is None or video.codec_context is None:
            self._container.close()
            raise Known("media.no_picture", name=shown_name(path))
        self._stream: VideoStream = video
        self._stream.codec_context.thread_type = "AUTO"
        self._base = base_of(video)
        self._origin = origin_of(self._container)
        self._usual = 1 / (video.average_rate or video.guessed_rate or Fraction(25))
        self._run: Exact | Plain | None = None
        # AVI knows only when frames are decoded; for these codecs what ffmpeg says of their showing is a wrong guess.
        self._in_turn = self._container.format.name == "avi" and video.codec_context.name in {"h264", "hevc"}
        self._plain = self._in_turn
        self._last: int | None = None
        self._reformatter = VideoReformatter()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._run = None
        self._container.close()

    def frame(self, at_ms: int, width: int | None = None) -> Picture:
        """The frame shown at a time of the media: the first before its own time, the last at and after the end.

        Args:
            at_ms: milliseconds from the media's beginning.
            width: pixels wanted across; more than the video has are not made up. None takes as many as it has.

        Raises:
            Known: media.unreadable when nothing can be decoded there, media.gone and the like.
        """
        target = int((Fraction(at_ms, 1000) + self._origin) / self._base // 1)
        try:
            with reading(self._path):
                frame = self._find(target)
            self._last = target
        except FFmpegError as error:
            self._run = None
            raise unreadable(self._path, error) from error
        if frame is None:
            raise Known("media.unreadable", name=shown_name(self._path), reason="no picture can be decoded")
        return self._picture(frame, width)

    def _open(self) -> InputContainer:
        regular(self._path)
        try:
            with reading(self._path):
                return open_container(self._path)
        except FFmpegError as error:
            raise unreadable(self._path, error) from error

    # ------------------------------------------------------------------------------------------- finding

    def _find(self, target: int) -> VideoFrame | None:
        run = self._run
        if run is not None and run.covers(target) and (not self._is_ahead(run, target) or self._goes_on(run, target)):
            found = run.frame(target)
            if found is not None:
                return found
        back = self._last is not None and 0 < self._last - target <= _BACK / self._base
        for earlier in (*_EARLIER, None):
            found = self._find_from(target, earlier, back=back)
            if found is not None:
                return found
        return None

    def _find_from(self, target: int, earlier: Fraction | None, *, back: bool) -> VideoFrame | None:
        """Seek to some seconds before a time (None: to the beginning) and decode from there."""
        if not self._plain:
            self._seek(target, earlier)
            before = int(_STEPS_BACK * self._usual / self._base) if back else 0
            run = Exact(self._container, self._stream, from_start=earlier is None, before=before)
            self._run = run
            found = run.frame(target) or (run.first() if earlier is None else None)
            self._plain = run.lacks_times
            if found is not None or not (run.lacks_times or run.covers(target)):
                return found
        self._seek(target, earlier)
        plain = Plain(self._container, self._stream, in_turn=self._in_turn)
        self._run = plain
        return plain.frame(target) or (plain.first() if earlier is None else None)

    def _seek(self, target: int, earlier: Fraction | None) -> None:
        if earlier is None:
            self._container.seek(min(0, self._container.start_time or 0))
        else:
            at = max(target - int(earlier / self._base), int(self._origin / self._base))
            self._container.seek(at, stream=self._stream)

    def _is_ahead(self, run: Exact | Plain, target: int) -> bool:
        """Whether a time lies beyond the packets read so far."""
        return run.read_to is not None and target >= run.read_to

    def _goes_on(self, run: Exact | Plain, target: int) -> bool:
        """Whether decoding on gets to a time sooner than seeking."""
        assert run.read_to is not None  # else the time would not lie ahead
        index = self._stream.index_entries
        place = index.search_timestamp(target) if len(index) else -1
        if place >= 0 and index[place].timestamp > run.read_to:
            return False
        known_to = index[len(index) - 1].timestamp if len(index) else run.read_to
        return known_to >= target or target - run.read_to <= _GO_ON / self._base

    # ------------------------------------------------------------------------------------------- showing

    def _picture(self, frame: VideoFrame, width: int | None) -> Picture:
        full_width, full_height = shown_size(frame, self._stream)
        across = min(width or full_width, full_width)
        down = max(1, round(full_height * across / full_width))
        turns = quarter_turns(frame)
        size = (down, across) if turns % 2 else (across, down)
        made = self._reformatter.reformat(
            frame,
            *size,
            "rgb24",
            src_colorspace=Colorspace.ITU601 if self._like_player else colours_of(frame),
            interpolation=Interpolation.BILINEAR if size[0] < frame.width else Interpolation.FAST_BILINEAR,
        )
        return Picture(across, down, upright(made, turns).tobytes())
