"""The sidecar files of a recording for the import dialog: captions, and the chat with its text."""

from pathlib import Path

import msgspec


class RecordingSidecars(msgspec.Struct, frozen=True):
    """The caption files and the chat file beside a recording, and the text of the chat; immutable.

    `chat_file` is None, and `chat` empty, where there is no chat or nothing in it.
    """

    captions: tuple[Path, ...] = ()
    chat_file: Path | None = None
    chat: str = ""


def find_recording_sidecars(path: Path) -> RecordingSidecars:
    """Find the captions and read the chat beside a recording; it reads files, so call it in the background."""
    from editor.media.sidecars import find_sidecars, read_chat

    sidecars = find_sidecars(path)
    chat = read_chat(sidecars)
    return RecordingSidecars(sidecars.captions, sidecars.chat if chat else None, chat)
