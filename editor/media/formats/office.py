"""Converting PowerPoint and OpenDocument presentations to PDF with LibreOffice.

Each run has a user profile of its own, so it does not interfere with an open LibreOffice or its settings. LibreOffice
is given a copy without external links (`office_links`), which is what protects the computer; besides, the profile runs
no macros and updates no links, and on Linux the process has no network where the system allows taking it away.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

from editor.errors import KnownError
from editor.media.files import display_name, require_regular_file
from editor.media.formats.file_format import FileFormat
from editor.media.formats.office_links import copy_without_links
from editor.progress import Progress

TIMEOUT_MS = 180_000
"""Timeout of a conversion in milliseconds; 30 slides take about three seconds."""
_POLL_INTERVAL_S = 0.1

_OTHER_LOCATIONS = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
)

_IMPORT_FILTERS: dict[FileFormat, str] = {"pptx": "Impress MS PowerPoint 2007 XML", "odp": "impress8"}
"""LibreOffice's name of the filter that reads a format, so that it does not choose another by the content."""
_PROFILE_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    ("org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments", "AutoCheckEnabled",
     "false"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetFTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetFTPProxyPort", "9"),
)  # fmt: skip
"""Path, name and value of the profile's settings: no macros, no links, no Java, and a proxy that nobody answers at."""


def find_libreoffice() -> str | None:
    """Return the path of the LibreOffice program, from PATH or its usual folder; None where it is in neither."""
    on_path = shutil.which("soffice") or shutil.which("libreoffice")
    return on_path or next((location for location in _OTHER_LOCATIONS if Path(location).exists()), None)


def convert_to_pdf(
    path: Path, kind: FileFormat, target: Path, progress: Progress | None = None, *, timeout_ms: int = TIMEOUT_MS
) -> None:
    """Convert a presentation to PDF by LibreOffice, a child process that takes seconds; wait for it.

    An existing target is overwritten.

    Args:
        path: The presentation; it is copied and not changed.
        kind: Its format, ``pptx`` or ``odp``.
        target: The PDF to write.
        progress: Is reported to while LibreOffice runs; its cancel kills LibreOffice.
        timeout_ms: Milliseconds after which the conversion fails.

    Raises:
        KnownError: ``media.no_office`` where LibreOffice is missing; ``media.office_failed``, ``media.office_slow``,
            ``media.unwritable``; the codes of `require_regular_file`.
        CancelledError: The progress was cancelled.
    """
    program_path = find_libreoffice()
    if program_path is None:
        raise KnownError("media.no_office", name=display_name(path))
    require_regular_file(path)
    with tempfile.TemporaryDirectory(prefix="matinee-slides-", ignore_cleanup_errors=True) as folder:
        work_folder = Path(folder)
        source_copy = work_folder / f"deck.{kind}"
        copy_without_links(path, kind, source_copy)
        _write_profile(work_folder / "profile")
        command = [
            *_cut_network_prefix(),
            program_path,
            f"-env:UserInstallation={(work_folder / 'profile').as_uri()}",
            *(
                "--headless",
                "--norestore",
                f"--infilter={_IMPORT_FILTERS[kind]}",
                "--convert-to",
                "pdf:impress_pdf_Export",
                "--outdir",
                folder,
                str(source_copy),
            ),
        ]
        last_line = _run_libreoffice(command, path, progress, timeout_ms)
        pdf = work_folder / "deck.pdf"
        if not pdf.exists() or pdf.stat().st_size == 0:
            raise KnownError("media.office_failed", name=display_name(path), reason=last_line)
        try:
            shutil.copyfile(pdf, target)
        except OSError as error:
            raise KnownError(
                "media.unwritable", folder=str(target.parent), reason=error.strerror or str(error)
            ) from error


def _write_profile(folder: Path) -> None:
    """Write a user profile in which LibreOffice runs no macros and opens no links."""
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _PROFILE_SETTINGS
    )
    file = folder / "user" / "registrymodifications.xcu"
    file.parent.mkdir(parents=True)
    file.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
        f"{items}</oor:items>\n",
        "utf-8",
    )


@cache
def _cut_network_prefix() -> tuple[str, ...]:
    """Return the command prefix with which a child has no network; empty where the system does not allow it."""
    unshare = shutil.which("unshare") if sys.platform == "linux" else None
    for options in (("--net", "--map-current-user"), ("--net",)) if unshare is not None else ():
        prefix = (unshare, *options, "--")
        if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
            return prefix
    return ()


def _run_libreoffice(command: list[str], path: Path, progress: Progress | None, timeout_ms: int) -> str:
    """Run LibreOffice and return its last line of output; a cancel or the timeout kills it and its children."""
    started = time.monotonic()
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            while True:
                try:
                    child.wait(_POLL_INTERVAL_S)
                    break
                except subprocess.TimeoutExpired:
                    if progress is not None:
                        progress.report(0, 0)
                if (time.monotonic() - started) * 1000 > timeout_ms:
                    raise KnownError("media.office_slow", name=display_name(path), limit_ms=timeout_ms)
        finally:
            _kill_process_group(child)
        output.seek(0)
        lines = output.read(1 << 16).decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else f"exit code {child.returncode}"


def _kill_process_group(child: subprocess.Popen[bytes]) -> None:
    """Kill a child process and its children: `soffice` is a script that starts the real program."""
    if child.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
        child.wait()
