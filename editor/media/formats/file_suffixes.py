"""File suffixes by kind of media: what the file dialogs offer, and how a file looks while it is dragged.

They only guide the user: whether a file can be read is decided by its content (`file_format`, `probe`), so a file with
another suffix can be chosen by "All files" and imported.
"""

from pathlib import Path

from editor.schedule.model import Kind

MEDIA_SUFFIXES: dict[Kind, tuple[str, ...]] = {
    "video": (".avi", ".mov", ".wmv", ".mpg", ".mpeg", ".mp4", ".m4v", ".mkv", ".webm"),
    "audio": (".mp3", ".m4a", ".wav", ".ogg", ".flac"),
    "image": (".png", ".jpg", ".jpeg", ".webp"),
    "presentation": (".pdf", ".pptx", ".odp"),
}
"""The suffixes of the kinds that are made of a file, in lower case."""
SUBTITLE_SUFFIXES = (".srt", ".vtt")
_KIND_BY_SUFFIX = {suffix: kind for kind, suffixes in MEDIA_SUFFIXES.items() for suffix in suffixes}


def guess_kind(path: Path) -> Kind | None:
    """Guess the kind of a file by the suffix of its name, in upper or lower case; None for other suffixes.

    The file is not read, so use the result for display only.
    """
    return _KIND_BY_SUFFIX.get(path.suffix.lower())
