"""What is to be seen at one moment, as a value, and the painting of it.

A `Scene` is made by `ui.preview.composer` and painted by any number of surfaces. The stage is 16 : 9 wherever it is
drawn; pictures of other proportions stand in the middle of it.
"""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from editor.schedule.model import InteractionSegment, Survey
from ui import theme
from ui.preview.brush import Brush
from ui.preview.cards import paint_card, paint_trouble, paint_wave
from ui.preview.overlay import caption_room, paint_captions, paint_offer

AROUND = QColor("#000000")
"""What is left and right, or above and below, of a picture that is not 16 : 9."""


@dataclass(frozen=True)
class Card:
    """Words in place of a picture; `picture` lies dimmed behind them."""

    title: str
    text: str = ""
    icon: str = ""
    picture: QImage | None = None


@dataclass(frozen=True)
class Wave:
    """A sound to look at: how loud each step is from `in_ms` to `out_ms`, and where it plays."""

    name: str
    values: bytes
    step_ms: int
    in_ms: int
    out_ms: int
    at_ms: int


@dataclass(frozen=True, eq=False)
class Shown:
    """A picture and what it shows; equal to itself alone. `owner` keeps memory that the image only borrows."""

    image: QImage
    size: tuple[int, int]
    """Its proportions as shown; (0, 0) takes the image's."""
    source: Literal["live", "still", "image", "page"]
    sha256: str
    at: int = 0
    """The time in the media in ms (a still), or the page."""
    owner: object = None


Ground = Shown | Card | Wave


@dataclass(frozen=True)
class Scene:
    """One moment. `trouble` is a sentence about why something cannot be seen or heard."""

    ground: Ground
    captions: tuple[str, ...] = ()
    offers: tuple[InteractionSegment, ...] = ()
    trouble: str = ""
    relink: str | None = None
    """The media whose file is gone, if finding it would end the trouble."""
    gettable: bool = False
    """Whether the hosting may be asked for it."""


def stage_in(rect: QRectF) -> QRectF:
    """The largest 16 : 9 in the middle of a rectangle."""
    height = min(rect.height(), rect.width() * 9 / 16)
    stage = QRectF(0, 0, height * 16 / 9, height)
    stage.moveCenter(rect.center())
    return stage


def paint_scene(painter: QPainter, stage: QRectF, scene: Scene) -> None:
    """Paint a moment on a stage."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    ground = scene.ground
    if isinstance(ground, Shown):
        _paint_picture(painter, stage, ground)
    elif isinstance(ground, Wave):
        paint_wave(
            Brush(painter, stage),
            ground.name,
            (ground.values, ground.step_ms),
            (ground.in_ms, ground.out_ms),
            ground.at_ms,
        )
    else:
        covered = any(isinstance(offer, Survey) for offer in scene.offers)
        paint_card(Brush(painter, stage), ground.title, ground.text, ground.icon, ground.picture, beside=covered)
    place: QRectF | None = None
    for offer in scene.offers:
        place = paint_offer(painter, stage, offer, theme.DARK)
    if scene.captions:
        paint_captions(painter, stage, scene.captions, caption_room(stage, place))
    if scene.trouble:
        paint_trouble(Brush(painter, stage), scene.trouble, with_button=scene.relink is not None)


def _paint_picture(painter: QPainter, stage: QRectF, shown: Shown) -> None:
    width, height = shown.size if all(shown.size) else (shown.image.width(), shown.image.height())
    scale = min(stage.width() / width, stage.height() / height)
    place = QRectF(0, 0, width * scale, height * scale)
    place.moveCenter(stage.center())
    if (
        abs(place.width() - stage.width()) > 1
        or abs(place.height() - stage.height()) > 1
        or shown.image.hasAlphaChannel()
    ):
        painter.fillRect(stage, AROUND)
    else:
        place = stage
    if painter.device() is not None and _much_smaller(painter, place, shown.image):
        ratio = painter.device().devicePixelRatio()
        size = (place.size() * ratio).toSize()
        small = shown.image.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawImage(place, small)
    else:
        painter.drawImage(place, shown.image)


def _much_smaller(painter: QPainter, place: QRectF, image: QImage) -> bool:
    """Whether a picture is drawn at less than half its size, where drawing alone would skip pixels."""
    return image.width() > 2 * place.width() * painter.device().devicePixelRatio()
