"""The check that screenshots go through finds texts that are cut off, and accepts those that are whole or scroll."""

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from tests.screenshot_checks import require_picture
from tests.ui.cut_text import find_cut_texts

LONG = "A text that needs far more room than forty pixels"


@pytest.fixture
def window(qtbot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    return window


def place(widget: QWidget, window: QWidget, *geometry: int) -> list[str]:
    widget.setParent(window)
    widget.setGeometry(*geometry)
    window.show()
    return find_cut_texts(window)


def make_combo_box(text: str) -> QComboBox:
    box = QComboBox()
    box.addItem(text)
    return box


@pytest.mark.parametrize("make", [QLabel, QPushButton, make_combo_box], ids=["label", "button", "combo"])
def test_a_text_in_too_narrow_a_widget_is_found(window, make):
    widget = make(LONG)
    assert place(widget, window, 0, 0, 390, 40) == []
    (found,) = place(widget, window, 0, 0, 40, 40)
    assert LONG in found


def test_a_wrapped_label_that_is_too_low_is_found(window):
    label = QLabel(LONG, wordWrap=True)
    assert place(label, window, 0, 0, 120, 200) == []
    assert len(place(label, window, 0, 0, 120, 20)) == 1


def test_a_text_that_reaches_out_of_its_window_is_found(window):
    label = QLabel("Short")
    assert place(label, window, 380, 0, 200, 40) == ["QLabel “Short”: reaches out of QWidget"]


def test_a_hidden_text_and_a_tool_button_without_text_are_not_reported(window):
    button = QToolButton(text=LONG, toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    assert len(place(button, window, 0, 0, 40, 30)) == 1
    button.hide()
    assert find_cut_texts(window) == []


def test_what_scrolls_is_not_cut(window):
    inside = QWidget()
    column = QVBoxLayout(inside)
    for number in range(40):
        column.addWidget(QLabel(f"Line {number}"))
    area = QScrollArea()
    area.setWidget(inside)
    assert place(area, window, 0, 0, 200, 100) == []


def test_a_blank_picture_or_one_of_another_size_is_refused(tmp_path):
    picture = Image.new("RGB", (4, 3), "navy")
    picture.save(tmp_path / "blank.png")
    with pytest.raises(AssertionError, match="one colour"):
        require_picture(tmp_path / "blank.png")
    picture.putpixel((1, 1), (255, 255, 255))
    picture.save(tmp_path / "drawn.png")
    require_picture(tmp_path / "drawn.png", (4, 3))
    with pytest.raises(AssertionError, match="instead of"):
        require_picture(tmp_path / "drawn.png", (3, 4))
