"""From one picture of a video to the one after or before it: at which millisecond it begins.

Read off the packets' own time stamps without decoding, so it is exact at any frame rate, a varying one included, and
takes some milliseconds. Formats that stamp no packets (AVI) are stepped by their frame rate.
"""

from fractions import Fraction
from pathlib import Path

from av.container import InputContainer
from av.video.stream import VideoStream

from editor.media.streams import base_of, opened, origin_of, video_of

_EARLIER = (Fraction(1), Fraction(10), None)
"""Seconds before the place to begin reading at, one after the other; None: at the beginning."""
_USUAL_RATE = Fraction(25)


def neighbour(path: Path, at_ms: int, *, forwards: bool) -> int | None:
    """The first millisecond of the picture after (or before) the one that is seen at a time of a video.

    Returns:
        None where there is none: at either end, or in a file without pictures.

    Raises:
        Known: media.gone, media.unreadable and the like.
    """
    with opened(path) as container:
        video = video_of(container)
        if video is None:
            return None
        base, origin = base_of(video), origin_of(container)
        target = int((Fraction(at_ms, 1000) + origin) / base // 1)
        for earlier in _EARLIER:
            if earlier is None:
                container.seek(min(0, container.start_time or 0))
            else:
                container.seek(max(target - int(earlier / base), int(origin / base)), stream=video)
            found = _around(container, video, target)
            if found is None:
                rate = video.average_rate or _USUAL_RATE
                step_ms = round(1000 / rate)
                return max(0, at_ms + (step_ms if forwards else -step_ms))
            before, after = found
            if forwards or before is not None:
                break
        place = after if forwards else before
        return None if place is None else max(0, int(-(-(place * base - origin) * 1000 // 1)))


def _around(container: InputContainer, video: VideoStream, target: int) -> tuple[int | None, int | None] | None:
    """The time stamps of the picture before the one at `target` and of the one after; None without time stamps."""
    seen: list[int] = []
    after: int | None = None
    for packet in container.demux(video):
        if packet.size == 0:
            break
        if packet.pts is None:
            return None
        if packet.pts <= target:
            seen.append(packet.pts)
        elif after is None or packet.pts < after:
            after = packet.pts
        # Packets come in the order of decoding: none that is seen earlier follows one that is decoded later.
        if after is not None and packet.dts is not None and packet.dts >= after:
            break
    seen.sort()
    return (seen[-2] if len(seen) > 1 else None), after
