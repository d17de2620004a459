"""The steps of preparing one media: each is made once, aside, and kept under a key that says all it came of.

A step's key is made of its name, its parameters, the tools' versions and the recipe; the media's own hash names the
folder. So after a crash the work goes on at the step it had come to, and a second run finds everything made. One
program at a time works on a media; the others wait and then find it made.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import BinaryIO

import av
import msgspec
import PIL

from editor.errors import Known
from editor.media.files import shown_name, write_whole
from editor.progress import Progress
from editor.protocol.manifest import File

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

RECIPE = 2
"""Raised when preparing does something otherwise that no parameter tells of: everything is made anew then."""
_TYPES = {".mp4": "video/mp4", ".webp": "image/webp", ".vtt": "text/vtt"}
_ASK_AGAIN_S = 0.2


class Made(msgspec.Struct, frozen=True):
    """One file a step has made, beside its hash."""

    name: str
    file: File


@cache
def tools() -> str:
    """The versions of what encodes.

    Raises:
        Known: media.no_ffmpeg.
    """
    program = shutil.which("ffmpeg")
    if program is None:
        raise Known("media.no_ffmpeg")
    told = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stdout
    return f"{told.splitlines()[0] if told else 'ffmpeg'}; PyAV {av.__version__}; Pillow {PIL.__version__}"


def key_of(*parameters: object) -> str:
    """A name for what comes of these parameters with today's tools and recipe."""
    return hashlib.sha256(json.dumps([RECIPE, tools(), *parameters], default=str).encode()).hexdigest()[:16]


def is_there(path: Path, file: File) -> bool:
    """Whether a file is there, and whole: a power cut may leave less than was written."""
    try:
        return path.stat().st_size == file.size
    except OSError:
        return False


class Steps:
    """The steps of one media, whose folder is `place`."""

    def __init__(self, place: Path, progress: Progress) -> None:
        self.place = place
        self._progress = progress

    def path(self, file: File) -> Path:
        """Where a file is that a step made."""
        return self.place / "files" / file.sha256

    def __call__(self, name: str, parameters: object, make: Callable[[Path], list[Path]]) -> tuple[Made, ...]:
        """What a step makes, or has made before.

        Args:
            name: the step's.
            parameters: what it depends on beside the media, as JSON can tell it.
            make: fills a folder aside and gives the files to keep.

        Raises:
            Known: media.unwritable, and what `make` raises.
            Cancelled: the work was given up.
        """
        told = self.place / f"step-{name}-{key_of(parameters)}.json"
        with suppress(OSError, msgspec.DecodeError):  # not made yet, or not whole: it is made now
            made = msgspec.json.decode(told.read_bytes(), type=tuple[Made, ...])
            if all(is_there(self.path(each.file), each.file) for each in made):
                return made
        self._progress.wait()
        try:
            with tempfile.TemporaryDirectory(prefix=".making-", dir=self.place) as aside:
                made = tuple(Made(file.name, self._keep(file)) for file in make(Path(aside)))
        except OSError as error:
            raise _unwritable(self.place, error) from error
        write_whole(told, msgspec.json.encode(made))
        return made

    def _keep(self, file: Path) -> File:
        with file.open("rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
        kept = File(sha256=sha256, size=file.stat().st_size, type=_TYPES.get(file.suffix, "application/json"))
        target = self.path(kept)
        target.parent.mkdir(exist_ok=True)
        file.replace(target)
        return kept

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one, in this program and others, who works on this media; throw away what a crash left aside.

        Raises:
            Known: media.unwritable.
            Cancelled: the work was given up while waiting.
        """
        try:
            self.place.mkdir(parents=True, exist_ok=True)
            lock = (self.place / "lock").open("ab")
        except OSError as error:
            raise _unwritable(self.place, error) from error
        with lock:
            while not _locked(lock):
                self._progress.wait()
                time.sleep(_ASK_AGAIN_S)
            for left in self.place.glob(".making-*"):
                shutil.rmtree(left, ignore_errors=True)
            yield


def _locked(lock: BinaryIO) -> bool:
    """Lock a file if nobody has; it is let go when it is closed, or its program dies."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _unwritable(place: Path, error: OSError) -> Known:
    return Known("media.unwritable", folder=shown_name(place.parent), reason=error.strerror or str(error))
