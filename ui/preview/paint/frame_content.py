"""What is to be seen at one moment, as a value, and the painting of it.

A `Scene` is made by `ui.preview.composer` and painted by any number of surfaces. The stage is 16 : 9 wherever it is
drawn; pictures of other proportions stand in the middle of it.
"""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from editor.schedule.model import InteractionSegment, Survey
from ui.preview.paint.overlay import find_caption_area, paint_captions, paint_offer
from ui.preview.paint.paint_helpers import StagePainter
from ui.preview.paint.placeholders import paint_error, paint_placeholder, paint_waveform
from ui.style import theme

BORDER_COLOUR = QColor("#000000")
"""What is left and right, or above and below, of a picture that is not 16 : 9."""


@dataclass(frozen=True)
class Placeholder:
    """Words in place of a picture; `picture` lies dimmed behind them."""

    title: str
    text: str = ""
    icon: str = ""
    picture: QImage | None = None


@dataclass(frozen=True)
class Waveform:
    """A sound to look at: how loud each step is from `in_ms` to `out_ms`, and where it plays."""

    name: str
    values: bytes
    step_ms: int
    in_ms: int
    out_ms: int
    at_ms: int


@dataclass(frozen=True, eq=False)
class ShownImage:
    """A picture and what it shows; equal to itself alone. `owner` keeps memory that the image only borrows."""

    image: QImage
    size: tuple[int, int]
    """Its proportions as shown; (0, 0) takes the image's."""
    source: Literal["live", "still", "image", "page"]
    sha256: str
    at: int = 0
    """The time in the media in ms (a still), or the page."""
    owner: object = None


Background = ShownImage | Placeholder | Waveform


@dataclass(frozen=True)
class FrameContent:
    """One moment. `trouble` is a sentence about why something cannot be seen or heard."""

    background: Background
    captions: tuple[str, ...] = ()
    offers: tuple[InteractionSegment, ...] = ()
    error_text: str = ""
    relink: str | None = None
    """The media whose file is gone, if finding it would end the trouble."""
    can_fetch: bool = False
    """Whether the hosting may be asked for it."""


def fit_stage(rect: QRectF) -> QRectF:
    """The largest 16 : 9 in the middle of a rectangle."""
    height = min(rect.height(), rect.width() * 9 / 16)
    stage = QRectF(0, 0, height * 16 / 9, height)
    stage.moveCenter(rect.center())
    return stage


def paint_content(painter: QPainter, stage: QRectF, content: FrameContent) -> None:
    """Paint a moment on a stage."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    background = content.background
    if isinstance(background, ShownImage):
        _paint_image(painter, stage, background)
    elif isinstance(background, Waveform):
        paint_waveform(
            StagePainter(painter, stage),
            background.name,
            (background.values, background.step_ms),
            (background.in_ms, background.out_ms),
            background.at_ms,
        )
    else:
        covered = any(isinstance(offer, Survey) for offer in content.offers)
        paint_placeholder(
            StagePainter(painter, stage),
            background.title,
            background.text,
            background.icon,
            background.picture,
            beside=covered,
        )
    place: QRectF | None = None
    for offer in content.offers:
        place = paint_offer(painter, stage, offer, theme.DARK)
    if content.captions:
        paint_captions(painter, stage, content.captions, find_caption_area(stage, place))
    if content.error_text:
        paint_error(StagePainter(painter, stage), content.error_text, with_button=content.relink is not None)


def _paint_image(painter: QPainter, stage: QRectF, shown: ShownImage) -> None:
    width, height = shown.size if all(shown.size) else (shown.image.width(), shown.image.height())
    scale = min(stage.width() / width, stage.height() / height)
    place = QRectF(0, 0, width * scale, height * scale)
    place.moveCenter(stage.center())
    if (
        abs(place.width() - stage.width()) > 1
        or abs(place.height() - stage.height()) > 1
        or shown.image.hasAlphaChannel()
    ):
        painter.fillRect(stage, BORDER_COLOUR)
    else:
        place = stage
    if painter.device() is not None and _is_much_smaller(painter, place, shown.image):
        ratio = painter.device().devicePixelRatio()
        size = (place.size() * ratio).toSize()
        small = shown.image.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawImage(place, small)
    else:
        painter.drawImage(place, shown.image)


def _is_much_smaller(painter: QPainter, place: QRectF, image: QImage) -> bool:
    """Whether a picture is drawn at less than half its size, where drawing alone would skip pixels."""
    return image.width() > 2 * place.width() * painter.device().devicePixelRatio()
