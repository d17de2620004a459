"""The state of one edit: the parts of the webinar while they change, and a record of what changed.

An edit reads lanes from the context and puts changed lanes back. Only `EditContext.make_result` makes a webinar of
them, so an edit that is refused half-way has changed nothing. It also enforces what holds of every edit: a locked lane
is not changed (or is unlocked in the same step), the webinar ends within 24 hours, and segments that did not change
stay the same objects.
"""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress, count
from operator import attrgetter, is_not
from typing import Any

from msgspec.structs import replace

from editor.schedule.edits.errors import EditRefusedError
from editor.schedule.edits.lanes import ByLane, Ripple, get_starts, place_at, resolve_overlaps
from editor.schedule.kinds import KindTable, kind_of, lane_of
from editor.schedule.model import (
    LANES,
    MAX_WEBINAR_MS,
    AnySegment,
    Lane,
    Marker,
    Media,
    Webinar,
)
from editor.schedule.operations import EditResult


class EditContext:
    """The parts of a webinar while one operation works on them; `editor.schedule.edits.apply` makes one for each edit.

    Attributes:
        webinar: The webinar before the edit; never changes.
        lanes: The lanes after the edit.
        markers: The markers after the edit.
        media: The facts about media after the edit; replaced as a whole, never changed in place.
        fields: The webinar's own fields that will change.
        touched: The ids of all segments of which more than the start changed; code that changes one adds it here.
            (Finding these among a ripple's 10,000 moved segments by comparison takes longer than the ripple.)
        new_id: Makes new ids.
    """

    def __init__(self, webinar: Webinar, *, unlock: bool, new_id: Callable[[], str]) -> None:
        self.webinar = webinar
        self.new_id = new_id
        self.lanes: dict[Lane, Sequence[AnySegment]] = {lane: webinar.get_lane(lane) for lane in LANES}
        self.markers: Sequence[Marker] = webinar.markers
        self.media: dict[str, Media] = webinar.media
        self.fields: dict[str, Any] = {}
        self.touched: set[str] = set()
        self._unlock = unlock

    # ------------------------------------------------------------------------------------------ finding

    def find_segments(self, ids: Sequence[str]) -> list[AnySegment]:
        """Return the segments with these ids, in order of lane and start.

        Raises:
            EditRefusedError: ``refused.nothing`` where no id is given, ``refused.unknown`` where no segment has one.
        """
        if not ids:
            raise EditRefusedError("refused.nothing")
        wanted = set(ids)
        found = [segment for lane in LANES for segment in self.lanes[lane] if segment.id in wanted]
        if len(found) < len(wanted):
            missing_ids = wanted - {segment.id for segment in found}
            raise EditRefusedError("refused.unknown", id=min(missing_ids))
        return found

    def find_segment(self, segment_id: str) -> AnySegment:
        """Return the segment with an id, from either lane.

        Raises:
            EditRefusedError: ``refused.unknown``: there is none.
        """
        return self.find_segments((segment_id,))[0]

    def find_with_groups(self, ids: Sequence[str]) -> list[AnySegment]:
        """Return the segments with these ids and all that are grouped with them, in order of lane and start.

        Raises:
            EditRefusedError: As `find_segments`.
        """
        found = self.find_segments(ids)
        groups = {segment.group for segment in found if segment.group is not None}
        if not groups:
            return found
        named = {segment.id for segment in found}
        return [
            segment
            for lane in LANES
            for segment in self.lanes[lane]
            if segment.id in named or (segment.group is not None and segment.group in groups)
        ]

    def require_unlocked(self, *lanes: Lane) -> None:
        """Refuse to change locked lanes, unless the edit unlocks them; called before all other checks of an edit.

        Raises:
            EditRefusedError: ``refused.locked``.
        """
        for lane in lanes:
            if self.webinar.is_locked(lane) and not self._unlock:
                raise EditRefusedError("refused.locked", lane=lane)

    # ----------------------------------------------------------------------------------------- changing

    def take_out(self, members: ByLane) -> None:
        """Remove segments from their lanes and leave their places empty; locks are checked by `make_result`.

        They are found by id; those that are on no lane are ignored.
        """
        for lane, segments in members.items():
            removed_ids = {segment.id for segment in segments}
            self.lanes[lane] = [segment for segment in self.lanes[lane] if segment.id not in removed_ids]

    def replace_segment(self, old: AnySegment, *new: AnySegment) -> None:
        """Replace a segment by others, in its place; none removes it.

        Args:
            old: The segment: the very object that lies on its lane now.
            *new: The segments in its place, sorted by start; whether they overlap others is not checked.
        """
        lane = lane_of(old)
        self.touched.add(old.id)
        index = next(compress(count(), (segment is old for segment in self.lanes[lane])))
        self.lanes[lane] = [*self.lanes[lane][:index], *new, *self.lanes[lane][index + 1 :]]

    def apply_ripple(self, lane: Lane, ripple: Ripple, *, interaction_ripple: Ripple | None = None) -> None:
        """Apply a ripple to a lane; a ripple of the programme moves the interactions and the markers too.

        Interactions stay whole; one that would overlap the one before it lands at its end.

        Args:
            lane: The lane on which segments were added or removed.
            ripple: How positions move.
            interaction_ripple: How positions on the interactions lane move, where that differs.
        """
        if lane == "programme":
            programme = self.lanes["programme"]
            self.lanes["programme"] = place_at(programme, ripple.map_positions(get_starts(programme)))
            self.ripple_markers(ripple)
        offers = self.lanes["interactions"]
        interaction_ripple = interaction_ripple or ripple
        targets = interaction_ripple.map_positions(get_starts(offers))
        self.lanes["interactions"] = place_at(
            offers, resolve_overlaps(offers, targets) if interaction_ripple.cuts else targets
        )

    def ripple_markers(self, ripple: Ripple) -> None:
        """Move the markers as the programme's ripple moves positions, to 24 hours at most; none is removed."""
        targets = [
            min(target, MAX_WEBINAR_MS) for target in ripple.map_positions([marker.at_ms for marker in self.markers])
        ]
        self.markers = [
            marker if marker.at_ms == target else replace(marker, at_ms=target)
            for marker, target in zip(self.markers, targets, strict=True)
        ]

    def add_media(self, media: Iterable[Media], *, overwrite: bool = True) -> None:
        """Add facts about media to the webinar; without `overwrite`, those of media already there stay as they are."""
        additions = {
            known.sha256: known
            for known in media
            if known != self.media.get(known.sha256) and (overwrite or known.sha256 not in self.media)
        }
        if additions:
            self.media = {**self.media, **additions}

    # --------------------------------------------------------------------------------------- the result

    def make_result(self) -> EditResult:
        """Return the edited webinar and what changed; the same webinar where nothing did.

        A locked lane that changes is unlocked, if the edit may unlock it.

        Raises:
            EditRefusedError: ``refused.locked`` where a locked lane would change, ``refused.past_day`` where the last
                segment of a changed lane would end after 24 hours.
        """
        changes = _ChangeLog()
        fields = dict(self.fields)
        for lane in LANES:
            before = self.webinar.get_lane(lane)
            after = changes.compare_lane(before, self.lanes[lane], self.touched)
            if after is before:
                continue
            self.require_unlocked(lane)
            if self.webinar.is_locked(lane):
                fields.setdefault(f"{lane}_locked", False)
            if after and after[-1].end_ms > MAX_WEBINAR_MS:
                raise EditRefusedError("refused.past_day")
            fields[lane] = after
        markers = changes.compare_markers(self.webinar.markers, self.markers)
        if markers is not self.webinar.markers:
            fields["markers"] = markers
        if self.media is not self.webinar.media:
            fields["media"] = self.media
        fields = {name: value for name, value in fields.items() if value is not getattr(self.webinar, name)}
        return changes.make_result(replace(self.webinar, **fields) if fields else self.webinar)


