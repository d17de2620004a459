"""The preview with everything it stands on: a shelf, the desk, a playhead, libvlc's players."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest

from editor.media.playback import Engine
from editor.media.shelf import Shelf
from editor.schedule.model import Webinar
from editor.settings import Settings
from ui.bridge import Bridge
from ui.media_desk import MediaDesk
from ui.messages import Messages
from ui.playhead import Playhead
from ui.preview.panel import PreviewPanel
from ui.preview.scene import Shown
from ui.tasks import Tasks
from ui.words import Words


class Theatre:
    """A panel and everything it stands on."""

    def __init__(self, shelf: Shelf, engine: Engine, settings: Settings, words: Words) -> None:
        self.shelf, self.settings, self.words = shelf, settings, words
        self.tasks = Tasks(Messages(words))
        self.desk = MediaDesk(lambda: shelf, self.tasks, Messages(words), words)
        self.playhead = Playhead()
        self._engine = engine
        self._panels: list[PreviewPanel] = []

    def show(self, webinar: Webinar, size: tuple[int, int] = (480, 330)) -> PreviewPanel:
        """Show a webinar in a new panel."""
        self.bridge = Bridge.in_memory(webinar)
        self.panel = PreviewPanel(self.bridge, self.playhead, self.desk, self.settings, self.words, self._engine.player)
        self._panels.append(self.panel)
        self.panel.resize(*size)
        self.panel.show()
        QTest.qWaitForWindowExposed(self.panel)
        return self.panel

    @property
    def conductor(self):
        return self.panel.conductor

    def until(self, so: Callable[[], bool], within_ms: int = 10_000) -> None:
        """Let events come until something is so; it is looked at whenever there may be something else to see."""
        loop = QEventLoop()
        late = QTimer(singleShot=True, interval=within_ms)
        late.timeout.connect(lambda: loop.exit(1))

        def look() -> None:
            if so():
                loop.exit(0)

        signals = (self.conductor.changed, self.playhead.moved, self.desk.pictured, self.tasks.ended)
        for signal in signals:
            signal.connect(look)
        look_now = QTimer(singleShot=True, interval=0)
        look_now.timeout.connect(look)
        look_now.start()
        late.start()
        failed = loop.exec()
        for signal in signals:
            signal.disconnect(look)
        assert not failed, f"never so: {self.conductor.scene} at {self.conductor.stage}"

    def seek(self, position_ms: int) -> None:
        """Go there and wait until its own picture is shown."""
        self.playhead.seek(position_ms)
        self.until(self.settled)

    def settled(self) -> bool:
        """Whether the very picture of the stage is shown."""
        ground, stage = self.conductor.scene.ground, self.conductor.stage
        if not isinstance(ground, Shown):
            return stage.kind is None or stage.kind == "audio"
        if stage.kind in {"video", "recording"}:
            return ground.source == "still" and (ground.sha256, ground.at) == (stage.media, stage.media_ms)
        if stage.kind == "presentation":
            return ground.source == "page" and (ground.sha256, ground.at) == (stage.media, stage.page)
        return ground.sha256 in {stage.media, stage.picture}

    def close(self) -> None:
        for panel in self._panels:
            panel.shut()
            panel.close()
        self.tasks.shutdown()
        for player in self._engine._players:
            player.join()
