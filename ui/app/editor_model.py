"""What the panels of one open webinar share: the document, selection, playhead, notes and commands."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from editor.schedule.operations import Add
from ui.actions.commands import Commands
from ui.app.webinar_loader import LoadedWebinar
from ui.media_bin.insert_commands import InsertCommands
from ui.media_bin.source_marks import SourceMarks
from ui.state.app_context import LibraryContext
from ui.state.document_controller import DocumentController
from ui.state.notes import Notes
from ui.state.playhead import Playhead
from ui.state.selection import Selection
from ui.sync.incoming_version import IncomingVersion
from ui.widgets.file_dialogs import FileDialogs


class EditorModel(QObject):
    """Everything of one open webinar that is not a widget: document, selection, playhead, notes and commands.

    Made by `build_page` on the GUI thread and shared by all panels of the page, which owns it.

    Args:
        loaded: the webinar as it was read from the library.
        context: the services of the window and the library.
        parent: Qt's owner.
    """

    def __init__(self, loaded: LoadedWebinar, context: LibraryContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        webinar_id = loaded.document.webinar.id
        workspace, tasks, formatter, settings = context.workspace, context.tasks, context.formatter, context.settings
        self.webinar_id = webinar_id
        self.document_controller = DocumentController.for_document(
            loaded.document,
            tasks,
            lambda note, seen: workspace.save_version(webinar_id, note, expected=seen),
            last_saved=loaded.last_saved,
            parent=self,
        )
        self.selection = Selection(self)
        self.playhead = Playhead(self)
        self.source_marks = SourceMarks(self)
        self.file_dialogs = FileDialogs(settings, self)
        self.notes = Notes(
            tasks,
            lambda: workspace.library.load_notes(webinar_id),
            lambda segment, text: workspace.library.set_note(webinar_id, segment, text),
            self,
        )
        self.insert_commands = InsertCommands(
            self.document_controller,
            context.media_service,
            self.playhead,
            self.selection,
            settings,
            context.notifications,
            formatter,
            self.source_marks,
            self.notes,
            self,
        )
        self.commands = Commands(
            self.document_controller,
            self.selection,
            self.playhead,
            settings,
            formatter,
            self.insert_commands,
            QGuiApplication.clipboard(),
            self,
        )
        self.incoming_version = IncomingVersion(workspace, self.document_controller, tasks, self)

    def insert_dropped(self, op: Add) -> None:
        """Insert the segments, and the media, that were dropped on the timeline, as one edit in the background.

        Where their position is taken in Normal mode, they go to the nearest free one. A refusal is posted as a message.

        Args:
            op: the operation that the drop previewed.
        """
        self.insert_commands.insert_segments(op.segments, op.media, mode=op.mode)
