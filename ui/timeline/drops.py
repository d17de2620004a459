"""What is dragged onto the timeline from elsewhere: files from the file manager, media from the bin.

No Qt here. Media that are known get a ghost of their real length, and land by the very operation that was previewed;
a file that nobody has read yet gets a ghost without an end, and becomes an edit when it is known what it is.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from editor.schedule import operations as ops
from editor.schedule.edits import Refused
from editor.schedule.model import LONGEST_MS, AnySegment, Kind, Lane, Media, kind_of, lane_of
from editor.schedule.operations import AnyOperation
from ui.timeline.gestures import Bubble, Ghost, Point, Preview, Situation
from ui.timeline.layout import segment_at
from ui.timeline.snapping import Offered, Targets
from ui.timeline.timescale import Timescale

KIND_BY_SUFFIX: dict[str, Kind] = {
    **dict.fromkeys(("avi", "mov", "wmv", "mpg", "mpeg", "mp4", "m4v", "mkv", "webm"), "video"),
    **dict.fromkeys(("mp3", "m4a", "wav", "ogg", "flac"), "audio"),
    **dict.fromkeys(("png", "jpg", "jpeg", "webp", "gif"), "image"),
    **dict.fromkeys(("pdf", "pptx", "odp"), "presentation"),
}
"""For the ghost's icon and colour alone: what a file is, its content says."""


def guessed_kind(path: Path) -> Kind | None:
    """What a file looks like by its name."""
    return KIND_BY_SUFFIX.get(path.suffix.lstrip(".").lower())


class DropGesture:
    """Something from elsewhere over the lanes: segments whose lengths are known, or files of which little is.

    Args:
        situation: what there is.
        segments: what would be added, laid one after another from 0.
        media: what is to be known with them.
        files: files that would be taken in first; their ghost begins where the known segments end.
    """

    scrolls = True

    def __init__(
        self,
        situation: Situation,
        segments: Sequence[AnySegment],
        media: tuple[Media, ...] = (),
        files: Sequence[Path] = (),
    ) -> None:
        self._situation = situation
        self._segments = tuple(segments)
        self._media = media
        self._files = tuple(files)
        self._targets: Targets | None = None
        self._op: AnyOperation | None = None
        self.at_ms = 0
        """Where the first of them would begin."""
        self.preview = Preview()

    def move(self, to: Point, scale: Timescale) -> None:
        """The pointer is where the first of them begins."""
        at_ms = min(max(scale.ms_at(to.x), 0), LONGEST_MS)
        snap_ms = None
        if self._situation.snaps and not to.free:
            if self._targets is None:
                self._targets = Targets.of(self._situation.webinar, playhead_ms=self._situation.playhead_ms)
            lane: Lane = lane_of(self._segments[0]) if self._segments else "programme"
            offered = [Offered(at_ms, lane, is_start=True)]
            if self._segments and not self._files:
                offered.append(Offered(at_ms + self._segments[-1].end_ms, lane, is_start=False))
            snap = self._targets.snap(offered, scale.us_per_px)
            if snap is not None and at_ms + snap.delta_ms >= 0:
                at_ms, snap_ms = at_ms + snap.delta_ms, snap.at_ms
        self._to(at_ms, to, snap_ms)

    def _to(self, at_ms: int, to: Point, snap_ms: int | None) -> None:
        self._op = None
        self.at_ms = at_ms
        if not self._segments:
            self.preview = Preview(
                ghosts=(self._unread(at_ms),), bubble=Bubble(at_ms, None, None, to.x, to.y), snap_ms=snap_ms
            )
            return
        placed = tuple(msgspec.structs.replace(each, start_ms=each.start_ms + at_ms) for each in self._segments)
        bubble = Bubble(at_ms, placed[-1].end_ms, None, to.x, to.y)
        op = ops.Add(segments=placed, media=self._media, mode=self._situation.mode)
        lifted = frozenset(each.id for each in placed)
        try:
            edited = self._situation.apply(self._situation.webinar, op)
        except Refused as refused:
            self._refused(refused, op, bubble)
            return
        self._op = op
        ghosts = (self._unread(placed[-1].end_ms),) if self._files else ()
        self.preview = Preview(edited.webinar, lifted, None, ghosts, bubble, snap_ms)

    def _refused(self, refused: Refused, op: ops.Add, bubble: Bubble) -> None:
        taken = tuple(_ghost(each, taken=True) for each in op.segments)
        self._op = op
        self.preview = Preview(ghosts=taken, bubble=bubble, refusal=refused)
        if not isinstance(refused.instead, ops.Add):
            return
        try:
            edited = self._situation.apply(self._situation.webinar, refused.instead)
        except Refused:  # free, and yet something else stands in the way
            return
        self._op = op = refused.instead
        self.at_ms = min(each.start_ms for each in op.segments)
        self.preview = Preview(
            edited.webinar,
            frozenset(each.id for each in op.segments),
            None,
            taken,
            replace(bubble, start_ms=self.at_ms, end_ms=op.segments[-1].end_ms),
        )

    def _unread(self, at_ms: int) -> Ghost:
        first = self._files[0]
        more = f" +{len(self._files) - 1}" if len(self._files) > 1 else ""
        normal = self._situation.mode == "normal"
        taken = normal and segment_at(self._situation.webinar.programme, at_ms) is not None
        name = first.name + more
        return Ghost("programme", guessed_kind(first), at_ms, at_ms, name, taken=taken, known_length=False)

    def finish(self) -> AnyOperation | None:
        """The add; None where files must be read first (then `at_ms` is where they are wanted)."""
        return None if self._files else self._op

    def cancel(self) -> None:
        """It was carried away again."""
        self._op = None
        self.preview = Preview()

    def rebase(self, situation: Situation) -> bool:
        """Go on over the new webinar; the next move shows it."""
        self._situation, self._targets = situation, None
        self.preview = Preview()
        return True


def _ghost(segment: AnySegment, *, taken: bool) -> Ghost:
    return Ghost(lane_of(segment), kind_of(segment), segment.start_ms, segment.end_ms, segment.title, taken=taken)
