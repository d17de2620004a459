"""Preparing a media for attendees, once per media whatever its segments use of it.

The files go to `cache/prepared/<sha256>/`. Each step is cached under a key of its own
(`editor.media.prepare.step_cache`), written to a temporary folder, verified by reading it back, and renamed. One run of
ffmpeg encodes all rungs.
"""

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PIL import Image

from editor.errors import KnownError
from editor.media.files import write_atomically
from editor.media.formats import still_images
from editor.media.formats.av_container import find_demuxer
from editor.media.formats.captions import CaptionCue
from editor.media.prepare import encode_ladder, ffmpeg_process, loudness, rung_check, web_images
from editor.media.prepare.loudness import LoudnessCorrection
from editor.media.prepare.step_cache import RECIPE_VERSION, StepCache, find_tool_versions, is_intact, make_step_key
from editor.media.previews.page_images import make_page_image
from editor.progress import Progress
from editor.protocol.manifest import Chunk, Manifest, PreparedCaptions, PreparedFile, Rung, Still, list_files
from editor.schedule.model import Media
from editor.time_format import format_webvtt_time

if TYPE_CHECKING:
    from editor.media.catalog import MediaCatalog

_INSPECTED, _MEASURED, _ENCODED, _TOTAL = 5, 20, 970, 1000
"""Thousandths of the work at which each stage ends."""


def prepare(catalog: "MediaCatalog", media: Media, progress: Progress | None = None) -> Manifest:
    """Prepare a media for attendees' browsers in the library's cache, or find it prepared, and return its manifest.

    It may take many minutes. Another thread or program that prepares the same media is waited for.

    Args:
        catalog: Gives the media's file and the cache.
        media: The media to prepare, with the captions to include.
        progress: Receives thousandths; finished steps are kept after a cancel.

    Raises:
        KnownError: ``media.missing``, ``media.no_ffmpeg``, ``media.ffmpeg_failed``, ``media.prepared_badly`` (the
            verification failed), ``media.unwritable``, or the media cannot be read.
        CancelledError: The progress was cancelled.
    """
    progress = progress or Progress()
    job = _PreparationJob(catalog, media, progress)
    with job.steps.lock():
        manifest = find_prepared(catalog, media) or job.make()
    progress.report(_TOTAL, _TOTAL)
    return manifest


