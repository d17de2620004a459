"""Preparing a media for the hosting: once per media, whatever the segments do with it.

What is made lies in `cache/prepared/<sha256>/`. Each step is kept under a key of its own (`prepare_steps`), written
aside, verified by reading it back, and renamed; one ffmpeg makes all rungs in one pass.
"""

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PIL import Image

from editor.errors import Known
from editor.media import ffmpeg, images, ladder, loudness
from editor.media import prepare_pictures as pictures
from editor.media import prepare_rungs as rungs
from editor.media.captions import Cue
from editor.media.files import write_whole
from editor.media.loudness import Levelling
from editor.media.prepare_steps import RECIPE, Steps, is_there, key_of, tools
from editor.media.slides import page_picture
from editor.progress import Progress
from editor.protocol.manifest import Chunk, File, Manifest, Rung, Still, Track, files_of
from editor.schedule.model import Media

if TYPE_CHECKING:
    from editor.media.shelf import Shelf

_LOOKED, _LEVELLED, _ENCODED, _WHOLE = 5, 20, 970, 1000
"""Thousandths of the work after which each part of it ends."""


def prepare(shelf: "Shelf", media: Media, progress: Progress | None = None) -> Manifest:
    """Make everything that attendees are given of a media, or find it made.

    Args:
        shelf: where the media and the cache are.
        media: what to prepare.
        progress: told thousandths; its pause stops the work, its cancel ends it, and what steps have made is kept for
            the next time.

    Raises:
        Known: media.missing, media.no_ffmpeg, media.ffmpeg_failed, media.prepared_badly (what was made is not what
            was asked for), media.unwritable, and what is wrong with the media.
        Cancelled: the work was given up.
    """
    progress = progress or Progress()
    work = _Work(shelf, media, progress)
    with work.steps.alone():
        manifest = prepared(shelf, media) or work.make()
    progress.report(_WHOLE, _WHOLE)
    return manifest


