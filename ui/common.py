"""What every panel may be given: made once per program, and handed down."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.settings import Settings
from ui.actions import Actions
from ui.messages import Messages
from ui.tasks import Tasks
from ui.words import Words

if TYPE_CHECKING:
    from datetime import datetime

    from editor.workspace import Workspace
    from ui.media_desk import MediaDesk
    from ui.preview.conductor import PlayerFactory


class Keeper(QObject):
    """Keeps settings; where they cannot be stored, says so once, and they hold until the program ends."""

    def __init__(self, settings: Settings, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._messages = messages
        self._told = False

    def keep(self, name: str, value: object) -> None:
        """Set a setting and store it."""
        try:
            self._settings[name] = value
        except OSError as error:
            if not self._told:
                self._told = True
                text = self.tr("Your settings cannot be stored ({reason}); they hold until you close Matinee.")
                self._messages.tell(text.format(reason=error.strerror or error), kind="warning")


class Common:
    """What outlives the webinar that is open. `now` is the clock, UTC-aware."""

    def __init__(
        self,
        *,
        settings: Settings,
        words: Words,
        messages: Messages,
        tasks: Tasks,
        actions: Actions,
        keeper: Keeper,
        now: "Callable[[], datetime]",
    ) -> None:
        self.settings = settings
        self.words = words
        self.messages = messages
        self.tasks = tasks
        self.actions = actions
        self.keeper = keeper
        self.now = now


class Opening(Common):
    """The same once the library is open.

    Args:
        common: all that there was before.
        workspace: the library, the shelf.
        desk: the shelf as the window sees it.
        players: makes what plays media; libvlc is loaded when the first one plays.
    """

    def __init__(self, common: Common, *, workspace: "Workspace", desk: "MediaDesk", players: "PlayerFactory") -> None:
        super().__init__(**vars(common))
        self.workspace = workspace
        self.desk = desk
        self.players = players
