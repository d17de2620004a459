"""From one picture of a video to the one after or before it: at which millisecond it begins.

Read off the packets' own time stamps without decoding, so it is exact at any frame rate, a varying one included, and
takes some milliseconds. Formats that stamp no packets (AVI) are stepped by their frame rate.
"""

from fractions import Fraction
from pathlib import Path

from av.container import InputContainer
from av.video.stream import VideoStream

from editor.media.formats.av_container import choose_video, get_origin, get_time_base, open_media

_SEEK_BACKOFFS_S = (Fraction(1), Fraction(10), None)
"""Seconds before the place to begin reading at, one after the other; None: at the beginning."""
_DEFAULT_FRAME_RATE = Fraction(25)


def find_adjacent_frame(path: Path, at_ms: int, *, forwards: bool) -> int | None:
    """The first millisecond of the picture after (or before) the one that is seen at a time of a video.

    Returns:
        None where there is none: at either end, or in a file without pictures.

    Raises:
        Known: media.gone, media.unreadable and the like.
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
    """The time stamps of the picture before the one at `target` and of the one after; None without time stamps."""
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
        # Packets come in the order of decoding: none that is seen earlier follows one that is decoded later.
        if after is not None and packet.dts is not None and packet.dts >= after:
            break
    earlier.sort()
    return (earlier[-2] if len(earlier) > 1 else None), after
