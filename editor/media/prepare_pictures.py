"""The pictures that attendees are given: images and pages at their widths, a video's poster and its sprite."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import av
from PIL import Image

from editor.media import images
from editor.media.frames import FrameReader
from editor.media.streams import upright
from editor.protocol.manifest import Chunk

WIDTHS = (640, 1280, 1920)
"""Pixels across of images and pages; never wider than the source."""
POSTER_WIDTH = 1280
SPRITE_EVERY_MS = 8_000
SPRITE_TILE = (160, 90)
SPRITE_MOST = 100
"""Tiles of a sprite; of long media they lie further apart."""


def widths(own: int) -> tuple[int, ...]:
    """The widths for a picture of this width."""
    below = tuple(width for width in WIDTHS if width < own)
    return below if len(below) == len(WIDTHS) else (*below, max(1, own))


def keep_webp(picture: Image.Image, folder: Path) -> Path:
    """Write a picture into a file whose name says its size."""
    plain = images.in_rgb(picture)
    kept = folder / f"{plain.width}x{plain.height}.webp"
    plain.save(kept, "WEBP", quality=85, method=4)
    return kept


def poster(path: Path, at_ms: int) -> Image.Image:
    """A video's picture at a time, to be shown before it plays."""
    with FrameReader(path) as reader:
        frame = reader.frame(at_ms, POSTER_WIDTH)
    return Image.frombytes("RGB", (frame.width, frame.height), frame.rgb)


def tiles_of(chunks: Sequence[Chunk], duration_ms: int) -> tuple[Chunk, ...]:
    """The parts whose first pictures are a sprite's tiles: they are key frames and cost next to nothing."""
    every = max(SPRITE_EVERY_MS, -(-duration_ms // SPRITE_MOST))
    found: list[Chunk] = []
    for chunk in chunks:
        if not found or chunk.start_ms >= found[-1].start_ms + every:
            found.append(chunk)
    return tuple(found)


def first_pictures(rung: Path, init_size: int, chunks: Iterable[Chunk]) -> Iterable[Image.Image]:
    """The first picture of each of these parts, read as a browser would: the beginning's bytes, then the part's."""
    with rung.open("rb") as file:
        beginning = file.read(init_size)
        for chunk in chunks:
            file.seek(chunk.offset)
            part = io.BytesIO(beginning + file.read(chunk.size))
            with av.open(part, "r", format="mp4") as container:
                frame = next(container.decode(container.streams.video[0]))
                yield upright(frame.reformat(format="rgb24"), 0)


def sprite(pictures: Iterable[Image.Image], begins: Sequence[int], duration_ms: int) -> tuple[Image.Image, str]:
    """Small pictures in one, and a WebVTT that says which belongs to which time (`begins`, ms) and where it is."""
    across, down = SPRITE_TILE
    columns = min(10, len(begins))
    sheet = Image.new("RGB", (across * columns, down * -(-len(begins) // columns)))
    lines = ["WEBVTT", ""]
    ends = [*begins[1:], max(duration_ms, begins[-1] + 1)]
    for number, picture in enumerate(pictures):
        picture.thumbnail(SPRITE_TILE)
        left, top = number % columns * across, number // columns * down
        sheet.paste(picture, (left + (across - picture.width) // 2, top + (down - picture.height) // 2))
        lines += [
            f"{stamp(begins[number])} --> {stamp(ends[number])}",
            f"sprite.webp#xywh={left},{top},{across},{down}",
            "",
        ]
    return sheet, "\n".join(lines)


def stamp(at_ms: int) -> str:
    """A time as WebVTT writes it."""
    return f"{at_ms // 3_600_000:02}:{at_ms // 60_000 % 60:02}:{at_ms // 1000 % 60:02}.{at_ms % 1000:03}"
