"""File format detection by the first bytes of a file, never by its name.

`detect_format` returns how a file is read here (ffmpeg, Pillow, pdfium, LibreOffice for PowerPoint or OpenDocument) and
refuses other known formats by a short name that is the same in every language ("ZIP", "HTML"). A file with unknown
first bytes is left to ffmpeg, with the sound and video formats of `av_container.DEMUXERS`; `file_suffixes` has what the
file dialogs offer.
"""

import codecs
import re
import zipfile
from pathlib import Path
from typing import Literal

from editor.errors import KnownError
from editor.media.files import display_name, translate_read_errors

FileFormat = Literal["av", "image", "pdf", "pptx", "odp"]
OFFICE_FORMATS: frozenset[FileFormat] = frozenset({"pptx", "odp"})

HEAD_BYTES = 1 << 16

_IMAGE_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}

_REJECTED_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"GIF8", "GIF"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"8BPS", "PSD"),
    (0, b"MZ", "EXE"),
    (0, b"\x7fELF", "ELF"),
    (0, b"\xcf\xfa\xed\xfe", "Mach-O"),
    (0, b"\xca\xfe\xba\xbe", "Mach-O"),
    (0, b"Rar!", "RAR"),
    (0, b"7z\xbc\xaf", "7Z"),
    (0, b"\x1f\x8b", "GZIP"),
    (0, b"BZh", "BZIP2"),
    (0, b"\xfd7zXZ", "XZ"),
    (0, b"\x28\xb5\x2f\xfd", "ZSTD"),
    (257, b"ustar", "TAR"),
    (0, b"MThd", "MIDI"),
    (0, b"SQLite format 3", "SQLite"),
    (0, b"\0\0\1\0", "ICO"),
)
"""Offset of a signature, the signature, and the name of the format."""

_IMAGE_BRANDS = {b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC", b"avif": "AVIF", b"avis": "AVIF"}
"""Brands of still pictures in an MP4 container, which ffmpeg would take for videos."""

_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_SIGNATURE = b"PK\x03\x04"

_PLAYLIST_BEGINNINGS = (
    ("#extm3u", "M3U"),
    ("[playlist]", "PLS"),
    ("[reference]", "ASX"),
    ("<asx", "ASX"),
    ("<smil", "SMIL"),
    ("smiltext", "SMIL"),
    ("rtsptext", "QTL"),
    ("<mpd", "DASH"),
    ("<playlist", "XSPF"),
    ("<winamppl", "B4S"),
    ("<rss", "RSS"),
    ("ffconcat", "CONCAT"),
    ("v=0\no=", "SDP"),
    ("[internetshortcut]", "URL"),
    ("<?wpl", "WPL"),
    ("<?zpl", "ZPL"),
    ("<?quicktime", "QTL"),
)
"""How the playlists and shortcuts begin that make players open other files or addresses, in lower case."""
_XML_PROLOGUE = re.compile(r"(<\?xml.*?\?>|<!--.*?-->|<!doctype[^>]*>|\s)*", re.DOTALL)

_ZIP_MARKER_FILES = (
    ("ppt/presentation.xml", "pptx"),
    ("word/document.xml", "DOCX"),
    ("xl/workbook.xml", "XLSX"),
    ("xl/workbook.bin", "XLSB"),
)

_MIMETYPES = {
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.oasis.opendocument.presentation-template": "odp",
    b"application/vnd.oasis.opendocument.text": "ODT",
    b"application/vnd.oasis.opendocument.spreadsheet": "ODS",
    b"application/epub+zip": "EPUB",
}


def detect_format(path: Path) -> FileFormat:
    """Return how a file can be read, by its first bytes and whatever its name.

    "image", "pdf", "pptx" or "odp"; "av" for all else that is not known to be unsupported: only ffmpeg can tell.

    Raises:
        KnownError: ``media.kind`` with `found`, the name of the unsupported format; ``media.playlist`` with `found`,
            whatever follows its first bytes; ``media.subtitles``; ``media.locked`` for an encrypted document;
            ``media.truncated`` for a damaged ZIP; or the codes of `translate_read_errors`.
    """
    with translate_read_errors(path), path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    for signature in _IMAGE_SIGNATURES:
        if head.startswith(signature):
            return "image"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_ZIP_SIGNATURE):
        return _detect_zip_format(path)
    refuse_playlist(path, head)
    rejected = _find_rejected_format(head)
    if head.startswith(_OLE_SIGNATURE):
        rejected = _detect_ole_format(path, head)
    if not rejected and is_text(head):
        rejected = _detect_text_format(head)
        if rejected in {"SRT", "VTT"}:
            raise KnownError("media.subtitles", name=display_name(path))
    if rejected:
        raise KnownError("media.kind", name=display_name(path), found=rejected)
    return "av"


