"""What belongs to the webinar as a whole: its plan, its markers, the locks of its lanes."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from editor.errors import Known
from editor.schedule.edits.bench import Bench
from editor.schedule.edits.refused import Refused
from editor.schedule.model import Marker
from editor.schedule.operations import AddMarker, ChangeMarker, Lock, Plan, RemoveMarker
from editor.schedule.start import zone_of

_NOT_OF_THE_PLAN = ("unlock", "media")


def plan(bench: Bench, op: Plan) -> None:
    """Change the fields of the plan that are given."""
    given: dict[str, Any] = {
        name: value
        for name in op.__struct_fields__
        if name not in _NOT_OF_THE_PLAN and (value := getattr(op, name)) is not msgspec.UNSET
    }
    for name in ("start", "available_until"):
        _check_date(given.get(name))
    if "zone" in given:
        _check_zone(given["zone"])
    bench.know(op.media)
    bench.fields.update({name: value for name, value in given.items() if value != getattr(bench.webinar, name)})


def _check_date(local: str | None) -> None:
    """See that a local date-time exists in the calendar; whether its hour does is the zone's and preflight's matter."""
    if local is None:
        return
    try:
        datetime.fromisoformat(local)
    except ValueError:
        raise Refused("refused.date", date=local) from None


def _check_zone(zone: str) -> None:
    try:
        zone_of(zone)
    except Known:
        raise Refused("refused.zone", zone=zone) from None


def lock(bench: Bench, op: Lock) -> None:
    """Lock or unlock a lane."""
    bench.fields[f"{op.lane}_locked"] = op.locked


def add_marker(bench: Bench, op: AddMarker) -> None:
    """Name a position."""
    bench.markers = [*bench.markers, Marker(id=bench.new_id(), at_ms=op.at_ms, title=op.title)]


def change_marker(bench: Bench, op: ChangeMarker) -> None:
    """Move or rename a marker."""
    old = _marker(bench, op.marker)
    new = replace(
        old,
        at_ms=old.at_ms if op.at_ms is None else op.at_ms,
        title=old.title if op.title is None else op.title,
    )
    bench.markers = [new if marker is old else marker for marker in bench.markers]


def remove_marker(bench: Bench, op: RemoveMarker) -> None:
    """Remove a marker."""
    old = _marker(bench, op.marker)
    bench.markers = [marker for marker in bench.markers if marker is not old]


def _marker(bench: Bench, marker_id: str) -> Marker:
    for marker in bench.markers:
        if marker.id == marker_id:
            return marker
    raise Refused("refused.unknown", id=marker_id)
