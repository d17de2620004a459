"""Preparing a media for the hosting: once per media, whatever the segments do with it.

Each step's result is kept under a key made of the content's hash, the step's parameters and the tools' versions, in
`cache/prepared/<sha256>/`. It is written aside, verified by reading it back, and renamed; so after a crash the work
goes on at the step it had come to, and a second run finds everything made and encodes nothing.
"""

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import av
import msgspec
import PIL
from PIL import Image

from editor.errors import Known
from editor.media import ffmpeg, images, ladder
from editor.media.captions import Cue
from editor.media.files import shown_name, write_whole
from editor.media.frames import FrameReader
from editor.media.slides import page_picture
from editor.progress import Progress
from editor.protocol.manifest import Chunk, File, Manifest, Rung, Still, Track
from editor.schedule.model import Media

if TYPE_CHECKING:
    from editor.media.shelf import Shelf

RECIPE = 1
"""Raised when preparing does something otherwise: everything is made anew then."""
WIDTHS = (640, 1280, 1920)
"""Pixels across of images and pages; never wider than the source."""
SPRITE_EVERY_MS = 10_000
SPRITE_TILE = (160, 90)
SPRITE_MOST = 100
"""Tiles of a sprite; of long media they lie further apart."""
_TYPES = {".mp4": "video/mp4", ".webp": "image/webp", ".vtt": "text/vtt"}


class _Made(msgspec.Struct, frozen=True):
    """One file a step has made, beside its hash."""

    name: str
    file: File


def prepare(shelf: "Shelf", media: Media, progress: Progress | None = None) -> Manifest:
    """Make everything that attendees are given of a media, or find it made.

    Args:
        shelf: where the media and the cache are.
        media: what to prepare.
        progress: told thousandths; its cancel ends the work, and what steps have made is kept for the next time.

    Raises:
        Known: media.missing, media.no_ffmpeg, media.ffmpeg_failed, media.prepared_badly (what was made is not what
            was asked for), media.unwritable, and what is wrong with the media.
        Cancelled: the work was given up.
    """
    work = _Work(shelf, media, progress or Progress())
    if media.kind == "image":
        manifest = work.of_image()
    elif media.kind == "presentation":
        manifest = work.of_pages()
    else:
        manifest = work.of_timed()
    work.keep(manifest)
    work.progress.report(1000, 1000)
    return manifest


