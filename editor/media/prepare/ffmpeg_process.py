"""Running the ffmpeg program as a child process: input, progress, pause and cancel.

Arguments are a list and paths are absolute, so no file name can be taken for an option. A cancel kills the child, a
pause suspends it, and on Linux it dies with this program.
"""

import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from editor.errors import KnownError
from editor.progress import Progress


def run_ffmpeg(
    arguments: Sequence[str | Path],
    target: Path,
    *,
    length_ms: int,
    input_chunks: Iterable[bytes] = (),
    progress: Progress | None = None,
) -> None:
    """Run ffmpeg and wait for it to end.

    Args:
        arguments: All arguments but the program, the general options and the output.
        target: The output file, overwritten; after an error or a cancel it may be incomplete.
        length_ms: Length of the output in milliseconds, for the progress.
        input_chunks: Bytes for the standard input, taken on another thread.
        progress: Receives milliseconds of output; its cancel kills the child, its pause suspends it.

    Raises:
        KnownError: ``media.no_ffmpeg``; ``media.ffmpeg_failed`` with the last line of output.
        CancelledError: The progress was cancelled.
    """
    program = shutil.which("ffmpeg")
    if program is None:
        raise KnownError("media.no_ffmpeg")
    command = [
        *_die_with_parent_prefix(),
        program,
        "-v",
        "error",
        "-y",
        "-progress",
        "pipe:1",
        *arguments,
        str(target.absolute()),
    ]
    with tempfile.TemporaryFile() as stderr:
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr)
        feeder = threading.Thread(target=_write_input, args=(child, input_chunks), name="ffmpeg-feed")
        feeder.start()
        try:
            _report_progress(child, length_ms, progress)
        finally:
            child.kill()  # no effect after a normal exit
            feeder.join()
            child.wait()
            if child.stdout is not None:
                child.stdout.close()
        if child.returncode:
            stderr.seek(0)
            error_lines = stderr.read().decode("utf-8", "replace").strip().splitlines()
            raise KnownError(
                "media.ffmpeg_failed", reason=error_lines[-1] if error_lines else f"exit code {child.returncode}"
            )


def _report_progress(child: subprocess.Popen[bytes], length_ms: int, progress: Progress | None) -> None:
    """Read ffmpeg's progress output until it exits."""
    assert child.stdout is not None
    for line in child.stdout:
        if progress is None:
            continue
        if progress.is_paused:
            with _suspended(child):
                progress.wait()
        key, _, value = line.decode("ascii", "replace").strip().partition("=")
        if key == "out_time_us" and value.lstrip("-").isdecimal():
            progress.report(max(0, min(int(value) // 1000, length_ms)), length_ms)
        else:
            progress.wait()
    child.wait()


def _write_input(child: subprocess.Popen[bytes], input_chunks: Iterable[bytes]) -> None:
    assert child.stdin is not None
    try:
        with child.stdin as pipe:
            for chunk in input_chunks:
                pipe.write(chunk)
    except OSError:
        return  # ffmpeg exited early; its exit code and standard error give the reason


@contextmanager
def _suspended(child: subprocess.Popen[bytes]) -> Iterator[None]:
    """Suspend the child, which keeps its memory and uses no processor time.

    Windows has no such signal; there the child runs on until the pipe of its progress, which is not read, is full.
    """
    if sys.platform != "win32":
        child.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        if sys.platform != "win32":
            child.send_signal(signal.SIGCONT)


@cache
def _die_with_parent_prefix() -> tuple[str, ...]:
    """Return the command prefix with which a child dies together with this program; empty where there is none."""
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    if setpriv is None:
        return ()
    prefix = (setpriv, "--pdeath-signal", "KILL", "--")
    probe = subprocess.run([*prefix, "true"], capture_output=True, check=False)
    return prefix if probe.returncode == 0 else ()
