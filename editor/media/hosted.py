"""Stand-ins: copies from the hosting that previews show of media whose files are not on this machine.

A stand-in is made of what the hosting prepared for attendees, and is never taken for the file itself: it is not
exported, not prepared again, and goes when the file is found. Under `cache/hosted/` lie

* `<media's hash>/stand-in.json` what there is of it, written last, so that there is all of it or nothing;
* `<media's hash>/play.mp4`, `play.m4a`, `still.webp`, `page-<n>.webp` what is shown;
* `<media's hash>/drawn/` thumbnails, waveform and pictures made of those: they go with it;
* `<media's hash>/coming/` files on their way here;
* `captions/<caption file's hash>.json` cues.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

import av
import ffmpeg as graph
import msgspec
from av.error import FFmpegError

from editor.media import ffmpeg
from editor.media.captions import Cue
from editor.media.files import write_whole
from editor.media.streams import base_of, milliseconds, origin_of
from editor.progress import Progress

RECIPE = 1
"""Raised when stand-ins are made otherwise: those made before are fetched anew."""
NEAR_MS = 1
"""How far a part may begin from where the manifest says; its milliseconds are rounded."""


class StandIn(msgspec.Struct, frozen=True, kw_only=True):
    """What there is of one media, by names inside its folder."""

    recipe: int = RECIPE
    file: str = ""
    """What plays, or the picture; empty for a presentation."""
    pages: tuple[str, ...] = ()
    """A presentation's pages, first to last."""


class StandIns:
    """The stand-ins of one library."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def of(self, sha256: str) -> StandIn | None:
        """What there is of a media; None where nothing is, or not all."""
        try:
            found = msgspec.json.decode((self._root / sha256 / "stand-in.json").read_bytes(), type=StandIn)
        except (OSError, msgspec.DecodeError):
            return None
        named = (*((found.file,) if found.file else ()), *found.pages)
        whole = found.recipe == RECIPE and all((self._root / sha256 / name).exists() for name in named)
        return found if whole and named else None

    def path(self, sha256: str) -> Path | None:
        """The file that plays, or the picture."""
        found = self.of(sha256)
        return self._root / sha256 / found.file if found is not None and found.file else None

    def page(self, sha256: str, page: int) -> Path | None:
        """The picture of a presentation's page, counted from 0."""
        found = self.of(sha256)
        return self._root / sha256 / found.pages[page] if found and 0 <= page < len(found.pages) else None

    def folder(self, sha256: str) -> Path:
        """Where a media's stand-in lies, or will."""
        return self._root / sha256

    def drawn(self, sha256: str) -> Path:
        """Where what is drawn of a stand-in lies."""
        return self._root / sha256 / "drawn"

    def keep(self, sha256: str, made: StandIn) -> None:
        """From now on there is this of a media; its files are in place. What is still on its way is forgotten.

        Raises:
            Known: media.unwritable.
        """
        folder = self.folder(sha256)
        shutil.rmtree(folder / "drawn", ignore_errors=True)
        write_whole(folder / "stand-in.json", msgspec.json.encode(made), durable=True)
        shutil.rmtree(folder / "coming", ignore_errors=True)

    def drop(self, sha256: str) -> None:
        """The media itself is here: its stand-in goes, with all that was drawn of it."""
        folder = self.folder(sha256)
        if folder.exists():
            # First what says that it is whole, so that nobody finds half of it.
            (folder / "stand-in.json").unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)

    # ---------------------------------------------------------------------------------------------- captions

    def cues(self, sha256: str) -> tuple[Cue, ...] | None:
        """The cues of a caption file that is not here, by its own hash."""
        try:
            return msgspec.json.decode(self._cues(sha256).read_bytes(), type=tuple[Cue, ...])
        except (OSError, msgspec.DecodeError):
            return None

    def keep_cues(self, sha256: str, cues: Sequence[Cue]) -> None:
        """Keep the cues of a caption file.

        Raises:
            Known: media.unwritable.
        """
        write_whole(self._cues(sha256), msgspec.json.encode(cues))

    def _cues(self, sha256: str) -> Path:
        return self._root / "captions" / f"{sha256}.json"


def join(
    picture: Path | None, sound: Path | None, target: Path, length_ms: int, progress: Progress | None = None
) -> None:
    """Put a picture and a sound into one file as they are; every time stamp stays what it is.

    Args:
        picture: a CMAF file with one stream of pictures.
        sound: one with sound; either may be missing, not both.
        target: an .mp4 or .m4a file.
        length_ms: how long they are, for the progress.
        progress: told milliseconds; its cancel ends the work.

    Raises:
        Known: media.no_ffmpeg, media.ffmpeg_failed.
        Cancelled: the work was given up.
    """
    # Read as MP4 and nothing else: a playlist in its place must not open other files.
    streams = [
        graph.input(str(path.absolute()), format="mp4")[kind]
        for path, kind in ((picture, "v:0"), (sound, "a:0"))
        if path is not None
    ]
    output = graph.output(*streams, str(target), c="copy", copyts=None, map_metadata=-1)
    ffmpeg.run(list(output.get_args())[:-1], target, length_ms=length_ms, progress=progress)


def agrees(file: Path, starts: Sequence[int]) -> bool:
    """Whether a joined file begins at 0 of the media's axis, and each part of its picture where the manifest says.

    Args:
        file: what `join` made.
        starts: where the picture's parts begin, in ms; none where there is sound alone.
    """
    try:
        with av.open(str(file), format="mp4") as container:
            if not starts:
                return bool(container.streams.audio) and abs(milliseconds(origin_of(container))) <= NEAR_MS
            stream = container.streams.video[0]
            base, origin = base_of(stream), origin_of(container)
            keys = [milliseconds(each.timestamp * base - origin) for each in stream.index_entries if each.is_keyframe]
    except (FFmpegError, IndexError):
        return False
    near = {key + by for key in keys for by in range(-NEAR_MS, NEAR_MS + 1)}
    return near.issuperset(starts)
