"""What every panel may be given: made once per program, and handed down."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.settings import Settings
from ui.services.action_registry import ActionRegistry
from ui.services.notifications import Notifications
from ui.services.task_runner import TaskRunner
from ui.text.formatter import Formatter

if TYPE_CHECKING:
    from datetime import datetime

    from editor.playback.deck import PlayerFactory
    from editor.workspace import Workspace
    from ui.services.media_service import MediaService


class SettingsWriter(QObject):
    """Keeps settings; where they cannot be stored, says so once, and they hold until the program ends."""

    def __init__(self, settings: Settings, notifications: Notifications, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._notifications = notifications
        self._warned = False

    def write(self, name: str, value: object) -> None:
        """Set a setting and store it."""
        try:
            self._settings[name] = value
        except OSError as error:
            if not self._warned:
                self._warned = True
                text = self.tr("Your settings cannot be stored ({reason}); they hold until you close Matinee.")
                self._notifications.post(text.format(reason=error.strerror or error), kind="warning")


class AppContext:
    """What outlives the webinar that is open. `now` is the clock, UTC-aware."""

    def __init__(
        self,
        *,
        settings: Settings,
        formatter: Formatter,
        notifications: Notifications,
        tasks: TaskRunner,
        actions: ActionRegistry,
        settings_writer: SettingsWriter,
        now: "Callable[[], datetime]",
    ) -> None:
        self.settings = settings
        self.formatter = formatter
        self.notifications = notifications
        self.tasks = tasks
        self.actions = actions
        self.settings_writer = settings_writer
        self.now = now


class LibraryContext(AppContext):
    """The same once the library is open.

    Args:
        common: all that there was before.
        workspace: the library, the shelf.
        desk: the shelf as the window sees it.
        players: makes what plays media; libvlc is loaded when the first one plays.
    """

    def __init__(
        self,
        context: AppContext,
        *,
        workspace: "Workspace",
        media_service: "MediaService",
        player_factory: "PlayerFactory",
    ) -> None:
        super().__init__(**vars(context))
        self.workspace = workspace
        self.media_service = media_service
        self.player_factory = player_factory
