"""The dialogs over the window, each read when it is first wanted; none of them keeps the program waiting."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from ui.common import Common

if TYPE_CHECKING:
    from editor.schedule.model import Webinar
    from ui.bridge import Bridge
    from ui.plan.dialog import Desk
    from ui.preferences.dialog import Preferences
    from ui.publish.hosting_desk import HostingDesk


class Dialogs(QObject):
    """Opens dialogs over a window and hands their answers on."""

    def __init__(self, common: Common, over: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._common = common
        self._over = over
        self._preferences: Preferences | None = None

    def plan_new(self, webinar: "Webinar", desk: "Desk", then: "Callable[[Webinar], None]") -> None:
        """Plan a webinar that is yet to be made; what it starts from (a template) lends everything but its dates."""
        from msgspec.structs import replace

        from editor.schedule.edits import apply
        from ui.plan.dialog import PlanDialog

        undated = replace(webinar, start=None, available_until=None)
        dialog = PlanDialog(undated, self._common.words, desk, self._over, new=True, now=self._common.now)

        def accepted() -> None:
            op = dialog.operation()
            then(undated if op is None else apply(undated, op).webinar)

        dialog.accepted.connect(accepted)
        _open(dialog)

    def plan(self, bridge: "Bridge", desk: "Desk") -> None:
        """Show the plan of an open webinar; what is changed is one step."""
        from ui.plan.dialog import PlanDialog

        dialog = PlanDialog(bridge.webinar, self._common.words, desk, self._over, now=self._common.now)

        def accepted() -> None:
            op = dialog.operation()
            if op is not None:
                bridge.edit(op)

        dialog.accepted.connect(accepted)
        _open(dialog)

    def save_with_note(self, bridge: "Bridge") -> None:
        """Ask for a note and make a version with it."""
        from ui.history.saving import NoteDialog

        dialog = NoteDialog(self._over)
        dialog.accepted.connect(lambda: bridge.save(dialog.note))
        _open(dialog)

    def publish(
        self, bridge: "Bridge", hosting: "HostingDesk", *, plan: Callable[[], None], show: Callable[[], None]
    ) -> None:
        """Publish the open webinar; `plan` shows its plan, `show` what stands in the way."""
        from ui.publish.dialog import PublishDialog

        dialog = PublishDialog(bridge, hosting, self._common, self._over)
        dialog.plan_asked.connect(plan)
        dialog.show_asked.connect(show)
        _open(dialog)

    def preferences(self) -> None:
        """Show the preferences; they stay beside the window while one looks at what they do."""
        from ui.preferences.dialog import Preferences

        if self._preferences is None:
            common = self._common
            self._preferences = Preferences(common.settings, common.actions, common.keeper.keep, self._over)
        self._preferences.show()
        self._preferences.raise_()
        self._preferences.activateWindow()

    def shortcuts(self) -> None:
        """Show every shortcut there is."""
        from ui.help import ShortcutList

        _open(ShortcutList(self._common.settings, self._over))

    def about(self) -> None:
        """Show what this program is."""
        from ui.help import About

        _open(About(self._over))


def _open(dialog: QDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
