"""`./matinee demo`: a sample webinar, made on the spot, played in the editor, published, and attended.

On a screen of the person's own the room opens in their browser, and the window stays. On a virtual one everything is
gone through by itself: scenes in the editor, the publish dialog, then a guest in a browser without a window; a picture
of each is written, and everything ends in good order.
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

Makes a sample webinar from media rendered on the spot, opens it in the editor, plays it, publishes it to a hosting on
this computer and opens its room. It begins there 20 seconds later.
  --output DIR   where media, library and pictures go; demo-output in the current folder unless given
"""
VIRTUAL_SCREEN_VARIABLE = "MATINEE_VIRTUAL_SCREEN"
"""Set by the launcher where it started the screen."""
SESSION_DELAY_MS = 20 * SECOND
"""How soon after it is published the session begins: time to find the room."""


def main(argv: Sequence[str] | None = None) -> int:
    """Give the demo; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] in (["-h"], ["--help"]):
        sys.stdout.write(USAGE)
        return 0
    if arguments and (arguments[0] != "--output" or len(arguments) != 2):
        sys.stderr.write(f"“{arguments[0]}” means nothing here.\n\n{USAGE}")
        return 2
    output = Path(arguments[1] if arguments else "demo-output").absolute()
    try:
        webinar_id = make_sample_webinar(output)
    except KnownError as error:
        print_error(format_message(error.code, error.facts))
        return 1
    return run_demo(output, webinar_id, virtual=VIRTUAL_SCREEN_VARIABLE in os.environ)


def run_demo(output: Path, webinar_id: str, *, virtual: bool) -> int:
    """Open the webinar in the window and go through the demo until the window is closed."""
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
    """What is shown, one thing after another."""

    def __init__(self, app: "QApplication", program: "Application", output: Path, *, virtual: bool) -> None:
        self._app = app
        self._program = program
        self._output = output
        self._virtual = virtual
        self.code = 1 if virtual else 0
        """The exit code: where nobody watches, 0 once all was shown."""
        program.context.notifications.posted.connect(self._on_message)

    def begin(self) -> None:
        """Play in the editor, where nobody is there to press play; then publish."""
        if not self._virtual:
            print_status("The editor is open; close its window to end the demo")
            self._publish()
            return
        from demo.scene_player import ScenePlayer

        print_status("There is no display: this runs on a virtual screen")
        self._program.window.resize(self._program.window.screen().availableSize())
        ScenePlayer(self._program, self._take_screenshot, self._publish, self._fail).begin()

    def _take_screenshot(self, name: str) -> None:
        """Write a picture of the whole screen."""
        file = self._output / f"{name}.png"
        if self._program.window.screen().grabWindow(0).save(str(file)):
            print_status(f"Shown: {file}")
        else:
            self._fail(f"The picture could not be written to {file}.")

    def _publish(self) -> None:
        from demo.publisher import DemoPublisher

        DemoPublisher(self._program, SESSION_DELAY_MS, self._on_published, self._fail).begin()

    def _on_published(self, session: "Session") -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        running = self._program.hosting.local_hosting
        assert running is not None
        # Guests take the link of the session; on this computer itself the room is reached in any network.
        address = f"{running.url}/w/{session.slug}"
        print_status(f"Published. The room is at {session.url} and begins in {SESSION_DELAY_MS // SECOND} seconds")
        if self._virtual:
            self._take_screenshot("5-published")
            self._start_attendee(address)
        elif not QDesktopServices.openUrl(QUrl(address)):
            print_status(f"No browser was found to open it with. Open {address} in one")

    def _start_attendee(self, address: str) -> None:
        from demo.attendee_walk import attend_session

        self._program.context.tasks.run(
            "A guest in the room",
            lambda progress: attend_session(address, self._output, progress),
            done=self._finish,
            failed=lambda known: self._fail(format_message(known.code, known.facts)),
        )

    def _finish(self, _nothing: None) -> None:
        self.code = 0
        print_status("That was all; the hosting stops, and the window closes")
        self._program.window.close()

    def _on_message(self, message: "Notification") -> None:
        if message.kind == "error":
            self._fail(message.text)

    def _fail(self, complaint: str) -> None:
        """Say what is the matter; a window that nobody sees is of no use then."""
        print_error(complaint)
        if self._virtual:
            self._program.window.close()


if __name__ == "__main__":
    sys.exit(main())
