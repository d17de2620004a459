"""Captions: reading SubRip and WebVTT in any encoding into cues in media time.

A file with a malformed line is refused, and the line is named: showing half of the captions would be worse. Times are
whole milliseconds; a cue shows in `[start_ms, end_ms)`.
"""

import codecs
import html
import re
from bisect import bisect_right
from pathlib import Path

import charset_normalizer
import msgspec
import pysubs2

from editor.errors import KnownError
from editor.media.files import display_name, require_regular_file, translate_read_errors

MAX_BYTES = 16 << 20
"""Largest size of a caption file in bytes; a day of dense captions is under 2 MB."""


class CaptionCue(msgspec.Struct, frozen=True):
    """One caption, immutable: its begin and end in the media, in milliseconds, and its text of one or more lines."""

    start_ms: int
    end_ms: int
    text: str


_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMING = re.compile(rf"\s*({_TIME})\s*-->\s*({_TIME})(?:\s.*)?")
_BEGINS_WITH_TIME = re.compile(r"\s*\d{1,2}:\d{2}:\d{2}[.,]\d{1,3}\s+\S*\s*\d{1,2}:\d{2}")
"""A timing line whose arrow is malformed."""
_WESTERN = frozenset("àâäáãåæçéèêëíìîïñóòôöõøœúùûüýÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜÝŸ’‘“”„–—…«»¡¿€£°·´ªº\xa0")
_MACS = ["mac_cyrillic", "mac_greek", "mac_iceland", "mac_latin2", "mac_roman", "mac_turkish"]
"""Encodings without captions in practice, which differ from the Windows ones in a letter or two."""
_WORD_TIME = re.compile(r"<[\d:.]+>")


def read_captions(path: Path) -> tuple[CaptionCue, ...]:
    """Read a SubRip or WebVTT file of any encoding into cues, ordered by start.

    Cues without text, or that do not last, are dropped; markup is removed.

    Raises:
        KnownError: ``media.captions_unreadable`` with `line`, the first malformed one (1 when there is no cue at all);
            ``media.captions_kind`` for a file that is not text or is over `MAX_BYTES`; or the codes of
            `require_regular_file`.
    """
    size = require_regular_file(path).st_size
    name = display_name(path)
    if size > MAX_BYTES:
        raise KnownError("media.captions_kind", name=name)
    with translate_read_errors(path):
        data = path.read_bytes()
    text = _decode(data)
    if text is None:
        raise KnownError("media.captions_kind", name=name)
    return _parse(text, name)


def find_active_texts(cues: tuple[CaptionCue, ...], at_ms: int) -> tuple[str, ...]:
    """Return the texts that show at a time of the media, the earliest cue first; empty where none does.

    Args:
        cues: Cues ordered by start.
        at_ms: Time in the media, in milliseconds. A cue shows from its start on, until just before its end.
    """
    started = bisect_right(cues, at_ms, key=lambda cue: cue.start_ms)
    return tuple(cue.text for cue in cues[:started] if cue.end_ms > at_ms)


def _decode(data: bytes) -> str | None:
    """Decode text of any encoding; None if it is not text."""
    for bom, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _decode_legacy(data)
    return None if "\0" in text else text


def _decode_legacy(data: bytes) -> str:
    """Decode text of an old one-byte or two-byte encoding.

    Windows-1252 is tried first: charset-normalizer takes a short French text for a Baltic one.
    """
    western = data.decode("cp1252", "replace")
    non_ascii = [char for char in western if char > "\x7f"]
    if set(non_ascii) <= _WESTERN and len(non_ascii) * 2 < sum(char.isalpha() for char in western):
        return western
    match = charset_normalizer.from_bytes(data, cp_exclusion=_MACS).best()
    return str(match) if match is not None else western


def _parse(text: str, name: str) -> tuple[CaptionCue, ...]:
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    normalized = _normalize_lines(lines, name)
    # Without a number after the last cue, pysubs2 would drop a last line that is itself a number.
    subtitles = pysubs2.SSAFile.from_string("\n".join((*normalized, "", "0")), format_="srt")
    cues = [
        CaptionCue(event.start, event.end, shown)
        for event in subtitles
        if event.end > event.start and (shown := html.unescape(event.plaintext).strip())
    ]
    if not cues:
        raise KnownError("media.captions_unreadable", name=name, line=1)
    return tuple(sorted(cues, key=lambda cue: cue.start_ms))


def _normalize_lines(lines: list[str], name: str) -> list[str]:
    """Reduce SubRip or WebVTT to the cues alone, as plain SubRip lines.

    Raises:
        KnownError: ``media.captions_unreadable`` with the first malformed line.
    """
    is_webvtt = lines[0].startswith("WEBVTT")
    normalized: list[str] = []
    in_skipped_block = is_webvtt  # the header of WebVTT runs to the first blank line
    after_blank = True
    for number, line in enumerate(lines, 1):
        if "-->" in line or _BEGINS_WITH_TIME.match(line):
            timing = _TIMING.fullmatch(line)
            stamps = [stamp if stamp.count(":") == 2 else f"00:{stamp}" for stamp in timing.groups()] if timing else []
            if not stamps or _milliseconds(stamps[1]) < _milliseconds(stamps[0]):
                raise KnownError("media.captions_unreadable", name=name, line=number)
            if (
                number > 1
                and normalized
                and lines[number - 2].strip().isdecimal()
                and normalized[-1] == lines[number - 2]
            ):
                normalized.pop()  # this cue's number, without a blank line before it
            normalized += ["", "0", " --> ".join(stamps)]
            in_skipped_block = False
        elif not line.strip():
            in_skipped_block = False
        elif is_webvtt and after_blank:
            # A note, a style sheet or a cue's identifier: none of them is shown.
            in_skipped_block = True
        elif normalized and not in_skipped_block and not (after_blank and line.strip().isdecimal()):
            normalized.append(_WORD_TIME.sub("", line))
        after_blank = not line.strip()
    return normalized


def _milliseconds(stamp: str) -> int:
    return int(pysubs2.time.timestamp_to_ms(re.split("[:.,]", stamp)))
