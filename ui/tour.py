"""A tour of five steps for who opens a webinar for the first time: what is where, and what to do there.

A card lies over the page beside what it speaks of, which is framed. Esc or "Enough" ends it.
"""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.parts import button, label

WIDTH = 320
GAP = 12
STOPS = ("media", "lanes", "preview", "inspector", "top")
"""What the steps speak of."""


class _Shade(QWidget):
    """Darkens all but one place, and lets the mouse through: who would rather begin, begins."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.spot = QRect()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Darken the rest a little, and frame what is spoken of."""
        look, spot = theme.look_of(self), self.spot
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade = look.window.darker(200)
        shade.setAlphaF(0.55)
        for part in (
            QRect(0, 0, self.width(), spot.top()),
            QRect(0, spot.bottom() + 1, self.width(), self.height() - spot.bottom()),
            QRect(0, spot.top(), spot.left(), spot.height()),
            QRect(spot.right() + 1, spot.top(), self.width() - spot.right(), spot.height()),
        ):
            painter.fillRect(part, shade)
        painter.setPen(QPen(look.accent, 2))
        painter.drawRoundedRect(spot.adjusted(1, 1, -1, -1), 6, 6)


class Tour(QFrame):
    """The card. `step` counts from 0."""

    def __init__(self, parts: Mapping[str, QWidget], over: QWidget) -> None:
        self._shade = _Shade(over)
        super().__init__(over)
        self.setObjectName("card")
        self.setFixedWidth(WIDTH)
        self._over = over
        self._parts = parts
        self.step = 0
        self._count = label("quiet")
        self._head = label("strong")
        self._text = label("", wrap=True)
        self._enough = button("link")
        self._enough.clicked.connect(self.end)
        self._next = button("primary")
        self._next.clicked.connect(self.go_on)
        foot = QHBoxLayout()
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(self._enough)
        foot.addWidget(self._next)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._text)
        column.addLayout(foot)
        over.installEventFilter(self)
        for widget in (self._shade, self):
            widget.show()
            widget.raise_()
        self._show_step()

    def go_on(self) -> None:
        """To the next step; after the last it ends."""
        if self.step + 1 == len(STOPS):
            self.end()
        else:
            self.step += 1
            self._show_step()

    def end(self) -> None:
        """Close it."""
        for widget in (self._shade, self):
            widget.hide()
            widget.deleteLater()

    def _show_step(self) -> None:
        head, text = self._words()[STOPS[self.step]]
        last = self.step + 1 == len(STOPS)
        self._head.setText(head)
        self._text.setText(text)
        self._count.setText(self.tr("{step} of {steps}").format(step=self.step + 1, steps=len(STOPS)))
        self._enough.setText(self.tr("Enough"))
        self._enough.setVisible(not last)
        self._next.setText(self.tr("Begin") if last else self.tr("Next"))
        self.setAccessibleName(f"{head}. {text}")
        self._place()
        self._next.setFocus()

    def _words(self) -> dict[str, tuple[str, str]]:
        """A heading and a sentence for each part."""
        return {
            "media": (self.tr("Your media"), self.tr("Drop files here, or press Ctrl+I.")),
            "lanes": (
                self.tr("Two lanes"),
                self.tr(
                    "What plays lies on the programme; calls to action and surveys lie on the interactions. "
                    "Drag a block to move it, drag its edges to change its length."
                ),
            ),
            "preview": (
                self.tr("What attendees will see"),
                self.tr("The space bar plays. The picture is what everybody sees at the playhead."),
            ),
            "inspector": (
                self.tr("Everything about a segment"),
                self.tr("Select a block: its title, times, volume, questions or link are here."),
            ),
            "top": (
                self.tr("Plan and save"),
                self.tr(
                    "Set when it starts and who may write. Every edit is kept by itself; Save makes a version that "
                    "you can come back to."
                ),
            ),
        }

    def _spot(self) -> QRect:
        """What this step speaks of, in this widget's pixels."""
        target = self._parts[STOPS[self.step]]
        return QRect(target.mapTo(self._over, target.rect().topLeft()), target.size())

    def _place(self) -> None:
        """Beside what it speaks of where there is room: right, left, above, below; else in its middle."""
        self._shade.setGeometry(self._over.rect())
        spot = self._shade.spot = self._spot()
        self._shade.update()
        self.setFixedHeight(self.heightForWidth(WIDTH))
        size, room = self.size(), self._over.rect().adjusted(GAP, GAP, -GAP, -GAP)
        middle = QRect(spot.topLeft(), size)
        middle.moveCenter(spot.center())
        places = (
            QRect(spot.topRight(), size).translated(GAP, GAP),
            QRect(spot.topLeft(), size).translated(-size.width() - GAP, GAP),
            QRect(spot.topLeft(), size).translated(GAP, -size.height() - GAP),
            QRect(spot.bottomLeft(), size).translated(GAP, GAP),
        )
        self.move(next((place for place in places if room.contains(place)), middle).topLeft())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends it."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay over the page when that changes."""
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self._place()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_step()
