"""The inspector: the fields of the selected segments. It has no state of its own; the document has."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from editor.schedule.kinds import TRAITS, KindTable, SoundSegment, kind_of
from editor.schedule.model import KINDS, AnySegment, Kind, Offer, Presentation
from editor.settings import Settings
from ui.inspector.base_form import FormContext, SegmentForm
from ui.inspector.edit_queue import EditQueue, toggle_recording
from ui.inspector.forms.audio_video import AudioVideoForm
from ui.inspector.forms.cta import CtaForm
from ui.inspector.forms.image import ImageForm
from ui.inspector.forms.multi_segment import MultiSegmentForm
from ui.inspector.forms.presentation import PresentationForm
from ui.inspector.forms.survey import SurveyForm
from ui.inspector.input_widgets import ChoiceField, LabelledField, TextField
from ui.inspector.media_row import MediaRow
from ui.inspector.webinar_overview import WebinarOverview
from ui.services.media_service import MediaService
from ui.state.document_controller import DocumentChange, DocumentController, RefusedEdit
from ui.state.notes import Notes
from ui.state.selection import Selection
from ui.style import theme
from ui.text.formatter import Formatter
from ui.widgets import basics
from ui.widgets.error_line import ErrorLine
from ui.widgets.file_dialogs import FileDialogs
from ui.widgets.kind_badge import make_kind_badge


class Inspector(QWidget):
    """The panel with the fields of the selected segments, or an overview of the webinar if none is selected.

    It follows document, selection and notes by itself; edits go through an `EditQueue`.

    Args:
        controller: the open webinar.
        selection: the selected segments.
        media_service: the library's media.
        formatter: words times and errors in the language of the window.
        settings: the placement mode.
        notes: the presenter's notes; None for none.
        file_dialogs: asks for files; None makes one.
        parent: Qt's owner.
    """

    settings_requested = Signal()
    """Emitted when the user wants to see the webinar settings."""
    replace_requested = Signal(str)
    """Emitted with the id of a segment that is to get another file."""
    relink_requested = Signal()
    """Emitted when the user wants to search for missing files."""
    _is_built = False
    """Qt reports theme changes to a widget whose `__init__` is still running."""

    def __init__(
        self,
        controller: DocumentController,
        selection: Selection,
        media_service: MediaService,
        formatter: Formatter,
        settings: Settings,
        *,
        notes: Notes | None = None,
        file_dialogs: FileDialogs | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._selection = selection
        self._media_service = media_service
        self._formatter = formatter
        self._notes = notes
        self._edit_queue = EditQueue(controller, self)
        context = FormContext(
            controller,
            media_service,
            formatter,
            settings,
            self._edit_queue,
            file_dialogs or FileDialogs(settings, self),
        )
        self._segment: AnySegment | None = None
        timed = AudioVideoForm(context)
        self._forms: KindTable[SegmentForm] = {
            "video": timed,
            "recording": timed,
            "audio": timed,
            "image": ImageForm(context),
            "presentation": PresentationForm(context),
            "cta": CtaForm(context),
            "survey": SurveyForm(context),
        }
        self._multi_form = MultiSegmentForm(context)
        self._summary = WebinarOverview(formatter)
        self._icon = basics.make_label()
        self._name = basics.make_label("heading")
        self._kind = ChoiceField()
        self._media = MediaRow(media_service, formatter)
        self._error_line = ErrorLine(formatter)
        self._note = TextField(lines=4)
        self._note_row = LabelledField(self._note)
        self._all_pages: tuple[QWidget, ...] = (
            *dict.fromkeys(self._forms[each] for each in KINDS),
            self._multi_form,
            self._summary,
        )
        self.page: QWidget = self._summary
        """The visible page of fields."""
        self._lay_out()
        controller.changed.connect(self._on_changed)
        controller.read_only_changed.connect(self._show_read_only)
        selection.changed.connect(self._on_selection)
        self._edit_queue.refused.connect(self._on_refused)
        self._error_line.alternative_requested.connect(self._edit_queue.retry)
        self._summary.settings_requested.connect(self.settings_requested)
        self._media.replace_requested.connect(self._on_replace)
        self._media.relink_requested.connect(self.relink_requested)
        self._kind.edited.connect(self._on_kind)
        self._note.edited.connect(self._on_note)
        if notes is not None:
            notes.changed.connect(self._on_note_changed)
        formatter.language_changed.connect(self.retranslate)
        self.retranslate()
        self._show_read_only()
        self._refresh()
        self._is_built = True

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._name, 1)
        head.addWidget(self._kind)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._media)
        column.addWidget(self._error_line)
        for page in self._all_pages:
            column.addWidget(page)
        column.addWidget(self._note_row)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def sizeHint(self) -> QSize:
        """Return the size in pixels that has room for three time fields side by side."""
        return QSize(320, 480)

    def retranslate(self) -> None:
        """Set all texts anew in the language of the installed translator.

        It is called by itself after a change of language.
        """
        for form in dict.fromkeys(self._forms[kind] for kind in KINDS):
            form.retranslate()
        self._multi_form.retranslate()
        self._summary.retranslate()
        self._media.retranslate()
        self._error_line.retranslate()
        self._note_row.set_name(self.tr("Speaker notes"), self.tr("For presenters only; attendees never see them"))
        self._note.setPlaceholderText(self.tr("What to say, what to watch for"))
        self._refresh()

    # ------------------------------------------------------------------------------------------- pages

    def _on_selection(self) -> None:
        self._commit_edits()
        self._error_line.clear()
        self._refresh()

    def _commit_edits(self) -> None:
        """Commit the field that is being edited, before another segment is shown."""
        focused = self.focusWidget()
        if focused is not None and focused.hasFocus():
            focused.clearFocus()

    def _on_changed(self, change: DocumentChange) -> None:
        segment = self._segment
        if segment is not None and len(self._selection.ids) == 1:
            updated = change.after.find_segment(segment.id)
            if updated is segment and change.before.media is change.after.media:
                return
        self._error_line.clear()
        self._refresh()

    def _refresh(self) -> None:
        """Show the selected segments in their current state."""
        webinar = self._controller.webinar
        selected = [segment for segment in webinar.segments if segment.id in self._selection.ids]
        self._segment = selected[0] if len(selected) == 1 else None
        self._media.setVisible(False)
        self._kind.setVisible(False)
        self._note_row.setVisible(self._segment is not None and self._notes is not None)
        if self._segment is not None:
            self._show_segment(self._segment)
        elif selected:
            self._show_header("select-all", self.tr("%n segment(s)", "", len(selected)), None)
            self._multi_form.show_segments(selected)
            self._show_page(self._multi_form)
        else:
            self._show_header("plan", self.tr("Webinar"), None)
            self._summary.show_webinar(webinar)
            self._show_page(self._summary)

    def _show_segment(self, segment: AnySegment) -> None:
        kind = kind_of(segment)
        name = self._formatter.format_kind(kind)
        self._show_header(theme.KIND_ICONS[kind], name[:1].upper() + name[1:], kind)
        if TRAITS[kind].is_video:
            choices = [each for each in KINDS if TRAITS[each].is_video]
            self._kind.setVisible(True)
            self._kind.set_choices(
                [(each, self._formatter.format_kind(each)) for each in choices],
                kind,
                [theme.kind_icon(each) for each in choices],
            )
        if not isinstance(segment, Offer):
            self._media.setVisible(True)
            page = segment.pages[0].page if isinstance(segment, Presentation) else None
            self._media.show_media(
                self._controller.webinar.media.get(segment.media),
                page if page is not None else segment.in_ms if isinstance(segment, SoundSegment) else 0,
            )
        if self._notes is not None:
            self._note.set_value(self._notes.get(segment.id))
        form = self._forms[kind]
        form.show_segment(segment)
        self._show_page(form)

    def _show_header(self, icon: str, name: str, kind: Kind | None) -> None:
        look = theme.look_of(self)
        colour = theme.KIND_COLOURS[kind] if kind is not None else look.hover
        self._icon.setPixmap(make_kind_badge(icon, colour, self.devicePixelRatioF()))
        self._name.setText(name)

    def _show_page(self, page: QWidget) -> None:
        """Show one page of fields. A stacked widget would be as high as its highest page."""
        self.page = page
        for each in self._all_pages:
            each.setVisible(each is page)

    def _show_read_only(self) -> None:
        """Enable the fields if the webinar may be edited."""
        for part in (*self._all_pages, self._kind, self._media):
            part.setEnabled(not self._controller.read_only)

    # ---------------------------------------------------------------------------------------------- changes

    def _on_kind(self, kind: object) -> None:
        if self._segment is not None and kind != kind_of(self._segment):
            self._edit_queue.enqueue(self._segment.id, toggle_recording)

    def _on_replace(self) -> None:
        if self._segment is not None:
            self.replace_requested.emit(self._segment.id)

    def _on_refused(self, refused: RefusedEdit) -> None:
        """Show the reason of the refusal, and the unchanged values."""
        self._error_line.show_error(refused.error, refused.alternative)
        self._refresh()

    def _on_note(self, text: str) -> None:
        if self._notes is not None and self._segment is not None:
            self._notes.write(self._segment.id, text)

    def _on_note_changed(self, segment_id: str) -> None:
        if self._notes is not None and self._segment is not None and segment_id == self._segment.id:
            self._note.set_value(self._notes.get(segment_id))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to watch the window, so that a field can be committed before the window closes."""
        super().showEvent(event)
        self.window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Commit the field that is being edited when the window closes, while edits can still be saved."""
        if event.type() == QEvent.Type.Close and watched is self.window():
            self._commit_edits()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Commit the field that is being edited when the panel is hidden."""
        self._commit_edits()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Show the selection anew when Qt reports another palette, so that icons have the colours of the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._is_built:
            self._refresh()
