"""Fixtures of the inspector's tests: the panel environment, and the inspector in a window with another field."""

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tests.ui.panel_fixtures import FakeFileDialogs, PanelEnvironment, choices, dress, files, room
from ui.inspector.panel import Inspector

__all__ = ["choices", "dress", "files", "room"]


@pytest.fixture
def inspector(room: PanelEnvironment, choices: FakeFileDialogs, qtbot):
    window = QWidget()
    made = Inspector(
        room.controller,
        room.selection,
        room.media_service,
        room.formatter,
        room.settings,
        notes=room.notes,
        file_dialogs=choices,
    )
    made.other_field = QLineEdit()
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(made)
    column.addWidget(made.other_field)
    made.container = window
    qtbot.addWidget(window)
    window.resize(320, 760)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return made
