"""Copying a presentation without anything that would make LibreOffice open other files or addresses.

A pptx or odp is a ZIP of XML parts and pictures. The copy has only what can be checked: XML, rewritten without external
links, document types and processing instructions, and pictures and fonts that begin as such. What else a presentation
may contain (OLE objects, macros, sound, video, printer settings) is not needed for slides; of an object or a video, the
picture that stands for it is shown. A part that cannot be read is a reason to refuse the file.

Sources: ECMA-376-2 (relationships and their TargetMode), OpenDocument 1.3 part 3 (§19.918 xlink:href).
"""

import base64
import binascii
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from editor.errors import KnownError
from editor.media.files import display_name, translate_read_errors
from editor.media.formats.file_format import FileFormat

MAX_PARTS = 20_000
MAX_BYTES = 1 << 30
"""The most bytes of all parts together, unpacked; parts are read into memory one by one."""

_SIGNATURES = (
    *(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"%PDF-", b"VCLMTF"),
    *(b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0", b"\x02\0\x09\0"),  # WMF
    *(b"\0\x01\0\0\0", b"OTTO", b"ttcf", b"true\0", b"wOFF", b"wOF2"),  # fonts
)
"""First bytes of the pictures and fonts that are copied."""
_RASTER_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")
_GZIP_SIGNATURE = b"\x1f\x8b"

_EXTERNAL = re.compile(
    r"://|\\\\[\w.?]|^\s*(?://|\\)"
    r"|(?:^|[\s\"'(=,;\[])(?:file|https?|ftps?|smb|dav|davs|webdavs?|vnd\.[\w.+-]+|private|macro|slot|javascript"
    r"|vbscript|data|jar|cmis|service|uno|package|blob|mhtml|res|about|ldap|news|telnet|gopher):",
    re.IGNORECASE,
)
"""What addresses and paths outside of the file look like, at the beginning of a value or within it."""
_LINKING = frozenset({"href", "src", "archive", "codebase"})
"""Local names of attributes whose value is the address of a picture, an object or another part."""
_IDENTIFYING = frozenset({"uri", "Type", "ContentType", "contentType"})
"""Local names of attributes of OOXML that hold identifiers in the form of an address, which nothing opens."""
_TEXT_OF_INTEREST = frozenset({"config-item", "binary-data", "style", "script", "instance"})
"""Local names of elements whose text may be an address, embedded content or code."""
_NOT_SHOWN = frozenset({"a", "hlinkClick", "hlinkHover", "event-listener", "template", "auto-reload"})
"""Local names of elements whose links nobody misses: a slide shows nothing of where they lead."""
_LEFT_OUT = (
    *("META-INF/documentsignatures.xml", "META-INF/macrosignatures.xml"),
    *("Basic/", "Scripts/", "Dialogs/", "Configurations2/"),
)
"""How the names begin of an OpenDocument file's signatures, which the copy cannot keep, and of its macros."""


def copy_without_links(path: Path, kind: FileFormat, target: Path | BinaryIO) -> int:
    """Copy a presentation without external links, and return how many pictures or objects it takes from elsewhere.

    Hyperlinks of texts go too and are not counted.

    Args:
        path: The presentation.
        kind: Its format, ``pptx`` or ``odp``.
        target: The file to write.

    Raises:
        KnownError: ``media.office_unsafe`` (a part cannot be checked), ``media.locked`` (parts are encrypted),
            ``media.truncated``, or the codes of `translate_read_errors`.
    """
    try:
        with translate_read_errors(path), zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as copy:
            return _PackageCopy(path, kind, source, copy).run()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, LookupError, ValueError) as error:
        raise KnownError("media.truncated", name=display_name(path)) from error


def count_external_links(path: Path, kind: FileFormat) -> int:
    """Return how many pictures or objects a presentation takes from elsewhere; raises what `copy_without_links` does.

    Args:
        path: The presentation.
        kind: Its format, ``pptx`` or ``odp``.
    """
    return copy_without_links(path, kind, io.BytesIO())


