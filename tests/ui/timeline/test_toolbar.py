"""The toolbar above the timeline."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from ui.services.action_registry import ActionRegistry
from ui.timeline.toolbar import TimelineToolbar


def test_mode_snap_and_ruler_are_shown_from_the_settings(qtbot, settings):
    actions = ActionRegistry(settings)
    bar = TimelineToolbar(actions, settings)
    qtbot.addWidget(bar)
    assert actions["mode_normal"].isChecked()
    settings["mode"] = "insert"
    settings["snap"] = False
    settings["ruler"] = "clock"
    assert actions["mode_insert"].isChecked()
    assert not actions["mode_normal"].isChecked()
    assert not actions["snap"].isChecked()
    assert actions["ruler_clock"].isChecked()
    assert bar._mode.value == "insert"


def test_a_mode_button_triggers_its_action(qtbot, settings):
    actions = ActionRegistry(settings)
    actions.set_handlers({"mode_overwrite": lambda: settings.__setitem__("mode", "overwrite")})
    bar = TimelineToolbar(actions, settings)
    qtbot.addWidget(bar)
    qtbot.mouseClick(bar._mode.button("overwrite"), Qt.MouseButton.LeftButton)
    assert settings["mode"] == "overwrite"


def test_in_a_narrow_window_texts_are_hidden_and_all_buttons_stay(qtbot, settings):
    background = QWidget()
    qtbot.addWidget(background)
    bar = TimelineToolbar(ActionRegistry(settings), settings, background)
    background.show()
    widths = []
    for width in (1400, 900, 640):
        bar.resize(width, 48)
        bar.layout().activate()
        shown = [button for button in bar.findChildren(QToolButton) if button.isVisible()]
        widths.append(len(shown))
        assert all(bar.rect().contains(button.mapTo(bar, button.rect().bottomRight())) for button in shown), width
    assert len(set(widths)) == 1, "every button stays"
    assert bar._mode.button("normal").accessibleName() == "Normal"
    assert not bar._ruler_name.isVisible()
