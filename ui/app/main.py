"""Entry point of the editor: `python -m ui.app.main`.

Before the window is painted only what it needs is imported; the library follows.
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from editor.workspace import Workspace
    from ui.app.application import Application

USAGE = """Usage: matinee [--library DIR] [--webinar ID] [--screenshot FILE] [BUNDLE …]

Opens the editor.
  --library DIR      the library's folder; your own unless given
  --webinar ID       open this webinar at once
  --screenshot FILE  write a picture of the window and end
"""
NO_DISPLAY = 2
USAGE_ERROR = 2
IDLE_MS = 700
"""How long no task must run before the picture is taken, so that everything is painted."""


class CommandLineOptions:
    """The parsed command line: `library`, `webinar`, `screenshot` (None where not given), `files`, and `help`.

    Paths are made absolute.

    Args:
        arguments: the arguments without the program's name.

    Raises:
        ValueError: an unknown option, or one without its value; the message is that option.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        self.library: Path | None = None
        self.webinar: str | None = None
        self.screenshot: Path | None = None
        self.files: list[Path] = []
        self.help = False
        remaining = iter(arguments)
        for argument in remaining:
            if argument in {"-h", "--help"}:
                self.help = True
            elif argument == "--library":
                self.library = Path(_next_value(remaining, argument)).expanduser().absolute()
            elif argument == "--webinar":
                self.webinar = _next_value(remaining, argument)
            elif argument == "--screenshot":
                self.screenshot = Path(_next_value(remaining, argument)).absolute()
            elif argument.startswith("-"):
                raise ValueError(argument)
            else:
                self.files.append(Path(argument).absolute())


def _next_value(remaining: Iterator[str], option: str) -> str:
    value = next(remaining, None)
    if value is None:
        raise ValueError(option)
    return value


def has_display(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Return whether a window can be shown: there is a display, or Qt's platform plugin needs none.

    Args:
        environment: the environment variables, such as `os.environ`.
        platform: as `sys.platform` names it; True for "win32" and "darwin" in any case.
    """
    if platform in {"win32", "darwin"}:
        return True
    if environment.get("QT_QPA_PLATFORM", "").partition(":")[0] in {"offscreen", "minimal", "vnc", "linuxfb", "eglfs"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the editor until its window is closed.

    Args:
        argv: the arguments without the program's name; None takes those of the process.

    Returns:
        The exit code: 0, or 2 for arguments that are not understood, and where there is no display.
    """
    try:
        options = CommandLineOptions(sys.argv[1:] if argv is None else argv)
    except ValueError as error:
        sys.stderr.write(f"“{error}” means nothing here.\n\n{USAGE}")
        return USAGE_ERROR
    if options.help:
        sys.stdout.write(USAGE)
        return 0
    if not has_display(os.environ):
        sys.stderr.write(
            "There is no display to open a window on. Try ./matinee demo: it runs on a virtual screen and writes "
            "pictures of what it does.\n"
        )
        return NO_DISPLAY
    return _run(options)


def _run(options: CommandLineOptions) -> int:
    from PySide6.QtWidgets import QApplication

    from ui.app.application import Application

    app = QApplication(["matinee"])
    app.setApplicationName("Matinee")
    app.setDesktopFileName("matinee")
    root = options.library or _default_root()

    def make_workspace() -> "Workspace":
        from editor.workspace import Workspace

        return Workspace(options.library)

    application = Application(app, root, make_workspace)
    application.crash_reporter.install()
    if options.screenshot is not None:
        _take_screenshot_when_idle(application, options.screenshot)
    application.start(options.webinar, tuple(options.files))
    code = app.exec()
    application.delete_window()
    return code


def _default_root() -> Path:
    from editor.workspace import get_default_root

    return get_default_root()


def _take_screenshot_when_idle(application: "Application", file: Path) -> None:
    """Save a picture of the window once no background task runs, and close it."""
    from PySide6.QtCore import QTimer

    tasks = application.context.tasks
    idle_timer = QTimer(application, singleShot=True, interval=IDLE_MS)

    def take_screenshot() -> None:
        if tasks.running:
            idle_timer.start()
            return
        if not application.window.grab().save(str(file)):
            sys.stderr.write(f"The picture could not be written to {file}.\n")
        application.window.close()

    idle_timer.timeout.connect(take_screenshot)
    application.ready.connect(idle_timer.start)


if __name__ == "__main__":
    sys.exit(main())
