"""What segments hold: split, put, replace a take, spread pages, group; and what is known of media."""

from collections.abc import Sequence

from msgspec.structs import replace

from editor.schedule.edits.bench import Bench
from editor.schedule.edits.lanes import by_lane
from editor.schedule.edits.parts import Clip, fit_fades, split
from editor.schedule.edits.refused import Refused
from editor.schedule.model import (
    LEAST_MS,
    AnySegment,
    Audio,
    Image,
    Media,
    Page,
    Presentation,
    Recording,
    Video,
    kind_of,
    lane_of,
)
from editor.schedule.operations import (
    ForgetMedia,
    Group,
    KnowMedia,
    Put,
    ReplaceMedia,
    Split,
    SpreadEvenly,
    Ungroup,
)


def cut_in_two(bench: Bench, op: Split) -> None:
    """Split the named segments that lie over a position, or the programme's where none is named."""
    asked = bench.find(op.segments) if op.segments else bench.lanes["programme"]
    across = [segment for segment in asked if segment.start_ms < op.at_ms < segment.end_ms]
    if not across:
        raise Refused("refused.nothing")
    bench.demand(*by_lane(across))
    for segment in across:
        if min(op.at_ms - segment.start_ms, segment.end_ms - op.at_ms) < LEAST_MS:
            raise Refused("refused.split_edge", least_ms=LEAST_MS)
        bench.swap(segment, *split(segment, op.at_ms, bench.new_id, bench.media))


def put(bench: Bench, op: Put) -> None:
    """Replace a segment's own fields; its place, its length and its group stay."""
    old = bench.find_one(op.segment.id)
    either = isinstance(old, Video | Recording) and isinstance(op.segment, Video | Recording)
    if type(old) is not type(op.segment) and not either:
        raise Refused("refused.kind", kind=kind_of(op.segment))
    if (old.start_ms, old.length_ms) != (op.segment.start_ms, op.segment.length_ms):
        raise Refused("refused.stale", id=old.id)
    bench.demand(lane_of(old))
    bench.know(op.media)
    bench.swap(old, replace(op.segment, group=old.group))


def replace_media(bench: Bench, op: ReplaceMedia) -> None:
    """Put a new take into a segment's place."""
    old = bench.find_one(op.segment)
    bench.demand(lane_of(old))
    bench.know((op.media,))
    bench.swap(old, _with_take(old, op.media))


def _with_take(old: AnySegment, take: Media) -> AnySegment:
    """The segment with another media: the same place and length, the in-point as far as the take reaches."""
    if isinstance(old, Clip) and take.kind == ("audio" if isinstance(old, Audio) else "video"):
        begin = min(old.in_ms, take.duration_ms)
        end = min(begin + old.out_ms - old.in_ms, take.duration_ms)
        captions = take.captions[0].sha256 if old.captions is not None and take.captions else None
        hold = old.length_ms - (end - begin)
        return fit_fades(replace(old, media=take.sha256, in_ms=begin, out_ms=end, hold_ms=hold, captions=captions))
    if isinstance(old, Image) and take.kind == "image":
        return replace(old, media=take.sha256)
    if isinstance(old, Presentation) and take.kind == "presentation":
        last = max(take.pages, 1) - 1
        pages = tuple(page if page.page <= last else replace(page, page=last) for page in old.pages)
        return replace(old, media=take.sha256, pages=pages)
    raise Refused("refused.kind", kind=take.kind)


def spread_evenly(bench: Bench, op: SpreadEvenly) -> None:
    """Give every page that shows in a presentation's window the same time."""
    old = bench.find_one(op.segment)
    if not isinstance(old, Presentation):
        raise Refused("refused.kind", kind=kind_of(old))
    bench.demand(lane_of(old))
    bench.swap(old, replace(old, pages=_spread(old)))


def _spread(presentation: Presentation) -> tuple[Page, ...]:
    """The pages with the window's time shared out; what the window hides of its first and last page stays hidden."""
    at = 0
    shown: dict[int, int] = {}
    """By index on the track: how much of a shown page lies outside the window."""
    for index, page in enumerate(presentation.pages):
        inside = min(at + page.length_ms, presentation.out_ms) - max(at, presentation.in_ms)
        if inside > 0:
            shown[index] = page.length_ms - inside
        at += page.length_ms
    share, left_over = divmod(presentation.length_ms, len(shown))
    pages = list(presentation.pages)
    for turn, (index, hidden) in enumerate(shown.items()):
        pages[index] = replace(pages[index], length_ms=hidden + share + (1 if turn < left_over else 0))
    return tuple(pages)


def group(bench: Bench, op: Group) -> None:
    """Make one group of segments and of the groups they were of."""
    members = bench.find_all(op.segments)
    if len(members) < 2:
        raise Refused("refused.nothing")
    if len({segment.group for segment in members}) == 1 and members[0].group is not None:
        return
    _set_group(bench, members, bench.new_id())


def ungroup(bench: Bench, op: Ungroup) -> None:
    """Dissolve the groups of segments."""
    members = [segment for segment in bench.find_all(op.segments) if segment.group is not None]
    if not members:
        raise Refused("refused.nothing")
    _set_group(bench, members, None)


def _set_group(bench: Bench, members: Sequence[AnySegment], name: str | None) -> None:
    for lane, own in by_lane(members).items():
        bench.demand(lane)
        named = {segment.id for segment in own}
        bench.touched |= named
        bench.lanes[lane] = [
            replace(segment, group=name) if segment.id in named else segment for segment in bench.lanes[lane]
        ]


def know_media(bench: Bench, op: KnowMedia) -> None:
    """Make media known, or known better."""
    if not op.media:
        raise Refused("refused.nothing")
    bench.know(op.media)


def forget_media(bench: Bench, op: ForgetMedia) -> None:
    """Forget media that nothing uses."""
    if not op.media:
        raise Refused("refused.nothing")
    used = {bench.webinar.waiting_picture} | {sha256 for segment in bench.webinar.segments for sha256 in _uses(segment)}
    for sha256 in op.media:
        if sha256 not in bench.media:
            raise Refused("refused.unknown", id=sha256)
        if sha256 in used:
            raise Refused("refused.used", name=bench.media[sha256].name)
    gone = set(op.media)
    bench.media = {sha256: known for sha256, known in bench.media.items() if sha256 not in gone}


def _uses(segment: AnySegment) -> tuple[str | None, ...]:
    """The media a segment refers to."""
    if isinstance(segment, Audio):
        return segment.media, segment.picture
    if isinstance(segment, Presentation):
        return segment.media, segment.audio
    return (segment.media,) if isinstance(segment, Clip | Image) else ()