def prepared(shelf: "Shelf", media: Media) -> Manifest | None:
    """What was made of a media, if it is whole and of today's recipe."""
    try:
        manifest = msgspec.json.decode(_kept(shelf, media).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        return None
    whole = all(is_there(file_of(shelf, media.sha256, each.sha256), each) for each in files_of(manifest))
    return manifest if whole else None


def file_of(shelf: "Shelf", media: str, sha256: str) -> Path:
    """Where a file that a manifest names is."""
    return _folder(shelf, media) / "files" / sha256


def _folder(shelf: "Shelf", sha256: str) -> Path:
    return shelf.cache / "prepared" / sha256


def _kept(shelf: "Shelf", media: Media) -> Path:
    """Where a manifest lies, by all that it depends on beside the content."""
    asked = (ladder.RUNGS, ladder.SOUNDS, ladder.PART_S, loudness.TARGET, loudness.TRUE_PEAK, pictures.WIDTHS)
    captions = [(track.sha256, track.language) for track in media.captions]
    return _folder(shelf, media.sha256) / f"manifest-{key_of(asked, captions, media.kind)}.json"


class _Work:
    """One media being prepared."""

    def __init__(self, shelf: "Shelf", media: Media, progress: Progress) -> None:
        self._shelf = shelf
        self._media = media
        self._progress = progress
        self.steps = Steps(_folder(shelf, media.sha256), progress)

    def make(self) -> Manifest:
        """Make everything, and remember that it is made: from now on `prepared` gives it."""
        media = self._media
        parts = {"image": self._of_image, "presentation": self._of_pages}.get(media.kind, self._of_timed)()
        manifest = msgspec.convert(
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
        write_whole(_kept(self._shelf, media), msgspec.json.encode(manifest))
        return manifest

    def _part(self, begin: int, end: int) -> Progress:
        """The progress of a part of the work, between two of its thousandths."""

        def tell(done: int, total: int) -> None:
            self._progress.report(begin + (end - begin) * done // max(total, 1), _WHOLE)

        return Progress(tell, self._progress)

    # ---------------------------------------------------------------------------------------------- kinds

    def _of_image(self) -> dict[str, object]:
        """A picture at its widths."""
        path = self._shelf.require(self._media.sha256)
        wanted = pictures.widths(self._media.width)
        stills = []
        for number, width in enumerate(wanted):
            self._progress.report(_WHOLE * number // len(wanted), _WHOLE)
            stills.append(self._still("image", width, None, partial(images.shrunk, path, width, 9_999)))
        return {"stills": tuple(stills)}

    def _of_pages(self) -> dict[str, object]:
        """Every page at its widths."""
        stills = []
        for page in range(self._media.pages):
            self._progress.report(_WHOLE * page // self._media.pages, _WHOLE)
            stills += [self._still("page", width, page, partial(self._page, page, width)) for width in pictures.WIDTHS]
        return {"stills": tuple(stills)}

    def _page(self, page: int, width: int) -> Image.Image:
        with Image.open(page_picture(self._shelf, self._media.sha256, page, width)) as drawn:
            shown = images.in_rgb(drawn)
            return shown.resize((width, max(1, round(shown.height * width / shown.width))))

    def _of_timed(self) -> dict[str, object]:
        """Rungs, poster, sprite and captions of what plays."""
        path = self._shelf.require(self._media.sha256)
        size = (self._media.width, self._media.height) if self._media.kind == "video" else (0, 0)
        source = ladder.look(path, self._media.duration_ms, *size, self._part(0, _LOOKED))
        levelling = self._levelling(path) if source.audio >= 0 else None
        made = self._rungs(path, source, levelling)
        parts: dict[str, object] = {
            "rungs": made,
            "captions": tuple(self._track(track.sha256, track.language) for track in self._media.captions),
        }
        if source.height:
            at_ms = min(1_000, self._media.duration_ms // 2)
            parts["stills"] = (
                self._still("poster", pictures.POSTER_WIDTH, None, partial(pictures.poster, path, at_ms), at_ms),
            )
            parts["sprite"], parts["sprite_map"] = self._sprite([rung for rung in made if rung.kind == "video"][-1])
        return parts

    # ---------------------------------------------------------------------------------------------- steps

    def _levelling(self, path: Path) -> Levelling:
        def measure(aside: Path) -> list[Path]:
            kept = aside / "loudness.json"
            kept.write_bytes(msgspec.json.encode(loudness.levelled(path, self._part(_LOOKED, _LEVELLED))))
            return [kept]

        asked = (loudness.TARGET, loudness.TRUE_PEAK, loudness.HEADROOM)
        (made,) = self.steps("loudness", asked, measure)
        return msgspec.json.decode(self.steps.path(made.file).read_bytes(), type=Levelling)

    def _rungs(self, path: Path, source: ladder.Source, levelling: Levelling | None) -> tuple[Rung, ...]:
        pictured = [step.name for step in ladder.steps(source)]
        sounding = [name for name, _ in ladder.sounds(source)]
        names = (*pictured, *sounding)

        def encode(aside: Path) -> list[Path]:
            arguments = ladder.arguments(path, aside, source, levelling)
            told = self._part(_LEVELLED, _ENCODED)
            ffmpeg.run(arguments[:-1], Path(arguments[-1]), length_ms=source.duration_ms, progress=told)
            starts: list[int] = []
            for name in names:
                self._progress.report(_ENCODED, _WHOLE)
                file = aside / f"{name}.mp4"
                parts = rungs.index(aside / f"{name}.m3u8")
                if name in sounding and levelling is not None:
                    wrong = rungs.wrong_sound(file, source, levelling)
                else:
                    starts = starts or [chunk.start_ms for chunk in parts[1]]
                    wrong = rungs.wrong_picture(file, source, parts[1], starts)
                if wrong:
                    raise Known("media.prepared_badly", name=self._media.name, what=wrong)
                file.with_suffix(".json").write_bytes(msgspec.json.encode(parts))
            return [aside / f"{name}{suffix}" for name in names for suffix in (".mp4", ".json")]

        # What ffmpeg is told, whatever the file is called and wherever it lies.
        asked = ladder.arguments(Path("/media"), Path("/made"), source, levelling)
        made = {each.name: each.file for each in self.steps("rungs", asked, encode)}
        return tuple(self._rung(name, made) for name in names)

    def _rung(self, name: str, made: dict[str, File]) -> Rung:
        file = made[f"{name}.mp4"]
        told = self.steps.path(made[f"{name}.json"]).read_bytes()
        parts = msgspec.json.decode(told, type=tuple[int, tuple[Chunk, ...]])
        return rungs.rung_of(name, self.steps.path(file), file, parts)

    def _sprite(self, rung: Rung) -> tuple[File, File]:
        tiles = pictures.tiles_of(rung.chunks, self._media.duration_ms)
        begins = [chunk.start_ms for chunk in tiles]

        def make(aside: Path) -> list[Path]:
            shown = pictures.first_pictures(self.steps.path(rung.file), rung.init_size, tiles)
            sheet, places = pictures.sprite(shown, begins, self._media.duration_ms)
            sheet.save(aside / "sprite.webp", "WEBP", quality=70)
            (aside / "sprite.vtt").write_text(places, "utf-8")
            return [aside / "sprite.webp", aside / "sprite.vtt"]

        picture, places_file = self.steps("sprite", (rung.file.sha256, begins, pictures.SPRITE_TILE), make)
        return picture.file, places_file.file

    def _track(self, source: str, language: str) -> Track:
        def write(aside: Path) -> list[Path]:
            kept = aside / "captions.vtt"
            kept.write_text(as_webvtt(self._shelf.cues(source)), "utf-8")
            return [kept]

        (made,) = self.steps("captions", source, write)
        return Track(source=source, file=made.file, language=language)

    def _still(
        self, name: str, width: int, page: int | None, draw: partial[Image.Image], at_ms: int | None = None
    ) -> Still:
        def make(aside: Path) -> list[Path]:
            return [pictures.keep_webp(draw(), aside)]

        (made,) = self.steps(f"{name}-{width}" + (f"-{page}" if page is not None else ""), (width, page, at_ms), make)
        across, down = map(int, made.name.removesuffix(".webp").split("x"))
        return Still(file=made.file, width=across, height=down, page=page)


def as_webvtt(cues: tuple[Cue, ...]) -> str:
    """Cues as WebVTT."""
    blocks = [
        f"{pictures.stamp(cue.start_ms)} --> {pictures.stamp(cue.end_ms)}\n{_escaped(cue.text)}\n" for cue in cues
    ]
    return "\n".join(("WEBVTT\n", *blocks))


def _escaped(text: str) -> str:
    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"\n\s*\n+", "\n", shown.strip())