def find_prepared(catalog: "MediaCatalog", media: Media) -> Manifest | None:
    """Return the manifest of a prepared media, or None where it must be prepared (again).

    None also where it was prepared with other tools, settings or captions, or where a file is missing or has another
    size; files are not hashed.

    Raises:
        KnownError: ``media.no_ffmpeg``: its version is a part of the recipe.
    """
    try:
        manifest = msgspec.json.decode(_manifest_path(catalog, media).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        return None
    is_complete = all(
        is_intact(prepared_file_path(catalog, media.sha256, each.sha256), each) for each in list_files(manifest)
    )
    return manifest if is_complete else None


def prepared_file_path(catalog: "MediaCatalog", media: str, sha256: str) -> Path:
    """Return the path of a file that a manifest names; it need not exist.

    Args:
        catalog: Gives the cache.
        media: The media's hash.
        sha256: The hash of the prepared file.
    """
    return _prepared_folder(catalog, media) / "files" / sha256


def _prepared_folder(catalog: "MediaCatalog", sha256: str) -> Path:
    return catalog.cache / "prepared" / sha256


def _manifest_path(catalog: "MediaCatalog", media: Media) -> Path:
    """Return the path of a manifest, named by all that it depends on beside the content."""
    parameters = (
        encode_ladder.VIDEO_RUNGS,
        encode_ladder.AUDIO_RUNGS,
        encode_ladder.CHUNK_S,
        loudness.TARGET_LUFS,
        loudness.MAX_TRUE_PEAK_DB,
        web_images.WIDTHS,
    )
    captions = [(track.sha256, track.language) for track in media.captions]
    return _prepared_folder(catalog, media.sha256) / f"manifest-{make_step_key(parameters, captions, media.kind)}.json"


class _PreparationJob:
    """One media being prepared."""

    def __init__(self, catalog: "MediaCatalog", media: Media, progress: Progress) -> None:
        self._catalog = catalog
        self._media = media
        self._progress = progress
        self.steps = StepCache(_prepared_folder(catalog, media.sha256), progress)

    def make(self) -> Manifest:
        """Prepare the media and store its manifest, which `find_prepared` returns from then on."""
        media = self._media
        parts = {"image": self._prepare_image, "presentation": self._prepare_presentation}.get(
            media.kind, self._prepare_av
        )()
        manifest = msgspec.convert(
            {
                "media": media.sha256,
                "kind": media.kind,
                "duration_ms": media.duration_ms,
                "made_by": f"{RECIPE_VERSION}; {find_tool_versions()}",
                **parts,
            },
            Manifest,
            from_attributes=True,
        )
        write_atomically(_manifest_path(self._catalog, media), msgspec.json.encode(manifest))
        return manifest

    # ---------------------------------------------------------------------------------------------- kinds

    def _prepare_image(self) -> dict[str, object]:
        """Make an image at its widths."""
        path = self._catalog.require_path(self._media.sha256)
        widths = web_images.choose_widths(self._media.width)
        stills = []
        for number, width in enumerate(widths):
            self._progress.report(_TOTAL * number // len(widths), _TOTAL)
            stills.append(self._make_still("image", width, None, partial(still_images.load_scaled, path, width, 9_999)))
        return {"stills": tuple(stills)}

    def _prepare_presentation(self) -> dict[str, object]:
        """Make every page at its widths."""
        stills = []
        for page in range(self._media.pages):
            self._progress.report(_TOTAL * page // self._media.pages, _TOTAL)
            stills += [
                self._make_still("page", width, page, partial(self._render_page, page, width))
                for width in web_images.WIDTHS
            ]
        return {"stills": tuple(stills)}

    def _render_page(self, page: int, width: int) -> Image.Image:
        with Image.open(make_page_image(self._catalog, self._media.sha256, page, width)) as drawn:
            page_image = still_images.to_rgb(drawn)
            return page_image.resize((width, max(1, round(page_image.height * width / page_image.width))))

    def _prepare_av(self) -> dict[str, object]:
        """Make the rungs and captions of a video or sound, and the poster and sprite of a video."""
        path = self._catalog.require_path(self._media.sha256)
        size = (self._media.width, self._media.height) if self._media.kind == "video" else (0, 0)
        source = encode_ladder.inspect_streams(
            path, self._media.duration_ms, *size, self._progress.part(0, _INSPECTED, _TOTAL)
        )
        correction = self._measure_correction(path) if source.audio >= 0 else None
        encoded = self._encode_rungs(path, source, correction)
        parts: dict[str, object] = {
            "rungs": encoded,
            "captions": tuple(self._make_caption_track(track.sha256, track.language) for track in self._media.captions),
        }
        if source.height:
            at_ms = min(1_000, self._media.duration_ms // 2)
            parts["stills"] = (
                self._make_still(
                    "poster", web_images.POSTER_WIDTH, None, partial(web_images.extract_poster, path, at_ms), at_ms
                ),
            )
            parts["sprite"], parts["sprite_map"] = self._make_sprite(
                [rung for rung in encoded if rung.kind == "video"][-1]
            )
        return parts

    # ---------------------------------------------------------------------------------------------- steps

    def _measure_correction(self, path: Path) -> LoudnessCorrection:
        def measure(folder: Path) -> list[Path]:
            correction = loudness.compute_correction(path, self._progress.part(_INSPECTED, _MEASURED, _TOTAL))
            result_file = folder / "loudness.json"
            result_file.write_bytes(msgspec.json.encode(correction))
            return [result_file]

        parameters = (loudness.TARGET_LUFS, loudness.MAX_TRUE_PEAK_DB, loudness.HEADROOM_DB)
        (output,) = self.steps("loudness", parameters, measure)
        return msgspec.json.decode(self.steps.file_path(output.file).read_bytes(), type=LoudnessCorrection)

    def _encode_rungs(
        self, path: Path, source: encode_ladder.SourceStreams, correction: LoudnessCorrection | None
    ) -> tuple[Rung, ...]:
        video_names = [step.name for step in encode_ladder.choose_video_steps(source)]
        audio_names = [name for name, _ in encode_ladder.choose_audio_rungs(source)]
        names = (*video_names, *audio_names)
        demuxer = find_demuxer(path)

        def encode(folder: Path) -> list[Path]:
            arguments = encode_ladder.build_arguments(path, folder, source, correction, demuxer)
            encode_progress = self._progress.part(_MEASURED, _ENCODED, _TOTAL)
            ffmpeg_process.run_ffmpeg(
                arguments[:-1], Path(arguments[-1]), length_ms=source.duration_ms, progress=encode_progress
            )
            starts: list[int] = []
            for name in names:
                self._progress.report(_ENCODED, _TOTAL)
                file = folder / f"{name}.mp4"
                parts = rung_check.parse_playlist(folder / f"{name}.m3u8")
                if name in audio_names and correction is not None:
                    fault = rung_check.find_audio_fault(file, source, correction)
                else:
                    starts = starts or [chunk.start_ms for chunk in parts[1]]
                    fault = rung_check.find_video_fault(file, source, parts[1], starts)
                if fault:
                    raise KnownError("media.prepared_badly", name=self._media.name, what=fault)
                file.with_suffix(".json").write_bytes(msgspec.json.encode(parts))
            return [folder / f"{name}{suffix}" for name in names for suffix in (".mp4", ".json")]

        # The key must not depend on the names of files and folders.
        parameters = encode_ladder.build_arguments(Path("/media"), Path("/made"), source, correction, demuxer)
        files = {each.name: each.file for each in self.steps("rungs", parameters, encode)}
        return tuple(self._load_rung(name, files) for name in names)

    def _load_rung(self, name: str, files: dict[str, PreparedFile]) -> Rung:
        file = files[f"{name}.mp4"]
        index_json = self.steps.file_path(files[f"{name}.json"]).read_bytes()
        parts = msgspec.json.decode(index_json, type=tuple[int, tuple[Chunk, ...]])
        return rung_check.make_rung(name, self.steps.file_path(file), file, parts)

    def _make_sprite(self, rung: Rung) -> tuple[PreparedFile, PreparedFile]:
        tiles = web_images.choose_sprite_tiles(rung.chunks, self._media.duration_ms)
        begins = [chunk.start_ms for chunk in tiles]

        def make(folder: Path) -> list[Path]:
            shown = web_images.decode_first_frames(self.steps.file_path(rung.file), rung.init_size, tiles)
            sheet, sprite_map = web_images.build_sprite(shown, begins, self._media.duration_ms)
            sheet.save(folder / "sprite.webp", "WEBP", quality=70)
            (folder / "sprite.vtt").write_text(sprite_map, "utf-8")
            return [folder / "sprite.webp", folder / "sprite.vtt"]

        picture, places_file = self.steps("sprite", (rung.file.sha256, begins, web_images.SPRITE_TILE), make)
        return picture.file, places_file.file

    def _make_caption_track(self, source: str, language: str) -> PreparedCaptions:
        def write(folder: Path) -> list[Path]:
            webvtt_file = folder / "captions.vtt"
            webvtt_file.write_text(to_webvtt(self._catalog.load_cues(source)), "utf-8")
            return [webvtt_file]

        (output,) = self.steps("captions", source, write)
        return PreparedCaptions(source=source, file=output.file, language=language)

    def _make_still(
        self, name: str, width: int, page: int | None, draw: partial[Image.Image], at_ms: int | None = None
    ) -> Still:
        def make(folder: Path) -> list[Path]:
            return [web_images.save_webp(draw(), folder)]

        (output,) = self.steps(f"{name}-{width}" + (f"-{page}" if page is not None else ""), (width, page, at_ms), make)
        still_width, still_height = map(int, output.name.removesuffix(".webp").split("x"))
        return Still(file=output.file, width=still_width, height=still_height, page=page)


def to_webvtt(cues: tuple[CaptionCue, ...]) -> str:
    """Format cues as WebVTT, in their order; markup in their texts is escaped, and empty lines are left out."""
    blocks = [
        f"{format_webvtt_time(cue.start_ms)} --> {format_webvtt_time(cue.end_ms)}\n{_escape(cue.text)}\n"
        for cue in cues
    ]
    return "\n".join(("WEBVTT\n", *blocks))


def _escape(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"\n\s*\n+", "\n", escaped.strip())
