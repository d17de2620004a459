"""Differences between two webinars: for the version history, unsaved changes and a colleague's version.

Segments are matched by id, never by place. An edit high up may move all that follows by the same time; that is one
thing to a person, so segments that moved alike make one difference ("12 segments now begin 0:00:05 later"). A dragged
left edge changes a start too, but is listed as a change of length.

Each difference is a code and facts, whose sentence lies in `editor.errors.messages`. Two webinars are alike, apart from
their id, exactly when there is no difference.
"""

from collections.abc import Iterator

import msgspec

from editor.schedule.kinds import SoundSegment, VideoSegment, kind_of
from editor.schedule.media_use import find_media_users
from editor.schedule.model import AnySegment, Webinar
from editor.schedule.segment_titles import get_segment_title


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One change between two webinars, as a code (``change.…``) and the facts that its sentence needs; immutable.

    `segment` is the segment's id in the newer webinar, or in the older one if it was removed; of segments moved alike,
    that of the first; None for settings, markers and media. Facts that end in `_ms` are milliseconds.
    """

    code: str
    facts: dict[str, str | int]
    segment: str | None = None


_FIELD_CODES = {
    "media": "change.media",
    "volume": "change.volume",
    "fade_in_ms": "change.fades",
    "fade_in_offset_ms": "change.fades",
    "fade_out_ms": "change.fades",
    "fade_out_offset_ms": "change.fades",
    "captions": "change.captions",
    "picture": "change.picture",
    "audio": "change.sound",
    "pages": "change.pages",
    "group": "change.group",
    "offer": "change.offer",
    "text": "change.text",
    "label": "change.label",
    "link": "change.link",
    "look": "change.look",
    "colour": "change.look",
    "questions": "change.questions",
}
"""The fields of segments whose difference is one sentence with the new value."""

_PROPERTY_CODES = {
    "title": "change.plan_title",
    "description": "change.plan_description",
    "start": "change.plan_start",
    "zone": "change.plan_zone",
    "available_until": "change.plan_available_until",
    "moderators": "change.plan_moderators",
    "price": "change.plan_price",
    "language": "change.plan_language",
    "waiting_text": "change.plan_waiting_text",
    "waiting_picture": "change.plan_waiting_picture",
}
_CHOICE_PROPERTIES = ("room", "chat", "access")
"""Fields with few values, each of which has its own sentence: ``change.chat_moderated``."""


def compare(old: Webinar, new: Webinar) -> tuple[Difference, ...]:
    """Return every change from one webinar to another; nothing where they are alike apart from their ids.

    The order: settings of the webinar, common moves of several segments, single segments by position, markers, and
    facts about media. A segment that became another kind is removed and added, except between video and recording.
    """
    return (
        *_compare_properties(old, new),
        *_compare_segments(old, new),
        *_compare_markers(old, new),
        *_compare_media(old, new),
    )


# ------------------------------------------------------------------------------------------- webinar settings


def _compare_properties(old: Webinar, new: Webinar) -> Iterator[Difference]:
    for field, code in _PROPERTY_CODES.items():
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield Difference(
                code=code, facts={"old": _format_property(field, before), "new": _format_property(field, after)}
            )
    for field in _CHOICE_PROPERTIES:
        if getattr(old, field) != getattr(new, field):
            yield Difference(code=f"change.{field}_{getattr(new, field)}", facts={})
    for lane in ("programme", "interactions"):
        if old.is_locked(lane) != new.is_locked(lane):
            yield Difference(code=f"change.{lane}_{'locked' if new.is_locked(lane) else 'unlocked'}", facts={})


def _format_property(field: str, value: object) -> str:
    """Format a setting of the webinar for a sentence; an empty one is a dash."""
    if isinstance(value, tuple):
        return ", ".join(moderator.name or moderator.email for moderator in value) or "—"
    if not isinstance(value, str) or not value:
        return "—"
    return value.replace("T", " ") if field in ("start", "available_until") else value


# ------------------------------------------------------------------------------------------------------ segments


class _Pair(msgspec.Struct, frozen=True):
    """A segment as it was and as it is."""

    old: AnySegment
    new: AnySegment

    @property
    def shift_ms(self) -> int:
        """By how many milliseconds it was moved; 0 where only its left edge was dragged and its end stayed."""
        return 0 if self.old.end_ms == self.new.end_ms else self.new.start_ms - self.old.start_ms


def _compare_segments(old: Webinar, new: Webinar) -> Iterator[Difference]:
    before = {segment.id: segment for segment in old.segments}
    after = {segment.id: segment for segment in new.segments}
    matched = {
        id_: _Pair(before[id_], segment)
        for id_, segment in after.items()
        if id_ in before and _is_same_kind(before[id_], segment)
    }
    changed = [pair for pair in matched.values() if pair.old is not pair.new and pair.old != pair.new]
    pairs_by_shift: dict[int, list[_Pair]] = {}
    for pair in changed:
        if pair.shift_ms:
            pairs_by_shift.setdefault(pair.shift_ms, []).append(pair)
    differences = [
        *(_make_difference(old, segment, "change.removed") for id_, segment in before.items() if id_ not in matched),
        *(_make_difference(new, segment, "change.added") for id_, segment in after.items() if id_ not in matched),
        *(_make_move(new, pairs[0]) for pairs in pairs_by_shift.values() if len(pairs) == 1),
    ]
    for pair in changed:
        differences.extend(_compare_lengths(new, pair))
        differences.extend(_compare_fields(old, new, pair))
    differences.sort(key=lambda difference: difference.facts["at_ms"])
    yield from (_make_common_move(pairs) for pairs in pairs_by_shift.values() if len(pairs) > 1)
    yield from differences


def _is_same_kind(old: AnySegment, new: AnySegment) -> bool:
    """Whether two segments of one id can be compared: of one kind, or video and recording, which convert freely."""
    return type(old) is type(new) or (isinstance(old, VideoSegment) and isinstance(new, VideoSegment))


def _make_move(webinar: Webinar, pair: _Pair) -> Difference:
    code = "change.moved_later" if pair.shift_ms > 0 else "change.moved_earlier"
    return _make_difference(
        webinar, pair.new, code, by_ms=abs(pair.shift_ms), from_ms=pair.old.start_ms, to_ms=pair.new.start_ms
    )


def _make_common_move(pairs: list[_Pair]) -> Difference:
    by_ms = pairs[0].shift_ms
    first = min(pairs, key=lambda pair: pair.new.start_ms).new
    return Difference(
        code="change.all_later" if by_ms > 0 else "change.all_earlier",
        facts={"count": len(pairs), "by_ms": abs(by_ms), "at_ms": first.start_ms},
        segment=first.id,
    )


def _compare_lengths(webinar: Webinar, pair: _Pair) -> Iterator[Difference]:
    """Compare how long a segment lasts and which part of its media it plays, with no change listed twice."""
    old, new = pair.old, pair.new
    by_ms = new.length_ms - old.length_ms
    old_hold, new_hold = getattr(old, "hold_ms", 0), getattr(new, "hold_ms", 0)
    if by_ms and by_ms != new_hold - old_hold:
        code = "change.lengthened" if by_ms > 0 else "change.shortened"
        yield _make_difference(webinar, new, code, by_ms=abs(by_ms), length_ms=new.length_ms)
    if old_hold != new_hold:
        yield _make_difference(webinar, new, "change.hold", old_ms=old_hold, new_ms=new_hold)
    if not isinstance(old, SoundSegment) or not isinstance(new, SoundSegment):
        return
    if old.in_ms != new.in_ms or (old.out_ms != new.out_ms and not by_ms):
        yield _make_difference(webinar, new, "change.part", in_ms=new.in_ms, out_ms=new.out_ms)


def _compare_fields(old: Webinar, new: Webinar, pair: _Pair) -> Iterator[Difference]:
    if pair.old.title != pair.new.title:
        yield _make_difference(new, pair.new, "change.retitled", old=get_segment_title(pair.old, old.media))
    if type(pair.old) is not type(pair.new):
        yield _make_difference(new, pair.new, "change.kind")
    changed: dict[str, object] = {
        code: getattr(pair.new, field)
        for field, code in _FIELD_CODES.items()
        if getattr(pair.old, field, None) != getattr(pair.new, field, None)
    }
    if "change.media" in changed:
        known = new.media.get(str(changed["change.media"]))
        changed["change.media"] = known.name if known is not None else ""
    for code, value in changed.items():
        yield _make_difference(new, pair.new, code, new=value if isinstance(value, (str, int)) else "")
    if getattr(pair.old, "muted", False) != getattr(pair.new, "muted", False):
        yield _make_difference(new, pair.new, "change.muted" if getattr(pair.new, "muted", False) else "change.unmuted")


# ---------------------------------------------------------------------------------------------- markers and media


def _compare_markers(old: Webinar, new: Webinar) -> Iterator[Difference]:
    before = {marker.id: marker for marker in old.markers}
    after = {marker.id: marker for marker in new.markers}
    for id_, marker in before.items():
        if id_ not in after:
            yield Difference(code="change.marker_removed", facts={"title": marker.title, "at_ms": marker.at_ms})
    for id_, marker in after.items():
        known = before.get(id_)
        facts: dict[str, str | int] = {"title": marker.title, "at_ms": marker.at_ms}
        if known is None:
            yield Difference(code="change.marker_added", facts=facts)
            continue
        if known.at_ms != marker.at_ms:
            yield Difference(code="change.marker_moved", facts={**facts, "from_ms": known.at_ms})
        if known.title != marker.title:
            yield Difference(code="change.marker_renamed", facts={**facts, "old": known.title})


def _compare_media(old: Webinar, new: Webinar) -> Iterator[Difference]:
    """Compare the facts about media; one that came or went with the segments that use it is left out."""
    if old.media == new.media:
        return
    used_before, used_after = find_media_users(old), find_media_users(new)
    for sha in sorted(old.media.keys() | new.media.keys()):
        before, after = old.media.get(sha), new.media.get(sha)
        if before is None and after is not None and (sha not in used_after or sha in used_before):
            yield Difference(code="change.media_known", facts={"name": after.name})
        elif after is None and before is not None and (sha not in used_before or sha in used_after):
            yield Difference(code="change.media_forgotten", facts={"name": before.name})
        elif before is not None and after is not None and before != after:
            code = "change.media_facts" if before.captions == after.captions else "change.media_captions"
            yield Difference(code=code, facts={"name": after.name})


def _make_difference(webinar: Webinar, segment: AnySegment, code: str, **facts: str | int) -> Difference:
    common_facts: dict[str, str | int] = {
        "title": get_segment_title(segment, webinar.media),
        "kind": kind_of(segment),
        "at_ms": segment.start_ms,
    }
    return Difference(code=code, facts={**common_facts, **facts}, segment=segment.id)