class _ChangeLog:
    """Records what happened to every segment and marker, by comparing before and after."""

    def __init__(self) -> None:
        self.moved: list[str] = []
        self.trimmed: list[str] = []
        self.created: list[str] = []
        self.removed: list[str] = []
        self.changed: list[str] = []

    def make_result(self, webinar: Webinar) -> EditResult:
        """Return the recorded changes with the webinar after the edit."""
        return EditResult(
            webinar=webinar,
            moved=tuple(self.moved),
            trimmed=tuple(self.trimmed),
            created=tuple(self.created),
            removed=tuple(self.removed),
            changed=tuple(self.changed),
        )

    def compare_lane(
        self, before: tuple[AnySegment, ...], after: Sequence[AnySegment], touched: AbstractSet[str]
    ) -> tuple[AnySegment, ...]:
        """Record what happened to a lane's segments.

        Args:
            before: The lane before the edit.
            after: The lane after it.
            touched: The ids of the segments whose content may differ; of the others only the start can differ.

        Returns:
            The lane after the edit; segments that are equal to what they were are the same objects, and an unchanged
            lane is the same tuple.
        """
        if after is before:
            return before
        head = next(compress(count(), map(is_not, before, after)), min(len(before), len(after)))
        if head == len(before) == len(after):
            return before
        max_tail = min(len(before), len(after)) - head
        tail = next(compress(count(), map(is_not, reversed(before), reversed(after))), max_tail)
        old = {segment.id: segment for segment in before[head : len(before) - tail]}
        result: list[AnySegment] = list(after[:head])
        for segment in after[head : len(after) - tail]:
            previous = old.pop(segment.id, None)
            if previous is None:
                self.created.append(segment.id)
            elif previous is not segment:
                if segment.id in touched:
                    if previous == segment:
                        result.append(previous)
                        continue
                    self._record_change(previous, segment)
                elif previous.start_ms == segment.start_ms:
                    result.append(previous)
                    continue
                else:
                    self.moved.append(segment.id)
            result.append(segment)
        result += after[len(after) - tail :]
        self.removed += old
        is_unchanged = len(result) == len(before) and not any(map(is_not, before, result))
        return before if is_unchanged else tuple(result)

    def _record_change(self, before: AnySegment, after: AnySegment) -> None:
        """Record what happened to a segment whose content may differ."""
        if _CONTENT_GETTERS[kind_of(before)](before) != _CONTENT_GETTERS[kind_of(after)](after):
            self.trimmed.append(after.id)
        elif before.start_ms != after.start_ms:
            self.moved.append(after.id)
        else:
            self.changed.append(after.id)

    def compare_markers(self, before: tuple[Marker, ...], after: Sequence[Marker]) -> tuple[Marker, ...]:
        """Record what happened to the markers; those equal to what they were stay the same objects."""
        if after is before:
            return before
        old = {marker.id: marker for marker in before}
        result: list[Marker] = []
        for marker in after:
            previous = old.pop(marker.id, None)
            if previous is None:
                self.created.append(marker.id)
            elif previous == marker:
                result.append(previous)
                continue
            else:
                (self.moved if previous.at_ms != marker.at_ms else self.changed).append(marker.id)
            result.append(marker)
        self.removed += old
        result.sort(key=attrgetter("at_ms"))
        is_unchanged = len(result) == len(before) and not any(map(is_not, before, result))
        return before if is_unchanged else tuple(result)


_get_timed_content = attrgetter("in_ms", "out_ms", "hold_ms")
_get_window = attrgetter("in_ms", "out_ms")
_get_length = attrgetter("length_ms")
_CONTENT_GETTERS: KindTable[Callable[[AnySegment], object]] = {
    "video": _get_timed_content,
    "recording": _get_timed_content,
    "audio": _get_timed_content,
    "presentation": _get_window,
    "image": _get_length,
    "cta": _get_length,
    "survey": _get_length,
}
"""By kind: the fields that say what a segment plays and for how long."""
