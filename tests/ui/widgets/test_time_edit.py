import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.widgets.time_edit import TimeEdit


@pytest.fixture
def form(qtbot):
    """Return a time field beside another field."""
    window = QWidget()
    window.time = TimeEdit(window, max_ms=600_000)
    window.other = QLineEdit(window)
    row = QHBoxLayout(window)
    row.addWidget(window.time)
    row.addWidget(window.other)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.time.setFocus()
    window.events = []
    window.time.edited.connect(window.events.append)
    return window


def type_text(field, text):
    field.selectAll()
    QTest.keyClicks(field, text)


@pytest.mark.parametrize(
    ("written", "ms"),
    [("1:30", 90_000), ("90s", 90_000), ("2m", 120_000), ("0:08:46.200", 526_200), ("12,5", 12_500), ("7", 7_000)],
)
def test_it_takes_times_as_people_write_them(form, written, ms):
    type_text(form.time, written)
    QTest.keyClick(form.time, Qt.Key.Key_Return)
    assert form.events == [ms]
    assert form.time.value_ms == ms


def test_it_shows_every_time_the_same_way(form):
    type_text(form.time, "1:30")
    QTest.keyClick(form.time, Qt.Key.Key_Return)
    assert form.time.text() == "0:01:30.000"


def test_leaving_the_field_is_agreeing(form):
    type_text(form.time, "5")
    form.other.setFocus()
    assert form.events == [5_000]


def test_the_same_time_again_is_no_edit(form):
    form.time.set_value(90_000)
    type_text(form.time, "1:30")
    QTest.keyClick(form.time, Qt.Key.Key_Return)
    assert form.events == []


@pytest.mark.parametrize("written", ["soon", "11m", "-3", ""])
def test_what_cannot_be_is_marked_and_given_back(form, written):
    form.time.set_value(30_000)
    form.time.selectAll()
    QTest.keyClick(form.time, Qt.Key.Key_Delete)
    QTest.keyClicks(form.time, written)
    assert form.time.error_text
    assert form.time.property("wrong") is True
    assert form.time.toolTip() == form.time.error_text
    form.other.setFocus()
    assert form.events == []
    assert form.time.text() == "0:00:30.000"
    assert not form.time.error_text


def test_a_bound_can_say_why(form):
    form.time.set_bounds(0, 60_000, max_reason="The video ends there.")
    type_text(form.time, "2m")
    assert form.time.error_text == "The video ends there."


@pytest.mark.parametrize(
    ("behind", "key", "ms"),
    [
        (0, Qt.Key.Key_Up, 90_100),
        (4, Qt.Key.Key_Up, 91_000),
        (7, Qt.Key.Key_Down, 30_000),
        (11, Qt.Key.Key_Down, 0),
    ],
)
def test_arrows_step_the_part_the_cursor_is_in(form, qtbot, behind, key, ms):
    form.time.set_value(90_000)
    form.time.setCursorPosition(11 - behind)
    with qtbot.waitSignal(form.time.edited):
        QTest.keyClick(form.time, key)
    assert form.events == [ms]


def test_steps_in_a_row_are_one_edit(form, qtbot):
    with qtbot.waitSignal(form.time.edited):
        for _ in range(5):
            QTest.keyClick(form.time, Qt.Key.Key_Up)
    assert form.events == [5_000]


def test_the_wheel_turns_only_the_field_one_is_in(form):
    form.time.set_value(30_000)

    def turn():
        at = QPointF(form.time.rect().center())
        none = QPoint()
        event = QWheelEvent(
            at,
            at,
            none,
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        form.time.wheelEvent(event)

    form.other.setFocus()
    turn()
    assert form.time.text() == "0:00:30.000"
    form.time.setFocus()
    turn()
    assert form.time.text() == "0:00:31.000"


def test_what_the_program_sets_does_not_take_away_what_one_writes(form):
    form.time.set_value(30_000)
    type_text(form.time, "1:2")
    form.time.set_value(40_000)
    assert form.time.text() == "1:2"
    QTest.keyClicks(form.time, "0")
    QTest.keyClick(form.time, Qt.Key.Key_Return)
    assert form.events == [80_000]


def test_what_the_program_sets_keeps_the_cursor(form):
    form.time.set_value(30_000)
    form.time.setCursorPosition(3)
    form.time.set_value(40_000)
    assert form.time.text() == "0:00:40.000"
    assert form.time.cursorPosition() == 3


def test_escape_gives_the_last_time_back(form):
    form.time.set_value(30_000)
    type_text(form.time, "9:00")
    QTest.keyClick(form.time, Qt.Key.Key_Escape)
    assert form.time.text() == "0:00:30.000"
    form.other.setFocus()
    assert form.events == []
