"""The pictures of the sample webinar: slides of a talk about the night sky, a handout, two cards.

Random positions have fixed seeds: every machine with the same fonts draws the same pictures.
"""

import math
import random
from collections.abc import Callable

from PIL import Image

from demo.sample.drawing import (
    DIM,
    INK,
    INK_DIM,
    LIGHT,
    NIGHT_BOTTOM,
    NIGHT_TOP,
    PAPER_BOTTOM,
    PAPER_TOP,
    RUST,
    WARM,
    Drawing,
)


def _draw_heading(sheet: Drawing, number: int, text: str) -> None:
    sheet.text(84, 96, f"{number}", 28, WARM, bold=True)
    sheet.text(120, 96, text, 35, LIGHT, bold=True)
    sheet.line([(84, 122), (1196, 122)], (70, 88, 140), 1.5)


# --------------------------------------------------------------------------------------------- the talk


def draw_title_slide() -> Image.Image:
    """Return a picture of the talk's title slide; 1280 × 720 pixels."""
    sheet = Drawing(NIGHT_TOP, NIGHT_BOTTOM)
    sheet.stars(7, 260, above=560, clear=(70, 190, 830, 420))
    sheet.glow(1010, 230, 300, (250, 240, 210), 120)
    _draw_full_moon(sheet, 1010, 230, 112)
    _draw_hills(sheet)
    sheet.text(84, 250, "The night sky,", 66, LIGHT, bold=True)
    sheet.text(84, 330, "with your own eyes", 66, LIGHT, bold=True)
    sheet.text(86, 394, "A short talk for the first clear evening", 29, DIM)
    return sheet.to_image()


def draw_dark_slide() -> Image.Image:
    """Return a picture of the slide with the curve of how eyes adapt to the dark; 1280 × 720 pixels."""
    sheet = Drawing(NIGHT_TOP, NIGHT_BOTTOM)
    _draw_heading(sheet, 1, "Give your eyes twenty minutes")
    left, base, width, height = 150, 560, 660, 360
    sheet.line([(left, base - height), (left, base), (left + width, base)], DIM, 2.5)
    curve = [(left + width * step / 100, base - height * 0.92 * (1 - math.exp(-step / 24))) for step in range(101)]
    sheet.shape([(left, base), *curve, (left + width, base)], (38, 58, 112))
    sheet.line(curve, WARM, 5)
    for minutes in (0, 5, 10, 15, 20):
        x = left + width * minutes / 20
        sheet.line([(x, base), (x, base + 9)], DIM, 2)
        sheet.text(x, base + 40, f"{minutes}", 22, DIM, anchor="ms")
    sheet.text(left + width, base + 74, "minutes in the dark", 20, DIM, anchor="rs")
    sheet.text(left + 6, base - height - 16, "stars you can see", 20, DIM)
    for number, (count, when) in enumerate((("50", "at once"), ("2500", "after 10 min"), ("3000", "after 20 min"))):
        y = 250 + number * 118
        sheet.text(1180, y, count, 54, LIGHT, bold=True, anchor="rs")
        sheet.text(1180, y + 32, when, 21, DIM, anchor="rs")
    return sheet.to_image()


def draw_moon_slide() -> Image.Image:
    """Return a picture of the slide with the phases of the moon in a row; 1280 × 720 pixels."""
    sheet = Drawing(NIGHT_TOP, NIGHT_BOTTOM)
    sheet.stars(3, 90, clear=(60, 50, 1240, 530))
    _draw_heading(sheet, 2, "The moon tells the date")
    names = ("new", "waxing", "half", "full", "half", "waning", "new")
    phases = (0.03, 0.14, 0.25, 0.5, 0.75, 0.86, 0.97)
    for number, (name, phase) in enumerate(zip(names, phases, strict=True)):
        x = 148 + number * 164
        y = 352 - 46 * math.sin(math.pi * number / 6)
        if phase == 0.5:
            sheet.glow(x, y, 140, (250, 240, 210), 120)
        sheet.moon(x, y, 58, phase)
        sheet.text(x, 484, f"day {round(phase * 29.5)}", 24, LIGHT, bold=True, anchor="ms")
        sheet.text(x, 516, name, 20, DIM, anchor="ms")
    return sheet.to_image()


