"""Opens the dialogs of the window, none of them modal to the event loop; their modules are imported on first use."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from ui.state.app_context import AppContext

if TYPE_CHECKING:
    from editor.schedule.model import Webinar
    from ui.preferences.dialog import PreferencesDialog
    from ui.services.media_service import MediaService
    from ui.state.document_controller import DocumentController
    from ui.sync.sync_service import SyncService
    from ui.webinar_settings.dialog import PictureImporter


class DialogLauncher(QObject):
    """The one place that opens the window's dialogs; each method returns at once and passes on the result later."""

    def __init__(self, context: AppContext, parent_window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._parent_window = parent_window
        self._preferences: PreferencesDialog | None = None

    def open_new_webinar(
        self, webinar: "Webinar", picture_importer: "PictureImporter", then: "Callable[[Webinar], None]"
    ) -> None:
        """Open the dialog with the settings of a new webinar, and return; nothing is stored here.

        Args:
            webinar: what the dialog starts with, such as a template; its dates are not taken over.
            picture_importer: shows and imports pictures.
            then: called with the webinar as it was set up; not called if the user cancels.
        """
        from msgspec.structs import replace

        from editor.schedule.edits import apply
        from ui.webinar_settings.dialog import WebinarSettingsDialog

        template = replace(webinar, start=None, available_until=None)
        dialog = WebinarSettingsDialog(
            template, self._context.formatter, picture_importer, self._parent_window, new=True, now=self._context.now
        )

        def accepted() -> None:
            op = dialog.operation()
            then(template if op is None else apply(template, op).webinar)

        dialog.accepted.connect(accepted)
        _open(dialog)

    def open_webinar_settings(self, controller: "DocumentController", picture_importer: "PictureImporter") -> None:
        """Open the dialog with the settings of an open webinar, and return.

        Confirmed changes become one edit, and so one undo step; if nothing was changed, there is no edit.
        """
        from ui.webinar_settings.dialog import WebinarSettingsDialog

        dialog = WebinarSettingsDialog(
            controller.webinar, self._context.formatter, picture_importer, self._parent_window, now=self._context.now
        )

        def accepted() -> None:
            op = dialog.operation()
            if op is not None:
                controller.edit(op)

        dialog.accepted.connect(accepted)
        _open(dialog)

    def open_save_dialog(self, controller: "DocumentController") -> None:
        """Open the dialog that asks for a note; once confirmed, `controller.save` saves a version with it."""
        from ui.versions.save_dialog import SaveVersionDialog

        dialog = SaveVersionDialog(self._parent_window)
        dialog.accepted.connect(lambda: controller.save(dialog.note))
        _open(dialog)

    def open_publish_dialog(
        self,
        controller: "DocumentController",
        sync_service: "SyncService",
        media_service: "MediaService",
        *,
        on_settings: Callable[[], None],
        on_show_problems: Callable[[], None],
    ) -> None:
        """Open the dialog that publishes a webinar.

        Args:
            controller: The open webinar.
            sync_service: The connection to the server it is published to.
            media_service: Knows the state of its media.
            on_settings: Opens the webinar's settings.
            on_show_problems: Shows what stands in the way of publishing.
        """
        from ui.publish.dialog import PublishDialog

        dialog = PublishDialog(controller, sync_service, self._context, media_service, self._parent_window)
        dialog.settings_requested.connect(on_settings)
        dialog.problems_requested.connect(on_show_problems)
        _open(dialog)

    def open_preferences(self) -> None:
        """Show the one window of preferences, made at the first call; the main window stays usable beside it."""
        from ui.preferences.dialog import PreferencesDialog

        if self._preferences is None:
            context = self._context
            self._preferences = PreferencesDialog(
                context.settings, context.actions, context.settings_writer.write, self._parent_window
            )
        self._preferences.show()
        self._preferences.raise_()
        self._preferences.activateWindow()

    def open_shortcut_list(self) -> None:
        """Open the dialog that lists all keyboard shortcuts, and return."""
        from ui.app.help import ShortcutListDialog

        _open(ShortcutListDialog(self._context.settings, self._parent_window))

    def open_about(self) -> None:
        """Open the dialog with name, version and licence, and return."""
        from ui.app.help import AboutDialog

        _open(AboutDialog(self._parent_window))


def _open(dialog: QDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
