import gc
from itertools import product
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QPushButton

from editor.schedule.model import KINDS
from ui.services import action_registry
from ui.style import theme

ICONS = sorted(path.stem for path in theme.ICON_FOLDER.glob("*.svg"))
GROUNDS = ("window", "panel", "raised", "hover", "sunken", "selection", "lane")
TEXTS = ("text", "quiet", "link", "warning", "error", "good")


@pytest.mark.parametrize("look", [theme.DARK, theme.LIGHT], ids=["dark", "light"])
def test_every_text_reads_on_every_ground(look):
    low_contrasts = {
        (text, background): round(theme.contrast_ratio(getattr(look, text), getattr(look, background)), 2)
        for text, background in product(TEXTS, GROUNDS)
        if theme.contrast_ratio(getattr(look, text), getattr(look, background)) < 4.5
    }
    assert low_contrasts == {}
    assert theme.contrast_ratio(look.on_accent, look.accent) >= 4.5


def test_text_on_every_kind_reads_well():
    for colour in theme.KIND_COLOURS.values():
        assert theme.contrast_ratio(theme.text_on(colour), colour) >= 4.5
    assert theme.text_on(QColor("#D55E00")) == QColor("#000000")
    assert theme.text_on(QColor("#0072B2")) == QColor("#FFFFFF")


def test_the_kinds_have_colours_and_icons_of_their_own():
    assert len({colour.name() for colour in theme.KIND_COLOURS.values()}) == len(KINDS)
    assert set(theme.KIND_ICONS) == set(theme.KIND_COLOURS)
    assert set(theme.KIND_ICONS.values()) <= set(ICONS)


def test_every_action_s_icon_is_there():
    assert {entry.icon for entry in action_registry.TABLE if entry.icon} <= set(ICONS)


@pytest.mark.parametrize("name", ICONS)
def test_icons_are_of_one_kind(name):
    root = ET.parse(theme.ICON_FOLDER / f"{name}.svg").getroot()
    assert root.get("viewBox") == "0 0 24 24"
    assert (root.get("stroke"), root.get("stroke-width")) == ("currentColor", "1.75")


def test_an_icon_is_drawn_in_its_colour_and_sharp_at_any_ratio(qapp):
    picture = theme.pixmap("play", 24, QColor("#FF0000"), 2.0)
    assert (picture.width(), picture.devicePixelRatio()) == (48, 2.0)
    assert picture.toImage().pixelColor(20, 24) == QColor("#FF0000")


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_an_icon_on_a_button_has_as_many_pixels_as_the_screen(qapp, ratio):
    shown = theme.icon("home", QColor("#FF0000")).pixmap(QSize(20, 20), ratio)
    assert (shown.width(), shown.devicePixelRatio()) == (round(20 * ratio), ratio)
    pixmap = theme.pixmap("home", 20, QColor("#FF0000"), ratio)
    assert shown.toImage() == pixmap.toImage()


def test_an_icon_that_is_disabled_is_paler(qapp):
    icon = theme.icon("stop", QColor("#FF0000"))
    pale = icon.pixmap(QSize(24, 24), 1.0, QIcon.Mode.Disabled).toImage().pixelColor(12, 12)
    assert 0.3 < pale.alphaF() < 0.5


def test_an_icon_that_is_changed_keeps_its_twin(qapp):
    icon = theme.icon("stop", QColor("#FF0000"))
    other = QIcon(icon)
    other.setIsMask(True)
    gc.collect()
    assert not other.pixmap(24, 24).isNull()


def test_the_sheet_has_no_colour_left_unnamed(qapp):
    assert "@" not in theme.build_style_sheet(theme.DARK)
    assert "@" not in theme.build_style_sheet(theme.LIGHT)


@pytest.fixture
def unthemed_app(qapp):
    palette, style_sheet = qapp.palette(), qapp.styleSheet()
    yield qapp
    qapp.setStyleSheet(style_sheet)
    qapp.setPalette(palette)


def test_a_theme_dresses_the_program_and_widgets_know_which(unthemed_app, qtbot):
    button = QPushButton()
    qtbot.addWidget(button)
    assert theme.apply(unthemed_app, "dark") is theme.DARK
    assert theme.look_of(button) is theme.DARK
    assert unthemed_app.palette().color(QPalette.ColorRole.Window) == theme.DARK.panel
    assert theme.apply(unthemed_app, "light") is theme.LIGHT
    assert theme.look_of(button) is theme.LIGHT
    assert theme.apply(unthemed_app, "system") in (theme.DARK, theme.LIGHT)


def test_figures_have_one_width(qapp):
    font = theme.to_tabular_figures(qapp.font())
    assert font.featureTags() != []
