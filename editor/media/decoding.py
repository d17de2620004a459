"""Decoding a video onwards from where a seek landed, to the one frame that is wanted.

A player shows, at a time, the last frame whose time stamp is not later. Which one that is can be known before anything
is decoded: packets come in the order of their decoding times, and none of those to come is shown before it is decoded.
So packets are read until that order has passed the time wanted; the stamps of what was read name the frame; and of all
frames before it, those that no other refers to are skipped. That halves the work and changes no pixel.

Where packets carry no time stamps (old AVI), or a damaged frame never comes out, a `Plain` run decodes everything.
Times are in units of the stream.
"""

from bisect import bisect_right, insort
from collections import deque
from collections.abc import Iterator

from av.container import InputContainer
from av.error import FFmpegError, InvalidDataError
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

KEPT_BYTES = 64 << 20
"""Decoded frames kept for stepping back: some 20 of 1080p, 5 of 2160p."""
_SKIPPING = {"h264", "hevc", "mpeg1video", "mpeg2video", "mpeg4", "vc1", "wmv3"}
"""Decoders that pass over what nothing refers to; others (AV1's) shift what they give out when told to."""
_LOST = 2_000
"""Packets read in vain before a stretch without a key frame is decoded from its first packet all the same."""


class _Kept:
    """The frames that came out last, in order of their time, up to a number of bytes."""

    def __init__(self) -> None:
        self.times: list[int] = []
        self.frames: deque[VideoFrame] = deque()

    def put(self, time: int, frame: VideoFrame) -> None:
        if self.times and time <= self.times[-1]:
            return  # a decoder that repeats itself after damage
        self.times.append(time)
        self.frames.append(frame)
        most = max(2, KEPT_BYTES // max(1, frame.width * frame.height * 3 // 2))
        while len(self.frames) > most:
            del self.times[0]
            self.frames.popleft()

    def at(self, time: int) -> VideoFrame | None:
        """The frame of exactly this time."""
        place = bisect_right(self.times, time) - 1
        return self.frames[place] if place >= 0 and self.times[place] == time else None

    def shown(self, target: int) -> VideoFrame | None:
        """The last frame not later than a time."""
        place = bisect_right(self.times, target) - 1
        return self.frames[place] if place >= 0 else None


class Exact:
    """Decodes only what is needed.

    Args:
        container: stands where a seek left it.
        stream: the video.
        from_start: whether that is the beginning, where the first packet decodes whatever it is.
        before: how much of what lies before the wanted frame is to be decoded too, for those who step back.
    """

    def __init__(self, container: InputContainer, stream: VideoStream, *, from_start: bool, before: int = 0) -> None:
        self._stream = stream
        self._decoder = stream.codec_context
        self._packets: Iterator[Packet[VideoStream]] = container.demux(stream)
        self._may_skip = self._decoder.name in _SKIPPING
        self._from_start = from_start
        self._before = before
        self._kept = _Kept()
        self._times: list[int] = []
        self._begins: int | None = None
        self._read: deque[Packet[VideoStream]] = deque()
        self._unfed: set[int] = set()
        self._coming: set[int] = set()
        self._ended = False
        self._tried = 0
        self.read_to: int | None = None
        self.lacks_times = False
        """Whether a packet came that does not say when it is shown: this run can give nothing then."""

    def frame(self, target: int) -> VideoFrame | None:
        """The frame shown at a time; None where this run cannot give it."""
        while not self._ended and (self.read_to is None or self.read_to <= target):
            if not self._read_one():
                return None
        place = bisect_right(self._times, target) - 1
        return self._decode_to(self._times[place]) if place >= 0 else None

    def first(self) -> VideoFrame | None:
        """The first frame of the run."""
        while not self._ended and not self._times:
            if not self._read_one():
                return None
        return self._decode_to(self._times[0]) if self._times else None

    def covers(self, target: int) -> bool:
        """Whether a time does not lie before what this run can show."""
        return self._begins is not None and target >= self._begins

    def _read_one(self) -> bool:
        """Read one packet; False where it cannot be used."""
        packet = next(self._packets, None)
        if packet is None or not packet.size:
            self._ended = True
            self.read_to = None
            return True
        if packet.pts is None:
            self.lacks_times = True
            return False
        if packet.dts is not None:  # Matroska leaves it out for the first few
            self.read_to = packet.dts
        self._tried += 1
        if self._begins is None:
            if not (packet.is_keyframe or self._from_start or self._tried > _LOST):
                return True
            # What is shown before the key frame refers to frames before it, which are not there.
            self._begins = -(1 << 62) if self._from_start else packet.pts
        self._read.append(packet)
        if packet.pts >= self._begins and not packet.is_discard:
            insort(self._times, packet.pts)
            self._unfed.add(packet.pts)
        return True

    def _decode_to(self, wanted: int) -> VideoFrame | None:
        """Decode until the frame of this time comes out; None if it does not, or was passed over before."""
        while (found := self._kept.at(wanted)) is None:
            if wanted not in self._unfed and wanted not in self._coming:
                return None
            if not self._read and not self._ended and not self._read_one():
                return None
            if self._read:
                self._feed(self._read.popleft(), wanted)
            elif self._ended:
                self._take_out(None)
                return self._kept.at(wanted)
        return found

    def _feed(self, packet: "Packet[VideoStream]", wanted: int) -> None:
        time = packet.pts
        assert time is not None  # `_read_one` lets no other in
        passed_over = self._may_skip and time < wanted - self._before
        self._decoder.skip_frame = "NONREF" if passed_over else "DEFAULT"
        self._unfed.discard(time)
        if not passed_over:
            self._coming.add(time)
        self._take_out(packet)

    def _take_out(self, packet: "Packet[VideoStream] | None") -> None:
        try:
            frames = self._decoder.decode(packet)
        except InvalidDataError:
            frames = []  # damage: what refers to it looks it, and the next key frame mends it
        for frame in frames:
            if frame.pts is None:
                continue
            self._kept.put(frame.pts, frame)
            self._coming = {time for time in self._coming if time > frame.pts}
        if packet is None:
            self._coming.clear()


class Plain:
    """Decodes everything, and takes frames in the order in which they come out.

    That is the order of their showing; a frame without a time of its own gets the decoding times in turn.

    Args:
        container: stands where a seek left it.
        stream: the video.
        in_turn: whether the frames' own times are made up, so that all get the decoding times in turn.
    """

    def __init__(self, container: InputContainer, stream: VideoStream, *, in_turn: bool = False) -> None:
        self._in_turn = in_turn
        self._decoder = stream.codec_context
        self._decoder.skip_frame = "DEFAULT"
        self._packets: Iterator[Packet[VideoStream]] = container.demux(stream)
        self._kept = _Kept()
        self._stamps: deque[int] = deque()
        self._ended = False
        self.read_to: int | None = None

    def frame(self, target: int) -> VideoFrame | None:
        """The frame shown at a time; None where this run cannot give it."""
        while not self._ended and (not self._kept.times or self._kept.times[-1] <= target):
            self._decode_one()
        return self._kept.shown(target)

    def first(self) -> VideoFrame | None:
        """The first frame of the run."""
        while not self._ended and not self._kept.times:
            self._decode_one()
        return self._kept.frames[0] if self._kept.frames else None

    def covers(self, target: int) -> bool:
        """Whether a time does not lie before what this run can show."""
        return bool(self._kept.times) and target >= self._kept.times[0]

    def _decode_one(self) -> None:
        try:
            packet = next(self._packets, None)
        except FFmpegError:
            packet = None  # a file that was cut off ends here
        flush = packet is None or not packet.size
        self._ended = flush
        self.read_to = None if flush or packet is None else packet.dts
        if packet is not None and packet.dts is not None:
            self._stamps.append(packet.dts)
        try:
            frames = self._decoder.decode(None if flush else packet)
        except InvalidDataError:
            return
        for frame in frames:
            stamp = self._stamps.popleft() if self._stamps else None
            time = stamp if self._in_turn or frame.pts is None else frame.pts
            if time is not None:
                self._kept.put(time, frame)
