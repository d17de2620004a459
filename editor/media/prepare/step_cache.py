"""A cache of the steps of preparing one media, keyed by everything that a step's output depends on.

A step's key is made of its name, its parameters, the versions of the tools and the recipe; the media's hash names the
folder. So work continues after a crash at the interrupted step, and a second run finds everything. One program at a
time works on a media; others wait and then find it prepared.
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

from editor.atomic_file import replace_file
from editor.errors import KnownError
from editor.media.files import display_name, write_atomically
from editor.private_files import create_private_file, make_private_folder
from editor.progress import Progress
from editor.protocol.manifest import PreparedFile

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

RECIPE_VERSION = 2
"""Increased when preparing changes in a way that no parameter shows; everything is prepared again then."""
_TYPES = {".mp4": "video/mp4", ".webp": "image/webp", ".vtt": "text/vtt"}
_LOCK_POLL_S = 0.2


class StepOutput(msgspec.Struct, frozen=True):
    """One output file of a step, immutable: the name the step gave it, and hash, size and type of the stored file."""

    name: str
    file: PreparedFile


@cache
def find_tool_versions() -> str:
    """Return the versions of ffmpeg, PyAV and Pillow as one line of text, found once per run of the program.

    Raises:
        KnownError: ``media.no_ffmpeg``.
    """
    program = shutil.which("ffmpeg")
    if program is None:
        raise KnownError("media.no_ffmpeg")
    version_text = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stdout
    return (
        f"{version_text.splitlines()[0] if version_text else 'ffmpeg'}; PyAV {av.__version__}; Pillow {PIL.__version__}"
    )


def make_step_key(*parameters: object) -> str:
    """Return the key, 16 hexadecimal digits, of parameters (JSON values) with the current tools and recipe.

    Raises:
        KnownError: ``media.no_ffmpeg``.
    """
    return hashlib.sha256(
        json.dumps([RECIPE_VERSION, find_tool_versions(), *parameters], default=str).encode()
    ).hexdigest()[:16]


def is_intact(path: Path, file: PreparedFile) -> bool:
    """Return whether a file exists and has the size of `file`, which a power cut may change; it is not hashed."""
    try:
        return path.stat().st_size == file.size
    except OSError:
        return False


class StepCache:
    """The outputs of the steps that prepare one media, cached in its folder. Calling it, inside `lock`, runs a step.

    Args:
        folder: Folder of the prepared media, created by `lock`.
        progress: Its pause is heeded, and its cancel takes effect, before each step.
    """

    def __init__(self, folder: Path, progress: Progress) -> None:
        self.folder = folder
        self._progress = progress

    def file_path(self, file: PreparedFile) -> Path:
        """Return the path of a step's output file, named by its hash; it need not exist."""
        return self.folder / "files" / file.sha256

    def __call__(self, name: str, parameters: object, make: Callable[[Path], list[Path]]) -> tuple[StepOutput, ...]:
        """Run a step unless its outputs are cached, and return them.

        Args:
            name: Name of the step.
            parameters: Everything the step depends on beside the media, as JSON values.
            make: Fills a temporary folder and returns the files to keep.

        Raises:
            KnownError: ``media.unwritable``, and the errors of `make`.
            CancelledError: The progress was cancelled.
        """
        record_file = self.folder / f"step-{name}-{make_step_key(parameters)}.json"
        with suppress(OSError, msgspec.DecodeError):  # not cached, or damaged
            outputs = msgspec.json.decode(record_file.read_bytes(), type=tuple[StepOutput, ...])
            if all(is_intact(self.file_path(each.file), each.file) for each in outputs):
                return outputs
        self._progress.wait()
        try:
            with tempfile.TemporaryDirectory(prefix=".making-", dir=self.folder) as temporary:
                outputs = tuple(StepOutput(file.name, self._store_file(file)) for file in make(Path(temporary)))
        except OSError as error:
            raise _unwritable_error(self.folder, error) from error
        write_atomically(record_file, msgspec.json.encode(outputs))
        return outputs

    def _store_file(self, file: Path) -> PreparedFile:
        with file.open("rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
        stored = PreparedFile(sha256=sha256, size=file.stat().st_size, type=_TYPES.get(file.suffix, "application/json"))
        target = self.file_path(stored)
        make_private_folder(target.parent)
        # The record of the step is written after this: it must never name a file that a power cut can still empty.
        replace_file(file, target)
        return stored

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Lock the media in a `with` block against other threads and programs, and wait as long as one of them has it.

        Temporary folders that a crash left are deleted.

        Raises:
            KnownError: ``media.unwritable``.
            CancelledError: The progress was cancelled while waiting.
        """
        try:
            make_private_folder(self.folder)
            create_private_file(self.folder / "lock")
            lock = (self.folder / "lock").open("ab")
        except OSError as error:
            raise _unwritable_error(self.folder, error) from error
        with lock:
            while not _try_lock(lock):
                self._progress.wait()
                time.sleep(_LOCK_POLL_S)
            for leftover in self.folder.glob(".making-*"):
                shutil.rmtree(leftover, ignore_errors=True)
            yield


def _try_lock(lock: BinaryIO) -> bool:
    """Try to lock a file; the lock ends when the file is closed or the program dies."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _unwritable_error(folder: Path, error: OSError) -> KnownError:
    return KnownError("media.unwritable", folder=display_name(folder.parent), reason=error.strerror or str(error))
