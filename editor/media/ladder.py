"""What a media is encoded to: which rungs, which streams may be copied, and ffmpeg's arguments for all of it at once.

H.264 and AAC in CMAF, the picture and the sound in files of their own (an HLS audio group), 4 s parts that begin with a
key frame, at the same instants in every rung. A stream that complies already is copied; then its own key frames say
where the parts begin, and the other rungs are made to follow.
"""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import ffmpeg
import msgspec
from av.container import InputContainer
from av.video.stream import VideoStream

PART_S = 4
"""Seconds of a part."""
LONGEST_PART_S = 8
"""A stream whose key frames lie further apart is not copied: a viewer would wait too long for a picture."""
COPY_MOST_BITS = 8_000_000
"""Bits a second above which a stream is encoded rather than copied."""
LOUDNESS = -16.0
TRUE_PEAK = -1.5


class Step(msgspec.Struct, frozen=True):
    """One rung as it is asked for."""

    name: str
    height: int
    width: int
    bits: int
    copied: bool = False


class Source(msgspec.Struct, frozen=True):
    """What the streams of a file are, as far as encoding cares."""

    duration_ms: int
    width: int = 0
    """As shown, that is after rotation; 0 without a picture."""
    height: int = 0
    cuts: tuple[Fraction, ...] = ()
    """Where parts begin if the picture is copied; empty where it cannot be."""
    audio: bool = False
    audio_copied: bool = False
    """The sound's codec would do; whether its loudness does, too, is measured."""


class Loudness(msgspec.Struct, frozen=True):
    """What ffmpeg's loudnorm measured (EBU R 128); decimal texts as ffmpeg wrote them."""

    input_i: str
    input_tp: str
    input_lra: str
    input_thresh: str
    target_offset: str

    @property
    def silent(self) -> bool:
        """There is nothing to make louder."""
        return self.input_i == "-inf" or float(self.input_i) < -70

    @property
    def fits(self) -> bool:
        """As loud as we would make it, within a loudness unit."""
        return not self.silent and abs(float(self.input_i) - LOUDNESS) <= 1 and float(self.input_tp) <= TRUE_PEAK


_LADDER = (("1080", 1080, 5_000_000), ("720", 720, 2_800_000), ("360", 360, 800_000))
_SOUND = (("audio-128", 128_000), ("audio-64", 64_000))


def look(path: Path, duration_ms: int, width: int, height: int) -> Source:
    """What may be copied of a file. Walks the packets of the picture, decodes nothing."""
    with av.open(str(path), metadata_errors="replace") as container:
        sound = container.streams.audio[0] if container.streams.audio else None
        cuts: tuple[Fraction, ...] = ()
        if height and container.streams.video:
            stream = container.streams.video[0]
            codec = stream.codec_context
            turned = (codec.width, codec.height) != (width, height)
            light = not stream.bit_rate or stream.bit_rate <= COPY_MOST_BITS
            if codec.name == "h264" and codec.pix_fmt == "yuv420p" and not turned and light and height <= 1080:
                cuts = _cuts(_keys(container, stream), Fraction(duration_ms, 1000))
        return Source(
            duration_ms=duration_ms,
            width=width,
            height=height,
            cuts=cuts,
            audio=sound is not None,
            audio_copied=sound is not None and sound.codec_context.name == "aac" and sound.codec_context.channels <= 2,
        )


def _keys(container: InputContainer, stream: VideoStream) -> list[Fraction]:
    """The instants of the key frames in seconds; none where pictures are not stored in the order they are shown in.

    Such a stream, copied into CMAF, would begin some frames late against its sound: fragments have no edit list.
    """
    keys = []
    for packet in container.demux(stream):
        if packet.pts is None or packet.time_base is None:
            continue
        if packet.pts != packet.dts:
            return []
        if packet.is_keyframe:
            keys.append(Fraction(packet.pts) * packet.time_base)
    return keys


def _cuts(keys: Sequence[Fraction], duration: Fraction) -> tuple[Fraction, ...]:
    """Where ffmpeg's HLS muxer cuts a copied stream: at the first key frame at or after each multiple of a part."""
    if not keys:
        return ()
    keys = sorted(keys)
    cuts = [keys[0]]
    for key in keys[1:]:
        if key - keys[0] >= PART_S * len(cuts):
            cuts.append(key)
    ends = [*cuts[1:], max(duration, cuts[-1])]
    return tuple(cuts) if all(end - cut <= LONGEST_PART_S for cut, end in zip(cuts, ends, strict=True)) else ()