def is_text(head: bytes) -> bool:
    """Return whether a file with these first bytes is text: UTF-8, UTF-16 with a BOM, or a one-byte encoding.

    An empty file is not.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return b"\0\0\0" not in head
    if not head:
        return False
    control_bytes = sum(head.count(byte) for byte in range(32) if byte not in b"\t\n\f\r\x1b")
    if control_bytes:
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # a character cut at the end is not an error
    except UnicodeDecodeError:
        printable = sum(head.count(byte) for byte in range(32, 127)) + head.count(b"\n") + head.count(b"\r")
        return printable * 10 > len(head) * 7
    return True


def find_playlist_format(head: bytes) -> str:
    """Return which playlist or shortcut a file with these first bytes is, "" for none; what follows may be anything."""
    encoding = "utf-8-sig"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    text = head[:4096].decode(encoding, "replace").replace("\r", "").lstrip("\0 \t\n\v\f").lower()
    prologue = _XML_PROLOGUE.match(text) if text.startswith("<") else None
    beginnings = (text, text[prologue.end() :]) if prologue else (text,)
    return next((name for mark, name in _PLAYLIST_BEGINNINGS if any(each.startswith(mark) for each in beginnings)), "")


def refuse_playlist(path: Path, head: bytes) -> None:
    """Raise where the first bytes of a file are those of a playlist.

    Raises:
        KnownError: ``media.playlist`` with `found`, the name of its format.
    """
    found = find_playlist_format(head)
    if found:
        raise KnownError("media.playlist", name=display_name(path), found=found)


def looks_like_subtitles(head: bytes) -> bool:
    """Return whether a file with these first bytes is SubRip or WebVTT."""
    return is_text(head) and _detect_text_format(head) in {"SRT", "VTT"}


def _find_rejected_format(head: bytes) -> str:
    for offset, signature, name in _REJECTED_SIGNATURES:
        if head[offset : offset + len(signature)] == signature:
            return name
    if head.startswith(b"BM") and len(head) > 26 and head[6:10] == b"\0\0\0\0":
        return "BMP"
    if head[4:8] == b"ftyp":
        return _IMAGE_BRANDS.get(head[8:12], "")
    return ""


def _detect_text_format(head: bytes) -> str:
    """Return the name of a text format; "TXT" for plain text."""
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    text = head.decode(encoding, "replace").lstrip().lower()
    if text.startswith("webvtt"):
        return "VTT"
    if any("-->" in line and line[:1].isdigit() for line in text.splitlines()[:20]) and not text.startswith("<"):
        return "SRT"
    if "<html" in text[:4096] or text.startswith("<!doctype html"):
        return "HTML"
    if "<svg" in text[:4096]:
        return "SVG"
    if text.startswith("<?xml"):
        return "XML"
    if text.startswith("{\\rtf"):
        return "RTF"
    if text.startswith("%!ps"):
        return "PostScript"
    return "TXT"


def _detect_zip_format(path: Path) -> FileFormat:
    """Return which document a ZIP is, from its directory and its short `mimetype` entry alone."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mimetype = b""
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mimetype = archive.read("mimetype").strip()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, LookupError) as error:
        raise KnownError("media.truncated", name=display_name(path)) from error
    format_name = _MIMETYPES.get(mimetype) or next((kind for mark, kind in _ZIP_MARKER_FILES if mark in names), "ZIP")
    if format_name == "pptx":
        return "pptx"
    if format_name == "odp":
        if "META-INF/manifest.xml" in names and _is_encrypted(path):
            raise KnownError("media.locked", name=display_name(path))
        return "odp"
    raise KnownError("media.kind", name=display_name(path), found=format_name)


def _is_encrypted(path: Path) -> bool:
    """Return whether the manifest of an OpenDocument file says that its parts are encrypted."""
    with zipfile.ZipFile(path) as archive, archive.open("META-INF/manifest.xml") as manifest:
        return b"encryption-data" in manifest.read(1 << 20)


def _detect_ole_format(path: Path, head: bytes) -> str:
    """Return which old Office format an OLE file is; encrypted new ones are OLE files too and are refused."""
    with translate_read_errors(path), path.open("rb") as file:
        file.seek(-min(path.stat().st_size, 1 << 20), 2)
        body = head + file.read()
    if "EncryptedPackage".encode("utf-16-le") in body:
        raise KnownError("media.locked", name=display_name(path))
    if "PowerPoint Document".encode("utf-16-le") in body:
        return "PPT"
    return "DOC/XLS"
