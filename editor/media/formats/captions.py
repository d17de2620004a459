"""Subtitles: SubRip and WebVTT in any encoding, as cues in media time.

The first line that cannot be a subtitle's is named, so that a person can mend it: a file of which half would be shown
is worse than one that is refused. Times are whole milliseconds; a cue shows in `[start_ms, end_ms)`.
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
"""Bytes; a day of dense subtitles is under 2 MB."""


class CaptionCue(msgspec.Struct, frozen=True):
    """One subtitle; its text may have several lines."""

    start_ms: int
    end_ms: int
    text: str


_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMING = re.compile(rf"\s*({_TIME})\s*-->\s*({_TIME})(?:\s.*)?")
_BEGINS_WITH_TIME = re.compile(r"\s*\d{1,2}:\d{2}:\d{2}[.,]\d{1,3}\s+\S*\s*\d{1,2}:\d{2}")
"""A line that was meant as a timing, though its arrow is broken."""
_WESTERN = frozenset("àâäáãåæçéèêëíìîïñóòôöõøœúùûüýÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜÝŸ’‘“”„–—…«»¡¿€£°·´ªº\xa0")
_MACS = ["mac_cyrillic", "mac_greek", "mac_iceland", "mac_latin2", "mac_roman", "mac_turkish"]
"""Encodings that differ from Windows' in a letter or two, and that no subtitles are in."""
_WORD_TIME = re.compile(r"<[\d:.]+>")


def read_captions(path: Path) -> tuple[CaptionCue, ...]:
    """The cues of a subtitle file, in order of their start.

    Raises:
        Known: media.captions_unreadable with `line`, the first that is wrong (1 when nothing in it is a subtitle);
            media.captions_kind for what is no text; or that the file itself cannot be read.
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
    """The texts that show at a time of the media, in the order in which they came."""
    started = bisect_right(cues, at_ms, key=lambda cue: cue.start_ms)
    return tuple(cue.text for cue in cues[:started] if cue.end_ms > at_ms)


def _decode(data: bytes) -> str | None:
    """The text in whatever encoding it is; None if it is no text."""
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
    """The text of an old one-byte or two-byte encoding.

    What reads as French, German or Spanish in Windows' western encoding is that: charset-normalizer, which knows the
    rest of the world, takes a short French text for a Baltic one.
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
    # The number after the last cue keeps pysubs2 from taking a text that ends in a number for one.
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
    """The cues alone, as SubRip of the plainest form; what WebVTT has beside and between them is left out.

    Raises:
        Known: media.captions_unreadable with the first line that is wrong.
    """
    is_webvtt = lines[0].startswith("WEBVTT")
    normalized: list[str] = []
    in_skipped_block = is_webvtt  # the head of WebVTT runs to the first blank line
    after_blank = True  # whether the last line was blank
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
            # A note, a style sheet or a cue's identifier: whatever it is, it is not shown.
            in_skipped_block = True
        elif normalized and not in_skipped_block and not (after_blank and line.strip().isdecimal()):
            normalized.append(_WORD_TIME.sub("", line))
        after_blank = not line.strip()
    return normalized


def _milliseconds(stamp: str) -> int:
    return int(pysubs2.time.timestamp_to_ms(re.split("[:.,]", stamp)))