def steps(source: Source) -> tuple[Step, ...]:
    """The picture's rungs, the best first; never larger than the source."""
    if not source.height:
        return ()
    found = [
        Step(name, height, _even(source.width * height, source.height), bits)
        for name, height, bits in _LADDER
        if height < source.height or (height == source.height and not source.cuts)
    ]
    if source.cuts:
        own = Step(str(source.height), source.height, source.width, COPY_MOST_BITS, copied=True)
        return (own, *found)
    if not found or found[0].height < min(source.height, _LADDER[0][1]):
        # Between two rungs, or below the last: the source's own size, so nothing is lost and nothing blown up.
        bits = next((bits for _, height, bits in reversed(_LADDER) if height >= source.height), _LADDER[0][2])
        height = _even(source.height, 1)
        found.insert(0, Step(str(height), height, _even(source.width, 1), bits))
    return tuple(found)


def sounds(source: Source) -> tuple[tuple[str, int], ...]:
    """The sound's rungs: one beside a picture, a small ladder without."""
    if not source.audio:
        return ()
    return _SOUND[:1] if source.height else _SOUND


def measuring(path: Path) -> list[str]:
    """Arguments that measure the loudness of a file and write nothing but a report."""
    sound = ffmpeg.input(str(path)).audio.filter("loudnorm", i=LOUDNESS, tp=TRUE_PEAK, lra=11, print_format="json")
    return list(ffmpeg.output(sound, "-", format="null").get_args())


def arguments(path: Path, folder: Path, source: Source, loudness: Loudness | None) -> list[str]:
    """Arguments that make every rung in one pass; each leaves a file and its index (m3u8) in `folder`."""
    entry = ffmpeg.input(str(path))
    outputs = []
    rungs = steps(source)
    encoded = [rung for rung in rungs if not rung.copied]
    outputs += [_output(entry["v:0"], folder, rung.name, {"c": "copy"}) for rung in rungs if rung.copied]
    if encoded:
        pictures = entry["v:0"].filter("format", "yuv420p").filter_multi_output("split", len(encoded))
        cuts = ",".join(f"{float(cut):.6f}" for cut in source.cuts) or f"expr:gte(t,n_forced*{PART_S})"
        for number, rung in enumerate(encoded):
            scaled = pictures[number].filter("scale", rung.width, rung.height).filter("setsar", 1)
            coding = {
                "c:v": "libx264",
                "preset": "veryfast",
                "crf": 22,
                "maxrate": rung.bits,
                "bufsize": rung.bits * 2,
                "profile:v": "high",
                "bf": 0,  # as in `_keys`: the picture would begin late
                "sc_threshold": 0,
                "g": 9_999,
                "force_key_frames": cuts,
            }
            outputs.append(_output(scaled, folder, rung.name, coding))
    wanted = sounds(source)
    if wanted and source.audio_copied and source.height and loudness is not None and loudness.fits:
        outputs.append(_output(entry["a:0"], folder, wanted[0][0], {"c": "copy"}))
    elif wanted:
        sound = entry["a:0"]
        if loudness is not None and not loudness.silent:
            sound = sound.filter("loudnorm", **_normalising(loudness))
        copies = sound.filter_multi_output("asplit", len(wanted))
        for number, (name, bits) in enumerate(wanted):
            coding = {"c:a": "aac", "b:a": bits, "ac": 2, "ar": 48_000}
            outputs.append(_output(copies[number], folder, name, coding))
    return list(ffmpeg.merge_outputs(*outputs).get_args())


def _normalising(loudness: Loudness) -> dict[str, object]:
    return {
        "i": LOUDNESS,
        "tp": TRUE_PEAK,
        "lra": 11,
        "measured_i": loudness.input_i,
        "measured_tp": loudness.input_tp,
        "measured_lra": loudness.input_lra,
        "measured_thresh": loudness.input_thresh,
        "offset": loudness.target_offset,
        "linear": "true",
    }


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


def _even(value: int, part: int) -> int:
    """`value / part` to the nearest even number, at least 2: H.264 halves its colours."""
    return max(2, round(Fraction(value, part) / 2) * 2)
