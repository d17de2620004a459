"""PowerPoint and OpenDocument presentations become PDF through LibreOffice, where it is installed.

Each run has a user installation of its own, so it neither meets a LibreOffice that is open nor its settings. The file
is given to it under a plain name: it does not take every name there can be.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from editor.errors import Known
from editor.media.files import reading, regular, shown_name
from editor.media.kinds import Reader
from editor.progress import Progress

LONGEST_MS = 180_000
"""After this a conversion is given up; 30 slides take about three seconds."""
_LOOK_EVERY_S = 0.1

_ELSEWHERE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
)


def program() -> str | None:
    """Where LibreOffice is, or None."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _ELSEWHERE if Path(place).exists()), None)


def to_pdf(
    path: Path, kind: Reader, target: Path, progress: Progress | None = None, *, longest_ms: int = LONGEST_MS
) -> None:
    """Convert a presentation to a PDF at `target`.

    Raises:
        Known: media.no_office where LibreOffice is missing; media.office_failed; media.office_slow; media.unwritable.
        Cancelled: the work was given up; LibreOffice is ended.
    """
    office = program()
    if office is None:
        raise Known("media.no_office", name=shown_name(path))
    regular(path)
    with tempfile.TemporaryDirectory(prefix="matinee-slides-", ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        deck = room / f"deck.{kind}"
        with reading(path):
            shutil.copyfile(path, deck)
        command = [
            office,
            f"-env:UserInstallation={(room / 'profile').as_uri()}",
            *("--headless", "--norestore", "--convert-to", "pdf:impress_pdf_Export", "--outdir", folder, str(deck)),
        ]
        said = _run(command, path, progress, longest_ms)
        made = room / "deck.pdf"
        if not made.exists() or made.stat().st_size == 0:
            raise Known("media.office_failed", name=shown_name(path), reason=said)
        try:
            shutil.copyfile(made, target)
        except OSError as error:
            raise Known("media.unwritable", folder=str(target.parent), reason=error.strerror or str(error)) from error


def _run(command: list[str], path: Path, progress: Progress | None, longest_ms: int) -> str:
    """Run LibreOffice to its end and give its last words; a cancel or the time limit ends it and its children."""
    begun = time.monotonic()
    with tempfile.TemporaryFile() as words:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=words, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            while True:
                try:
                    child.wait(_LOOK_EVERY_S)
                    break
                except subprocess.TimeoutExpired:
                    if progress is not None:
                        progress.report(0, 0)
                if (time.monotonic() - begun) * 1000 > longest_ms:
                    raise Known("media.office_slow", name=shown_name(path), limit_ms=longest_ms)
        finally:
            _end(child)
        words.seek(0)
        lines = words.read(1 << 16).decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else f"exit code {child.returncode}"


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and what it started: `soffice` is a script around the real program."""
    if child.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
        child.wait()
