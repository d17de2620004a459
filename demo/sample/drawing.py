"""The canvas for the sample's pictures: text, shapes, glow, stars and a moon.

Everything is drawn at twice its size and scaled down for smooth edges. The font is DejaVu Sans where it is installed,
else Pillow's own.
"""

import math
import random
from functools import cache

from PIL import Image, ImageDraw, ImageFont

SIZE = (1280, 720)
_SUPERSAMPLING = 2

NIGHT_TOP = (9, 14, 36)
NIGHT_BOTTOM = (32, 52, 102)
PAPER_TOP = (253, 250, 243)
PAPER_BOTTOM = (241, 234, 219)
LIGHT = (246, 243, 232)
DIM = (168, 182, 214)
WARM = (255, 200, 87)
INK = (32, 38, 66)
INK_DIM = (104, 108, 128)
RUST = (194, 84, 45)

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@cache
def load_font(size: int, *, bold: bool = False, mono: bool = False) -> Font:
    """Load DejaVu Sans in a size in pixels, or Pillow's own font where it is not installed; fonts are cached.

    Pillow's own font is neither bold nor mono, whatever is asked for.
    """
    name = f"DejaVuSans{'Mono' if mono else ''}{'-Bold' if bold else ''}.ttf"
    try:
        return ImageFont.truetype(name, size)
    except OSError:
        return ImageFont.load_default(size)


class Drawing:
    """A picture that is drawn in coordinates of 1280 × 720 whatever its final size.

    Args:
        top: Background colour at the top edge.
        bottom: Background colour at the bottom edge.
        size: Width and height of the finished picture in pixels, 16 : 9.
    """

    def __init__(self, top: Colour, bottom: Colour, size: tuple[int, int] = SIZE) -> None:
        self._size = size
        self._scale = size[0] * _SUPERSAMPLING / SIZE[0]
        self._image = _make_gradient(top, bottom, (size[0] * _SUPERSAMPLING, size[1] * _SUPERSAMPLING))
        self._draw = ImageDraw.Draw(self._image)

    def to_image(self) -> Image.Image:
        """Return the finished picture, scaled down to the size given to the constructor."""
        return self._image.resize(self._size, Image.Resampling.LANCZOS)

    def _scale_values(self, *values: float) -> list[float]:
        return [value * self._scale for value in values]

    def text(
        self, x: float, y: float, text: str, size: int, colour: Colour, *, bold: bool = False, anchor: str = "ls"
    ) -> None:
        """Draw one line of text at a point.

        Args:
            x: of the point, in the coordinates of 1280 × 720.
            y: of the point, likewise.
            text: the line.
            size: of the font, in the same units.
            colour: of the text.
            bold: whether the font is bold.
            anchor: which part of the text lies on the point, as Pillow writes it; by default the left end of the base
                line.
        """
        letters = load_font(round(size * self._scale), bold=bold)
        self._draw.text((x * self._scale, y * self._scale), text, colour, letters, anchor=anchor)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Draw a filled circle.

        Args:
            x: of its centre, in the coordinates of 1280 × 720.
            y: of its centre, likewise.
            radius: in the same units.
            colour: fills it.
        """
        self._draw.ellipse(self._scale_values(x - radius, y - radius, x + radius, y + radius), colour)

    def ring(self, x: float, y: float, radius: float, colour: Colour, width: float = 2) -> None:
        """Draw the outline of a circle.

        Args:
            x: of its centre, in the coordinates of 1280 × 720.
            y: of its centre, likewise.
            radius: in the same units.
            colour: of the outline.
            width: of the outline, in the same units.
        """
        box = self._scale_values(x - radius, y - radius, x + radius, y + radius)
        self._draw.ellipse(box, None, colour, round(width * self._scale))

    def line(self, points: list[tuple[float, float]], colour: Colour, width: float = 2) -> None:
        """Draw a line through points, with round joints.

        Args:
            points: in the coordinates of 1280 × 720.
            colour: of the line.
            width: of the line, in the same units.
        """
        path = [(x * self._scale, y * self._scale) for x, y in points]
        self._draw.line(path, colour, round(width * self._scale), joint="curve")

    def shape(self, points: list[tuple[float, float]], colour: Colour) -> None:
        """Draw a filled polygon through points in the coordinates of 1280 × 720."""
        self._draw.polygon([(x * self._scale, y * self._scale) for x, y in points], colour)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour, radius: float = 10) -> None:
        """Draw a filled rectangle with round corners, in the coordinates of 1280 × 720.

        Args:
            x: of its left edge.
            y: of its upper edge.
            width: of the rectangle.
            height: of the rectangle.
            colour: fills it.
            radius: of its corners.
        """
        self._draw.rounded_rectangle(self._scale_values(x, y, x + width, y + height), radius * self._scale, colour)

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: int = 110) -> None:
        """Draw light around a point that fades with the distance.

        Args:
            x: of the point, in the coordinates of 1280 × 720.
            y: of the point, likewise.
            radius: half the side of the square that is painted, in the same units; the light ends at 0.7 of it.
            colour: of the light.
            strength: opacity at the point, from 0 to 255.
        """
        far = round(radius * self._scale)
        spot = Image.radial_gradient("L").resize((far * 2, far * 2))
        mask = spot.point([max(0, 255 - value * 2) * strength // 255 for value in range(256)])
        corner = (round(x * self._scale) - far, round(y * self._scale) - far)
        self._image.paste(colour, (*corner, corner[0] + far * 2, corner[1] + far * 2), mask)

    def stars(self, seed: int, count: int, *, above: float = 720, clear: Box = (0, 0, 0, 0)) -> None:
        """Scatter stars down to a height, the same ones for the same seed.

        Args:
            seed: of the random places and sizes.
            count: how many stars; those that would lie in `clear` are left out.
            above: y of the lowest star, in the coordinates of 1280 × 720.
            clear: left, top, right and bottom of a box that is kept free for text.
        """
        rng = random.Random(seed)  # noqa: S311 - no secret: the same stars every time
        for _ in range(count):
            x, y = rng.uniform(0, 1280), rng.uniform(0, above)
            if clear[0] < x < clear[2] and clear[1] < y < clear[3]:
                continue
            light = rng.choice((90, 120, 150, 190, 235))
            self.disc(x, y, rng.choice((0.7, 0.9, 1.2, 1.6)), (light, light, min(255, light + 20)))

    def moon(self, x: float, y: float, radius: float, phase: float) -> None:
        """Draw a moon in one of its phases.

        Args:
            x: of its centre, in the coordinates of 1280 × 720.
            y: of its centre, likewise.
            radius: in the same units.
            phase: 0 is new, 0.5 full, 1 new again; it waxes on its right side.
        """
        self.disc(x, y, radius, (38, 48, 84))
        lit = []
        steps = 60
        waxing = phase <= 0.5
        edge = math.cos(phase * 2 * math.pi)
        for step in range(steps + 1):
            angle = math.pi * step / steps
            lit.append((x + (1 if waxing else -1) * radius * math.sin(angle), y - radius * math.cos(angle)))
        for step in range(steps, -1, -1):
            angle = math.pi * step / steps
            lit.append((x + (1 if waxing else -1) * radius * edge * math.sin(angle), y - radius * math.cos(angle)))
        self.shape(lit, (240, 234, 214))


def _make_gradient(top: Colour, bottom: Colour, size: tuple[int, int]) -> Image.Image:
    ramp = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), ramp)
