"""The look of the window: colours of segment kinds, light and dark palette, icons and style sheet.

Colours are declared here once; `resources/style/matinee.qss` names them as ``@name``. A widget that paints itself asks
`look_of(widget)` while painting, and so follows the theme.
"""

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

import resources

if TYPE_CHECKING:
    from editor.schedule.kinds import KindTable
    from editor.schedule.model import Kind

Theme = Literal["system", "light", "dark"]

KIND_COLOURS: "KindTable[QColor]" = {
    "video": QColor("#0072B2"),
    "audio": QColor("#009E73"),
    "image": QColor("#E69F00"),
    "presentation": QColor("#CC79A7"),
    "recording": QColor("#56B4E9"),
    "cta": QColor("#D55E00"),
    "survey": QColor("#F0E442"),
}
"""The palette of Okabe and Ito, which colour-blind people can tell apart."""

KIND_ICONS: "KindTable[str]" = {
    "video": "kind-video",
    "audio": "kind-audio",
    "image": "kind-image",
    "presentation": "kind-presentation",
    "recording": "kind-recording",
    "cta": "kind-cta",
    "survey": "kind-survey",
}


class Look(NamedTuple):
    """One palette of the window's colours, `DARK` or `LIGHT`; immutable.

    Every text colour has a contrast of at least 4.5 : 1 (WCAG 2 AA) on all its backgrounds.
    """

    dark: bool
    window: QColor
    """Background of the timeline and around the preview."""
    panel: QColor
    """Background of panels and bars."""
    raised: QColor
    """Background of buttons and cards."""
    hover: QColor
    sunken: QColor
    """Background of input fields and grooves."""
    line: QColor
    """Borders and separators."""
    text: QColor
    quiet: QColor
    """Secondary text."""
    accent: QColor
    """Interactive elements and the focus."""
    on_accent: QColor
    link: QColor
    selection: QColor
    """Background of a selected row."""
    warning: QColor
    error: QColor
    good: QColor
    playhead: QColor
    """The brightest line on the screen."""
    lane: QColor
    """Background of a lane."""


DARK = Look(
    dark=True,
    window=QColor("#101216"),
    panel=QColor("#191C22"),
    raised=QColor("#262B34"),
    hover=QColor("#313845"),
    sunken=QColor("#0D0F12"),
    line=QColor("#333945"),
    text=QColor("#E8EBF0"),
    quiet=QColor("#A3ABB8"),
    accent=QColor("#4D8DFF"),
    on_accent=QColor("#000000"),
    link=QColor("#82B1FF"),
    selection=QColor("#243652"),
    warning=QColor("#F2C14E"),
    error=QColor("#FF8A80"),
    good=QColor("#5CD6A4"),
    playhead=QColor("#FFE14D"),
    lane=QColor("#15181E"),
)

LIGHT = Look(
    dark=False,
    window=QColor("#E9ECF1"),
    panel=QColor("#F7F8FA"),
    raised=QColor("#FFFFFF"),
    hover=QColor("#E6EDF9"),
    sunken=QColor("#FFFFFF"),
    line=QColor("#C6CCD6"),
    text=QColor("#171A20"),
    quiet=QColor("#545C69"),
    accent=QColor("#1F5FD0"),
    on_accent=QColor("#FFFFFF"),
    link=QColor("#1A54BC"),
    selection=QColor("#D6E4FF"),
    warning=QColor("#7A5200"),
    error=QColor("#B3261E"),
    good=QColor("#046B4A"),
    playhead=QColor("#C40046"),
    lane=QColor("#F1F3F7"),
)


def look_of(_widget: QWidget) -> Look:
    """Return the palette in use, `DARK` or `LIGHT`: the application's, whatever the widget."""
    ground = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if ground.lightness() < 128 else LIGHT


# --------------------------------------------------------------------------------------------------- contrast


