"""What comes along with a recording: the subtitles and the chat beside it, the chat read."""

from pathlib import Path

import msgspec


class RecordingSidecars(msgspec.Struct, frozen=True):
    """The files found beside a recording, and what the chat says."""

    captions: tuple[Path, ...] = ()
    chat_file: Path | None = None
    chat: str = ""


def find_recording_sidecars(path: Path) -> RecordingSidecars:
    """Look for what belongs to a recording. Reads files: for the background."""
    from editor.media.sidecars import find_sidecars, read_chat

    sidecars = find_sidecars(path)
    chat = read_chat(sidecars)
    return RecordingSidecars(sidecars.captions, sidecars.chat if chat else None, chat)
