"""The settings of one person on one machine: each declared once in `SETTINGS`, stored beside the library as JSON.

The preferences dialog builds its rows from the declarations, and docs/settings.md is generated from them
(`editor.interchange.settings_reference`). A stored value that is missing, of the wrong type or out of range falls back
to the default, so that a damaged file never keeps the program from starting; unknown names are kept in the file.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from editor.atomic_file import write_atomically
from editor.errors.spec import mark_translatable
from editor.languages import list_languages

SettingValue = bool | int | str | dict[str, str]
SettingSection = Literal["general", "lengths"]


@dataclass(frozen=True, kw_only=True)
class SettingSpec:
    """The immutable declaration of one setting: default, allowed values, and the texts that the window shows for it.

    `SETTINGS` has them by name. The type of the default is the setting's.
    """

    default: SettingValue
    """The value without a stored one; its type is the setting's. Names that end in ``_ms`` are milliseconds."""
    label: str
    """What the setting is called on the screen, in English."""
    description: str
    """One or two sentences about it, in English."""
    minimum: int | None = None
    maximum: int | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    """The allowed texts and what each is called on the screen; none where any value of the type is allowed."""
    presets: tuple[int, ...] = ()
    """Numbers that the preferences offer for an int; none where one is typed."""
    section: SettingSection | None = None
    """The page of the preferences that shows it; None where it is set elsewhere in the window."""
    shows_description: bool = False
    """Whether the preferences show the description below the field, not only as its tooltip."""

    def is_valid(self, value: object) -> bool:
        """Return whether the setting can have a value: of the default's type, within the bounds, an allowed choice."""
        if type(value) is not type(self.default):
            return False
        if isinstance(value, int) and not isinstance(value, bool):
            return (self.minimum is None or value >= self.minimum) and (self.maximum is None or value <= self.maximum)
        return not self.choices or value in self.choices


DAY_MS = 86_400_000
DEFAULT_BACKUP_COUNT = 10
"""The default of the setting `daily_copies`, also for a library that is opened without settings."""
_SAME_AS_SYSTEM = mark_translatable("settings", "Same as system")


def _declare_length(
    default: int, label: str, description: str, *, minimum: int = 1_000, shows_description: bool = False
) -> SettingSpec:
    return SettingSpec(
        default=default,
        label=label,
        description=description,
        minimum=minimum,
        maximum=DAY_MS,
        section="lengths",
        shows_description=shows_description,
    )