def _luminance(colour: QColor) -> float:
    """Return the relative luminance of a colour, 0 to 1 (WCAG 2)."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast_ratio(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@cache
def _text_on(rgb: int) -> QColor:
    ground = QColor(rgb)
    black, white = QColor("#000000"), QColor("#FFFFFF")
    return black if contrast_ratio(ground, black) >= contrast_ratio(ground, white) else white


def text_on(colour: QColor) -> QColor:
    """Return black or white, whichever reads better on a colour (at least 4.5 : 1 on any)."""
    return _text_on(colour.rgb())


# ------------------------------------------------------------------------------------------------------ icons


ICON_FOLDER = Path(resources.__path__[0]) / "icons"
STYLE_FOLDER = Path(resources.__path__[0]) / "style"


@cache
def _read_svg(name: str) -> str:
    return (ICON_FOLDER / f"{name}.svg").read_text("utf-8")


@cache
def _render_svg(name: str, size: int, rgba: int, permille: int) -> QPixmap:
    colour = QColor.fromRgba(rgba)
    svg = _read_svg(name).replace("currentColor", colour.name())
    side = size * permille // 1000
    rendered = QPixmap(QSize(side, side))
    rendered.fill(Qt.GlobalColor.transparent)
    painter = QPainter(rendered)
    painter.setOpacity(colour.alphaF())
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    rendered.setDevicePixelRatio(permille / 1000)
    return rendered


def pixmap(name: str, size: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
    """Return an icon for a screen of a pixel ratio; cached, so that painters may ask at every paint.

    An unknown name raises `FileNotFoundError`.

    Args:
        name: the icon's name in `resources/icons`.
        size: its size in logical pixels.
        colour: its colour.
        ratio: physical pixels per logical pixel.
    """
    return _render_svg(name, size, colour.rgba(), round(ratio * 1000))


_KEPT_CLONES: list[QIconEngine] = []


class _IconEngine(QIconEngine):
    """Draws an icon at any size and pixel ratio, when it is needed."""

    def __init__(self, name: str, colour: QColor) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def clone(self) -> QIconEngine:
        """Return another engine for the same icon.

        Qt owns it then, so Python must not delete it: a reference is kept. Icons are never changed, so the list stays
        short.
        """
        twin = _IconEngine(self._name, self._colour)
        _KEPT_CLONES.append(twin)
        return twin

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:
        """Return the icon for a screen of a pixel ratio; `size` is in logical pixels."""
        colour = self._colour
        if mode == QIcon.Mode.Disabled:
            colour = QColor(colour)
            colour.setAlphaF(0.38)
        return pixmap(self._name, min(size.width(), size.height()), colour, scale)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon for a screen of pixel ratio 1."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon in the middle of a rectangle."""
        ratio = painter.device().devicePixelRatioF()
        side = min(rect.width(), rect.height())
        place = QRect(0, 0, side, side)
        place.moveCenter(rect.center())
        painter.drawPixmap(place, self.scaledPixmap(place.size(), mode, state, ratio))


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """Return an icon of `resources/icons` in a colour, paler where it is disabled.

    Args:
        name: the icon's name, without suffix.
        colour: its colour; None for the text's.
    """
    return QIcon(_IconEngine(name, colour or QGuiApplication.palette().color(QPalette.ColorRole.WindowText)))


def kind_icon(kind: "Kind", colour: QColor | None = None) -> QIcon:
    """Return the icon of a kind of segment, paler where it is disabled.

    Args:
        kind: the kind.
        colour: the icon's colour; None for the text's.
    """
    return icon(KIND_ICONS[kind], colour)


# ---------------------------------------------------------------------------------------------------- applying


def to_tabular_figures(font: QFont) -> QFont:
    """Return a copy of a font with figures of equal width, for times."""
    with_figures = QFont(font)
    with_figures.setFeature(QFont.Tag("tnum"), 1)
    return with_figures


def _make_palette(look: Look) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in (
        (role.Window, look.panel),
        (role.WindowText, look.text),
        (role.Base, look.sunken),
        (role.AlternateBase, look.panel),
        (role.Text, look.text),
        (role.PlaceholderText, look.quiet),
        (role.Button, look.raised),
        (role.ButtonText, look.text),
        (role.BrightText, look.error),
        (role.ToolTipBase, look.raised),
        (role.ToolTipText, look.text),
        (role.Highlight, look.accent),
        (role.HighlightedText, look.on_accent),
        (role.Accent, look.accent),
        (role.Link, look.link),
        (role.LinkVisited, look.link),
        (role.Mid, look.line),
        (role.Midlight, look.hover),
        (role.Dark, look.sunken),
        (role.Shadow, QColor("#000000")),
    ):
        palette.setColor(which, colour)
    faint = QColor(look.quiet)
    faint.setAlphaF(0.55)
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, faint)
    return palette


def build_style_sheet(look: Look) -> str:
    """Return the application's style sheet (`matinee.qss`) with its ``@name`` marks replaced by a palette's colours."""
    text = (STYLE_FOLDER / "matinee.qss").read_text("utf-8")
    text = text.replace("@folder", STYLE_FOLDER.as_posix()).replace("@shade", "dark" if look.dark else "light")
    names = sorted((name for name in look._fields if name != "dark"), key=len, reverse=True)
    for name in names:
        text = text.replace(f"@{name}", getattr(look, name).name())
    return text


def apply(app: QApplication, theme: Theme) -> Look:
    """Apply a theme to the application (palette and style sheet), and return the palette in use.

    Args:
        app: the application.
        theme: "dark", "light", or "system" to follow the desktop.
    """
    hints = app.styleHints()
    if theme == "system":
        hints.unsetColorScheme()
    else:
        hints.setColorScheme(Qt.ColorScheme.Dark if theme == "dark" else Qt.ColorScheme.Light)
    dark = theme == "dark" or (theme == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
    look = DARK if dark else LIGHT
    if sys.platform != "linux":
        # On Linux Fusion is Qt's default, and setting it would cost a tenth of the start-up time.
        app.setStyle("Fusion")
    app.setPalette(_make_palette(look))
    app.setStyleSheet(build_style_sheet(look))
    return look
