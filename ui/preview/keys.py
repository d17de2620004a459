"""The keys of the preview: what the hand knows from other editors, where no action of the window took them first."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.preview.conductor import STEP_MS, Conductor

SECOND_MS = 1_000

Key = Qt.Key
_PLAIN: dict[Key, Callable[[Conductor], None]] = {
    Key.Key_Left: lambda conductor: conductor.step(-STEP_MS),
    Key.Key_Right: lambda conductor: conductor.step(STEP_MS),
    Key.Key_Comma: lambda conductor: conductor.step_picture(-1),
    Key.Key_Period: lambda conductor: conductor.step_picture(1),
    Key.Key_Up: lambda conductor: conductor.step_cut(-1),
    Key.Key_Down: lambda conductor: conductor.step_cut(1),
    Key.Key_Home: lambda conductor: conductor.go_to(0),
    Key.Key_End: lambda conductor: conductor.go_to(conductor.webinar.length_ms),
    Key.Key_Space: lambda conductor: conductor.toggle(),
    Key.Key_J: lambda conductor: conductor.shuttle(-1),
    Key.Key_K: lambda conductor: conductor.shuttle(0),
    Key.Key_L: lambda conductor: conductor.shuttle(1),
}
_SHIFTED: dict[Key, Callable[[Conductor], None]] = {
    Key.Key_Left: lambda conductor: conductor.step(-SECOND_MS),
    Key.Key_Right: lambda conductor: conductor.step(SECOND_MS),
}
_ONCE = frozenset({Key.Key_Space, Key.Key_J, Key.Key_K, Key.Key_L})
"""Keys that act when they are pressed, and not again while they are held down."""


def act_on(conductor: Conductor, event: QKeyEvent) -> bool:
    """Do what a key means; False where it means nothing here."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held == Qt.KeyboardModifier.NoModifier:
        act = _PLAIN.get(Key(event.key()))
    elif held == Qt.KeyboardModifier.ShiftModifier:
        act = _SHIFTED.get(Key(event.key()))
    else:
        act = None
    if act is None:
        return False
    if not (event.isAutoRepeat() and event.key() in _ONCE):
        act(conductor)
    return True