class _PackageCopy:
    """Copies the parts of one presentation."""

    def __init__(self, path: Path, kind: FileFormat, source: zipfile.ZipFile, copy: zipfile.ZipFile) -> None:
        self._path = path
        self._kind = kind
        self._source = source
        self._copy = copy
        self._read_bytes = 0
        self._names: frozenset[str] = frozenset()

    def run(self) -> int:
        infos = [info for info in self._source.infolist() if not info.is_dir()]
        self._names = frozenset(info.filename for info in infos)
        if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_BYTES:
            raise self._unsafe("too large")
        if len(self._names) != len(infos):
            raise self._unsafe("parts of the same name")
        if any(info.flag_bits & 1 for info in infos):
            raise KnownError("media.locked", name=display_name(self._path))
        removed = 0
        if self._kind == "odp":
            self._copy.writestr("mimetype", "application/vnd.oasis.opendocument.presentation", zipfile.ZIP_STORED)
        for info in infos:
            name = info.filename
            if self._kind == "odp" and (name == "mimetype" or name.startswith(_LEFT_OUT)):
                continue
            content = None if _is_outside(name) else self._unpack(self._source.read(info))
            if content is not None and _is_xml(content):
                part = _PartFilter(name, self._kind, self._names)
                content = self._filter(part, name, content)
                removed += part.removed
            elif content and not _is_passive(content):
                content = None
            if content is not None:
                self._copy.writestr(name, content, zipfile.ZIP_DEFLATED)
        return removed

    def _filter(self, part: "_PartFilter", name: str, content: bytes) -> bytes | None:
        """Return an XML part without external links; None for a drawing that is HTML rather than XML."""
        try:
            return part.filter(content)
        except (expat.ExpatError, _UnsafeXmlError, UnicodeError) as error:
            if name.endswith(".vml") and not isinstance(error, _UnsafeXmlError):
                return None  # the old form of a drawing, beside the one that is shown
            raise self._unsafe(f"{name}: {error}") from error

    def _unpack(self, content: bytes) -> bytes:
        """Return a part's content, unpacked where it is compressed once more, as pictures may be."""
        if not content.startswith(_GZIP_SIGNATURE):
            return content
        try:
            with gzip.open(io.BytesIO(content)) as packed:
                unpacked = packed.read(MAX_BYTES - self._read_bytes + 1)
        except (OSError, EOFError, zlib.error):
            return content  # no picture then, and left out
        self._read_bytes += len(unpacked)
        if self._read_bytes > MAX_BYTES:
            raise self._unsafe("too large")
        return unpacked

    def _unsafe(self, reason: str) -> KnownError:
        return KnownError("media.office_unsafe", name=display_name(self._path), reason=reason)


class _UnsafeXmlError(Exception):
    """An XML part declares entities, with which any other rule could be evaded."""


