"""Finding the next or previous frame of a video: the millisecond at which it begins.

The time stamps of packets are read without decoding, which is exact at any frame rate, a variable one included, and
takes some milliseconds. Formats without time stamps (AVI) are stepped by their frame rate.
"""

from fractions import Fraction
from pathlib import Path

from av.container import InputContainer
from av.video.stream import VideoStream

from editor.media.formats.av_container import choose_video, get_origin, get_time_base, open_media

_SEEK_BACKOFFS_S = (Fraction(1), Fraction(10), None)
"""Seconds before the time to begin reading at, tried in turn; None is the beginning."""
_DEFAULT_FRAME_RATE = Fraction(25)


def find_adjacent_frame(path: Path, at_ms: int, *, forwards: bool) -> int | None:
    """Return the first millisecond of the frame after or before the one shown at a time of a video.

    Args:
        path: The video.
        at_ms: Milliseconds from the beginning of the media.
        forwards: Whether the frame after it is wanted, or the one before.

    Returns:
        None where there is no such frame: at either end, or in a file without video.

    Raises:
        KnownError: ``media.gone``, ``media.unreadable`` and the like.
    """
    with open_media(path) as container:
        video = choose_video(container)
        if video is None:
            return None
        time_base, origin = get_time_base(video), get_origin(container)
        target = int((Fraction(at_ms, 1000) + origin) / time_base // 1)
        for backoff in _SEEK_BACKOFFS_S:
            if backoff is None:
                container.seek(min(0, container.start_time or 0))
            else:
                container.seek(max(target - int(backoff / time_base), int(origin / time_base)), stream=video)
            neighbours = _find_neighbours(container, video, target)
            if neighbours is None:
                rate = video.average_rate or _DEFAULT_FRAME_RATE
                step_ms = round(1000 / rate)
                return max(0, at_ms + (step_ms if forwards else -step_ms))
            before, after = neighbours
            if forwards or before is not None:
                break
        timestamp = after if forwards else before
        return None if timestamp is None else max(0, int(-(-(timestamp * time_base - origin) * 1000 // 1)))


def _find_neighbours(
    container: InputContainer, video: VideoStream, target: int
) -> tuple[int | None, int | None] | None:
    """Return the time stamps of the frames before and after the one at `target`; None without time stamps."""
    earlier: list[int] = []
    after: int | None = None
    for packet in container.demux(video):
        if packet.size == 0:
            break
        if packet.pts is None:
            return None
        if packet.pts <= target:
            earlier.append(packet.pts)
        elif after is None or packet.pts < after:
            after = packet.pts
        # In decoding order, no later packet can be shown before `after`.
        if after is not None and packet.dts is not None and packet.dts >= after:
            break
    earlier.sort()
    return (earlier[-2] if len(earlier) > 1 else None), after
