"""Edits of what segments contain: split, change fields, replace media, spread pages, group; and known media."""

from collections.abc import Sequence
from typing import assert_never

from msgspec.structs import replace

from editor.schedule.edits.context import EditContext
from editor.schedule.edits.errors import EditRefusedError
from editor.schedule.edits.lanes import group_by_lane
from editor.schedule.edits.segments import fit_fades, split_segment
from editor.schedule.kinds import VideoSegment, kind_of, lane_of
from editor.schedule.media_use import find_required_media
from editor.schedule.model import (
    MIN_SEGMENT_MS,
    AnySegment,
    Image,
    Media,
    Offer,
    Page,
    Presentation,
    Timed,
)
from editor.schedule.operations import (
    AddMedia,
    ChangeSegment,
    Group,
    RemoveMedia,
    ReplaceMedia,
    Split,
    SpreadEvenly,
    Ungroup,
)


def split_at(context: EditContext, op: Split) -> None:
    """Split the named segments that lie over a position (ms), or the programme's where none is named.

    Named segments elsewhere stay whole. One refusal refuses all.

    Raises:
        EditRefusedError: ``refused.nothing`` where no segment lies over the position, ``refused.split_edge`` where a
            part would be shorter than 1 s, ``refused.locked``; else as `EditContext.find_segments`.
    """
    candidates = context.find_segments(op.segments) if op.segments else context.lanes["programme"]
    across = [segment for segment in candidates if segment.start_ms < op.at_ms < segment.end_ms]
    if not across:
        raise EditRefusedError("refused.nothing")
    context.require_unlocked(*group_by_lane(across))
    for segment in across:
        if min(op.at_ms - segment.start_ms, segment.end_ms - op.at_ms) < MIN_SEGMENT_MS:
            raise EditRefusedError("refused.split_edge", least_ms=MIN_SEGMENT_MS)
        context.replace_segment(segment, *split_segment(segment, op.at_ms, context.new_id, context.media))


def change_segment(context: EditContext, op: ChangeSegment) -> None:
    """Replace a segment's fields by those of the operation's segment of the same id; the group stays as it is.

    The operation's facts about media are added.

    Raises:
        EditRefusedError: ``refused.unknown``; ``refused.kind`` where the kind differs (but a video can become a
            recording, and back); ``refused.stale`` where the start or the length differs; ``refused.locked``.
    """
    old = context.find_segment(op.segment.id)
    is_video_swap = isinstance(old, VideoSegment) and isinstance(op.segment, VideoSegment)
    if type(old) is not type(op.segment) and not is_video_swap:
        raise EditRefusedError("refused.kind", kind=kind_of(op.segment))
    if (old.start_ms, old.length_ms) != (op.segment.start_ms, op.segment.length_ms):
        raise EditRefusedError("refused.stale", id=old.id)
    context.require_unlocked(lane_of(old))
    context.add_media(op.media)
    context.replace_segment(old, replace(op.segment, group=old.group))


def replace_media(context: EditContext, op: ReplaceMedia) -> None:
    """Replace the media of a segment and keep its place and length.

    Timed media keep the in-point where the new media is long enough; what it lacks becomes hold. Pages that a new
    document lacks show its last page. Captions become the first track of the new media, if any were shown and it has
    one; else none are shown. The facts about the new media are added.

    Raises:
        EditRefusedError: ``refused.unknown``, ``refused.locked``, ``refused.kind`` where the media is of another kind.
    """
    old = context.find_segment(op.segment)
    context.require_unlocked(lane_of(old))
    context.add_media((op.media,))
    context.replace_segment(old, _swap_media(old, op.media))


def _swap_media(old: AnySegment, take: Media) -> AnySegment:
    """Return a segment with another media, with the same place and length; missing media becomes hold."""
    if isinstance(old, Offer) or take.kind != ("video" if isinstance(old, VideoSegment) else kind_of(old)):
        raise EditRefusedError("refused.kind", kind=take.kind)
    if isinstance(old, Timed):
        begin = min(old.in_ms, take.duration_ms)
        end = min(begin + old.out_ms - old.in_ms, take.duration_ms)
        captions = take.captions[0].sha256 if old.captions is not None and take.captions else None
        hold = old.length_ms - (end - begin)
        changed = replace(old, media=take.sha256, in_ms=begin, out_ms=end, hold_ms=hold, captions=captions)
        return fit_fades(changed, old)
    if isinstance(old, Image):
        return replace(old, media=take.sha256)
    if isinstance(old, Presentation):
        last = max(take.pages, 1) - 1
        pages = tuple(page if page.page <= last else replace(page, page=last) for page in old.pages)
        return replace(old, media=take.sha256, pages=pages)
    assert_never(old)


