"""The encoding ladder of a media: its rungs, the streams that may be copied, and ffmpeg's arguments for one pass.

The rungs are H.264 and AAC in CMAF, video and audio in separate files (an HLS audio group), in chunks of 4 s that begin
with a key frame at the same time in every rung. A stream that complies already is copied; its key frames then decide
where chunks begin, and the other rungs follow. Every rung is as long as the media: a shorter video repeats its last
frame and a shorter sound ends in silence, since a browser would wait there for more data.
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

from editor.media.formats.av_container import (
    DEMUXERS,
    LOCAL_ONLY,
    choose_audio,
    choose_video,
    get_origin,
    get_time_base,
    open_media,
)
from editor.media.prepare.loudness import STEREO_FILTERS, LoudnessCorrection
from editor.progress import Progress

CHUNK_S = 4
"""Length of a chunk in seconds."""
MAX_CHUNK_S = 8
"""Seconds: a stream whose key frames lie further apart is not copied, since seeking in it would take too long."""
MAX_COPY_BITRATE = 8_000_000
"""Bits per second above which a stream is encoded rather than copied."""
MAX_FRAME_RATE = 60
VIDEO_RUNGS = (("1080", 1080, 5_000_000), ("720", 720, 2_800_000), ("360", 360, 800_000))
"""Name, pixels of the shorter side, and bits per second of the video rungs."""
AUDIO_RUNGS = (("audio-128", 128_000), ("audio-64", 64_000))
AAC_PRIMING_SAMPLES = 1_024
"""Priming samples that an AAC encoder puts before a sound. As many samples of the sound are cut, so that the rest stays
in sync with the video even in players that ignore the edit list."""
DURATION_TOLERANCE_S = Fraction(1, 5)
"""Seconds by which a stream may be shorter than its media and still be copied."""
_INTERLACE_PROBE_FRAMES = 12
"""Frames that are decoded to find out whether a video is interlaced."""


class EncodeStep(msgspec.Struct, frozen=True):
    """The parameters of one video rung: its name, size in pixels, bits per second, and whether the stream is copied.

    They are immutable, and chosen by `choose_video_steps`.
    """

    name: str
    width: int
    height: int
    bits: int
    copied: bool = False


class SourceStreams(msgspec.Struct, frozen=True):
    """What encoding must know of a file's video and audio streams: immutable, made by `inspect_streams`.

    Times are milliseconds, except `cuts`, which are seconds.
    """

    duration_ms: int
    width: int = 0
    """Pixels after rotation; 0 without video."""
    height: int = 0
    video: int = -1
    """Index of the video stream; -1 without video."""
    rate: Fraction = Fraction(25)
    """Frames per second of the encoded rungs."""
    interlaced: bool = False
    video_short_ms: int = 0
    """Milliseconds by which the video ends before the media."""
    cuts: tuple[Fraction, ...] = ()
    """Starts of the chunks, in seconds, if the video is copied; empty where it cannot be."""
    audio: int = -1
    audio_copies: bool = False
    """Whether the sound's codec and length allow copying; its loudness is measured separately."""


def inspect_streams(
    path: Path, duration_ms: int, width: int, height: int, progress: Progress | None = None
) -> SourceStreams:
    """Inspect the streams of a file by reading all packets and decoding a few frames.

    This blocks for as long as reading takes.

    Args:
        path: The file.
        duration_ms: Duration of the media in milliseconds.
        width: Width in pixels after rotation; 0 without video.
        height: Height in pixels after rotation; 0 without video.
        progress: Receives milliseconds.

    Raises:
        KnownError: ``media.unreadable`` and the like.
        CancelledError: The progress was cancelled.
    """
    duration_s = Fraction(duration_ms, 1000)
    source = SourceStreams(duration_ms=duration_ms)
    with open_media(path) as container:
        picture = choose_video(container) if height else None
        if picture is not None:
            frames = islice(container.decode(picture), _INTERLACE_PROBE_FRAMES)
            interlaced = any(frame.interlaced_frame for frame in frames)
            source = SourceStreams(duration_ms, width, height, picture.index, _choose_frame_rate(picture), interlaced)
    with open_media(path) as container:
        sound = choose_audio(container)
        picture = next((each for each in container.streams.video if each.index == source.video), None)
        scans = {each.index: _PacketScan(each, get_origin(container)) for each in (sound, picture) if each is not None}
        for packet in container.demux([each for each in (sound, picture) if each is not None]):
            scan = scans[packet.stream.index]
            scan.add_packet(packet)
            if progress is not None:
                progress.report(min(int(scan.end * 1000), duration_ms), duration_ms)
        if sound is not None:
            is_full_length = abs(duration_s - scans[sound.index].end) <= DURATION_TOLERANCE_S
            source = msgspec.structs.replace(
                source, audio=sound.index, audio_copies=is_full_length and _can_copy_audio(sound)
            )
        if picture is not None:
            scan = scans[picture.index]
            missing_s = duration_s - scan.end
            can_copy = (
                missing_s <= DURATION_TOLERANCE_S and not source.interlaced and _can_copy_video(picture, width, height)
            )
            source = msgspec.structs.replace(
                source,
                cuts=_find_cut_times(scan.keys, duration_s) if can_copy and scan.can_cut_at_key_frames else (),
                video_short_ms=max(0, int(missing_s * 1000)),
            )
    return source