def draw_plough_slide() -> Image.Image:
    """Return a picture of the slide on how to find the North Star; 1280 × 720 pixels."""
    sheet = Drawing(NIGHT_TOP, NIGHT_BOTTOM)
    sheet.stars(11, 200, clear=(60, 50, 900, 120))
    _draw_heading(sheet, 3, "From the Plough to the North Star")
    plough = [(180, 330), (292, 300), (372, 352), (470, 402), (494, 506), (654, 524), (668, 398)]
    sheet.line([*plough, plough[3]], (112, 134, 196), 2.5)
    pointer, north = (654, 524), (1010, 204)
    start = (668, 398)
    for step in range(2, 20):
        share = step / 20
        x, y = start[0] + (north[0] - start[0]) * share, start[1] + (north[1] - start[1]) * share
        sheet.disc(x, y, 2.6, WARM)
    for x, y in plough:
        sheet.glow(x, y, 34, (220, 230, 255), 140)
        sheet.disc(x, y, 6.5, LIGHT)
    for x, y in (pointer, start):
        sheet.ring(x, y, 16, WARM, 2.5)
    sheet.glow(*north, 80, (255, 244, 214), 190)
    sheet.disc(*north, 9.5, (255, 250, 235))
    sheet.text(1010, 172, "North Star", 26, LIGHT, bold=True, anchor="ms")
    sheet.text(700, 548, "the two pointers", 22, WARM)
    sheet.text(842, 346, "five times as far", 22, WARM)
    return sheet.to_image()


def draw_planet_slide() -> Image.Image:
    """Return a picture of the slide on why stars twinkle and planets do not; 1280 × 720 pixels."""
    sheet = Drawing(NIGHT_TOP, NIGHT_BOTTOM)
    _draw_heading(sheet, 4, "Planets do not twinkle")
    for x, name, caption in (
        (330, "A star", "a point: the air bends its light"),
        (950, "A planet", "a disc: its light is calm"),
    ):
        sheet.box(x - 246, 168, 492, 392, (22, 34, 74), 18)
        sheet.text(x, 492, name, 34, LIGHT, bold=True, anchor="ms")
        sheet.text(x, 530, caption, 22, DIM, anchor="ms")
    sheet.glow(330, 312, 120, (255, 255, 255), 150)
    for ray in range(8):
        angle = ray * math.pi / 4
        far = 92 if ray % 2 == 0 else 46
        tip = (330 + far * math.cos(angle), 312 + far * math.sin(angle))
        side = (330 + 8 * math.cos(angle + 1.57), 312 + 8 * math.sin(angle + 1.57))
        other = (330 + 8 * math.cos(angle - 1.57), 312 + 8 * math.sin(angle - 1.57))
        sheet.shape([side, tip, other], (252, 250, 240))
    sheet.glow(950, 312, 150, (255, 214, 150), 110)
    sheet.disc(950, 312, 74, (226, 184, 132))
    for y, colour in ((276, (204, 152, 104)), (306, (240, 214, 172)), (340, (190, 136, 92))):
        half = math.sqrt(72**2 - (y - 312) ** 2)
        sheet.line([(950 - half, y), (950 + half, y)], colour, 11)
    return sheet.to_image()


def draw_tonight_slide() -> Image.Image:
    """Return a picture of the last slide: three things to do tonight; 1280 × 720 pixels."""
    sheet = Drawing(NIGHT_TOP, NIGHT_BOTTOM)
    sheet.stars(5, 220, above=500, clear=(60, 50, 860, 440))
    _draw_hills(sheet)
    _draw_heading(sheet, 5, "Try it tonight")
    for number, text in enumerate(
        ("Go where no lamp shines at you", "Wait twenty minutes, phone away", "Find north, then one planet")
    ):
        y = 224 + number * 96
        sheet.disc(120, y - 12, 26, WARM)
        sheet.line([(108, y - 12), (117, y - 2), (133, y - 24)], INK, 5)
        sheet.text(172, y, text, 36, LIGHT)
    return sheet.to_image()


