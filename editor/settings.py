"""The settings of one person on one machine, each declared once, kept beside the library as JSON.

A value that is missing, of the wrong type or out of range falls back to its default, so a damaged file never
keeps the program from starting; what is not known here is kept as it was found.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from editor.atomic_file import write_atomically
from editor.languages import list_languages


class Setting:
    """One setting: its name in the file, its default, and its bounds or choices."""

    def __init__(
        self,
        default: bool | int | str | dict[str, str],
        *,
        minimum: int | None = None,
        maximum: int | None = None,
        choices: tuple[str, ...] = (),
    ) -> None:
        self.default = default
        self.minimum = minimum
        self.maximum = maximum
        self.choices = choices

    def accepts(self, value: object) -> bool:
        """Whether a value is one this setting can have."""
        if type(value) is not type(self.default):
            return False
        if isinstance(value, int) and not isinstance(value, bool):
            return (self.minimum is None or value >= self.minimum) and (self.maximum is None or value <= self.maximum)
        return not self.choices or value in self.choices


DAY_MS = 86_400_000

SETTINGS: dict[str, Setting] = {
    "language": Setting("system", choices=("system", *list_languages())),
    "theme": Setting("system", choices=("system", "light", "dark")),
    "image_length_ms": Setting(10_000, minimum=1_000, maximum=DAY_MS),
    "page_length_ms": Setting(30_000, minimum=1_000, maximum=DAY_MS),
    "cta_length_ms": Setting(30_000, minimum=1_000, maximum=DAY_MS),
    "survey_length_ms": Setting(60_000, minimum=1_000, maximum=DAY_MS),
    "video_hold_ms": Setting(5_000, minimum=0, maximum=DAY_MS),
    "snap": Setting(default=True),
    "mode": Setting("normal", choices=("normal", "insert", "overwrite")),
    "ruler": Setting("position", choices=("position", "clock")),
    "preview_volume": Setting(100, minimum=0, maximum=100),
    "ask_lengths": Setting(default=True),
    "plan": Setting("automated", choices=("trial", "automated")),
    "upload_most_kbits": Setting(0, minimum=0, maximum=10_000_000),
    "daily_copies": Setting(10, minimum=1, maximum=100),
    "toured": Setting(default=False),
    "shortcuts": Setting({}),
    "window": Setting({}),
}


class Settings:
    """The settings in force. `path` None keeps them in memory."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._listeners: list[Callable[[str], None]] = []
        self._stored: dict[str, Any] = {}
        if path is not None:
            try:
                content = json.loads(path.read_text("utf-8"))
            except (OSError, ValueError):
                content = {}
            self._stored = content if isinstance(content, dict) else {}

    def __getitem__(self, name: str) -> Any:
        setting = SETTINGS[name]
        value = self._stored.get(name, setting.default)
        return value if setting.accepts(value) else setting.default

    def __setitem__(self, name: str, value: object) -> None:
        """Set and store.

        Raises:
            ValueError: the setting cannot have this value.
            OSError: the file cannot be written; the value holds until the program ends.
        """
        if not SETTINGS[name].accepts(value):
            raise ValueError(name)
        if self[name] == value:
            return
        self._stored[name] = value
        for listener in tuple(self._listeners):
            listener(name)
        if self._path is not None:
            write_atomically(self._path, json.dumps(self._stored, indent=2, sort_keys=True).encode())

    def subscribe(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Call `listener` with a setting's name after it changed; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)
