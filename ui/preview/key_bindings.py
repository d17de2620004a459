"""The keys of the preview: what the hand knows from other editors, where no action of the window took them first."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.preview.playback_controller import STEP_MS, PlaybackController

SECOND_MS = 1_000

Key = Qt.Key
_PLAIN_KEYS: dict[Key, Callable[[PlaybackController], None]] = {
    Key.Key_Left: lambda conductor: conductor.step(-STEP_MS),
    Key.Key_Right: lambda conductor: conductor.step(STEP_MS),
    Key.Key_Comma: lambda conductor: conductor.step_frame(-1),
    Key.Key_Period: lambda conductor: conductor.step_frame(1),
    Key.Key_Up: lambda conductor: conductor.step_cut(-1),
    Key.Key_Down: lambda conductor: conductor.step_cut(1),
    Key.Key_Home: lambda conductor: conductor.go_to(0),
    Key.Key_End: lambda conductor: conductor.go_to(conductor.webinar.length_ms),
    Key.Key_Space: lambda conductor: conductor.toggle(),
    Key.Key_J: lambda conductor: conductor.shuttle(-1),
    Key.Key_K: lambda conductor: conductor.shuttle(0),
    Key.Key_L: lambda conductor: conductor.shuttle(1),
}
_SHIFT_KEYS: dict[Key, Callable[[PlaybackController], None]] = {
    Key.Key_Left: lambda conductor: conductor.step(-SECOND_MS),
    Key.Key_Right: lambda conductor: conductor.step(SECOND_MS),
}
_NO_REPEAT = frozenset({Key.Key_Space, Key.Key_J, Key.Key_K, Key.Key_L})
"""Keys that act when they are pressed, and not again while they are held down."""


def handle_key(playback: PlaybackController, event: QKeyEvent) -> bool:
    """Do what a key means; False where it means nothing here."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if modifiers == Qt.KeyboardModifier.NoModifier:
        action = _PLAIN_KEYS.get(Key(event.key()))
    elif modifiers == Qt.KeyboardModifier.ShiftModifier:
        action = _SHIFT_KEYS.get(Key(event.key()))
    else:
        action = None
    if action is None:
        return False
    if not (event.isAutoRepeat() and event.key() in _NO_REPEAT):
        action(playback)
    return True
