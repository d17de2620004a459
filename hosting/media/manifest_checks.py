"""What a manifest must be like before attendees' players are given what it says.

Names, codecs and sizes become part of paths and of playlists, which are lines of text; types decide what a browser does
with a file. Values outside these bounds are in no manifest that the editor makes.
"""

import re
from collections.abc import Callable

from editor.protocol.manifest import Manifest, Rung, list_files
from editor.schedule.limits import MAX_LANGUAGE_CHARS
from editor.schedule.model import MAX_MEDIA_MS

RUNG_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}", re.ASCII)
"""The form of a rung's name, which becomes part of a path and of a playlist."""
CODECS = re.compile(r"[A-Za-z0-9]{2,8}(\.[A-Za-z0-9]{1,16}){0,8}", re.ASCII)
"""The form of a codec (RFC 6381) of a rung, which holds one stream: avc1.64001f, mp4a.40.2."""
LANGUAGE = re.compile(rf"[A-Za-z0-9-]{{0,{MAX_LANGUAGE_CHARS}}}", re.ASCII)
MAX_SIDE_PX = 16_384
"""The most pixels across or down of a rung or a still: the largest picture of WebP."""
MAX_BANDWIDTH = 1_000_000_000
"""The most bits per second of a rung."""
MAX_PARTS = 32
"""The most rungs of a media, and tracks of captions."""
MAX_STILLS = 100_000
TEXT_TYPES = {"text/vtt"}
PICTURE_SIGNATURES: dict[str, Callable[[bytes], bool]] = {
    "image/webp": lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP",
    "image/jpeg": lambda head: head[:3] == b"\xff\xd8\xff",
    "image/png": lambda head: head[:8] == b"\x89PNG\r\n\x1a\n",
}
"""The accepted types of pictures, and how to recognize each by its first bytes."""
RUNG_TYPES = {"video/mp4", "audio/mp4"}


def is_valid(manifest: Manifest) -> bool:
    """Return whether all that a manifest says may become part of paths and playlists; its files are not read.

    Its format number and its hash are not looked at.
    """
    return (
        _has_allowed_types(manifest)
        and _has_allowed_sizes(manifest)
        and all(_is_valid_rung(rung) for rung in manifest.rungs)
        and len({rung.name for rung in manifest.rungs}) == len(manifest.rungs)
        and all(LANGUAGE.fullmatch(track.language) for track in manifest.captions)
    )


def _is_valid_rung(rung: Rung) -> bool:
    least_px = 1 if rung.kind == "video" else 0
    return (
        bool(RUNG_NAME.fullmatch(rung.name))
        and bool(CODECS.fullmatch(rung.codecs))
        and 0 <= rung.bandwidth <= MAX_BANDWIDTH
        and least_px <= rung.width <= MAX_SIDE_PX
        and least_px <= rung.height <= MAX_SIDE_PX
        and _has_ordered_chunks(rung)
    )


def _has_ordered_chunks(rung: Rung) -> bool:
    """Return whether a rung's chunks follow one another, in time and in the file."""
    expected_ms = 0
    expected_offset = rung.init_size
    for chunk in rung.chunks:
        if chunk.start_ms < expected_ms or chunk.length_ms <= 0 or chunk.offset < expected_offset or chunk.size <= 0:
            return False
        expected_ms, expected_offset = chunk.start_ms + chunk.length_ms, chunk.offset + chunk.size
    return rung.init_size > 0 and expected_offset <= rung.file.size and expected_ms <= MAX_MEDIA_MS


def _has_allowed_types(manifest: Manifest) -> bool:
    """Return whether every file is declared with a type that is allowed at its place in the manifest."""
    pictures = [still.file for still in manifest.stills] + ([manifest.sprite] if manifest.sprite else [])
    texts = [track.file for track in manifest.captions] + ([manifest.sprite_map] if manifest.sprite_map else [])
    return (
        all(file.type in PICTURE_SIGNATURES for file in pictures)
        and all(file.type in TEXT_TYPES for file in texts)
        and all(rung.file.type in RUNG_TYPES for rung in manifest.rungs)
    )


def _has_allowed_sizes(manifest: Manifest) -> bool:
    """Return whether lengths, pictures, pages and the numbers of parts lie within their bounds."""
    return (
        0 <= manifest.duration_ms <= MAX_MEDIA_MS
        and len(manifest.rungs) <= MAX_PARTS
        and len(manifest.captions) <= MAX_PARTS
        and len(manifest.stills) <= MAX_STILLS
        and all(file.size < 1 << 63 for file in list_files(manifest))
        and all(
            1 <= still.width <= MAX_SIDE_PX
            and 1 <= still.height <= MAX_SIDE_PX
            and (still.page is None or 0 <= still.page < MAX_STILLS)
            for still in manifest.stills
        )
    )
