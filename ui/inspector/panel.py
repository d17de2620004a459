"""The inspector: the fields of what is selected. It holds no truth of its own; the webinar has it."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from editor.schedule.edits import Refused
from editor.schedule.model import AnySegment, Kind, Offer, kind_of
from editor.schedule.operations import AnyOperation
from editor.settings import Settings
from ui import parts, theme
from ui.bridge import Bridge, Change
from ui.inspector.chip import chip
from ui.inspector.commits import Commits, put_other_kind
from ui.inspector.cta import CtaForm
from ui.inspector.fields import ChoiceField, Labelled, TextField
from ui.inspector.form import Form, Means
from ui.inspector.media_line import MediaLine
from ui.inspector.notes import Notes
from ui.inspector.refusal import RefusalLine
from ui.inspector.several import SeveralForm
from ui.inspector.slides import SlidesForm
from ui.inspector.still import StillForm
from ui.inspector.summary import Summary
from ui.inspector.survey import SurveyForm
from ui.inspector.timed import TimedForm
from ui.media_bin.choosing import Choosing
from ui.media_desk import MediaDesk
from ui.selection import Selection
from ui.words import Words


class Inspector(QWidget):
    """Shows and changes the selected segment, several at once, or says what the webinar is."""

    plan_asked = Signal()
    replace_asked = Signal(str)
    """Another file is wanted for this segment."""
    relink_asked = Signal()

    def __init__(
        self,
        bridge: Bridge,
        selection: Selection,
        desk: MediaDesk,
        words: Words,
        settings: Settings,
        *,
        notes: Notes | None = None,
        choosing: Choosing | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._selection = selection
        self._desk = desk
        self._words = words
        self._notes = notes
        self._commits = Commits(bridge, self)
        means = Means(bridge, desk, words, settings, self._commits, choosing or Choosing(settings, self))
        self._shown: AnySegment | None = None
        timed = TimedForm(means)
        self._forms: Mapping[Kind, Form] = {
            "video": timed,
            "recording": timed,
            "audio": timed,
            "image": StillForm(means),
            "presentation": SlidesForm(means),
            "cta": CtaForm(means),
            "survey": SurveyForm(means),
        }
        self._several = SeveralForm(means)
        self._summary = Summary(words)
        self._icon = parts.label()
        self._name = parts.label("heading")
        self._kind = ChoiceField()
        self._media = MediaLine(desk, words)
        self._refusal = RefusalLine(words)
        self._note = TextField(lines=4)
        self._note_row = Labelled(self._note)
        self._all_pages: tuple[QWidget, ...] = (*dict.fromkeys(self._forms.values()), self._several, self._summary)
        self.page: QWidget = self._summary
        """The fields that show now."""
        self._lay_out()
        bridge.changed.connect(self._on_changed)
        bridge.read_only_changed.connect(self._show_read_only)
        selection.changed.connect(self._on_selection)
        self._commits.refused.connect(self._on_refused)
        self._refusal.instead_asked.connect(self._commits.again)
        self._summary.plan_asked.connect(self.plan_asked)
        self._media.replace_asked.connect(self._on_replace)
        self._media.relink_asked.connect(self.relink_asked)
        self._kind.edited.connect(self._on_kind)
        self._note.edited.connect(self._on_note)
        if notes is not None:
            notes.changed.connect(self._on_note_came)
        words.language_changed.connect(self.retranslate)
        self.retranslate()
        self._show_read_only()
        self._refresh()

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
        column.addWidget(self._refusal)
        for page in self._all_pages:
            column.addWidget(page)
        column.addWidget(self._note_row)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def sizeHint(self) -> QSize:
        """Three time fields side by side."""
        return QSize(320, 480)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        for form in dict.fromkeys(self._forms.values()):
            form.retranslate()
        self._several.retranslate()
        self._summary.retranslate()
        self._media.retranslate()
        self._refusal.retranslate()
        self._note_row.say(self.tr("Speaker notes"), self.tr("For presenters only; attendees never see them"))
        self._note.setPlaceholderText(self.tr("What to say or to watch for here"))
        self._refresh()

    # ------------------------------------------------------------------------------------------- what shows

    def _on_selection(self) -> None:
        self._finish_writing()
        self._refusal.clear()
        self._refresh()

    def _finish_writing(self) -> None:
        """What is being written belongs to what was selected when it was."""
        writing = self.focusWidget()
        if writing is not None and writing.hasFocus():
            writing.clearFocus()

    def _on_changed(self, change: Change) -> None:
        shown = self._shown
        if shown is not None and len(self._selection.ids) == 1:
            now = change.after.find(shown.id)
            if now is shown and change.before.media is change.after.media:
                return
        self._refusal.clear()
        self._refresh()

    def _refresh(self) -> None:
        """Show what is selected, as the webinar has it now."""
        webinar = self._bridge.webinar
        chosen = [segment for segment in webinar.segments if segment.id in self._selection.ids]
        self._shown = chosen[0] if len(chosen) == 1 else None
        self._media.setVisible(False)
        self._kind.setVisible(False)
        self._note_row.setVisible(self._shown is not None and self._notes is not None)
        if self._shown is not None:
            self._show_segment(self._shown)
        elif chosen:
            self._show_head("select-all", self.tr("%n segment(s)", "", len(chosen)), None)
            self._several.show_segments(chosen)
            self._turn_to(self._several)
        else:
            self._show_head("plan", self.tr("Webinar"), None)
            self._summary.show_webinar(webinar)
            self._turn_to(self._summary)

    def _show_segment(self, segment: AnySegment) -> None:
        kind = kind_of(segment)
        name = self._words.kind_name(kind)
        self._show_head(theme.KIND_ICONS[kind], name[:1].upper() + name[1:], kind)
        if kind in {"video", "recording"}:
            self._kind.setVisible(True)
            self._kind.set_choices(
                [(each, self._words.kind_name(each)) for each in ("video", "recording")],
                kind,
                [theme.kind_icon("video"), theme.kind_icon("recording")],
            )
        if not isinstance(segment, Offer):
            self._media.setVisible(True)
            page = segment.pages[0].page if kind == "presentation" and hasattr(segment, "pages") else None
            self._media.show_media(
                self._bridge.webinar.media.get(segment.media), getattr(segment, "in_ms", 0) if page is None else page
            )
        if self._notes is not None:
            self._note.set_value(self._notes.of(segment.id))
        form = self._forms[kind]
        form.show_segment(segment)
        self._turn_to(form)

    def _show_head(self, icon: str, name: str, kind: Kind | None) -> None:
        look = theme.look_of(self)
        colour = theme.KIND_COLOURS[kind] if kind is not None else look.hover
        self._icon.setPixmap(chip(icon, colour, self.devicePixelRatioF()))
        self._name.setText(name)

    def _turn_to(self, page: QWidget) -> None:
        """Show one page of fields. No stack: that would be as high as its highest page."""
        self.page = page
        for each in self._all_pages:
            each.setVisible(each is page)

    def _show_read_only(self) -> None:
        """A webinar that must not be edited can be read."""
        for part in (*self._all_pages, self._kind, self._media):
            part.setEnabled(not self._bridge.read_only)

    # ---------------------------------------------------------------------------------------------- changes

    def _on_kind(self, kind: object) -> None:
        if self._shown is not None and kind != kind_of(self._shown):
            self._commits.do(self._shown.id, put_other_kind)

    def _on_replace(self) -> None:
        if self._shown is not None:
            self.replace_asked.emit(self._shown.id)

    def _on_refused(self, refused: Refused, operation: AnyOperation) -> None:
        """Say why not, and show again what is."""
        self._refusal.show_refusal(refused, operation)
        self._refresh()

    def _on_note(self, text: str) -> None:
        if self._notes is not None and self._shown is not None:
            self._notes.write(self._shown.id, text)

    def _on_note_came(self, segment_id: str) -> None:
        if self._notes is not None and self._shown is not None and segment_id == self._shown.id:
            self._note.set_value(self._notes.of(segment_id))

    def showEvent(self, event: QShowEvent) -> None:
        """Hear of the window's closing, which ends all writing before this is hidden."""
        super().showEvent(event)
        self.window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window closes: what is being written is kept while edits still reach the disk."""
        if event.type() == QEvent.Type.Close and watched is self.window():
            self._finish_writing()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """What was being written is kept."""
        self._finish_writing()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "page"):
            self._refresh()
