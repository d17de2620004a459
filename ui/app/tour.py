"""A tour of five steps for a user's first webinar: what is where, and what to do there.

A card beside each part explains it, while the part is framed. Esc or the button ends the tour.
"""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.style import theme
from ui.widgets.basics import make_button, make_label

WIDTH = 320
GAP = 12
STEPS = ("media", "lanes", "preview", "inspector", "top")
"""The parts in the order of the tour."""


class _Spotlight(QWidget):
    """Darkens all but one part and lets the mouse through, so that the page stays usable."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.target_rect = QRect()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Darken the page and frame the part."""
        look, target_rect = theme.look_of(self), self.target_rect
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade = look.window.darker(200)
        shade.setAlphaF(0.55)
        for part in (
            QRect(0, 0, self.width(), target_rect.top()),
            QRect(0, target_rect.bottom() + 1, self.width(), self.height() - target_rect.bottom()),
            QRect(0, target_rect.top(), target_rect.left(), target_rect.height()),
            QRect(target_rect.right() + 1, target_rect.top(), self.width() - target_rect.right(), target_rect.height()),
        ):
            painter.fillRect(part, shade)
        painter.setPen(QPen(look.accent, 2))
        painter.drawRoundedRect(target_rect.adjusted(1, 1, -1, -1), 6, 6)


class Tour(QFrame):
    """The card of a tour in five steps (`STEPS`) that explains the parts of the editor page, while each part is framed.

    It shows itself above the page when it is made, and deletes itself at the end. `step` is the shown step, from 0.

    Args:
        targets: the widget of each part, by the names of `STEPS`.
        page: the page that the tour covers, and Qt's owner.
    """

    def __init__(self, targets: Mapping[str, QWidget], page: QWidget) -> None:
        self._spotlight = _Spotlight(page)
        super().__init__(page)
        self.setObjectName("card")
        self.setFixedWidth(WIDTH)
        self._page = page
        self._targets = targets
        self.step = 0
        self._count = make_label("quiet")
        self._head = make_label("strong")
        self._text = make_label("", wrap=True)
        self._skip = make_button("link")
        self._skip.clicked.connect(self.close_tour)
        self._next = make_button("primary")
        self._next.clicked.connect(self.show_next)
        button_row = QHBoxLayout()
        button_row.addWidget(self._count)
        button_row.addStretch(1)
        button_row.addWidget(self._skip)
        button_row.addWidget(self._next)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._text)
        column.addLayout(button_row)
        page.installEventFilter(self)
        for widget in (self._spotlight, self):
            widget.show()
            widget.raise_()
        self._show_step()

    def show_next(self) -> None:
        """Show the next step; after the last, end the tour."""
        if self.step + 1 == len(STEPS):
            self.close_tour()
        else:
            self.step += 1
            self._show_step()

    def close_tour(self) -> None:
        """End the tour: hide and delete the card and the shade over the page."""
        for widget in (self._spotlight, self):
            widget.hide()
            widget.deleteLater()

    def _show_step(self) -> None:
        heading, text = self._texts()[STEPS[self.step]]
        last = self.step + 1 == len(STEPS)
        self._head.setText(heading)
        self._text.setText(text)
        self._count.setText(self.tr("{step} of {steps}").format(step=self.step + 1, steps=len(STEPS)))
        self._skip.setText(self.tr("Skip"))
        self._skip.setVisible(not last)
        self._next.setText(self.tr("Start") if last else self.tr("Next"))
        self.setAccessibleName(f"{heading}. {text}")
        self._update_position()
        self._next.setFocus()

    def _texts(self) -> dict[str, tuple[str, str]]:
        """Return heading and sentence of each part."""
        return {
            "media": (self.tr("Your media"), self.tr("Drop files here, or press Ctrl+I.")),
            "lanes": (
                self.tr("Two lanes"),
                self.tr(
                    "The programme lane has what plays, the interactions lane calls to action and surveys. Drag a"
                    " segment to move it, drag its edges to change its length."
                ),
            ),
            "preview": (
                self.tr("Preview"),
                self.tr("Press Space to play. The picture shows the webinar at the playhead."),
            ),
            "inspector": (
                self.tr("Inspector"),
                self.tr("Select a segment to edit its title, times, volume, questions or link."),
            ),
            "top": (
                self.tr("Settings and Save"),
                self.tr(
                    "Set when it starts and who can write in the chat. Edits are stored automatically; Save makes"
                    " a version you can return to."
                ),
            ),
        }

    def _target_rect(self) -> QRect:
        """Return the rectangle of the current part, in this widget's pixels."""
        target = self._targets[STEPS[self.step]]
        return QRect(target.mapTo(self._page, target.rect().topLeft()), target.size())

    def _update_position(self) -> None:
        """Place the card where there is room: right, left, above or below the part, else inside it."""
        self._spotlight.setGeometry(self._page.rect())
        target_rect = self._spotlight.target_rect = self._target_rect()
        self._spotlight.update()
        self.setFixedHeight(self.heightForWidth(WIDTH))
        size, available = self.size(), self._page.rect().adjusted(GAP, GAP, -GAP, -GAP)
        middle = QRect(target_rect.topLeft(), size)
        middle.moveCenter(target_rect.center())
        candidates = (
            QRect(target_rect.topRight(), size).translated(GAP, GAP),
            QRect(target_rect.topLeft(), size).translated(-size.width() - GAP, GAP),
            QRect(target_rect.topLeft(), size).translated(GAP, -size.height() - GAP),
            QRect(target_rect.bottomLeft(), size).translated(GAP, GAP),
        )
        self.move(next((place for place in candidates if available.contains(place)), middle).topLeft())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End the tour on Esc; pass other keys on."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_tour()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Place the card and the frame anew when the page changes its size."""
        if event.type() == QEvent.Type.Resize and watched is self._page:
            self._update_position()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Show the current step anew when Qt reports another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_step()
