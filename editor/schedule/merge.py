"""Merging two people's edits of one webinar, three ways: by segment and by field.

`base` is what both began from. A field that only one of them changed takes that change; a field that both changed alike
is theirs both. What both changed differently is a **clash**, and so is a merge that would break a rule (two segments
made to overlap): then the smallest set of segments that do not go together is named. Nothing is decided for anybody.

Deleted on one side and edited on the other: the segment survives and is told (`kept`), for a deletion can be repeated
in a moment and lost work cannot.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, TypeVar

import msgspec

from editor.schedule.invariants import broken
from editor.schedule.model import AnySegment, Lane, Marker, Media, Webinar

T = TypeVar("T", bound=msgspec.Struct)

_LISTS = {"programme", "interactions", "markers", "media", "id"}


class Clash(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the two sides want differently."""

    code: str
    """``clash.field`` (of the plan), ``clash.segment`` (fields of one segment), ``clash.kind``, ``clash.overlap``,
    ``clash.rule``."""
    segments: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it. With clashes the webinar is mine where they are, and must not be published."""

    webinar: Webinar
    clashes: tuple[Clash, ...] = ()
    kept: tuple[str, ...] = ()
    """Segments that one side deleted and the other edited."""


def merge(base: Webinar, mine: Webinar, theirs: Webinar) -> Merged:
    """Put both sides' changes since `base` together."""
    clashes: list[Clash] = []
    kept: list[str] = []
    plan, fields = _fields(base, mine, theirs, _LISTS)
    if fields:
        clashes.append(Clash(code="clash.field", fields=fields))
    lanes: dict[Lane, tuple[AnySegment, ...]] = {}
    for lane in ("programme", "interactions"):
        segments = _segments(base.lane(lane), mine.lane(lane), theirs.lane(lane), clashes, kept)
        lanes[lane] = tuple(sorted(segments, key=lambda segment: (segment.start_ms, segment.id)))
        clashes += _overlaps(lanes[lane])
    merged = msgspec.structs.replace(
        mine,
        **plan,
        **lanes,
        markers=_markers(base.markers, mine.markers, theirs.markers),
        media=_media(base.media, mine.media, theirs.media),
    )
    if not clashes:
        clashes += [Clash(code="clash.rule", fields=(rule.code,)) for rule in broken(merged)[:1]]
    return Merged(webinar=merged, clashes=tuple(clashes), kept=tuple(kept))


def _fields(base: T, mine: T, theirs: T, leave_out: set[str]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Field by field: what the merge has, and the fields that both changed differently (which stay mine)."""
    found: dict[str, Any] = {}
    clashing: list[str] = []
    for name in base.__struct_fields__:
        if name in leave_out:
            continue
        was, here, there = (getattr(each, name) for each in (base, mine, theirs))
        found[name] = there if here == was else here
        if here != was and there not in (was, here):
            clashing.append(name)
    return found, tuple(clashing)


def _segments(
    base: Iterable[AnySegment],
    mine: Iterable[AnySegment],
    theirs: Iterable[AnySegment],
    clashes: list[Clash],
    kept: list[str],
) -> list[AnySegment]:
    was, here, there = ({segment.id: segment for segment in lane} for lane in (base, mine, theirs))
    merged: list[AnySegment] = []
    for key in {**here, **there}:
        one, other, old = here.get(key), there.get(key), was.get(key)
        if one is None or other is None:
            left = one if one is not None else other
            assert left is not None
            if old is None or left != old:
                # New on one side, or deleted on one side and edited on the other.
                merged.append(left)
                kept += [key] if old is not None else []
            continue
        if one == other or old is None or type(one) is not type(other) or type(one) is not type(old):
            if one != other and old in (one, other):
                one = other if old == one else one
            elif one != other:
                clashes.append(Clash(code="clash.kind", segments=(key,)))
            merged.append(one)
            continue
        fields, clashing = _fields(old, one, other, set())
        if clashing:
            clashes.append(Clash(code="clash.segment", segments=(key,), fields=clashing))
        merged.append(msgspec.structs.replace(one, **fields))
    return merged


def _overlaps(lane: tuple[AnySegment, ...]) -> list[Clash]:
    """Neighbours that lie over each other, as the smallest sets that do."""
    return [
        Clash(code="clash.overlap", segments=(left.id, right.id))
        for left, right in pairwise(lane)
        if left.end_ms > right.start_ms
    ]


def _markers(base: Iterable[Marker], mine: Iterable[Marker], theirs: Iterable[Marker]) -> tuple[Marker, ...]:
    """Markers are names of places: a change beats a deletion, and mine beats theirs, without a question."""
    was, here, there = ({marker.id: marker for marker in markers} for markers in (base, mine, theirs))
    merged = []
    for key in {**here, **there}:
        one, other, old = here.get(key), there.get(key), was.get(key)
        if one is None or other is None:
            left = one or other
            if left is not None and left != old:
                merged.append(left)
        else:
            merged.append(other if one == old else one)
    for side in (tuple(mine), tuple(theirs)):
        if {marker.id: marker for marker in merged} == {marker.id: marker for marker in side}:
            return side  # in the order that side has them at one place
    return tuple(sorted(merged, key=lambda marker: (marker.at_ms, marker.id)))


def _media(base: Mapping[str, Media], mine: Mapping[str, Media], theirs: Mapping[str, Media]) -> dict[str, Media]:
    """What is known of media adds up; captions that either side attached are there."""
    merged = dict(mine)
    for sha256, known in theirs.items():
        own = merged.get(sha256)
        if own is None or own == base.get(sha256):
            merged[sha256] = known
        elif own != known:
            tracks = {track.sha256: track for track in (*known.captions, *own.captions)}
            merged[sha256] = msgspec.structs.replace(own, captions=tuple(tracks.values()))
    return merged
