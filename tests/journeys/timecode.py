"""A film whose frames carry their number, in digits for people and in squares for a reader.

The row of squares is, from the left: white, black, the frame's number in Gray code (neighbouring frames differ in one
square, so a picture taken between them reads as one of the two), even parity, black, white. The outer squares tell how
bright white and black are, and that the row is there at all.
"""

import subprocess
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 640, 360
RATE = 25
FRAME_MS = 1000 // RATE
BITS = 11
SQUARES = BITS + 5
TOP, BOTTOM = 150, 198
"""Where the squares are in the picture: in its middle, where no page lays anything over it."""
MIN_CONTRAST = 80


def render_film(file: Path, length_ms: int) -> Path:
    """Render the film, with a tone as its sound."""
    count = length_ms // FRAME_MS
    assert count <= 1 << BITS
    arguments = (
        *("-f", "rawvideo", "-pixel_format", "gray", "-video_size", f"{WIDTH}x{HEIGHT}", "-framerate", str(RATE)),
        *("-i", "pipe:0", "-f", "lavfi", "-i", f"sine=frequency=330:duration={length_ms / 1000}"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", "-pix_fmt", "yuv420p", "-g", str(2 * RATE)),
        *("-c:a", "aac", "-b:a", "64k", "-shortest", str(file)),
    )
    with subprocess.Popen(["ffmpeg", "-y", "-v", "error", *arguments], stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin is not None
        for frame in range(count):
            encoder.stdin.write(draw_frame(frame).tobytes())
        encoder.stdin.close()
        assert encoder.wait(60) == 0
    return file


def draw_frame(frame: int) -> Image.Image:
    """Draw one frame."""
    picture = Image.new("L", (WIDTH, HEIGHT), 70)
    pen = ImageDraw.Draw(picture)
    for place, lit in enumerate(_frame_squares(frame)):
        left = place * WIDTH // SQUARES
        pen.rectangle((left, TOP, (place + 1) * WIDTH // SQUARES - 1, BOTTOM - 1), 255 if lit else 0)
    at_ms = frame * FRAME_MS
    text = f"{at_ms // 60_000}:{at_ms // 1000 % 60:02}.{at_ms % 1000:03}"
    pen.text((WIDTH // 2, TOP // 2), text, 255, ImageFont.load_default(64), anchor="mm")
    return picture


def read_position(picture: Image.Image) -> int | None:
    """Return the position in milliseconds that a picture of the film shows; None if it shows no frame.

    Args:
        picture: the film in any size, with or without bars beside or above it.
    """
    width = min(picture.width, picture.height * WIDTH // HEIGHT)
    height = width * HEIGHT // WIDTH
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    grey = picture.convert("L")
    middle = top + height * (TOP + BOTTOM) // (2 * HEIGHT)
    seen = [
        _square_brightness(grey, left + width * (2 * place + 1) // (2 * SQUARES), middle) for place in range(SQUARES)
    ]
    white, black = min(seen[0], seen[-1]), max(seen[1], seen[-2])
    if white - black < MIN_CONTRAST:
        return None
    lit = [each > (white + black) // 2 for each in seen[2:-2]]
    if sum(lit) % 2:
        return None
    frame = 0
    for each in lit[:-1]:
        frame = frame << 1 | (each ^ (frame & 1))
    return frame * FRAME_MS


def _frame_squares(frame: int) -> list[bool]:
    gray = frame ^ frame >> 1
    bits = [bool(gray >> place & 1) for place in reversed(range(BITS))]
    return [True, False, *bits, sum(bits) % 2 == 1, False, True]


def _square_brightness(picture: Image.Image, x: int, y: int) -> int:
    part = picture.crop((x - 2, y - 2, x + 3, y + 3)).tobytes()
    return sum(part) // len(part)
