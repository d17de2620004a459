"""Segments on the clipboard: JSON of the segments and of their media, which can be pasted into any webinar."""

from collections.abc import Iterable
from pathlib import Path

import msgspec
from PySide6.QtCore import QMimeData

from editor.schedule.media_use import find_media_users
from editor.schedule.model import FORMAT, AnySegment, Media, Webinar
from ui.text.formatter import Formatter

MIME = "application/x-matinee-segments"


class ClipboardContent(msgspec.Struct, frozen=True, kw_only=True):
    """Segments on the clipboard and the media they refer to, as `encode` stores them in JSON and `decode` reads them.

    `format` is the version of that encoding; content of a later version is not read.
    """

    segments: tuple[AnySegment, ...]
    media: tuple[Media, ...] = ()
    format: int = FORMAT


def copy_segments(webinar: Webinar, ids: Iterable[str]) -> ClipboardContent:
    """Return segments of a webinar with the media they refer to: the programme's first, each lane in its order.

    Args:
        webinar: the webinar, which stays as it is.
        ids: ids of the segments; those that are not in the webinar are left out.
    """
    wanted = frozenset(ids)
    programme = tuple(segment for segment in webinar.programme if segment.id in wanted)
    interactions = tuple(segment for segment in webinar.interactions if segment.id in wanted)
    only_copied = msgspec.structs.replace(webinar, programme=programme, interactions=(), waiting_picture=None)
    media = tuple(webinar.media[sha256] for sha256 in find_media_users(only_copied) if sha256 in webinar.media)
    return ClipboardContent(segments=(*programme, *interactions), media=media)


def encode(content: ClipboardContent, formatter: Formatter) -> QMimeData:
    """Return clipboard data of segments; other applications get titles and positions as text.

    Args:
        content: the segments.
        formatter: formats the positions in that text.
    """
    data = QMimeData()
    data.setData(MIME, msgspec.json.encode(content))
    lines = (f"{formatter.format_position(segment.start_ms)}\t{segment.title}" for segment in content.segments)
    data.setText("\n".join(lines))
    return data


def decode(data: QMimeData) -> ClipboardContent | None:
    """Return the segments among clipboard data.

    None if there are none, if they cannot be read, or if a newer version of Matinee copied them.
    """
    if not data.hasFormat(MIME):
        return None
    try:
        content = msgspec.json.decode(data.data(MIME).data(), type=ClipboardContent)
    except msgspec.MsgspecError:
        return None
    return content if content.format <= FORMAT and content.segments else None


def local_files(data: QMimeData) -> tuple[Path, ...]:
    """Return the paths of local files and folders among clipboard data; other URLs are left out.

    Whether they exist is not checked.
    """
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
