"""How the window looks: the colours of the kinds, the light and the dark palette, the icons, the style sheet.

Colours are declared here once; `resources/style/matinee.qss` names them as ``@name``. A widget that paints asks
`look_of(widget)` when it paints, so it follows the theme without being told.
"""

from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from editor.schedule.model import Kind

Theme = Literal["system", "light", "dark"]

KIND_COLOURS: dict[Kind, QColor] = {
    "video": QColor("#0072B2"),
    "audio": QColor("#009E73"),
    "image": QColor("#E69F00"),
    "presentation": QColor("#CC79A7"),
    "recording": QColor("#56B4E9"),
    "cta": QColor("#D55E00"),
    "survey": QColor("#F0E442"),
}
"""Okabe and Ito's colours, which colour-blind people tell apart."""

KIND_ICONS: dict[Kind, str] = {
    "video": "kind-video",
    "audio": "kind-audio",
    "image": "kind-image",
    "presentation": "kind-presentation",
    "recording": "kind-recording",
    "cta": "kind-cta",
    "survey": "kind-survey",
}


@dataclass(frozen=True)
class Look:
    """One palette. Every text colour has at least 4.5 : 1 on `window`, `panel`, `raised` and `sunken`."""

    dark: bool
    window: QColor
    """Behind everything: the ground of the timeline and around the preview."""
    panel: QColor
    """Panels, bars."""
    raised: QColor
    """Buttons, cards."""
    hover: QColor
    sunken: QColor
    """Fields one writes into, grooves."""
    line: QColor
    """Borders and separators."""
    text: QColor
    quiet: QColor
    """Text that is second in rank."""
    accent: QColor
    """What can be done, and what has the focus."""
    on_accent: QColor
    link: QColor
    selection: QColor
    """Ground of a selected row."""
    warning: QColor
    error: QColor
    good: QColor
    playhead: QColor
    """The brightest line on the screen."""
    lane: QColor
    """Ground of a lane."""


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
    """The palette a widget wears: the program's, since style sheets write into a widget's own."""
    ground = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if ground.lightness() < 128 else LIGHT


# --------------------------------------------------------------------------------------------------- contrast


def _luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2 defines it, 0 … 1."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two colours, 1 … 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@cache
def _text_on(rgb: int) -> QColor:
    ground = QColor(rgb)
    black, white = QColor("#000000"), QColor("#FFFFFF")
    return black if contrast(ground, black) >= contrast(ground, white) else white


def text_on(colour: QColor) -> QColor:
    """Black or white, whichever reads better on `colour` (at least 4.5 : 1 on any)."""
    return _text_on(colour.rgb())


# ------------------------------------------------------------------------------------------------------ icons


ICON_FOLDER = Path(str(resources.files("resources") / "icons"))
STYLE_FOLDER = Path(str(resources.files("resources") / "style"))


@cache
def _drawing(name: str) -> str:
    return (ICON_FOLDER / f"{name}.svg").read_text("utf-8")


@cache
def _drawn(name: str, size: int, rgba: int, permille: int) -> QPixmap:
    colour = QColor.fromRgba(rgba)
    drawing = _drawing(name).replace("currentColor", colour.name())
    side = size * permille // 1000
    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setOpacity(colour.alphaF())
    QSvgRenderer(QByteArray(drawing.encode())).render(painter)
    painter.end()
    picture.setDevicePixelRatio(permille / 1000)
    return picture


def pixmap(name: str, size: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
    """An icon of `size` logical pixels for a screen of that pixel ratio; kept, so painters may ask at every paint."""
    return _drawn(name, size, colour.rgba(), round(ratio * 1000))


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """An icon of `resources/icons` in a colour (else the text's), sharp up to 300 %, paler where disabled."""
    tint = colour or QGuiApplication.palette().color(QPalette.ColorRole.WindowText)
    pale = QColor(tint)
    pale.setAlphaF(0.38)
    made = QIcon()
    for side in (16, 20, 24, 32, 48, 72):
        made.addPixmap(pixmap(name, side, tint), QIcon.Mode.Normal)
        made.addPixmap(pixmap(name, side, pale), QIcon.Mode.Disabled)
    return made


def kind_icon(kind: Kind, colour: QColor | None = None) -> QIcon:
    """The icon of a kind of segment."""
    return icon(KIND_ICONS[kind], colour)


# ---------------------------------------------------------------------------------------------------- applying


def tabular(font: QFont) -> QFont:
    """The same font with figures of one width, for times."""
    steady = QFont(font)
    steady.setFeature(QFont.Tag("tnum"), 1)
    return steady


def _palette(look: Look) -> QPalette:
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


def style_sheet(look: Look) -> str:
    """The style sheet with this palette's colours in it."""
    text = (STYLE_FOLDER / "matinee.qss").read_text("utf-8")
    text = text.replace("@folder", STYLE_FOLDER.as_posix()).replace("@shade", "dark" if look.dark else "light")
    names = sorted((field.name for field in fields(look) if field.name != "dark"), key=len, reverse=True)
    for name in names:
        text = text.replace(f"@{name}", getattr(look, name).name())
    return text


def apply(app: QApplication, theme: Theme) -> Look:
    """Dress the whole program; "system" follows the desktop's choice. Gives the palette that is worn now."""
    hints = app.styleHints()
    if theme == "system":
        hints.unsetColorScheme()
    else:
        hints.setColorScheme(Qt.ColorScheme.Dark if theme == "dark" else Qt.ColorScheme.Light)
    dark = theme == "dark" or (theme == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
    look = DARK if dark else LIGHT
    if app.style().objectName().lower() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(_palette(look))
    app.setStyleSheet(style_sheet(look))
    return look
