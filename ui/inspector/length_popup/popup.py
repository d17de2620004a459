"""The pop-up in which the lengths of segments are typed.

It opens after every add, once for all added segments. Skip keeps their lengths; Apply amends the add, so that both are
one undo step. It is not modal: another edit or an undo closes it and keeps everything as it is. For a segment that is
there already it opens on request, and asks for the start as well.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from editor.schedule.edits import EditRefusedError, apply
from editor.schedule.kinds import VideoSegment
from editor.schedule.model import AnySegment
from editor.schedule.operations import AnyOperation, SetLengths
from editor.settings import Settings
from ui.inspector.length_popup.rows import LengthRow, keep_contiguous, make_row
from ui.services.media_service import MediaService
from ui.state.document_controller import DocumentChange, DocumentController, RefusedEdit
from ui.text.formatter import Formatter
from ui.widgets import basics
from ui.widgets.error_line import ErrorLine

GAP_PX = 10
MAX_HEIGHT_PX = 420
"""Rows that do not fit into this height are scrolled."""


class LengthPopup(QFrame):
    """A card over the window, near a segment, in which lengths are typed and applied as one edit.

    After an add it opens by itself, if the setting ``ask_lengths`` says so.

    Args:
        controller: the document that is edited.
        media_service: pictures of pages.
        formatter: durations in the user's language.
        settings: the placement mode, and whether to open after an add.
        window: the window under the card.
        find_segment_rect: returns the rectangle of a segment on the screen; None if it is not visible.
    """

    def __init__(
        self,
        controller: DocumentController,
        media_service: MediaService,
        formatter: Formatter,
        settings: Settings,
        window: QWidget,
        *,
        find_segment_rect: Callable[[str], QRect | None] = lambda _id: None,
    ) -> None:
        super().__init__(window)
        self._controller = controller
        self._media_service = media_service
        self._formatter = formatter
        self._settings = settings
        self._find_segment_rect = find_segment_rect
        self._rows: list[LengthRow] = []
        self._amends = False
        self._pending_operation: AnyOperation | None = None
        self._previous_focus: QWidget | None = None
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(True)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 150))
        self.setGraphicsEffect(shadow)
        self._hint_label = basics.make_label("quiet", wrap=True)
        self._error_line = ErrorLine(formatter)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(14)
        self._content = QWidget()
        self._content.setLayout(self._list)
        self._scroll_area = QScrollArea()
        self._never_button = basics.make_button("link")
        self._keep_button = basics.make_button()
        self._set_button = basics.make_button("primary")
        self._lay_out()
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.dismiss, context=_SHORTCUT_CONTEXT)
        self._keep_button.clicked.connect(self.dismiss)
        self._set_button.clicked.connect(self.accept)
        self._never_button.clicked.connect(self._on_never)
        self._error_line.alternative_requested.connect(self._submit)
        controller.changed.connect(self._on_changed)
        controller.refused.connect(self._on_refused)
        window.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        self._scroll_area.setWidgetResizable(True)
        self._scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll_area.setWidget(self._content)
        for ground in (self._scroll_area.viewport(), self._content):
            ground.setAutoFillBackground(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._never_button)
        buttons.addStretch(1)
        buttons.addWidget(self._keep_button)
        buttons.addWidget(self._set_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(12)
        column.addWidget(self._scroll_area)
        column.addWidget(self._hint_label)
        column.addWidget(self._error_line)
        column.addLayout(buttons)

    # ----------------------------------------------------------------------------------------------- opening

    def _on_changed(self, change: DocumentChange) -> None:
        if self._pending_operation is not None:
            return
        self.dismiss()
        step = self._controller.undo_step
        if change.edited is None or step is None or step.op_tag != "add" or not self._settings["ask_lengths"]:
            return
        created = [change.after.find_segment(each) for each in change.edited.created]
        added = [segment for segment in created if segment is not None]
        if added:
            # Deferred until the timeline has laid out the segment and can return its rectangle.
            QTimer.singleShot(0, self, lambda: self._open_for_added(added))

    def _open_for_added(self, added: Sequence[AnySegment]) -> None:
        webinar = self._controller.webinar
        if all(webinar.find_segment(segment.id) is segment for segment in added):
            self.open(added, amends=True)

    def open_for_segment(self, segment_id: str) -> None:
        """Open for a segment of the webinar, with its start and its lengths.

        Nothing happens if the segment is gone or the webinar is read-only.
        """
        segment = self._controller.webinar.find_segment(segment_id)
        if segment is not None and not self._controller.read_only:
            self.open((segment,), amends=False)

    def open(self, segments: Sequence[AnySegment], *, amends: bool) -> None:
        """Open with one row for each segment, in order of start, replacing the rows shown before.

        The first field gets the focus.

        Args:
            segments: the segments, in any order.
            amends: whether the edit joins the undo step before it, which added the segments; if not, each row also has
                a field for the start.
        """
        self._clear()
        self._amends = amends
        webinar = self._controller.webinar
        for segment in sorted(segments, key=lambda each: each.start_ms):
            row = make_row(segment, webinar, self._formatter, self._media_service, start=not amends)
            row.edited.connect(self._validate)
            row.accepted.connect(self.accept)
            self._rows.append(row)
            self._list.addWidget(row)
        self._set_texts()
        focus = self.window().focusWidget()
        self._previous_focus = focus if focus is not None and not self.isAncestorOf(focus) else None
        self.show()
        self.raise_()
        self._place_near_segment()
        if self._rows and self._rows[0].fields:
            self._rows[0].fields[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def _set_texts(self) -> None:
        self.setAccessibleName(self.tr("Lengths"))
        explains_hold = self._amends and any(isinstance(row.segment, VideoSegment) for row in self._rows)
        self._hint_label.setVisible(explains_hold)
        self._hint_label.setText(
            self.tr(
                "The freeze frame keeps the last image on the screen after the video, so that the host has time to "
                "take control. ClickMeeting calls it the buffer."
            )
        )
        self._never_button.setText(self.tr("Don’t ask again"))
        self._never_button.setToolTip(self.tr("You can turn this on again in the preferences"))
        self._never_button.setVisible(self._amends)
        self._keep_button.setText(self.tr("Skip") if self._amends else self.tr("Cancel"))
        self._keep_button.setToolTip(self.tr("Esc"))
        self._set_button.setText(self.tr("Apply"))
        self._set_button.setToolTip(self.tr("Enter"))

    def _clear(self) -> None:
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows.clear()
        self._error_line.clear()

    # ----------------------------------------------------------------------------------------------- placement

    def _place_near_segment(self) -> None:
        """Resize to the rows, and move near the first segment and inside the window."""
        self._content.adjustSize()
        size = self._content.sizeHint()
        self._scroll_area.setFixedHeight(min(size.height() + 2, MAX_HEIGHT_PX))
        self._scroll_area.setMinimumWidth(size.width() + (14 if size.height() > MAX_HEIGHT_PX else 2))
        self.adjustSize()
        container = self.parentWidget()
        assert container is not None
        segment_rect = self._find_segment_rect(self._rows[0].segment.id) if self._rows else None
        if segment_rect is None:
            corner = QPoint((container.width() - self.width()) // 2, container.height() - self.height() - 48)
        else:
            local_rect = QRect(container.mapFromGlobal(segment_rect.topLeft()), segment_rect.size())
            left = (
                local_rect.left() if local_rect.width() < self.width() else local_rect.center().x() - self.width() // 2
            )
            above = local_rect.top() - self.height() - GAP_PX
            corner = QPoint(left, above if above >= GAP_PX else local_rect.bottom() + GAP_PX)
        bounds = container.rect().adjusted(GAP_PX, GAP_PX, -GAP_PX - self.width(), -GAP_PX - self.height())
        self.move(
            min(max(corner.x(), bounds.left()), max(bounds.right(), bounds.left())),
            min(max(corner.y(), bounds.top()), max(bounds.bottom(), bounds.top())),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move inside the window again when the window is resized."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place_near_segment()
        return super().eventFilter(watched, event)

    # ----------------------------------------------------------------------------------------------- edits

    def _make_operation(self) -> SetLengths | None:
        """Return the edit for the typed lengths; None if they change nothing."""
        mode = self._settings["mode"]
        requested = [(row.segment, row.read_lengths()) for row in self._rows]
        if mode == "insert" or not self._amends:
            lengths = tuple(wanted for _, wanted in requested if wanted is not None)
        else:
            lengths = keep_contiguous(requested)
        return SetLengths(lengths=lengths, mode=mode) if lengths else None

    def _validate(self) -> None:
        """Show while the user types whether the edit would be refused."""
        operation = self._make_operation()
        self._set_button.setEnabled(all(row.is_valid for row in self._rows))
        self._error_line.clear()
        if operation is not None and self._set_button.isEnabled():
            try:
                apply(self._controller.webinar, operation)
            except EditRefusedError as error:
                self._error_line.show_error(error, RefusedEdit(error, operation).alternative)
        QTimer.singleShot(0, self, self._place_near_segment)

    def accept(self) -> None:
        """Submit the typed lengths as one edit, and close once it is done.

        A refusal is shown in the card, which stays open. Nothing happens while a field is invalid. Without a change the
        card only closes.
        """
        if not all(row.is_valid for row in self._rows):
            return
        operation = self._make_operation()
        if operation is None:
            self.dismiss()
        else:
            self._submit(operation)

    def _submit(self, operation: AnyOperation) -> None:
        self._pending_operation = operation
        self._controller.edit(operation, lambda _edited: self._on_applied(), amend=self._amends)

    def _on_applied(self) -> None:
        self._pending_operation = None
        self.dismiss()

    def _on_refused(self, refused: RefusedEdit) -> None:
        if refused.operation is self._pending_operation:
            self._pending_operation = None
            self._error_line.show_error(refused.error, refused.alternative)
            self._place_near_segment()

    def dismiss(self) -> None:
        """Close without applying what is typed, and return the focus to where it was; nothing if it is closed.

        An edit that was submitted before still takes place.
        """
        if not self.isVisible():
            return
        self._pending_operation = None
        self.hide()
        self._clear()
        if self._previous_focus is not None:
            self._previous_focus.setFocus()
            self._previous_focus = None

    def _on_never(self) -> None:
        with suppress(OSError):  # if settings cannot be saved, it lasts until the program ends
            self._settings["ask_lengths"] = False
        self.dismiss()


_SHORTCUT_CONTEXT = Qt.ShortcutContext.WidgetWithChildrenShortcut
