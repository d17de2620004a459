"""Segments on the clipboard: JSON of the segments and of the media they need, so they paste into any webinar."""

from collections.abc import Iterable
from pathlib import Path

import msgspec
from PySide6.QtCore import QMimeData

from editor.schedule.model import FORMAT, AnySegment, Media, Webinar
from editor.schedule.rules import media_of
from ui.words import Words

MIME = "application/x-matinee-segments"


class Clip(msgspec.Struct, frozen=True, kw_only=True):
    """What was copied."""

    segments: tuple[AnySegment, ...]
    media: tuple[Media, ...] = ()
    format: int = FORMAT


def clip_of(webinar: Webinar, ids: Iterable[str]) -> Clip:
    """These segments of a webinar, in the lanes' order, with the media they refer to."""
    wanted = frozenset(ids)
    programme = tuple(segment for segment in webinar.programme if segment.id in wanted)
    interactions = tuple(segment for segment in webinar.interactions if segment.id in wanted)
    alone = msgspec.structs.replace(webinar, programme=programme, interactions=(), waiting_picture=None)
    media = tuple(webinar.media[sha256] for sha256 in media_of(alone) if sha256 in webinar.media)
    return Clip(segments=(*programme, *interactions), media=media)


def pack(clip: Clip, words: Words) -> QMimeData:
    """The clip for the clipboard; other programs get its titles and times as text."""
    data = QMimeData()
    data.setData(MIME, msgspec.json.encode(clip))
    lines = (f"{words.position(segment.start_ms)}\t{segment.title}" for segment in clip.segments)
    data.setText("\n".join(lines))
    return data


def unpack(data: QMimeData) -> Clip | None:
    """What was copied from a webinar; None where there is nothing of the kind, or nothing this program knows."""
    if not data.hasFormat(MIME):
        return None
    try:
        clip = msgspec.json.decode(data.data(MIME).data(), type=Clip)
    except msgspec.MsgspecError:
        return None
    return clip if clip.format <= FORMAT and clip.segments else None


def files_of(data: QMimeData) -> tuple[Path, ...]:
    """The files that were copied in a file manager."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
