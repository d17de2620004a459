"""`./matinee demo`: make a sample webinar, play it in the editor, publish it, and attend it.

On a real screen the event page opens in the default browser, and the window stays open. On a virtual screen the demo
runs by itself: scenes in the editor, the publish dialog, then an attendee in a headless browser. It writes a
screenshot of each, closes the window and exits with code 0.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from demo.console import print_error, print_status
from demo.sample_webinar import make_sample_webinar
from editor.errors import KnownError
from editor.errors.messages import format_message
from editor.schedule.model import SECOND

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from editor.protocol.api import Session
    from ui.app.application import Application
    from ui.services.notifications import Notification

USAGE = """Usage: ./matinee demo [--output DIR]

Makes a sample webinar from media rendered on this computer, opens it in the editor, plays it, publishes it to a server
on this computer and opens its event page. The event begins there 20 seconds later.
  --output DIR   folder for media, library and screenshots (default: demo-output in the current folder)
"""
VIRTUAL_SCREEN_VARIABLE = "MATINEE_VIRTUAL_SCREEN"
"""Environment variable that the launcher sets when it has started a virtual screen."""
SESSION_DELAY_MS = 20 * SECOND
"""Delay in milliseconds from publishing to the beginning of the session: time to open the event page."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the demo: render the sample, play it in the editor, publish it, and attend it; it blocks until that is over.

    On a real screen nothing is played or attended: the sample is published, and its event page opened in a browser.

    Args:
        argv: The arguments without the program's name; None takes those of the process.

    Returns:
        The exit code. 0: done, or help was printed. 1: the sample cannot be made or, on a virtual screen, a step
            failed. 2: unknown arguments. On a real screen a later error is only printed.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] in (["-h"], ["--help"]):
        sys.stdout.write(USAGE)
        return 0
    if arguments and (arguments[0] != "--output" or len(arguments) != 2):
        sys.stderr.write(f"Unknown argument: {arguments[0]}\n\n{USAGE}")
        return 2
    output = Path(arguments[1] if arguments else "demo-output").absolute()
    try:
        webinar_id = make_sample_webinar(output)
    except KnownError as error:
        print_error(format_message(error.code, error.facts))
        return 1
    return run_demo(output, webinar_id, virtual=VIRTUAL_SCREEN_VARIABLE in os.environ)


def run_demo(output: Path, webinar_id: str, *, virtual: bool) -> int:
    """Open the webinar in the window, run the demo until the window closes, and return the exit code.

    The code is 0 on a real screen; on a virtual one it is 1 unless everything was shown.

    Args:
        output: Folder of the demo, with the library in `library`.
        webinar_id: Id of the sample webinar in that library.
        virtual: Whether the screen is a virtual one, on which nobody looks on and screenshots are taken.
    """
    from PySide6.QtWidgets import QApplication

    from editor.workspace import Workspace
    from ui.app.application import Application

    app = QApplication(["matinee"])
    app.setApplicationName("Matinee")
    program = Application(app, output / "library", lambda: Workspace(output / "library"))
    program.crash_reporter.install()
    program.window.show()
    demo = Demo(app, program, output, virtual=virtual)
    program.opened.connect(demo.begin)
    program.initialize(webinar_id)
    app.exec()
    program.delete_window()
    return demo.code


class Demo:
    """The course of the demo in an open window: playing in the editor, publishing, attending.

    Args:
        app: Qt's application.
        program: The application, which opens the sample webinar.
        output: Folder for the screenshots.
        virtual: Whether the screen is a virtual one, on which the demo plays by itself and ends by closing the window.
    """

    def __init__(self, app: "QApplication", program: "Application", output: Path, *, virtual: bool) -> None:
        self._app = app
        self._program = program
        self._output = output
        self._virtual = virtual
        self.code = 1 if virtual else 0
        """The exit code; on a virtual screen it is 0 only after everything was shown."""
        program.context.notifications.posted.connect(self._on_message)

    def begin(self) -> None:
        """Publish at once on a real screen; on a virtual one, play the scenes first. Returns before either is done."""
        if not self._virtual:
            print_status("The editor is open; close its window to end the demo")
            self._publish()
            return
        from demo.scene_player import ScenePlayer

        print_status("There is no display: this runs on a virtual screen")
        self._program.window.resize(self._program.window.screen().availableSize())
        ScenePlayer(self._program, self._take_screenshot, self._publish, self._fail).begin()

    def _take_screenshot(self, name: str) -> None:
        """Write a screenshot of the whole screen."""
        file = self._output / f"{name}.png"
        if self._program.window.screen().grabWindow(0).save(str(file)):
            print_status(f"Screenshot: {file}")
        else:
            self._fail(f"The screenshot could not be written to {file}.")

    def _publish(self) -> None:
        from demo.publisher import DemoPublisher

        DemoPublisher(self._program, SESSION_DELAY_MS, self._on_published, self._fail).begin()

    def _on_published(self, session: "Session") -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        running = self._program.sync_service.state.local_hosting
        assert running is not None
        # Attendees use the session's own link; the loopback address works on this computer in any network.
        address = f"{running.url}/w/{session.slug}"
        print_status(f"Published at {session.url}; the event begins in {SESSION_DELAY_MS // SECOND} seconds")
        if self._virtual:
            self._take_screenshot("5-published")
            self._start_attendee(address)
        elif not QDesktopServices.openUrl(QUrl(address)):
            print_status(f"No browser was found. Open {address} in a browser")

    def _start_attendee(self, address: str) -> None:
        from demo.attendee_walk import attend_session

        self._program.context.tasks.run(
            "An attendee at the event",
            lambda progress: attend_session(address, self._output, progress),
            done=self._finish,
            failed=lambda error: self._fail(format_message(error.code, error.facts)),
        )

    def _finish(self, _nothing: None) -> None:
        self.code = 0
        print_status("Done; the server stops and the window closes")
        self._program.window.close()

    def _on_message(self, message: "Notification") -> None:
        if message.kind == "error":
            self._fail(message.text)

    def _fail(self, error_text: str) -> None:
        """Print an error, and close the window on a virtual screen."""
        print_error(error_text)
        if self._virtual:
            self._program.window.close()


if __name__ == "__main__":
    sys.exit(main())
