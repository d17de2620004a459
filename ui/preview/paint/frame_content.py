"""The content of the preview at one moment, as a value, and how it is painted.

`ui.preview.composer` makes a `FrameContent`, and any number of surfaces paint it. The stage is always 16 : 9; pictures
of other proportions are centred in it.
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
"""Colour of the bars beside a picture that is not 16 : 9."""


@dataclass(frozen=True)
class Placeholder:
    """A title and a text in place of a picture, with an icon above them; `picture` is painted dimmed behind them.

    Immutable. `icon` is the name of an icon of the theme; empty for none.
    """

    title: str
    text: str = ""
    icon: str = ""
    picture: QImage | None = None


@dataclass(frozen=True)
class Waveform:
    """The waveform of a sound under its name, from `in_ms` to `out_ms`, and the playing position `at_ms`; immutable.

    All times are milliseconds in the media. `values` are peaks from 0 to 255 of `step_ms` each, from the file's
    beginning.
    """

    name: str
    values: bytes
    step_ms: int
    in_ms: int
    out_ms: int
    at_ms: int


@dataclass(frozen=True, eq=False)
class ShownImage:
    """An image and what it shows: a player's frame ("live"), a decoded frame ("still"), an image or a page of a media.

    It is compared by identity. `owner` keeps the memory that the image borrows alive.
    """

    image: QImage
    size: tuple[int, int]
    """Proportions as shown; (0, 0) takes the image's."""
    source: Literal["live", "still", "image", "page"]
    sha256: str
    at: int = 0
    """The time in the media in milliseconds (of a still), or the page, counted from 0."""
    owner: object = None


Background = ShownImage | Placeholder | Waveform


@dataclass(frozen=True)
class FrameContent:
    """Everything that the preview shows at one moment, from the back: background, captions and offers, and an error.

    Immutable; made by `Composer`. `error_text` says why something cannot be shown or played; it is empty without an
    error.
    """

    background: Background
    captions: tuple[str, ...] = ()
    offers: tuple[InteractionSegment, ...] = ()
    error_text: str = ""
    relink: str | None = None
    """The media whose file is missing, if relinking it would end the error."""
    can_fetch: bool = False
    """Whether its proxy can be requested from the server."""


def fit_stage(rect: QRectF) -> QRectF:
    """Return the largest 16 : 9 rectangle in a rectangle, centred in it; in the same coordinates."""
    height = min(rect.height(), rect.width() * 9 / 16)
    stage = QRectF(0, 0, height * 16 / 9, height)
    stage.moveCenter(rect.center())
    return stage


def paint_content(painter: QPainter, stage: QRectF, content: FrameContent) -> None:
    """Paint the content of a moment on a stage; parts may lie outside it, so clip the painter.

    Args:
        painter: of the widget or image; its render hints are changed.
        stage: the 16 : 9 rectangle to paint on, in the painter's coordinates.
        content: what to paint.
    """
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
    """Return whether an image is drawn at less than half its size, where plain drawing would skip pixels."""
    return image.width() > 2 * place.width() * painter.device().devicePixelRatio()
