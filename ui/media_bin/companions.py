"""What comes along with a recording: the subtitles and the chat beside it, the chat read."""

from pathlib import Path

import msgspec

CHAT_BYTES = 1_000_000
"""A chat file larger than this is none."""


class Along(msgspec.Struct, frozen=True):
    """The files found beside a recording, and what the chat says."""

    captions: tuple[Path, ...] = ()
    chat_file: Path | None = None
    chat: str = ""


def found_beside(path: Path) -> Along:
    """Look for what belongs to a recording. Reads files: for the background."""
    from editor.media.companions import companions

    found = companions(path)
    chat = _read(found.chat) if found.chat is not None else ""
    return Along(found.captions, found.chat if chat else None, chat)


def _read(path: Path) -> str:
    """The text of a chat; empty where it cannot be read or is too long for one."""
    try:
        data = path.read_bytes() if path.stat().st_size <= CHAT_BYTES else b""
    except OSError:
        return ""
    try:
        return data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").strip()