def prepared(shelf: "Shelf", media: Media) -> Manifest | None:
    """What was made of a media, if it is whole and of today's recipe."""
    kept = _folder(shelf, media.sha256) / f"manifest-{_key(media)}.json"
    try:
        manifest = msgspec.json.decode(kept.read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        return None
    named = _files(manifest)
    return manifest if all(file_of(shelf, media.sha256, each.sha256).exists() for each in named) else None


def file_of(shelf: "Shelf", media: str, sha256: str) -> Path:
    """Where a file that a manifest names is."""
    return _folder(shelf, media) / "files" / sha256


def _folder(shelf: "Shelf", sha256: str) -> Path:
    return shelf.cache / "prepared" / sha256


def _files(manifest: Manifest) -> tuple[File, ...]:
    stills = (*(still.file for still in manifest.stills), *(track.file for track in manifest.captions))
    sprites = tuple(each for each in (manifest.sprite, manifest.sprite_map) if each is not None)
    return (*(rung.file for rung in manifest.rungs), *stills, *sprites)


def _key(media: Media) -> str:
    told = [RECIPE, tools(), [track.sha256 for track in media.captions], [track.language for track in media.captions]]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


@cache
def tools() -> str:
    """The versions of what encodes.

    Raises:
        Known: media.no_ffmpeg.
    """
    program = shutil.which("ffmpeg")
    if program is None:
        raise Known("media.no_ffmpeg")
    told = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stdout
    return f"{told.splitlines()[0] if told else 'ffmpeg'}; Pillow {PIL.__version__}"


class _Work:
    """One media being prepared."""

    def __init__(self, shelf: "Shelf", media: Media, progress: Progress) -> None:
        self.shelf = shelf
        self.media = media
        self.progress = progress
        self._place = _folder(shelf, media.sha256)
        self._key = _key(media)

    def keep(self, manifest: Manifest) -> None:
        """Remember what was made: from now on `prepared` gives it."""
        write_whole(self._place / f"manifest-{self._key}.json", msgspec.json.encode(manifest))

    def _manifest(self, **parts: object) -> Manifest:
        media = self.media
        return msgspec.convert(
            {
                "media": media.sha256,
                "kind": media.kind,
                "duration_ms": media.duration_ms,
                "made_by": f"{RECIPE}; {tools()}",
                **parts,
            },
            Manifest,
            from_attributes=True,
        )

    # ---------------------------------------------------------------------------------------------- kinds

    def of_image(self) -> Manifest:
        """A picture at its widths."""
        path = self.shelf.require(self.media.sha256)
        stills = []
        for number, width in enumerate(self._widths(self.media.width)):

            def draw(width: int = width) -> Image.Image:
                return images.shrunk(path, width, 9_999)

            stills.append(self._still(f"image-{width}", None, draw))
            self.progress.report(number * 300, 1000)
        return self._manifest(stills=tuple(stills))

    def of_pages(self) -> Manifest:
        """Every page at its widths."""
        self.shelf.document(self.media.sha256)  # what the hosting made of it before must not be made again of that
        stills = []
        for page in range(self.media.pages):
            for width in WIDTHS:

                def draw(page: int = page, width: int = width) -> Image.Image:
                    with Image.open(page_picture(self.shelf, self.media.sha256, page, width)) as drawn:
                        shown = images.in_rgb(drawn)
                        return shown.resize((width, max(1, round(shown.height * width / shown.width))))

                stills.append(self._still(f"page-{width}-{page}", page, draw))
            self.progress.report((page + 1) * 1000 // (self.media.pages + 1), 1000)
        return self._manifest(stills=tuple(stills))

    def of_timed(self) -> Manifest:
        """Rungs, poster, sprite and captions of what plays."""
        path = self.shelf.require(self.media.sha256)
        size = (self.media.width, self.media.height) if self.media.kind == "video" else (0, 0)
        source = ladder.look(path, self.media.duration_ms, *size)
        self.progress.report(10, 1000)
        loudness = self._loudness(path) if source.audio else None
        self.progress.report(50, 1000)
        rungs = self._rungs(path, source, loudness)
        self.progress.report(950, 1000)
        stills: tuple[Still, ...] = ()
        sprite: tuple[File, File] | None = None
        if size[1]:
            stills = (self._poster(path),)
            sprite = self._sprite(path)
        return self._manifest(
            rungs=rungs,
            stills=stills,
            sprite=sprite[0] if sprite else None,
            sprite_map=sprite[1] if sprite else None,
            captions=tuple(self._track(track.sha256, track.language) for track in self.media.captions),
        )

    # ---------------------------------------------------------------------------------------------- steps

    def _step(self, name: str, make: Callable[[Path], list[Path]]) -> tuple[_Made, ...]:
        """What a step makes, or has made before. `make` fills a folder aside and gives the files to keep."""
        told = self._place / f"step-{name}-{hashlib.sha256(f'{RECIPE} {tools()}'.encode()).hexdigest()[:16]}.json"
        try:
            made = msgspec.json.decode(told.read_bytes(), type=tuple[_Made, ...])
            if all(file_of(self.shelf, self.media.sha256, each.file.sha256).exists() for each in made):
                return made
        except (OSError, msgspec.DecodeError):
            pass  # not made yet, or not whole: it is made now
        self.progress.report(0, 0)
        self._place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".making-", dir=self._place) as aside:
            made = tuple(_Made(file.name, self._keep(file)) for file in make(Path(aside)))
        write_whole(told, msgspec.json.encode(made))
        return made

    def _keep(self, file: Path) -> File:
        with file.open("rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
        size = file.stat().st_size
        target = file_of(self.shelf, self.media.sha256, sha256)
        target.parent.mkdir(exist_ok=True)
        file.replace(target)
        return File(sha256=sha256, size=size, type=_TYPES.get(file.suffix, "application/json"))

    def _loudness(self, path: Path) -> ladder.Loudness:
        """How loud the sound is (EBU R 128)."""

        def measure(aside: Path) -> list[Path]:
            kept = aside / "loudness.json"
            kept.write_bytes(msgspec.json.encode(measured(path)))
            return [kept]

        (made,) = self._step("loudness", measure)
        body = file_of(self.shelf, self.media.sha256, made.file.sha256).read_bytes()
        return msgspec.json.decode(body, type=ladder.Loudness)

    def _rungs(self, path: Path, source: ladder.Source, loudness: ladder.Loudness | None) -> tuple[Rung, ...]:
        names = [step.name for step in ladder.steps(source)]
        sounds = [name for name, _ in ladder.sounds(source)]

        def encode(aside: Path) -> list[Path]:
            arguments = ladder.arguments(path, aside, source, loudness)
            ffmpeg.run(
                arguments[:-1],
                Path(arguments[-1]),
                length_ms=source.duration_ms,
                progress=Progress(lambda done, total: self.progress.report(50 + 900 * done // max(total, 1), 1000)),
            )
            kept = []
            for name in (*names, *sounds):
                self._verify(aside / f"{name}.mp4", source, sound=name in sounds)
                (aside / f"{name}.json").write_bytes(msgspec.json.encode(_index(aside / f"{name}.m3u8")))
                kept += [aside / f"{name}.mp4", aside / f"{name}.json"]
            return kept

        made = {each.name: each.file for each in self._step("rungs", encode)}
        return tuple(self._rung(name, made, sound=name in sounds) for name in (*names, *sounds))

    def _rung(self, name: str, made: dict[str, File], *, sound: bool) -> Rung:
        file = made[f"{name}.mp4"]
        index = file_of(self.shelf, self.media.sha256, made[f"{name}.json"].sha256).read_bytes()
        init_size, chunks = msgspec.json.decode(index, type=tuple[int, tuple[Chunk, ...]])
        with av.open(str(file_of(self.shelf, self.media.sha256, file.sha256)), format="mp4") as container:
            stream = container.streams[0]
            extra = bytes(stream.codec_context.extradata or b"")
            codecs = "mp4a.40.2" if sound else f"avc1.{extra[1:4].hex()}"
            width = 0 if sound else container.streams.video[0].width
            height = 0 if sound else container.streams.video[0].height
        return Rung(
            name=name,
            kind="audio" if sound else "video",
            file=file,
            init_size=init_size,
            codecs=codecs,
            bandwidth=max((chunk.size * 8000 // chunk.length_ms for chunk in chunks), default=0),
            width=width,
            height=height,
            chunks=chunks,
        )

    def _verify(self, file: Path, source: ladder.Source, *, sound: bool) -> None:
        """Read a rung back: its codec, its length, a key frame at its beginning, and that it is as loud as asked."""
        with av.open(str(file)) as container:
            stream = container.streams[0]
            last_ms, first = 0, None
            for packet in container.demux(stream):
                if packet.pts is None or packet.time_base is None:
                    continue
                first = packet if first is None else first
                last_ms = max(last_ms, int((packet.pts + (packet.duration or 0)) * packet.time_base * 1000))
            wrong = (
                "codec"
                if stream.codec_context.name != ("aac" if sound else "h264")
                else "length"
                if abs(last_ms - source.duration_ms) > max(500, source.duration_ms // 50)
                and not (sound and last_ms < source.duration_ms)
                else "key frame"
                if first is None or not first.is_keyframe
                else ""
            )
        if not wrong and sound:
            loud = measured(file)
            # Gated loudness means little in some seconds, and AAC may lift a peak by a trifle.
            long_enough = last_ms > 10_000 and not loud.silent
            if long_enough and (abs(float(loud.input_i) - ladder.LOUDNESS) > 2.5 or float(loud.input_tp) > 0):
                wrong = "loudness"
        if wrong:
            raise Known("media.prepared_badly", name=self.media.name, what=wrong)

    def _poster(self, path: Path) -> Still:
        at_ms = min(1_000, self.media.duration_ms // 2)

        def draw() -> Image.Image:
            with FrameReader(path) as reader:
                frame = reader.frame(at_ms, min(1280, self.media.width))
            return Image.frombytes("RGB", (frame.width, frame.height), bytes(frame.rgb))

        return self._still("poster", None, draw)

    def _sprite(self, path: Path) -> tuple[File, File]:
        """Small pictures every ten seconds in one, and a WebVTT that says where each is."""
        every = max(SPRITE_EVERY_MS, -(-self.media.duration_ms // SPRITE_MOST))
        places = range(0, max(1, self.media.duration_ms), every)

        def make(aside: Path) -> list[Path]:
            across, down = SPRITE_TILE
            columns = min(10, len(places))
            sheet = Image.new("RGB", (across * columns, down * -(-len(places) // columns)))
            lines = ["WEBVTT", ""]
            with FrameReader(path) as reader:
                for number, at_ms in enumerate(places):
                    self.progress.report(950 + 40 * number // len(places), 1000)
                    frame = reader.frame(at_ms, across)
                    picture = Image.frombytes("RGB", (frame.width, frame.height), bytes(frame.rgb))
                    picture.thumbnail(SPRITE_TILE)
                    left, top = number % columns * across, number // columns * down
                    sheet.paste(picture, (left + (across - picture.width) // 2, top + (down - picture.height) // 2))
                    end_ms = min(at_ms + every, self.media.duration_ms)
                    lines += [f"{_stamp(at_ms)} --> {_stamp(end_ms)}", f"sprite.webp#xywh={left},{top},{across},{down}"]
                    lines.append("")
            sheet.save(aside / "sprite.webp", "WEBP", quality=70)
            (aside / "sprite.vtt").write_text("\n".join(lines), "utf-8")
            return [aside / "sprite.webp", aside / "sprite.vtt"]

        picture, places_file = self._step("sprite", make)
        return picture.file, places_file.file

    def _track(self, source: str, language: str) -> Track:
        def write(aside: Path) -> list[Path]:
            kept = aside / "captions.vtt"
            kept.write_text(as_webvtt(self.shelf.cues(source)), "utf-8")
            return [kept]

        (made,) = self._step(f"captions-{source}", write)
        return Track(source=source, file=made.file, language=language)

    def _still(self, name: str, page: int | None, draw: Callable[[], Image.Image]) -> Still:
        def make(aside: Path) -> list[Path]:
            picture = images.in_rgb(draw())
            kept = aside / f"{picture.width}x{picture.height}.webp"
            picture.save(kept, "WEBP", quality=85, method=4)
            return [kept]

        (made,) = self._step(name, make)
        width, height = map(int, made.name.removesuffix(".webp").split("x"))
        return Still(file=made.file, width=width, height=height, page=page)

    @staticmethod
    def _widths(own: int) -> tuple[int, ...]:
        below = tuple(width for width in WIDTHS if width < own)
        return below if len(below) == len(WIDTHS) else (*below, max(1, own))


def measured(path: Path) -> ladder.Loudness:
    """How loud a file is.

    Raises:
        Known: media.no_ffmpeg, media.ffmpeg_failed.
    """
    tools()
    told = subprocess.run(
        ["ffmpeg", "-hide_banner", "-nostdin", *ladder.measuring(path)], capture_output=True, check=False
    ).stderr.decode("utf-8", "replace")
    begin = told.rfind("{")
    try:
        return msgspec.json.decode(told[begin : told.rindex("}") + 1], type=ladder.Loudness)
    except (ValueError, msgspec.DecodeError) as error:
        raise Known("media.ffmpeg_failed", reason=shown_name(path)) from error


def as_webvtt(cues: tuple[Cue, ...]) -> str:
    """Cues as WebVTT."""
    blocks = [f"{_stamp(cue.start_ms)} --> {_stamp(cue.end_ms)}\n{_escaped(cue.text)}\n" for cue in cues]
    return "\n".join(("WEBVTT\n", *blocks))


def _escaped(text: str) -> str:
    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"\n\s*\n+", "\n", shown.strip())


def _stamp(at_ms: int) -> str:
    return f"{at_ms // 3_600_000:02}:{at_ms // 60_000 % 60:02}:{at_ms // 1000 % 60:02}.{at_ms % 1000:03}"


def _index(playlist: Path) -> tuple[int, list[Chunk]]:
    """What ffmpeg's playlist says of its one file: the size of its beginning, and its parts."""
    init_size, at_us, length_us = 0, 0, 0
    chunks: list[Chunk] = []
    for line in playlist.read_text("utf-8").splitlines():
        if found := re.match(r'#EXT-X-MAP:.*BYTERANGE="(\d+)@', line):
            init_size = int(found[1])
        elif found := re.match(r"#EXTINF:(\d+)\.(\d+)", line):
            length_us = int(found[1]) * 1_000_000 + int(found[2].ljust(6, "0")[:6])
        elif found := re.match(r"#EXT-X-BYTERANGE:(\d+)@(\d+)", line):
            begin, end = at_us // 1000, (at_us + length_us) // 1000
            chunks.append(
                Chunk(start_ms=begin, length_ms=max(1, end - begin), offset=int(found[2]), size=int(found[1]))
            )
            at_us += length_us
    return init_size, chunks
