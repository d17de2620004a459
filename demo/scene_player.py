"""Playing the sample in the editor, scene by scene, with a screenshot of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from editor.schedule.model import SECOND, Webinar

if TYPE_CHECKING:
    from ui.app.application import Application

SCENE_TIMEOUT_MS = 60 * SECOND
"""Milliseconds one scene may take before the demo reports an error."""


@dataclass(frozen=True)
class DemoScene:
    """A range of the webinar that is played, in milliseconds.

    Immutable. `name` is that of the screenshot taken at its end.
    """

    name: str
    from_ms: int
    until_ms: int


def make_scenes(webinar: Webinar) -> tuple[DemoScene, ...]:
    """Return the scenes of the sample webinar: a cut from an image to a video, then the offers and the slides.

    A webinar with other than five programme segments and two interactions raises `ValueError`.
    """
    _agenda, talk, sound, slides, _thanks = webinar.programme
    booking, survey = webinar.interactions
    return (
        DemoScene("1-from-picture-to-talk", talk.start_ms - 2 * SECOND, talk.start_ms + 4 * SECOND),
        DemoScene("2-call-to-action", booking.start_ms, booking.start_ms + 3 * SECOND),
        DemoScene("3-survey-over-sound", sound.start_ms - 2 * SECOND, survey.start_ms + 3 * SECOND),
        DemoScene("4-slides", slides.start_ms - 1 * SECOND, slides.start_ms + 8 * SECOND),
    )


class ScenePlayer(QObject):
    """The playing part of the demo: plays the scenes one after another in the editor, each within `SCENE_TIMEOUT_MS`.

    Args:
        program: The application, which shows the webinar.
        take_screenshot: Takes a screenshot and stores it under a name.
        done: Called after the last scene.
        failed: Called with an error message.
    """

    def __init__(
        self,
        program: "Application",
        take_screenshot: Callable[[str], None],
        done: Callable[[], None],
        failed: Callable[[str], None],
    ) -> None:
        super().__init__(program)
        self._program = program
        self._take_screenshot = take_screenshot
        self._done = done
        self._failed = failed
        self._remaining: list[DemoScene] = []
        self._scene: DemoScene | None = None
        self._timeout = QTimer(self, singleShot=True, interval=SCENE_TIMEOUT_MS)
        self._timeout.timeout.connect(self._give_up)

    def begin(self) -> None:
        """Start the first scene and return; `done` or `failed` is called later. The editor page must be shown."""
        page = self._program.page
        assert page is not None
        page.timeline.fit()
        self._remaining = list(make_scenes(page.document_controller.webinar))
        page.playhead.moved.connect(self._on_moved)
        self._start_next()

    def _start_next(self) -> None:
        page = self._program.page
        assert page is not None
        if not self._remaining:
            self._timeout.stop()
            self._done()
            return
        self._scene = self._remaining.pop(0)
        self._timeout.start()
        page.playhead.seek(self._scene.from_ms)
        page.playhead.request_play(True)

    def _on_moved(self, position_ms: int) -> None:
        page = self._program.page
        if self._scene is None or page is None or not page.playhead.playing or position_ms < self._scene.until_ms:
            return
        scene, self._scene = self._scene, None
        # Deferred to the event loop, so that the frame of this position has been painted.
        QTimer.singleShot(0, lambda: self._finish_scene(scene))

    def _finish_scene(self, scene: DemoScene) -> None:
        page = self._program.page
        assert page is not None
        self._take_screenshot(scene.name)
        page.playhead.request_play(False)
        self._start_next()

    def _give_up(self) -> None:
        scene, self._scene = self._scene, None
        self._failed(f"The demo did not get past “{scene.name if scene else 'opening'}” within a minute.")
