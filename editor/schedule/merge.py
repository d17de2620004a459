"""Three-way merge of two people's edits of one webinar, by segment and by field.

`base` is the common ancestor. A field that only one side changed takes that change; a field that both changed alike
takes the common value. A field that both changed differently is a **conflict**, and so is a merge that would break a
rule (two segments made to overlap); then the smallest set of segments that collide is named. Conflicts are left to the
user.

A segment that was deleted on one side and edited on the other survives and is listed as `restored`, because a deletion
is repeated in a moment and lost work is not.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, TypeVar

import msgspec

from editor.schedule.invariants import find_violations
from editor.schedule.model import AnySegment, Lane, Marker, Media, Webinar

T = TypeVar("T", bound=msgspec.Struct)

_MERGED_SEPARATELY = {"programme", "interactions", "markers", "media", "id"}


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """One change that both sides made differently, or a rule of the timeline that the merged webinar would break.

    It is immutable. `code` is ``clash.field``, ``clash.segment``, ``clash.kind``, ``clash.overlap`` or ``clash.rule``.
    `segments` are ids. `fields` are names of the webinar's or the segment's fields; of ``clash.rule`` the rule's code.
    """

    code: str
    """``clash.field`` (webinar settings), ``clash.segment``, ``clash.kind``, ``clash.overlap`` or ``clash.rule``."""
    segments: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


class MergeResult(msgspec.Struct, frozen=True, kw_only=True):
    """The merged webinar and its conflicts, as `merge` returns them; immutable.

    Where there is a conflict, the webinar has `mine` and must not be published. `restored` has the ids of segments that
    one side deleted and the other edited: they are kept.
    """

    webinar: Webinar
    conflicts: tuple[Conflict, ...] = ()
    restored: tuple[str, ...] = ()
    """The ids of segments that one side deleted and the other edited."""


def merge(base: Webinar, mine: Webinar, theirs: Webinar) -> MergeResult:
    """Merge two people's edits of one webinar, field by field; conflicts are returned, not raised.

    Markers and the facts about media never conflict: a changed marker beats a deleted one, `mine` beats `theirs`, and
    the media of either side stay. The result breaks a rule of the timeline only where it has conflicts.

    Args:
        base: The version that both sides began with.
        mine: The version whose values stay where there is a conflict.
        theirs: The other version.
    """
    conflicts: list[Conflict] = []
    restored: list[str] = []
    properties, fields = _merge_fields(base, mine, theirs, _MERGED_SEPARATELY)
    if fields:
        conflicts.append(Conflict(code="clash.field", fields=fields))
    lanes: dict[Lane, tuple[AnySegment, ...]] = {}
    for lane in ("programme", "interactions"):
        segments = _merge_segments(base.get_lane(lane), mine.get_lane(lane), theirs.get_lane(lane), conflicts, restored)
        lanes[lane] = tuple(sorted(segments, key=lambda segment: (segment.start_ms, segment.id)))
        conflicts += _find_overlaps(lanes[lane])
    merged = msgspec.structs.replace(
        mine,
        **properties,
        **lanes,
        markers=_merge_markers(base.markers, mine.markers, theirs.markers),
        media=_merge_media(base.media, mine.media, theirs.media),
    )
    if not conflicts:
        conflicts += [Conflict(code="clash.rule", fields=(rule.code,)) for rule in find_violations(merged)[:1]]
    return MergeResult(webinar=merged, conflicts=tuple(conflicts), restored=tuple(restored))


def _merge_fields(base: T, mine: T, theirs: T, leave_out: set[str]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Merge field by field; return the values, and the fields that both changed differently (they stay mine)."""
    found: dict[str, Any] = {}
    conflicting: list[str] = []
    for name in base.__struct_fields__:
        if name in leave_out:
            continue
        base_value, my_value, their_value = (getattr(each, name) for each in (base, mine, theirs))
        found[name] = their_value if my_value == base_value else my_value
        if my_value != base_value and their_value not in (base_value, my_value):
            conflicting.append(name)
    return found, tuple(conflicting)


def _merge_segments(
    base: Iterable[AnySegment],
    mine: Iterable[AnySegment],
    theirs: Iterable[AnySegment],
    conflicts: list[Conflict],
    restored: list[str],
) -> list[AnySegment]:
    base_by_id, mine_by_id, theirs_by_id = ({segment.id: segment for segment in lane} for lane in (base, mine, theirs))
    merged: list[AnySegment] = []
    for key in {**mine_by_id, **theirs_by_id}:
        my_segment, their_segment, base_segment = mine_by_id.get(key), theirs_by_id.get(key), base_by_id.get(key)
        if my_segment is None or their_segment is None:
            survivor = my_segment if my_segment is not None else their_segment
            assert survivor is not None
            if base_segment is None or survivor != base_segment:
                # New on one side, or deleted on one side and edited on the other.
                merged.append(survivor)
                restored += [key] if base_segment is not None else []
            continue
        if (
            my_segment == their_segment
            or base_segment is None
            or type(my_segment) is not type(their_segment)
            or type(my_segment) is not type(base_segment)
        ):
            if my_segment != their_segment and base_segment in (my_segment, their_segment):
                my_segment = their_segment if base_segment == my_segment else my_segment
            elif my_segment != their_segment:
                conflicts.append(Conflict(code="clash.kind", segments=(key,)))
            merged.append(my_segment)
            continue
        fields, conflicting = _merge_fields(base_segment, my_segment, their_segment, set())
        if conflicting:
            conflicts.append(Conflict(code="clash.segment", segments=(key,), fields=conflicting))
        merged.append(msgspec.structs.replace(my_segment, **fields))
    return merged


def _find_overlaps(lane: tuple[AnySegment, ...]) -> list[Conflict]:
    """Return a conflict for each pair of neighbours that overlap."""
    return [
        Conflict(code="clash.overlap", segments=(left.id, right.id))
        for left, right in pairwise(lane)
        if left.end_ms > right.start_ms
    ]


def _merge_markers(base: Iterable[Marker], mine: Iterable[Marker], theirs: Iterable[Marker]) -> tuple[Marker, ...]:
    """Merge markers without conflicts: a change beats a deletion, and mine beats theirs."""
    base_by_id, mine_by_id, theirs_by_id = (
        {marker.id: marker for marker in markers} for markers in (base, mine, theirs)
    )
    merged = []
    for key in {**mine_by_id, **theirs_by_id}:
        my_marker, their_marker, base_marker = mine_by_id.get(key), theirs_by_id.get(key), base_by_id.get(key)
        if my_marker is None or their_marker is None:
            survivor = my_marker or their_marker
            if survivor is not None and survivor != base_marker:
                merged.append(survivor)
        else:
            merged.append(their_marker if my_marker == base_marker else my_marker)
    for side in (tuple(mine), tuple(theirs)):
        if {marker.id: marker for marker in merged} == {marker.id: marker for marker in side}:
            return side  # keeps the order of markers at one position
    return tuple(sorted(merged, key=lambda marker: (marker.at_ms, marker.id)))


def _merge_media(base: Mapping[str, Media], mine: Mapping[str, Media], theirs: Mapping[str, Media]) -> dict[str, Media]:
    """Merge the facts about media; captions that either side attached are kept."""
    merged = dict(mine)
    for sha256, known in theirs.items():
        own = merged.get(sha256)
        if own is None or own == base.get(sha256):
            merged[sha256] = known
        elif own != known:
            tracks = {track.sha256: track for track in (*known.captions, *own.captions)}
            merged[sha256] = msgspec.structs.replace(own, captions=tuple(tracks.values()))
    return merged
