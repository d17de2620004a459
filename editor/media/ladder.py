"""What a media is encoded to: which rungs, which streams may be copied, and ffmpeg's arguments for all of it at once.

H.264 and AAC in CMAF, the picture and the sound in files of their own (an HLS audio group), 4 s parts that begin with a
key frame, at the same instants in every rung. A stream that complies already is copied; then its own key frames say
where the parts begin, and the other rungs are made to follow. Every rung is as long as the media: where a picture or a
sound ends before, the last picture stays and silence follows, or a browser would wait there for more.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import ffmpeg
import msgspec
from av.audio.stream import AudioStream
from av.packet import Packet
from av.video.stream import VideoStream

from editor.media.loudness import STEREO, Levelling
from editor.media.streams import FORMATS, audio_of, base_of, opened, origin_of, video_of
from editor.progress import Progress

PART_S = 4
"""Seconds of a part."""
LONGEST_PART_S = 8
"""A stream whose key frames lie further apart is not copied: a viewer would wait too long for a picture."""
COPY_MOST_BITS = 8_000_000
"""Bits a second above which a stream is encoded rather than copied."""
MOST_FRAMES_S = 60
RUNGS = (("1080", 1080, 5_000_000), ("720", 720, 2_800_000), ("360", 360, 800_000))
"""Name, pixels of the shorter side, bits a second."""
SOUNDS = (("audio-128", 128_000), ("audio-64", 64_000))
PRIMING = 1_024
"""Samples that an AAC encoder puts before a sound, and the muxer at its beginning. As many of the sound itself make way
for them, so that all the rest keeps its place beside the picture, also where no edit list is read."""
SLACK = Fraction(1, 5)
"""Seconds by which a stream may be shorter than its media and still be taken as it is."""
_LOOKED_AT = 12
"""Frames that are decoded to see whether a video is interlaced."""


class Step(msgspec.Struct, frozen=True):
    """One rung as it is asked for."""

    name: str
    width: int
    height: int
    bits: int
    copied: bool = False


class Source(msgspec.Struct, frozen=True):
    """What the streams of a file are, as far as encoding cares."""

    duration_ms: int
    width: int = 0
    """As shown, that is after rotation; 0 without a picture."""
    height: int = 0
    video: int = -1
    """The picture's stream in the file."""
    rate: Fraction = Fraction(25)
    """Frames a second of what is encoded."""
    interlaced: bool = False
    video_short_ms: int = 0
    """By how much the picture ends before the media."""
    cuts: tuple[Fraction, ...] = ()
    """Where parts begin if the picture is copied; empty where it cannot be."""
    audio: int = -1
    audio_copies: bool = False
    """The sound's codec and length would do; whether its loudness does, too, is measured."""


def look(path: Path, duration_ms: int, width: int, height: int, progress: Progress | None = None) -> Source:
    """What may be copied of a file. Walks its packets, and decodes but a few frames.

    Raises:
        Known: media.unreadable and the like.
        Cancelled: the work was given up.
    """
    whole = Fraction(duration_ms, 1000)
    source = Source(duration_ms=duration_ms)
    with opened(path) as container:
        picture = video_of(container) if height else None
        if picture is not None:
            frames = islice(container.decode(picture), _LOOKED_AT)
            interlaced = any(frame.interlaced_frame for frame in frames)
            source = Source(duration_ms, width, height, picture.index, _rate(picture), interlaced)
    with opened(path) as container:
        sound = audio_of(container)
        picture = next((each for each in container.streams.video if each.index == source.video), None)
        walks = {each.index: _Walk(each, origin_of(container)) for each in (sound, picture) if each is not None}
        for packet in container.demux([each for each in (sound, picture) if each is not None]):
            walk = walks[packet.stream.index]
            walk.see(packet)
            if progress is not None:
                progress.report(min(int(walk.end * 1000), duration_ms), duration_ms)
        if sound is not None:
            as_long = abs(whole - walks[sound.index].end) <= SLACK
            source = msgspec.structs.replace(source, audio=sound.index, audio_copies=as_long and _sound_complies(sound))
        if picture is not None:
            walk = walks[picture.index]
            short = whole - walk.end
            plain = short <= SLACK and not source.interlaced and _picture_complies(picture, width, height)
            source = msgspec.structs.replace(
                source,
                cuts=_cuts(walk.keys, whole) if plain and walk.begins_parts else (),
                video_short_ms=max(0, int(short * 1000)),
            )
    return source


