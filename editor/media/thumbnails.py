"""Small pictures of a video along its time, made of key frames alone and kept in the cache as they come.

Up to `MOST` are spread over the media, those far apart first, so that a few give the whole at once. Each lies in the
cache under the time it shows; where key frames are rare there are fewer. An image has one.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter
from PIL import Image

from editor.media import images
from editor.media.files import made_aside, write_whole
from editor.media.streams import (
    base_of,
    colours_of,
    milliseconds,
    opened,
    origin_of,
    quarter_turns,
    shown_size,
    upright,
    video_of,
)
from editor.progress import Progress
from editor.schedule.model import Media

if TYPE_CHECKING:
    from editor.media.shelf import Shelf

HEIGHT = 160
"""Pixels at most; and twice as many across."""
MOST = 60
LEAST_STEP_MS = 1_000
"""No two are asked for nearer than this."""
_COMPLETE = "complete"
_QUALITY = 85

OnEach = Callable[[int, Path], None]
"""Given the time a thumbnail shows, and its file."""


def make_thumbnails(
    shelf: "Shelf",
    media: Media,
    progress: Progress | None = None,
    on_each: OnEach | None = None,
    *,
    most: int = MOST,
) -> None:
    """Make the thumbnails of a video or an image, or give those that there are.

    Args:
        shelf: where the file and the cache are.
        media: other kinds have none.
        progress: told how many of how many are done; its cancel ends the work, and what is made is kept.
        on_each: given each as it comes.
        most: how many at most.

    Raises:
        Known: media.missing, media.unwritable, or what is wrong with the file.
        Cancelled: the work was given up.
    """
    folder = _folder(shelf, media.sha256)
    if (folder / _COMPLETE).exists():
        if on_each is not None:
            for at_ms, file in sorted(_kept(folder).items()):
                on_each(at_ms, file)
        return
    path = shelf.require_shown(media.sha256)
    told = on_each or (lambda _at_ms, _file: None)
    if media.kind == "image":
        file = folder / f"{0:09}.jpg"
        _store(images.shrunk(path, HEIGHT * 2, HEIGHT), file)
        told(0, file)
    elif media.kind == "video":
        _make_all(path, folder, _times(media.duration_ms, most), progress, told)
    else:
        return
    write_whole(folder / _COMPLETE, b"")


def thumbnail_file(shelf: "Shelf", sha256: str, at_ms: int) -> Path | None:
    """The thumbnail nearest to a time; None while there is none."""
    kept = _kept(_folder(shelf, sha256))
    return kept[min(kept, key=lambda time: abs(time - at_ms))] if kept else None


def _folder(shelf: "Shelf", sha256: str) -> Path:
    return shelf.drawings(sha256) / "thumbnails" / sha256


def _kept(folder: Path) -> dict[int, Path]:
    return {int(file.stem): file for file in folder.glob("[0-9]*.jpg")}


def _times(duration_ms: int, most: int) -> Iterator[int]:
    """Times spread over a media, the far ones first: each round halves the distance of the one before."""
    count = max(1, min(most, duration_ms // LEAST_STEP_MS))
    stride = 1 << (count - 1).bit_length()
    while stride:
        for number in range(0, count, stride):
            if stride * 2 > count or number % (stride * 2):
                yield number * duration_ms // count
        stride //= 2


def _make_all(path: Path, folder: Path, times: Iterator[int], progress: Progress | None, on_each: OnEach) -> None:
    wanted = list(dict.fromkeys(times))
    made = _kept(folder)
    for at_ms, file in made.items():
        on_each(at_ms, file)
    with opened(path) as container:
        stream = video_of(container)
        if stream is None or stream.codec_context is None:
            return
        base, origin = base_of(stream), origin_of(container)
        decoder = stream.codec_context
        decoder.thread_type = "SLICE"  # one frame at a time: threads that work ahead would work in vain
        decoder.skip_frame = "NONKEY"
        reformatter = VideoReformatter()
        for number, wanted_ms in enumerate(wanted):
            if progress is not None:
                progress.report(number, len(wanted))
            try:
                container.seek(int((Fraction(wanted_ms, 1000) + origin) / base), stream=stream)
                packet = next((each for each in container.demux(stream) if each.is_keyframe or not each.size), None)
                if packet is None or not packet.size:
                    continue
                at = packet.dts if packet.pts is None else packet.pts
                at_ms = max(0, milliseconds((at or 0) * base - origin))
                if at_ms in made:
                    continue
                frame = next(iter([*decoder.decode(packet), *decoder.decode(None)]), None)
            except FFmpegError:
                continue  # nothing to show of a damaged stretch
            if frame is not None:
                made[at_ms] = folder / f"{at_ms:09}.jpg"
                _store(_small(frame, shown_size(frame, stream), reformatter), made[at_ms])
                on_each(at_ms, made[at_ms])


def _small(frame: VideoFrame, size: tuple[int, int], reformatter: VideoReformatter) -> Image.Image:
    """A frame no larger than a thumbnail, the right way up."""
    scale = min(Fraction(HEIGHT, size[1]), Fraction(HEIGHT * 2, size[0]), Fraction(1))
    across, down = (max(1, round(side * scale)) for side in size)
    turns = quarter_turns(frame)
    asked = (down, across) if turns % 2 else (across, down)
    made = reformatter.reformat(
        frame, *asked, "rgb24", src_colorspace=colours_of(frame), interpolation=Interpolation.AREA
    )
    return upright(made, turns)


def _store(image: Image.Image, file: Path) -> None:
    with made_aside(file) as aside:
        image.save(aside, "JPEG", quality=_QUALITY)