TALK: tuple[Callable[[], Image.Image], ...] = (
    draw_title_slide,
    draw_dark_slide,
    draw_moon_slide,
    draw_plough_slide,
    draw_planet_slide,
    draw_tonight_slide,
)
"""The slides of the talk, in order."""


def _draw_full_moon(sheet: Drawing, x: float, y: float, radius: float) -> None:
    sheet.disc(x, y, radius, (242, 236, 216))
    for dx, dy, size in (
        (-0.35, -0.3, 0.24),
        (0.25, 0.1, 0.3),
        (-0.2, 0.42, 0.17),
        (0.42, -0.42, 0.13),
        (0.02, -0.1, 0.1),
    ):
        sheet.disc(x + dx * radius, y + dy * radius, size * radius, (224, 216, 192))


def _draw_hills(sheet: Drawing) -> None:
    for base, rise, wave, colour in (
        (560, 44, 210, (20, 32, 68)),
        (604, 34, 150, (13, 21, 48)),
        (640, 22, 260, (8, 13, 32)),
    ):
        top = [(x, base - rise * math.sin(x / wave + base)) for x in range(0, 1290, 10)]
        sheet.shape([(0, 720), *top, (1280, 720)], colour)


# -------------------------------------------------------------------------------------- cards and handout

CARD_SIZE = (1920, 1080)
HANDOUT_SIZE = (1600, 900)


def draw_agenda_card() -> Image.Image:
    """Return a picture with the agenda of the evening, shown before the talk; `CARD_SIZE` pixels."""
    sheet = Drawing(PAPER_TOP, PAPER_BOTTOM, CARD_SIZE)
    sheet.box(0, 0, 18, 720, RUST, 0)
    sheet.text(96, 142, "This evening", 60, INK, bold=True)
    sheet.text(98, 188, "Welcome! We begin in a moment.", 26, INK_DIM)
    rows = (
        ("The night sky, with your own eyes", "talk"),
        ("A little music", "break"),
        ("Four things to find", "slides"),
        ("Your questions", "chat"),
    )
    for number, (text, kind) in enumerate(rows):
        y = 282 + number * 98
        sheet.disc(120, y - 12, 24, INK)
        sheet.text(120, y - 2, f"{number + 1}", 26, PAPER_TOP, bold=True, anchor="ms")
        sheet.text(172, y, text, 36, INK)
        sheet.text(1180, y, kind, 25, RUST, bold=True, anchor="rs")
        sheet.line([(96, y + 36), (1180, y + 36)], (214, 204, 184), 1.2)
    return sheet.to_image()


def draw_thanks_card() -> Image.Image:
    """Return the picture that closes the sample webinar; `CARD_SIZE` pixels."""
    sheet = Drawing((18, 20, 52), (126, 74, 92), CARD_SIZE)
    sheet.stars(21, 240, above=470, clear=(330, 200, 950, 380))
    sheet.glow(640, 560, 520, (255, 170, 110), 150)
    _draw_hills(sheet)
    sheet.text(640, 292, "Thank you", 96, LIGHT, bold=True, anchor="ms")
    sheet.text(640, 356, "Clear skies, and good night", 32, (244, 214, 196), anchor="ms")
    return sheet.to_image()


