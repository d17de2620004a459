"""The panels of one open webinar, built a step at a time so that the window stays responsive."""

from collections.abc import Generator
from dataclasses import dataclass

from ui.app.editor_model import EditorModel
from ui.inspector.panel import Inspector
from ui.media_bin.panel import MediaBin
from ui.preflight.panel import PreflightPanel
from ui.preview.panel import PreviewPanel
from ui.state.app_context import LibraryContext
from ui.timeline.table import SegmentTableView
from ui.timeline.timeline_widget import TimelineWidget
from ui.timeline.toolbar import TimelineToolbar
from ui.versions.panel import VersionsPanel


@dataclass(frozen=True)
class EditorPanels:
    """The panels of one open webinar, made by `build_panels`; immutable.

    Each panel shows the `EditorModel`, and edits through its document controller and commands.
    """

    toolbar: TimelineToolbar
    timeline: TimelineWidget
    table: SegmentTableView
    preview: PreviewPanel
    media_bin: MediaBin
    inspector: Inspector
    preflight: PreflightPanel
    versions: VersionsPanel


def build_panels(model: EditorModel, context: LibraryContext) -> Generator[None, None, EditorPanels]:
    """Build all panels of a webinar on the GUI thread, pausing after each of the slow ones.

    The generator returns the panels. Closing it before the end releases the preview's players and threads.

    Args:
        model: what the panels share.
        context: the services of the window and the library.
    """
    controller, selection, playhead = model.document_controller, model.selection, model.playhead
    workspace, tasks, formatter, settings = context.workspace, context.tasks, context.formatter, context.settings
    toolbar = TimelineToolbar(context.actions, settings)
    timeline = TimelineWidget(
        controller, selection, playhead, context.media_service, settings, formatter, add=model.insert_dropped
    )
    table = SegmentTableView(controller, selection, playhead, formatter)
    preview = PreviewPanel(controller, playhead, context.media_service, settings, formatter, context.player_factory)
    try:
        media_bin = MediaBin(
            controller,
            context.media_service,
            tasks,
            formatter,
            settings,
            selection=selection,
            marks=model.source_marks,
            file_dialogs=model.file_dialogs,
        )
        yield
        inspector = Inspector(
            controller,
            selection,
            context.media_service,
            formatter,
            settings,
            notes=model.notes,
            file_dialogs=model.file_dialogs,
        )
        yield
        preflight = PreflightPanel(
            controller,
            selection,
            playhead,
            context.media_service,
            tasks,
            formatter,
            settings,
            now=context.now,
        )
        versions = VersionsPanel(
            controller,
            tasks,
            context.notifications,
            formatter,
            versions=lambda: workspace.list_versions(model.webinar_id),
            compare=workspace.compare,
            restore=workspace.restore_version,
        )
        yield
    except GeneratorExit:
        preview.shut_down()
        raise
    return EditorPanels(toolbar, timeline, table, preview, media_bin, inspector, preflight, versions)
