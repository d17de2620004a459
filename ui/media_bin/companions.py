"""What comes along with a recording: the subtitles and the chat beside it, the chat read."""

from pathlib import Path

import msgspec


class Along(msgspec.Struct, frozen=True):
    """The files found beside a recording, and what the chat says."""

    captions: tuple[Path, ...] = ()
    chat_file: Path | None = None
    chat: str = ""


def found_beside(path: Path) -> Along:
    """Look for what belongs to a recording. Reads files: for the background."""
    from editor.media.companions import chat_of, companions

    found = companions(path)
    chat = chat_of(found)
    return Along(found.captions, found.chat if chat else None, chat)
