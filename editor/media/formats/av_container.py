"""Opening sound and video with PyAV (ffmpeg's libraries), and choosing the streams that are played.

Only demuxers of media formats and only local files are allowed: a playlist cannot make the program open other files
or the network. Time 0 of a media is the beginning of its container, as in the player.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache
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
from editor.media.files import display_name, require_regular_file, translate_read_errors
from editor.media.formats.file_format import HEAD_BYTES, refuse_playlist

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
"""ffmpeg's names of the allowed demuxers, none of which opens other files or addresses."""
LOCAL_ONLY = {"protocol_whitelist": "file"}
"""The option with which ffmpeg opens local files alone, whatever a file says."""

_UNSPECIFIED = 2
"""ffmpeg's number (AVCOL_SPC_UNSPECIFIED) of a colour matrix that a file does not name."""
_TRANSPOSES = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}
_NOT_A_VIDEO = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image


@contextmanager
def open_media(path: Path) -> Iterator[InputContainer]:
    """Open a video or sound for reading in a `with` block; ffmpeg's errors inside the block become a `KnownError` too.

    The file is closed at the end of the block.

    Raises:
        KnownError: ``media.gone``, ``media.forbidden``, ``media.read_failed``, or ``media.unreadable`` with ffmpeg's
            reason.
    """
    try:
        with translate_read_errors(path), open_container(path) as container:
            yield container
    except FFmpegError as error:
        raise unreadable_error(path, error) from error


def open_container(path: Path) -> InputContainer:
    """Open a file for reading; the caller closes it.

    Raises:
        FFmpegError: ffmpeg cannot read it; some of these are OSError as well.
    """
    # An absolute path is never taken for a protocol or an option, whatever its name begins with.
    return av.open(
        str(path.absolute()),
        "r",
        options={"format_whitelist": ",".join(DEMUXERS), **LOCAL_ONLY},
        metadata_errors="replace",
    )


def find_demuxer(path: Path) -> str:
    """Return which of `DEMUXERS` reads a file, so that no other program guesses again; found once for each content.

    Raises:
        KnownError: ``media.playlist``, and those of `open_media`.
    """
    info = require_regular_file(path)
    return _find_demuxer(path.absolute(), info.st_size, info.st_mtime_ns)


@lru_cache(256)
def _find_demuxer(path: Path, _size: int, _mtime_ns: int) -> str:
    with translate_read_errors(path), path.open("rb") as file:
        refuse_playlist(path, file.read(HEAD_BYTES))
    with open_media(path) as container:
        return container.format.name


def unreadable_error(path: Path, error: FFmpegError) -> KnownError:
    """Return the ``media.unreadable`` error with the file's name and ffmpeg's reason; it is not raised."""
    return KnownError("media.unreadable", name=display_name(path), reason=error.strerror or type(error).__name__)


def choose_video(container: InputContainer) -> VideoStream | None:
    """Return the video stream that is played: the first that is neither a cover nor a list of thumbnails; else None.

    Whether it can be decoded is not checked.
    """
    return next((each for each in container.streams.video if not each.disposition & _NOT_A_VIDEO), None)


def choose_audio(container: InputContainer) -> AudioStream | None:
    """Return the audio stream that is played: the default one, else the first; None without sound.

    Whether it can be decoded is not checked.
    """
    tracks = container.streams.audio
    return next((each for each in tracks if each.disposition & Disposition.default), tracks[0] if tracks else None)


def get_origin(container: InputContainer) -> Fraction:
    """Return where the media begins on the container's clock, in seconds; subtract it from time stamps.

    It is 0 where the container names none.
    """
    return Fraction(container.start_time or 0, av.time_base)


def get_time_base(stream: Stream) -> Fraction:
    """Return the length of one unit of a stream's time stamps, in seconds; a microsecond if the stream names none."""
    return stream.time_base or Fraction(1, av.time_base)


def to_milliseconds(seconds: Fraction) -> int:
    """Convert seconds to whole milliseconds, rounded down so that no time lies past the end."""
    return int(seconds * 1000 // 1)


def display_size(frame: VideoFrame, stream: VideoStream) -> tuple[int, int]:
    """Return a frame's width and height in square pixels, after rotation."""
    pixel_aspect = stream.sample_aspect_ratio or Fraction(1)
    width, height = max(1, round(frame.width * pixel_aspect)), frame.height
    return (height, width) if count_quarter_turns(frame) % 2 else (width, height)


def count_quarter_turns(frame: VideoFrame) -> int:
    """Return by how many quarter turns, 0 … 3, a frame must be turned counter-clockwise."""
    return round(frame.rotation / 90) % 4


def to_upright_image(frame: VideoFrame, turns: int) -> Image.Image:
    """Convert a frame in the format rgb24 to an image, turned counter-clockwise by 0 … 3 quarter turns."""
    plane = frame.planes[0]
    size = (frame.width, frame.height)
    image = Image.frombuffer("RGB", size, bytes(plane), "raw", "RGB", plane.line_size, 1)
    return image.transpose(_TRANSPOSES[turns]) if turns else image


def choose_colorspace(frame: VideoFrame) -> Colorspace | None:
    """Return the colour matrix for a frame that names none: BT.709 for HD, else BT.601, as players choose it.

    None for a frame that names its matrix.
    """
    if frame.colorspace != _UNSPECIFIED:
        return None
    return Colorspace.ITU709 if frame.width > 1024 or frame.height > 576 else Colorspace.ITU601
