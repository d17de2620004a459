"""Text of users in Qt's own eyes: no markup, no mnemonic, nothing that is read from a file."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from ui.text.plain_text import from_mnemonic_text, to_mnemonic_text, to_tooltip, to_window_title
from ui.widgets.basics import make_label, make_message_box

HOSTILE = (
    '<img src="file:///dev/zero">',
    "<b>bold</b>",
    "a < b & c > d\nsecond line",
    "&lt;img src='file:///dev/zero'&gt;",
    "<?xml version='1.0'?><qt><img src='/dev/zero'></qt>",
    "<!DOCTYPE html><img src='/dev/zero'>",
    "\n <a href='x'>",
    "</qt><img src='/dev/zero'>",
    "R&D [*] 100 %",
    "plain",
)


class WatchedDocument(QTextDocument):
    """A document that records what it would load."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []

    def loadResource(self, _kind: int, name: QUrl) -> object:
        self.loaded.append(name.toString())
        return None


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_a_tooltip_shows_a_text_as_it_is_and_loads_nothing(qtbot, text):
    shown = to_tooltip(text)
    if shown == text:
        label = QLabel(text)  # as a tooltip, it guesses the format
        qtbot.addWidget(label)
        assert "<" not in text
        return
    document = WatchedDocument()
    document.setHtml(shown)
    document.size()
    assert document.loaded == []
    assert document.toPlainText().split() == text.split()


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_labels_boxes_menus_and_titles_show_a_text_as_it_is(qtbot, text):
    label = make_label(text=text)
    box = make_message_box(None, text, text)
    window, menu = QWidget(), QMenu()
    for widget in (label, box, window, menu):
        qtbot.addWidget(widget)
    assert label.textFormat() == box.textFormat() == label.textFormat().PlainText
    action = menu.addAction(to_mnemonic_text(text))
    assert from_mnemonic_text(action.text()) == text
    window.setWindowTitle(to_window_title(text))
    window.setWindowModified(True)
    assert window.windowTitle() == text.replace("[*]", "[*][*]")


def test_a_mnemonic_is_left_out_and_an_ampersand_is_not():
    assert from_mnemonic_text("&Undo rename of “R&&D”") == "Undo rename of “R&D”"
    assert from_mnemonic_text("E&xport && close…") == "Export & close…"
