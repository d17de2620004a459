"""The `.matinee` bundle: one webinar as a zip file, to give away, keep, or put under version control.

    bundle.json       what this is: {"bundle": 1}
    webinar.json      the webinar in the wire format, indented, keys sorted (so that two bundles can be compared)
    notes.json        presenters' notes by segment
    media/<sha256>    the files themselves, if they were asked for; captions always

A bundle may come from anybody, so nothing in it is believed: only the names above are looked at (a path that climbs
out is never used as one), every entry is read with a limit of its own whatever its header says, and a file counts
only once its SHA-256 is the one it is named by. Written entries carry a fixed date: the same webinar gives the same
bytes.
"""

import hashlib
import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO

import msgspec

from editor.atomic_file import replace_atomically
from editor.errors import KnownError
from editor.private_files import make_private_folder
from editor.progress import Progress
from editor.schedule import serialization
from editor.schedule.model import Webinar

BUNDLE_FORMAT = 1
"""The bundle's own number; the webinar inside carries that of the wire format."""

MAX_ENTRIES = 5_000
MAX_JSON_BYTES = 64 * 1024 * 1024
"""Bytes of any of the JSON entries, unpacked. A webinar of 10,000 segments has two million."""
MAX_CAPTIONS_BYTES = 8 * 1024 * 1024
CHUNK_BYTES = 1024 * 1024
ENTRY_DATE = (1980, 1, 1, 0, 0, 0)
MEDIA_ENTRY = re.compile(r"media/([0-9a-f]{64})")


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """The contents of a `.matinee` bundle that `read` has checked: its webinar, notes, and the hashes of its media.

    It is immutable. The media are still packed in the file `path` (see `unpack`).
    """

    path: Path
    body: bytes
    """The webinar in the wire format, canonical again."""
    decoded: serialization.DecodedDocument
    notes: dict[str, str]
    media: tuple[str, ...]
    """The hashes of the files inside."""


class _BundleHeader(msgspec.Struct, frozen=True):
    bundle: int


def write(
    target: Path,
    webinar: Webinar,
    notes: Mapping[str, str],
    files: Mapping[str, Path],
    progress: Progress | None = None,
) -> None:
    """Write a bundle, which replaces `target` once it is whole.

    Args:
        target: The bundle's file.
        webinar: What it holds.
        notes: The presenters' notes by segment.
        files: The media and captions to include, by hash.
        progress: Receives bytes of media.

    Raises:
        KnownError: ``bundle.unwritable`` (with `path` and `reason`); what stood at `target` is still there.
        CancelledError: The progress was cancelled; nothing is left behind.
    """
    total = sum(path.stat().st_size for path in files.values())
    done = 0
    try:
        with (
            replace_atomically(target, private=False) as temporary,
            zipfile.ZipFile(temporary, "x", zipfile.ZIP_DEFLATED) as bundle,
        ):
            _write_entry(bundle, "bundle.json", msgspec.json.encode(_BundleHeader(BUNDLE_FORMAT)))
            _write_entry(bundle, "webinar.json", msgspec.json.format(serialization.encode(webinar), indent=1))
            _write_entry(
                bundle, "notes.json", msgspec.json.format(msgspec.json.encode(dict(sorted(notes.items()))), indent=1)
            )
            for sha256, path in sorted(files.items()):
                entry = zipfile.ZipInfo(f"media/{sha256}", ENTRY_DATE)
                with path.open("rb") as source, bundle.open(entry, "w", force_zip64=True) as sink:
                    while chunk := source.read(CHUNK_BYTES):
                        sink.write(chunk)
                        done += len(chunk)
                        if progress is not None:
                            progress.report(done, total)
    except OSError as error:
        raise KnownError("bundle.unwritable", path=str(target), reason=error.strerror or str(error)) from error


