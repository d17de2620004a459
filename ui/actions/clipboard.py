"""Segments on the clipboard: JSON of the segments and of the media they need, so they paste into any webinar."""

from collections.abc import Iterable
from pathlib import Path

import msgspec
from PySide6.QtCore import QMimeData

from editor.schedule.media_use import find_media_users
from editor.schedule.model import FORMAT, AnySegment, Media, Webinar
from ui.text.formatter import Formatter

MIME = "application/x-matinee-segments"


class ClipboardContent(msgspec.Struct, frozen=True, kw_only=True):
    """What was copied."""

    segments: tuple[AnySegment, ...]
    media: tuple[Media, ...] = ()
    format: int = FORMAT


def copy_segments(webinar: Webinar, ids: Iterable[str]) -> ClipboardContent:
    """These segments of a webinar, in the lanes' order, with the media they refer to."""
    wanted = frozenset(ids)
    programme = tuple(segment for segment in webinar.programme if segment.id in wanted)
    interactions = tuple(segment for segment in webinar.interactions if segment.id in wanted)
    only_copied = msgspec.structs.replace(webinar, programme=programme, interactions=(), waiting_picture=None)
    media = tuple(webinar.media[sha256] for sha256 in find_media_users(only_copied) if sha256 in webinar.media)
    return ClipboardContent(segments=(*programme, *interactions), media=media)


def encode(content: ClipboardContent, formatter: Formatter) -> QMimeData:
    """The clip for the clipboard; other programs get its titles and times as text."""
    data = QMimeData()
    data.setData(MIME, msgspec.json.encode(content))
    lines = (f"{formatter.format_position(segment.start_ms)}\t{segment.title}" for segment in content.segments)
    data.setText("\n".join(lines))
    return data


def decode(data: QMimeData) -> ClipboardContent | None:
    """What was copied from a webinar; None where there is nothing of the kind, or nothing this program knows."""
    if not data.hasFormat(MIME):
        return None
    try:
        content = msgspec.json.decode(data.data(MIME).data(), type=ClipboardContent)
    except msgspec.MsgspecError:
        return None
    return content if content.format <= FORMAT and content.segments else None


def local_files(data: QMimeData) -> tuple[Path, ...]:
    """The files that were copied in a file manager."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
