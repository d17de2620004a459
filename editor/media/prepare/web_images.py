"""Images for the attendees' pages: pictures and slides at several widths, a video's poster and its sprite."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import av
from PIL import Image

from editor.media.formats import still_images
from editor.media.formats.av_container import to_upright_image
from editor.media.frames.frame_reader import FrameReader
from editor.protocol.manifest import Chunk
from editor.time_format import format_webvtt_time

WIDTHS = (640, 1280, 1920)
"""Widths in pixels of images and pages; an image is never wider than its source."""
POSTER_WIDTH = 1280
SPRITE_INTERVAL_MS = 8_000
SPRITE_TILE = (160, 90)
MAX_SPRITE_TILES = 100
"""Number of tiles of a sprite at most; in long media they lie further apart."""


def choose_widths(source_width: int) -> tuple[int, ...]:
    """Return the widths in pixels, ascending, in which an image is made: those of `WIDTHS` below its own, and its own.

    Its own is left out where all of `WIDTHS` are smaller.
    """
    smaller = tuple(width for width in WIDTHS if width < source_width)
    return smaller if len(smaller) == len(WIDTHS) else (*smaller, max(1, source_width))


def save_webp(picture: Image.Image, folder: Path) -> Path:
    """Write an image to a WebP file "<width>x<height>.webp" in a folder and return its path.

    Transparent pixels get white behind them. An existing file of that name is overwritten.

    Raises:
        OSError: The file cannot be written.
    """
    rgb = still_images.to_rgb(picture)
    file = folder / f"{rgb.width}x{rgb.height}.webp"
    rgb.save(file, "WEBP", quality=85, method=4)
    return file


def extract_poster(path: Path, at_ms: int) -> Image.Image:
    """Return the frame of a video at a time as its poster, which is shown before it plays.

    Args:
        path: The video.
        at_ms: Milliseconds from its beginning; past the end, the last frame is taken.

    Returns:
        An RGB image, `POSTER_WIDTH` pixels wide, or as wide as a smaller video; nothing is written.

    Raises:
        KnownError: The codes of `FrameReader`.
    """
    with FrameReader(path) as reader:
        frame = reader.read_frame(at_ms, POSTER_WIDTH)
    return Image.frombytes("RGB", (frame.width, frame.height), frame.rgb)


def choose_sprite_tiles(chunks: Sequence[Chunk], duration_ms: int) -> tuple[Chunk, ...]:
    """Choose the chunks whose first frames become a sprite's tiles: key frames, which decode quickly.

    They lie at least `SPRITE_INTERVAL_MS` apart, further in long media: `MAX_SPRITE_TILES` is the most. Without chunks
    there are none.
    """
    interval_ms = max(SPRITE_INTERVAL_MS, -(-duration_ms // MAX_SPRITE_TILES))
    tiles: list[Chunk] = []
    for chunk in chunks:
        if not tiles or chunk.start_ms >= tiles[-1].start_ms + interval_ms:
            tiles.append(chunk)
    return tuple(tiles)


def decode_first_frames(rung: Path, init_size: int, chunks: Iterable[Chunk]) -> Iterable[Image.Image]:
    """Yield the first frame of each chunk, read as a browser does: the init segment, then the chunk.

    Args:
        rung: The file of a video rung.
        init_size: The size of its init segment in bytes.
        chunks: Chunks of this rung, which begin with key frames.

    Raises:
        OSError: The file cannot be read.
        FFmpegError: A chunk cannot be decoded.
    """
    with rung.open("rb") as file:
        init_bytes = file.read(init_size)
        for chunk in chunks:
            file.seek(chunk.offset)
            fragment = io.BytesIO(init_bytes + file.read(chunk.size))
            with av.open(fragment, "r", format="mp4") as container:
                frame = next(container.decode(container.streams.video[0]))
                yield to_upright_image(frame.reformat(format="rgb24"), 0)


def build_sprite(pictures: Iterable[Image.Image], starts: Sequence[int], duration_ms: int) -> tuple[Image.Image, str]:
    """Build a sprite image and the WebVTT that maps each tile's time range to its rectangle in "sprite.webp".

    Args:
        pictures: The tiles' pictures, which are scaled down in place; as many as `starts`, at least one.
        starts: When each tile's range begins, in milliseconds of the media, ascending.
        duration_ms: Duration of the media, where the last range ends.
    """
    across, down = SPRITE_TILE
    columns = min(10, len(starts))
    sheet = Image.new("RGB", (across * columns, down * -(-len(starts) // columns)))
    lines = ["WEBVTT", ""]
    ends = [*starts[1:], max(duration_ms, starts[-1] + 1)]
    for number, picture in enumerate(pictures):
        picture.thumbnail(SPRITE_TILE)
        left, top = number % columns * across, number // columns * down
        sheet.paste(picture, (left + (across - picture.width) // 2, top + (down - picture.height) // 2))
        lines += [
            f"{format_webvtt_time(starts[number])} --> {format_webvtt_time(ends[number])}",
            f"sprite.webp#xywh={left},{top},{across},{down}",
            "",
        ]
    return sheet, "\n".join(lines)