SETTINGS: dict[str, SettingSpec] = {
    "language": SettingSpec(
        default="system",
        label=mark_translatable("settings", "Language"),
        description=mark_translatable("settings", "The language of the window."),
        choices={"system": _SAME_AS_SYSTEM, **dict.fromkeys(list_languages(), "")},
        section="general",
    ),
    "theme": SettingSpec(
        default="system",
        label=mark_translatable("settings", "Theme"),
        description=mark_translatable("settings", "The colors of the window."),
        choices={
            "system": _SAME_AS_SYSTEM,
            "light": mark_translatable("settings", "Light"),
            "dark": mark_translatable("settings", "Dark"),
        },
        section="general",
    ),
    "image_length_ms": _declare_length(
        10_000,
        mark_translatable("settings", "Length of a new image"),
        mark_translatable("settings", "How long an image is shown when it is added to the timeline."),
    ),
    "page_length_ms": _declare_length(
        30_000,
        mark_translatable("settings", "Length of a new page"),
        mark_translatable("settings", "How long each page of a presentation is shown when it is added."),
    ),
    "cta_length_ms": _declare_length(
        30_000,
        mark_translatable("settings", "Length of a new call to action"),
        mark_translatable("settings", "How long a call to action is shown when it is added."),
    ),
    "survey_length_ms": _declare_length(
        60_000,
        mark_translatable("settings", "Length of a new survey"),
        mark_translatable("settings", "How long a survey stays open when it is added."),
    ),
    "video_hold_ms": _declare_length(
        5_000,
        mark_translatable("settings", "Freeze frame after a new video"),
        mark_translatable(
            "settings",
            "The last frame stays on screen this long before the next segment begins, so that you can take control.",
        ),
        minimum=0,
        shows_description=True,
    ),
    "snap": SettingSpec(
        default=True,
        label=mark_translatable("settings", "Snap"),
        description=mark_translatable(
            "settings", "Whether segments snap to edges, markers and the playhead while they are dragged."
        ),
    ),
    "mode": SettingSpec(
        default="normal",
        label=mark_translatable("settings", "Edit mode"),
        description=mark_translatable("settings", "What happens when a segment is placed where another one lies."),
        choices={
            "normal": mark_translatable("settings", "Normal"),
            "insert": mark_translatable("settings", "Insert"),
            "overwrite": mark_translatable("settings", "Overwrite"),
        },
    ),
    "ruler": SettingSpec(
        default="position",
        label=mark_translatable("settings", "Ruler"),
        description=mark_translatable("settings", "What the ruler above the timeline counts."),
        choices={
            "position": mark_translatable("settings", "From start"),
            "clock": mark_translatable("settings", "Time of day"),
        },
    ),
    "preview_volume": SettingSpec(
        default=100,
        label=mark_translatable("settings", "Preview volume"),
        description=mark_translatable("settings", "The volume of the preview in percent; attendees do not hear it."),
        minimum=0,
        maximum=100,
    ),
    "ask_lengths": SettingSpec(
        default=True,
        label=mark_translatable("settings", "Ask for the length after adding a segment"),
        description=mark_translatable("settings", "Whether a small form asks how long an added segment lasts."),
        section="lengths",
    ),
    "plan": SettingSpec(
        default="automated",
        label=mark_translatable("settings", "Plan"),
        description=mark_translatable("settings", "On the free trial, an automated webinar lasts at most 15 minutes."),
        choices={
            "trial": mark_translatable("settings", "Free trial"),
            "automated": mark_translatable("settings", "Automated webinars"),
        },
        section="general",
        shows_description=True,
    ),
    "upload_most_kbits": SettingSpec(
        default=0,
        label=mark_translatable("settings", "Upload speed limit"),
        description=mark_translatable(
            "settings",
            "Leaves bandwidth to others on a slow connection. The server on this computer is not limited.",
        ),
        minimum=0,
        maximum=10_000_000,
        presets=(0, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000),
        section="general",
        shows_description=True,
    ),
    "daily_copies": SettingSpec(
        default=DEFAULT_BACKUP_COUNT,
        label=mark_translatable("settings", "Daily backups"),
        description=mark_translatable("settings", "How many daily backups of the library are kept."),
        minimum=1,
        maximum=100,
    ),
    "toured": SettingSpec(
        default=False,
        label=mark_translatable("settings", "Tour seen"),
        description=mark_translatable("settings", "Whether the tour of the window has been shown."),
    ),
    "shortcuts": SettingSpec(
        default={},
        label=mark_translatable("settings", "Keyboard shortcuts"),
        description=mark_translatable("settings", "The keys of actions, where they are not the default ones."),
    ),
    "window": SettingSpec(
        default={},
        label=mark_translatable("settings", "Window layout"),
        description=mark_translatable("settings", "The size of the window and the arrangement of its panels."),
    ),
}
"""Every setting by its name in the file."""


class Settings:
    """The settings of one person on one computer: `settings[name]` reads one, `settings[name] = value` stores it.

    Reading never fails: a missing or invalid value gives the default. Setting another value calls the listeners, on
    this thread, and writes the file at once. It raises ValueError for a value that the setting cannot have, and OSError
    where the file cannot be written; the value then holds until the program ends.

    Args:
        path: The JSON file, read now; None keeps the settings in memory only.
    """

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
        return value if setting.is_valid(value) else setting.default

    def __setitem__(self, name: str, value: object) -> None:
        """Set and store.

        Raises:
            ValueError: The setting cannot have this value.
            OSError: The file cannot be written; the value holds until the program ends.
        """
        if not SETTINGS[name].is_valid(value):
            raise ValueError(name)
        if self[name] == value:
            return
        self._stored[name] = value
        for listener in tuple(self._listeners):
            listener(name)
        if self._path is not None:
            write_atomically(self._path, json.dumps(self._stored, indent=2, sort_keys=True).encode())

    def subscribe(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Call `listener` with a setting's name after each change, on the thread that changes it.

        The setting has its new value then; the file is written afterwards.

        Returns:
            A function that unsubscribes the listener.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)