class _PartFilter:
    """Rewrites one XML part without external links; `removed` counts those of pictures and objects."""

    def __init__(self, name: str, kind: FileFormat, names: frozenset[str]) -> None:
        self._name = name
        self._kind = kind
        self._names = names
        self._is_relationships = name.endswith(".rels")
        self._output: list[str] = []
        self._open: list[str] = []
        self._text: list[str] = []
        self._skipped_depth = 0
        self.removed = 0

    def filter(self, content: bytes) -> bytes:
        parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.specified_attributes = True
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.EntityDeclHandler = self._refuse_entity
        parser.Parse(content, True)
        return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(self._output)).encode()

    def _refuse_entity(self, *_declaration: object) -> None:
        raise _UnsafeXmlError("entities are declared")

    def _start(self, name: str, pairs: list[str]) -> None:
        self._flush_text()
        self._open.append(name)
        attributes = dict(zip(pairs[::2], pairs[1::2], strict=True))
        if self._skipped_depth or self._is_external_relationship(name, attributes):
            self._skipped_depth += 1
            return
        kept = "".join(
            f" {key}={quoteattr(value)}" for key, value in attributes.items() if self._is_kept(name, key, value)
        )
        self._output.append(f"<{name}{kept}>")

    def _end(self, name: str) -> None:
        self._flush_text()
        self._open.pop()
        if self._skipped_depth:
            self._skipped_depth -= 1
        else:
            self._output.append(f"</{name}>")

    def _flush_text(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        if not text or self._skipped_depth:
            return
        local = _local_name(self._open[-1])
        if local in _TEXT_OF_INTEREST and not _is_harmless_text(local, text):
            return
        self._output.append(escape(text, {"\r": "&#13;"}))

    def _is_external_relationship(self, name: str, attributes: dict[str, str]) -> bool:
        """Return whether an element is a relationship to something outside of the package, and count it."""
        if not self._is_relationships or _local_name(name) != "Relationship":
            return False
        target = attributes.get("Target", "")
        is_internal = attributes.get("TargetMode", "Internal").strip().casefold() == "internal"
        if is_internal and not _EXTERNAL.search(unquote(target)) and not self._leaves_package(target):
            return False
        self.removed += not attributes.get("Type", "").endswith("/hyperlink")
        return True

    def _leaves_package(self, target: str) -> bool:
        """Return whether a relationship's target, relative to its source part, lies above the package's root."""
        target = unquote(target)
        folder = () if target.startswith("/") else PurePosixPath(self._name).parent.parent.parts
        depth = len(folder)
        for step in target.split("/"):
            depth += -1 if step == ".." else bool(step and step != ".")
            if depth < 0:
                return True
        return "\\" in target

    def _is_kept(self, element: str, key: str, value: str) -> bool:
        local = _local_name(key)
        if key == "xmlns" or key.startswith("xmlns:"):
            return True
        if self._kind == "pptx" and local in _IDENTIFYING:
            return True
        is_kept = self._is_internal(value) if local in _LINKING else not _EXTERNAL.search(value)
        if not is_kept and local in _LINKING and _local_name(element) not in _NOT_SHOWN:
            # A part that is named and missing was not there before either.
            self.removed += bool(_EXTERNAL.search(value)) or _is_outside(unquote(value))
        return is_kept

    def _is_internal(self, value: str) -> bool:
        """Return whether an address is a part of the package, a place in this part, or a picture in the address."""
        if value.startswith("#"):
            return True
        if value.startswith("data:"):
            return _is_raster_data(value)
        reference = unquote(value).partition("#")[0].removeprefix("./").rstrip("/")
        if not reference or _EXTERNAL.search(reference) or _is_outside(reference):
            return False
        folder = str(PurePosixPath(self._name).parent)
        candidates = (reference, f"{folder}/{reference}")
        return any(name == each or name.startswith(f"{each}/") for each in candidates for name in self._names)


def _local_name(name: str) -> str:
    return name.rpartition(":")[2]


def _is_outside(name: str) -> bool:
    """Return whether a name in a package leads out of it."""
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _is_xml(content: bytes) -> bool:
    """Return whether a part is XML or another markup, in any encoding that an XML parser detects."""
    head = content[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    return head.startswith(b"<")


def _is_passive(content: bytes) -> bool:
    """Return whether a part begins as a picture or font that names no other file."""
    return (
        content.startswith(_SIGNATURES)
        or (content.startswith(b"RIFF") and content[8:12] == b"WEBP")
        or (content.startswith(b"BM") and content[6:10] == b"\0\0\0\0")
        or (content.startswith(b"\x01\0\0\0") and content[40:44] == b" EMF")
        or content[34:36] == b"LP"  # an embedded font of PowerPoint
    )


def _is_raster_data(address: str) -> bool:
    """Return whether a `data:` address holds a picture of pixels."""
    header, _, body = address.partition(",")
    return header.endswith(";base64") and _decode_base64(body).startswith(_RASTER_SIGNATURES)


def _is_harmless_text(local: str, text: str) -> bool:
    """Return whether the text of an element of `_TEXT_OF_INTEREST` is no address, active content or code."""
    if local == "binary-data":
        content = _decode_base64(text)
        return not _is_xml(content) and _is_passive(content)
    if local in {"script", "instance"}:
        return not text.strip()
    addresses: Iterator[str] = (match[1] for match in re.finditer(r"url\(\s*[\"']?([^)]*)", text, re.IGNORECASE))
    return (
        not _EXTERNAL.search(text)
        and "@import" not in text.lower()
        and all(address.startswith("#") for address in addresses)
    )


def _decode_base64(text: str) -> bytes:
    """Return the content of a Base64 text; empty where it is none."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""