def _write_entry(bundle: zipfile.ZipFile, name: str, body: bytes) -> None:
    entry = zipfile.ZipInfo(name, ENTRY_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    bundle.writestr(entry, body)


def read(path: Path) -> Bundle:
    """Read and check a bundle's webinar and notes, without unpacking or checking its media.

    Raises:
        KnownError: ``bundle.not_read`` (there is no such file, or it may not be read; with `reason`),
            ``bundle.unreadable`` (no zip, torn, no bundle of ours), ``bundle.newer``, ``bundle.unsafe`` (too many
            entries, an entry larger than it may be), or what `serialization.decode` raises.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would never end
            raise KnownError("bundle.not_read", path=str(path), reason="a folder or a device")
        path.open("rb").close()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise KnownError(
            "bundle.not_read", path=str(path), reason=getattr(error, "strerror", "") or str(error)
        ) from error
    try:
        with zipfile.ZipFile(path) as bundle:
            entries = bundle.infolist()
            if len(entries) > MAX_ENTRIES:
                raise KnownError("bundle.unsafe", path=str(path), reason="entries")
            names = [entry.filename for entry in entries]
            if len(set(names)) != len(names):
                raise KnownError("bundle.unsafe", path=str(path), reason="twice")
            header = msgspec.json.decode(_read_entry(bundle, "bundle.json", path, 1024), type=_BundleHeader)
            if header.bundle > BUNDLE_FORMAT:
                raise KnownError("bundle.newer", path=str(path))
            body = _read_entry(bundle, "webinar.json", path, MAX_JSON_BYTES)
            notes = {}
            if "notes.json" in names:
                notes = msgspec.json.decode(
                    _read_entry(bundle, "notes.json", path, MAX_JSON_BYTES), type=dict[str, str]
                )
            media = tuple(match[1] for name in names if (match := MEDIA_ENTRY.fullmatch(name)))
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        OSError,
        KeyError,
        EOFError,
        RuntimeError,
        ValueError,
        zlib.error,
    ) as error:
        # RuntimeError is zipfile's for a password, ValueError also msgspec's for JSON it cannot take.
        raise KnownError("bundle.unreadable", path=str(path), reason=str(error)) from error
    decoded = serialization.decode(body)
    canonical = body if decoded.unknown else serialization.encode(decoded.webinar)
    return Bundle(path=path, body=canonical, decoded=decoded, notes=notes, media=media)


def _read_entry(bundle: zipfile.ZipFile, name: str, path: Path, limit: int) -> bytes:
    """Return one entry's bytes, never more than `limit`, whatever the entry's header promises."""
    with bundle.open(name) as entry:
        body = entry.read(limit + 1)
    if len(body) > limit:
        raise KnownError("bundle.unsafe", path=str(path), reason="size")
    return body


def unpack(bundle: Bundle, folder: Path, progress: Progress | None = None) -> dict[str, Path]:
    """Unpack a bundle's media into `folder`, each named by its hash and suffix; return their paths by hash.

    A file that exists is not written again. A file whose content does not match its hash, or that is larger than the
    webinar says, is refused, and then nothing of the bundle stays.

    Files that the webinar does not name are left out. Progress receives bytes of media, without captions.

    Raises:
        KnownError: ``bundle.unsafe``, ``bundle.damaged`` (with `name`), ``bundle.full`` when the disk has not the room,
            ``bundle.unreadable``, ``bundle.unwritable``.
        OSError: The folder cannot be made.
        CancelledError: The progress was cancelled.
    """
    media_by_hash = bundle.decoded.webinar.media
    captions = {track.sha256: track for media in media_by_hash.values() for track in media.captions}
    hashes = [sha256 for sha256 in bundle.media if sha256 in media_by_hash or sha256 in captions]
    sizes = {sha256: media_by_hash[sha256].size if sha256 in media_by_hash else MAX_CAPTIONS_BYTES for sha256 in hashes}
    total = sum(media_by_hash[sha256].size for sha256 in hashes if sha256 in media_by_hash)
    make_private_folder(folder)
    if shutil.disk_usage(folder).free < total:
        raise KnownError("bundle.full", path=str(folder), size=total)
    paths: dict[str, Path] = {}
    written: list[Path] = []
    done = 0
    try:
        with zipfile.ZipFile(bundle.path) as source:
            for sha256 in hashes:
                name = media_by_hash[sha256].name if sha256 in media_by_hash else captions[sha256].name
                target = folder / f"{sha256}{_get_safe_suffix(name)}"
                if not target.exists():
                    with source.open(f"media/{sha256}") as entry:
                        _extract_verified(entry, target, sha256, sizes[sha256], name)
                    written.append(target)
                paths[sha256] = target
                done += media_by_hash[sha256].size if sha256 in media_by_hash else 0
                if progress is not None:
                    progress.report(done, total)
    except BaseException as error:
        # All of the media or none: what this call had unpacked goes again, whatever went wrong.
        for target in written:
            target.unlink(missing_ok=True)
        if isinstance(error, (zipfile.BadZipFile, EOFError, RuntimeError, KeyError, zlib.error)):
            raise KnownError("bundle.unreadable", path=str(bundle.path), reason=str(error)) from error
        if isinstance(error, OSError):
            raise KnownError("bundle.unwritable", path=str(folder), reason=error.strerror or str(error)) from error
        raise
    return paths


def _extract_verified(entry: IO[bytes], target: Path, sha256: str, limit: int, name: str) -> None:
    digest, size = hashlib.sha256(), 0
    with replace_atomically(target) as temporary:
        with temporary.open("wb") as sink:
            while chunk := entry.read(CHUNK_BYTES):
                size += len(chunk)
                if size > limit:
                    raise KnownError("bundle.unsafe", path=name, reason="size")
                digest.update(chunk)
                sink.write(chunk)
        if digest.hexdigest() != sha256:
            raise KnownError("bundle.damaged", name=name)


def _get_safe_suffix(name: str) -> str:
    """Return a file suffix that is safe to use: a dot and at most eight letters and digits, or nothing."""
    ending = Path(name).suffix.lower()
    return ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ""
