"""Media for the demo and for tests, rendered offline: talk, interlude, cards, handout, subtitles.

The talk lasts `TALK_MS`: six slides with a voice. The time of each frame is burnt into it, so a screenshot proves that
the right frame is shown. It has a key frame every two seconds.
"""

import tempfile
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw

from demo.sample import drawing, slides, sound
from editor.media.files import replace_atomically, write_atomically
from editor.media.prepare import ffmpeg_process
from editor.progress import Progress
from editor.time_format import format_webvtt_time

TALK_MS = 40_000
INTERLUDE_MS = 20_000
RATE = 25
KEY_MS = 2_000
_FRAME_MS = 1000 // RATE
_FADE_FRAMES = 8

SCRIPT: tuple[tuple[int, tuple[str, ...]], ...] = (
    (0, ("Good evening, and welcome.", "Tonight we look up, with nothing but our own eyes.")),
    (6_000, ("First, be patient.", "Your eyes need twenty minutes to get used to the dark.")),
    (13_000, ("The moon is a calendar.", "It grows for two weeks, and shrinks for two weeks.")),
    (20_000, ("Find the Plough.", "Its last two stars point to the North Star, five times as far.")),
    (27_000, ("A star twinkles.", "A planet shines with a calm and steady light.")),
    (34_000, ("Now it is your turn.", "Go out, wait, and look. Good night.")),
)
"""When each slide begins, in milliseconds, and the sentences spoken over it."""
_PAUSE_MS = 350


class RenderedSample(msgspec.Struct, frozen=True):
    """The paths of the rendered sample: the media files of its programme, and the talk's subtitles; immutable."""

    talk: Path
    """A video, 1280 × 720, with sound."""
    interlude: Path
    """An mp3."""
    agenda: Path
    """A PNG."""
    thanks: Path
    """A JPEG."""
    handout: Path
    """A PDF of five pages."""
    captions: Path
    """WebVTT subtitles of the talk."""

    @property
    def media(self) -> tuple[Path, ...]:
        """The files without the subtitles, in the order of the programme: agenda, talk, interlude, handout, thanks."""
        return (self.agenda, self.talk, self.interlude, self.handout, self.thanks)


def render_sample(folder: Path, progress: Progress | None = None) -> RenderedSample:
    """Render the files of the sample in a folder, and return their paths; nothing is done if all exist.

    If one is missing, the talk and its subtitles are rendered again in any case, of the others those that are missing.

    Args:
        folder: Target folder, created if missing.
        progress: Receives thousandths of the work; its cancel leaves no incomplete file.

    Raises:
        KnownError: ``media.no_ffmpeg``, ``media.ffmpeg_failed``, ``media.unwritable``.
        CancelledError: The progress was cancelled.
    """
    sample = RenderedSample(
        talk=folder / "The night sky.mp4",
        interlude=folder / "Interlude.mp3",
        agenda=folder / "Agenda.png",
        thanks=folder / "Thank you.jpg",
        handout=folder / "Four things to find.pdf",
        captions=folder / "The night sky.en.vtt",
    )
    overall = progress or Progress()
    if all(file.exists() for file in (*sample.media, sample.captions)):
        return sample
    _render_images(sample)
    overall.report(60, 1000)
    with tempfile.TemporaryDirectory(prefix="matinee-sample-") as temporary:
        _render_interlude(sample.interlude, Path(temporary, "music.wav"), overall.part(60, 200, 1000))
        voice, cues = _render_speech()
        overall.report(220, 1000)
        write_atomically(sample.captions, _to_webvtt(cues).encode())
        _render_talk(sample.talk, voice, Path(temporary, "voice.wav"), overall.part(220, 1000, 1000))
    overall.report(1000, 1000)
    return sample


def _render_images(sample: RenderedSample) -> None:
    if not sample.agenda.exists():
        with replace_atomically(sample.agenda) as temporary:
            slides.draw_agenda_card().save(temporary, "PNG")
    if not sample.thanks.exists():
        with replace_atomically(sample.thanks) as temporary:
            slides.draw_thanks_card().save(temporary, "JPEG", quality=92)
    if not sample.handout.exists():
        pages = slides.draw_handout()
        with replace_atomically(sample.handout) as temporary:
            pages[0].save(temporary, "PDF", save_all=True, append_images=pages[1:], resolution=120, quality=92)


def _render_interlude(path: Path, wav: Path, progress: Progress) -> None:
    if path.exists():
        return
    sound.write_wav(sound.make_music(INTERLUDE_MS), wav)
    with replace_atomically(path) as temporary:
        arguments = ("-i", wav, "-ac", "2", "-c:a", "libmp3lame", "-b:a", "128k", "-metadata", "title=Interlude")
        ffmpeg_process.run_ffmpeg(arguments, temporary, length_ms=INTERLUDE_MS, progress=progress)


