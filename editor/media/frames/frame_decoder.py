"""Decoding a video from where a seek landed to the one frame that is wanted.

At a time, a player shows the last frame whose time stamp is not later. That frame is known before anything is decoded:
packets come in decoding order, and no packet is shown before it is decoded. So `SelectiveDecoder` reads packets until
their decoding times have passed the wanted time, picks the frame by its time stamp, and skips the earlier frames that
no other frame refers to. That halves the work and changes no pixel.

Where packets have no time stamps (old AVI), or a damaged frame never comes out, `SequentialDecoder` decodes everything.
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

FRAME_CACHE_BYTES = 64 << 20
"""Bytes of decoded frames kept for stepping back: about 20 frames of 1080p, 5 of 2160p."""
_DECODERS_THAT_SKIP = {"h264", "hevc", "mpeg1video", "mpeg2video", "mpeg4", "vc1", "wmv3"}
"""Decoders that skip unreferenced frames correctly; others (AV1's) assign frames to wrong times."""
_MAX_PACKETS_WITHOUT_KEY_FRAME = 2_000
"""Packets without a key frame after which decoding begins at the next packet all the same."""


class _FrameCache:
    """The frames decoded last, in order of their time, up to a number of bytes."""

    def __init__(self) -> None:
        self.times: list[int] = []
        self.frames: deque[VideoFrame] = deque()

    def put(self, time: int, frame: VideoFrame) -> None:
        if self.times and time <= self.times[-1]:
            return  # decoders repeat frames after damage
        self.times.append(time)
        self.frames.append(frame)
        max_frames = max(2, FRAME_CACHE_BYTES // max(1, frame.width * frame.height * 3 // 2))
        while len(self.frames) > max_frames:
            del self.times[0]
            self.frames.popleft()

    def find_exact(self, time: int) -> VideoFrame | None:
        """Return the frame of exactly this time."""
        index = bisect_right(self.times, time) - 1
        return self.frames[index] if index >= 0 and self.times[index] == time else None

    def find_shown(self, target: int) -> VideoFrame | None:
        """Return the last frame that is not later than a time."""
        index = bisect_right(self.times, target) - 1
        return self.frames[index] if index >= 0 else None


class SelectiveDecoder:
    """A decoder, for one seek, that decodes only the packets that the wanted frame needs.

    Times are in units of the stream, as its time stamps. A time before the last one needs a new seek, unless its
    frame is among the last ones decoded.

    Args:
        container: Container after a seek.
        stream: The video stream.
        from_start: Whether the seek went to the beginning, where any first packet can be decoded.
        lead: Time before the wanted frame, in units of the stream, in which every frame is decoded for stepping back.
    """

    def __init__(self, container: InputContainer, stream: VideoStream, *, from_start: bool, lead: int = 0) -> None:
        self._stream = stream
        self._decoder = stream.codec_context
        self._packets: Iterator[Packet[VideoStream]] = container.demux(stream)
        self._may_skip = self._decoder.name in _DECODERS_THAT_SKIP
        self._from_start = from_start
        self._lead = lead
        self._cache = _FrameCache()
        self._times: list[int] = []
        self._first_decodable: int | None = None
        self._packet_queue: deque[Packet[VideoStream]] = deque()
        self._unfed_times: set[int] = set()
        self._pending_times: set[int] = set()
        self._at_end = False
        self._packets_read = 0
        self.read_to: int | None = None
        self.lacks_timestamps = False
        """Whether a packet without a time stamp came, after which this decoder gives no frame."""

    def decode_at(self, target: int) -> VideoFrame | None:
        """Return the frame shown at a time, in units of the stream, counted as its time stamps.

        None where this decoder cannot give it, and a new seek must be made.
        """
        while not self._at_end and (self.read_to is None or self.read_to <= target):
            if not self._read_packet():
                return None
        index = bisect_right(self._times, target) - 1
        return self._decode_to(self._times[index]) if index >= 0 else None

    def decode_first(self) -> VideoFrame | None:
        """Return the first frame after the seek; None where there is none, or a packet lacks its time stamp."""
        while not self._at_end and not self._times:
            if not self._read_packet():
                return None
        return self._decode_to(self._times[0]) if self._times else None

    def can_show(self, target: int) -> bool:
        """Return whether a time (in units of the stream) is not before the first frame; False before reading."""
        return self._first_decodable is not None and target >= self._first_decodable

    def _read_packet(self) -> bool:
        """Read one packet; return False where it has no time stamp."""
        packet = next(self._packets, None)
        if packet is None or not packet.size:
            self._at_end = True
            self.read_to = None
            return True
        if packet.pts is None:
            self.lacks_timestamps = True
            return False
        if packet.dts is not None:  # Matroska omits it for the first few packets
            self.read_to = packet.dts
        self._packets_read += 1
        if self._first_decodable is None:
            if not (packet.is_keyframe or self._from_start or self._packets_read > _MAX_PACKETS_WITHOUT_KEY_FRAME):
                return True
            # Frames shown before the key frame refer to earlier frames, which were not read.
            self._first_decodable = -(1 << 62) if self._from_start else packet.pts
        self._packet_queue.append(packet)
        if packet.pts >= self._first_decodable and not packet.is_discard:
            insort(self._times, packet.pts)
            self._unfed_times.add(packet.pts)
        return True

    def _decode_to(self, target: int) -> VideoFrame | None:
        """Decode until the frame of this time comes out; None if it never does or was skipped before."""
        while (frame := self._cache.find_exact(target)) is None:
            if target not in self._unfed_times and target not in self._pending_times:
                return None
            if not self._packet_queue and not self._at_end and not self._read_packet():
                return None
            if self._packet_queue:
                self._feed(self._packet_queue.popleft(), target)
            elif self._at_end:
                self._decode_packet(None)
                return self._cache.find_exact(target)
        return frame

    def _feed(self, packet: "Packet[VideoStream]", target: int) -> None:
        time = packet.pts
        assert time is not None  # `_read_packet` queues no packet without one
        is_skipped = self._may_skip and time < target - self._lead
        self._decoder.skip_frame = "NONREF" if is_skipped else "DEFAULT"
        self._unfed_times.discard(time)
        if not is_skipped:
            self._pending_times.add(time)
        self._decode_packet(packet)

    def _decode_packet(self, packet: "Packet[VideoStream] | None") -> None:
        try:
            frames = self._decoder.decode(packet)
        except InvalidDataError:
            frames = []  # frames that refer to a damaged one look damaged until the next key frame
        for frame in frames:
            if frame.pts is None:
                continue
            self._cache.put(frame.pts, frame)
            self._pending_times = {time for time in self._pending_times if time > frame.pts}
        if packet is None:
            self._pending_times.clear()


class SequentialDecoder:
    """A decoder, for one seek, of every packet; frames come in the order of showing.

    Times are in units of the stream, as its time stamps.

    Args:
        container: Container after a seek.
        stream: The video stream.
        use_decoding_times: Whether the frames' own times are unreliable, so that each frame gets the next decoding
            time; a frame without a time gets it in any case.
    """

    def __init__(self, container: InputContainer, stream: VideoStream, *, use_decoding_times: bool = False) -> None:
        self._use_decoding_times = use_decoding_times
        self._decoder = stream.codec_context
        self._decoder.skip_frame = "DEFAULT"
        self._packets: Iterator[Packet[VideoStream]] = container.demux(stream)
        self._cache = _FrameCache()
        self._stamps: deque[int] = deque()
        self._at_end = False
        self.read_to: int | None = None

    def decode_at(self, target: int) -> VideoFrame | None:
        """Return the frame shown at a time (in units of the stream), after the end the last one.

        None where the frame came before those that are still kept.
        """
        while not self._at_end and (not self._cache.times or self._cache.times[-1] <= target):
            self._decode_packet()
        return self._cache.find_shown(target)

    def decode_first(self) -> VideoFrame | None:
        """Return the first frame that is kept, after the seek the first of all; None where nothing can be decoded."""
        while not self._at_end and not self._cache.times:
            self._decode_packet()
        return self._cache.frames[0] if self._cache.frames else None

    def can_show(self, target: int) -> bool:
        """Return whether a time (in units of the stream) does not lie before the first frame that is kept.

        False before anything was decoded.
        """
        return bool(self._cache.times) and target >= self._cache.times[0]

    def _decode_packet(self) -> None:
        try:
            packet = next(self._packets, None)
        except FFmpegError:
            packet = None  # the end of a file that was cut off
        flush = packet is None or not packet.size
        self._at_end = flush
        self.read_to = None if flush or packet is None else packet.dts
        if packet is not None and packet.dts is not None:
            self._stamps.append(packet.dts)
        try:
            frames = self._decoder.decode(None if flush else packet)
        except InvalidDataError:
            return
        for frame in frames:
            stamp = self._stamps.popleft() if self._stamps else None
            time = stamp if self._use_decoding_times or frame.pts is None else frame.pts
            if time is not None:
                self._cache.put(time, frame)