class _Walk:
    """What a stream's packets tell, in seconds of the media."""

    def __init__(self, stream: VideoStream | AudioStream, origin: Fraction) -> None:
        self._base = base_of(stream)
        self._origin = origin
        self._key: int | None = None
        self.keys: list[Fraction] = []
        self.end = Fraction(0)
        self._whole = True

    def see(self, packet: "Packet[Any]") -> None:
        """Take the next packet."""
        if packet.pts is None:
            return
        if packet.is_keyframe:
            self._key = packet.pts
            self.keys.append(packet.pts * self._base - self._origin)
        if self._key is None or packet.is_discard or packet.is_corrupt or packet.pts < self._key:
            self._whole = False
        self.end = max(self.end, (packet.pts + (packet.duration or 0)) * self._base - self._origin)

    @property
    def begins_parts(self) -> bool:
        """Whether parts can begin with the key frames.

        They cannot where a picture that follows a key frame is shown before it (an open group), where the file says
        that packets are to be left out, and where the first comes so late that there is nothing to show until then.
        """
        return self._whole and bool(self.keys) and 0 <= self.keys[0] <= SLACK


def _sound_complies(sound: AudioStream) -> bool:
    codec = sound.codec_context
    return codec.name == "aac" and codec.profile == "LC" and codec.channels <= 2 and codec.rate in {44_100, 48_000}


def _picture_complies(picture: VideoStream, width: int, height: int) -> bool:
    codec = picture.codec_context
    turned = (codec.width, codec.height) != (width, height)
    light = not picture.bit_rate or picture.bit_rate <= COPY_MOST_BITS
    # Of "high" alone ffmpeg could mean High 10 or 4:2:2; the pixels say which.
    plain = codec.name == "h264" and codec.pix_fmt == "yuv420p"
    return plain and not turned and light and min(width, height) <= RUNGS[0][1]


