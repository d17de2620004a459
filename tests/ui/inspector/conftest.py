"""Fixtures of the inspector's tests: the panel environment, and the inspector in a window with another field."""

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tests.ui.panel_fixtures import FakeFileDialogs, PanelEnvironment, choices, environment, files, theme_name
from ui.inspector.panel import Inspector

__all__ = ["choices", "environment", "files", "theme_name"]


@pytest.fixture
def inspector(environment: PanelEnvironment, choices: FakeFileDialogs, qtbot):
    window = QWidget()
    panel = Inspector(
        environment.controller,
        environment.selection,
        environment.media_service,
        environment.formatter,
        environment.settings,
        notes=environment.notes,
        file_dialogs=choices,
    )
    panel.other_field = QLineEdit()
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(panel)
    column.addWidget(panel.other_field)
    panel.container = window
    qtbot.addWidget(window)
    window.resize(320, 760)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return panel