def spread_evenly(context: EditContext, op: SpreadEvenly) -> None:
    """Show every page in a presentation's window for the same time (ms; the first ones take what is left over).

    Raises:
        EditRefusedError: ``refused.unknown``, ``refused.locked``, ``refused.kind`` where it is no presentation.
    """
    old = context.find_segment(op.segment)
    if not isinstance(old, Presentation):
        raise EditRefusedError("refused.kind", kind=kind_of(old))
    context.require_unlocked(lane_of(old))
    context.replace_segment(old, replace(old, pages=_spread_pages(old)))


def _spread_pages(presentation: Presentation) -> tuple[Page, ...]:
    """Share the window's time out evenly; what the window hides of its first and last page stays hidden."""
    at = 0
    hidden_by_index: dict[int, int] = {}
    """By index on the track: how many ms of a shown page lie outside the window."""
    for index, page in enumerate(presentation.pages):
        inside = min(at + page.length_ms, presentation.out_ms) - max(at, presentation.in_ms)
        if inside > 0:
            hidden_by_index[index] = page.length_ms - inside
        at += page.length_ms
    share, left_over = divmod(presentation.length_ms, len(hidden_by_index))
    pages = list(presentation.pages)
    for turn, (index, hidden) in enumerate(hidden_by_index.items()):
        pages[index] = replace(pages[index], length_ms=hidden + share + (1 if turn < left_over else 0))
    return tuple(pages)


def group_segments(context: EditContext, op: Group) -> None:
    """Group segments, together with the groups they belong to, into one new group.

    Nothing changes where they are exactly one group already.

    Raises:
        EditRefusedError: ``refused.nothing`` for fewer than two, ``refused.locked``; else as
            `EditContext.find_segments`.
    """
    members = context.find_with_groups(op.segments)
    if len(members) < 2:
        raise EditRefusedError("refused.nothing")
    if len({segment.group for segment in members}) == 1 and members[0].group is not None:
        return
    _set_group(context, members, context.new_id())


def ungroup_segments(context: EditContext, op: Ungroup) -> None:
    """Dissolve the groups that segments belong to, for all their members.

    Raises:
        EditRefusedError: ``refused.nothing`` where none is in a group, ``refused.locked``; else as
            `EditContext.find_segments`.
    """
    members = [segment for segment in context.find_with_groups(op.segments) if segment.group is not None]
    if not members:
        raise EditRefusedError("refused.nothing")
    _set_group(context, members, None)


def _set_group(context: EditContext, members: Sequence[AnySegment], group_id: str | None) -> None:
    for lane, segments in group_by_lane(members).items():
        ids = {segment.id for segment in segments}
        context.touched |= ids
        context.lanes[lane] = [
            replace(segment, group=group_id) if segment.id in ids else segment for segment in context.lanes[lane]
        ]


def add_media(context: EditContext, op: AddMedia) -> None:
    """Add facts about media to the webinar, or replace those it has; no segment is made.

    Raises:
        EditRefusedError: ``refused.nothing`` where no media is given.
    """
    if not op.media:
        raise EditRefusedError("refused.nothing")
    context.add_media(op.media)


def remove_media(context: EditContext, op: RemoveMedia) -> None:
    """Remove the facts about media from the webinar, all or none.

    Raises:
        EditRefusedError: ``refused.nothing`` where none is given, ``refused.unknown``, ``refused.used`` where a segment
            or the waiting room needs one.
    """
    if not op.media:
        raise EditRefusedError("refused.nothing")
    used = find_required_media(context.webinar)
    for sha256 in op.media:
        if sha256 not in context.media:
            raise EditRefusedError("refused.unknown", id=sha256)
        if sha256 in used:
            raise EditRefusedError("refused.used", name=context.media[sha256].name)
    removed = set(op.media)
    context.media = {sha256: known for sha256, known in context.media.items() if sha256 not in removed}
