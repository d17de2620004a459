import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence

from ui.preferences.dialog import PreferencesDialog
from ui.preferences.shortcuts import ShortcutTable
from ui.services.action_registry import DEFAULT_KEYS, ActionRegistry


@pytest.fixture
def dialog(qtbot, settings):
    actions = ActionRegistry(settings)

    def save_setting(name, value):
        settings[name] = value

    preferences = PreferencesDialog(settings, actions, save_setting)
    qtbot.addWidget(preferences)
    preferences.show()
    preferences.actions = actions
    return preferences


def choose_value(box, value):
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_what_is_chosen_works_at_once(dialog, settings, screenshot):
    choose_value(dialog.fields["language"], "fr")
    choose_value(dialog.fields["theme"], "dark")
    choose_value(dialog.fields["plan"], "trial")
    assert (settings["language"], settings["theme"], settings["plan"]) == ("fr", "dark", "trial")
    screenshot(dialog, "preferences")


def test_lengths_are_typed_as_times(dialog, settings, qtbot):
    field = dialog.fields["image_length_ms"]
    dialog._tabs.setCurrentIndex(1)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "0:15")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert settings["image_length_ms"] == 15_000
    dialog.fields["ask_lengths"].setChecked(False)
    assert settings["ask_lengths"] is False


def test_languages_are_called_by_their_own_names(dialog):
    assert [dialog.fields["language"].itemText(number) for number in range(3)] == [
        "Same as system",
        "English",
        "Français",
    ]


def test_it_says_everything_again_in_another_language(dialog, qapp):
    dialog._tabs.setTabText(0, "")
    qapp.sendEvent(dialog, QEvent(QEvent.Type.LanguageChange))
    assert dialog._tabs.tabText(0) == "General"


def test_a_shortcut_is_rebound_and_works_at_once(dialog, settings):
    dialog._table.bind("split", "Ctrl+K")
    assert settings["shortcuts"] == {"split": "Ctrl+K"}
    assert dialog.actions["split"].shortcut().toString() == "Ctrl+K"


def test_keys_that_are_taken_are_told_and_not_taken_over(dialog, settings, screenshot):
    dialog._tabs.setCurrentIndex(2)
    dialog._table.bind("split", "N")
    assert settings["shortcuts"] == {}
    assert "Split at the playhead" in dialog._table.conflict_text
    assert "Snap" in dialog._table.conflict_text
    screenshot(dialog, "preferences-conflict")
    dialog._table.bind("snap", "Ctrl+K")
    assert dialog._table.conflict_text == ""
    assert settings["shortcuts"] == {"split": "N", "snap": "Ctrl+K"}


@pytest.fixture
def table(qtbot):
    shortcut_table = ShortcutTable({"split": "Ctrl+K", "no such action": "X"})
    qtbot.addWidget(shortcut_table)
    shortcut_table.resize(600, 500)
    shortcut_table.show()
    return shortcut_table


def find_row(table, action_id):
    return next(item for item in table._action_items() if item.data(0, Qt.ItemDataRole.UserRole) == action_id)


def test_the_table_shows_every_action_once_and_forgets_what_is_no_action(table):
    assert len(table._action_items()) == len(DEFAULT_KEYS)
    assert table.custom_keys == {"split": "Ctrl+K"}
    assert find_row(table, "split").text(1) == "Ctrl+K"
    assert find_row(table, "redo").text(1) == "Ctrl+Y, Ctrl+Shift+Z"


def test_pressing_keys_gives_them_to_the_action_that_is_chosen(table, qtbot):
    table._tree.setCurrentItem(find_row(table, "snap"))
    assert table._edit.keySequence() == QKeySequence("N")
    table._edit.setKeySequence(QKeySequence("Ctrl+Alt+N"))
    with qtbot.waitSignal(table.changed):
        table._edit.editingFinished.emit()
    assert table.custom_keys["snap"] == "Ctrl+Alt+N"


def test_an_action_can_be_without_keys_and_as_it_was(table, qtbot):
    table._tree.setCurrentItem(find_row(table, "snap"))
    table._edit.clear()
    table._edit.editingFinished.emit()
    assert table.custom_keys["snap"] == ""
    qtbot.mouseClick(table._reset, Qt.MouseButton.LeftButton)
    assert "snap" not in table.custom_keys
    qtbot.mouseClick(table._reset_all, Qt.MouseButton.LeftButton)
    assert table.custom_keys == {}


def test_actions_are_found_by_name_and_by_key(table):
    table._search.setText("ripple")
    table._search.setText("playhead s")
    shown = [item.data(0, Qt.ItemDataRole.UserRole) for item in table._action_items() if not item.isHidden()]
    assert "split" in shown
    table._search.setText("ctrl+shift+z")
    shown = [item.data(0, Qt.ItemDataRole.UserRole) for item in table._action_items() if not item.isHidden()]
    assert shown == ["redo"]
