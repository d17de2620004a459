"""The bench one edit works on: the webinar's parts laid out to be changed, and the account of what was done.

An edit takes lanes from the bench and puts changed lanes back. Only `Bench.result` makes a webinar of it, so an edit
that is refused half-way has changed nothing. `result` also sees to what every edit must keep: a locked lane is not
changed (or is unlocked in the same step), the webinar ends within the day, and what did not change stays the very same
object.
"""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress, count
from operator import attrgetter, is_not
from typing import Any

from msgspec.structs import replace

from editor.schedule.edits.lanes import ByLane, Ripple, placed_at, settled, starts
from editor.schedule.edits.refused import Refused
from editor.schedule.model import (
    LANES,
    LONGEST_MS,
    AnySegment,
    Audio,
    Cta,
    Image,
    Lane,
    Marker,
    Media,
    Presentation,
    Recording,
    Survey,
    Video,
    Webinar,
    lane_of,
)
from editor.schedule.operations import Edited


class Bench:
    """The parts of a webinar while one operation works on them.

    Attributes:
        webinar: as it was; never changes.
        lanes: the lanes as they will be.
        markers: the markers as they will be.
        media: what will be known of media; replaced as a whole, never changed in place.
        fields: the webinar's own fields that will change.
        touched: the ids of all segments that were given other content than a start; whoever changes one adds it here.
            (Telling a ripple's 10,000 moved segments from trimmed ones by comparing them takes longer than the ripple.)
        new_id: gives fresh ids.
    """

    def __init__(self, webinar: Webinar, *, unlock: bool, new_id: Callable[[], str]) -> None:
        self.webinar = webinar
        self.new_id = new_id
        self.lanes: dict[Lane, Sequence[AnySegment]] = {lane: webinar.lane(lane) for lane in LANES}
        self.markers: Sequence[Marker] = webinar.markers
        self.media: dict[str, Media] = webinar.media
        self.fields: dict[str, Any] = {}
        self.touched: set[str] = set()
        self._unlock = unlock

    # ------------------------------------------------------------------------------------------- asking

    def find(self, ids: Sequence[str]) -> list[AnySegment]:
        """The segments of these ids, in order of lane and start.

        Raises:
            Refused: ``refused.nothing`` where no id is given, ``refused.unknown`` where one is no segment's.
        """
        if not ids:
            raise Refused("refused.nothing")
        wanted = set(ids)
        found = [segment for lane in LANES for segment in self.lanes[lane] if segment.id in wanted]
        if len(found) < len(wanted):
            missing = wanted - {segment.id for segment in found}
            raise Refused("refused.unknown", id=min(missing))
        return found

    def find_one(self, segment_id: str) -> AnySegment:
        """The segment of an id.

        Raises:
            Refused: ``refused.unknown``.
        """
        return self.find((segment_id,))[0]

    def find_all(self, ids: Sequence[str]) -> list[AnySegment]:
        """The segments of these ids and all that are grouped with them, in order of lane and start.

        Raises:
            Refused: as `find`.
        """
        found = self.find(ids)
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

    def demand(self, *lanes: Lane) -> None:
        """See that lanes may be changed, before anything else is found wrong.

        Raises:
            Refused: ``refused.locked``.
        """
        for lane in lanes:
            if self.webinar.locked(lane) and not self._unlock:
                raise Refused("refused.locked", lane=lane)

    # ----------------------------------------------------------------------------------------- changing

    def lift(self, members: ByLane) -> None:
        """Take segments off their lanes, leaving their places empty."""
        for lane, own in members.items():
            gone = {segment.id for segment in own}
            self.lanes[lane] = [segment for segment in self.lanes[lane] if segment.id not in gone]

    def swap(self, old: AnySegment, *new: AnySegment) -> None:
        """Put one or more segments where one was."""
        lane = lane_of(old)
        self.touched.add(old.id)
        index = next(compress(count(), (segment is old for segment in self.lanes[lane])))
        self.lanes[lane] = [*self.lanes[lane][:index], *new, *self.lanes[lane][index + 1 :]]

    def carry(self, lane: Lane, ripple: Ripple, *, beside: Ripple | None = None) -> None:
        """Let a ripple pass through a lane; through the interactions and the markers too where it is the programme's.

        Interactions stay whole; those that would come to lie over one before them land at its end.

        Args:
            lane: whose ripple it is.
            ripple: how positions travel.
            beside: how they travel on the interactions lane, where that differs.
        """
        if lane == "programme":
            programme = self.lanes["programme"]
            self.lanes["programme"] = placed_at(programme, ripple.targets(starts(programme)))
            self.carry_markers(ripple)
        offers = self.lanes["interactions"]
        beside = beside or ripple
        targets = beside.targets(starts(offers))
        self.lanes["interactions"] = placed_at(offers, settled(offers, targets) if beside.cuts else targets)

    def carry_markers(self, ripple: Ripple) -> None:
        """Let the programme's ripple pass through the markers."""
        targets = [min(target, LONGEST_MS) for target in ripple.targets([marker.at_ms for marker in self.markers])]
        self.markers = [
            marker if marker.at_ms == target else replace(marker, at_ms=target)
            for marker, target in zip(self.markers, targets, strict=True)
        ]

    def know(self, media: Iterable[Media], *, better: bool = True) -> None:
        """Make media known; with `better`, replace what is known of them."""
        fresh = {
            known.sha256: known
            for known in media
            if known != self.media.get(known.sha256) and (better or known.sha256 not in self.media)
        }
        if fresh:
            self.media = {**self.media, **fresh}

    # --------------------------------------------------------------------------------------- the result

    def result(self) -> Edited:
        """The webinar with all of it done, and what was done.

        Raises:
            Refused: ``refused.locked`` where a lane that is locked would change, ``refused.past_day`` where something
                would end after 24 hours.
        """
        account = _Account()
        fields = dict(self.fields)
        for lane in LANES:
            before = self.webinar.lane(lane)
            after = account.of_lane(before, self.lanes[lane], self.touched)
            if after is before:
                continue
            self.demand(lane)
            if self.webinar.locked(lane):
                fields.setdefault(f"{lane}_locked", False)
            if after and after[-1].end_ms > LONGEST_MS:
                raise Refused("refused.past_day")
            fields[lane] = after
        markers = account.of_markers(self.webinar.markers, self.markers)
        if markers is not self.webinar.markers:
            fields["markers"] = markers
        if self.media is not self.webinar.media:
            fields["media"] = self.media
        fields = {name: value for name, value in fields.items() if value is not getattr(self.webinar, name)}
        return account.edited(replace(self.webinar, **fields) if fields else self.webinar)


