"""Running the ffmpeg program as a child: what it is fed, how far it is, and its end.

Arguments are a list and paths absolute, so no name of a file can be taken for anything else. A cancel ends the child.
"""

import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from editor.errors import Known
from editor.progress import Progress


def run(
    arguments: Sequence[str | Path],
    target: Path,
    *,
    length_ms: int,
    feed: Iterable[bytes] = (),
    progress: Progress | None = None,
) -> None:
    """Run ffmpeg to its end.

    Args:
        arguments: all but the program, the general options and the output.
        target: the output; overwritten.
        length_ms: how long the output will be, for the progress.
        feed: what is written to its standard input.
        progress: told the milliseconds written of `length_ms`; its cancel ends the child.

    Raises:
        Known: media.no_ffmpeg, media.ffmpeg_failed with its last words.
        Cancelled: the work was given up.
    """
    program = shutil.which("ffmpeg")
    if program is None:
        raise Known("media.no_ffmpeg")
    command = [program, "-v", "error", "-y", "-progress", "pipe:1", *arguments, str(target.absolute())]
    with tempfile.TemporaryFile() as words:
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=words)
        feeder = threading.Thread(target=_feed, args=(child, feed), name="ffmpeg-feed")
        feeder.start()
        try:
            _follow(child, length_ms, progress)
        finally:
            child.kill()  # nothing to end when it has ended by itself
            feeder.join()
            child.wait()
            if child.stdout is not None:
                child.stdout.close()
        if child.returncode:
            words.seek(0)
            said = words.read().decode("utf-8", "replace").strip().splitlines()
            raise Known("media.ffmpeg_failed", reason=said[-1] if said else f"exit code {child.returncode}")


def _follow(child: subprocess.Popen[bytes], length_ms: int, progress: Progress | None) -> None:
    """Read what ffmpeg tells of its progress until it ends."""
    assert child.stdout is not None
    for line in child.stdout:
        if progress is None:
            continue
        key, _, value = line.decode("ascii", "replace").strip().partition("=")
        if key == "out_time_us" and value.lstrip("-").isdecimal():
            progress.report(max(0, min(int(value) // 1000, length_ms)), length_ms)
        else:
            progress.report(0, 0) if progress.cancelled else None
    child.wait()


def _feed(child: subprocess.Popen[bytes], feed: Iterable[bytes]) -> None:
    assert child.stdin is not None
    try:
        with child.stdin as pipe:
            for part in feed:
                pipe.write(part)
    except OSError:
        return  # it ended before it had read all; why, it says itself