class _PacketScan:
    """Collects the key frames and the end of a stream from its packets, in seconds of the media."""

    def __init__(self, stream: VideoStream | AudioStream, origin: Fraction) -> None:
        self._time_base = get_time_base(stream)
        self._origin = origin
        self._last_key: int | None = None
        self.keys: list[Fraction] = []
        self.end = Fraction(0)
        self._is_intact = True

    def add_packet(self, packet: "Packet[Any]") -> None:
        """Read the times and flags of the next packet."""
        if packet.pts is None:
            return
        if packet.is_keyframe:
            self._last_key = packet.pts
            self.keys.append(packet.pts * self._time_base - self._origin)
        if self._last_key is None or packet.is_discard or packet.is_corrupt or packet.pts < self._last_key:
            self._is_intact = False
        self.end = max(self.end, (packet.pts + (packet.duration or 0)) * self._time_base - self._origin)

    @property
    def can_cut_at_key_frames(self) -> bool:
        """Whether chunks can begin with the key frames.

        They cannot where a frame after a key frame is shown before it (an open GOP), where the file marks packets to
        be discarded, and where the first key frame comes late.
        """
        return self._is_intact and bool(self.keys) and 0 <= self.keys[0] <= DURATION_TOLERANCE_S


def _can_copy_audio(sound: AudioStream) -> bool:
    codec = sound.codec_context
    return codec.name == "aac" and codec.profile == "LC" and codec.channels <= 2 and codec.rate in {44_100, 48_000}


def _can_copy_video(picture: VideoStream, width: int, height: int) -> bool:
    codec = picture.codec_context
    is_rotated = (codec.width, codec.height) != (width, height)
    has_low_bitrate = not picture.bit_rate or picture.bit_rate <= MAX_COPY_BITRATE
    # ffmpeg's profile "high" may mean High 10 or 4:2:2; the pixel format is unambiguous.
    is_plain_h264 = codec.name == "h264" and codec.pix_fmt == "yuv420p"
    return is_plain_h264 and not is_rotated and has_low_bitrate and min(width, height) <= VIDEO_RUNGS[0][1]


