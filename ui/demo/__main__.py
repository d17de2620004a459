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

from editor.errors import Known
from editor.schedule.model import SECOND
from editor.sentences import sentence
from ui.demo.telling import complain, say
from ui.demo.webinar import make

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from editor.protocol.api import Session
    from ui.messages import Message
    from ui.program import Program

USAGE = """Usage: ./matinee demo [--output DIR]

Makes a sample webinar from media rendered on the spot, opens it in the editor, plays it, publishes it to a hosting on
this computer and opens its room. It begins there 20 seconds later.
  --output DIR   where media, library and pictures go; demo-output in the current folder unless given
"""
VIRTUAL = "MATINEE_VIRTUAL_SCREEN"
"""Set by the launcher where it started the screen."""
BEGINS_IN_MS = 20 * SECOND
"""How soon after it is published the session begins: time to find the room."""


def main(argv: Sequence[str] | None = None) -> int:
    """Give the demo; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] in (["-h"], ["--help"]):
        sys.stdout.write(USAGE)
        return 0
    if words and (words[0] != "--output" or len(words) != 2):
        sys.stderr.write(f"“{words[0]}” means nothing here.\n\n{USAGE}")
        return 2
    output = Path(words[1] if words else "demo-output").absolute()
    try:
        webinar_id = make(output)
    except Known as known:
        complain(sentence(known.code, known.facts))
        return 1
    return show(output, webinar_id, virtual=VIRTUAL in os.environ)


def show(output: Path, webinar_id: str, *, virtual: bool) -> int:
    """Open the webinar in the window and go through the demo until the window is closed."""
    from PySide6.QtWidgets import QApplication

    from editor.workspace import Workspace
    from ui.program import Program

    app = QApplication(["matinee"])
    app.setApplicationName("Matinee")
    program = Program(app, output / "library", lambda: Workspace(output / "library"))
    program.faults.install()
    program.window.show()
    demo = Demo(app, program, output, virtual=virtual)
    program.opened.connect(demo.begin)
    program.begin(webinar_id)
    app.exec()
    program.dispose()
    return demo.code


class Demo:
    """What is shown, one thing after another."""

    def __init__(self, app: "QApplication", program: "Program", output: Path, *, virtual: bool) -> None:
        self._app = app
        self._program = program
        self._output = output
        self._virtual = virtual
        self.code = 1 if virtual else 0
        """The exit code: where nobody watches, 0 once all was shown."""
        program.common.messages.told.connect(self._on_message)

    def begin(self) -> None:
        """Play in the editor, where nobody is there to press play; then publish."""
        if not self._virtual:
            say("The editor is open; close its window to end the demo")
            self._publish()
            return
        from ui.demo.playing import Playing

        say("There is no display: this runs on a virtual screen")
        self._program.window.resize(self._program.window.screen().availableSize())
        Playing(self._program, self._shoot, self._publish, self._fail).begin()

    def _shoot(self, name: str) -> None:
        """Write a picture of the whole screen."""
        file = self._output / f"{name}.png"
        if self._program.window.screen().grabWindow(0).save(str(file)):
            say(f"Shown: {file}")
        else:
            self._fail(f"The picture could not be written to {file}.")

    def _publish(self) -> None:
        from ui.demo.publishing import Publishing

        Publishing(self._program, BEGINS_IN_MS, self._on_published, self._fail).begin()

    def _on_published(self, session: "Session") -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        running = self._program.hosting.running
        assert running is not None
        # Guests take the link of the session; on this computer itself the room is reached in any network.
        address = f"{running.url}/w/{session.slug}"
        say(f"Published. The room is at {session.url} and begins in {BEGINS_IN_MS // SECOND} seconds")
        if self._virtual:
            self._shoot("5-published")
            self._attend(address)
        elif not QDesktopServices.openUrl(QUrl(address)):
            say(f"No browser was found to open it with. Open {address} in one")

    def _attend(self, address: str) -> None:
        from ui.demo.attending import attend

        self._program.common.tasks.run(
            "A guest in the room",
            lambda progress: attend(address, self._output, progress),
            done=self._end,
            failed=lambda known: self._fail(sentence(known.code, known.facts)),
        )

    def _end(self, _nothing: None) -> None:
        self.code = 0
        say("That was all; the hosting stops, and the window closes")
        self._program.window.close()

    def _on_message(self, message: "Message") -> None:
        if message.kind == "error":
            self._fail(message.text)

    def _fail(self, complaint: str) -> None:
        """Say what is the matter; a window that nobody sees is of no use then."""
        complain(complaint)
        if self._virtual:
            self._program.window.close()


if __name__ == "__main__":
    sys.exit(main())
