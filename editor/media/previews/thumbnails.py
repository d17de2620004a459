"""Thumbnails of videos and images, made from key frames and cached one by one.

Up to `MAX_THUMBNAILS` are spread over a video, widely spaced ones first, so that the first few cover all of it. Each is
cached under the time it shows; where key frames are rare there are fewer. An image has one.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter
from PIL import Image

from editor.media.files import replace_atomically, write_atomically
from editor.media.formats import still_images
from editor.media.formats.av_container import (
    choose_colorspace,
    choose_video,
    count_quarter_turns,
    display_size,
    get_origin,
    get_time_base,
    open_media,
    to_milliseconds,
    to_upright_image,
)
from editor.progress import Progress
from editor.schedule.model import Media

if TYPE_CHECKING:
    from editor.media.catalog import MediaCatalog

THUMBNAIL_HEIGHT = 160
"""Height in pixels at most; the width is at most twice as many."""
MAX_THUMBNAILS = 60
MIN_STEP_MS = 1_000
"""Smallest distance in milliseconds between two thumbnails."""
_COMPLETE = "complete"
_QUALITY = 85

OnThumbnail = Callable[[int, Path], None]
"""Callback with the time a thumbnail shows, in milliseconds, and its file."""


def make_thumbnails(
    catalog: "MediaCatalog",
    media: Media,
    progress: Progress | None = None,
    on_thumbnail: OnThumbnail | None = None,
    *,
    max_count: int = MAX_THUMBNAILS,
) -> None:
    """Make the thumbnails of a video or an image in the cache, from the file or its proxy, or report those made before.

    Args:
        catalog: The catalog of the library.
        media: A video or an image; other kinds have no thumbnails.
        progress: Receives the number of thumbnails; those made before a cancel are kept.
        on_thumbnail: Called on this thread for each thumbnail, made or cached, in no order of time.
        max_count: Number of thumbnails at most; without effect where they are complete in the cache.

    Raises:
        KnownError: ``media.missing``, ``media.unwritable``, or the file cannot be read.
        CancelledError: The progress was cancelled.
    """
    folder = _folder(catalog, media.sha256)
    if (folder / _COMPLETE).exists():
        if on_thumbnail is not None:
            for at_ms, file in sorted(_list_thumbnails(folder).items()):
                on_thumbnail(at_ms, file)
        return
    path = catalog.require_preview_path(media.sha256)
    notify = on_thumbnail or (lambda _at_ms, _file: None)
    if media.kind == "image":
        file = folder / f"{0:09}.jpg"
        _save_jpeg(still_images.load_scaled(path, THUMBNAIL_HEIGHT * 2, THUMBNAIL_HEIGHT), file)
        notify(0, file)
    elif media.kind == "video":
        _make_video_thumbnails(path, folder, _spread_times(media.duration_ms, max_count), progress, notify)
    else:
        return
    write_atomically(folder / _COMPLETE, b"")


def find_thumbnail(catalog: "MediaCatalog", sha256: str, at_ms: int) -> Path | None:
    """Return the cached thumbnail nearest to a time, in milliseconds of the media; None while none is made."""
    thumbnails = _list_thumbnails(_folder(catalog, sha256))
    return thumbnails[min(thumbnails, key=lambda time: abs(time - at_ms))] if thumbnails else None


def _folder(catalog: "MediaCatalog", sha256: str) -> Path:
    return catalog.previews_folder(sha256) / "thumbnails" / sha256


def _list_thumbnails(folder: Path) -> dict[int, Path]:
    return {int(file.stem): file for file in folder.glob("[0-9]*.jpg")}


def _spread_times(duration_ms: int, max_count: int) -> Iterator[int]:
    """Yield times spread over a media, widely spaced ones first: each round halves the distance."""
    count = max(1, min(max_count, duration_ms // MIN_STEP_MS))
    stride = 1 << (count - 1).bit_length()
    while stride:
        for number in range(0, count, stride):
            if stride * 2 > count or number % (stride * 2):
                yield number * duration_ms // count
        stride //= 2


def _make_video_thumbnails(
    path: Path, folder: Path, times: Iterator[int], progress: Progress | None, on_thumbnail: OnThumbnail
) -> None:
    wanted_times = list(dict.fromkeys(times))
    thumbnails = _list_thumbnails(folder)
    for at_ms, file in thumbnails.items():
        on_thumbnail(at_ms, file)
    with open_media(path) as container:
        stream = choose_video(container)
        if stream is None or stream.codec_context is None:
            return
        base, origin = get_time_base(stream), get_origin(container)
        decoder = stream.codec_context
        decoder.thread_type = "SLICE"  # frame threads would decode ahead in vain
        decoder.skip_frame = "NONKEY"
        reformatter = VideoReformatter()
        for number, wanted_ms in enumerate(wanted_times):
            if progress is not None:
                progress.report(number, len(wanted_times))
            try:
                container.seek(int((Fraction(wanted_ms, 1000) + origin) / base), stream=stream)
                packet = next((each for each in container.demux(stream) if each.is_keyframe or not each.size), None)
                if packet is None or not packet.size:
                    continue
                at = packet.dts if packet.pts is None else packet.pts
                at_ms = max(0, to_milliseconds((at or 0) * base - origin))
                if at_ms in thumbnails:
                    continue
                frame = next(iter([*decoder.decode(packet), *decoder.decode(None)]), None)
            except FFmpegError:
                continue  # no thumbnail of a damaged range
            if frame is not None:
                thumbnails[at_ms] = folder / f"{at_ms:09}.jpg"
                _save_jpeg(_scale_frame(frame, display_size(frame, stream), reformatter), thumbnails[at_ms])
                on_thumbnail(at_ms, thumbnails[at_ms])


def _scale_frame(frame: VideoFrame, size: tuple[int, int], reformatter: VideoReformatter) -> Image.Image:
    """Scale a frame down to a thumbnail and turn it upright."""
    scale = min(Fraction(THUMBNAIL_HEIGHT, size[1]), Fraction(THUMBNAIL_HEIGHT * 2, size[0]), Fraction(1))
    shown_width, shown_height = (max(1, round(side * scale)) for side in size)
    turns = count_quarter_turns(frame)
    frame_size = (shown_height, shown_width) if turns % 2 else (shown_width, shown_height)
    scaled = reformatter.reformat(
        frame, *frame_size, "rgb24", src_colorspace=choose_colorspace(frame), interpolation=Interpolation.AREA
    )
    return to_upright_image(scaled, turns)


def _save_jpeg(image: Image.Image, file: Path) -> None:
    with replace_atomically(file) as temporary:
        image.save(temporary, "JPEG", quality=_QUALITY)
