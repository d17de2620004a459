"""`./matinee demo`: a sample webinar, made on the spot, opened in the editor and played.

The media are rendered (nothing is shipped), laid on the two lanes by the same operations a hand would send, saved as a
version, and opened in the real window. On a screen of the person's own the window stays open; on a virtual one the
webinar is played scene by scene, a picture of the screen is written for each, and the window closes.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from editor.errors import Known
from editor.progress import Progress
from editor.schedule import build, operations
from editor.schedule.model import (
    SECOND,
    Cta,
    Media,
    Page,
    Presentation,
    ProgrammeSegment,
    Question,
    Survey,
    Video,
    Webinar,
    new_id,
)
from editor.sentences import sentence

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.program import Program

USAGE = """Usage: ./matinee demo [--output DIR]

Makes a sample webinar from media rendered on the spot, opens it in the editor and plays it.
  --output DIR   where media, library and pictures go; demo-output in the current folder unless given
"""
VIRTUAL = "MATINEE_VIRTUAL_SCREEN"
"""Set by the launcher where it started the screen."""
PATIENCE_MS = 60_000
"""How long one scene may take before the demo says that something is wrong."""


@dataclass(frozen=True)
class Scene:
    """A stretch that is played; its picture is taken at the end."""

    name: str
    from_ms: int
    until_ms: int


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
    except Known as failure:
        sys.stderr.write(sentence(failure.code, failure.facts) + "\n")
        return 1
    return show(output, webinar_id, virtual=VIRTUAL in os.environ)


# ------------------------------------------------------------------------------------------------- making it


def make(output: Path) -> str:
    """Render the media and lay out the webinar; gives its id in the library below `output`.

    Raises:
        Known: the media cannot be rendered or read, or the library cannot be written.
    """
    from editor.media import sample
    from editor.workspace import Workspace

    output.mkdir(parents=True, exist_ok=True)
    say(f"Rendering the sample's media in {output / 'media'}")
    rendered = sample.render(output / "media", Progress())
    (output / "library").mkdir(exist_ok=True)
    with Workspace(output / "library") as workspace:
        shelf = workspace.shelf
        media = tuple(shelf.take(path) for path in rendered.media)
        talk = next(each for each in media if each.kind == "video")
        captioned = shelf.attach_captions(talk, rendered.captions)
        media = tuple(captioned if each is talk else each for each in media)
        start = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT18:00:00")
        webinar_id = workspace.new("The night sky, for beginners", zone="Europe/Paris")
        document = workspace.open(webinar_id)
        document.apply(
            operations.Plan(
                start=start,
                description="Four things to find on a clear evening.",
                waiting_text="Welcome! We begin on the hour.",
                waiting_picture=media[0].sha256,
                media=media[:1],
            )
        )
        for operation in lay_out(media, build.Defaults.of(workspace.settings)):
            document.apply(operation)
        workspace.save(webinar_id, "The sample")
        # The demo shows the programme playing; the tour would lie over it.
        workspace.settings["toured"] = True
    return webinar_id


def lay_out(media: Sequence[Media], defaults: build.Defaults) -> tuple[operations.Add, ...]:
    """The operations that put the sample on its lanes: programme first, then what is offered on top of it."""
    programme: list[ProgrammeSegment] = []
    for each in media:
        at = programme[-1].end_ms if programme else 0
        programme.append(_livened(build.segment_for(each, at, defaults)))
    talk = next(segment for segment in programme if isinstance(segment, Video))
    booking = Cta(
        id=new_id(),
        start_ms=talk.start_ms + talk.play_ms // 2,
        length_ms=15 * SECOND,
        offer=new_id(),
        title="Come and look with us",
        text="A guided evening at the observatory, free for attendees.",
        label="Book your evening",
        link="https://example.org/book",
    )
    asking = Survey(
        id=new_id(),
        start_ms=talk.end_ms,
        length_ms=30 * SECOND,
        offer=new_id(),
        title="How clear was this?",
        questions=(
            Question(id=new_id(), kind="rating", text="How clear was the talk?"),
            Question(id=new_id(), text="What will you look for first?", choices=("The Plough", "Orion", "A planet")),
            Question(id=new_id(), kind="text", text="What was missing?"),
        ),
    )
    return operations.Add(segments=tuple(programme), media=tuple(media)), operations.Add(segments=(booking, asking))


def _livened(segment: ProgrammeSegment) -> ProgrammeSegment:
    """Captions and a soft beginning for the talk, and pages that turn quickly enough to be watched."""
    if isinstance(segment, Presentation):
        pages = tuple(Page(page=page.page, length_ms=6 * SECOND) for page in segment.pages)
        return replace(segment, pages=pages, out_ms=6 * SECOND * len(pages))
    return replace(segment, fade_in_ms=500) if isinstance(segment, Video) else segment


def scenes(webinar: Webinar) -> tuple[Scene, ...]:
    """What is played where nobody watches: each kind once, and the borders between them."""
    _agenda, talk, sound, slides, _thanks = webinar.programme
    booking, survey = webinar.interactions
    return (
        Scene("1-from-picture-to-talk", talk.start_ms - 2 * SECOND, talk.start_ms + 4 * SECOND),
        Scene("2-call-to-action", booking.start_ms, booking.start_ms + 3 * SECOND),
        Scene("3-survey-over-sound", sound.start_ms - 2 * SECOND, survey.start_ms + 3 * SECOND),
        Scene("4-slides", slides.start_ms - 1 * SECOND, slides.start_ms + 8 * SECOND),
    )


# ------------------------------------------------------------------------------------------------ showing it


def show(output: Path, webinar_id: str, *, virtual: bool) -> int:
    """Open the webinar in the window and play it; on a virtual screen by scenes, with pictures."""
    from PySide6.QtWidgets import QApplication

    from editor.workspace import Workspace
    from ui.program import Program

    app = QApplication(["matinee"])
    app.setApplicationName("Matinee")
    program = Program(app, output / "library", lambda: Workspace(output / "library"))
    program.faults.install()
    program.window.show()
    if virtual:
        say("There is no display: this runs on a virtual screen")
        return Playing(app, program, output, webinar_id).run()

    def play(_webinar_id: str) -> None:
        if program.page is not None:
            program.page.playhead.ask_play(True)

    program.opened.connect(play)
    program.begin(webinar_id)
    say("The editor is open; close its window to end the demo")
    return app.exec()


class Playing:
    """Plays the scenes one after another and takes their pictures."""

    def __init__(self, app: "QApplication", program: "Program", output: Path, webinar_id: str) -> None:
        from PySide6.QtCore import QTimer

        self._app = app
        self._program = program
        self._output = output
        self._webinar_id = webinar_id
        self._left: list[Scene] = []
        self._scene: Scene | None = None
        self._code = 1
        self._patience = QTimer(program, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)

    def run(self) -> int:
        """Play until the last scene; 0 when all of them were reached."""
        self._program.opened.connect(self._begin)
        self._patience.start()
        self._program.begin(self._webinar_id)
        self._app.exec()
        return self._code

    def _begin(self) -> None:
        page = self._program.page
        assert page is not None
        self._program.window.resize(self._program.window.screen().availableSize())
        page.timeline.fit()
        self._left = list(scenes(page.bridge.webinar))
        page.playhead.moved.connect(self._on_moved)
        self._next()

    def _next(self) -> None:
        page = self._program.page
        assert page is not None
        if not self._left:
            self._code = 0
            self._program.window.close()
            return
        self._scene = self._left.pop(0)
        self._patience.start()
        page.playhead.seek(self._scene.from_ms)
        page.playhead.ask_play(True)

    def _on_moved(self, position_ms: int) -> None:
        from PySide6.QtCore import QTimer

        page = self._program.page
        if self._scene is None or page is None or not page.playhead.playing or position_ms < self._scene.until_ms:
            return
        scene, self._scene = self._scene, None
        # Not from within the transport's own word: the picture is taken once that has been painted.
        QTimer.singleShot(0, lambda: self._shoot(scene))

    def _shoot(self, scene: Scene) -> None:
        page = self._program.page
        assert page is not None
        picture = self._output / f"{scene.name}.png"
        window = self._program.window
        if not window.screen().grabWindow(window.winId()).save(str(picture)):
            say(f"The picture could not be written to {picture}")
            self._app.exit(1)
            return
        say(f"Played to {scene.name}: {picture}")
        page.playhead.ask_play(False)
        self._next()

    def _give_up(self) -> None:
        where = self._scene.name if self._scene else "opening"
        say(f"The demo did not get past “{where}” within a minute")
        self._program.window.close()


def say(text: str) -> None:
    """Tell what the demo does."""
    sys.stdout.write(f"matinee: {text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
