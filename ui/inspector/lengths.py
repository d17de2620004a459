"""The pop-up that lets one set the lengths of what was just added, by hand.

It opens by itself after every add, whoever made it, one for all segments of the add. Esc keeps the lengths they got;
OK amends the add, so that both are one undo step. It is not modal: an edit made meanwhile, or an undo, closes it and
keeps what is. The same lines, with the start, are the "numbers" of a segment that is there already.
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

from editor.schedule.edits import Refused, apply
from editor.schedule.model import AnySegment, Recording, Video
from editor.schedule.operations import AnyOperation, SetLengths
from editor.settings import Settings
from ui import parts
from ui.bridge import Bridge, Change
from ui.inspector.length_rows import LengthRow, one_after_another, row_for
from ui.inspector.refusal import RefusalLine
from ui.media_desk import MediaDesk
from ui.words import Words

GAP = 10
TALLEST = 420
"""Pixels; more lines than fit are scrolled."""


class LengthPopup(QFrame):
    """Lies over the window, near the segment.

    Args:
        bridge: what is edited.
        desk: pictures of pages.
        words: lengths in words.
        settings: the mode, and whether to ask at all.
        window: what it lies over.
        place_of: where a segment is on the screen; None where it is not to be seen.
    """

    def __init__(
        self,
        bridge: Bridge,
        desk: MediaDesk,
        words: Words,
        settings: Settings,
        window: QWidget,
        *,
        place_of: Callable[[str], QRect | None] = lambda _id: None,
    ) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._desk = desk
        self._words = words
        self._settings = settings
        self._place_of = place_of
        self._rows: list[LengthRow] = []
        self._amends = False
        self._sent: AnyOperation | None = None
        self._came_from: QWidget | None = None
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(True)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 150))
        self.setGraphicsEffect(shadow)
        self._why = parts.label("quiet", wrap=True)
        self._refusal = RefusalLine(words)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(14)
        self._never = parts.button("link")
        self._keep = parts.button()
        self._set = parts.button("primary")
        self._lay_out()
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.dismiss, context=_HERE)
        self._keep.clicked.connect(self.dismiss)
        self._set.clicked.connect(self.accept)
        self._never.clicked.connect(self._on_never)
        self._refusal.instead_asked.connect(self._send)
        bridge.changed.connect(self._on_changed)
        bridge.refused.connect(self._on_refused)
        window.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        self._inside = QWidget()
        self._inside.setLayout(self._list)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._inside)
        for ground in (self._area.viewport(), self._inside):
            ground.setAutoFillBackground(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._never)
        buttons.addStretch(1)
        buttons.addWidget(self._keep)
        buttons.addWidget(self._set)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(12)
        column.addWidget(self._area)
        column.addWidget(self._why)
        column.addWidget(self._refusal)
        column.addLayout(buttons)

    # ----------------------------------------------------------------------------------------------- opening

    def _on_changed(self, change: Change) -> None:
        if self._sent is not None:
            return
        self.dismiss()
        step = self._bridge.undoable
        if change.edited is None or step is None or step.op_tag != "add" or not self._settings["ask_lengths"]:
            return
        created = [change.after.find(each) for each in change.edited.created]
        added = [segment for segment in created if segment is not None]
        if added:
            # After whoever else hears of the change: the timeline must have laid the segment out to say where it is.
            QTimer.singleShot(0, self, lambda: self._open_for(added))

    def _open_for(self, added: Sequence[AnySegment]) -> None:
        webinar = self._bridge.webinar
        if all(webinar.find(segment.id) is segment for segment in added):
            self.open(added, amends=True)

    def open_numbers(self, segment_id: str) -> None:
        """Show the numbers of a segment that is there: its start, and its lengths."""
        segment = self._bridge.webinar.find(segment_id)
        if segment is not None and not self._bridge.read_only:
            self.open((segment,), amends=False)

    def open(self, segments: Sequence[AnySegment], *, amends: bool) -> None:
        """Ask for the lengths of segments; with `amends` the answer joins the step that added them."""
        self._clear()
        self._amends = amends
        webinar = self._bridge.webinar
        for segment in sorted(segments, key=lambda each: each.start_ms):
            row = row_for(segment, webinar, self._words, self._desk, start=not amends)
            row.edited.connect(self._try)
            row.entered.connect(self.accept)
            self._rows.append(row)
            self._list.addWidget(row)
        self._say()
        focus = self.window().focusWidget()
        self._came_from = focus if focus is not None and not self.isAncestorOf(focus) else None
        self.show()
        self.raise_()
        self._fit()
        if self._rows and self._rows[0].fields:
            self._rows[0].fields[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def _say(self) -> None:
        self.setAccessibleName(self.tr("Lengths"))
        holds = self._amends and any(isinstance(row.segment, (Video, Recording)) for row in self._rows)
        self._why.setVisible(holds)
        self._why.setText(
            self.tr(
                "The hold keeps the last frame after the video: slow lines catch up, and the host has room to step in."
            )
        )
        self._never.setText(self.tr("Don’t ask again"))
        self._never.setToolTip(self.tr("The preferences bring this back"))
        self._never.setVisible(self._amends)
        self._keep.setText(self.tr("Keep as it is"))
        self._keep.setToolTip(self.tr("Esc"))
        self._set.setText(self.tr("Set"))
        self._set.setToolTip(self.tr("Enter"))

    def _clear(self) -> None:
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows.clear()
        self._refusal.clear()

    # ----------------------------------------------------------------------------------------------- its place

    def _fit(self) -> None:
        """Be as large as the lines need, near the first segment, inside the window."""
        self._inside.adjustSize()
        wanted = self._inside.sizeHint()
        self._area.setFixedHeight(min(wanted.height() + 2, TALLEST))
        self._area.setMinimumWidth(wanted.width() + (14 if wanted.height() > TALLEST else 2))
        self.adjustSize()
        over = self.parentWidget()
        assert over is not None
        segment = self._place_of(self._rows[0].segment.id) if self._rows else None
        if segment is None:
            corner = QPoint((over.width() - self.width()) // 2, over.height() - self.height() - 48)
        else:
            place = QRect(over.mapFromGlobal(segment.topLeft()), segment.size())
            left = place.left() if place.width() < self.width() else place.center().x() - self.width() // 2
            above = place.top() - self.height() - GAP
            corner = QPoint(left, above if above >= GAP else place.bottom() + GAP)
        room = over.rect().adjusted(GAP, GAP, -GAP - self.width(), -GAP - self.height())
        self.move(
            min(max(corner.x(), room.left()), max(room.right(), room.left())),
            min(max(corner.y(), room.top()), max(room.bottom(), room.top())),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay inside the window when that changes."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    # ----------------------------------------------------------------------------------------------- answers

    def _operation(self) -> SetLengths | None:
        """What the lines ask for; None where they ask for nothing."""
        mode = self._settings["mode"]
        asked = [(row.segment, row.wanted()) for row in self._rows]
        if mode == "insert" or not self._amends:
            lengths = tuple(wanted for _, wanted in asked if wanted is not None)
        else:
            lengths = one_after_another(asked)
        return SetLengths(lengths=lengths, mode=mode) if lengths else None

    def _try(self) -> None:
        """Say as one goes whether there is room for it."""
        operation = self._operation()
        self._set.setEnabled(all(row.good for row in self._rows))
        self._refusal.clear()
        if operation is not None and self._set.isEnabled():
            try:
                apply(self._bridge.webinar, operation)
            except Refused as refused:
                self._refusal.show_refusal(refused, operation)
        QTimer.singleShot(0, self, self._fit)

    def accept(self) -> None:
        """Set the lengths that are written there."""
        if not all(row.good for row in self._rows):
            return
        operation = self._operation()
        if operation is None:
            self.dismiss()
        else:
            self._send(operation)

    def _send(self, operation: AnyOperation) -> None:
        self._sent = operation
        self._bridge.edit(operation, lambda _edited: self._on_set(), amend=self._amends)

    def _on_set(self) -> None:
        self._sent = None
        self.dismiss()

    def _on_refused(self, refused: Refused, operation: AnyOperation) -> None:
        if operation is self._sent:
            self._sent = None
            self._refusal.show_refusal(refused, operation)
            self._fit()

    def dismiss(self) -> None:
        """Close, and keep what is."""
        if not self.isVisible():
            return
        self._sent = None
        self.hide()
        self._clear()
        if self._came_from is not None:
            self._came_from.setFocus()
            self._came_from = None

    def _on_never(self) -> None:
        with suppress(OSError):  # where settings cannot be written, it holds until the program ends
            self._settings["ask_lengths"] = False
        self.dismiss()


_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut
