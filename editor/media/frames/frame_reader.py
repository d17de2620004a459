"""Reading the exact frame of a video at a time, as an upright image.

`FrameReader` decides where decoding begins (`editor.media.frames.frame_decoder` decodes): it continues from its
position when no key frame lies nearer, else it seeks to the key frame before the wanted time, and further back where
that lands too late. When stepping back it also decodes some frames before the wanted one, since more steps follow.
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

from editor.errors import KnownError
from editor.media.files import display_name, require_regular_file, translate_read_errors
from editor.media.formats.av_container import (
    choose_colorspace,
    choose_video,
    count_quarter_turns,
    display_size,
    get_origin,
    get_time_base,
    open_container,
    to_upright_image,
    unreadable_error,
)
from editor.media.frames.frame_decoder import SelectiveDecoder, SequentialDecoder

_SEEK_BACKOFFS_S = (Fraction(0), Fraction(2), Fraction(15))
"""Seconds before the wanted time to seek to, tried in turn; the last try decodes from the beginning."""
_MAX_DECODE_ON_S = Fraction(2)
"""Seconds to decode on rather than seek, where no index lists the key frames."""
_MAX_STEP_BACK_S = Fraction(1)
"""Seconds: going back by more is a jump, by less a step that more steps will follow."""
_FRAMES_BEFORE_STEP = 12
"""Frames before the wanted one that are decoded as well when stepping back."""


class RgbImage(msgspec.Struct, frozen=True):
    """An immutable image: rows of `width` × 3 bytes (red, green, blue) from the top, without padding."""

    width: int
    height: int
    rgb: bytes


class FrameReader:
    """A reader of exact frames of one video. For one thread at a time; close it, or use it in a `with` statement.

    Args:
        path: A video.
        match_player_colours: Convert colours by BT.601 as libVLC's memory output does whatever the video says, so that
            colours do not change between playing and pausing.

    Raises:
        KnownError: ``media.no_picture`` for sound alone; ``media.unreadable``; the codes of `require_regular_file`.
    """

    def __init__(self, path: Path, *, match_player_colours: bool = False) -> None:
        self._path = path
        self._match_player_colours = match_player_colours
        self._container = self._open()
        video = choose_video(self._container)
        if video is None or video.codec_context is None:
            self._container.close()
            raise KnownError("media.no_picture", name=display_name(path))
        self._stream: VideoStream = video
        self._stream.codec_context.thread_type = "AUTO"
        self._time_base = get_time_base(video)
        self._origin = get_origin(self._container)
        self._frame_duration = 1 / (video.average_rate or video.guessed_rate or Fraction(25))
        self._decoder: SelectiveDecoder | SequentialDecoder | None = None
        # AVI stores decoding times only, and ffmpeg guesses wrong presentation times for these codecs.
        self._use_decoding_times = self._container.format.name == "avi" and video.codec_context.name in {"h264", "hevc"}
        self._is_sequential = self._use_decoding_times
        self._last_target: int | None = None
        self._reformatter = VideoReformatter()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the video; no frame can be read afterwards.

        Closing it again does no harm.
        """
        self._decoder = None
        self._container.close()

    def read_frame(self, at_ms: int, width: int | None = None) -> RgbImage:
        """Return the frame shown at a time, upright: the first frame before its own time, the last one after the end.

        Frames close after the last one read come quickest; another needs a seek.

        Args:
            at_ms: Milliseconds from the beginning of the media.
            width: Width in pixels, at most the video's; None for the video's. The height follows.

        Raises:
            KnownError: ``media.unreadable`` when nothing can be decoded there; the codes of `translate_read_errors`.
        """
        target = int((Fraction(at_ms, 1000) + self._origin) / self._time_base // 1)
        try:
            with translate_read_errors(self._path):
                frame = self._find(target)
            self._last_target = target
        except FFmpegError as error:
            self._decoder = None
            raise unreadable_error(self._path, error) from error
        if frame is None:
            raise KnownError("media.unreadable", name=display_name(self._path), reason="no picture can be decoded")
        return self._to_image(frame, width)

    def _open(self) -> InputContainer:
        require_regular_file(self._path)
        try:
            with translate_read_errors(self._path):
                return open_container(self._path)
        except FFmpegError as error:
            raise unreadable_error(self._path, error) from error

    # ------------------------------------------------------------------------------------------- finding

    def _find(self, target: int) -> VideoFrame | None:
        run = self._decoder
        if (
            run is not None
            and run.can_show(target)
            and (not self._is_ahead(run, target) or self._should_decode_on(run, target))
        ):
            found = run.decode_at(target)
            if found is not None:
                return found
        back = self._last_target is not None and 0 < self._last_target - target <= _MAX_STEP_BACK_S / self._time_base
        for earlier in (*_SEEK_BACKOFFS_S, None):
            found = self._find_from(target, earlier, steps_back=back)
            if found is not None:
                return found
        return None

    def _find_from(self, target: int, backoff: Fraction | None, *, steps_back: bool) -> VideoFrame | None:
        """Seek to some seconds before a time, or with None to the beginning, and decode from there."""
        if not self._is_sequential:
            self._seek(target, backoff)
            before = int(_FRAMES_BEFORE_STEP * self._frame_duration / self._time_base) if steps_back else 0
            selective = SelectiveDecoder(self._container, self._stream, from_start=backoff is None, lead=before)
            self._decoder = selective
            frame = selective.decode_at(target) or (selective.decode_first() if backoff is None else None)
            self._is_sequential = selective.lacks_timestamps
            if frame is not None or not (selective.lacks_timestamps or selective.can_show(target)):
                return frame
        self._seek(target, backoff)
        sequential = SequentialDecoder(self._container, self._stream, use_decoding_times=self._use_decoding_times)
        self._decoder = sequential
        return sequential.decode_at(target) or (sequential.decode_first() if backoff is None else None)

    def _seek(self, target: int, backoff: Fraction | None) -> None:
        if backoff is None:
            self._container.seek(min(0, self._container.start_time or 0))
        else:
            at = max(target - int(backoff / self._time_base), int(self._origin / self._time_base))
            self._container.seek(at, stream=self._stream)

    def _is_ahead(self, run: SelectiveDecoder | SequentialDecoder, target: int) -> bool:
        """Return whether a time lies beyond the packets read so far."""
        return run.read_to is not None and target >= run.read_to

    def _should_decode_on(self, run: SelectiveDecoder | SequentialDecoder, target: int) -> bool:
        """Return whether decoding on reaches a time sooner than seeking."""
        assert run.read_to is not None  # implied by `_is_ahead`
        index = self._stream.index_entries
        position = index.search_timestamp(target) if len(index) else -1
        if position >= 0 and index[position].timestamp > run.read_to:
            return False
        known_to = index[len(index) - 1].timestamp if len(index) else run.read_to
        return known_to >= target or target - run.read_to <= _MAX_DECODE_ON_S / self._time_base

    # ---------------------------------------------------------------------------------------- converting

    def _to_image(self, frame: VideoFrame, width: int | None) -> RgbImage:
        full_width, full_height = display_size(frame, self._stream)
        shown_width = min(width or full_width, full_width)
        shown_height = max(1, round(full_height * shown_width / full_width))
        turns = count_quarter_turns(frame)
        size = (shown_height, shown_width) if turns % 2 else (shown_width, shown_height)
        converted = self._reformatter.reformat(
            frame,
            *size,
            "rgb24",
            src_colorspace=Colorspace.ITU601 if self._match_player_colours else choose_colorspace(frame),
            interpolation=Interpolation.BILINEAR if size[0] < frame.width else Interpolation.FAST_BILINEAR,
        )
        return RgbImage(shown_width, shown_height, to_upright_image(converted, turns).tobytes())