def _rate(picture: VideoStream) -> Fraction:
    """Frames a second to encode: the video's, where that is a rate; of variable ones a usual one that has room."""
    guessed, average = picture.guessed_rate, picture.average_rate
    if guessed and guessed <= MOST_FRAMES_S:
        return Fraction(guessed)
    return Fraction(MOST_FRAMES_S if average and average > MOST_FRAMES_S // 2 else MOST_FRAMES_S // 2)


def _cuts(keys: Sequence[Fraction], duration: Fraction) -> tuple[Fraction, ...]:
    """Where ffmpeg's HLS muxer cuts a copied stream: at the first key frame at or after each multiple of a part."""
    if not keys:
        return ()
    cuts = [keys[0]]
    for key in keys[1:]:
        if key - keys[0] >= PART_S * len(cuts):
            cuts.append(key)
    ends = [*cuts[1:], max(duration, cuts[-1])]
    return tuple(cuts) if all(end - cut <= LONGEST_PART_S for cut, end in zip(cuts, ends, strict=True)) else ()


def steps(source: Source) -> tuple[Step, ...]:
    """The picture's rungs, the best first; never larger than the source."""
    short = min(source.width, source.height)
    if not short:
        return ()
    found = [
        Step(name, _even(source.width * side, short), _even(source.height * side, short), bits)
        for name, side, bits in RUNGS
        if side < short or (side == short and not source.cuts)
    ]
    if source.cuts:
        own = Step(str(short), source.width, source.height, COPY_MOST_BITS, copied=True)
        return (own, *found)
    if short < RUNGS[0][1] and all(short != side for _, side, _ in RUNGS):
        # Between two rungs, or below the last: the source's own size, so nothing is lost and nothing blown up.
        bits = next(bits for _, side, bits in reversed(RUNGS) if side >= short)
        found.insert(0, Step(str(_even(short)), _even(source.width), _even(source.height), bits))
    return tuple(found)


def sounds(source: Source) -> tuple[tuple[str, int], ...]:
    """The sound's rungs: one beside a picture, a small ladder without."""
    if source.audio < 0:
        return ()
    return SOUNDS[:1] if source.height else SOUNDS


def arguments(path: Path, folder: Path, source: Source, levelling: Levelling | None) -> list[str]:
    """Arguments that make every rung in one pass; each leaves a file and its index (m3u8) in `folder`."""
    entry = ffmpeg.input(str(path.absolute()), format_whitelist=",".join(FORMATS), protocol_whitelist="file")
    outputs = _pictures(entry, folder, source) + _sounds(entry, folder, source, levelling)
    return list(ffmpeg.merge_outputs(*outputs).get_args())


def _pictures(entry: "ffmpeg.Stream", folder: Path, source: Source) -> list[object]:
    rungs = steps(source)
    encoded = [rung for rung in rungs if not rung.copied]
    # Where pictures are stored in another order than they are shown in, they begin at 0 all the same, and for those
    # who read no edit list, too.
    early = {"hls_segment_options": "movflags=+negative_cts_offsets:use_editlist=0"}
    outputs = [
        _output(entry[str(source.video)], folder, rung.name, {"c": "copy", **early}) for rung in rungs if rung.copied
    ]
    if not encoded:
        return outputs
    picture = entry[str(source.video)]
    if source.interlaced:
        picture = picture.filter("yadif", deint="interlaced")
    if source.video_short_ms:
        picture = picture.filter("tpad", stop_mode="clone", stop_duration=f"{source.video_short_ms}ms")
    pictures = picture.filter("format", "yuv420p").filter_multi_output("split", len(encoded))
    cuts = ",".join(f"{float(cut):.6f}" for cut in source.cuts) or f"expr:gte(t,n_forced*{PART_S})"
    for number, rung in enumerate(encoded):
        scaled = pictures[number].filter("scale", rung.width, rung.height).filter("setsar", 1)
        coding = {
            "t": f"{source.duration_ms}ms",  # the last picture of a variable rate would last as long as the one before
            "c:v": "libx264",
            "r": str(source.rate),
            "preset": "veryfast",
            "crf": 22,
            "maxrate": rung.bits,
            "bufsize": rung.bits * 2,
            "profile:v": "high",
            "bf": 0,
            "sc_threshold": 0,
            "g": 9_999,
            "force_key_frames": cuts,
        }
        outputs.append(_output(scaled, folder, rung.name, coding))
    return outputs


def _sounds(entry: "ffmpeg.Stream", folder: Path, source: Source, levelling: Levelling | None) -> list[object]:
    wanted = sounds(source)
    outputs = []
    if wanted and source.audio_copies and levelling is not None and levelling.found.fits:
        outputs.append(_output(entry[str(source.audio)], folder, wanted[0][0], {"c": "copy"}))
        wanted = wanted[1:]
    if not wanted:
        return outputs
    sound = entry[str(source.audio)]
    # Gaps and a late beginning become silence, so that it keeps its place beside the picture.
    sound = sound.filter("aresample", 48_000, **{"async": 1, "first_pts": 0})
    for name, told in (*STEREO[1:], *(levelling.filters if levelling else ())):
        named = dict(pair.split("=") for pair in told.split(":") if "=" in pair)
        sound = sound.filter(name, **named) if named else sound.filter(name, told)
    sound = sound.filter("apad", whole_dur=f"{source.duration_ms}ms")
    sound = sound.filter("atrim", start_sample=PRIMING).filter("asetpts", "PTS-STARTPTS")
    copies = sound.filter_multi_output("asplit", len(wanted))
    for number, (name, bits) in enumerate(wanted):
        outputs.append(_output(copies[number], folder, name, {"c:a": "aac", "b:a": bits, "ac": 2, "ar": 48_000}))
    return outputs


def _output(stream: object, folder: Path, name: str, coding: dict[str, object]) -> object:
    return ffmpeg.output(
        stream,
        str(folder / f"{name}.m3u8"),
        format="hls",
        hls_time=PART_S,
        hls_playlist_type="vod",
        hls_segment_type="fmp4",
        hls_flags="single_file",
        hls_segment_filename=str(folder / f"{name}.mp4"),
        map_metadata=-1,
        **coding,
    )


def _even(value: int, part: int = 1) -> int:
    """`value / part` as an even number that is not more, at least 2: H.264 halves its colours."""
    return max(2, value // part // 2 * 2)