# ------------------------------------------------------------------------------------------------ the talk

_SpeechCue = tuple[int, int, str]


def _render_speech() -> "tuple[array[int], list[_SpeechCue]]":
    """Return the voice of the whole talk, and when each sentence begins and ends."""
    voice = sound.make_silence(TALK_MS)
    cues: list[_SpeechCue] = []
    free_ms = 0
    for begins_ms, sentences in SCRIPT:
        at_ms = max(begins_ms + _PAUSE_MS, free_ms)
        for sentence in sentences:
            speech = sound.speak(sentence)
            sound.mix_in(voice, speech, at_ms)
            end_ms = min(TALK_MS, at_ms + sound.get_length_ms(speech))
            cues.append((at_ms, end_ms, sentence))
            at_ms = end_ms + _PAUSE_MS
        free_ms = at_ms
    return voice, cues


def _to_webvtt(cues: list[_SpeechCue]) -> str:
    blocks = [
        f"{format_webvtt_time(begin)} --> {format_webvtt_time(end)}\n{sentence}\n" for begin, end, sentence in cues
    ]
    return "\n".join(("WEBVTT\n", *blocks))


def _render_talk(path: Path, voice: "array[int]", wav: Path, progress: Progress) -> None:
    sound.write_wav(voice, wav)
    size = "x".join(map(str, drawing.SIZE))
    gop = str(KEY_MS // _FRAME_MS)
    arguments: tuple[str | Path, ...] = (
        *("-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", size, "-framerate", str(RATE), "-i", "pipe:0"),
        *("-i", wav, "-map", "0:v", "-map", "1:a"),
        *("-c:v", "libx264", "-preset", "superfast", "-crf", "21", "-pix_fmt", "yuv420p"),
        *("-g", gop, "-keyint_min", gop, "-sc_threshold", "0"),
        *("-vf", "scale=out_color_matrix=bt709:out_range=tv", "-colorspace", "bt709", "-color_range", "tv"),
        *("-c:a", "aac", "-b:a", "96k", "-ar", "44100", "-movflags", "+faststart"),
        *("-metadata", "title=The night sky, with your own eyes", "-t", f"{TALK_MS}ms"),
    )
    with replace_atomically(path) as temporary:
        ffmpeg_process.run_ffmpeg(
            arguments, temporary, length_ms=TALK_MS, input_chunks=_iter_frames(voice), progress=progress
        )


def _iter_frames(voice: "array[int]") -> Iterator[bytes]:
    """Yield every frame of the talk as RGB bytes."""
    clock = _TimeOverlay()
    images = [draw() for draw in slides.TALK]
    ends = [*(begin // _FRAME_MS for begin, _ in SCRIPT[1:]), TALK_MS // _FRAME_MS]
    level = 0.0
    for number in range(TALK_MS // _FRAME_MS):
        shown = bisect_right(ends, number)
        into_next = _FADE_FRAMES - (ends[shown] - number)
        if into_next > 0 and shown + 1 < len(images):
            # The fade ends before the next slide begins: its key frame becomes a thumbnail and must show it alone.
            frame = Image.blend(images[shown], images[shown + 1], into_next / _FADE_FRAMES)
        else:
            frame = images[shown].copy()
        at_ms = number * _FRAME_MS
        level = max(sound.measure_peak(voice, at_ms), level * 0.72)
        clock.burn(frame, at_ms, level)
        yield frame.tobytes()


class _TimeOverlay:
    """Burns the moving parts into a frame: its time, the level of the voice, and the progress of the talk."""

    _BOX = (828, 34, 1196, 106)
    _BARS = 28

    def __init__(self) -> None:
        self._font = drawing.load_font(50, bold=True, mono=True)

    def burn(self, frame: Image.Image, at_ms: int, level: float) -> None:
        draw = ImageDraw.Draw(frame)
        draw.rounded_rectangle(self._BOX, 14, (5, 8, 22))
        middle = ((self._BOX[0] + self._BOX[2]) // 2, (self._BOX[1] + self._BOX[3]) // 2)
        draw.text(middle, format_webvtt_time(at_ms)[1:], (255, 255, 255), self._font, anchor="mm")
        width, height = frame.size
        for bar in range(self._BARS):
            # A wave runs along the bars, as high as the voice is loud.
            wave = abs((at_ms // _FRAME_MS * 3 + bar * 5) % 22 - 11) / 11
            tall = 3 + round(34 * level * (0.35 + 0.65 * wave))
            left = 84 + bar * 9
            draw.rectangle((left, height - 52 - tall, left + 4, height - 52 + tall), drawing.DIM)
        draw.rectangle((0, height - 6, width * at_ms // TALK_MS, height), drawing.WARM)
