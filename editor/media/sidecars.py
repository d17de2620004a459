"""Sidecar files of a recording: captions and the chat that meeting tools save beside the video, found by name.

Talk.mp4 may have Talk.vtt, Talk.en.srt, Talk.transcript.vtt and Talk.txt beside it. Meeting tools append the picture's
size to the video's name, or name the chat "chat.txt".
"""

import re
from pathlib import Path

import msgspec

from editor.media.formats.file_format import HEAD_BYTES, is_text, looks_like_subtitles
from editor.media.formats.file_suffixes import MEDIA_SUFFIXES, SUBTITLE_SUFFIXES

MAX_CHAT_BYTES = 1_000_000
"""A larger file is not taken for a chat."""

_SIZE_SUFFIX = re.compile(r"[_-]\d{3,4}x\d{3,4}$|[_-]as[_-]\d{3,4}x\d{3,4}$")
_CHAT_FILE_NAMES = {"chat.txt", "meeting_saved_chat.txt", "meeting_saved_new_chat.txt"}
_CHAT_SUFFIX = re.compile(r"[\s._-]*(new)?chat|[\s._-]*", re.IGNORECASE)


class Sidecars(msgspec.Struct, frozen=True):
    """The files that `find_sidecars` found beside a recording: caption files, sorted by path, and a chat or None.

    They were recognized by their names and first bytes, and not read further.
    """

    captions: tuple[Path, ...] = ()
    chat: Path | None = None


def find_sidecars(path: Path) -> Sidecars:
    """Find the captions and the chat beside a recording, by names and first bytes; none where its folder is unreadable.

    Captions are SubRip or WebVTT files named as the recording ("talk.vtt", "talk.en.srt"). The chat is a text file
    named after it ("talk.txt", "talk_chat.txt"), else a "chat.txt" where the folder has no other video.
    """
    try:
        siblings = sorted(each for each in path.absolute().parent.iterdir() if each != path.absolute())
    except OSError:
        return Sidecars()
    stem = _SIZE_SUFFIX.sub("", path.stem).casefold()
    captions = tuple(
        each
        for each in siblings
        if each.suffix.casefold() in SUBTITLE_SUFFIXES
        and _is_named_after(each.stem.casefold(), stem)
        and looks_like_subtitles(_read_head(each))
    )
    texts = [each for each in siblings if each.suffix.casefold() == ".txt" and is_text(_read_head(each))]
    chat = next((each for each in texts if _is_chat_of(each.stem.casefold(), stem)), None)
    if chat is None and not any(each.suffix.casefold() in MEDIA_SUFFIXES["video"] for each in siblings):
        chat = next((each for each in texts if each.name.casefold() in _CHAT_FILE_NAMES), None)
    return Sidecars(captions, chat)


def read_chat(sidecars: Sidecars) -> str:
    """Return the text of the chat, stripped; empty where there is none, or it is unreadable or over `MAX_CHAT_BYTES`.

    What is not UTF-8 is read as Windows-1252.
    """
    if sidecars.chat is None:
        return ""
    try:
        data = sidecars.chat.read_bytes() if sidecars.chat.stat().st_size <= MAX_CHAT_BYTES else b""
    except OSError:
        return ""
    try:
        return data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").strip()


def _is_named_after(name: str, stem: str) -> bool:
    """Return whether a name is the recording's own, or that and a suffix ("talk.en", "talk.transcript")."""
    return name == stem or name.startswith(f"{stem}.")


def _is_chat_of(name: str, stem: str) -> bool:
    return name.startswith(stem) and _CHAT_SUFFIX.fullmatch(name[len(stem) :]) is not None


def _read_head(path: Path) -> bytes:
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except OSError:
        return b""