class _Account:
    """What became of every segment and marker, found by comparing before and after."""

    def __init__(self) -> None:
        self.moved: list[str] = []
        self.trimmed: list[str] = []
        self.created: list[str] = []
        self.removed: list[str] = []
        self.changed: list[str] = []

    def edited(self, webinar: Webinar) -> Edited:
        """The answer of an edit."""
        return Edited(
            webinar=webinar,
            moved=tuple(self.moved),
            trimmed=tuple(self.trimmed),
            created=tuple(self.created),
            removed=tuple(self.removed),
            changed=tuple(self.changed),
        )

    def of_lane(
        self, before: tuple[AnySegment, ...], after: Sequence[AnySegment], touched: AbstractSet[str]
    ) -> tuple[AnySegment, ...]:
        """Note what became of a lane's segments.

        Args:
            before: the lane as it was.
            after: the lane as it will be.
            touched: the ids of all whose content may differ; of the others only the start does.

        Returns:
            The lane after; its segments that are equal to what they were are the same objects, and a lane of which
            nothing changed is the same tuple.
        """
        if after is before:
            return before
        head = next(compress(count(), map(is_not, before, after)), min(len(before), len(after)))
        if head == len(before) == len(after):
            return before
        most = min(len(before), len(after)) - head
        tail = next(compress(count(), map(is_not, reversed(before), reversed(after))), most)
        tail = min(tail, most)
        old = {segment.id: segment for segment in before[head : len(before) - tail]}
        kept: list[AnySegment] = list(after[:head])
        for segment in after[head : len(after) - tail]:
            was = old.pop(segment.id, None)
            if was is None:
                self.created.append(segment.id)
            elif was is not segment:
                if segment.id in touched:
                    if was == segment:
                        kept.append(was)
                        continue
                    self._note(was, segment)
                elif was.start_ms == segment.start_ms:
                    kept.append(was)
                    continue
                else:
                    self.moved.append(segment.id)
            kept.append(segment)
        kept += after[len(after) - tail :]
        self.removed += old
        same = len(kept) == len(before) and not any(map(is_not, before, kept))
        return before if same else tuple(kept)

    def _note(self, was: AnySegment, now: AnySegment) -> None:
        """Note what became of a segment whose content may differ."""
        if _PLAYED[type(was)](was) != _PLAYED[type(now)](now):
            self.trimmed.append(now.id)
        elif was.start_ms != now.start_ms:
            self.moved.append(now.id)
        else:
            self.changed.append(now.id)

    def of_markers(self, before: tuple[Marker, ...], after: Sequence[Marker]) -> tuple[Marker, ...]:
        """Note what became of the markers; those that are equal to what they were are the same objects."""
        if after is before:
            return before
        old = {marker.id: marker for marker in before}
        kept: list[Marker] = []
        for marker in after:
            was = old.pop(marker.id, None)
            if was is None:
                self.created.append(marker.id)
            elif was == marker:
                kept.append(was)
                continue
            else:
                (self.moved if was.at_ms != marker.at_ms else self.changed).append(marker.id)
            kept.append(marker)
        self.removed += old
        kept.sort(key=attrgetter("at_ms"))
        same = len(kept) == len(before) and not any(map(is_not, before, kept))
        return before if same else tuple(kept)


_PART = attrgetter("in_ms", "out_ms", "hold_ms")
_WINDOW = attrgetter("in_ms", "out_ms")
_LENGTH = attrgetter("length_ms")
_PLAYED: dict[type, Callable[[AnySegment], object]] = {
    Video: _PART,
    Recording: _PART,
    Audio: _PART,
    Presentation: _WINDOW,
    Image: _LENGTH,
    Cta: _LENGTH,
    Survey: _LENGTH,
}
"""By kind: what of its media a segment plays, and for how long."""
