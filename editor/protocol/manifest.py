"""The manifest of a prepared media: the files that the server delivers, each identified by its SHA-256.

An hour of video is a handful of files: one CMAF file (ISO/IEC 23000-19) per rung with an index of byte ranges, so that
the server can write a playlist that ends where attendees may look, without touching the files.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from editor.schedule.model import MediaKind, Sha256

MANIFEST_FORMAT = 1
"""The manifest's format."""


class ManifestStruct(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The base of all parts of a manifest: immutable; the JSON leaves out fields that have their default."""


class PreparedFile(ManifestStruct, frozen=True, kw_only=True):
    """One file that was prepared for delivery: the SHA-256 of its content, its size in bytes, and its media type."""

    sha256: Sha256
    size: Annotated[int, Meta(ge=0)]
    type: str
    """Its media type, e.g. video/mp4, image/webp, text/vtt."""


class Chunk(ManifestStruct, frozen=True, kw_only=True, array_like=True):
    """A part of a rung that can be fetched alone: its start and length in the media (ms) and its bytes in the file."""

    start_ms: int
    length_ms: int
    offset: int
    size: int


class Rung(ManifestStruct, frozen=True, kw_only=True):
    """One quality of a video or of its sound: a CMAF file, which begins with an init segment of `init_size` bytes.

    `width` and `height` are pixels, 0 for sound; `bandwidth` is in bits per second.
    """

    name: str
    """1080, 720, 360, audio-128, …"""
    kind: Literal["video", "audio"]
    """Video rungs hold the picture alone; sound is rungs of its own (an HLS audio group)."""
    file: PreparedFile
    init_size: int
    codecs: str
    bandwidth: int
    """Peak bits per second."""
    width: int = 0
    height: int = 0
    chunks: tuple[Chunk, ...]


class Still(ManifestStruct, frozen=True, kw_only=True):
    """An image file at one width, in pixels; of several widths a browser chooses one (`srcset`).

    `page` is the page of a presentation that it shows, from 0; None where it shows the media as a whole.
    """

    file: PreparedFile
    width: int
    height: int
    page: int | None = None


class PreparedCaptions(ManifestStruct, frozen=True, kw_only=True):
    """A caption file converted to WebVTT; `source` is the hash of the file it was made of, which segments name."""

    source: Sha256
    file: PreparedFile
    language: str = ""


class Manifest(ManifestStruct, frozen=True, kw_only=True):
    """All files that were prepared of one media for the attendees' browsers, by their hashes; immutable.

    It says what the files are, and not where they lie. `duration_ms` is 0 for images and presentations.
    """

    format: int = MANIFEST_FORMAT
    media: Sha256
    kind: MediaKind
    duration_ms: int = 0
    rungs: tuple[Rung, ...] = ()
    stills: tuple[Still, ...] = ()
    """Images and pages at their widths; the poster of a video."""
    sprite: PreparedFile | None = None
    sprite_map: PreparedFile | None = None
    """A WebVTT file that says where each thumbnail lies in the sprite."""
    captions: tuple[PreparedCaptions, ...] = ()
    made_by: str = ""
    """The tools' versions and parameters; they are part of the cache key."""


def list_files(manifest: Manifest) -> tuple[PreparedFile, ...]:
    """Return every file that a manifest names: rungs, stills, the sprite and its map, captions; repeated ones stay."""
    parts = (*(rung.file for rung in manifest.rungs), *(still.file for still in manifest.stills))
    sprites = tuple(file for file in (manifest.sprite, manifest.sprite_map) if file is not None)
    return (*parts, *sprites, *(track.file for track in manifest.captions))
