"""Edits of the webinar as a whole: its settings, its markers, the locks of its lanes."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from editor.errors import KnownError
from editor.schedule.edits.context import EditContext
from editor.schedule.edits.errors import EditRefusedError
from editor.schedule.model import Marker
from editor.schedule.operations import AddMarker, ChangeMarker, ChangeProperties, Lock, RemoveMarker
from editor.schedule.start_time import load_zone

_NOT_PROPERTIES = ("unlock", "media")


def change_properties(context: EditContext, op: ChangeProperties) -> None:
    """Change the webinar's settings that the operation gives; those that are `UNSET` stay.

    The operation's facts about media are added. Locked lanes do not matter.

    Raises:
        EditRefusedError: ``refused.date`` where a day or time does not exist in the calendar, ``refused.zone`` where
            there is no such time zone.
    """
    changes: dict[str, Any] = {
        name: value
        for name in op.__struct_fields__
        if name not in _NOT_PROPERTIES and (value := getattr(op, name)) is not msgspec.UNSET
    }
    for name in ("start", "available_until"):
        _require_valid_date(changes.get(name))
    if "zone" in changes:
        _require_valid_zone(changes["zone"])
    context.add_media(op.media)
    context.fields.update({name: value for name, value in changes.items() if value != getattr(context.webinar, name)})


def _require_valid_date(local: str | None) -> None:
    """Refuse a local date-time that is not in the calendar; preflight checks whether its hour exists in the zone."""
    if local is None:
        return
    try:
        datetime.fromisoformat(local)
    except ValueError:
        raise EditRefusedError("refused.date", date=local) from None


def _require_valid_zone(zone: str) -> None:
    try:
        load_zone(zone)
    except KnownError:
        raise EditRefusedError("refused.zone", zone=zone) from None


def set_lane_lock(context: EditContext, op: Lock) -> None:
    """Lock or unlock a lane; other edits that would change a locked lane are refused.

    Setting the state that it has already changes nothing and is not refused.
    """
    context.fields[f"{op.lane}_locked"] = op.locked


def add_marker(context: EditContext, op: AddMarker) -> None:
    """Add a marker with a new id at a position (ms).

    Locks do not matter, and several markers may share a position.
    """
    context.markers = [*context.markers, Marker(id=context.new_id(), at_ms=op.at_ms, title=op.title)]


def change_marker(context: EditContext, op: ChangeMarker) -> None:
    """Move or rename a marker; None leaves its position (ms) or title as it is.

    Raises:
        EditRefusedError: ``refused.unknown``: there is no marker of this id.
    """
    old = _require_marker(context, op.marker)
    new = replace(
        old,
        at_ms=old.at_ms if op.at_ms is None else op.at_ms,
        title=old.title if op.title is None else op.title,
    )
    context.markers = [new if marker is old else marker for marker in context.markers]


def remove_marker(context: EditContext, op: RemoveMarker) -> None:
    """Remove the marker that the operation names by its id.

    Raises:
        EditRefusedError: ``refused.unknown``: there is none.
    """
    old = _require_marker(context, op.marker)
    context.markers = [marker for marker in context.markers if marker is not old]


def _require_marker(context: EditContext, marker_id: str) -> Marker:
    for marker in context.markers:
        if marker.id == marker_id:
            return marker
    raise EditRefusedError("refused.unknown", id=marker_id)
