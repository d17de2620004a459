"""`python -m ui.main`: the editor.

Until the window is painted nothing is imported that it does not need; the library and all that hangs on it follow.
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from editor.workspace import Workspace
    from ui.program import Program

USAGE = """Usage: matinee [--library DIR] [--webinar ID] [--screenshot FILE] [BUNDLE …]

Opens the editor.
  --library DIR      the library's folder; your own unless given
  --webinar ID       open this webinar at once
  --screenshot FILE  write a picture of the window and end
"""
NO_DISPLAY = 2
WRONG_WORDS = 2
QUIET_MS = 700
"""How long nothing must run before a picture is taken: what came last is painted by then."""


class Asked:
    """What the command line asks for.

    Raises:
        ValueError: a word that means nothing, with that word.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.library: Path | None = None
        self.webinar: str | None = None
        self.screenshot: Path | None = None
        self.files: list[Path] = []
        self.help = False
        rest = iter(words)
        for word in rest:
            if word in {"-h", "--help"}:
                self.help = True
            elif word == "--library":
                self.library = Path(_next(rest, word)).expanduser().absolute()
            elif word == "--webinar":
                self.webinar = _next(rest, word)
            elif word == "--screenshot":
                self.screenshot = Path(_next(rest, word)).absolute()
            elif word.startswith("-"):
                raise ValueError(word)
            else:
                self.files.append(Path(word).absolute())


def _next(rest: Iterator[str], word: str) -> str:
    value = next(rest, None)
    if value is None:
        raise ValueError(word)
    return value


def has_display(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a window can be shown: a display, or a platform of Qt's that needs none."""
    if platform in {"win32", "darwin"}:
        return True
    if environment.get("QT_QPA_PLATFORM", "").partition(":")[0] in {"offscreen", "minimal", "vnc", "linuxfb", "eglfs"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the editor until its window is closed; gives the exit code."""
    try:
        asked = Asked(sys.argv[1:] if argv is None else argv)
    except ValueError as error:
        sys.stderr.write(f"“{error}” means nothing here.\n\n{USAGE}")
        return WRONG_WORDS
    if asked.help:
        sys.stdout.write(USAGE)
        return 0
    if not has_display(os.environ):
        sys.stderr.write(
            "There is no display to open a window on. Try ./matinee demo: it runs on a virtual screen and writes "
            "pictures of what it does.\n"
        )
        return NO_DISPLAY
    return _run(asked)


def _run(asked: Asked) -> int:
    from PySide6.QtWidgets import QApplication

    from ui.program import Program

    app = QApplication(["matinee"])
    app.setApplicationName("Matinee")
    app.setDesktopFileName("matinee")
    root = asked.library or _default_root()

    def workspace() -> "Workspace":
        from editor.workspace import Workspace

        return Workspace(asked.library)

    program = Program(app, root, workspace)
    program.faults.install()
    if asked.screenshot is not None:
        _shoot_when_quiet(program, asked.screenshot)
    program.start(asked.webinar, tuple(asked.files))
    code = app.exec()
    program.dispose()
    return code


def _default_root() -> Path:
    from editor.workspace import default_root

    return default_root()


def _shoot_when_quiet(program: "Program", file: Path) -> None:
    """Write a picture of the window once nothing runs any more, and close it."""
    from PySide6.QtCore import QTimer

    tasks = program.common.tasks
    settled = QTimer(program, singleShot=True, interval=QUIET_MS)

    def shoot() -> None:
        if tasks.running:
            settled.start()
            return
        if not program.window.grab().save(str(file)):
            sys.stderr.write(f"The picture could not be written to {file}.\n")
        program.window.close()

    settled.timeout.connect(shoot)
    program.ready.connect(settled.start)


if __name__ == "__main__":
    sys.exit(main())
