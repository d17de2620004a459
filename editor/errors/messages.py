"""The table of all errors by code, and the plain English sentence for one.

The terminal and the hosting print these sentences; the window shows the same ones translated (`ui.text.formatter`).
"""

from collections.abc import Mapping

from editor import time_format
from editor.errors.changes import CHANGES
from editor.errors.commands import COMMAND_ERRORS
from editor.errors.editing import EDITING_ERRORS
from editor.errors.library import LIBRARY_ERRORS
from editor.errors.media import MEDIA_ERRORS
from editor.errors.preflight import PREFLIGHT_ERRORS
from editor.errors.room import ROOM_ERRORS
from editor.errors.schedule import SCHEDULE_ERRORS
from editor.errors.server import SERVER_ERRORS
from editor.errors.sessions import SESSION_ERRORS
from editor.errors.spec import ErrorSpec, mark_translatable
from editor.errors.storage import STORAGE_ERRORS
from editor.errors.sync import SYNC_ERRORS

ERRORS: dict[str, ErrorSpec] = {
    **EDITING_ERRORS,
    **PREFLIGHT_ERRORS,
    **SCHEDULE_ERRORS,
    **ROOM_ERRORS,
    **LIBRARY_ERRORS,
    **MEDIA_ERRORS,
    **COMMAND_ERRORS,
    **CHANGES,
    **SERVER_ERRORS,
    **STORAGE_ERRORS,
    **SESSION_ERRORS,
    **SYNC_ERRORS,
}
"""Every error, problem and change by its code."""

FEATURE_NAMES: dict[str, str] = {"paid": mark_translatable("sentences", "paid access")}
"""What sentences call a feature of a webinar: the words for the fact `feature`."""

DEFAULT_STATUS = 400
"""The HTTP status of an error that has none of its own."""


def find_status(code: str) -> int:
    """Return the HTTP status with which the hosting answers an error, by its code; 400 where the table has none."""
    spec = ERRORS.get(code)
    return DEFAULT_STATUS if spec is None or spec.status is None else spec.status


def format_message(code: str, facts: Mapping[str, object]) -> str:
    """Return the English sentence for a code, with its facts filled in; for an unknown code, the code itself.

    Facts whose names end in ``_ms`` are shown as times; lists as "a, b".
    """
    spec = ERRORS.get(code)
    return fill_placeholders(code if spec is None else spec.sentence, facts)


def fill_placeholders(text: str, facts: Mapping[str, object]) -> str:
    """Return a sentence with its placeholders (``{name}``) filled with facts; a missing fact is shown as "?".

    Facts whose names end in ``_ms`` are shown as times; lists as "a, b".
    """
    texts = {name: _format_fact(name, value) for name, value in facts.items()}
    return text.format_map(FactTexts(texts))


class FactTexts(dict[str, str]):
    """A dict of formatted facts by name, for `str.format_map`, in which a missing fact reads "?"."""

    def __missing__(self, name: str) -> str:
        return "?"


def _format_fact(name: str, value: object) -> str:
    if isinstance(value, int) and name.endswith("_ms"):
        return time_format.format_time(value)
    if isinstance(value, (tuple, list)):
        return ", ".join(_format_fact(name, part) for part in value)
    if name == "feature":
        return FEATURE_NAMES.get(str(value), str(value))
    return "" if value is None else str(value)
