"""A preview panel with a real catalog, media service, playhead and libVLC players."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest

from editor.media.catalog import MediaCatalog
from editor.media.libvlc.engine import VlcEngine
from editor.schedule.model import Webinar
from editor.settings import Settings
from ui.preview.paint.frame_content import ShownImage
from ui.preview.panel import PreviewPanel
from ui.services.media_service import MediaService
from ui.services.notifications import Notifications
from ui.services.task_runner import TaskRunner
from ui.state.document_controller import DocumentController
from ui.state.playhead import Playhead
from ui.text.formatter import Formatter


class PreviewHarness:
    """A preview panel with everything it depends on."""

    def __init__(self, catalog: MediaCatalog, engine: VlcEngine, settings: Settings, formatter: Formatter) -> None:
        self.catalog, self.settings, self.formatter = catalog, settings, formatter
        self.tasks = TaskRunner(Notifications(formatter))
        self.media_service = MediaService(lambda: catalog, self.tasks, Notifications(formatter), formatter)
        self.playhead = Playhead()
        self._engine = engine
        self._panels: list[PreviewPanel] = []

    def show(self, webinar: Webinar, size: tuple[int, int] = (480, 330)) -> PreviewPanel:
        """Show a webinar in a new panel."""
        self.controller = DocumentController.in_memory(webinar)
        self.panel = PreviewPanel(
            self.controller,
            self.playhead,
            self.media_service,
            self.settings,
            self.formatter,
            self._engine.create_player,
        )
        self._panels.append(self.panel)
        self.panel.resize(*size)
        self.panel.show()
        QTest.qWaitForWindowExposed(self.panel)
        return self.panel

    @property
    def playback(self):
        return self.panel.playback

    def wait_until(self, condition: Callable[[], bool], within_ms: int = 10_000) -> None:
        """Let events come until something is so; it is looked at whenever there may be something else to see."""
        loop = QEventLoop()
        late = QTimer(singleShot=True, interval=within_ms)
        late.timeout.connect(lambda: loop.exit(1))

        def look() -> None:
            if condition():
                loop.exit(0)

        signals = (self.playback.changed, self.playhead.moved, self.media_service.previews_changed, self.tasks.ended)
        for signal in signals:
            signal.connect(look)
        look_now = QTimer(singleShot=True, interval=0)
        look_now.timeout.connect(look)
        look_now.start()
        late.start()
        failed = loop.exec()
        for signal in signals:
            signal.disconnect(look)
        assert not failed, f"never so: {self.playback.content} at {self.playback.stage}"

    def seek(self, position_ms: int) -> None:
        """Go there and wait until its own picture is shown."""
        self.playhead.seek(position_ms)
        self.wait_until(self.is_settled)

    def is_settled(self) -> bool:
        """Whether the very picture of the stage is shown."""
        background, stage = self.playback.content.background, self.playback.stage
        if not isinstance(background, ShownImage):
            return stage.kind is None or stage.kind == "audio"
        if stage.kind in {"video", "recording"}:
            return background.source == "still" and (background.sha256, background.at) == (stage.media, stage.media_ms)
        if stage.kind == "presentation":
            return background.source == "page" and (background.sha256, background.at) == (stage.media, stage.page)
        return background.sha256 in {stage.media, stage.picture}

    def close(self) -> None:
        for panel in self._panels:
            panel.shut_down()
            panel.close()
        self.tasks.shutdown()
        for player in self._engine._players:
            player.join()
