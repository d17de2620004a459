"""Opening sound and video through ffmpeg's libraries (PyAV), and choosing what is played of a file.

Only demuxers of media formats are allowed, and only plain files: a playlist that was dropped cannot make the program
open other files or the network. Time 0 of a media is the container's own beginning, as in the player.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Disposition, Stream
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace
from av.video.stream import VideoStream
from PIL import Image

from editor.errors import KnownError
from editor.media.files import display_name, translate_read_errors

DEMUXERS = (
    "mov,mp4,m4a,3gp,3g2,mj2",
    "matroska,webm",
    "avi",
    "asf",
    "mpeg",
    "mpegts",
    "mpegvideo",
    "mp3",
    "wav",
    "w64",
    "aiff",
    "flac",
    "ogg",
    "aac",
    "flv",
)
"""ffmpeg's own names of the demuxers that may be used."""

_UNSPECIFIED = 2
"""ffmpeg's number of the colour matrix that a file does not name."""
_TRANSPOSES = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}
_NOT_A_VIDEO = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image


@contextmanager
def open_media(path: Path) -> Iterator[InputContainer]:
    """Open a file for reading; what ffmpeg finds wrong with it inside the block becomes `Known`, too.

    Raises:
        Known: media.gone, media.forbidden, media.read_failed, or media.unreadable with ffmpeg's reason.
    """
    try:
        with translate_read_errors(path), open_container(path) as container:
            yield container
    except FFmpegError as error:
        raise unreadable_error(path, error) from error


def open_container(path: Path) -> InputContainer:
    """Open a file for reading; the caller closes it and minds what is raised.

    Raises:
        FFmpegError: ffmpeg cannot; some are OSError as well.
    """
    # An absolute path is never taken for a protocol or an option, whatever its name begins with.
    return av.open(
        str(path.absolute()),
        "r",
        options={"format_whitelist": ",".join(DEMUXERS), "protocol_whitelist": "file"},
        metadata_errors="replace",
    )


def unreadable_error(path: Path, error: FFmpegError) -> KnownError:
    """The failure that a file is none ffmpeg can read, with ffmpeg's reason."""
    return KnownError("media.unreadable", name=display_name(path), reason=error.strerror or type(error).__name__)


def choose_video(container: InputContainer) -> VideoStream | None:
    """The video that is played: the first that is more than a cover or a list of thumbnails."""
    return next((each for each in container.streams.video if not each.disposition & _NOT_A_VIDEO), None)


def choose_audio(container: InputContainer) -> AudioStream | None:
    """The sound that is played: the default track, else the first."""
    tracks = container.streams.audio
    return next((each for each in tracks if each.disposition & Disposition.default), tracks[0] if tracks else None)


def get_origin(container: InputContainer) -> Fraction:
    """Seconds on the container's clock at which the media begins."""
    return Fraction(container.start_time or 0, av.time_base)


def get_time_base(stream: Stream) -> Fraction:
    """Seconds in one unit of a stream's time stamps."""
    return stream.time_base or Fraction(1, av.time_base)


def to_milliseconds(seconds: Fraction) -> int:
    """Whole milliseconds, rounded down, so that nothing is promised past the end."""
    return int(seconds * 1000 // 1)


def display_size(frame: VideoFrame, stream: VideoStream) -> tuple[int, int]:
    """A frame's width and height as shown: with square pixels, and turned."""
    pixel_aspect = stream.sample_aspect_ratio or Fraction(1)
    width, height = max(1, round(frame.width * pixel_aspect)), frame.height
    return (height, width) if count_quarter_turns(frame) % 2 else (width, height)


def count_quarter_turns(frame: VideoFrame) -> int:
    """How many quarter turns counter-clockwise a frame is to be shown turned by, 0 … 3."""
    return round(frame.rotation / 90) % 4


def to_upright_image(frame: VideoFrame, turns: int) -> Image.Image:
    """An RGB frame as an image, turned by quarters counter-clockwise."""
    plane = frame.planes[0]
    size = (frame.width, frame.height)
    image = Image.frombuffer("RGB", size, bytes(plane), "raw", "RGB", plane.line_size, 1)
    return image.transpose(_TRANSPOSES[turns]) if turns else image


def choose_colorspace(frame: VideoFrame) -> Colorspace | None:
    """The colour matrix of a frame that names none: that of television for its size, as players take it."""
    if frame.colorspace != _UNSPECIFIED:
        return None
    return Colorspace.ITU709 if frame.width > 1024 or frame.height > 576 else Colorspace.ITU601
