"""The pictures that attendees are given: images and pages at their widths, a video's poster and its sprite."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import av
from PIL import Image

from editor.media.formats import still_images
from editor.media.formats.av_container import to_upright_image
from editor.media.frames.frame_reader import FrameReader
from editor.protocol.manifest import Chunk

WIDTHS = (640, 1280, 1920)
"""Pixels across of images and pages; never wider than the source."""
POSTER_WIDTH = 1280
SPRITE_INTERVAL_MS = 8_000
SPRITE_TILE = (160, 90)
MAX_SPRITE_TILES = 100
"""Tiles of a sprite; of long media they lie further apart."""


def choose_widths(source_width: int) -> tuple[int, ...]:
    """The widths for a picture of this width."""
    smaller = tuple(width for width in WIDTHS if width < source_width)
    return smaller if len(smaller) == len(WIDTHS) else (*smaller, max(1, source_width))


def save_webp(picture: Image.Image, folder: Path) -> Path:
    """Write a picture into a file whose name says its size."""
    rgb = still_images.to_rgb(picture)
    file = folder / f"{rgb.width}x{rgb.height}.webp"
    rgb.save(file, "WEBP", quality=85, method=4)
    return file


def extract_poster(path: Path, at_ms: int) -> Image.Image:
    """A video's picture at a time, to be shown before it plays."""
    with FrameReader(path) as reader:
        frame = reader.read_frame(at_ms, POSTER_WIDTH)
    return Image.frombytes("RGB", (frame.width, frame.height), frame.rgb)


def choose_sprite_tiles(chunks: Sequence[Chunk], duration_ms: int) -> tuple[Chunk, ...]:
    """The parts whose first pictures are a sprite's tiles: they are key frames and cost next to nothing."""
    interval_ms = max(SPRITE_INTERVAL_MS, -(-duration_ms // MAX_SPRITE_TILES))
    tiles: list[Chunk] = []
    for chunk in chunks:
        if not tiles or chunk.start_ms >= tiles[-1].start_ms + interval_ms:
            tiles.append(chunk)
    return tuple(tiles)


def decode_first_frames(rung: Path, init_size: int, chunks: Iterable[Chunk]) -> Iterable[Image.Image]:
    """The first picture of each of these parts, read as a browser would: the beginning's bytes, then the part's."""
    with rung.open("rb") as file:
        init_bytes = file.read(init_size)
        for chunk in chunks:
            file.seek(chunk.offset)
            fragment = io.BytesIO(init_bytes + file.read(chunk.size))
            with av.open(fragment, "r", format="mp4") as container:
                frame = next(container.decode(container.streams.video[0]))
                yield to_upright_image(frame.reformat(format="rgb24"), 0)


def build_sprite(pictures: Iterable[Image.Image], starts: Sequence[int], duration_ms: int) -> tuple[Image.Image, str]:
    """Small pictures in one, and a WebVTT that says which belongs to which time (`begins`, ms) and where it is."""
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


def format_webvtt_time(at_ms: int) -> str:
    """A time as WebVTT writes it."""
    return f"{at_ms // 3_600_000:02}:{at_ms // 60_000 % 60:02}:{at_ms // 1000 % 60:02}.{at_ms % 1000:03}"