def _choose_frame_rate(picture: VideoStream) -> Fraction:
    """Return the frames per second to encode: the video's own rate, or for a variable rate 30 or 60."""
    guessed, average = picture.guessed_rate, picture.average_rate
    if guessed and guessed <= MAX_FRAME_RATE:
        return Fraction(guessed)
    return Fraction(MAX_FRAME_RATE if average and average > MAX_FRAME_RATE // 2 else MAX_FRAME_RATE // 2)


def _find_cut_times(keys: Sequence[Fraction], duration: Fraction) -> tuple[Fraction, ...]:
    """Return where ffmpeg's HLS muxer cuts a copied stream: the first key frame from each multiple of a chunk on."""
    if not keys:
        return ()
    cuts = [keys[0]]
    for key in keys[1:]:
        if key - keys[0] >= CHUNK_S * len(cuts):
            cuts.append(key)
    ends = [*cuts[1:], max(duration, cuts[-1])]
    return tuple(cuts) if all(end - cut <= MAX_CHUNK_S for cut, end in zip(cuts, ends, strict=True)) else ()


def choose_video_steps(source: SourceStreams) -> tuple[EncodeStep, ...]:
    """Return the video rungs, the best first, none larger than the source; empty without video.

    Where the video can be copied (`source.cuts`), the first is the copy; else, unless its short side is that of a rung
    or above 1080, one of the source's own size.
    """
    short_side = min(source.width, source.height)
    if not short_side:
        return ()
    chosen = [
        EncodeStep(
            name,
            _round_to_even(source.width * side, short_side),
            _round_to_even(source.height * side, short_side),
            bits,
        )
        for name, side, bits in VIDEO_RUNGS
        if side < short_side or (side == short_side and not source.cuts)
    ]
    if source.cuts:
        copied_step = EncodeStep(str(short_side), source.width, source.height, MAX_COPY_BITRATE, copied=True)
        return (copied_step, *chosen)
    if short_side < VIDEO_RUNGS[0][1] and all(short_side != side for _, side, _ in VIDEO_RUNGS):
        # Between two rungs, or below the last: a rung of the source's own size loses nothing and upscales nothing.
        bits = next(bits for _, side, bits in reversed(VIDEO_RUNGS) if side >= short_side)
        chosen.insert(
            0,
            EncodeStep(
                str(_round_to_even(short_side)), _round_to_even(source.width), _round_to_even(source.height), bits
            ),
        )
    return tuple(chosen)


def choose_audio_rungs(source: SourceStreams) -> tuple[tuple[str, int], ...]:
    """Return the name and bits per second of each audio rung: one beside a video, two for sound alone.

    There is none where the source has no sound.
    """
    if source.audio < 0:
        return ()
    return AUDIO_RUNGS[:1] if source.height else AUDIO_RUNGS


def build_arguments(
    path: Path, folder: Path, source: SourceStreams, correction: LoudnessCorrection | None, demuxer: str
) -> list[str]:
    """Return ffmpeg's arguments that encode every rung in one pass; each leaves a file and its m3u8 in `folder`.

    Args:
        path: The file to encode.
        folder: Folder for the rungs, which must exist when ffmpeg runs.
        source: The streams of the file.
        correction: Correction of the sound's loudness; None without sound.
        demuxer: What reads the file, as `find_demuxer` returns it, so that ffmpeg does not guess again.
    """
    entry = ffmpeg.input(
        str(path.absolute()),
        format=demuxer.partition(",")[0],
        format_whitelist=",".join(DEMUXERS),
        **LOCAL_ONLY,
    )
    outputs = _build_video_outputs(entry, folder, source) + _build_audio_outputs(entry, folder, source, correction)
    return list(ffmpeg.merge_outputs(*outputs).get_args())


def _build_video_outputs(entry: "ffmpeg.Stream", folder: Path, source: SourceStreams) -> list[object]:
    video_steps = choose_video_steps(source)
    encoded = [rung for rung in video_steps if not rung.copied]
    # With reordered frames, the stream begins at 0 even for players that ignore the edit list.
    timing_options = {"hls_segment_options": "movflags=+negative_cts_offsets:use_editlist=0"}
    outputs = [
        _build_output(entry[str(source.video)], folder, rung.name, {"c": "copy", **timing_options})
        for rung in video_steps
        if rung.copied
    ]
    if not encoded:
        return outputs
    picture = entry[str(source.video)]
    if source.interlaced:
        picture = picture.filter("yadif", deint="interlaced")
    if source.video_short_ms:
        picture = picture.filter("tpad", stop_mode="clone", stop_duration=f"{source.video_short_ms}ms")
    pictures = picture.filter("format", "yuv420p").filter_multi_output("split", len(encoded))
    cuts = ",".join(f"{float(cut):.6f}" for cut in source.cuts) or f"expr:gte(t,n_forced*{CHUNK_S})"
    for number, rung in enumerate(encoded):
        scaled = pictures[number].filter("scale", rung.width, rung.height).filter("setsar", 1)
        codec_options = {
            "t": f"{source.duration_ms}ms",  # else a last frame of variable rate would last as long as the one before
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
        outputs.append(_build_output(scaled, folder, rung.name, codec_options))
    return outputs


def _build_audio_outputs(
    entry: "ffmpeg.Stream", folder: Path, source: SourceStreams, correction: LoudnessCorrection | None
) -> list[object]:
    rungs = choose_audio_rungs(source)
    outputs = []
    if rungs and source.audio_copies and correction is not None and correction.found.is_on_target:
        outputs.append(_build_output(entry[str(source.audio)], folder, rungs[0][0], {"c": "copy"}))
        rungs = rungs[1:]
    if not rungs:
        return outputs
    sound = entry[str(source.audio)]
    # Gaps and a late beginning become silence, so that the sound stays in sync with the video.
    sound = sound.filter("aresample", 48_000, **{"async": 1, "first_pts": 0})
    for name, options_text in (*STEREO_FILTERS[1:], *(correction.filters if correction else ())):
        options = dict(pair.split("=") for pair in options_text.split(":") if "=" in pair)
        sound = sound.filter(name, **options) if options else sound.filter(name, options_text)
    sound = sound.filter("apad", whole_dur=f"{source.duration_ms}ms")
    sound = sound.filter("atrim", start_sample=AAC_PRIMING_SAMPLES).filter("asetpts", "PTS-STARTPTS")
    copies = sound.filter_multi_output("asplit", len(rungs))
    for number, (name, bits) in enumerate(rungs):
        outputs.append(_build_output(copies[number], folder, name, {"c:a": "aac", "b:a": bits, "ac": 2, "ar": 48_000}))
    return outputs


def _build_output(stream: object, folder: Path, name: str, codec_options: dict[str, object]) -> object:
    return ffmpeg.output(
        stream,
        str(folder / f"{name}.m3u8"),
        format="hls",
        hls_time=CHUNK_S,
        hls_playlist_type="vod",
        hls_segment_type="fmp4",
        hls_flags="single_file",
        hls_segment_filename=str(folder / f"{name}.mp4"),
        map_metadata=-1,
        **codec_options,
    )


def _round_to_even(value: int, divisor: int = 1) -> int:
    """Round `value / divisor` down to an even number, at least 2, since H.264 halves the chroma resolution."""
    return max(2, value // divisor // 2 * 2)
