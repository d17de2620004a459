"""The contexts passed to panels and dialogs: the services of the window, and those of the open library."""

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
    """The writer of settings that posts a failed store as a warning instead of raising; the first failure only.

    The values of a failed store are in use until the application ends. Used on the GUI thread.
    """

    def __init__(self, settings: Settings, notifications: Notifications, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._notifications = notifications
        self._warned = False

    def write(self, name: str, value: object) -> None:
        """Set a setting and store all settings on disk before returning; a failed store is posted, not raised.

        Args:
            name: name of the setting.
            value: its new value.

        Raises:
            KeyError: There is no setting of this name.
            ValueError: The setting cannot have this value.
        """
        try:
            self._settings[name] = value
        except OSError as error:
            if not self._warned:
                self._warned = True
                text = self.tr("Your settings could not be saved ({reason}). They are in use until you close Matinee.")
                self._notifications.post(text.format(reason=error.strerror or error), kind="warning")


class AppContext:
    """The services of the window, made once by `Application`, for panels and dialogs that need no open library.

    Args:
        settings: the user's settings; write them by `settings_writer`, which handles a full disk.
        formatter: formats numbers, times and errors in the language of the window.
        notifications: where messages to the user are posted.
        tasks: runs background tasks.
        actions: all actions of menus and keys.
        settings_writer: stores settings.
        now: returns the time as an aware datetime in UTC.
    """

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
    """The services of the window and of the open library, made once by `LibrarySession` and passed to every panel.

    Args:
        context: the services of the window.
        workspace: the library's workspace; use it in the library's thread.
        media_service: the library's media.
        player_factory: makes players; libvlc is loaded when the first one plays.
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
