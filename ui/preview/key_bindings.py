"""Keys of the preview, as in other editors, where no action of the window has the same key."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.preview.playback_controller import STEP_MS, PlaybackController

SECOND_MS = 1_000

Key = Qt.Key
_PLAIN_KEYS: dict[Key, Callable[[PlaybackController], None]] = {
    Key.Key_Left: lambda playback: playback.step(-STEP_MS),
    Key.Key_Right: lambda playback: playback.step(STEP_MS),
    Key.Key_Comma: lambda playback: playback.step_frame(-1),
    Key.Key_Period: lambda playback: playback.step_frame(1),
    Key.Key_Up: lambda playback: playback.step_cut(-1),
    Key.Key_Down: lambda playback: playback.step_cut(1),
    Key.Key_Home: lambda playback: playback.go_to(0),
    Key.Key_End: lambda playback: playback.go_to(playback.webinar.length_ms),
    Key.Key_Space: lambda playback: playback.toggle(),
    Key.Key_J: lambda playback: playback.shuttle(-1),
    Key.Key_K: lambda playback: playback.shuttle(0),
    Key.Key_L: lambda playback: playback.shuttle(1),
}
_SHIFT_KEYS: dict[Key, Callable[[PlaybackController], None]] = {
    Key.Key_Left: lambda playback: playback.step(-SECOND_MS),
    Key.Key_Right: lambda playback: playback.step(SECOND_MS),
}
_NO_REPEAT = frozenset({Key.Key_Space, Key.Key_J, Key.Key_K, Key.Key_L})
"""Keys that act once when pressed, not repeatedly while held down."""


def handle_key(playback: PlaybackController, event: QKeyEvent) -> bool:
    """Run the preview's command for a key, pressed alone or with Shift; return False where the key has none.

    Keys that play, pause or shuttle act once while they are held down, but are handled all the same.
    """
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