def draw_handout() -> list[Image.Image]:
    """Return pictures of the five pages of the handout, `HANDOUT_SIZE` pixels: a title and four things to look for."""
    things = (
        ("The Moon", "Look at half moon: along the shadow’s edge the craters stand out.", "tonight, anywhere"),
        ("Jupiter", "Brighter than any star. Field glasses show four moons in a row.", "in the south, late"),
        ("The Pleiades", "Seven sisters, close together. How many do you count?", "autumn and winter"),
        ("The Milky Way", "A pale band across the sky. It needs a really dark place.", "summer, no moon"),
    )
    pages = [_draw_handout_title()]
    for number, (name, text, when) in enumerate(things):
        sheet = Drawing(PAPER_TOP, PAPER_BOTTOM, HANDOUT_SIZE)
        sheet.box(84, 150, 470, 430, NIGHT_TOP, 22)
        _THINGS[number](sheet)
        sheet.text(620, 250, f"{number + 1}", 40, RUST, bold=True)
        sheet.text(668, 250, name, 52, INK, bold=True)
        for row, part in enumerate(_wrap_text(text, 34)):
            sheet.text(622, 330 + row * 46, part, 30, INK)
        sheet.text(622, 540, when, 26, RUST)
        sheet.text(1196, 668, f"{number + 2} / 5", 20, INK_DIM, anchor="rs")
        pages.append(sheet.to_image())
    return pages


def _draw_handout_title() -> Image.Image:
    sheet = Drawing(PAPER_TOP, PAPER_BOTTOM, HANDOUT_SIZE)
    sheet.box(0, 0, 1280, 300, NIGHT_TOP, 0)
    _draw_full_moon(sheet, 1040, 150, 74)
    sheet.text(84, 190, "Four things to find", 62, LIGHT, bold=True)
    sheet.text(86, 388, "A handout to take outside. All you need is", 30, INK)
    sheet.text(86, 434, "a dark place, warm clothes and a little patience.", 30, INK)
    sheet.text(1196, 668, "1 / 5", 20, INK_DIM, anchor="rs")
    return sheet.to_image()


def _wrap_text(text: str, width: int) -> list[str]:
    rows = [""]
    for word in text.split():
        if len(rows[-1]) + len(word) > width:
            rows.append("")
        rows[-1] = f"{rows[-1]} {word}".strip()
    return rows


def _draw_half_moon(sheet: Drawing) -> None:
    sheet.moon(319, 365, 130, 0.25)
    for x, y, size in ((345, 300, 14), (372, 380, 20), (340, 430, 11), (392, 320, 9), (352, 352, 7)):
        sheet.disc(x, y, size, (216, 208, 184))


def _draw_jupiter(sheet: Drawing) -> None:
    sheet.glow(319, 365, 120, (255, 214, 150), 120)
    sheet.disc(319, 365, 48, (230, 190, 140))
    for y, colour in ((346, (204, 152, 104)), (366, (242, 216, 176)), (384, (190, 136, 92))):
        half = math.sqrt(46**2 - (y - 365) ** 2)
        sheet.line([(319 - half, y), (319 + half, y)], colour, 8)
    for x in (130, 204, 420, 508):
        sheet.disc(x, 365 + (319 - x) * 0.1, 5, LIGHT)


def _draw_pleiades(sheet: Drawing) -> None:
    for x, y, size in (
        (250, 330, 9),
        (310, 300, 8),
        (352, 356, 10),
        (300, 392, 8),
        (392, 318, 7),
        (418, 402, 8),
        (236, 402, 6),
    ):
        sheet.glow(x, y, 54, (150, 190, 255), 170)
        sheet.disc(x, y, size, (236, 243, 255))


def _draw_milky_way(sheet: Drawing) -> None:
    rng = random.Random(4)  # noqa: S311 - no secret: the same stars every time
    for _ in range(900):
        along = rng.uniform(-1, 1)
        off = rng.gauss(0, 0.16)
        x, y = 319 + along * 190 + off * 170, 365 + along * 170 - off * 190
        if 96 < x < 542 and 162 < y < 568:
            light = rng.choice((110, 140, 180, 220))
            sheet.disc(x, y, rng.choice((0.8, 1.1, 1.7)), (light, light, min(255, light + 24)))


_THINGS = (_draw_half_moon, _draw_jupiter, _draw_pleiades, _draw_milky_way)
