"""What other tools leave beside a recording: subtitles and the chat, found by their names.

Talk.mp4 has Talk.vtt, Talk.en.srt, Talk.transcript.vtt and Talk.txt beside it; meeting tools add the picture's size
to the video's name, or call the chat plainly "chat.txt".
"""

import re
from pathlib import Path

import msgspec

from editor.media.kinds import HEAD, is_text, looks_like_subtitles

CHAT_BYTES = 1_000_000
"""A chat file larger than this is none."""

_CAPTIONS = {".srt", ".vtt"}
_SIZE = re.compile(r"[_-]\d{3,4}x\d{3,4}$|[_-]as[_-]\d{3,4}x\d{3,4}$")
_PLAIN_CHATS = {"chat.txt", "meeting_saved_chat.txt", "meeting_saved_new_chat.txt"}
_CHAT = re.compile(r"[\s._-]*(new)?chat|[\s._-]*", re.IGNORECASE)
_VIDEOS = {".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".wmv", ".mpg", ".mpeg"}


class Companions(msgspec.Struct, frozen=True):
    """What lies beside a recording: its subtitles by name, and its chat."""

    captions: tuple[Path, ...] = ()
    chat: Path | None = None


def companions(path: Path) -> Companions:
    """Find the subtitles and the chat of a recording; nothing where its folder cannot be read."""
    try:
        beside = sorted(each for each in path.absolute().parent.iterdir() if each != path.absolute())
    except OSError:
        return Companions()
    stem = _SIZE.sub("", path.stem).casefold()
    captions = tuple(
        each
        for each in beside
        if each.suffix.casefold() in _CAPTIONS
        and _belongs(each.stem.casefold(), stem)
        and looks_like_subtitles(_head(each))
    )
    texts = [each for each in beside if each.suffix.casefold() == ".txt" and is_text(_head(each))]
    chat = next((each for each in texts if _is_chat_of(each.stem.casefold(), stem)), None)
    if chat is None and not any(each.suffix.casefold() in _VIDEOS for each in beside):
        chat = next((each for each in texts if each.name.casefold() in _PLAIN_CHATS), None)
    return Companions(captions, chat)


def chat_of(found: Companions) -> str:
    """What the chat says; empty where there is none, or it cannot be read, or is too long for one."""
    if found.chat is None:
        return ""
    try:
        data = found.chat.read_bytes() if found.chat.stat().st_size <= CHAT_BYTES else b""
    except OSError:
        return ""
    try:
        return data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").strip()


def _belongs(name: str, stem: str) -> bool:
    """Whether a name is the recording's own, or that with something after a dot ("talk.en", "talk.transcript")."""
    return name == stem or name.startswith(f"{stem}.")


def _is_chat_of(name: str, stem: str) -> bool:
    return name.startswith(stem) and _CHAT.fullmatch(name[len(stem) :]) is not None


def _head(path: Path) -> bytes:
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError:
        return b""
